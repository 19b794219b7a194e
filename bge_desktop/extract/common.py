"""The most common formats, each read by a module of its own, and what is known by its name only."""

from __future__ import annotations

import re

from bge_desktop.extract.containers import OLE
from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Format, Source, from_bytes, readable_head

_HEAD = 1024
_PDF = re.compile(rb"[\s\S]{0,1023}?%PDF-")  # other software, too, accepts up to a kilobyte before the mark
_HTML = re.compile(
    r"(?:\s|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,800}-->)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE
)


def _read_pdf(source: Source) -> Document:
    from bge_desktop.extract.pdf import read_pdf

    return read_pdf(source.data, source.allowance, source.read_member)


def _read_html(source: Source) -> Document:
    from bge_desktop.extract.embedded_pictures import with_inline_pictures
    from bge_desktop.extract.html import read_html

    return with_inline_pictures(read_html(source.data), source)


def _read_markdown(source: Source) -> Document:
    from bge_desktop.extract.embedded_pictures import with_inline_pictures
    from bge_desktop.extract.markdown import read_markdown

    return with_inline_pictures(read_markdown(source.data), source)


def _read_text(source: Source) -> Document:
    from bge_desktop.extract.text import read_text

    return read_text(source.data)


def _read_nothing(_data: bytes) -> Document:
    return Document("", kind="other")


NOTHING = Format("other", from_bytes(_read_nothing), name_is_enough=True)
TEXT = Format("text", _read_text, endings=(".txt", ".text"), text=True)

FORMATS = (
    Format("pdf", _read_pdf, endings=(".pdf",), looks_like=lambda head: _PDF.match(head[:_HEAD]) is not None),
    Format(
        "html",
        _read_html,
        endings=(".htm", ".html", ".xhtml", ".shtml"),
        looks_like=lambda head: _HTML.match(readable_head(head[:_HEAD])) is not None,
        text=True,
    ),
    Format(
        "markdown",
        _read_markdown,
        endings=(".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd"),
        text=True,
    ),
    TEXT,
    # what no other module reads of OLE files; and what is made of readable characters, but not to be read
    Format("other", NOTHING.read, starts=(OLE, b"%!PS", b"-----BEGIN "), name_is_enough=True),
)
