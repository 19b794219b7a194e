"""XML from anywhere: no entity is replaced, nothing outside of the document is fetched, no document type is accepted.

Elements are known by their local names, because the same format comes in several namespaces: Office Open XML has a
transitional and a strict one, OpenDocument those of its forerunners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from lxml import etree

from bge_desktop.errors import ExtractionError

Element = Any  # lxml has no type hints

LARGEST_TREE = 100 << 20
"""Bytes of an XML file that is read as a whole; its tree takes about ten times as much."""

_SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}
_TOO_LARGE = "This document has more than 100 MB of text with its markup. Split it to make it searchable."
_UNSAFE = (
    "Not safe to read",
    "This document defines abbreviations, which could grow without end or fetch other files. If you trust it, open it"
    " in the program that made it and save it anew.",
)
_TOO_DEEP = (
    "Nested too deep",
    "This document nests its parts deeper than anybody writes them. Save it in a simpler form.",
)
# What libxml2 calls these two when it meets them first.
_SAID_OF_ENTITIES = re.compile("entity reference loop|amplification")
_SAID_OF_DEPTH = re.compile("Excessive depth")


class Readable(Protocol):
    """What is read a piece at a time."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes; b"" at the end."""


def parsed(data: bytes) -> Element:
    """Return the root of an XML document. It is at most 256 levels deep, so that one may recurse through it.

    Raises:
        ExtractionError: it is too large to be held as a tree, nested deeper, or has a document type.
        lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    if len(data) > LARGEST_TREE:
        raise ExtractionError("Too large", _TOO_LARGE)
    with _explained():
        root = etree.fromstring(data, etree.XMLParser(**_SAFE))
    _refuse_document_type(root)
    return root


def streamed(stream: Readable, *names: str) -> Iterator[Element]:
    """Yield each element with one of the local `names` when it has ended, then forget it and what stands before it.

    Raises:
        ExtractionError: it is nested too deep, or has a document type.
        lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    events = etree.iterparse(stream, events=("end",), tag=[f"{{*}}{name}" for name in names], **_SAFE)
    first = True
    while (element := _next(events)) is not None:
        if first:
            _refuse_document_type(element)
            first = False
        yield element
        _forget(element)


def _next(events: Iterator[tuple[str, Element]]) -> Element | None:
    with _explained():
        return next((element for _, element in events), None)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what libxml2 refuses into reasons that a person understands; damage passes as it is."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        if _SAID_OF_ENTITIES.search(str(error)):
            raise ExtractionError(*_UNSAFE) from error
        if _SAID_OF_DEPTH.search(str(error)):
            raise ExtractionError(*_TOO_DEEP) from error
        raise


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_document_type(element: Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise ExtractionError(*_UNSAFE)  # no format that is read here has one


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; "" for what is no element, as a reference to an entity."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return the value of the attribute of this local name, or ""."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def within(element: Element, *names: str) -> Iterator[Element]:
    """Yield all descendants with one of the local `names`, in order, also those within each other."""
    return iter(element.iter(*(f"{{*}}{name}" for name in names)))


def nearest(element: Element, *names: str, left_out: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Yield the descendants with one of the local `names`, in order, but none within another or in what is left out."""
    for child in element:
        name = local_name(child)
        if name in names:
            yield child
        elif name not in left_out:
            yield from nearest(child, *names, left_out=left_out)


def text_of_first(element: Element, name: str) -> str:
    """Return the text of the first descendant of this local name, or ""."""
    found = next(within(element, name), None)
    return "" if found is None else "".join(found.itertext())
