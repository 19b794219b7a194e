"""The table of the benchmarks."""

import json

import pytest

from tests.benchmarks.table import Bar, Row, Table


@pytest.mark.parametrize(
    ("row", "ratio", "is_met"),
    [
        (Row("search", "speed", 30, "/s", "peer", 10, more_is_better=True, bar=Bar(ratio_at_least=3)), 3, True),
        (Row("search", "speed", 29, "/s", "peer", 10, more_is_better=True, bar=Bar(ratio_at_least=3)), 2.9, False),
        (Row("search", "time", 20, "ms", "peer", 10), 0.5, None),
        (Row("search", "time", 20, "ms", bar=Bar(at_most=30)), 1.5, True),
        (Row("search", "time", 40, "ms", "peer", 80, bar=Bar(at_most=30)), 2, False),
        (Row("search", "speed", 9, "/s", "not installed", bar=Bar(ratio_at_least=3)), None, False),
        (Row("search", "cosine", 0.99, "", "exact", 1, more_is_better=True, bar=Bar(at_least=0.9)), 0.99, True),
        (Row("search", "cosine", 0.89, "", more_is_better=True, bar=Bar(at_least=0.89001)), 0.89 / 0.89001, False),
        (Row("search", "speed", 9, "/s", "peer", 3, ratio=2.5, bar=Bar(ratio_at_least=3)), 2.5, False),
    ],
)
def test_ratio_and_bar(row, ratio, is_met):
    assert row.times_as_good == ratio
    assert row.is_met is is_met


def test_rows_of_a_section_stand_together():
    table = Table()
    for section in ("disk", "search", "disk"):
        table.add(Row(section, f"of {section}", 1234.6, "ms", "peer", 617.3))
    lines = table.markdown().splitlines()
    firsts = [line.split("|")[1].strip() for line in lines[2:]]
    assert firsts == ["**search**", "of search", "**disk**", "of disk", "of disk"]
    assert lines[3] == "| of search | 1,235 ms | peer: 617 ms | 0.5 |  |  |"


def test_what_is_missed_stands_out():
    assert Row("search", "time", 40, "ms", bar=Bar(at_most=30), note="cold").cells() == (
        "time (cold)", "40 ms", "the bar", "0.75", "≤ 30 ms", "**no**",
    )  # fmt: skip


def test_as_many_digits_as_count():
    row = Row("search", "cosine", 0.9999812, "", "exact", 1.0, True, Bar(at_least=0.9999), digits=6)
    assert row.cells() == ("cosine", "0.999981", "exact: 1", "1", "≥ 0.9999", "yes")


def test_json(tmp_path):
    table, path = Table(), tmp_path / "below" / "bench.json"
    table.add(Row("search", "time", 40, "ms", bar=Bar(at_most=30)))
    table.report("more", {"x": 1})
    table.write(str(path), {"cores": 2})
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["machine"] == {"cores": 2}
    assert told["figures"] == {"more": {"x": 1}}
    [row] = told["rows"]
    assert (row["value"], row["times_as_good"], row["bar"], row["met"]) == (40, 0.75, "≤ 30 ms", False)
