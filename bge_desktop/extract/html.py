"""Web pages, as saved by a browser: what one would read of them, without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.html_text import PageText

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_PROLOGUE = 4096

_NEVER_TEXT = "script, style, noscript, template, iframe, object, svg, annotation, button, select, textarea, rp"
_COOKIE_BANNERS = ("cookie-banner", "cookie-consent", "cookie-notice", "cookieconsent", "cookiebar", "gdpr-banner")
_MENUS = ("nav", "navbar", "menu", "breadcrumb", "breadcrumbs", "site-footer", "skip-link", "mw-navigation")
_SURROUNDINGS = ", ".join(
    ["nav", "menu", "dialog", "body > footer", "[hidden]", "[aria-hidden=true]"]
    + ["[aria-modal=true]", "#onetrust-consent-sdk", "#CybotCookiebotDialog", "#usercentrics-root"]
    + [f"[{attribute}*={name} i]" for attribute in ("class", "id") for name in _COOKIE_BANNERS]
    + [f"[role={role}]" for role in ("navigation", "menu", "menubar", "banner", "contentinfo", "search", "dialog")]
    + [f"[class~={name}], [id={name}]" for name in _MENUS]
)
_NOTES = ", ".join(
    [rf"[epub\:type~={kind}]" for kind in ("footnote", "endnote", "rearnote", "note", "footnotes", "endnotes")]
    + [f"[role=doc-{kind}]" for kind in ("footnote", "endnote", "endnotes")]
)
_MARKS_OF_NOTES = r"sup > a, a > sup, [epub\:type~=noteref], [role=doc-noteref]"
_PICTURE_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)
_ASIDES = "body > aside, [class~=sidebar], [id=sidebar]"
_TO_CLICK = frozenset({"a", "form", "label"})
# A book has no furniture but its lists of contents and of printed pages.
_BESIDE_THE_BOOK = "nav, [hidden]"
_NESTING = re.compile(
    r"<(/?)(?:div|dl|ul|ol|table|section|article|blockquote|center|details|main|fieldset|address|aside|pre|listing|figure"
    r"|figcaption|header|footer|hgroup|nav|menu|dir|summary|search|dialog)\b",
    re.IGNORECASE,
)
_DEEPEST = 10_000
# Parsers compare each attribute of a tag, and each choice in a list of choices, with all before it.
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{50000,}>")
_MOST_ATTRIBUTES = 2_000
_CHOICE = re.compile(r"</?option\b[^<>]{0,10000}>", re.IGNORECASE)
_MOST_CHOICES = 10_000


def read_html(data: bytes) -> Document:
    """Return the page's text: blocks as paragraphs, list items and table rows as lines. The title is the page's.

    What stands beside the page is left out, unless it is prose. Footnotes stay.

    Raises:
        ExtractionError: its elements are nested deeper than any page that people wrote.
    """
    return _read(data, _SURROUNDINGS, _ASIDES)


def read_book_page(data: bytes) -> Document:
    """Return a page of a book as `read_html` does, with all that is printed on it; it raises the same."""
    return _read(data, _BESIDE_THE_BOOK, "")


def _read(data: bytes, surroundings: str, asides: str) -> Document:
    declared = _DECLARED.search(data[:_PROLOGUE])
    source = decode(data, declared[1].decode("ascii") if declared else None)
    _refuse_depth(source)
    tree = LexborHTMLParser(_tamed(source))
    unread = _matching(tree, _NEVER_TEXT)
    furniture = _matching(tree, surroundings) - _matching(tree, _NOTES)
    written = _written(tree, unread | furniture | _links_beside(tree, asides, unread))
    if not written.text:
        written = _written(tree, unread)
    return Document(written.text, _title(tree), "html", written.places)


def _tamed(source: str) -> str:
    """Return a page without what holds no text to read and would take a parser quadratic time."""
    if source.count("<option") > _MOST_CHOICES:
        source = _CHOICE.sub(" ", source)
    return _LONG_TAG.sub(lambda tag: "" if tag[0].count("=") > _MOST_ATTRIBUTES else tag[0], source)


def _refuse_depth(source: str) -> None:
    """Refuse a page whose parsing would take quadratic time: parsers look through all the elements that are open."""
    depth = 0
    for tag in _NESTING.finditer(source):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            message = "This page nests its elements thousands of levels deep. No browser shows all of it either."
            raise ExtractionError("Nested too deep", message)


def _title(tree: LexborHTMLParser) -> str:
    found = (tree.css_first(selector) for selector in ("title", "h1"))
    return next((title for node in found if node and (title := one_line(node.text()))), "")


def _matching(tree: LexborHTMLParser, selector: str) -> set[int]:
    return {node.mem_id for node in tree.css(selector)} if selector else set()


def _links_beside(tree: LexborHTMLParser, asides: str, unread: set[int]) -> set[int]:
    """Return those of the elements beside the text that hold links and the like, not prose."""
    notes, passed, furniture = _matching(tree, _NOTES), set(unread), set[int]()
    for aside in tree.css(asides) if asides else ():
        if aside.mem_id not in passed and not _is_prose(aside, unread, passed) and aside.mem_id not in notes:
            furniture.add(aside.mem_id)
    return furniture


def _is_prose(element: LexborNode, unread: set[int], passed: set[int]) -> bool:
    """Tell whether more is said in an element than is to be clicked on.

    The elements in it are added to `passed`: measured once with the outermost, they cost no quadratic time.
    """
    links = linked = said = 0
    for node, entering in _walk(element, unread):
        passed.add(node.mem_id)
        if node.is_text_node:
            size = len((node.text_content or "").strip())
            linked, said = (linked + size, said) if links else (linked, said + size)
        elif node.tag in _TO_CLICK:
            links += 1 if entering else -1
    return said > linked


def _written(tree: LexborHTMLParser, left_out: set[int]) -> PageText:
    text = PageText()
    if tree.body is None:
        return text
    marks = _matching(tree, _MARKS_OF_NOTES)
    links = 0  # that are open
    for node, entering in _walk(tree.body, left_out):
        if node.is_text_node:
            text.write(node.text_content or "")
            continue
        if node.mem_id in marks:
            text.mark_of_note()
        if node.tag == "a":
            links += 1 if entering else -1
        elif node.tag == "img" and entering and not links:  # those in links are emblems and arrows
            text.picture(_said_of(node))
        text.mark(node.tag or "", entering)
    text.end()
    return text


def _said_of(picture: LexborNode) -> str:
    """Return what a picture says to those who do not see it; "" where that is a file's name."""
    said = picture.attributes.get("alt") or ""
    return "" if _PICTURE_FILE.fullmatch(said.strip()) else said


def _walk(root: LexborNode, left_out: set[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Yield each node when it is entered (True), and each element again when it is left (False).

    A loop, not a recursion: a hostile page nests deeper than Python's stack.
    """
    node: LexborNode | None = root
    entering = True
    while node is not None:
        visible = node.mem_id not in left_out
        if visible and (entering or node.is_element_node):
            yield node, entering
        child = node.first_child if entering and visible else None
        if child is not None:
            node = child
        elif entering and visible and node.is_element_node:
            entering = False
        elif node.mem_id == root.mem_id:
            return
        else:
            node, entering = (node.next, True) if node.next is not None else (node.parent, False)
