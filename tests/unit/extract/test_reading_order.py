from __future__ import annotations

from bge_desktop.extract.reading_order import PrintedLine, page_text

HEIGHT, PITCH = 20.0, 30.0


def _lines(*texts: str, left: float = 50, top: float = 100) -> list[PrintedLine]:
    """Lines one below the other, each character ten pixels wide."""
    return [
        PrintedLine(text, left, top + PITCH * row, left + 10 * len(text), top + PITCH * row + HEIGHT)
        for row, text in enumerate(texts)
    ]


LEFT = _lines("the first column goes", "on and on and then it", "is over and the text", "goes on in the other")
RIGHT = _lines(
    "column of the page at", "whose foot the rest of", "the words are printed", "as one would expect it", left=320
)
FULL = "a line that reaches over both of the columns of this page"


def test_lines_are_joined_to_paragraphs_in_their_order() -> None:
    lines = _lines("a line of words that goes on", "to the end of the paragraph.")
    assert page_text(lines[::-1]) == "a line of words that goes on to the end of the paragraph."


def test_columns_are_read_one_after_the_other() -> None:
    text = page_text([line for pair in zip(LEFT, RIGHT, strict=True) for line in pair])
    assert text.index("goes on in the other") < text.index("column of the page")


def test_a_heading_above_columns_comes_first() -> None:
    text = page_text([*LEFT, *RIGHT, *_lines(FULL, top=30)])
    assert [text.index(words) for words in (FULL, "the first", "goes on in", "column of", "as one")] == sorted(
        text.index(words) for words in (FULL, "the first", "goes on in", "column of", "as one")
    )


def test_the_cells_of_a_table_are_read_across() -> None:
    names = _lines("Heron", "Egret", "Crane", "Stork")
    counts = _lines("7", "12", "1", "30", left=320)
    assert page_text([*names, *counts]) == "Heron 7 Egret 12 Crane 1 Stork 30"


def test_a_line_found_in_pieces_is_one_and_a_slight_slope_does_not_matter() -> None:
    whole = _lines("found in", "below it")
    piece = PrintedLine("pieces", 140, 108, 200, 128)
    assert page_text([*whole, piece]).startswith("found in pieces")


def test_nothing_printed_is_no_text() -> None:
    assert page_text([]) == ""


def test_a_thousand_scattered_pieces_are_put_in_order_quickly() -> None:
    corners = [(37 * number % 1000, 61 * number % 1000) for number in range(1000)]
    pieces = [PrintedLine("x", left, top, left + 8, top + 8) for left, top in corners]
    assert len(page_text(pieces).split()) == 1000
