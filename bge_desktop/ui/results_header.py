"""The line above the list of results: how many documents it holds, and in which order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.result_order import Order
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton
from bge_desktop.ui.wording import best_text, found_text


class ResultsHeader(QWidget):
    """Says how many documents are listed; lets one choose their order, and export them."""

    order_wanted = Signal(object)
    """The `Order` that was chosen."""
    export_wanted = Signal()
    """The list is to be written into a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count_label = ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
        self.order_button = IconButton("sort", self.tr("The order of the documents"))
        self.order_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.export_button = IconButton("export", self.tr("Export the list…"))
        self.export_button.clicked.connect(self.export_wanted)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.order_actions = self._make_order_actions()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        row.addWidget(self.count_label, 1)
        row.addWidget(self.order_button)
        row.addWidget(self.export_button)
        self.show_order(Order.RELEVANCE)

    def show_count(self, count: int, total: int, *, are_best: bool) -> None:
        """Say how many documents are listed, of so many in all; and whether they are the best of them."""
        self.count_label.set_whole_text((best_text if are_best else found_text)(count, total))

    def show_order(self, order: Order) -> None:
        """Show which order holds."""
        action = self.order_actions[order]
        action.setChecked(True)
        self.order_button.setText(action.text())
        self.order_button.setAccessibleName(self.tr("Order: {order}").format(order=action.text()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Divide the line from the list."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.hairline(self.palette()))

    def _make_order_actions(self) -> dict[Order, QAction]:
        menu, group = QMenu(self), QActionGroup(self)
        texts = {
            Order.RELEVANCE: self.tr("Best first"),
            Order.DATE: self.tr("Newest first"),
            Order.NAME: self.tr("By name"),
        }
        actions = {}
        for key, (order, text) in enumerate(texts.items(), 1):
            action = actions[order] = group.addAction(text)
            action.setCheckable(True)
            action.setShortcut(QKeySequence(f"Ctrl+{key}"))
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(partial(self.order_wanted.emit, order))
            menu.addAction(action)
            self.addAction(action)  # a shortcut of a menu's action alone works only while the menu is open
        self.order_button.setMenu(menu)
        return actions
