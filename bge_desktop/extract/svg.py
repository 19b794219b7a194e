"""SVG: the title, the description and the words of a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.extract.document import PART_BREAK, Document, one_line
from bge_desktop.extract.xml_trees import Element, attribute, local_name, parsed, within

# Programs write one that names a file on the web; none of it is needed.
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE\s+svg\b[^\[<>]{0,500}>")
_DECLARES = b"<!DOCTYPE"
_HEAD = 4096
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
    words = [one_line("".join(_pieces(element))) for element in within(root, "title", "desc", "text", "flowRoot")]
    return Document(PART_BREAK.join(filter(None, words)), title, "image")


def _pieces(element: Element) -> Iterator[str]:
    for piece in element.iter("*"):
        begins = any(attribute(piece, name) not in ("", "0") for name in _NEW_LINE)
        yield (" " if begins else "") + (piece.text or "")
        if piece is not element:
            yield piece.tail or ""
