"""Word documents: paragraphs and tables in their order, then charts, notes and comments, then headers and footers.

Text boxes, content controls and tracked insertions are read where they stand; tracked deletions are not. The headings
are the places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.ooxml import LEFT_OUT, OfficePackage, blocks, paragraph, table
from bge_desktop.extract.outline import Outline
from bge_desktop.extract.xml_trees import Element, attribute, local_name, nearest, within

_HEADING_STYLE = re.compile(r"(?:heading \d|title)", re.IGNORECASE)
_MARGINS = "header and footer"
_BODY_LEVEL = "9"  # of the outline: no heading


def read_docx(source: Source) -> Document:
    """Return all the text; a table row is a line with its cells between bars.

    The title is that of the properties, or the first heading.

    Raises:
        ExtractionError: it unpacks to too much, or is encrypted.
        zipfile.BadZipFile, KeyError, IndexError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    package = OfficePackage(source)
    outline, first_heading = _body(package)
    parts = [Part(outline.text, places=outline.places)]
    parts += [Part(_notes(package, kind), kind) for kind in ("footnotes", "endnotes", "comments")]
    parts.append(Part("\n\n".join(_margins(package)), _MARGINS))
    parts.append(EmbeddedPictures(package, source).part(_picture_names(package)))
    return assembled([*parts, *package.properties()], package.title() or one_line(first_heading), "docx")


def _body(package: OfficePackage) -> tuple[Outline, str]:
    """Return what stands on the pages, and the first heading."""
    outline, first_heading = Outline(), ""
    headings = _heading_styles(package)
    for block in nearest(package.tree(package.main), "p", "tbl", left_out=LEFT_OUT):
        texts = table(block) if local_name(block) == "tbl" else paragraph(block)
        if _is_heading(block, headings):
            heading = next(texts, "")
            first_heading = first_heading or heading
            outline.heading(heading)
        for text in texts:
            _add(outline, text)
    for text in package.drawn_texts(package.main):
        _add(outline, text)
    return outline, first_heading


def _add(outline: Outline, text: str) -> None:
    outline.line(text)
    outline.end_paragraph()


def _picture_names(package: OfficePackage) -> list[str]:
    margins = package.related(package.main, "header", "footer")
    return [name for part in (package.main, *margins) for name in package.related(part, "image")]


def _margins(package: OfficePackage) -> dict[str, None]:
    """Return the texts of headers and footers, each once: sections often repeat them word for word."""
    names = package.related(package.main, "header", "footer")
    texts = ("\n\n".join(blocks(package.tree(name))) for name in names)
    return dict.fromkeys(text for text in texts if text)


def _notes(package: OfficePackage, kind: str) -> str:
    """Return the notes or comments of a kind; a comment begins with who wrote it."""
    notes = (note for name in package.related(package.main, kind) for note in package.tree(name))
    texts = ((attribute(note, "author"), "\n".join(blocks(note))) for note in notes)
    return "\n\n".join(f"{author}: {text}" if author else text for author, text in texts if text)


def _heading_styles(package: OfficePackage) -> frozenset[str]:
    """Return the ids of the styles of headings: by name or outline level, and what is based on them."""
    built_on: defaultdict[str, list[str]] = defaultdict(list)
    found: list[str] = []
    for style in _styles(package):
        identity = attribute(style, "styleId")
        built_on[_value(style, "basedOn")].append(identity)
        if _HEADING_STYLE.fullmatch(_value(style, "name")) or _has_level(style):
            found.append(identity)
    headings: set[str] = set()
    while found:
        headings.add(style := found.pop())
        found += built_on.pop(style, [])
    return frozenset(headings)


def _styles(package: OfficePackage) -> Iterator[Element]:
    for name in package.related(package.main, "styles"):
        yield from within(package.tree(name), "style")


def _is_heading(block: Element, headings: frozenset[str]) -> bool:
    properties = next((child for child in block if local_name(child) == "pPr"), None)
    return properties is not None and (_value(properties, "pStyle") in headings or _has_level(properties))


def _has_level(element: Element) -> bool:
    return _value(element, "outlineLvl") not in ("", _BODY_LEVEL)


def _value(element: Element, name: str) -> str:
    found = next(within(element, name), None)
    return "" if found is None else attribute(found, "val")
