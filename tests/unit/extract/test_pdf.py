from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import place_at
from bge_desktop.extract.pdf import read_pdf

MakePdf = Callable[..., bytes]
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def test_pages_and_title(make_pdf: MakePdf) -> None:
    document = read_pdf(make_pdf(["First page."], [], ["Third page."], title="租房 contract"))
    assert document.text == "First page.\n\nThird page."
    assert (document.title, document.kind) == ("租房 contract", "pdf")
    assert [place_at(document.places, document.text.index(word)).page for word in ("First", "Third")] == [1, 3]


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
    assert (document.text, document.kind, document.places) == ("", "pdf", ())


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


def _scans(*texts: str) -> bytes:
    """Return a PDF of pages that are pictures."""
    pages = [Image.new("L", (600, 200), 255) for _ in texts]
    for page, text in zip(pages, texts, strict=True):
        ImageDraw.Draw(page).text((40, 80), text, fill=0, font=ImageFont.truetype(FONT, 28))
    stream = BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return stream.getvalue()


def test_print_is_recognised_only_where_there_is_time_for_it() -> None:
    data = _scans("The first scan", "The second scan")
    assert read_pdf(data).text == ""
    document = read_pdf(data, Allowance(len(data)))
    assert document.text == "The first scan\n\nThe second scan"
    assert [place.page for place in document.places] == [1, 2]


def test_it_is_said_how_many_scans_were_left_unread() -> None:
    data = _scans("The first scan", "The second scan")
    turns = iter([True] * 4 + [False] * 9)
    allowance = Allowance(len(data))
    allowance.picture = lambda: nullcontext(lambda: next(turns))
    document = read_pdf(data, allowance)
    assert document.text == "The first scan"
    assert document.shortfalls[0].message.startswith("Only the first 1 of 2 scanned pages were read")


def test_a_stamp_on_a_scan_does_not_keep_it_from_being_read(make_pdf: MakePdf) -> None:
    scan, stamp = pypdfium2.PdfDocument(_scans("A receipt for repairs")), "Scanned by a telephone"
    stamped = pypdfium2.PdfDocument(make_pdf([stamp]))
    page, pictures = stamped[0], list(scan[0].get_objects())
    bitmap = pictures[0].get_bitmap()
    image = pypdfium2.PdfImage.new(stamped)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(600, 200).translate(0, 200))
    page.set_mediabox(0, 200, 600, 400)
    page.insert_obj(image)
    page.gen_content()
    stream = BytesIO()
    stamped.save(stream)
    assert "A receipt for repairs" in read_pdf(stream.getvalue(), Allowance(0)).text


def test_where_time_runs_out_the_first_pages_are_kept(make_pdf: MakePdf) -> None:
    data = make_pdf(["First page."], ["Second page."])
    allowance = Allowance(len(data), seconds=-1.0)
    document = read_pdf(data, allowance)
    assert document.text == ""
    assert [own.message for own in document.shortfalls] == [
        "Only the first 0 of 2 pages were read: all of them would take too long."
    ]


def test_pages_of_too_much_text_are_refused_before_all_are_read(make_pdf: MakePdf) -> None:
    data = make_pdf(*[["many words " * 10]] * 20)
    with pytest.raises(ExtractionError, match="Too large"):
        read_pdf(data, Allowance(len(data), characters=500))
