"""Starts the window, then the worker."""

from __future__ import annotations

import gc
import linecache
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSettings, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop import resources
from bge_desktop.logs.crashes import Report, recorded
from bge_desktop.logs.versions import library_versions
from bge_desktop.messages import Shown, displayable
from bge_desktop.settings import read
from bge_desktop.ui.bridge import Bridge, WorkerFactory
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.crash_report import CrashNotice, qt_recorded
from bge_desktop.ui.history import History
from bge_desktop.ui.languages import Speech
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.presence import Presence
from bge_desktop.ui.second_start import GivingWay, handed_over
from bge_desktop.ui.spoken_window import SpokenWindow
from bge_desktop.ui.window import MainWindow


def run(library: str, device: str = "auto", folders: Sequence[str] = (), shown: Shown = Shown.WINDOW) -> int:
    """Open the window and return the exit status once the app is quit; where it is open, have that one shown and leave.

    Args:
        library: the folder that holds the library; it need not be there yet.
        device: where embedding runs: "auto", or a device's name.
        folders: folders and files to add at once.
        shown: what comes to the front. Without the window, there is the tray; where there is none, the window all the
            same.
    """
    if handed_over(library, folders, shown):
        return 0
    with recorded(library, "the window") as report, qt_recorded(report):
        return _run(library, device, folders, shown, report)


def _run(library: str, device: str, folders: Sequence[str], shown: Shown, report: Report) -> int:
    app, places = _application(), _places(library)
    choices, speech = Choices(library, read(library)[0]), Speech(app)
    speech.choose(choices.settings.language)
    bridge = Bridge(partial(_load_worker, library, device, report))
    presence = Presence(app, bridge, choices, library, places)
    history = _history(library, choices, presence)
    spoken = SpokenWindow(partial(_window, library, bridge, places, presence, history), speech, choices, bridge)
    _give_way(library, bridge, app, shown)
    for folder in folders:
        bridge.add_folder(os.path.abspath(folder))
    _start_with(spoken.window, bridge, shown)
    presence.start(shown)
    with _quit_on_signals(app):
        status = app.exec()
    spoken.window.hide()  # it looks closed while the worker finishes
    presence.close()
    history.close()
    bridge.stop()
    return status


def _history(library: str, choices: Choices, presence: Presence) -> History:
    """Return the queries of the past, kept as long as a person wants them kept."""
    history = History(library)
    choices.changed.connect(lambda settings: history.keep(settings.keep_history))
    presence.clear_history_wanted.connect(history.clear)
    history.keep(choices.settings.keep_history)
    history.open()
    return history


def _window(library: str, bridge: Bridge, places: QSettings, presence: Presence, history: History) -> MainWindow:
    """Return a new window, in the language that is spoken now."""
    opener = Opener()
    window = MainWindow(bridge, places, opener, history)
    opener.setParent(window)
    presence.set_window(window, opener)
    window.settings_wanted.connect(presence.show_settings)
    presence.folders_wanted.connect(window.show_library)
    window.quit_wanted.connect(QApplication.quit)
    notice = CrashNotice(library, window.message_bar, window)
    FirstPaint(window).happened.connect(notice.look, Qt.ConnectionType.QueuedConnection)
    return window


def _start_with(window: MainWindow, bridge: Bridge, shown: Shown) -> None:
    """Start the worker once the window is on the screen, or at once where it is not to be."""
    if shown is Shown.WINDOW:
        FirstPaint(window).happened.connect(bridge.start, Qt.ConnectionType.QueuedConnection)
    else:
        QTimer.singleShot(0, bridge, bridge.start)


def _give_way(library: str, bridge: Bridge, app: QApplication, shown: Shown) -> None:
    giving = GivingWay(library, bridge, bridge, shown)
    giving.given.connect(app.quit)


class FirstPaint(QObject):
    """Tells once that a window has been painted for the first time."""

    happened = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the first paint event; whoever is connected by a queue hears of it when it is on the screen.

        Of the system's window: a widget whose children cover it has none.
        """
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            watched.windowHandle().installEventFilter(self)
        elif event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.happened.emit()
        return False


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("bge-desktop")
    app.setApplicationDisplayName("BGE Desktop")
    app.setDesktopFileName("bge-desktop")
    app.setWindowIcon(QIcon(resources.path("icons", "bge-desktop.svg")))
    return app


def _load_worker(library: str, device: str, report: Report) -> WorkerFactory:
    # Only now: it imports numpy and the database, which would hold up the window.
    with _uncollected():
        from bge_desktop.worker import Worker

    linecache.clearcache()  # PySide looks into the source of all that is imported, and all of it would be kept
    report.add_to_head(library_versions())
    return partial(Worker, library, device=device)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have the garbage collector never look at what is there at the end: it stops all threads, the window's as well."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _places(library: str) -> QSettings:
    return QSettings(displayable(os.path.join(library, "window.ini")), QSettings.Format.IniFormat)


@contextmanager
def _quit_on_signals(app: QApplication) -> Iterator[None]:
    """Leave in good order on Ctrl+C and at the end of the session, also while Qt waits for events."""
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(app.quit)
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    woken = signal.set_wakeup_fd(writer.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
