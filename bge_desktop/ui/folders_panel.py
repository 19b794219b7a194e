"""The folders that are indexed, how far they are, and what one can do with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bge_desktop.messages import FolderState, FolderStatus, Held
from bge_desktop.ui import wording
from bge_desktop.ui.held_note import HeldNote, PauseButton
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, IconLabel, Label


class ElidedLabel(Label):
    """A label that shortens its text, in the way of `elide`, rather than asking for more room."""

    def __init__(self, text: str, style: Type, elide: Qt.TextElideMode, *, dim: bool = False) -> None:
        super().__init__("", style, dim=dim)
        self._whole, self._mode = text, elide
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    def set_whole_text(self, text: str) -> None:
        """Show `text`, as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shorten the text for the new width."""
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of a line; the width is whatever is left."""
        return QSize(0, self.fontMetrics().height())

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, self._mode, self.width()))


class FolderRow(QWidget):
    """One folder: name, state, progress, counts, and a menu."""

    rescan_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    reveal_wanted = Signal()
    remove_wanted = Signal()
    failures_wanted = Signal()

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._is_paused = path, False
        self.setAccessibleName(shown_name(path))
        self._name = ElidedLabel(shown_name(path), Type.HEADING, Qt.TextElideMode.ElideMiddle)
        self._state = ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
        self.failed_button = IconButton("warning", self.tr("Show the files that could not be read, or only in part"))
        self.failed_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.failed_button.clicked.connect(self.failures_wanted)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(GRID // 2)
        self.progress.setAccessibleName(self.tr("Progress"))
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.menu_button = IconButton("more", self.tr("More actions"))
        self.menu_button.setAccessibleName(self.tr("More actions for {name}").format(name=shown_name(path)))
        self.menu_button.clicked.connect(self._open_menu)
        self._build()

    def show_status(self, status: FolderStatus) -> None:
        """Show how far the folder is."""
        self._is_paused = status.state is FolderState.PAUSED
        self._state.set_whole_text(wording.state_text(status))
        self.setToolTip("\n".join(filter(None, (shown_path(self._path), wording.state_tip(status)))))
        self.failed_button.setVisible(status.failed + status.in_part > 0)
        self.failed_button.setText(wording.failed_text(status))
        self.progress.setVisible(status.state in (FolderState.SCANNING, FolderState.INDEXING))
        total = 0 if status.state is FolderState.SCANNING else max(status.files, status.pending)
        self.progress.setRange(0, total)
        self.progress.setValue(total - status.pending)

    def state_text(self) -> str:
        """Return the line below the name, unshortened."""
        return self._state.accessibleName()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer the folder's menu."""
        self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Return the folder's menu; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._is_paused:
            menu.addAction(self.tr("Resume")).triggered.connect(self.resume_wanted)
        else:
            menu.addAction(self.tr("Pause")).triggered.connect(self.pause_wanted)
        menu.addAction(self.tr("Rescan")).triggered.connect(self.rescan_wanted)
        menu.addAction(self.tr("Show in file manager")).triggered.connect(self.reveal_wanted)
        menu.addSeparator()
        menu.addAction(self.tr("Remove…")).triggered.connect(self.remove_wanted)
        return menu

    def _open_menu(self) -> None:
        self.make_menu().popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(IconLabel("folder"))
        first.addWidget(self._name, 1)
        first.addWidget(self.menu_button)
        second = QHBoxLayout()
        second.setSpacing(GRID)
        second.addWidget(self._state, 1)
        second.addWidget(self.failed_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        column.setSpacing(GRID // 4)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.progress)


class FoldersPanel(QWidget):
    """All folders, and a button to add one."""

    add_wanted = Signal()
    rescan_wanted = Signal(object)
    """The path of the folder. Paths travel as objects: as a Qt string, a name that is not UTF-8 would be lost."""
    pause_wanted = Signal(object)
    """The path of the folder, or None for all; so with `resume_wanted`."""
    resume_wanted = Signal(object)
    index_now_wanted = Signal()
    reveal_wanted = Signal(object)
    remove_wanted = Signal(object)
    failures_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Folders"))
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)
        self.rows: dict[str, FolderRow] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(2 * GRID, 0, GRID, 0)
        self._column.setSpacing(GRID)
        self._column.addStretch()
        self.add_button = QPushButton(self.tr("Add folder…"))
        self.add_button.clicked.connect(self.add_wanted)
        self.pause_button = PauseButton()
        self.pause_button.pause_wanted.connect(lambda: self.pause_wanted.emit(None))
        self.pause_button.resume_wanted.connect(lambda: self.resume_wanted.emit(None))
        self.held_note = HeldNote()
        self.held_note.index_now_wanted.connect(self.index_now_wanted)
        self._build()

    def show_folders(self, folders: Sequence[FolderStatus], held: Held = Held.NOT) -> None:
        """Show these folders, in this order, and why indexing stands back; rows that stay are updated in place."""
        self.pause_button.show_folders(folders)
        self.held_note.show_held(held)
        paths = [folder.path for folder in folders]
        for path in self.rows.keys() - paths:
            self._drop_row(self.rows.pop(path))
        for place, folder in enumerate(folders):
            row = self.rows.get(folder.path) or self._add_row(folder.path)
            row.show_status(folder)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a width that shows common names whole."""
        return QSize(max(30 * GRID, self.fontMetrics().averageCharWidth() * 32), 60 * GRID)

    def _drop_row(self, row: FolderRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_row(self, path: str) -> FolderRow:
        row = self.rows[path] = FolderRow(path)
        row.rescan_wanted.connect(lambda: self.rescan_wanted.emit(path))
        row.pause_wanted.connect(lambda: self.pause_wanted.emit(path))
        row.resume_wanted.connect(lambda: self.resume_wanted.emit(path))
        row.reveal_wanted.connect(lambda: self.reveal_wanted.emit(path))
        row.remove_wanted.connect(lambda: self.remove_wanted.emit(path))
        row.failures_wanted.connect(lambda: self.failures_wanted.emit(path))
        return row

    def _build(self) -> None:
        heading = Label(self.tr("Folders"), Type.SMALL, dim=True)
        heading.setContentsMargins(2 * GRID, 0, 0, 0)
        inner = QWidget()
        inner.setLayout(self._column)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, 0, GRID, 0)
        foot.setSpacing(GRID)
        foot.addWidget(self.add_button, 1)
        foot.addWidget(self.pause_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(heading)
        column.addWidget(area, 1)
        column.addWidget(self.held_note)
        column.addLayout(foot)
