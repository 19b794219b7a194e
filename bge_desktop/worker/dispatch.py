"""Which part of the worker does what a request asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bge_desktop.messages import (
    Event,
    FindPassages,
    IndexNow,
    Presenting,
    ReloadSettings,
    ReportStatus,
    Request,
    Search,
    ShowPreview,
    Typing,
    UnpackMember,
)
from bge_desktop.worker.indexing import Indexing
from bge_desktop.worker.previewing import Previewing
from bge_desktop.worker.searching import Searching
from bge_desktop.worker.unpacking import Unpacking


class Part(Protocol):
    """A part of the worker with requests of its own.

    Attributes:
        requests: the types of those that it does.
    """

    requests: tuple[type[Request], ...]

    def do(self, request: Any) -> None:
        """Begin what a request asks for."""

    def close(self) -> None:
        """Stop; what is not done yet goes on at the next start."""


class Dispatch:
    """Has requests done, in the worker's thread.

    Args:
        searching, previewing, unpacking, indexing: the parts that do what most requests ask for.
        parts: those with requests of their own.
        emit: takes what answers at once.
        reload_settings: has the settings hold as they stand in the library's file.
    """

    def __init__(
        self,
        searching: Searching,
        previewing: Previewing,
        unpacking: Unpacking,
        indexing: Indexing,
        parts: Sequence[Part],
        emit: Callable[[Event], None],
        reload_settings: Callable[[], None],
    ) -> None:
        self._searching, self._previewing = searching, previewing
        self._unpacking, self._indexing, self._emit = unpacking, indexing, emit
        self._reload_settings = reload_settings
        self._parts = {kind: part for part in parts for kind in part.requests}

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
            case _ if part := self._parts.get(type(request)):
                part.do(request)

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
