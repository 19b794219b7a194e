"""In which order the results are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale, Qt

from bge_desktop.messages import SearchResult
from bge_desktop.ui.paths import shown_name


class Order(Enum):
    """What the results are ordered by: the best, the newest, or the first of the alphabet on top."""

    RELEVANCE = "relevance"
    DATE = "date"
    NAME = "name"


def in_order(results: Sequence[SearchResult], order: Order) -> Sequence[SearchResult]:
    """Return the results, which come best first, in an order; what is equal in it stays best first."""
    match order:
        case Order.RELEVANCE:
            return results
        case Order.DATE:
            return sorted(results, key=lambda result: -result.modified)
        case Order.NAME:
            return sorted(results, key=_by_name())


def _by_name() -> Callable[[SearchResult], QCollatorSortKey]:
    """Return what names are compared by: as the person's language orders them, "9" before "10"."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:  # it would compare bytes
        locale = QLocale(QLocale.Language.English)
    collator = QCollator(locale)
    collator.setNumericMode(True)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return lambda result: collator.sortKey(shown_name(result.path))
