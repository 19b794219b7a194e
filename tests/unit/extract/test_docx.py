from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import BombError
from bge_desktop.extract.document import Place, place_at
from bge_desktop.extract.docx import read_docx
from tests.unit.extract.office_files import relations, source, zipped

MakeDocx = Callable[..., bytes]


def test_everything_in_its_order(make_docx: MakeDocx) -> None:
    def fill(document: Any) -> None:
        document.core_properties.title = "会议纪要"
        document.core_properties.author = "Lin"
        document.core_properties.keywords = "agenda, 议程"
        document.sections[0].header.paragraphs[0].text = "Confidential"
        document.sections[0].footer.paragraphs[0].text = "Page footer"
        document.add_heading("Agenda", 1)
        document.add_paragraph("First\nline\tand tab")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["who", "what", "Lin", ""], strict=True):
            cell.text = text
        document.add_paragraph("after the table")

    document = read_docx(source(make_docx(fill)))
    assert document.text.split("\n\n") == [
        "Agenda",
        "First\nline\tand tab",
        "who | what\nLin",
        "after the table",
        "Confidential",
        "Page footer",
        "Author: Lin\nKeywords: agenda, 议程",
    ]
    starts = (document.text.index("Confidential"), document.text.index("Author"))
    places = (Place(0, "Agenda"), Place(starts[0], "header and footer"), Place(starts[1], "properties"))
    assert (document.title, document.kind, document.places) == ("会议纪要", "docx", places)


def test_comments_tell_who_wrote_them(make_docx: MakeDocx) -> None:
    def fill(document: Any) -> None:
        run = document.add_paragraph("words").runs[0]
        document.add_comment(run, "Is that so?", author="Lin", initials="L")
        document.add_comment(run, "", author="Nobody", initials="N")

    document = read_docx(source(make_docx(fill)))
    assert document.text == "words\n\nLin: Is that so?"
    assert place_at(document.places, 8) == Place(7, "comments")


def test_styles_based_on_headings_are_headings_and_the_first_is_the_title(make_docx: MakeDocx) -> None:
    def fill(document: Any) -> None:
        style = document.styles.add_style("Ours", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("text before")
        document.add_paragraph("Our heading", style="Ours")
        document.add_paragraph("text")
        levelled = document.add_paragraph("By its level")
        levelled._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))

    document = read_docx(source(make_docx(fill)))
    assert [place.label for place in document.places] == ["", "Our heading", "By its level"]
    assert document.title == "Our heading"


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
    assert read_docx(source(data)).text == "kept added\n\nbox"


def test_what_a_reading_belongs_to_stays_whole_and_pictures_say_what_they_show(make_docx: MakeDocx) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    ruby = f"<w:r><w:ruby><w:rt>{run.format('た')}</w:rt><w:rubyBase>{run.format('食')}</w:rubyBase></w:ruby></w:r>"
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="苍鹭 A heron" title="Heron"/>'
        '<pic:cNvPr id="1" name="a.png" descr="苍鹭 A heron"/></wp:inline></w:drawing></w:r>'
    )
    paragraph = f"<w:p {nsdecls('w', 'wp', 'pic')}>{ruby}{run.format('べる')}{picture}</w:p>"
    data = make_docx(lambda document: document.element.body.insert(0, parse_xml(paragraph)))
    assert read_docx(source(data)).text == "食べる (た)\n\nHeron\n\n苍鹭 A heron"


def test_an_empty_document_is_empty(make_docx: MakeDocx) -> None:
    assert read_docx(source(make_docx(lambda document: None))).text == ""


def test_a_picture_is_not_unpacked_and_a_bomb_of_text_is_refused(make_docx: MakeDocx) -> None:
    stream = BytesIO(make_docx(lambda document: document.add_paragraph("words")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros", bytes(30 << 20))
    assert read_docx(source(stream.getvalue())).text == "words"
    parts = {"_rels/.rels": relations(officeDocument="word/document.xml"), "word/document.xml": "x" * (40 << 20)}
    with pytest.raises(BombError):
        read_docx(source(zipped(parts)))


def test_what_is_encrypted_as_a_zip_file_says_so(make_docx: MakeDocx) -> None:
    data = bytearray(make_docx(lambda document: None))
    for position in (match.start() for match in re.finditer(b"PK\x01\x02", data)):
        data[position + 8] |= 1
    with pytest.raises(ExtractionError, match="password"):
        read_docx(source(bytes(data)))
