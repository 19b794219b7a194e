"""Filters of the query language as a person reads them."""

from __future__ import annotations

import os

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from bge_desktop.messages import displayable
from bge_desktop.ui.kind_texts import kind_text
from bge_desktop.ui.paths import shown_name
from bge_desktop.ui.query_edit import Term

_translate = QCoreApplication.translate
_TEXTS: dict[tuple[str, str], object] = {
    ("lang", "zh"): QT_TRANSLATE_NOOP("Filters", "Chinese"),
    ("lang", "en"): QT_TRANSLATE_NOOP("Filters", "English"),
    ("date", "today"): QT_TRANSLATE_NOOP("Filters", "Today"),
    ("date", "yesterday"): QT_TRANSLATE_NOOP("Filters", "Yesterday"),
    ("date", "7d"): QT_TRANSLATE_NOOP("Filters", "Last 7 days"),
    ("date", "30d"): QT_TRANSLATE_NOOP("Filters", "Last 30 days"),
    ("date", "1y"): QT_TRANSLATE_NOOP("Filters", "Last year"),
}

_PATTERNS: dict[tuple[str, bool], object] = {
    ("folder", False): QT_TRANSLATE_NOOP("Filters", "In {value}"),
    ("folder", True): QT_TRANSLATE_NOOP("Filters", "Not in {value}"),
    ("name", False): QT_TRANSLATE_NOOP("Filters", "Name with {value}"),
    ("name", True): QT_TRANSLATE_NOOP("Filters", "Name without {value}"),
    ("topic", False): QT_TRANSLATE_NOOP("Filters", "Topic {value}"),
    ("topic", True): QT_TRANSLATE_NOOP("Filters", "Not topic {value}"),
    ("label", False): QT_TRANSLATE_NOOP("Filters", "Label {value}"),
    ("label", True): QT_TRANSLATE_NOOP("Filters", "Not label {value}"),
    ("like", False): QT_TRANSLATE_NOOP("Filters", "Like {value}"),
    ("like", True): QT_TRANSLATE_NOOP("Filters", "Not like {value}"),
    ("after", False): QT_TRANSLATE_NOOP("Filters", "After {value}"),
    ("before", False): QT_TRANSLATE_NOOP("Filters", "Before {value}"),
    ("size", False): QT_TRANSLATE_NOOP("Filters", "Size {value}"),
}


_FILTERS: dict[str, object] = {
    "folder": QT_TRANSLATE_NOOP("Filters", "Folder"),
    "type": QT_TRANSLATE_NOOP("Filters", "Kind"),
    "date": QT_TRANSLATE_NOOP("Filters", "Date"),
    "lang": QT_TRANSLATE_NOOP("Filters", "Language"),
    "label": QT_TRANSLATE_NOOP("Filters", "Label"),
}


def filter_name(key: str) -> str:
    """Return what a filter is called: "Kind"."""
    return _translate("Filters", str(_FILTERS[key]))


def value_name(key: str, value: str) -> str:
    """Return what a value of a filter is called: "Spreadsheet", "Last 7 days"; a folder's own name."""
    if (key, value) in _TEXTS:
        return _translate("Filters", str(_TEXTS[key, value]))
    if key == "type":
        return kind_text(value)
    return shown_name(os.path.normpath(value)) if key in ("folder", "like") else displayable(value)


def term_name(term: Term) -> str:
    """Return a filter in a few words: "PDF, Word", "In Work", "After 2024-05", "Not in Work"."""
    values = _translate("Filters", ", ").join(value_name(term.key, value) for value in term.values)
    return _pattern(term.key, term.is_excluded).format(value=values)


def _pattern(key: str, is_excluded: bool) -> str:
    without = QT_TRANSLATE_NOOP("Filters", "Not {value}") if is_excluded else "{value}"
    return _translate("Filters", str(_PATTERNS.get((key, is_excluded), without)))
