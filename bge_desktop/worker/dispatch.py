"""Which part of the worker does what a request asks for."""

from __future__ import annotations

from collections.abc import Callable

from bge_desktop.messages import (
    AddFolder,
    Event,
    FindPassages,
    IndexNow,
    Pause,
    Presenting,
    ReloadSettings,
    RemoveFolder,
    ReportStatus,
    Request,
    Rescan,
    Resume,
    Retry,
    Search,
    SetRules,
    ShowPreview,
    Typing,
    UnpackMember,
)
from bge_desktop.worker.indexing import Indexing
from bge_desktop.worker.previewing import Previewing
from bge_desktop.worker.searching import Searching
from bge_desktop.worker.unpacking import Unpacking


class Dispatch:
    """Has requests done, in the worker's thread.

    Args:
        searching, previewing, unpacking, indexing: the parts.
        emit: takes what answers at once.
        reload_settings: has the settings hold as they stand in the library's file.
    """

    def __init__(
        self,
        searching: Searching,
        previewing: Previewing,
        unpacking: Unpacking,
        indexing: Indexing,
        emit: Callable[[Event], None],
        reload_settings: Callable[[], None],
    ) -> None:
        self._searching, self._previewing = searching, previewing
        self._unpacking, self._indexing, self._emit = unpacking, indexing, emit
        self._reload_settings = reload_settings

    def __call__(self, request: Request) -> None:
        """Begin what a request asks for; it may fail as the part does that is asked."""
        match request:
            case Search() | FindPassages() | ShowPreview() | UnpackMember():
                self._answer(request)
            case Typing():
                self._indexing.stand_back()
                self._searching.get_ready()
            case Presenting(is_on):
                self._indexing.manners.present(is_on)
            case IndexNow():
                self._indexing.manners.override()
            case ReloadSettings():
                self._reload_settings()
            case ReportStatus():
                self._emit(self._indexing.status())
            case _:
                self._change(request)

    def _answer(self, request: Search | FindPassages | ShowPreview | UnpackMember) -> None:
        match request:
            case Search():  # not a reason to stand back: the window also asks again when the library has changed
                self._searching.search(request)
            case FindPassages():
                self._searching.find_passages(request)
            case ShowPreview():
                self._previewing.show(request)
            case UnpackMember():
                self._unpacking.unpack(request)

    def _change(self, request: AddFolder | RemoveFolder | Rescan | Retry | SetRules | Pause | Resume) -> None:
        match request:
            case AddFolder(path):
                self._indexing.add_folder(path)
            case RemoveFolder(path):
                self._indexing.remove_folder(path)
            case Rescan(path):
                self._indexing.rescan(path)
            case Retry(paths):
                self._indexing.retry(paths)
            case Pause(path):
                self._indexing.pause(path)
            case Resume(path):
                self._indexing.end_pause(path)
            case SetRules(path, rules, instead_of):
                self._indexing.set_rules(path, rules, instead_of)
