from __future__ import annotations

from bge_desktop.extract.document import (
    Part,
    Place,
    assembled,
    one_line,
    place_at,
    scrubbed,
    with_plain_newlines,
)


def test_a_place_reaches_to_the_next() -> None:
    places = [Place(0, page=1), Place(10, page=2), Place(10, page=3), Place(25, page=4)]
    assert [place_at(places, offset).page for offset in (0, 9, 10, 24, 25, 99)] == [1, 1, 3, 3, 4, 4]  # type: ignore[union-attr]


def test_before_the_first_place_and_without_places_there_is_none() -> None:
    assert place_at([Place(3)], 2) is None
    assert place_at((), 5) is None


def test_parts_stand_at_their_places_and_empty_ones_nowhere() -> None:
    document = assembled([Part("One.", page=1), Part("", page=2), Part("Three.", "Notes", 3)], "Title", "slides")
    assert document.text == "One.\n\nThree."
    assert document.places == (Place(0, page=1), Place(6, "Notes", 3))
    assert (document.title, document.kind) == ("Title", "slides")


def test_a_part_with_places_of_its_own_keeps_them_within_its_name() -> None:
    inner = assembled([Part("One.", page=1), Part("Two.", "Annex", 2)])
    cells = (Place(3, "Sheet1!A2", divides=False),)
    outer = assembled(
        [Part("Read me."), Part(inner.text, "a.pdf", places=inner.places), Part("A1\nA2", "b", None, cells)]
    )
    found = [(outer.text[place.start :].split("\n")[0], place.label, place.page) for place in outer.places]
    assert found == [
        ("Read me.", "", None),
        ("One.", "a.pdf", 1),
        ("Two.", "a.pdf › Annex", 2),
        ("A1", "b", None),
        ("A2", "b › Sheet1!A2", None),
    ]


def test_scrubbing_keeps_every_offset() -> None:
    text = "a\0b\x1b[0m\ud800c\tд\n\U0001f600"
    assert scrubbed(text) == "a b [0m\ufffdc\tд\n\U0001f600"
    assert len(scrubbed(text)) == len(text)


def test_every_line_end_becomes_a_newline() -> None:
    assert with_plain_newlines("a\r\nb\rc\fd\ve\n\r\n") == "a\nb\nc\nd\ne\n\n"


def test_a_title_is_one_line() -> None:
    assert one_line("  A\n long\t title ") == "A long title"
