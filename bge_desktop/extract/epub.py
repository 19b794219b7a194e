"""Electronic books (EPUB 2 and 3): the chapters in reading order, read like web pages, named by the contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.embedded_pictures import EmbeddedPictures
from bge_desktop.extract.format import Source
from bge_desktop.extract.html import read_book_page
from bge_desktop.extract.outline import as_label
from bge_desktop.extract.packages import Package
from bge_desktop.extract.properties import of_tree
from bge_desktop.extract.xml_trees import Element, text_of_first, within

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/html", "text/x-oeb1-document"})
_CONTENTS = "application/x-dtbncx+xml"
# Fonts are often scrambled in books that are open to everyone.
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_LOCKED = (
    "Locked by its seller",
    "This book can be read only with the account or device that it was sold to (DRM). A copy without that lock would"
    " be searchable.",
)
_EMPTY_ELEMENT = re.compile(rb"<([A-Za-z][\w:-]*)([^<>]*)/>")
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())


def read_epub(source: Source) -> Document:
    """Return the chapters; the label of a place is the chapter's title in the contents, then the heading in it.

    Raises:
        ExtractionError: it is locked, or unpacks to or holds too much.
        zipfile.BadZipFile, KeyError, StopIteration, lxml.etree.XMLSyntaxError, ValueError: it is damaged.
    """
    package = Package(source)
    _refuse_locked(package)
    book = _Book(package)
    pictures = EmbeddedPictures(package, source).part(book.pictures())
    return assembled([*_chapters(book, source), pictures, *book.properties()], book.title, "book")


def _refuse_locked(package: Package) -> None:
    if _ENCRYPTION not in package:
        return
    methods = within(package.tree(_ENCRYPTION), "EncryptionMethod")
    if any(method.get("Algorithm", "") not in _FONTS_ONLY for method in methods):
        raise ExtractionError(*_LOCKED)


class _Book:
    """The list of a book's files: what they are, and in which order they are read (OPF)."""

    def __init__(self, package: Package) -> None:
        self.package = package
        path = next(root.get("full-path", "") for root in within(package.tree(_CONTAINER), "rootfile"))
        self._folder = posixpath.dirname(path)
        self._list = package.tree(path)
        self._items = {item.get("id", ""): item for item in within(self._list, "item")}
        self.title = one_line(text_of_first(self._list, "title"))

    def properties(self) -> Iterator[Part]:
        """Yield what the book says of itself beside its title."""
        for metadata in within(self._list, "metadata"):
            yield of_tree(metadata)

    def pages(self) -> Iterator[str]:
        """Yield the names of the pages, in reading order."""
        for reference in within(self._list, "itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is not None and item.get("media-type") in _PAGES and self._path(item) in self.package:
                yield self._path(item)

    def pictures(self) -> list[str]:
        """Return the names of the pictures, in the order of the list."""
        items = self._items.values()
        return [self._path(item) for item in items if item.get("media-type", "").startswith("image/")]

    def chapters(self) -> dict[str, str]:
        """Return the titles in the contents of the pages that they begin on, by the names of the pages."""
        titles: dict[str, str] = {}
        for item in self._items.values():
            is_contents = item.get("media-type") == _CONTENTS or "nav" in item.get("properties", "").split()
            if is_contents and self._path(item) in self.package:
                for target, title in _entries(self.package.read(self._path(item))):
                    page = _resolved(posixpath.dirname(self._path(item)), target)
                    titles.setdefault(page, as_label(title))
        return titles

    def _path(self, item: Element) -> str:
        return _resolved(self._folder, item.get("href", ""))


def _entries(contents: bytes) -> Iterator[tuple[str, str]]:
    """Yield the targets and titles of a table of contents, of EPUB 3 (links) or of EPUB 2 (labels, then targets).

    Read as a web page, which takes what is not quite XML too.
    """
    title = ""
    for node in LexborHTMLParser(decode(_without_empty_elements(contents))).css("nav a[href], navlabel, content[src]"):
        attributes = node.attributes
        if node.tag == "navlabel":
            title = one_line(node.text())
        elif node.tag == "content":
            yield attributes.get("src") or "", title
        else:
            yield attributes.get("href") or "", one_line(node.text())


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0])))


def _chapters(book: _Book, source: Source) -> Iterator[Part]:
    titles = book.chapters()
    chapter = ""
    for name in book.pages():
        page = read_book_page(_without_empty_elements(book.package.read(name)))
        chapter = titles.get(name, chapter)
        yield Part(page.text, chapter, places=tuple(place for place in page.places if place.label != chapter))
        source.allowance.text(len(page.text))
        source.allowance.check_time()


def _without_empty_elements(page: bytes) -> bytes:
    """Write `<title/>`, which in a web page would begin a title without end, as `<title></title>`."""
    return _EMPTY_ELEMENT.sub(
        lambda tag: tag[0] if tag[1].lower() in _VOID else b"<%b%b></%b>" % tag.group(1, 2, 1), page
    )
