"""The list of results as a Qt model: it changes no more than what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import Qt  # with what it knows of rich text

from bge_desktop.messages import SearchResult, Sentences, Why, displayable
from bge_desktop.ui.paths import shown_folder, shown_name, shown_path
from bge_desktop.ui.wording import copies_lines, copies_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """The roles beside Qt's own."""

    RESULT = Qt.ItemDataRole.UserRole
    """The `SearchResult`. It carries the path: as a Qt string, a name that is not UTF-8 would be lost."""


class ResultsModel(QAbstractListModel):
    """One row a document, best first. Rows are known by their path, so selection and scrolling outlive an update."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: list[SearchResult] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._results)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or a screen reader asks of a row."""
        if not index.isValid():
            return None
        result = self._results[index.row()]
        match role:
            case Role.RESULT:
                return result
            case Qt.ItemDataRole.DisplayRole:
                return shown_name(result.path)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(result)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(result)
        return None

    def results(self) -> tuple[SearchResult, ...]:
        """Return the rows."""
        return tuple(self._results)

    def set_results(self, results: Sequence[SearchResult]) -> None:
        """Turn the rows into `results` by removing, moving, inserting and updating single rows."""
        self._remove_all_but({result.path for result in results})
        for row, result in enumerate(results):
            self._put(row, result)

    def set_sentences(self, found: Sentences) -> None:
        """Give the rows named in `found` their most telling sentence."""
        sentences = dict(found.sentences)
        for row, result in enumerate(self._results):
            if result.path in sentences:
                self._update(row, result.with_sentence(sentences[result.path]))

    def why_text(self, why: Why) -> str:
        """Return the word for a reason."""
        return {Why.MEANING: self.tr("Meaning"), Why.WORDS: self.tr("Words"), Why.NAME: self.tr("Name")}[why]

    def place_text(self, result: SearchResult) -> str:
        """Return where in the file the passage stands, as "page 3"; "" for a format without places."""
        return ", ".join(filter(None, (result.place, self.page_text(result))))

    def page_text(self, result: SearchResult) -> str:
        """Return "page 3"; "" for a format without pages."""
        return "" if result.page is None else self.tr("page {number}").format(number=result.page)

    def _remove_all_but(self, paths: set[str]) -> None:
        for row in reversed(range(len(self._results))):
            if self._results[row].path not in paths:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._results[row]
                self.endRemoveRows()

    def _put(self, row: int, result: SearchResult) -> None:
        old = next((at for at in range(row, len(self._results)) if self._results[at].path == result.path), None)
        if old is None:
            self.beginInsertRows(QModelIndex(), row, row)
            self._results.insert(row, result)
            self.endInsertRows()
            return
        if old != row:
            self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), row)
            self._results.insert(row, self._results.pop(old))
            self.endMoveRows()
        self._update(row, result)

    def _update(self, row: int, result: SearchResult) -> None:
        before, self._results[row] = self._results[row], result
        if not _looks_alike(before, result):  # a change announced is a list laid out again
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _tool_tip(self, result: SearchResult) -> str:
        title = " ".join(displayable(result.title).split())
        lines = (title, shown_path(result.path), self.place_text(result), *copies_lines(result))
        text = "\n".join(filter(None, lines))
        # A tool tip takes what looks like HTML for HTML: a document's title is to be read, not to be obeyed.
        return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal) if Qt.mightBeRichText(text) else text

    def _spoken(self, result: SearchResult) -> str:
        parts = (
            shown_name(result.path),
            self.tr("in {folder}").format(folder=shown_folder(result.path)),
            self.place_text(result),
            self.why_text(result.why),
            copies_text(result),
            " ".join(result.passage.split()),
        )
        return ", ".join(part for part in parts if part)


def _looks_alike(one: SearchResult, other: SearchResult) -> bool:
    return replace(one, score=other.score) == other
