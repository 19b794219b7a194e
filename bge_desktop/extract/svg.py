"""SVG: the title, the description and the words of a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bge_desktop.extract.document import PART_BREAK, Document, one_line
from bge_desktop.extract.html import read_html
from bge_desktop.extract.xml_trees import Element, attribute, local_name, parsed

# Programs write one that names a file on the web; none of it is needed.
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE\s+svg\b[^\[<>]{0,500}>")
_DECLARES = b"<!DOCTYPE"
_HEAD = 4096
_TEXTS = frozenset({"title", "desc", "text", "flowRoot"})
_PAGE = "foreignObject"  # a piece of a web page, as programs for diagrams write their labels
_NEW_LINE = ("y", "dy")  # a piece of text with one of these stands in another line


def read_svg(data: bytes) -> Document:
    """Return the words of a drawing; "" where it declares entities: then it is found by its name.

    Raises:
        ExtractionError: it is too large.
        lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    if not data.strip():
        return Document("", kind="image")
    plain = _DOCUMENT_TYPE.sub(b"", data[:_HEAD], count=1) + data[_HEAD:]
    if _DECLARES in plain[:_HEAD]:
        return Document("", kind="image")
    root = parsed(plain)
    title = next((one_line("".join(child.itertext())) for child in root if local_name(child) == "title"), "")
    return Document(PART_BREAK.join(filter(None, _words(root))), title, "image")


def _words(element: Element) -> Iterator[str]:
    """Yield the words of each text in an element, in order; of what is drawn one way or another, those of one way."""
    for child in _drawn(element):
        name = local_name(child)
        if name in _TEXTS:
            yield one_line("".join(_pieces(child)))
        if name == _PAGE:
            yield _page_text(child)
        else:
            yield from _words(child)


def _page_text(element: Element) -> str:
    for piece in element.iter("*"):
        piece.tag = local_name(piece)  # HTML knows no prefixes
    return read_html(etree.tostring(element, encoding="utf-8", method="html", with_tail=False)).text


def _drawn(element: Element) -> list[Element]:
    """Return the children that are drawn: of a switch the one that a browser can draw, where it says so."""
    children = list(element)
    if local_name(element) == "switch":
        chosen = (child for child in children if attribute(child, "requiredFeatures") or _is_written_page(child))
        return next(([child] for child in chosen), children)
    return children


def _is_written_page(element: Element) -> bool:
    return local_name(element) == _PAGE and bool("".join(element.itertext()).strip())


def _pieces(element: Element) -> Iterator[str]:
    for piece in element.iter("*"):
        begins = any(attribute(piece, name) not in ("", "0") for name in _NEW_LINE)
        yield (" " if begins else "") + (piece.text or "")
        if piece is not element:
            yield piece.tail or ""
