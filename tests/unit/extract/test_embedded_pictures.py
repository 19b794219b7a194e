"""Pictures in documents, of every format that holds them."""

from __future__ import annotations

import base64
import json
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from bge_desktop.extract import embedded_pictures
from bge_desktop.extract.document import place_at
from bge_desktop.extract.formats import extract

FILES = Path(__file__).parents[2] / "data" / "formats"
PICTURE = (FILES / "print-english.png").read_bytes()
WORDS = "The heron waits in the shallow water until a fish comes near."
ODF = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body>{}</office:body>'
    "</office:document-content>"
)
SHOWN = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'


def _word(*pictures: bytes) -> bytes:
    document, stream = docx.Document(), BytesIO()
    document.add_paragraph("Typed words.")
    for picture in pictures:
        document.add_picture(BytesIO(picture))
    document.save(stream)
    return stream.getvalue()


def _zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _open_document(kind: str, body: str) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return _zipped({"mimetype": media_type, "content.xml": ODF.format(body), "Pictures/1.png": PICTURE})


def test_a_picture_in_a_word_file_is_read_once_and_last() -> None:
    document = extract("a", _word(PICTURE, PICTURE))
    assert document.text.startswith("Typed words.")
    assert document.text.count(WORDS) == 1
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.label == "pictures"


def test_a_picture_in_a_text_document_is_read() -> None:
    body = f"<office:text><text:p>Typed words.{SHOWN}</text:p></office:text>"
    assert WORDS in extract("a", _open_document("text", body)).text


def test_a_picture_on_a_slide_is_read_with_the_slide() -> None:
    pages = "".join(f"<draw:page><text:p>Slide</text:p>{shown}</draw:page>" for shown in ("", SHOWN, ""))
    body = f"<office:presentation>{pages}</office:presentation>"
    document = extract("a", _open_document("presentation", body))
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.page == 2


def test_a_picture_on_a_slide_of_powerpoint_is_read_with_the_slide() -> None:
    with zipfile.ZipFile(FILES / "office.pptx") as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = "ppt/slides/_rels/slide2.xml.rels"
    image = '<Relationship Id="rId99" Type="http://x/image" Target="../media/heron.png"/></Relationships>'
    parts[name] = bytes(parts[name]).replace(b"</Relationships>", image.encode())  # type: ignore[arg-type]
    document = extract("a", _zipped({**parts, "ppt/media/heron.png": PICTURE}))
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.page == 2


def test_a_picture_in_a_book_is_read() -> None:
    container = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
    book = (
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.png" media-type="image/png"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "book.opf": book,
        "a.xhtml": "<html><body><p>Typed words.</p></body></html>",
        "b.png": PICTURE,
    }
    document = extract("a", _zipped(parts))
    assert document.text.startswith("Typed words.")
    assert WORDS in document.text


def test_a_picture_on_a_sheet_of_excel_is_read_with_the_sheet() -> None:
    with zipfile.ZipFile(FILES / "office.xlsx") as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    relations = '<Relationships><Relationship Id="rId{}" Type="http://x/{}" Target="{}"/></Relationships>'
    sheets = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[sheets] = relations.format(99, "drawing", "../drawings/heron.xml")
    parts["xl/drawings/heron.xml"] = "<wsDr/>"
    parts["xl/drawings/_rels/heron.xml.rels"] = relations.format(1, "image", "../media/heron.png")
    document = extract("a", _zipped({**parts, "xl/media/heron.png": PICTURE}))
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.label == next(one.label for one in document.places).partition("!")[0]


def test_a_picture_on_a_sheet_of_open_document_is_read_with_the_sheet() -> None:
    row = (
        f"<table:table-row><table:table-cell><text:p>Typed words.</text:p>{SHOWN}</table:table-cell></table:table-row>"
    )
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    sheet = f'<office:spreadsheet xmlns:table="{table}"><table:table table:name="Birds">{row}</table:table>'
    document = extract("a", _open_document("spreadsheet", f"{sheet}</office:spreadsheet>"))
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.label == "Birds"


def test_a_picture_in_a_notebook_is_read_with_its_cell() -> None:
    encoded = base64.encodebytes(PICTURE).decode()
    printed = {"output_type": "display_data", "data": {"image/png": encoded, "text/plain": "<Figure>"}}
    pasted = {"cell_type": "markdown", "source": "# Heron", "attachments": {"a.png": {"image/png": encoded}}}
    cells = [{"cell_type": "code", "source": "plot()", "outputs": [printed]}, pasted]
    document = extract("a.ipynb", json.dumps({"cells": cells, "nbformat": 4}).encode())
    assert document.text.count(WORDS) == 1
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.label == "cell 1"


@pytest.mark.parametrize(
    ("name", "source"),
    [("a.html", '<html><p>Typed words.</p><img src="{}"></html>'), ("a.md", "Typed words.\n\n![][a]\n\n[a]: <{}>\n")],
)
def test_a_picture_within_an_address_is_read(name: str, source: str) -> None:
    address = f"data:image/png;base64,{base64.b64encode(PICTURE).decode()}"
    document = extract(name, source.format(address).encode())
    assert document.text.startswith("Typed words.\n\n")
    place = place_at(document.places, document.text.index(WORDS))
    assert place
    assert place.label == "pictures"


def test_a_damaged_picture_within_an_address_is_told() -> None:
    address = f"data:image/png;base64,{base64.b64encode(PICTURE[:-600]).decode()[:-3]}"
    document = extract("a.html", f'<html><p>Typed words.</p><img src="{address}"></html>'.encode())
    assert document.text == "Typed words."
    assert [shortfall.label for shortfall in document.shortfalls] == ["pictures › picture"]


def test_a_damaged_picture_costs_itself_only_and_is_told() -> None:
    with zipfile.ZipFile(BytesIO(_word(PICTURE))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = extract("a", _zipped({**parts, "word/media/image1.png": PICTURE[:-600]}))
    assert document.text.startswith("Typed words.")
    assert [shortfall.label for shortfall in document.shortfalls] == ["pictures › image1.png"]


def test_when_there_are_too_many_the_rest_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_pictures, "_MOST_PICTURES", 1)
    document = extract("a", _word(PICTURE, (FILES / "print-columns.gif").read_bytes()))
    assert WORDS in document.text
    assert "Morning" not in document.text
    assert "Not all of its pictures" in document.shortfalls[0].message


def test_bullets_and_lines_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_pictures, "_SMALLEST", len(PICTURE) + 1)
    assert WORDS not in extract("a", _word(PICTURE)).text
