"""The icon in the tray, on desktops that have one: how far the library is, and the way back to the window."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from bge_desktop import resources
from bge_desktop.messages import Progress
from bge_desktop.ui.wording import are_paused, progress_text, unread_text

_LOOK_MS = 3000
_SHOWN_MS = 10_000

translate = QCoreApplication.translate


class Tray(QObject):
    """Is there as long as there is a tray; one may come later, as with a panel that starts after this program.

    Args:
        parent: the owner.
        is_there: tells whether there is a tray now.
        look_ms: how often that is asked.
    """

    open_wanted = Signal()
    quick_search_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()
    came_or_went = Signal(bool)
    """Whether there is a tray from now on."""

    def __init__(
        self,
        parent: QObject | None = None,
        is_there: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        look_ms: int = _LOOK_MS,
    ) -> None:
        super().__init__(parent)
        self._is_there = is_there
        self._progress = Progress()
        self.icon: QSystemTrayIcon | None = None
        self.make_menu()
        self._timer = QTimer(self, interval=look_ms)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Show the icon where there is a tray, and from then on whenever there is one."""
        self.look()
        self._timer.start()

    def close(self) -> None:
        """Take the icon away for good."""
        self._timer.stop()
        self._take_away()

    def make_menu(self) -> None:
        """Make the menu, in the language that is spoken now."""
        self.menu = QMenu()
        self._fill_menu(self.menu)
        self.show_progress(self._progress)
        if self.icon is not None:
            self.icon.setContextMenu(self.menu)

    @property
    def is_available(self) -> bool:
        """Whether there was a tray at the last look."""
        return self.icon is not None

    def look(self) -> None:
        """Look whether there is a tray."""
        is_there = self._is_there()
        if is_there != self.is_available:
            self._put_up() if is_there else self._take_away()
            self.came_or_went.emit(is_there)

    def show_progress(self, progress: Progress) -> None:
        """Tell how far the library is."""
        self._progress = progress
        self._pause.setVisible(bool(progress.folders) and not are_paused(progress.folders))
        self._resume.setVisible(are_paused(progress.folders))
        if self.icon is not None:
            self.icon.setToolTip(tip_text(progress))

    def notify(self, title: str, message: str) -> None:
        """Have the desktop tell something, where there is a tray."""
        if self.icon is not None:
            if sys.platform == "linux":  # where some desktops read HTML
                message = message.replace("<", "‹").replace(">", "›")
            self.icon.showMessage(title, message, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)

    def _put_up(self) -> None:
        # made anew each time: Qt decides with the first look of an icon which kind of tray it is for
        self.icon = QSystemTrayIcon(_drawing(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._take_click)
        self.icon.messageClicked.connect(self.open_wanted)
        self.icon.setToolTip(tip_text(self._progress))
        self.icon.show()

    def _take_away(self) -> None:
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None

    def _take_click(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":  # there, it opens the menu
            self.open_wanted.emit()

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction(self.tr("Open BGE Desktop")).triggered.connect(self.open_wanted)
        menu.addAction(self.tr("Quick search")).triggered.connect(self.quick_search_wanted)
        menu.addSeparator()
        self._pause = menu.addAction(self.tr("Pause indexing"))
        self._pause.triggered.connect(self.pause_wanted)
        self._resume = menu.addAction(self.tr("Resume indexing"))
        self._resume.triggered.connect(self.resume_wanted)
        menu.addAction(self.tr("Settings…")).triggered.connect(self.settings_wanted)
        menu.addSeparator()
        menu.addAction(self.tr("Quit")).triggered.connect(self.quit_wanted)


def tip_text(progress: Progress) -> str:
    """Return a few lines: the name, how far the library is, and how many files could not be read."""
    lines = (translate("Tray", "BGE Desktop"), progress_text(progress), unread_text(progress.failed))
    return "\n".join(filter(None, lines))


def _drawing() -> QIcon:
    if sys.platform == "darwin":  # its menu bar draws in one colour
        drawing = QIcon(resources.path("icons", "search.svg"))
        drawing.setIsMask(True)
        return drawing
    return QIcon(resources.path("icons", "tray.svg"))
