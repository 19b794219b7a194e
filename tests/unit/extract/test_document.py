from __future__ import annotations

from bge_desktop.extract.document import one_line, page_at, scrubbed, with_plain_newlines


def test_a_page_begins_at_its_start_and_is_counted_from_one() -> None:
    starts = (0, 10, 10, 25)
    assert [page_at(starts, offset) for offset in (0, 9, 10, 24, 25, 99)] == [1, 1, 3, 3, 4, 4]


def test_without_pages_there_is_no_page() -> None:
    assert page_at((), 5) is None


def test_scrubbing_keeps_every_offset() -> None:
    text = "a\0b\x1b[0m\ud800c\tд\n\U0001f600"
    assert scrubbed(text) == "a b [0m\ufffdc\tд\n\U0001f600"
    assert len(scrubbed(text)) == len(text)


def test_every_line_end_becomes_a_newline() -> None:
    assert with_plain_newlines("a\r\nb\rc\fd\ve\n\r\n") == "a\nb\nc\nd\ne\n\n"


def test_a_title_is_one_line() -> None:
    assert one_line("  A\n long\t title ") == "A long title"
