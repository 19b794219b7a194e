"""Opening a library that another process may own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bge_desktop.errors import LibraryBusyError
from bge_desktop.library.library import Library
from bge_desktop.messages import Event, LibraryBusy

# How often to look whether a library that another process owns has become free.
_AGAIN_S = 1.0


def open_when_free(
    folder: str, emit: Callable[[Event], None], stopping: threading.Event, *, waits: bool
) -> Library | None:
    """Open a library for writing; None where another process owns it, or did until `stopping` was set.

    Args:
        folder: where it is.
        emit: told once that the library is busy, and once that it is not any more.
        stopping: set when it is not wanted any more.
        waits: whether to wait until the library is free.

    Raises:
        LibraryError: it cannot be made, opened or read.
    """
    has_waited = False
    while not stopping.is_set():
        try:
            library = Library(folder)
        except LibraryBusyError:
            if not has_waited:
                emit(LibraryBusy())
            has_waited = True
            if not waits:
                return None
            stopping.wait(_AGAIN_S)
        else:
            if has_waited:
                emit(LibraryBusy(False))
            return library
    return None
