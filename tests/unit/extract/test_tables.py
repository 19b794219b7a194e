from __future__ import annotations

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Part, place_at
from bge_desktop.extract.tables import Row, as_part, cell_label, column_name


def _part(*rows: Row) -> Part:
    return as_part(rows, cell_label("S"), Allowance(0))


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")])
def test_columns_have_letters(number: int, name: str) -> None:
    assert column_name(number) == name


def test_the_names_of_columns_stand_above_each_block_and_every_row_has_its_place() -> None:
    rows = [Row(1, 1, ["Stock of the shop"]), Row(3, 2, ["Name", "Price"])]
    rows += [Row(number, 2, [f"Thing {number}", f"{number}.50"]) for number in range(4, 100)]
    part = _part(*rows)
    blocks = part.text.split("\n\n")
    assert len(blocks) > 2
    assert all(block.startswith("Name | Price\n") for block in blocks[1:])
    assert all(len(block) < 700 for block in blocks)
    for number in range(4, 100):
        place = place_at(part.places, part.text.index(f"Thing {number} "))
        assert place is not None
        assert place.label == f"S!B{number}"
    second = part.text.index("\n\n") + 2
    first_data = place_at(part.places, second)
    assert first_data is not None
    assert part.text[second:].split("\n")[1].startswith(f"Thing {first_data.label[3:]} ")


@pytest.mark.parametrize("top", [["12", "3.5"], ["alone"], ["x" * 61, "y"], ["word"] * 60, ["2024-05-17", "12:00"]])
def test_what_is_no_row_of_names_does_not_come_back(top: list[str]) -> None:
    part = _part(Row(1, 1, top), *(Row(number, 1, [f"{number}", "x" * 90]) for number in range(2, 30)))
    assert part.text.count(" | ".join(top)) == 1


def test_too_much_text_is_refused_before_all_of_it_is_gathered() -> None:
    taken = []

    def rows() -> object:
        for number in range(1, 1_000):
            taken.append(number)
            yield Row(number, 1, ["x" * 100])

    with pytest.raises(ExtractionError, match="characters"):
        as_part(rows(), cell_label("S"), Allowance(0, characters=5_000))  # type: ignore[arg-type]
    assert len(taken) < 100
