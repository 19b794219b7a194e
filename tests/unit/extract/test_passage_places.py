from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Document, Part, Place, assembled
from bge_desktop.extract.passage_places import LONGEST_LABEL, check, label_at, packed, unpacked
from bge_desktop.extract.tables import Row, as_part, by_cell, by_row
from bge_desktop.messages import PassagePlace


def _places(document: Document, start: int, end: int) -> tuple[PassagePlace, ...]:
    """Pack and unpack the places of a passage."""
    text, places = document.text, document.places
    return unpacked(packed(text, places, start, end), label_at(text, places, start), text[start:end])


def _headings(*labels: str) -> Document:
    """Ten characters under each heading."""
    places = tuple(Place(10 * number, label, divides=False) for number, label in enumerate(labels, 1))
    return Document("x" * 10 * (len(labels) + 1), places=places)


def test_the_places_that_begin_within_a_passage_come_after_that_of_its_start() -> None:
    document = _headings("One", "One half", "Two")
    assert _places(document, 0, 15) == (PassagePlace(0, ""), PassagePlace(10, "One"))
    assert _places(document, 10, 31) == (PassagePlace(0, "One"), PassagePlace(10, "One half"), PassagePlace(20, "Two"))
    assert _places(document, 12, 20) == (PassagePlace(0, "One"),)
    assert packed(document.text, document.places, 12, 20) == ""


def test_only_what_differs_from_the_label_before_is_stored() -> None:
    rows = [Row(number, {1: "value"}) for number in range(5, 8)]
    document = assembled(
        [replace(as_part(rows, by_row(lambda row: f"line {row.number}"), Allowance(0)), label="a.csv")]
    )
    assert packed(document.text, document.places, 0, len(document.text)) == '[[6,13,"6"],[6,13,"7"]]'


def test_a_passage_that_begins_within_a_row_names_its_cells() -> None:
    document = assembled([as_part([Row(4, {2: "a", 3: "b", 4: "c", 30: "d"})], by_cell("S"), Allowance(0))])
    assert document.text == "a | b | c | d"
    expected = ((0, "S!C4"), (4, "S!D4"), (8, "S!AD4"))
    assert _places(document, 4, 13) == tuple(PassagePlace(start, label) for start, label in expected)
    assert _places(document, 2, 9)[0] == PassagePlace(0, "S!C4")
    assert _places(document, 2, 9)[-1] == PassagePlace(6, "S!D4")


@given(
    st.lists(st.dictionaries(st.integers(1, 40), st.sampled_from(["a", "bc", "d | e", "12 |", "| 3"]), min_size=1)),
    st.data(),
)
def test_every_character_of_a_passage_is_where_it_is_in_the_whole(
    rows: list[dict[int, str]], data: st.DataObject
) -> None:
    numbered = [Row(number, dict(sorted(cells.items()))) for number, cells in enumerate(rows, 1)]
    document = assembled([Part("before"), as_part(numbered, by_cell("S"), Allowance(0))])
    starts = [at for at, character in enumerate(document.text) if not character.isspace()]
    start = data.draw(st.sampled_from(starts))
    found = _places(document, start, len(document.text))
    for at in starts:
        if at >= start and document.text[at] != "|":
            label = [place.label for place in found if place.start <= at - start][-1]
            assert label == label_at(document.text, document.places, at)


def test_of_very_many_places_the_first_are_kept_and_long_labels_are_cut() -> None:
    document = Document("x" * 1000, places=tuple(Place(at, "y" * at, divides=False) for at in range(1000)))
    found = _places(document, 0, 1000)
    assert len(found) == 301
    assert len(_places(document, 900, 1000)[-1].label) == LONGEST_LABEL


@pytest.mark.parametrize(
    "nonsense",
    [
        "nothing",
        "{}",
        "[1]",
        "[[1]]",
        '[[-1,0,"a"]]',
        '[[0,9,"a"]]',
        '[[99,0,"a"]]',
        '[["1",0,"a"]]',
        "[" * 100_000,
    ],
)
def test_what_was_not_packed_is_refused(nonsense: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        check(nonsense, "label", 9)


def test_a_label_cannot_steer_a_terminal() -> None:
    assert unpacked('[[1,0,"\\u001b[31m"]]', "", "ab")[-1].label == "\ufffd[31m"
