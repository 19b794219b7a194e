"""One window for each library: a further start of the app hands over to the window that is open, and leaves."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from bge_desktop.handover import ADDRESS_FILE
from bge_desktop.messages import Shown, WindowWanted
from bge_desktop.ui.bridge import Bridge

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - no secret: by it a desktop knows which start a window answers
_AGAIN_MS = 1000


def handed_over(library: str, folders: Sequence[str], shown: Shown = Shown.WINDOW) -> bool:
    """Have the app that is open for a library come to the front and add folders; return whether there is one."""
    if not os.path.exists(os.path.join(library, ADDRESS_FILE)):
        return False
    from bge_desktop.handover import client  # only now: mostly there is none, and the window is waited for

    _let_forward(client.writer_process(library))
    token = os.environ.get(_TOKEN) or os.environ.get("DESKTOP_STARTUP_ID", "")
    return client.window_shown(library, WindowWanted(tuple(map(os.path.abspath, folders)), token, shown))


def bring_forward(window: QWidget, token: str) -> None:
    """Show a window above all others, as far as the desktop lets it; `token` is that of the start which asks for it."""
    if token and QGuiApplication.platformName().startswith("wayland"):
        os.environ[_TOKEN] = token  # Qt takes it from there, once
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


class GivingWay(QObject):
    """While the library is busy, looks whether by now a window owns it, which then takes over from this one.

    So it is when both were started in the same moment, or waited for the same command.

    Args:
        library: the library's folder.
        bridge: tells when the library is busy, and which folders wait.
        parent: the owner.
        shown: what this start is to bring to the front.
    """

    given = Signal()
    """There is another window: this program is to leave."""
    _given = Signal()

    def __init__(
        self, library: str, bridge: Bridge, parent: QObject | None = None, shown: Shown = Shown.WINDOW
    ) -> None:
        super().__init__(parent)
        self._library, self._bridge, self._shown = library, bridge, shown
        self._asking: threading.Thread | None = None
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self._ask)
        self._given.connect(self._leave, Qt.ConnectionType.QueuedConnection)
        bridge.busy_changed.connect(self._take_note)

    def _take_note(self, is_busy: bool) -> None:
        if is_busy:
            self._ask()
            self._timer.start()
        else:
            self._timer.stop()

    def _ask(self) -> None:
        # in a thread: a process that hangs must not hold up this window
        if self._asking is None or not self._asking.is_alive():
            folders = self._bridge.waiting_folders()
            self._asking = threading.Thread(target=self._give, args=(folders,), name="giving-way", daemon=True)
            self._asking.start()

    def _leave(self) -> None:
        if self._timer.isActive():  # else the library is this window's by now, and it was itself that answered
            self.given.emit()

    def _give(self, folders: Sequence[str]) -> None:
        if handed_over(self._library, folders, self._shown):
            with suppress(RuntimeError):  # the window has been closed meanwhile
                self._given.emit()


def _let_forward(process: int | None) -> None:
    """Pass on to another process the right to come to the front, which Windows gives to what a person starts."""
    if sys.platform == "win32" and process is not None:
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)
