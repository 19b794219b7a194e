"""Formulas and charts in OpenDocument: documents of their own, which lie beside the one that shows them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice

from bge_desktop.extract.document import one_line
from bge_desktop.extract.packages import Package
from bge_desktop.extract.xml_trees import Element, attribute, within

_SIGNS = ("mi", "mn", "mo", "mtext", "ms")
_MOST_OBJECTS = 1_000


def put_in(content: Element, package: Package) -> None:
    """Put into each frame what the formula or chart in it says; it raises what `Package.tree` does."""
    for shown in islice(within(content, "object"), _MOST_OBJECTS):
        name = posixpath.normpath(posixpath.join(attribute(shown, "href"), "content.xml"))
        if name in package:
            _fill(shown, package.tree(name))


def _fill(shown: Element, held: Element) -> None:
    shown.text = "".join("".join(sign.itertext()) for sign in within(held, *_SIGNS))
    for text in dict.fromkeys(_words(held)):
        paragraph = shown.makeelement("p")
        paragraph.text = text
        shown.append(paragraph)


def _words(held: Element) -> Iterator[str]:
    """Yield the titles of a chart and the names in its table, without the numbers there."""
    for paragraph in within(held, "p"):
        text = one_line("".join(paragraph.itertext()))
        if any(map(str.isalpha, text)):
            yield text
