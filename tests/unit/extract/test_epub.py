from __future__ import annotations

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import Document
from bge_desktop.extract.epub import read_epub
from bge_desktop.extract.formats import extract
from tests.unit.extract.office_files import source, zipped

_CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
_NAV = '<html><body><nav><ol><li><a href="one.xhtml#top">First &nbsp; chapter</a></li></ol></nav></body></html>'
_NCX = """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx><navMap><navPoint><navLabel><text>第一章</text></navLabel><content src="one.xhtml"/></navPoint>
<navPoint><navLabel><text>第二章</text></navLabel><content src="t%77o.xhtml#a"/></navPoint></navMap></ncx>"""
_ITEM = '<item id="{0}" href="{0}" media-type="{1}" properties="{2}"/>'


def _book(contents: str, **pages: str) -> dict[str, str]:
    is_nav = contents == _NAV
    items = [_ITEM.format(f"{name}.xhtml", "application/xhtml+xml", "") for name in pages]
    items.append(_ITEM.format("toc", "application/xhtml+xml" if is_nav else "application/x-dtbncx+xml", "nav" * is_nav))
    spine = "".join(f'<itemref idref="{name}.xhtml"/>' for name in pages)
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>书名</dc:title>'
        f"</metadata><manifest>{''.join(items)}</manifest><spine>{spine}<itemref idref='gone'/></spine></package>",
        "OEBPS/toc": contents,
        **{f"OEBPS/{name}.xhtml": page for name, page in pages.items()},
    }


def _read(parts: dict[str, str]) -> Document:
    return read_epub(source(zipped(parts)))


@pytest.mark.parametrize(
    ("contents", "labels"), [(_NCX, ["第一章", "第二章"]), (_NAV, ["First chapter", "First chapter"])]
)
def test_chapters_are_named_by_the_contents(contents: str, labels: list[str]) -> None:
    document = _read(_book(contents, one="<html><body><p>one</p></body></html>", two="<html><body><p>two</p>"))
    assert (document.text, document.title, document.kind) == ("one\n\ntwo", "书名", "book")
    assert [place.label for place in document.places] == labels
    assert all(place.divides for place in document.places)


def test_headings_in_a_chapter_are_places_in_it() -> None:
    page = (
        "<html><head><title/><script src='x'/></head><body><h1>第一章</h1><p>one</p><h2>Inside</h2><p>more</p></body>"
    )
    document = _read(_book(_NCX, one=page))
    assert document.text == "第一章\n\none\n\nInside\n\nmore"
    assert [place.label for place in document.places] == ["第一章", "第一章 › Inside"]


def test_all_that_is_printed_in_a_book_is_read() -> None:
    page = """<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="page-list"><a>12</a></nav>
    <p>Soup<sup><a epub:type="noteref">1</a></sup>of the day</p><div class="menu">Roast heron</div>
    <aside epub:type="footnote" hidden="hidden"><sup><a>1</a></sup>Of herons</aside>
    <footer>The cook</footer></body></html>"""
    assert _read(_book(_NAV, one=page)).text == "Soup 1 of the day\n\nRoast heron\n\n1 Of herons\n\nThe cook"


def test_a_locked_book_says_why_and_scrambled_fonts_are_no_lock() -> None:
    encryption = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
    parts = _book(_NCX, one="<p>one</p>")
    fonts = {"META-INF/encryption.xml": encryption.format("http://www.idpf.org/2008/embedding")}
    assert _read(parts | fonts).text == "one"
    locked = {"META-INF/encryption.xml": encryption.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    with pytest.raises(ExtractionError, match="Locked by its seller"):
        extract("a.epub", zipped(parts | locked))
