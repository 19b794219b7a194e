from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Place, place_at
from bge_desktop.extract.formats import Reading
from bge_desktop.extract.pdf import read_pdf

MakePdf = Callable[..., bytes]


def _hex(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _beside(make_pdf: MakePdf, *annotations: str) -> str:
    return read_pdf(make_pdf(["Print."], annotations=list(annotations))).text.removeprefix("Print.").lstrip()


def test_comments_follow_the_page_that_they_are_on(make_pdf: MakePdf) -> None:
    comments = [
        f"/Subtype /Text /T {_hex('林')} /Contents {_hex('会不会是白鹭？')}",
        r"/Subtype /FreeText /Contents (Typed\ron the page)",
        "/Subtype /Highlight /T (Ann) /Contents (Marked)",
    ]
    document = read_pdf(make_pdf(["First."], ["Second."], annotations=comments))
    beside = "林: 会不会是白鹭？\n\nTyped\non the page\n\nAnn: Marked"
    assert document.text == f"First.\n\nSecond.\n\n{beside}"
    assert document.places[-1] == Place(document.text.index(beside), "comments and forms", 2, divides=False)


def test_comments_on_a_page_without_print_are_read(make_pdf: MakePdf) -> None:
    document = read_pdf(make_pdf([], annotations=["/Subtype /Text /Contents (Alone)"]))
    assert (document.text, place_at(document.places, 0)) == ("Alone", Place(0, "comments and forms", 1))


def test_what_says_the_same_is_read_once(make_pdf: MakePdf) -> None:
    comment = "/Subtype /Text /T (Ann) /Contents (Once)"
    popup = "/Subtype /Popup /T (Ann) /Contents (Once)"
    assert _beside(make_pdf, comment, popup, comment, "/Subtype /Link /Contents (https://a.example)") == "Ann: Once"


def test_comments_without_end_are_bounded(make_pdf: MakePdf) -> None:
    text = _beside(make_pdf, f"/Subtype /Text /Contents ({'x' * 30_000})", *["/Subtype /Text"] * 1_500)
    assert text == "x" * 20_000
    assert "no. 1001" not in _beside(make_pdf, *(f"/Subtype /Text /Contents (no. {n})" for n in range(1, 1_100)))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (f"/FT /Tx /T (who) /V {_hex('林 Lin')}", "林 Lin"),
        ("/FT /Tx /T (who) /TU (Your name) /V (Lin)", "Your name: Lin"),
        ("/FT /Ch /Ff 131072 /T (town) /Opt [(Berne) (Basle)] /V (Basle)", "Basle"),
        ("/FT /Btn /T (smoker) /TU (Smoker) /V /Yes /AS /Yes /AP << /N << /Yes null >> >>", "Smoker: Yes"),
        ("/FT /Btn /T (smoker) /TU (Smoker) /V /Off /AS /Off", ""),
        ("/FT /Tx /Ff 8192 /T (password) /V (secret)", ""),
        ("/FT /Tx /F 2 /T (unseen) /V (secret)", ""),
        ("/FT /Tx /T (empty) /TU (Your name)", ""),
    ],
)
def test_fields_are_read_without_their_appearance(make_pdf: MakePdf, field: str, text: str) -> None:
    assert _beside(make_pdf, f"/Subtype /Widget {field}") == text


def test_the_properties_are_a_part_of_their_own(make_pdf: MakePdf) -> None:
    entries = [f"/Subject {_hex('租约')}", "/Keywords (lease, flat)", "/Author (Lin)", "/Creator (Writer)"]
    document = read_pdf(make_pdf(["Print."], properties=entries))
    assert document.text == "Print.\n\nAuthor: Lin\nSubject: 租约\nKeywords: lease, flat"
    assert document.places[-1] == Place(8, "properties")


def _with_file(data: bytes, name: str, content: bytes) -> bytes:
    with pypdfium2.PdfDocument(data) as pdf:
        file = pdf.new_attachment(name)
        file.set_data(content)
        stream = BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def test_files_in_a_document_are_read_by_their_formats(make_pdf: MakePdf) -> None:
    data = _with_file(make_pdf(["Print."]), "发票.csv", "鸟,数\n苍鹭,2\n".encode())
    document = Reading(Allowance(len(data))).read("a.pdf", data)
    assert document.text == "Print.\n\n鸟 | 数\n苍鹭 | 2"
    assert place_at(document.places, 10) == Place(8, "发票.csv › line 1")
    assert read_pdf(data).text == "Print."
