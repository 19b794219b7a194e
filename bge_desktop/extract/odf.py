"""OpenDocument texts and presentations, zipped or as one flat XML file: what stands in their paragraphs and tables.

Tracked deletions are left out. Footnotes, comments and text boxes follow the paragraph that they hang on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.containers import PROTECTED, ZIP
from bge_desktop.extract.document import PART_BREAK, Document, Part, Place, assembled, one_line
from bge_desktop.extract.format import Source
from bge_desktop.extract.outline import Outline
from bge_desktop.extract.packages import Package
from bge_desktop.extract.xml_trees import Element, attribute, local_name, nearest, parsed, text_of_first, within

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "encrypted-package"  # holds all of a document that LibreOffice 24.8 or newer has encrypted
_BLOCKS = ("p", "h", "table")
_HANGING = (*_BLOCKS, "note", "annotation")
# What was deleted, and what describes a drawing to those who do not see it.
_LEFT_OUT = frozenset({"tracked-changes", "title", "desc"})
_COUNTERS = frozenset({"page-number", "page-count", "date", "time"})
_NO_CHARACTERS = _LEFT_OUT | _COUNTERS | frozenset(_HANGING)
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100


def read_odt(source: Source) -> Document:
    """Return the text of a text document; the headings are the places.

    The title is that of the properties, or the first heading.

    Raises:
        ExtractionError: it unpacks to too much, or is encrypted.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    content, styles, title = _trees(source)
    outline, first_heading = Outline(), ""
    for block in nearest(_body(content), *_BLOCKS, left_out=_LEFT_OUT):
        texts = _texts(block)
        if local_name(block) == "h":
            heading = next(texts, "")
            first_heading = first_heading or heading
            outline.heading(heading)
        for text in texts:
            _add(outline, text)
    margins = Part(PART_BREAK.join(dict.fromkeys(_margins(styles))), "header and footer")
    return assembled([Part(outline.text, places=outline.places), margins], title or one_line(first_heading), "odt")


def read_odp(source: Source) -> Document:
    """Return the slides; the page is the number of the slide, and notes are labelled as such.

    Raises:
        ExtractionError: it unpacks to too much, or is encrypted.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    content, _, title = _trees(source)
    slides = nearest(_body(content), "page")
    return assembled([_slide(slide, number) for number, slide in enumerate(slides, 1)], title, "slides")


def texts_below(element: Element, *more_left_out: str) -> Iterator[str]:
    """Yield the text of each paragraph, table, note and comment below `element` that has any, in their order."""
    for block in nearest(element, *_HANGING, left_out=_LEFT_OUT.union(more_left_out)):
        yield from _texts(block)


def cell_text(cell: Element) -> str:
    """Return what a cell of a table shows, on one line, then its comments, which stand before it in the file."""
    blocks = sorted(nearest(cell, *_HANGING, left_out=_LEFT_OUT), key=lambda block: local_name(block) == "annotation")
    return one_line(" ".join(text for block in blocks for text in _texts(block)))


def refuse_encrypted(package: Package) -> None:
    """Raise ExtractionError where a document is protected by a password."""
    if _LOCKED in package or (_MANIFEST in package and b"encryption-data" in package.read(_MANIFEST)):
        raise ExtractionError(*PROTECTED)


def title_of(package: Package) -> str:
    """Return the title in the document's properties, or ""."""
    return _title(package.tree("meta.xml")) if "meta.xml" in package else ""


def _trees(source: Source) -> tuple[Element, Element, str]:
    """Return what holds the content, what holds the pages' headers and footers, and the title."""
    if not source.data.startswith(ZIP):
        root = parsed(source.data)
        return root, root, _title(root)
    package = Package(source)
    refuse_encrypted(package)
    content = package.tree(CONTENT)
    return content, package.tree("styles.xml") if "styles.xml" in package else content, title_of(package)


def _title(root: Element) -> str:
    return next((one_line(text_of_first(meta, "title")) for meta in within(root, "meta")), "")


def _body(root: Element) -> Element:
    return next(within(root, "body"))


def _margins(styles: Element) -> Iterator[str]:
    for margin in within(styles, "header", "footer", "header-first", "footer-first", "header-left", "footer-left"):
        yield from texts_below(margin)


def _add(outline: Outline, text: str) -> None:
    outline.line(text)
    outline.end_paragraph()


def _slide(slide: Element, number: int) -> Part:
    text = PART_BREAK.join(texts_below(slide, "notes"))
    notes = PART_BREAK.join(text for page in nearest(slide, "notes") for text in texts_below(page))
    if not notes:
        return Part(text, page=number)
    whole = PART_BREAK.join(filter(None, (text, notes)))
    return Part(whole, page=number, places=(Place(len(whole) - len(notes), "notes", divides=False),))


def _texts(block: Element) -> Iterator[str]:
    """Yield the text of a block, if it has any, and of what hangs on it."""
    name = local_name(block)
    if name == "table":
        yield from _table(block)
    elif name == "note":
        yield from texts_below(block, "note-citation")
    elif name == "annotation":
        yield from _comment(block)
    else:
        text = "".join(_characters(block)).strip()
        if text:
            yield text
        yield from texts_below(block)


def _comment(annotation: Element) -> Iterator[str]:
    """Yield a comment, after the name of who wrote it."""
    text = "\n".join(texts_below(annotation))
    if text:
        yield ": ".join(filter(None, (text_of_first(annotation, "creator"), text)))


def _table(table: Element) -> Iterator[str]:
    """Yield a table, if it has text: a row is a line, with its cells between bars."""
    rows = ([cell_text(cell) for cell in nearest(row, "table-cell")] for row in nearest(table, "table-row"))
    lines = [" | ".join(filter(None, cells)) for cells in rows if any(cells)]
    if lines:
        yield "\n".join(lines)


def _characters(element: Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph, but for what hangs on it."""
    yield _SPACES.sub(" ", element.text or "")
    for child in element:
        name = local_name(child)
        if name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "s":
            yield " " * min(int(attribute(child, "c") or 1), _MOST_SPACES)
        elif name and name not in _NO_CHARACTERS:
            yield from _characters(child)
        yield _SPACES.sub(" ", child.tail or "")
