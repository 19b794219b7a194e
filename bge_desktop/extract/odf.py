"""OpenDocument texts and presentations, zipped or as one flat XML file: what stands in their paragraphs and tables.

Tracked deletions are left out. Footnotes, comments, text boxes, and what pictures and the fields of forms say follow
the paragraph that they hang on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.containers import PROTECTED, ZIP
from bge_desktop.extract.document import PART_BREAK, Document, Part, Place, assembled, one_line
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.odf_forms import fill_in
from bge_desktop.extract.odf_objects import put_in
from bge_desktop.extract.outline import Outline
from bge_desktop.extract.packages import Package
from bge_desktop.extract.properties import of_tree
from bge_desktop.extract.ruby import with_readings
from bge_desktop.extract.xml_trees import Element, attribute, local_name, nearest, parsed, text_of_first, within

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "encrypted-package"  # holds all of a document that LibreOffice 24.8 or newer has encrypted
_BLOCKS = ("p", "h", "table")
_DESCRIPTIONS = ("title", "desc")  # of drawings, for those who do not see them
_HANGING = (*_BLOCKS, *_DESCRIPTIONS, "note", "annotation")
_DRAWING = ":svg-"  # of their namespace
_LEFT_OUT = frozenset({"tracked-changes"})
_READING = "ruby-text"
_COUNTERS = frozenset({"page-number", "page-count", "date", "time"})
_NO_CHARACTERS = _LEFT_OUT | _COUNTERS | frozenset((*_HANGING, _READING))
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_NOTES = "notes"
_MARGINS = "header and footer"


def read_odt(source: Source) -> Document:
    """Return the text of a text document; the headings are the places.

    The title is that of the properties, or the first heading.

    Raises:
        ExtractionError: it unpacks to too much, or is encrypted.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    content, styles, own = _trees(source)
    outline, first_heading = Outline(), ""
    for block in nearest(_body(content), *_HANGING, left_out=_LEFT_OUT):
        texts = _texts(block)
        if local_name(block) == "h":
            heading = next(texts, "")
            first_heading = first_heading or heading
            outline.heading(heading)
        for text in texts:
            _add(outline, text)
    margins = Part(PART_BREAK.join(dict.fromkeys(_margins(styles))), _MARGINS)
    pictures = _pictures(source).part((*picture_names(content), *picture_names(styles)))
    parts = [Part(outline.text, places=outline.places), margins, pictures, own.properties]
    return assembled(parts, own.title or one_line(first_heading), "odt")


def read_odp(source: Source) -> Document:
    """Return the slides; the page is the number of the slide, and notes are labelled as such. What they share is last.

    Raises:
        ExtractionError: it unpacks to too much, or is encrypted.
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    content, styles, own = _trees(source)
    body = _body(content)
    pictures = _pictures(source)
    slides = [_slide(slide, number, pictures) for number, slide in enumerate(nearest(body, "page"), 1)]
    shared = dict.fromkeys((*_declared(body), *_behind_slides(styles)))
    margins = Part(PART_BREAK.join(shared), _MARGINS)
    return assembled([*slides, margins, pictures.part(), own.properties], own.title, "slides")


def texts_below(element: Element, *more_left_out: str) -> Iterator[str]:
    """Yield the text of each paragraph, table, note and comment below `element` that has any, in their order."""
    for block in nearest(element, *_HANGING, left_out=_LEFT_OUT.union(more_left_out)):
        yield from _texts(block)


def cell_text(cell: Element) -> str:
    """Return what a cell of a table shows, on one line, then its comments, which stand before it in the file."""
    blocks = sorted(nearest(cell, *_HANGING, left_out=_LEFT_OUT), key=lambda block: local_name(block) == "annotation")
    return one_line(" ".join(text for block in blocks for text in _texts(block)))


def picture_names(element: Element) -> list[str]:
    """Return the names of the parts that are shown as pictures below `element`."""
    return [attribute(image, "href") for image in within(element, "image")]


def refuse_encrypted(package: Package) -> None:
    """Raise ExtractionError where a document is protected by a password."""
    if _LOCKED in package or (_MANIFEST in package and b"encryption-data" in package.read(_MANIFEST)):
        raise ExtractionError(*PROTECTED)


class About(NamedTuple):
    """What a document says of itself: its title, or "", and the rest of its properties."""

    title: str = ""
    properties: Part = Part("")


def about(package: Package) -> About:
    """Return what a document says of itself."""
    return _about(package.tree("meta.xml")) if "meta.xml" in package else About()


def _trees(source: Source) -> tuple[Element, Element, About]:
    """Return what holds the content, what holds the pages' headers and footers, and the properties."""
    if not source.data.startswith(ZIP):
        root = parsed(source.data)
        return root, root, _about(root)
    package = Package(source)
    refuse_encrypted(package)
    content = package.tree(CONTENT)
    put_in(content, package)
    return content, package.tree("styles.xml") if "styles.xml" in package else content, about(package)


def _about(root: Element) -> About:
    found = (About(one_line(text_of_first(meta, "title")), of_tree(meta)) for meta in within(root, "meta"))
    return next(found, About())


def _body(root: Element) -> Element:
    body = next(within(root, "body"))
    fill_in(body)
    return body


def _margins(styles: Element) -> Iterator[str]:
    for margin in within(styles, "header", "footer", "header-first", "footer-first", "header-left", "footer-left"):
        yield from texts_below(margin)


def _declared(body: Element) -> Iterator[str]:
    """Yield the headers and footers of slides."""
    for declaration in within(body, "header-decl", "footer-decl"):
        yield from filter(None, (one_line(declaration.text or ""),))


def _behind_slides(styles: Element) -> Iterator[str]:
    """Yield what the sheets behind slides show; what is of a class there says what to write on a slide."""
    for master in within(styles, "master-page"):
        for shape in master:
            if not attribute(shape, "class") and local_name(shape) != _NOTES:
                yield from texts_below(shape)


def _pictures(source: Source) -> EmbeddedPictures:
    return EmbeddedPictures(Package(source) if source.data.startswith(ZIP) else None, source)


def _add(outline: Outline, text: str) -> None:
    outline.line(text)
    outline.end_paragraph()


def _slide(slide: Element, number: int, pictures: EmbeddedPictures) -> Part:
    printed = filter(None, [pictures.text(picture_names(slide))])
    text = PART_BREAK.join([*texts_below(slide, _NOTES), *printed])
    notes = PART_BREAK.join(text for page in nearest(slide, _NOTES) for text in texts_below(page))
    if not notes:
        return Part(text, page=number)
    whole = PART_BREAK.join(filter(None, (text, notes)))
    return Part(whole, page=number, places=(Place(len(whole) - len(notes), _NOTES, divides=False),))


def _texts(block: Element) -> Iterator[str]:
    """Yield the text of a block, if it has any, and of what hangs on it."""
    name = local_name(block)
    if name == "table":
        yield from _table(block)
    elif name == "note":
        yield from texts_below(block, "note-citation")
    elif name == "annotation":
        yield from _comment(block)
    elif name in _DESCRIPTIONS:
        yield from filter(None, (one_line(block.text or ""),) if _DRAWING in block.tag else ())
    elif text := "".join(_characters(block)).strip():
        readings = nearest(block, _READING, left_out=_NO_CHARACTERS - {_READING})
        yield with_readings(text, ("".join(_characters(reading)) for reading in readings))
        yield from texts_below(block)
    else:
        yield from texts_below(block)


def _is_field(element: Element, name: str) -> bool:
    """Tell whether what is called like the title of a drawing is a field that shows the document's."""
    return name == _DESCRIPTIONS[0] and _DRAWING not in element.tag


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
        elif name and (name not in _NO_CHARACTERS or _is_field(child, name)):
            yield from _characters(child)
        yield _SPACES.sub(" ", child.tail or "")
