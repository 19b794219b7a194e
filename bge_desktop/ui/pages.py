"""What the window shows where there is nothing else to show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bge_desktop.ui import theme
from bge_desktop.ui.suggestions import Suggestions, usual_folders
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconLabel, Label

_CENTRE = Qt.AlignmentFlag.AlignCenter
_CHARACTERS_IN_A_LINE = 100
"""Of the first start's page, at most: on a wide screen it stays together."""


class DropTarget(QAbstractButton):
    """A large dashed area that invites one to drop a folder on it, or to press it and choose one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Drop a folder here, or click to choose one"))
        self.setAccessibleName(self.text())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # its lines may break
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * GRID, 6 * GRID, 8 * GRID, 6 * GRID)
        column.setSpacing(GRID * 3 // 2)
        column.addWidget(_through(IconLabel("folder", 3)))
        kinds = self.tr("PDF, Office, e-mail, web pages, text, pictures and more")
        for label in (Label(self.text(), Type.HEADING), Label(kinds, dim=True)):
            label.setWordWrap(True)
            column.addWidget(_through(_centred(label)))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the least that it needs: it takes what room there is."""
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the dashed border, tinted under the mouse, in the highlight colour with the keyboard's focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lively = self.underMouse() or self.hasFocus()
        highlight = self.palette().color(QPalette.ColorRole.Highlight)
        color = highlight if lively else theme.blend(theme.dimmed(self.palette()), theme.hairline(self.palette()), 0.5)
        painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.tint(self.palette(), 0.16 if self.isDown() else 0.08 if self.underMouse() else 0.03))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GRID * 3 / 2, GRID * 3 / 2)


class WelcomePage(QScrollArea):
    """The first start: nothing is indexed yet.

    Args:
        suggested: folders to offer, where they are there; by default those that most people have.
        parent: the owner.
    """

    folder_wanted = Signal()
    suggestion_wanted = Signal(object)
    """The path of the folder that was chosen."""
    samples_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, suggested: Sequence[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is on it takes it
        self.drop_target = DropTarget()
        self.drop_target.clicked.connect(self.folder_wanted)
        self.suggestions = Suggestions(usual_folders() if suggested is None else suggested)
        self.suggestions.wanted.connect(self.suggestion_wanted)
        self.samples_button = QPushButton(self.tr("Try the samples"))
        self.samples_button.clicked.connect(self.samples_wanted)
        self.settings_button = QPushButton(self.tr("Settings…"))
        self.settings_button.clicked.connect(self.settings_wanted)
        self._middle = QWidget()
        self._build()
        self._fit_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_width()

    def _build(self) -> None:
        title = Label(self.tr("Find your documents by what they mean"), Type.TITLE)
        promise = Label(self.tr("Everything stays on this computer. In English and in Chinese."), dim=True)
        page = QWidget()
        column = _stretched_column(self._middle)
        column.setContentsMargins(0, 2 * GRID, 0, 2 * GRID)
        column.setSpacing(2 * GRID)
        for label in (title, promise):
            label.setWordWrap(True)
            column.insertWidget(column.count() - 1, _centred(label))
        for widget in (self.drop_target, self.suggestions):
            column.insertWidget(column.count() - 1, widget)
        for button in (self.samples_button, self.settings_button):
            column.insertWidget(column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(page)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        row.addStretch(1)
        row.addWidget(self._middle, 1000)  # as wide as it may be
        row.addStretch(1)
        self.setWidget(page)

    def _fit_width(self) -> None:
        self._middle.setMaximumWidth(_CHARACTERS_IN_A_LINE * theme.letter_width(self.fontMetrics()))


class NotePage(QWidget):
    """A drawing, a heading and a sentence in the middle of an empty page."""

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        column = _stretched_column(self)
        column.insertWidget(1, IconLabel(icon, 3))
        for label in (_centred(Label(title, Type.HEADING)), _centred(Label(text, dim=True))):
            label.setWordWrap(True)
            column.insertWidget(column.count() - 1, label)


def _centred(label: Label) -> Label:
    label.setAlignment(_CENTRE)
    return label


def _through(label: QLabel) -> QLabel:
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label


def _stretched_column(page: QWidget) -> QVBoxLayout:
    """Give `page` a column whose content stands a little above the middle, where it looks centred."""
    column = QVBoxLayout(page)
    column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
    column.setSpacing(GRID)
    column.addStretch(2)
    column.addStretch(3)
    return column
