"""Web pages, as saved by a browser: what one would read of them, without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import CJK, Document, one_line

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_PROLOGUE = 4096

_NEVER_TEXT = "script, style, noscript, template, iframe, object, svg, annotation, button, select, textarea, rp, rt"
_SURROUNDINGS = ", ".join(
    ["nav", "menu", "dialog", "body > footer", "[hidden]", "[aria-hidden=true]"]
    + [f"[role={role}]" for role in ("navigation", "menu", "menubar", "banner", "contentinfo", "search", "dialog")]
    + [f"[class~={name}], [id={name}]" for name in ("nav", "navbar", "menu", "sidebar", "breadcrumb", "breadcrumbs")]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "header", "summary"})
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
    """Return the page's text: blocks as paragraphs, list items and table rows as lines. The title is the page's."""
    declared = _DECLARED.search(data[:_PROLOGUE])
    tree = LexborHTMLParser(decode(data, declared[1].decode("ascii") if declared else None))
    text = _text_of(tree, f"{_NEVER_TEXT}, {_SURROUNDINGS}") or _text_of(tree, _NEVER_TEXT)
    return Document(text, _title(tree), "html")


def _title(tree: LexborHTMLParser) -> str:
    found = (tree.css_first(selector) for selector in ("title", "h1"))
    return next((title for node in found if node and (title := one_line(node.text()))), "")


def _text_of(tree: LexborHTMLParser, left_out: str) -> str:
    if tree.body is None:
        return ""
    writer = _Writer()
    for node, entering in _walk(tree.body, {node.mem_id for node in tree.css(left_out)}):
        if node.is_text_node:
            writer.text(node.text_content or "")
        else:
            writer.mark(node.tag or "", entering)
    return writer.result()


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
        self._break = ""
        self._preformatted = 0

    def mark(self, tag: str, entering: bool) -> None:
        """Note that an element begins or ends here."""
        if tag == "pre":
            self._preformatted += 1 if entering else -1
        if tag in _PARAGRAPHS or (tag == "br" and entering and self._break == "\n"):
            self._request("\n\n")
        elif tag in _LINES:
            self._request("\n")
        elif tag in _CELLS and entering:
            self._request(" | ")

    def text(self, text: str) -> None:
        """Add the text of one node."""
        if self._preformatted:
            self._add(text)
            return
        words = _SPACES.sub(" ", _BREAK_IN_CHINESE.sub("", text))
        if words.startswith(" "):
            self._request(" ")
        if words.strip(" "):
            self._add(words.strip(" "))
        if words.endswith(" "):
            self._request(" ")

    def result(self) -> str:
        """Return all the text."""
        return "".join(self._parts).strip()

    def _request(self, wanted: str) -> None:
        self._break = max(self._break, wanted, key=self._WEAK_TO_STRONG.index)

    def _add(self, text: str) -> None:
        self._parts += (self._break if self._parts else "", text)
        self._break = ""
