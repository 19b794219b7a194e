"""Loads what draws the map in a thread: it is much, and the window goes on meanwhile."""

from __future__ import annotations

import importlib
import linecache
import threading

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from bge_desktop.messages import ErrorReport


class MapLoader(QObject):
    """Loads it once. It lives as long as the app, or until it is done: whoever waits for it may go before."""

    loaded = Signal(object)
    """The module `map_view`."""
    failed = Signal(object)
    """An `ErrorReport`."""

    _done = Signal(object)

    def __init__(self) -> None:
        app = QCoreApplication.instance()
        assert app is not None
        super().__init__(app)
        self._thread = threading.Thread(target=self._load, name="load-map", daemon=True)
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        app.aboutToQuit.connect(self._thread.join)

    def start(self) -> None:
        """Begin; one of the signals tells what came of it."""
        self._thread.start()

    def _load(self) -> None:
        try:
            module = importlib.import_module("bge_desktop.ui.map_view")
        except (ImportError, OSError) as error:
            self._done.emit(error)
            return
        linecache.clearcache()  # PySide looks into the source of all that is imported, and all of it would be kept
        self._done.emit(module)

    def _tell(self, outcome: object) -> None:
        if isinstance(outcome, Exception):
            message = self.tr("A part of the program is missing or damaged ({reason}). Install it again.")
            self.failed.emit(ErrorReport(self.tr("The map cannot be drawn"), message.format(reason=outcome)))
        else:
            self.loaded.emit(outcome)
        self.deleteLater()
