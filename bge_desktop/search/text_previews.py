"""The text of a document around a passage, as the library has it."""

from __future__ import annotations

from bge_desktop.extract.document import LABEL_BREAK
from bge_desktop.messages import PassagePlace, Span, Style, StyledSpan, TextPreview
from bge_desktop.search import snippets
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.stored_text import AROUND, StoredText

_CUT_WITHIN = 2_000  # a line break is sought so far
_COLUMNS_COUNT = frozenset({"code", "data", "man"})


def text_preview(number: int, path: str, stored: StoredText, passage: Span, words: WordQuery) -> TextPreview:
    """Return a stretch of a document's text.

    Args:
        number: of the preview.
        path: of the preview.
        stored: the document.
        passage: in its text.
        words: what is marked.
    """
    passage = Span(min(passage.start, stored.length), min(passage.end, stored.length))
    window = _window(stored, passage)
    text = stored.stretch(window.start, window.end)
    return TextPreview(
        number,
        path,
        text,
        Span(passage.start - window.start, passage.end - window.start),
        snippets.marks(text, words),
        _headings(text, window.start, stored.places(window.start, window.end)),
        stored.kind in _COLUMNS_COUNT,
        window.start > 0,
        window.end < stored.length,
    )


def _window(stored: StoredText, passage: Span) -> Span:
    """Return what to show: whole lines, where lines are no longer than some pages."""
    start, end = max(0, passage.start - AROUND), min(stored.length, passage.end + AROUND)
    if start:
        start += stored.stretch(start, min(start + _CUT_WITHIN, passage.start)).find("\n") + 1
    if end < stored.length:
        last = stored.stretch(max(end - _CUT_WITHIN, passage.end), end)
        end -= len(last) - last.rfind("\n") if "\n" in last else 0
    return Span(start, end)


def _headings(text: str, first: int, places: list[PassagePlace]) -> tuple[StyledSpan, ...]:
    """Return the lines that are what their place is called."""
    found = []
    for place in places:
        start = place.start - first
        heading = place.label.rsplit(LABEL_BREAK, 1)[-1]
        if start >= 0 and heading and f"{text}\n".startswith(f"{heading}\n", start):
            found.append(StyledSpan(Span(start, start + len(heading)), Style.HEADING))
    return tuple(found)
