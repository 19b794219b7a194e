"""Makes the test files of office formats: flat OpenDocument by hand, all else of it by LibreOffice and pandoc.

Run from anywhere; it writes beside itself. The results are committed.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SENTENCE = "The heron waits in the shallow water until a fish comes near."
CHINESE = "苍鹭站在浅水里等着鱼游过来。"
FILLER = "".join(
    f"<text:p>Paragraph {n} says nothing about birds, but fills a page of notes.</text:p>" for n in range(9)
)
ROOT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}" {namespaces}>
<office:meta><dc:title>{title}</dc:title></office:meta>
{styles}
<office:body><office:{kind}>{body}</office:{kind}></office:body>
</office:document>
"""
NAMES = ["office", "style", "text", "table", "draw", "presentation", "number", "meta"]
NAMESPACES = (
    " ".join(
        [f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES]
        + ['xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"']
        + ['xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"']
        + ['xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"']
        + ['xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
    )
    .replace("xmlns:number:1.0", "xmlns:datastyle:1.0")
    .replace("xmlns:draw:1.0", "xmlns:drawing:1.0")
)

TEXT_STYLES = """<office:styles>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:default-outline-level="1"/>
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:margin="2cm"/>
<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
<style:header><text:p>Notebook of the pond 池塘笔记本</text:p></style:header>
</style:master-page></office:master-styles>"""
HEADING = '<text:h text:style-name="Heading_20_1" text:outline-level="1">{}</text:h>'
TEXT = f"""<text:tracked-changes><text:changed-region text:id="change"><text:deletion><office:change-info>
<dc:creator>Lin</dc:creator><dc:date>2024-01-02T03:04:00</dc:date></office:change-info>
<text:p>A deleted pelican.</text:p></text:deletion></text:changed-region></text:tracked-changes>
{HEADING.format("Spring")}{FILLER}
<text:p>{SENTENCE}<text:change text:change-id="change"/><text:note text:id="n1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body>
<text:p>Seen by the old mill 老磨坊旁所见.</text:p></text:note-body>
</text:note></text:p>
<text:p>A remark<office:annotation><dc:creator>Lin</dc:creator><dc:date>2024-01-02T03:04:00</dc:date>
<text:p>Was it not an egret? 会不会是白鹭？</text:p></office:annotation> hangs here.</text:p>
{HEADING.format("秋天")}{FILLER}
<text:p>{CHINESE}</text:p>
<table:table table:name="Birds"><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell><text:p>Bird</text:p></table:table-cell>
<table:table-cell><text:p>Count</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>Kingfisher 翠鸟</text:p></table:table-cell>
<table:table-cell><text:p>seven</text:p></table:table-cell></table:table-row></table:table>"""

SHEET_STYLES = """<office:automatic-styles>
<number:date-style style:name="day"><number:year number:style="long"/><number:text>-</number:text>
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:percentage-style style:name="share"><number:number number:decimal-places="1" number:min-decimal-places="1"
 number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<style:style style:name="day_cell" style:family="table-cell" style:data-style-name="day"/>
<style:style style:name="share_cell" style:family="table-cell" style:data-style-name="share"/>
<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>{more}</table:table-cell>'


def number(value: str, kind: str = "float", style: str = "", formula: str = "") -> str:
    attribute = {"date": "office:date-value"}.get(kind, "office:value")
    look = f' table:style-name="{style}"' if style else ""
    sum_of = f' table:formula="{formula}"' if formula else ""
    return f'<table:table-cell office:value-type="{kind}" {attribute}="{value}"{look}{sum_of}/>'


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def sheet(name: str, *rows: str, style: str = "") -> str:
    look = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{look}><table:table-column/>{"".join(rows)}</table:table>'


EMPTY = "<table:table-cell/>"
COMMENT = (
    "<office:annotation><dc:creator>Lin</dc:creator><text:p>Ask the warden 问一下管理员</text:p></office:annotation>"
)
SHEETS = (
    sheet(
        "Counts",
        row(cell("Bird"), cell("Day"), cell("Share"), cell("Note")),
        *(row(cell(f"Gull {n}"), number(f"2024-03-{n:02}", "date", "day_cell"), number("0.5")) for n in range(1, 31)),
        row(
            cell("Heron"),
            number("2024-05-17", "date", "day_cell"),
            number("0.125", "percentage", "share_cell"),
            cell("waits in the shallow water", COMMENT),
        ),
        row(EMPTY, EMPTY, number("4321", formula="of:=SUM(4000;321)")),
    )
    + sheet(
        "库存",
        row(EMPTY, repeated=6),
        row(EMPTY, cell("苍鹭站在浅水里"), cell("两只")),
        row(EMPTY, repeated=59_000),
        row(EMPTY, EMPTY, cell("A lonely kingfisher")),
    )
    + sheet("Unseen", row(cell("A hidden bittern 隐藏的麻鳽")), style="unseen")
)

SHAPE = """<draw:custom-shape {} svg:width="6cm" svg:height="2cm" svg:x="1cm" svg:y="3cm">
<text:p>A dragonfly 蜻蜓 drawn</text:p><draw:enhanced-geometry draw:type="rectangle" svg:viewBox="0 0 21600 21600"
 draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/></draw:custom-shape>"""
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
BESIDE = f"""{HEADING.format("Beside the text")}
<text:p>The <text:ruby><text:ruby-base>白鷺</text:ruby-base><text:ruby-text>しらさぎ</text:ruby-text></text:ruby>waits.
</text:p><text:p>A shape {SHAPE.format('text:anchor-type="paragraph"')} hangs here.</text:p>
<text:p>A picture <draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="1cm"><draw:image>
<office:binary-data>{PIXEL}</office:binary-data></draw:image><svg:desc>A bittern 麻鳽 in the reeds</svg:desc>
</draw:frame> hangs here.</text:p>
<text:p>The heron stood.<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Seen by the old mill 老磨坊旁所见.</text:p></text:note-body></text:note></text:p>"""
DRAWN = (
    f'<table:table table:name="Dragonflies 蜻蜓"><table:shapes>{SHAPE.format("")}</table:shapes><table:table-column/>'
    + row(EMPTY, cell("two", COMMENT))
    + "</table:table>"
)

SLIDES = f"""---
title: Birds of the pond
author: A. Observer
---

## The heron

{SENTENCE}

## 池塘的鸟

| Bird | Name |
|------|------|
| Kingfisher | 翠鸟 |

::: notes
Say this slowly: {CHINESE}
:::
"""
BOOK = f"""---
title: The pond 池塘
author: A. Observer
lang: en
---

# Spring

{"".join(f"Paragraph {n} says nothing about birds." + chr(10) * 2 for n in range(9))}

{SENTENCE}

# 秋天

{CHINESE} A note.[^1]

[^1]: Seen by the old mill 老磨坊旁所见.
"""


def main() -> None:
    """Write all the files."""
    for kind, styles, body, endings in (
        ("text", TEXT_STYLES, TEXT, ("fodt", "odt", "docx", "doc", "rtf")),
        ("spreadsheet", SHEET_STYLES, SHEETS, ("fods", "ods", "xlsx", "xls")),
    ):
        convert(flat(kind, styles, body), f"office.fod{kind[0]}", *endings)
    convert(flat("text", TEXT_STYLES, BESIDE), "office-beside.fodt", "odt", "docx", "rtf", "epub")
    convert(flat("spreadsheet", SHEET_STYLES, DRAWN), "office-beside.fods", "ods", "xlsx", "xls")
    pandoc(SLIDES, "pptx", "office.pptx")
    convert((HERE / "office.pptx").read_bytes(), "office.pptx", "odp")
    pandoc(BOOK, "epub", "office.epub", "--epub-chapter-level=1")
    pandoc(BOOK, "docx", "office-pandoc.docx")
    pandoc(BOOK, "rtf", "office-pandoc.rtf", "--standalone")
    tables()


def flat(kind: str, styles: str, body: str) -> str:
    """Return a flat OpenDocument file."""
    return ROOT.format(kind=kind, namespaces=NAMESPACES, title="Field notes 观鸟笔记", styles=styles, body=body)


def convert(source: str | bytes, name: str, *endings: str) -> None:
    """Have LibreOffice write a file in other formats."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        for ending in endings:
            command = ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
            subprocess.run([*command, "--convert-to", ending, "--outdir", str(HERE), str(path)], check=True)


def pandoc(source: str, form: str, name: str, *options: str) -> None:
    """Have pandoc write a file."""
    command = ["pandoc", "-f", "markdown", "-t", form, *options, "-o", str(HERE / name)]
    subprocess.run(command, input=source.encode(), check=True)


def tables() -> None:
    """Write tables as LibreOffice, Excel and databases export them."""
    rows = [f"Gull {n},2024-03-{n:02},seen\n" for n in range(1, 31)]
    english = "Bird,Day,Note\n" + "".join(rows) + 'Heron,2024-05-17,"waits in the ""shallow""\nwater, and waits"\n'
    (HERE / "office.csv").write_text(english, encoding="utf-8", newline="")
    chinese = "鸟,日期,备注\r\n苍鹭,2024/5/17,站在浅水里等着鱼\r\n翠鸟,2024/5/18,很快\r\n"
    (HERE / "office-gb18030.csv").write_bytes(chinese.encode("gb18030"))
    (HERE / "office-semicolons.csv").write_bytes(english.replace(",", ";").encode("cp1252"))
    (HERE / "office-utf16.tsv").write_bytes(chinese.replace(",", "\t").encode("utf-16"))


if __name__ == "__main__":
    main()
