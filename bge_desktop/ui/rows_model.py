"""A list of rows as a Qt model: it becomes another list in a few steps, however long both are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOST_COMPARED = 1000
"""Whether more rows than these show something else takes longer to find out than to paint those in view."""


class Keyed(Protocol):
    """A row that is known by its key, whatever becomes of what it shows."""

    @property
    def key(self) -> Hashable:
        """What tells the row from all others of its list."""

    def looks_like(self, other: object) -> bool:
        """Whether a row with the same key shows the same."""


KeyedRow = TypeVar("KeyedRow", bound=Keyed)


class RowsModel(QAbstractListModel, Generic[KeyedRow]):
    """Rows known by their keys, so that selection and scrolling outlive another list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[KeyedRow] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def become(self, rows: Sequence[KeyedRow]) -> None:
        """Turn the rows into `rows`, whose keys are all different.

        Where the lists begin and end alike, nothing happens. Between, what goes is removed in one piece and what is
        new is inserted in one piece: views pay for each step, not for each row.
        """
        first, last, end = self._differing(rows)
        kept_keys = {row.key for row in rows[first:end]}
        kept = [row for row in self._rows[first:last] if row.key in kept_keys]
        gone = [row for row in self._rows[first:last] if row.key not in kept_keys]
        self._arrange(first, [*kept, *gone])
        self._remove(first + len(kept), len(gone))
        old_keys = {row.key for row in kept}
        self._insert(first + len(kept), [row for row in rows[first:end] if row.key not in old_keys])
        self._arrange(first, rows[first:end])
        self._update(rows)

    def _differing(self, rows: Sequence[KeyedRow]) -> tuple[int, int, int]:
        """Return where the rows begin to differ from `rows`, and where that ends: in the rows, and in `rows`."""
        old, shorter = self._rows, min(len(self._rows), len(rows))
        first = next((at for at in range(shorter) if old[at].key != rows[at].key), shorter)
        same = next((at for at in range(shorter - first) if old[-1 - at].key != rows[-1 - at].key), shorter - first)
        return first, len(old) - same, len(rows) - same

    def _arrange(self, first: int, rows: Sequence[KeyedRow]) -> None:
        """Bring the rows from `first` on into the order of `rows`, which have the same keys."""
        before = self._rows[first : first + len(rows)]
        if all(old.key == new.key for old, new in zip(before, rows, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        places = {row.key: first + at for at, row in enumerate(rows)}
        indices = self.persistentIndexList()
        moved = [places.get(self._rows[index.row()].key, index.row()) for index in indices]
        own = {row.key: row for row in before}
        self._rows[first : first + len(rows)] = [own[row.key] for row in rows]
        self.changePersistentIndexList(indices, [self.index(row) for row in moved])
        self.layoutChanged.emit()

    def _remove(self, first: int, count: int) -> None:
        if count:
            self.beginRemoveRows(QModelIndex(), first, first + count - 1)
            del self._rows[first : first + count]
            self.endRemoveRows()

    def _insert(self, first: int, rows: Sequence[KeyedRow]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows[first:first] = rows
            self.endInsertRows()

    def _update(self, rows: Sequence[KeyedRow]) -> None:
        """Take what `rows` show, which stand in the same order."""
        new_at = [at for at, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old is not new]
        if len(new_at) <= _MOST_COMPARED:
            new_at = [at for at in new_at if not rows[at].looks_like(self._rows[at])]
        self._rows[:] = rows
        if new_at:
            self.dataChanged.emit(self.index(new_at[0]), self.index(new_at[-1]))
