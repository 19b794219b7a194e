"""What Word, PowerPoint and Excel files have in common: parts with relations, and paragraphs and tables of text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from bge_desktop.extract.document import Part, one_line
from bge_desktop.extract.format import Source
from bge_desktop.extract.packages import Package
from bge_desktop.extract.properties import of_tree
from bge_desktop.extract.ruby import with_readings
from bge_desktop.extract.xml_trees import Element, attribute, local_name, nearest, text_of_first, within

# Deleted text, properties, and the second form of a drawing, which repeats the text of the first.
LEFT_OUT = frozenset({"del", "moveFrom", "pPr", "Fallback"})
_BOX = "txbxContent"
_READING = "rt"
_PICTURED = ("docPr", "cNvPr")
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_COUNTERS = ("slidenum", "datetime")  # fields that say the same on every slide, or something else every day


class Relation(NamedTuple):
    """What one part needs of another: the last word of the relation's type, and the other's name."""

    kind: str
    target: str


class OfficePackage(Package):
    """A package whose parts name each other by relations (ECMA-376, part 2)."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.main = self.related("", "officeDocument")[0]

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part to other parts that are there, by their ids; of the whole package for ""."""
        folder, name = posixpath.split(part)
        list_name = posixpath.join(folder, "_rels", f"{name}.rels")
        if list_name not in self:
            return {}
        found = {
            relation.get("Id", ""): Relation(relation.get("Type", "").rpartition("/")[2], _resolved(folder, relation))
            for relation in within(self.tree(list_name), "Relationship")
            if relation.get("TargetMode") != "External"
        }
        return {key: relation for key, relation in found.items() if relation.target in self}

    def related(self, part: str, *kinds: str) -> list[str]:
        """Return the names of the parts that `part` has relations of these kinds to, each once."""
        return list(
            dict.fromkeys(relation.target for relation in self.relations(part).values() if relation.kind in kinds)
        )

    def title(self) -> str:
        """Return the title in the document's properties, or ""."""
        return next((one_line(text_of_first(self.tree(name), "title")) for name in self.related("", _PROPERTIES)), "")

    def properties(self) -> Iterator[Part]:
        """Yield what else the document's properties say."""
        for name in self.related("", _PROPERTIES):
            yield of_tree(self.tree(name))

    def drawn_texts(self, part: str) -> Iterator[str]:
        """Yield the text of each chart and diagram that `part` shows."""
        for name in self.related(part, "chart", "chartEx", "diagramData"):
            chart = self.tree(name)
            names = (value.text for cache in within(chart, "strCache") for value in within(cache, "v"))
            lines = [*blocks(chart), *(one_line(value) for value in names if value)]
            if lines:
                yield "\n".join(dict.fromkeys(lines))


_PROPERTIES = "core-properties"


def _resolved(folder: str, relation: Element) -> str:
    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")


def blocks(story: Element) -> Iterator[str]:
    """Yield the text of each paragraph and table that has any, in their order, and of the text boxes on them."""
    for block in nearest(story, "p", "tbl", left_out=LEFT_OUT):
        if local_name(block) == "tbl":
            yield from table(block)
        else:
            yield from paragraph(block)


def paragraph(block: Element) -> Iterator[str]:
    """Yield the text of a paragraph, if it has any, and of the pictures and text boxes that hang on it."""
    text = "".join(_characters(block)).strip()
    if text:
        readings = nearest(block, _READING, left_out=LEFT_OUT | {_BOX})
        yield with_readings(text, ("".join(_characters(reading)) for reading in readings))
    yield from descriptions(block, _BOX)
    for box in nearest(block, _BOX, left_out=LEFT_OUT):
        yield from blocks(box)


def descriptions(element: Element, *left_out: str) -> Iterator[str]:
    """Yield what pictures and drawings say of themselves to those who do not see them, each text once."""
    pictured = nearest(element, *_PICTURED, left_out=LEFT_OUT.union(left_out))
    said = (one_line(attribute(drawing, name)) for drawing in pictured for name in ("title", "descr"))
    yield from dict.fromkeys(filter(None, said))


def table(element: Element) -> Iterator[str]:
    """Yield a table, if it has text: a row is a line, with its cells between bars."""
    rows = (
        [one_line(" ".join(blocks(cell))) for cell in nearest(row, "tc", left_out=LEFT_OUT)]
        for row in nearest(element, "tr", left_out=LEFT_OUT)
    )
    lines = [" | ".join(filter(None, cells)) for cells in rows if any(cells)]
    if lines:
        yield "\n".join(lines)


def _characters(element: Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph, but for the readings of characters and for text boxes."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in LEFT_OUT and name not in (_BOX, _READING) and not _is_counter(child, name):
            yield from _characters(child)


def _is_counter(element: Element, name: str) -> bool:
    return name == "fld" and attribute(element, "type").startswith(_COUNTERS)
