"""The list of results as a Qt model: documents in the order that is wanted, some of them unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from bge_desktop.messages import FoundPassage, FoundPassages, SearchResult, Sentences, reordered
from bge_desktop.ui import result_texts
from bge_desktop.ui.result_order import Order, in_order
from bge_desktop.ui.result_rows import DOCUMENTS, NOTES, Row, RowKind, rows_of
from bge_desktop.ui.rows_model import Index, RowsModel


class Role(IntEnum):
    """The roles beside Qt's own."""

    RESULT = Qt.ItemDataRole.UserRole
    """The `SearchResult` that the row opens; None of a note. It carries the path: as a Qt string, a name that is not
    UTF-8 would be lost."""
    ROW = Qt.ItemDataRole.UserRole + 1
    """The `Row`."""


class ResultsModel(RowsModel[Row]):
    """A row for each document, and under one that is unfolded its further passages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaded: tuple[SearchResult, ...] = ()
        self._better: tuple[str, ...] = ()
        self._order = Order.RELEVANCE
        self._unfolded: dict[str, tuple[FoundPassage, ...] | None] = {}

    @property
    def order(self) -> Order:
        """The order of the documents."""
        return self._order

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or a screen reader asks of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Role.ROW:
                return row
            case Role.RESULT:
                return None if row.kind in NOTES else row.result
            case Qt.ItemDataRole.DisplayRole:
                return result_texts.displayed_text(row)
            case Qt.ItemDataRole.ToolTipRole if row.kind not in NOTES:
                return result_texts.tool_tip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return result_texts.spoken_text(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be selected and dragged away, but for a note."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].kind in NOTES:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def results(self) -> tuple[SearchResult, ...]:
        """Return the documents in the order in which they stand."""
        return tuple(row.result for row in self._rows if row.kind in DOCUMENTS)

    def paths(self, until: int | None = None) -> list[str]:
        """Return the documents, by path, in the order in which they stand: all, or those to the row `until`."""
        rows = self._rows if until is None else self._rows[: until + 1]
        return [row.result.path for row in rows if row.kind in DOCUMENTS]

    def first(self) -> SearchResult | None:
        """Return the document on top; None of an empty list."""
        return self._rows[0].result if self._rows else None

    def opened_by(self, rows: Iterable[int]) -> list[SearchResult]:
        """Return what rows open; notes open nothing."""
        return [self._rows[row].result for row in rows if self._rows[row].kind not in NOTES]

    def count(self) -> int:
        """Return the number of documents."""
        return len(self._loaded)

    def kinds(self) -> list[RowKind]:
        """Return what the rows are."""
        return [row.kind for row in self._rows]

    def document_row(self, path: str) -> int | None:
        """Return the row of a document; None where it is not in the list."""
        return next((number for number, row in enumerate(self._rows) if row.key == path), None)

    def set_results(self, results: Sequence[SearchResult]) -> None:
        """List these documents, given best first, in the order that is wanted."""
        self._loaded = tuple(results)
        self._refresh()

    def paths_with(self, better: Sequence[str]) -> list[str]:
        """Return the documents, by path, in the order in which they would stand after `set_better`."""
        return [result.path for result in self._ordered(better)]

    def set_better(self, better: Sequence[str]) -> None:
        """Have the documents that `better` names by path, the best first, change places among themselves."""
        self._better = tuple(better)
        self._refresh()

    def forget_better(self) -> None:
        """List the next documents as they are given."""
        self._better = ()

    def set_order(self, order: Order) -> None:
        """List the documents in another order."""
        self._order = order
        self._refresh()

    def set_sentences(self, found: Sentences) -> None:
        """Give the documents named in `found` their most telling sentence."""
        sentences = dict(found.sentences)
        self._loaded = tuple(
            result.with_sentence(sentences[result.path]) if result.path in sentences else result
            for result in self._loaded
        )
        self._refresh()

    @property
    def has_unfolded(self) -> bool:
        """Whether further passages of some document are on show."""
        return bool(self._unfolded)

    def is_unfolded(self, path: str) -> bool:
        """Return whether a document's further passages are on show, or being looked for."""
        return path in self._unfolded

    def unfold(self, path: str) -> None:
        """Make room for the further passages of a document."""
        self._unfolded.setdefault(path, None)
        self._refresh()

    def set_passages(self, found: FoundPassages) -> None:
        """Show the passages of a document, where it is still unfolded."""
        if found.path in self._unfolded:
            self._unfolded[found.path] = found.passages
            self._refresh()

    def fold(self, path: str) -> None:
        """Hide the further passages of a document."""
        self._unfolded.pop(path, None)
        self._refresh()

    def fold_all(self) -> None:
        """Hide the further passages of every document."""
        if self._unfolded:
            self._unfolded.clear()
            self._refresh()

    def outdated_passages(self, newer: Sequence[SearchResult]) -> list[str]:
        """Return the unfolded documents whose passages have to be asked for again, given the `newer` results."""
        if not self._unfolded:
            return []
        dates = {result.path: result.modified for result in self._loaded}
        asked = (result for result in newer if result.path in self._unfolded)
        return [
            result.path
            for result in asked
            if self._unfolded[result.path] is None or dates.get(result.path) != result.modified
        ]

    def _refresh(self) -> None:
        self.become(rows_of(self._ordered(self._better), self._unfolded, self._rows))

    def _ordered(self, better: Sequence[str]) -> Sequence[SearchResult]:
        return in_order(reordered(self._loaded, better), self._order)
