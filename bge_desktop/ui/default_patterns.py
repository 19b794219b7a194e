"""The table of what is left out by default, in which a person may untick what is to be read in one folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from bge_desktop.messages import displayable
from bge_desktop.watch.default_names import DEFAULTS, HIDDEN

_REASONS: dict[str, object] = {
    "version control": QT_TRANSLATE_NOOP("Rules", "Version control"),
    "installed packages": QT_TRANSLATE_NOOP("Rules", "Installed packages"),
    "virtual environments": QT_TRANSLATE_NOOP("Rules", "Virtual environments"),
    "caches": QT_TRANSLATE_NOOP("Rules", "Caches"),
    "built from sources": QT_TRANSLATE_NOOP("Rules", "Built from sources"),
    "app bundles": QT_TRANSLATE_NOOP("Rules", "App bundles"),
    "the system's own": QT_TRANSLATE_NOOP("Rules", "The system's own"),
    "keys and credentials": QT_TRANSLATE_NOOP("Rules", "Keys and credentials"),
    "password stores": QT_TRANSLATE_NOOP("Rules", "Password stores"),
    "browser profiles": QT_TRANSLATE_NOOP("Rules", "Browser profiles"),
    "temporary": QT_TRANSLATE_NOOP("Rules", "Temporary"),
}


class DefaultPatterns(QTreeWidget):
    """Reasons, and below each its patterns, ticked where they hold.

    Args:
        let_in: the patterns that do not hold.
        parent: the owner.
    """

    def __init__(self, let_in: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self._let_in = tuple(let_in)
        for group in DEFAULTS:
            if group.reason != HIDDEN:  # which is chosen as a whole, elsewhere
                self._add_group(group.reason, group.patterns)

    def let_in(self) -> tuple[str, ...]:
        """Return the patterns that are not to hold: the very ones it was made with, unless a tick was changed."""
        found = tuple(pattern for item in self._items() if (pattern := self._unticked(item)) is not None)
        others = tuple(own for own in self._let_in if own not in self._patterns())
        return self._let_in if {*found, *others} == {*self._let_in} else (*others, *found)

    def tick(self, pattern: str, is_ticked: bool) -> None:
        """Have a pattern hold, or not."""
        for item in self._items():
            if item.data(0, Qt.ItemDataRole.UserRole) == pattern:
                item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _add_group(self, reason: str, patterns: Sequence[str]) -> None:
        words = QCoreApplication.translate("Rules", str(_REASONS.get(reason, reason)))
        group = QTreeWidgetItem(self, [words])
        group.setFlags(group.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        for pattern in patterns:
            item = QTreeWidgetItem(group, [displayable(pattern)])
            item.setData(0, Qt.ItemDataRole.UserRole, pattern)
            is_ticked = pattern not in self._let_in
            item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        group.setExpanded(group.checkState(0) is not Qt.CheckState.Checked)

    def _items(self) -> list[QTreeWidgetItem]:
        """Return the items of patterns."""
        iterator, found = QTreeWidgetItemIterator(self, QTreeWidgetItemIterator.IteratorFlag.NoChildren), []
        while item := iterator.value():
            found.append(item)
            iterator += 1
        return found

    def _patterns(self) -> set[str]:
        return {item.data(0, Qt.ItemDataRole.UserRole) for item in self._items()}

    @staticmethod
    def _unticked(item: QTreeWidgetItem) -> str | None:
        is_ticked = item.checkState(0) is Qt.CheckState.Checked
        return None if is_ticked else str(item.data(0, Qt.ItemDataRole.UserRole))
