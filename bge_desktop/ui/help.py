"""Two small windows beside the main one: its keys, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import bge_desktop
from bge_desktop.ui import theme
from bge_desktop.ui.keys import keys
from bge_desktop.ui.theme import GRID

_LINES, _CHARACTERS_IN_A_LINE = 32, 100
_MODELS = "bge-small-zh-v1.5, bge-small-en-v1.5"


class KeysDialog(QDialog):
    """A table of the keys: the arrows lead through it, and a screen reader reads its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.table = self._make_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(self.table)
        column.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS_IN_A_LINE * theme.letter_width(metrics), _LINES * metrics.height())

    def _make_table(self) -> QTableWidget:
        rows = keys()
        table = QTableWidget(len(rows), 2)
        table.setHorizontalHeaderLabels([self.tr("Keys"), self.tr("What they do")])
        table.setAccessibleName(self.windowTitle())
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for row, texts in enumerate(rows):
            for place, text in enumerate(texts):
                table.setItem(row, place, QTableWidgetItem(text))
        return table


class AboutBox(QMessageBox):
    """The version, the licence, the models, and where to find where the library lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = self.tr("BGE Desktop {version}").format(version=bge_desktop.__version__)
        super().__init__(QMessageBox.Icon.NoIcon, self.tr("About BGE Desktop"), title, parent=parent)
        lines = (
            self.tr("Finds your documents by what they mean. Everything stays on this computer."),
            self.tr("Models: {models}").format(models=_MODELS),
            self.tr("Licence of the program and of the models: MIT"),
            self.tr("Where the library lies stands in the settings, under Privacy."),
        )
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setInformativeText("\n\n".join(lines))
        self.setStandardButtons(QMessageBox.StandardButton.Close)


class Help(QObject):
    """Shows them beside a window, which one can go on using meanwhile.

    Args:
        window: the owner.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def show_keys(self) -> None:
        """Show the keys."""
        self._show(KeysDialog(self._window))

    def show_about(self) -> None:
        """Show what this program is."""
        self._show(AboutBox(self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.show()
