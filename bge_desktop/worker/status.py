"""The state of a library in numbers, from the library alone: for the worker, and for a reader beside it."""

from __future__ import annotations

from collections.abc import Callable

from bge_desktop.library.folders import Counts, Folder
from bge_desktop.library.library import Library
from bge_desktop.messages import FolderState, FolderStatus, LibraryStatus
from bge_desktop.watch.scan import root_is_here

StateOf = Callable[[str], FolderState]


def folder_statuses(library: Library, state_of: StateOf) -> tuple[FolderStatus, ...]:
    """Return how far each folder is; `state_of` says what is done with one, by path, that has no pending files."""
    counts = library.folders.counts()
    return tuple(_status(folder, counts.get(folder.id, Counts()), state_of) for folder in library.folders.all())


def library_status(library: Library, device: str, state_of: StateOf) -> LibraryStatus:
    """Return the whole state; `device` says in words where embedding runs."""
    folders = folder_statuses(library, state_of)
    return LibraryStatus(
        folders=folders,
        files=sum(folder.files for folder in folders),
        passages=library.count_passages(),
        failed=sum(folder.failed for folder in folders),
        pending=sum(folder.pending for folder in folders),
        models=library.model_status(device),
        bytes=library.bytes_on_disk(),
        failures=tuple(library.folders.failures()),
    )


def state_at_rest(path: str) -> FolderState:
    """Return the state of a folder that nobody follows at the moment."""
    return FolderState.WAITING if root_is_here(path) else FolderState.AWAY


def _status(folder: Folder, counts: Counts, state_of: StateOf) -> FolderStatus:
    state = state_of(folder.path)
    if counts.pending and state is not FolderState.SCANNING:
        state = FolderState.INDEXING
    return FolderStatus(folder.path, state, counts.files, counts.pending, counts.failed, folder.rules, counts.in_part)
