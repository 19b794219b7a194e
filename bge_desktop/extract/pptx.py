"""PowerPoint files: each slide, hidden ones too, with its tables, charts and diagrams, its notes and its comments.

What stands on the sheets behind the slides, and in their headers and footers, comes last.
"""

from __future__ import annotations

from collections.abc import Iterator

from bge_desktop.extract.document import PART_BREAK, Document, Part, Place, assembled, one_line
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.ooxml import LEFT_OUT, OfficePackage, blocks, descriptions
from bge_desktop.extract.xml_trees import Element, attribute, local_name, nearest, within

# Placeholders that say the same on every slide; on a page of notes, also the picture of the slide.
_REPEATED = frozenset({"sldNum", "dt", "sldImg", "hdr", "ftr"})
_MARGINS = frozenset({"hdr", "ftr"})
_TITLES = frozenset({"title", "ctrTitle"})
_UNTITLED = frozenset({"powerpoint presentation", "powerpoint 演示文稿", "powerpoint 簡報"})  # what PowerPoint fills in


def read_pptx(source: Source) -> Document:
    """Return the slides in their order; the page is the number of the slide, and notes are labelled as such.

    The title is that of the properties, or of the first slide.

    Raises:
        ExtractionError: it unpacks to too much, or is encrypted.
        zipfile.BadZipFile, KeyError, IndexError, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    package = OfficePackage(source)
    pictures = EmbeddedPictures(package, source)
    slides = [_Slide(package, name, pictures) for name in _slide_names(package)]
    title = package.title()
    if not title or title.lower() in _UNTITLED:
        title = one_line(slides[0].title) if slides else ""
    parts = [slide.part(number) for number, slide in enumerate(slides, 1)]
    return assembled([*parts, _margins(package, slides), pictures.part(), *package.properties()], title, "slides")


def _slide_names(package: OfficePackage) -> Iterator[str]:
    relations = package.relations(package.main)
    for slide in within(package.tree(package.main), "sldId"):
        relation = relations.get(_relation_id(slide))
        if relation is not None:
            yield relation.target


def _relation_id(slide: Element) -> str:
    """Return the id of a slide's relation; the slide has an id of its own beside it, in no namespace."""
    return next((value for key, value in slide.attrib.items() if key.endswith("}id")), "")


class _Slide:
    """The text of one slide."""

    def __init__(self, package: OfficePackage, name: str, pictures: EmbeddedPictures) -> None:
        self.name = name
        tree = package.tree(name)
        every = list(_shapes(tree))
        self.margins = [text for kind, text in every if kind in _MARGINS]
        shapes = [(kind, text) for kind, text in every if kind not in _REPEATED]
        titles = [text for kind, text in shapes if kind in _TITLES]
        self.title = titles[0] if titles else ""
        others = [text for kind, text in shapes if kind not in _TITLES]
        shown = [*titles, *others, *descriptions(tree), *package.drawn_texts(name)]
        printed = filter(None, [pictures.text(package.related(name, "image"))])
        self._text = PART_BREAK.join([*shown, *printed, *_comments(package, name)])
        self._notes = PART_BREAK.join(_notes(package, name))

    def part(self, number: int) -> Part:
        """Return the slide's part of the document."""
        if not self._notes:
            return Part(self._text, page=number)
        text = PART_BREAK.join(filter(None, (self._text, self._notes)))
        return Part(text, page=number, places=(Place(len(text) - len(self._notes), "notes", divides=False),))


def _shapes(slide: Element) -> Iterator[tuple[str, str]]:
    """Yield the placeholder that each shape with text fills ("" for none) and the text; groups are entered."""
    for shape in nearest(slide, "sp", "graphicFrame", left_out=LEFT_OUT):
        placeholder = next(within(shape, "ph"), None)
        kind = "" if placeholder is None else attribute(placeholder, "type")
        text = "\n".join(blocks(shape))
        if text:
            yield kind, text


def _margins(package: OfficePackage, slides: list[_Slide]) -> Part:
    """Return what the slides share: their headers and footers, and what their layouts and masters show, each once."""
    layouts = dict.fromkeys(name for slide in slides for name in package.related(slide.name, "slideLayout"))
    masters = dict.fromkeys(name for layout in layouts for name in package.related(layout, "slideMaster"))
    texts = [text for slide in slides for text in slide.margins]
    for name in (*layouts, *masters):
        texts += (text for shape in _unfilled(package.tree(name)) for text in blocks(shape))
    return Part(PART_BREAK.join(dict.fromkeys(texts)), "header and footer")


def _unfilled(sheet: Element) -> Iterator[Element]:
    """Yield the shapes of a layout or master that are no placeholders: those say what to write there."""
    for shape in nearest(sheet, "sp", "graphicFrame", left_out=LEFT_OUT):
        if next(within(shape, "ph"), None) is None:
            yield shape


def _notes(package: OfficePackage, slide: str) -> Iterator[str]:
    for name in package.related(slide, "notesSlide"):
        for kind, text in _shapes(package.tree(name)):
            if kind not in _REPEATED:
                yield text


def _comments(package: OfficePackage, slide: str) -> Iterator[str]:
    """Yield the comments on a slide, of the old kind (a `text`) and of the new (paragraphs)."""
    for name in package.related(slide, "comments"):
        for comment in package.tree(name):
            old = (one_line(element.text or "") for element in comment if local_name(element) == "text")
            yield from filter(None, (*old, *blocks(comment)))
