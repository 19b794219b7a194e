"""Web pages, as saved by a browser: what one would read of them, without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import CJK, Document, Place, one_line
from bge_desktop.extract.outline import as_label

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_PROLOGUE = 4096

_NEVER_TEXT = "script, style, noscript, template, iframe, object, svg, annotation, button, select, textarea, rp, rt"
_COOKIE_BANNERS = ("cookie-banner", "cookie-consent", "cookie-notice", "cookieconsent", "cookiebar", "gdpr-banner")
_MENUS = ("nav", "navbar", "menu", "sidebar", "breadcrumb", "breadcrumbs", "site-footer", "skip-link", "mw-navigation")
_SURROUNDINGS = ", ".join(
    ["nav", "menu", "dialog", "body > footer", "[hidden]", "[aria-hidden=true]"]
    + ["body > aside", "[aria-modal=true]", "#onetrust-consent-sdk", "#CybotCookiebotDialog", "#usercentrics-root"]
    + [f"[{attribute}*={name} i]" for attribute in ("class", "id") for name in _COOKIE_BANNERS]
    + [f"[role={role}]" for role in ("navigation", "menu", "menubar", "banner", "contentinfo", "search", "dialog")]
    + [f"[class~={name}], [id={name}]" for name in _MENUS]
)
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
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = _TITLES | {"hgroup", "header", "summary"}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "details", "div", "footer", "main", "section"}
)
_GROUPS = frozenset({"dl", "fieldset", "figcaption", "figure", "form", "hr", "ol", "p", "pre", "table", "ul"})
_PARAGRAPHS = _HEADINGS | _BLOCKS | _GROUPS
_LINES = frozenset({"br", "caption", "dd", "dt", "li", "tr"})
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\n]+")
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{CJK}])[ \t]*\n[ \t]*(?=[{CJK}])")


def read_html(data: bytes) -> Document:
    """Return the page's text: blocks as paragraphs, list items and table rows as lines. The title is the page's.

    Raises:
        ExtractionError: its elements are nested deeper than any page that people wrote.
    """
    declared = _DECLARED.search(data[:_PROLOGUE])
    source = decode(data, declared[1].decode("ascii") if declared else None)
    _refuse_depth(source)
    tree = LexborHTMLParser(_tamed(source))
    written = _written(tree, f"{_NEVER_TEXT}, {_SURROUNDINGS}")
    if not written.text:
        written = _written(tree, _NEVER_TEXT)
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


def _written(tree: LexborHTMLParser, left_out: str) -> _Writer:
    writer = _Writer()
    if tree.body is None:
        return writer
    for node, entering in _walk(tree.body, {node.mem_id for node in tree.css(left_out)}):
        if node.is_text_node:
            writer.write(node.text_content or "")
        else:
            writer.mark(node.tag or "", entering)
    return writer


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


class _Writer:
    """Collects text; where several breaks meet between two pieces of it, the strongest is written."""

    _WEAK_TO_STRONG: Final = ("", " ", " | ", "\n", "\n\n")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self._break = ""
        self._preformatted = 0
        self._heading: int | None = None  # the index among the parts where an open heading began

    def mark(self, tag: str, entering: bool) -> None:
        """Note that an element begins or ends here."""
        if tag == "pre":
            self._preformatted += 1 if entering else -1
        if tag in _TITLES:
            self._mark_heading(entering)
        if tag in _PARAGRAPHS or (tag == "br" and entering and self._break == "\n"):
            self._request("\n\n")
        elif tag in _LINES:
            self._request("\n")
        elif tag in _CELLS and entering:
            self._request(" | ")

    def write(self, text: str) -> None:
        """Add the text of one node."""
        if self._preformatted:
            self._add(text if self._parts else text.lstrip())
            return
        words = _SPACES.sub(" ", _BREAK_IN_CHINESE.sub("", text))
        if words.startswith(" "):
            self._request(" ")
        if words.strip(" "):
            self._add(words.strip(" "))
        if words.endswith(" "):
            self._request(" ")

    @property
    def text(self) -> str:
        """All the text."""
        return "".join(self._parts).rstrip()

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the headings are."""
        return tuple(self._places)

    def _mark_heading(self, entering: bool) -> None:
        if entering:
            self._heading = len(self._parts)
        elif self._heading is not None:
            title = "".join(self._parts[self._heading :])
            if title.strip():
                start = self._length - len(title.lstrip())
                self._places.append(Place(start, as_label(title), divides=False))
            self._heading = None

    def _request(self, wanted: str) -> None:
        self._break = max(self._break, wanted, key=self._WEAK_TO_STRONG.index)

    def _add(self, text: str) -> None:
        if not text:
            return
        pieces = (self._break if self._parts else "", text)
        self._parts += pieces
        self._length += sum(map(len, pieces))
        self._break = ""
