from __future__ import annotations

from bge_desktop.extract.document import Place
from bge_desktop.extract.outline import Outline, Unit, as_label, joined


def test_headings_are_paragraphs_and_places() -> None:
    outline = Outline()
    for line in ("", "one", "two", "", "  ", "three"):
        outline.line(line)
    outline.heading(" Four ")
    outline.heading("")
    outline.line("five")
    assert outline.text == "one\ntwo\n\nthree\n\nFour\n\nfive"
    assert outline.places == (Place(16, "Four", divides=False),)


def test_a_label_is_one_short_line() -> None:
    assert as_label(" a\nb ") == "a b"
    assert len(as_label("word " * 1000)) == 80


def test_only_large_units_and_those_after_them_are_kept_apart() -> None:
    text, places = joined([Unit("a", "1"), Unit("", "2"), Unit("b" * 900, "3"), Unit("c", "4"), Unit("d", "5")])
    assert text.startswith("a\n\nbbb")
    assert [(place.label, place.divides) for place in places] == [("1", True), ("3", True), ("4", True), ("5", False)]
    assert [text[place.start] for place in places] == list("abcd")
