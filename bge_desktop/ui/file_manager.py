"""Asks the desktop's file manager to show a file, selected, in its folder."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bge_desktop.ui.paths import file_url

_NAME = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"


def show_in_file_manager(path: str, otherwise: Callable[[], None]) -> None:
    """Show `path` in the file manager; call `otherwise`, maybe later, where none answers to that."""
    if not (sys.platform == "linux" and _asked_over_dbus(path, otherwise)):
        otherwise()


def _asked_over_dbus(path: str, otherwise: Callable[[], None]) -> bool:
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
    except ImportError:  # a build of Qt without it
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    call = QDBusMessage.createMethodCall(_NAME, _PATH, _NAME, "ShowItems")
    call.setArguments([[file_url(path).toString(file_url(path).ComponentFormattingOption.FullyEncoded)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call))
    _pending.add(watcher)
    watcher.finished.connect(lambda: _finish(watcher, otherwise))
    return True


_pending: set[object] = set()
"""Calls that wait for their answer: an object that nobody holds is gone before it comes."""


def _finish(watcher: object, otherwise: Callable[[], None]) -> None:
    from PySide6.QtDBus import QDBusPendingCallWatcher

    assert isinstance(watcher, QDBusPendingCallWatcher)
    _pending.discard(watcher)
    if watcher.isError():
        otherwise()
