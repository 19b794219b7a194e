from __future__ import annotations

import pytest

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Part, place_at
from bge_desktop.extract.passage_places import label_at
from bge_desktop.extract.tables import Row, as_part, by_cell, by_row, column_name, column_number


def _part(*rows: Row) -> Part:
    return as_part(rows, by_cell("S"), Allowance(0))


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")])
def test_columns_have_letters(number: int, name: str) -> None:
    assert (column_name(number), column_number(name)) == (name, number)


def test_the_names_of_columns_stand_above_each_block_and_every_row_has_its_place() -> None:
    rows = [Row(1, {1: "Stock of the shop"}), Row(3, {2: "Name", 3: "Price"})]
    rows += [Row(number, {2: f"Thing {number}", 3: f"{number}.50"}) for number in range(4, 100)]
    part = _part(*rows)
    blocks = part.text.split("\n\n")
    assert len(blocks) > 2
    assert all(block.startswith("Name | Price\n") for block in blocks[1:])
    assert all(len(block) < 700 for block in blocks)
    for number in range(4, 100):
        row = part.text.index(f"Thing {number} ")
        assert label_at(part.text, part.places, row) == f"S!B{number}"
        assert label_at(part.text, part.places, part.text.index("|", row) + 2) == f"S!C{number}"
    second = part.text.index("\n\n") + 2
    headings = place_at(part.places, second)
    assert headings is not None
    assert part.text[second:].split("\n")[1].startswith(f"Thing {headings.label[3:]} ")


@pytest.mark.parametrize(
    "row",
    [
        {1: "a", 30: "b", 31: "c"},
        {2: "a", 3: "b | c", 4: "d", 5: "e"},
        {3: "a |", 4: "b"},
        dict.fromkeys(range(1, 40), "x" * 300),
    ],
)
def test_every_cell_has_its_place(row: dict[int, str]) -> None:
    part = _part(Row(7, row), Row(8, {1: "below"}))
    start = 0
    for column, text in row.items():
        last = label_at(part.text, part.places, start + len(text) - 1)
        assert (label_at(part.text, part.places, start), last) == (f"S!{column_name(column)}7",) * 2
        start += len(text) + 3
    assert label_at(part.text, part.places, part.text.index("below")) == "S!A8"


def test_a_row_may_be_a_place_as_a_whole() -> None:
    part = as_part([Row(5, {1: "a", 9: "b"})], by_row(lambda row: f"line {row.number}"), Allowance(0))
    assert label_at(part.text, part.places, part.text.index("b")) == "line 5"


def test_neighbouring_cells_take_one_place() -> None:
    assert len(_part(Row(1, dict.fromkeys(range(2, 100), "word"))).places) == 1


@pytest.mark.parametrize("top", [["12", "3.5"], ["alone"], ["x" * 61, "y"], ["word"] * 60, ["2024-05-17", "12:00"]])
def test_what_is_no_row_of_names_does_not_come_back(top: list[str]) -> None:
    below = [Row(number, {1: f"{number}", 2: "x" * 90}) for number in range(2, 30)]
    part = _part(Row(1, dict(enumerate(top, 1))), *below)
    assert part.text.count(" | ".join(top)) == 1


def test_too_much_text_is_refused_before_all_of_it_is_gathered() -> None:
    taken = []

    def rows() -> object:
        for number in range(1, 1_000):
            taken.append(number)
            yield Row(number, {1: "x" * 100})

    part = as_part(rows(), by_cell("S"), Allowance(0, characters=5_000))  # type: ignore[arg-type]
    assert [shortfall.title for shortfall in part.shortfalls] == ["Too large"]
    assert len(part.text) > 5_000
    assert len(taken) < 100
