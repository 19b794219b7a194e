from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import docx
from bge_desktop.extract.docx import read_docx

MakeDocx = Callable[..., bytes]


def test_everything_in_its_order(make_docx: MakeDocx) -> None:
    def fill(document: Any) -> None:
        document.core_properties.title = "会议纪要"
        document.sections[0].header.paragraphs[0].text = "Confidential"
        document.sections[0].footer.paragraphs[0].text = "Page footer"
        document.add_heading("Agenda", 1)
        document.add_paragraph("First\nline\tand tab")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["who", "what", "Lin", ""], strict=True):
            cell.text = text
        document.add_paragraph("after the table")

    document = read_docx(make_docx(fill))
    assert document.text.split("\n\n") == [
        "Confidential",
        "Agenda",
        "First\nline\tand tab",
        "who | what\nLin",
        "after the table",
        "Page footer",
    ]
    assert (document.title, document.kind, document.page_starts) == ("会议纪要", "docx", ())


def test_insertions_content_controls_and_text_boxes_are_read_and_deletions_not(make_docx: MakeDocx) -> None:
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>"
    body = f"""<w:sdt {nsdecls("w")} {compatibility}><w:sdtContent><w:p>
      <w:r><w:t>kept </w:t></w:r>
      <w:ins><w:r><w:t>added</w:t></w:r></w:ins>
      <w:del><w:r><w:t>gone</w:t></w:r></w:del>
      <w:r><mc:AlternateContent>
        <mc:Choice>{box}</mc:Choice>
        <mc:Fallback>{box}</mc:Fallback>
      </mc:AlternateContent></w:r>
    </w:p></w:sdtContent></w:sdt>"""
    data = make_docx(lambda document: document.element.body.insert(0, parse_xml(body)))
    assert read_docx(data).text == "kept added\n\nbox"


def test_an_empty_document_is_empty(make_docx: MakeDocx) -> None:
    assert read_docx(make_docx(lambda document: None)).text == ""


def test_a_bomb_is_refused_before_it_is_unpacked(make_docx: MakeDocx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "_LARGEST", 1 << 20)
    stream = BytesIO(make_docx(lambda document: None))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros", bytes(2 << 20))
    with pytest.raises(ExtractionError, match="Too large"):
        read_docx(stream.getvalue())
