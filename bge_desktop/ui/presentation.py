"""Whether something fills the screen that should not be disturbed: a presentation, a film, a game.

Windows tells by itself. On Linux the session bus tells what keeps the screen awake, on GNOME and on desktops with the
older power management interface, as KDE's. macOS tells nothing of it without a special permission, and neither does a
desktop that is neither of these.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

_LOOK_MS = 10_000
_KEEPS_AWAKE = 8  # of GNOME's flags: the session is not to be taken for idle
_DISTURBED_BY_NEWS = (2, 3, 4)  # of Windows' states: filled screen, filled screen by Direct3D, presentation
_PROPERTIES = "org.freedesktop.DBus.Properties"
_GNOME = ("org.gnome.SessionManager", "/org/gnome/SessionManager")
_POWER = ("org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement/Inhibit")


class PresentationWatch(QObject):
    """Looks every few seconds, but only while that matters.

    Args:
        parent: the owner.
        look_ms: how often.
    """

    changed = Signal(bool)
    """Whether there is something by now."""

    def __init__(self, parent: QObject | None = None, look_ms: int = _LOOK_MS) -> None:
        super().__init__(parent)
        self._is_on = False
        self._timer = QTimer(self, interval=look_ms)
        self._timer.timeout.connect(self._look)
        self._asked: list[QObject] = []  # what waits for answers; Qt's owner alone does not keep Python's part alive
        self._answers: list[bool] = []

    def set_wanted(self, is_wanted: bool) -> None:
        """Begin to look, or stop."""
        if is_wanted != self._timer.isActive():
            self._timer.start() if is_wanted else self._timer.stop()
            if is_wanted:
                self._look()

    def _look(self) -> None:
        if sys.platform != "linux":
            self._tell(_windows_is_disturbed())
        elif not self._asked:
            self._answers.clear()
            self._ask_bus()

    def _ask_bus(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        if QDBusConnection.sessionBus().isConnected():
            arguments = [_GNOME[0], "InhibitedActions"]
            self._ask(_GNOME, _PROPERTIES, "Get", arguments, lambda value: bool(value & _KEEPS_AWAKE))
            self._ask(_POWER, "org.freedesktop.PowerManagement.Inhibit", "HasInhibit", [], bool)

    def _ask(
        self, whom: tuple[str, str], interface: str, method: str, arguments: list[str], meaning: Callable[[Any], bool]
    ) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        message = QDBusMessage.createMethodCall(*whom, interface, method)
        message.setArguments(arguments)
        message.setAutoStartService(False)
        watcher = QDBusPendingCallWatcher(QDBusConnection.sessionBus().asyncCall(message), self)
        self._asked.append(watcher)
        watcher.finished.connect(lambda: self._take(watcher, meaning))

    def _take(self, watcher: Any, meaning: Callable[[Any], bool]) -> None:
        """Take an answer; a service that is not there, or says something else, answers no."""
        self._asked.remove(watcher)
        value: Any = None if watcher.isError() else next(iter(watcher.reply().arguments()), None)
        if hasattr(value, "variant"):  # a variant within the answer
            value = value.variant()
        self._answers.append(isinstance(value, int) and meaning(value))
        watcher.deleteLater()
        if not self._asked:
            self._tell(any(self._answers))

    def _tell(self, is_on: bool) -> None:
        if is_on != self._is_on:
            self._is_on = is_on
            self.changed.emit(is_on)


def _windows_is_disturbed() -> bool:
    if sys.platform == "win32":
        state = ctypes.c_int(0)
        is_told = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state)) == 0
        return is_told and state.value in _DISTURBED_BY_NEWS
    return False
