"""One folder on the folders page: how far it is, and what one can do with it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QVBoxLayout

from bge_desktop.messages import FolderState, FolderStatus, Held
from bge_desktop.ui import wording
from bge_desktop.ui.cards import paint_card
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.time_left import TimeLeft
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.widgets import IconButton, IconLabel, Label

_STANDING_STILL = (Held.BATTERY, Held.LOW_BATTERY, Held.PRESENTATION)


class FolderRow(QFrame):  # a frame has a role for screen readers
    """A card that takes the focus: its keys and its context menu do what its buttons do.

    Args:
        path: of the folder.
        icon: the name of its drawing.
        clock: seconds that never go back.
    """

    rescan_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    rules_wanted = Signal()
    reveal_wanted = Signal()
    remove_wanted = Signal()
    failures_wanted = Signal()
    moved = Signal(int)
    """The Up or Down key asks for the row so many further down."""

    def __init__(self, path: str, icon: str = "folder", clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._path, self._clock, self._time_left = path, clock, TimeLeft()
        self._is_paused = self._is_file = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(shown_name(path))
        self._name = ElidedLabel(shown_name(path), Type.HEADING, Qt.TextElideMode.ElideMiddle)
        self._where = ElidedLabel(shown_path(path), Type.SMALL, Qt.TextElideMode.ElideMiddle, dim=True)
        self._state = Label(style=Type.SMALL)
        self._state.setWordWrap(True)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(GRID // 2)
        self._make_buttons()
        self._build(IconLabel(icon, 1.5))

    def show_status(self, status: FolderStatus, held: Held = Held.NOT) -> None:
        """Show how far the folder is, and how long the rest will take where that can be told."""
        self._is_paused, self._is_file = status.state is FolderState.PAUSED, status.is_file
        self._note_pace(status, held)
        self._state.setText(wording.joined(wording.state_text(status), self._time_left_text()))
        self.setToolTip(plain_tip("\n".join(filter(None, (shown_path(self._path), wording.state_tip(status))))))
        self._describe()
        self.failed_button.setVisible(status.failed + status.in_part > 0)
        self.failed_button.setText(wording.failed_text(status))
        self.failed_button.setAccessibleName(wording.failed_text(status))
        self._show_pause()
        self._show_progress(status)

    def state_text(self) -> str:
        """Return how far the folder is, in words."""
        return self._state.text()

    def make_menu(self) -> QMenu:
        """Return the folder's menu; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._is_paused:
            menu.addAction(self.tr("Resume")).triggered.connect(self.resume_wanted)
        else:
            menu.addAction(self.tr("Pause")).triggered.connect(self.pause_wanted)
        menu.addAction(self.tr("Rescan")).triggered.connect(self.rescan_wanted)
        if not self._is_file:
            menu.addAction(self.tr("Rules…")).triggered.connect(self.rules_wanted)
        menu.addAction(self.tr("Show in file manager")).triggered.connect(self.reveal_wanted)
        menu.addSeparator()
        removal = menu.addAction(self.tr("Remove…"))
        removal.setShortcut(QKeySequence.StandardKey.Delete)
        removal.setShortcutVisibleInContextMenu(True)
        removal.triggered.connect(self.remove_wanted)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer the folder's menu."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._open_menu() if is_by_key else self.make_menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete asks to remove the folder; the arrows lead to the rows above and below."""
        match event.key():
            case Qt.Key.Key_Delete:
                self.remove_wanted.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_F10 if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self._open_menu()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the card."""
        paint_card(self)

    def _describe(self) -> None:
        description = wording.joined(self._state.text(), shown_path(self._path))
        if description != self.accessibleDescription():  # each change is told to a screen reader
            self.setAccessibleDescription(description)

    def _note_pace(self, status: FolderStatus, held: Held) -> None:
        if status.state is FolderState.INDEXING and held not in _STANDING_STILL:
            self._time_left.note(status.pending, self._clock())
        else:
            self._time_left.forget()

    def _time_left_text(self) -> str:
        seconds = self._time_left.seconds()
        return "" if seconds is None else wording.time_left_text(seconds)

    def _show_pause(self) -> None:
        meaning = self.tr("Resume {name}") if self._is_paused else self.tr("Pause {name}")
        name = shown_name(self._path)
        self.pause_button.set_icon("resume" if self._is_paused else "pause", meaning.format(name=name))

    def _show_progress(self, status: FolderStatus) -> None:
        self.progress.setVisible(status.state in (FolderState.SCANNING, FolderState.INDEXING))
        total = 0 if status.state is FolderState.SCANNING else max(status.files, status.pending)
        self.progress.setRange(0, total)
        self.progress.setValue(total - status.pending)

    def _make_buttons(self) -> None:
        name = shown_name(self._path)
        self.progress.setAccessibleName(self.tr("Progress of {name}").format(name=name))
        self.failed_button = IconButton("warning", self.tr("Show which files these are, and why"))
        self.failed_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.failed_button.clicked.connect(self.failures_wanted)
        self.pause_button = IconButton("pause", "")
        self.pause_button.clicked.connect(lambda: (self.resume_wanted if self._is_paused else self.pause_wanted).emit())
        self.rescan_button = IconButton("rescan", self.tr("Look for changes in {name}").format(name=name))
        self.rescan_button.clicked.connect(self.rescan_wanted)
        self.menu_button = IconButton("more", self.tr("More actions for {name}").format(name=name))
        self.menu_button.clicked.connect(self._open_menu)

    def _open_menu(self) -> None:
        self.make_menu().popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _build(self, icon: IconLabel) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        for label in (self._name, self._where, self._state):
            texts.addWidget(label)
        texts.addWidget(self.failed_button, 0, Qt.AlignmentFlag.AlignLeading)
        texts.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID * 3 // 2, GRID, GRID * 3 // 2)
        row.setSpacing(GRID // 2)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(GRID)
        row.addLayout(texts, 1)
        for button in (self.pause_button, self.rescan_button, self.menu_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
