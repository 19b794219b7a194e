"""The page of the folders: which are indexed, how far they are, and what one can do with them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bge_desktop.messages import FolderStatus, Held
from bge_desktop.ui import theme
from bge_desktop.ui.folder_row import FolderRow
from bge_desktop.ui.held_note import HeldNote, PauseButton
from bge_desktop.ui.pages import DropTarget
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.widgets import IconButton, Pages


class FoldersPage(QWidget):
    """All folders, and buttons for what is done to all of them; without folders, an invitation to add one.

    Args:
        parent: the owner.
        clock: seconds that never go back.
    """

    add_wanted = Signal()
    rescan_wanted = Signal(object)
    """The path of the folder, or None for all. Paths travel as objects: as a Qt string, a name that is not UTF-8 would
    be lost."""
    pause_wanted = Signal(object)
    """The path of the folder, or None for all; so with `resume_wanted`."""
    resume_wanted = Signal(object)
    index_now_wanted = Signal()
    rules_wanted = Signal(object)
    """The path of the folder; so with all that follow."""
    reveal_wanted = Signal(object)
    remove_wanted = Signal(object)
    failures_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Folders"))
        self.rows: dict[str, FolderRow] = {}
        self._clock = clock
        self._passages: dict[str, int | None] = {}
        self._folders: tuple[FolderStatus, ...] = ()
        self._held = Held.NOT
        self._column = QVBoxLayout()
        self._make_buttons()
        self.drop_target = DropTarget()
        self.drop_target.clicked.connect(self.add_wanted)
        self._stack = Pages()
        self._build()

    def show_folders(self, folders: Sequence[FolderStatus], held: Held = Held.NOT) -> None:
        """Show these folders, in this order, and why indexing stands back; rows that stay are updated in place."""
        self._folders, self._held = tuple(folders), held
        self.pause_button.show_folders(folders)
        self.rescan_button.setEnabled(bool(folders))
        self.held_note.show_held(held)
        self._stack.setCurrentIndex(0 if folders else 1)
        focused = self._focused_place()
        gone = [self.rows.pop(path) for path in self.rows.keys() - {folder.path for folder in folders}]
        for place, folder in enumerate(folders):
            self._put_row(place, folder)
        for row in gone:
            self._drop_row(row)
        if focused is not None and folders and gone:
            self.rows[folders[min(focused, len(folders) - 1)].path].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_passages(self, folders: Sequence[FolderStatus]) -> None:
        """Show how many passages these folders had when they were counted; `show_folders` leaves that as it is."""
        self._passages = {folder.path: folder.passages for folder in folders}
        self.show_folders(self._folders, self._held)

    def _put_row(self, place: int, folder: FolderStatus) -> None:
        row = self.rows.get(folder.path) or self._add_row(folder)
        if folder.passages is None:
            folder = replace(folder, passages=self._passages.get(folder.path))
        row.show_status(folder, self._held)
        if self._column.indexOf(row) != place:
            self._column.insertWidget(place, row)

    def _focused_place(self) -> int | None:
        """Return the place of the row that has the focus, or has it once the window has it again."""
        widget = self.window().focusWidget()
        rows = self.rows.values()
        row = next((own for own in rows if widget is not None and (own is widget or own.isAncestorOf(widget))), None)
        return None if row is None else self._column.indexOf(row)

    def _drop_row(self, row: FolderRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_row(self, folder: FolderStatus) -> FolderRow:
        path = folder.path
        row = self.rows[path] = FolderRow(path, theme.kind_icon(path) if folder.is_file else "folder", self._clock)
        row.rescan_wanted.connect(partial(self.rescan_wanted.emit, path))
        row.pause_wanted.connect(partial(self.pause_wanted.emit, path))
        row.resume_wanted.connect(partial(self.resume_wanted.emit, path))
        row.rules_wanted.connect(partial(self.rules_wanted.emit, path))
        row.reveal_wanted.connect(partial(self.reveal_wanted.emit, path))
        row.remove_wanted.connect(partial(self.remove_wanted.emit, path))
        row.failures_wanted.connect(partial(self.failures_wanted.emit, path))
        row.moved.connect(partial(self._focus_beside, row))
        return row

    def _focus_beside(self, row: FolderRow, by: int) -> None:
        item = self._column.itemAt(self._column.indexOf(row) + by)
        if item is not None and (beside := item.widget()) is not None:
            beside.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(beside)

    def _make_buttons(self) -> None:
        self.add_button = QPushButton(self.tr("Add folder…"))
        self.add_button.clicked.connect(self.add_wanted)
        self.pause_button = PauseButton()
        self.pause_button.pause_wanted.connect(lambda: self.pause_wanted.emit(None))
        self.pause_button.resume_wanted.connect(lambda: self.resume_wanted.emit(None))
        self.rescan_button = IconButton("rescan", self.tr("Look for changes in all folders"))
        self.rescan_button.setAutoRaise(False)
        self.rescan_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.rescan_button.setText(self.tr("Rescan all"))
        self.rescan_button.clicked.connect(lambda: self.rescan_wanted.emit(None))
        self.held_note = HeldNote()
        self.held_note.index_now_wanted.connect(self.index_now_wanted)

    def _make_empty(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.addStretch(1)
        row.addWidget(self.drop_target, 4, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return page

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.add_button)
        head.addStretch()
        head.addWidget(self.pause_button)
        head.addWidget(self.rescan_button)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._column.setSpacing(GRID)
        self._column.addStretch()
        inner = QWidget()
        inner.setLayout(self._column)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its rows take it, and lead it along
        self._area.setWidget(inner)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._make_empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID * 3 // 2)
        column.addLayout(head)
        column.addWidget(self.held_note)
        column.addWidget(self._stack, 1)
