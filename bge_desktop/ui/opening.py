"""Opening documents and folders with the system's own programs. Nothing is ever run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from bge_desktop.messages import ErrorReport
from bge_desktop.ui.file_manager import show_in_file_manager
from bge_desktop.ui.paths import file_url, shown_path


def _suffixes(words: str) -> frozenset[str]:
    return frozenset(f".{word}" for word in words.split())


_DOCUMENTS = _suffixes("csv doc docx epub htm html markdown md odp ods odt org pdf ppt pptx rst rtf text txt xls xlsx")
_RUN_ANYWHERE = _suffixes(
    "app appimage bash bat bin class cmd com command deb desktop dmg exe flatpakref fish jar jnlp lnk msi msix pkg ps1 "
    "rpm run scf scr sh snap terminal tool url webloc workflow zsh"
)
_RUN_ON_WINDOWS = _suffixes(
    "application chm cpl gadget hta inf ins js jse msc msh msp pif ps1xml psc1 psm1 py pyc pyw pyz reg sct shb vb vbe "
    "vbs ws wsc wsf wsh xll"
)


class Kind(Enum):
    """What stands at a path, as far as opening it goes."""

    GONE = "gone"
    FOLDER = "folder"
    DOCUMENT = "document"
    PROGRAM = "program"


def kind_of(path: str) -> Kind:
    """Look at a path. What the system would run is a `PROGRAM`, also behind a link with a harmless name."""
    real = os.path.realpath(path)
    if not os.path.exists(real):
        return Kind.GONE
    if any(_suffix(name) in _RUN_ANYWHERE or _runs_on_windows(name) for name in (path, real)):
        return Kind.PROGRAM
    if os.path.isdir(real):
        return Kind.FOLDER
    executable = os.name == "posix" and os.access(real, os.X_OK)
    return Kind.PROGRAM if executable and _suffix(real) not in _DOCUMENTS else Kind.DOCUMENT


def _suffix(path: str) -> str:
    # Windows opens `x.exe.` and `x.exe ` as `x.exe`.
    return os.path.splitext(path.rstrip(". "))[1].lower()


def _runs_on_windows(path: str) -> bool:
    return os.name == "nt" and _suffix(path) in _RUN_ON_WINDOWS


class Opener(QObject):
    """Opens and reveals files. Looks at the disk in a thread: a network folder may take its time to answer.

    Args:
        parent: the owner.
        open_url: hands a URL to the system; false when it has no program for it.
    """

    failed = Signal(object)
    """An `ErrorReport`."""

    _looked = Signal(object, object, object)

    def __init__(
        self, parent: QObject | None = None, open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
    ) -> None:
        super().__init__(parent)
        self._open_url = open_url
        self._looked.connect(lambda action, path, kind: action(path, kind), Qt.ConnectionType.QueuedConnection)

    def open(self, path: str) -> None:
        """Open a document with the person's own program; show a program in its folder instead."""
        self._look(self._open_now, path)

    def reveal(self, path: str) -> None:
        """Show a file, selected, in the system's file manager; open a folder in it."""
        self._look(self._reveal_now, path)

    def _look(self, action: Callable[[str, Kind], None], path: str) -> None:
        def look() -> None:
            self._looked.emit(action, path, kind_of(path))

        threading.Thread(target=look, name="look-at-file", daemon=True).start()

    def _open_now(self, path: str, kind: Kind) -> None:
        if kind is Kind.GONE:
            self._report_gone(path)
        elif kind is Kind.PROGRAM:
            self._reveal_now(path, kind)
        else:
            self._hand_over(path)

    def _reveal_now(self, path: str, kind: Kind) -> None:
        if kind is Kind.GONE:
            self._report_gone(path)
        elif kind is Kind.FOLDER:
            self._hand_over(path)
        else:
            show_in_file_manager(path, lambda: self._hand_over(os.path.dirname(path)))

    def _hand_over(self, path: str) -> None:
        if not self._open_url(file_url(path)):
            message = self.tr("The system knows no program for this kind of file. Choose one in its settings.")
            self.failed.emit(ErrorReport(self.tr("Could not open"), f"{message} {shown_path(path)}", path))

    def _report_gone(self, path: str) -> None:
        message = self.tr("{path} was moved or deleted, or its disk is not connected. Rescan its folder to find it.")
        self.failed.emit(ErrorReport(self.tr("File not found"), message.format(path=shown_path(path)), path))
