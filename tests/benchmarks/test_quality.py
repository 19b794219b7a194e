"""How well search finds: nDCG@10, MRR@10 and recall@10 of each mode, and how surely both together find better."""

from tests.benchmarks.conftest import run_json_long
from tests.benchmarks.table import Row

_NAMES = {"dense": "meaning alone", "lexical": "words alone"}


def test_known_item_search(library, query_files, table, tmp_path):
    settings = tmp_path / "rrf.toml"
    settings.write_text('[ranking]\nfusion = "rrf"\n')
    found = {
        language: run_json_long("evaluate", path, "--against", settings, "--library", library)
        for language, path in query_files.items()
    }
    for language, figures in found.items():
        table.report(f"quality-{language}", figures)
        _add(table, language, figures)
    lows = {
        (language, difference["over"]): difference["low"]
        for language, figures in found.items()
        for difference in figures["differences"]
        if difference["metric"] == "ndcg@10"
    }
    assert all(low > 0 for low in lows.values()), lows


def _add(table, language, figures):
    modes = figures["modes"]
    hybrid = modes["hybrid"]["ndcg@10"]
    for mode, name in _NAMES.items():
        theirs = modes[mode]["ndcg@10"]
        table.add(Row("quality", f"nDCG@10, {language}", hybrid, "", name, theirs, more_is_better=True))
