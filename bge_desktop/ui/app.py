"""Starts the window, then the worker."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSettings, QSocketNotifier, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop import resources
from bge_desktop.logs.crashes import Report, recorded
from bge_desktop.logs.versions import library_versions
from bge_desktop.messages import displayable
from bge_desktop.ui.bridge import Bridge, WorkerFactory
from bge_desktop.ui.crash_report import CrashNotice, qt_recorded
from bge_desktop.ui.second_start import GivingWay, handed_over
from bge_desktop.ui.window import MainWindow


def run(library: str, device: str = "auto", folders: Sequence[str] = ()) -> int:
    """Open the window and return the exit status once it is closed; where it is open, have that one shown and leave.

    Args:
        library: the folder that holds the library; it need not be there yet.
        device: where embedding runs: "auto", or a device's name.
        folders: folders and files to add at once.
    """
    if handed_over(library, folders):
        return 0
    with recorded(library, "the window") as report, qt_recorded(report):
        return _run(library, device, folders, report)


def _run(library: str, device: str, folders: Sequence[str], report: Report) -> int:
    app = _application()
    bridge = Bridge(partial(_load_worker, library, device, report))
    window = MainWindow(bridge, _settings(library))
    GivingWay(library, bridge, window)
    for folder in folders:
        bridge.add_folder(os.path.abspath(folder))
    first_paint = FirstPaint(window)
    first_paint.happened.connect(bridge.start, Qt.ConnectionType.QueuedConnection)
    notice = CrashNotice(library, window.message_bar, window)
    first_paint.happened.connect(notice.look, Qt.ConnectionType.QueuedConnection)
    window.show()
    with _quit_on_signals(app):
        status = app.exec()
    window.hide()  # it looks closed while the worker finishes
    bridge.stop()
    return status


class FirstPaint(QObject):
    """Tells once that a window has been painted for the first time."""

    happened = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the first paint event; whoever is connected by a queue hears of it when it is on the screen."""
        if event.type() == QEvent.Type.Paint:
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
    from bge_desktop.worker import Worker

    report.add_to_head(library_versions())
    return partial(Worker, library, device=device)


def _settings(library: str) -> QSettings:
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
