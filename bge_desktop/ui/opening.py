"""Opening documents and folders with the system's own programs. No program or script that was found is ever run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QProcess, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from bge_desktop.messages import ErrorReport, MemberUnpacked, SearchResult, UnpackMember
from bge_desktop.ui.file_kinds import Kind, kind_of, kind_of_member
from bge_desktop.ui.file_manager import show_in_file_manager
from bge_desktop.ui.paths import file_url, shown_name, shown_path
from bge_desktop.ui.viewers import Spot, command_at, spot_of


@dataclass(frozen=True)
class _Seen:
    """What a look at a path has shown, and the command that opens it at the place that is wanted, if there is one."""

    path: str
    kind: Kind
    command: list[str] | None


def _start(command: list[str]) -> bool:
    """Start a viewer that outlives this program; tell whether it could be started."""
    started, _ = QProcess.startDetached(command[0], command[1:])
    return started


class Opener(QObject):
    """Opens and reveals files. Looks at the disk in a thread: a network folder may take its time to answer.

    Args:
        parent: the owner.
        open_url: hands a URL to the system; false when it has no program for it.
        viewer_at: returns the command that opens a file at a spot, or None; called in a thread.
        start: starts such a command; false when that fails.
    """

    failed = Signal(object)
    """An `ErrorReport`."""
    member_wanted = Signal(object)
    """An `UnpackMember`: what is to be opened may lie in a file within a file. `open_unpacked` takes the answer."""

    _looked = Signal(object, object)

    def __init__(
        self,
        parent: QObject | None = None,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        viewer_at: Callable[[str, Spot], list[str] | None] = command_at,
        start: Callable[[list[str]], bool] = _start,
    ) -> None:
        super().__init__(parent)
        self._open_url, self._viewer_at, self._start = open_url, viewer_at, start
        self._looked.connect(lambda action, seen: action(seen), Qt.ConnectionType.QueuedConnection)

    def open(self, path: str) -> None:
        """Open a document with the person's own program; show a program in its folder instead."""
        self._look(self._open_now, path)

    def open_result(self, result: SearchResult) -> None:
        """Open a document at the place of its passage, as far as that can be done."""
        if result.place:
            wanted = UnpackMember(result.path, result.place, result.page)
            self._look(partial(self._open_or_want, wanted), result.path)
        else:
            self._look(self._open_now, result.path, Spot(result.page))

    def open_unpacked(self, answer: MemberUnpacked) -> None:
        """Open what was taken out of an archive; of a program or script, show the archive in its folder instead."""
        spot = spot_of(answer.place, answer.page)
        if answer.file == answer.path:
            self._look(self._open_now, answer.path, spot)
        else:
            self._look(partial(self._open_member, answer.path), answer.file, spot, kind_of_member)

    def reveal(self, path: str) -> None:
        """Show a file, selected, in the system's file manager; open a folder in it."""
        self._look(self._reveal_now, path)

    def _look(
        self,
        action: Callable[[_Seen], None],
        path: str,
        spot: Spot | None = None,
        kind_at: Callable[[str], Kind] = kind_of,
    ) -> None:
        def look() -> None:
            kind = kind_at(path)
            command = self._viewer_at(path, spot) if spot and kind is Kind.DOCUMENT else None
            with suppress(RuntimeError):  # the window has gone meanwhile, as with a change of language
                self._looked.emit(action, _Seen(path, kind, command))

        threading.Thread(target=look, name="look-at-file", daemon=True).start()

    def _open_now(self, seen: _Seen) -> None:
        if seen.kind is Kind.GONE:
            self._report_gone(seen.path)
        elif seen.kind is Kind.PROGRAM:
            self._reveal_now(seen)
        elif not (seen.command and self._start(seen.command)):
            self._open_folder(seen.path) if seen.kind is Kind.FOLDER else self._open_file(seen.path)

    def _open_or_want(self, wanted: UnpackMember, seen: _Seen) -> None:
        if seen.kind is Kind.DOCUMENT:
            self.member_wanted.emit(wanted)
        else:
            self._open_now(seen)

    def _open_member(self, archive: str, seen: _Seen) -> None:
        if seen.kind is not Kind.PROGRAM:
            self._open_now(seen)
            return
        message = self.tr(
            "“{name}” in {archive} is a program or a script, and none is started from here. If you trust it, unpack it."
        )
        message = message.format(name=shown_name(seen.path), archive=shown_path(archive))
        self.failed.emit(ErrorReport(self.tr("Not opened"), message, archive))
        self.reveal(archive)

    def _reveal_now(self, seen: _Seen) -> None:
        if seen.kind is Kind.GONE:
            self._report_gone(seen.path)
        elif seen.kind is Kind.FOLDER:
            self._open_folder(seen.path)
        else:
            show_in_file_manager(seen.path, lambda: self._open_folder(os.path.dirname(seen.path)))

    def _open_folder(self, path: str) -> None:
        message = self.tr("The system knows no file manager. Install one, or choose one in its settings.")
        self._hand_over(path, message)

    def _open_file(self, path: str) -> None:
        message = self.tr("The system knows no program for this kind of file. Choose one in its settings.")
        self._hand_over(path, message)

    def _hand_over(self, path: str, message: str) -> None:
        """Have the system open a path; `message` says what to do where it has no program for it."""
        if not self._open_url(file_url(path)):
            self.failed.emit(ErrorReport(self.tr("Could not open"), f"{message} {shown_path(path)}", path))

    def _report_gone(self, path: str) -> None:
        message = self.tr("{path} was moved or deleted, or its disk is not connected. Rescan its folder to find it.")
        self.failed.emit(ErrorReport(self.tr("File not found"), message.format(path=shown_path(path)), path))
