"""The list of the documents that a label is proposed for: accepted and rejected one by one, or several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bge_desktop.messages import Decision, Proposal
from bge_desktop.ui import theme
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.label_pills import percent
from bge_desktop.ui.paths import shown_folder, shown_name
from bge_desktop.ui.proposals_model import PROPOSAL_ROLE, ProposalRow, ProposalsModel
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.rows_view import RowsView
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.wording import joined, translate

_ACCEPTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REJECTING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_WIDEST_PERCENT = 0.99


class ProposalsView(RowsView):
    """Shows a `ProposalsModel`. Enter accepts what is selected, Delete rejects it; the next row is current then."""

    decided = Signal(object, object)
    """A tuple of paths of documents, and the `Decision`."""
    open_wanted = Signal(object)
    """The path of the file to open."""

    def __init__(self, model: ProposalsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposals = model
        self.setModel(model)
        self.setItemDelegate(_ProposalDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(RowsView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(RowsView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)  # the row under the mouse is tinted
        self.setAccessibleName(self.tr("Proposals"))
        self.doubleClicked.connect(self._open)

    def row_heights(self) -> Iterable[int]:
        """Return the height of each row: all are alike."""
        return [_Layout(self.font(), QRect()).height] * self.model().rowCount()

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show proposals; what is selected among them stays so."""
        self._proposals.become([ProposalRow(own) for own in proposals])

    def selected(self) -> list[Proposal]:
        """Return the selected proposals from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._proposals.proposal(row) for row in rows]

    def decide(self, decision: Decision) -> None:
        """Say of what is selected whether it has the label, and go on to the row behind it."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if not rows:
            return
        paths = tuple(self._proposals.proposal(row).path for row in rows)
        rest = [self._proposals.proposal(row) for row in range(self._proposals.rowCount()) if row not in set(rows)]
        behind = rows[-1] + 1 - len(rows)
        self.show_proposals(rest)
        if rest:
            self.setCurrentIndex(self._proposals.index(min(behind, len(rest) - 1), 0))
        self.decided.emit(paths, decision)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Accept or reject what is selected; other keys move."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in _ACCEPTING:
            self.decide(Decision.YES)
        elif is_plain and event.key() in _REJECTING:
            self.decide(Decision.NO)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what one can do with the row under the mouse and those selected with it."""
        index = self.currentIndex() if event.reason() == event.Reason.Keyboard else self.indexAt(event.pos())
        if index.isValid():
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu().popup(self._place_of_menu(index, event))

    def menu(self) -> QMenu:
        """Return the context menu of what is selected; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Accept"), lambda: self.decide(Decision.YES))
        menu.addAction(self.tr("Reject"), lambda: self.decide(Decision.NO))
        menu.addSeparator()
        menu.addAction(self.tr("Open"), lambda: self._open(self.currentIndex()))
        return menu

    def _place_of_menu(self, index: QModelIndex, event: QContextMenuEvent) -> QPoint:
        if event.reason() == event.Reason.Keyboard:
            return self.viewport().mapToGlobal(self.visualRect(index).center())
        return self.viewport().mapToGlobal(event.pos())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_wanted.emit(self._proposals.proposal(index.row()).path)


class _Layout:
    """Where the parts of a row are.

    Args:
        font: of the view.
        row: the row's area.
    """

    def __init__(self, font: QFont, row: QRect) -> None:
        heading, small = (QFontMetrics(theme.font(font, style)) for style in (Type.HEADING, Type.SMALL))
        margin, plate = GRID * 3 // 2, small.horizontalAdvance(percent(_WIDEST_PERCENT)) + 2 * GRID
        left = row.left() + 2 * margin + plate
        width = max(1, row.right() + 1 - margin - left)
        self.confidence = QRect(row.left() + margin, row.top() + margin, plate, heading.height())
        self.name = QRect(left, row.top() + margin, width, heading.height())
        self.folder = QRect(left, self.name.bottom() + 1 + GRID // 4, width, small.height())
        self.passage = QRect(left, self.folder.bottom() + 1 + GRID // 2, width, QFontMetrics(font).height())
        self.height = self.passage.bottom() + 1 + margin - row.top()


class _ProposalDelegate(QStyledItemDelegate):
    """Paints a proposal: how sure it is, the name and title, the folder, and how its telling passage begins."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        own = index.data(PROPOSAL_ROLE)
        painter.save()
        canvas, layout = Canvas(painter, option), _Layout(option.font, option.rect)
        canvas.background()
        if index.row():
            canvas.line_above()
        canvas.chip(percent(own.confidence), layout.confidence)
        middle = Qt.TextElideMode.ElideMiddle
        used = canvas.text(layout.name, shown_name(own.path), Type.HEADING, canvas.text_color, middle)
        canvas.text(layout.name.adjusted(used + GRID, 0, 0, 0), own.title, Type.BODY, canvas.dimmed)
        canvas.text(layout.folder, _folder_text(own), Type.SMALL, canvas.dimmed, middle)
        canvas.text(layout.passage, own.passage, Type.BODY, canvas.text_color)
        painter.restore()


def _folder_text(own: Proposal) -> str:
    return joined(translate("Labels", "Applied by itself") if own.applied else "", shown_folder(own.path))
