from __future__ import annotations

from bge_desktop.extract.pdf_layout import Line, join

PITCH = 14.0


def _lines(*texts: str, left: float = 72, top: float = 700, size: float = 12) -> list[Line]:
    """Lines one below the other, each character six points wide."""
    return [
        Line(text, left, left + 6 * len(text), top - PITCH * index, top - PITCH * index, size)
        for index, text in enumerate(texts)
    ]


FULL = "a line of words that goes on to the end"


def test_full_lines_are_one_paragraph() -> None:
    assert join(_lines(FULL, FULL, "of it.")) == f"{FULL} {FULL} of it."


def test_more_room_between_lines_is_a_new_paragraph() -> None:
    assert join([*_lines(FULL, "ends"), *_lines(FULL, top=700 - 3.6 * PITCH)]) == f"{FULL} ends\n\n{FULL}"


def test_larger_print_is_a_heading() -> None:
    assert join([*_lines("A heading", size=16), *_lines(FULL, FULL, top=686)]) == f"A heading\n\n{FULL} {FULL}"


def test_a_sentence_that_ends_on_a_short_line_ends_its_paragraph() -> None:
    assert join(_lines(FULL, "it ends here.", FULL, FULL)) == f"{FULL} it ends here.\n\n{FULL} {FULL}"


def test_an_indented_line_begins_a_paragraph() -> None:
    whole = FULL[:-1] + "."
    lines = [*_lines(whole), *_lines(FULL, left=96, top=686), *_lines("and on.", top=672)]
    assert join(lines) == f"{whole}\n\n{FULL} and on."


def test_short_lines_stay_lines() -> None:
    address = ["Ms A. Smith", "3 Harbour Row", "Bristol"]
    assert join(_lines(FULL, *address)) == f"{FULL} " + "\n".join(address)


def test_list_items_stay_lines() -> None:
    assert join(_lines(FULL, f"• {FULL}"[:39], f"2. {FULL}"[:39])).count("\n") == 2


def test_a_sentence_goes_on_in_the_next_column() -> None:
    assert join([*_lines(FULL, FULL), *_lines("goes on here.", left=320)]) == f"{FULL} {FULL} goes on here."


def test_an_empty_page_is_empty() -> None:
    assert join([]) == ""
