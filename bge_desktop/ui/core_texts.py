"""What the core tells, in the person's own language.

The core writes English and knows nothing of Qt. What it writes is found again among the texts that it is made of
(`core_sources`), and put together anew from their translations; what stands in their places is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

from bge_desktop.errors import UserError
from bge_desktop.messages import ErrorReport, Event, LibraryStatus, ModelNotAdded, NoPreview, Progress, SearchAnswer
from bge_desktop.ui.core_sources import TEXTS

BETWEEN_PLACES = " › "
"""What stands in a place between a file and what lies in it."""
_PLACE = re.compile(r"\{(\w+)\}")
_COUNTED = re.compile(r"[a-z]+ \{(\w+)\}")
_NUMBERS = frozenset({"count", "documents", "embedded"})
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")
_TITLE = "{title}"
_EXACT = frozenset(TEXTS)


def in_own_language(text: str) -> str:
    """Return a text of the core, or several sentences of it, translated; as it is where it is not known."""
    return _translated(text) or text


def place_in_own_language(place: str) -> str:
    """Return a place, as of a `SearchResult`, with the words of the core translated: "第 3 行: total"."""
    return BETWEEN_PLACES.join(map(in_own_language, place.split(BETWEEN_PLACES)))


def report_of(error: UserError) -> ErrorReport:
    """Return what an error says, in the person's own language."""
    return ErrorReport(in_own_language(error.title), in_own_language(error.message), error.path)


def event_in_own_language(event: Event) -> Event:
    """Return an event with what it tells a person in words translated; each failure is when it is shown."""
    match event:
        case ErrorReport() | NoPreview() | ModelNotAdded():
            return replace(event, title=in_own_language(event.title), message=in_own_language(event.message))
        case SearchAnswer():
            return replace(event, hints=tuple(map(in_own_language, event.hints)))
        case Progress():
            return replace(event, encoder=in_own_language(event.encoder))
        case LibraryStatus():
            models = (replace(model, device=in_own_language(model.device)) for model in event.models)
            return replace(event, models=tuple(models))
    return event


def _translated(text: str) -> str | None:
    """Return the translation of a text, of each of its sentences, or of what is said of some member of a file."""
    return _whole(text) or _sentences(text) or _titled(text)


def _whole(text: str) -> str | None:
    found = _found(text, titled=False)
    return _filled(*found) if found else None


def _sentences(text: str) -> str | None:
    for end in _SENTENCE_END.finditer(text):
        first = _whole(text[: end.start()])
        rest = first and _translated(text[end.end() :])
        if first and rest:
            return first + rest if first.endswith("。") else f"{first} {rest}"
    return None


def _titled(text: str) -> str | None:
    found = _found(text, titled=True)
    return _filled(*found) if found else None


def _filled(template: str, values: Mapping[str, str]) -> str:
    own = QCoreApplication.translate("Core", template)
    return _PLACE.sub(lambda place: in_own_language(values.get(place[1], place[0])), own)


@lru_cache(4096)
def _found(text: str, *, titled: bool) -> tuple[str, Mapping[str, str]] | None:
    """Return what a text was made of: a text of the core, and what stands in its places."""
    if text in _EXACT:
        return text, {}
    for pattern, template in _patterns():
        found = pattern.fullmatch(text) if (_TITLE in template) is titled else None
        if found and (not titled or found["title"] in _EXACT):
            return template, found.groupdict()
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for each text with places, those that say the most first."""
    templates = [text for text in TEXTS if _PLACE.search(text)]
    templates.sort(key=lambda text: -len(_PLACE.sub("", text)))
    return tuple((_pattern(template), template) for template in templates)


def _pattern(template: str) -> re.Pattern[str]:
    counted = _COUNTED.match(template)
    numbers = _NUMBERS | ({counted[1]} if counted else set())
    pieces, seen = [], set[str]()
    for number, piece in enumerate(_PLACE.split(template)):
        if number % 2 == 0:
            pieces.append(re.escape(piece))
        elif piece in seen:
            pieces.append(f"(?P={piece})")
        else:
            seen.add(piece)
            pieces.append(f"(?P<{piece}>{r'[0-9.,]+' if piece in numbers else '.+?'})")
    return re.compile("".join(pieces), re.DOTALL)
