from __future__ import annotations

import pytest

from bge_desktop.extract.document import Part, Place
from bge_desktop.extract.sheets import under_name

_CELLS = (Place(0, "A!A1", is_cell=True), Place(4, "A!B1", is_cell=True))


def test_the_name_stands_above_the_first_text_and_belongs_to_its_first_place() -> None:
    parts = list(under_name("Budget 预算", [Part(""), Part("one two", places=_CELLS), Part("drawn", "Budget 预算")]))
    assert [part.text for part in parts] == ["", "Budget 预算\none two", "drawn"]
    assert parts[1].places == (Place(0, "A!A1"), Place(10, "A!A1", is_cell=True), Place(14, "A!B1", is_cell=True))


def test_a_sheet_without_text_does_not_make_its_name_one() -> None:
    assert list(under_name("Budget", [Part("")])) == [Part("")]


@pytest.mark.parametrize("name", ["Sheet1", "Tabelle2", "工作表1", "Feuil 3", "A", ""])
def test_names_that_programs_give_tell_nothing(name: str) -> None:
    assert list(under_name(name, [Part("one")])) == [Part("one")]
