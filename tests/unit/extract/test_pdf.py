from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import page_at
from bge_desktop.extract.pdf import read_pdf

MakePdf = Callable[..., bytes]


def test_pages_and_title(make_pdf: MakePdf) -> None:
    document = read_pdf(make_pdf(["First page."], [], ["Third page."], title="租房 contract"))
    assert document.text == "First page.\n\n\n\nThird page."
    assert (document.title, document.kind, document.page_starts) == ("租房 contract", "pdf", (0, 13, 15))
    assert page_at(document.page_starts, document.text.index("Third")) == 3


def test_lines_are_joined_and_divided_words_made_whole(make_pdf: MakePdf) -> None:
    lines = [
        "The committee for inter-",
        "national standards met on Mon-",
        "day to talk of the well-",
        "Known things it has to do.",
    ]
    text = read_pdf(make_pdf(lines)).text
    assert (
        text == "The committee for international standards met on Monday to talk of the well-Known things it has to do."
    )


def test_chinese_lines_are_joined_without_a_space(make_pdf: MakePdf) -> None:
    lines = ["本合同一式两份，甲乙双方各执一份，自签", "字之日起生效。未尽事宜由双方另行协商解", "决。"]
    assert read_pdf(make_pdf(lines)).text == "".join(lines)


def test_a_scan_has_no_text_but_its_kind(make_pdf: MakePdf) -> None:
    document = read_pdf(make_pdf([], []))
    assert (document.text, document.kind, document.page_starts) == ("", "pdf", ())


def test_a_password_is_asked_to_be_removed(make_pdf: MakePdf) -> None:
    with pytest.raises(ExtractionError, match="without the password"):
        read_pdf(make_pdf(["secret"], locked=True))


def test_a_truncated_file_is_read_as_far_as_it_goes_or_refused(make_pdf: MakePdf) -> None:
    data = make_pdf(["Some words."], ["More words."])
    for length in range(9, len(data), 97):
        try:
            text = read_pdf(data[:length]).text
        except (ExtractionError, pypdfium2.PdfiumError):
            continue
        assert "words" in text
