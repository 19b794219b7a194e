"""Keeps the layouts of the passages that were painted last."""

from __future__ import annotations

from PySide6.QtGui import QFont

from bge_desktop.messages import SearchResult, Span
from bge_desktop.ui.snippet import BrokenText, Excerpt, SnippetLayout, excerpt

_MOST = 200


class SnippetCache:
    """Lays out the passages of results, each once for a font, a width and a number of lines."""

    def __init__(self) -> None:
        self._broken: dict[tuple[str, str, int], BrokenText] = {}
        self._layouts: dict[tuple[str, tuple[Span, ...], Span | None, str, int, int], SnippetLayout] = {}

    def layout(self, result: SearchResult, font: QFont, width: int, lines: int) -> SnippetLayout:
        """Return the lines of a result's passage that are shown."""
        key = (result.passage, result.marks, result.sentence, font.toString(), width, lines)
        if key not in self._layouts:
            if len(self._layouts) >= _MOST:
                self._layouts.clear()
            shown = excerpt(result)
            self._layouts[key] = SnippetLayout(shown, self._broken_text(shown, font, width), lines)
        return self._layouts[key]

    def _broken_text(self, shown: Excerpt, font: QFont, width: int) -> BrokenText:
        key = (shown.text, font.toString(), width)
        if key not in self._broken:
            if len(self._broken) >= _MOST:
                self._broken.clear()
            self._broken[key] = BrokenText(shown, font, width)
        return self._broken[key]
