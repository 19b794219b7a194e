from __future__ import annotations

import pytest

from bge_desktop.extract.letters import SCALE, LetterCase, Letters, boxes, letters_of, spans_of
from bge_desktop.extract.reading_order import PrintedLine
from bge_desktop.messages import Box, Span


def _page(*lines: tuple[str, float, float]) -> Letters:
    """Return letters of lines at a left edge and an upper one, each letter a hundredth wide and two high."""
    return letters_of([[PrintedLine(text, left, top, left + len(text) / 100, top + 0.02)] for text, left, top in lines])


def _near(box: Box, *sides: float) -> bool:
    return [box.left, box.top, box.right, box.bottom] == pytest.approx(sides, abs=2 / SCALE)


def test_a_passage_is_found_whatever_white_space_it_has_and_has_a_box_for_each_line() -> None:
    page = _page(("The heron waits", 0.1, 0.1), ("until a fish", 0.1, 0.13), ("comes near.", 0.1, 0.16))
    spans = spans_of("waits until\n\na fish comes", page)
    assert [page.text[span.start : span.end].split() for span in spans] == [["waits", "until", "a", "fish", "comes"]]
    first, second, third = boxes(page, spans)
    assert _near(first, 0.2, 0.1, 0.25, 0.12)
    assert _near(second, 0.1, 0.13, 0.22, 0.15)
    assert _near(third, 0.1, 0.16, 0.15, 0.18)


def test_columns_side_by_side_have_boxes_of_their_own() -> None:
    page = _page(("left column", 0.1, 0.1), ("below it", 0.1, 0.13), ("right column", 0.6, 0.1))
    found = boxes(page, [Span(0, len(page.text))])
    assert [round(box.left, 2) for box in found] == [0.1, 0.1, 0.6]


def test_of_a_passage_with_a_comment_the_lines_are_found_that_are_printed() -> None:
    page = _page(("The first paragraph", 0.1, 0.1), ("and the second one", 0.1, 0.2))
    spans = spans_of("The first paragraph\n\nA comment that is not printed\n\nand the second one", page)
    assert [page.text[span.start : span.end] for span in spans] == ["The first paragraph", "and the second one"]
    assert spans_of("nothing of this stands here", page) == []
    assert spans_of("", page) == []


def test_a_chinese_letter_is_twice_as_wide_as_another() -> None:
    page = letters_of([[PrintedLine("a中b", 0.0, 0.0, 0.4, 0.1)]])
    assert _near(boxes(page, [Span(1, 2)])[0], 0.1, 0.0, 0.3, 0.1)


def test_several_characters_may_share_a_box_and_what_lies_outside_has_none() -> None:
    case = LetterCase()
    case.add("fi", (10, 10, 20, 20))
    case.add("x")
    letters = case.letters()
    assert letters.text == "fix"
    assert len(boxes(letters, [Span(0, 2)])) == 1
    assert boxes(letters, [Span(2, 3)]) == ()


def test_letters_travel_as_bytes_and_what_is_no_box_for_each_is_refused() -> None:
    page = _page(("words 字", 0.1, 0.1))
    assert Letters.from_bytes(page.text, page.in_bytes()) == page
    assert page.in_bytes()[:2] == int(0.1 * SCALE + 0.5).to_bytes(2, "little")
    for sides in (b"", page.in_bytes()[:-1], page.in_bytes() + bytes(8)):
        with pytest.raises(ValueError, match="without boxes"):
            Letters.from_bytes(page.text, sides)


def test_a_page_full_of_specks_has_not_too_many_boxes() -> None:
    case = LetterCase()
    for number in range(5000):
        case.add("x", (number * 10, number * 10, number * 10 + 5, number * 10 + 5))
    assert len(boxes(case.letters(), [Span(0, 5000)])) == 1000
