"""The state of a library in numbers, from the library alone: for the worker, and for a reader beside it."""

from __future__ import annotations

from collections.abc import Collection

from bge_desktop.library.folders import Counts, Folder
from bge_desktop.library.library import Library
from bge_desktop.messages import FolderState, FolderStatus, LibraryStatus
from bge_desktop.watch.scan import root_is_here


def folder_statuses(library: Library, scanning: Collection[str], *, is_watched: bool) -> tuple[FolderStatus, ...]:
    """Return how far each folder is.

    Args:
        library: whose folders.
        scanning: the paths of those that are being scanned.
        is_watched: whether changes on the disk are being followed.
    """
    counts = library.folders.counts()
    return tuple(
        _status(folder, counts.get(folder.id, Counts()), folder.path in scanning, is_watched)
        for folder in library.folders.all()
    )


def library_status(library: Library, device: str, scanning: Collection[str], *, is_watched: bool) -> LibraryStatus:
    """Return the whole state; `device` says in words where embedding runs."""
    folders = folder_statuses(library, scanning, is_watched=is_watched)
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


def _status(folder: Folder, counts: Counts, is_scanning: bool, is_watched: bool) -> FolderStatus:
    state = _state(folder, counts.pending, is_scanning, is_watched)
    return FolderStatus(folder.path, state, counts.files, counts.pending, counts.failed)


def _state(folder: Folder, pending: int, is_scanning: bool, is_watched: bool) -> FolderState:
    if is_scanning:
        return FolderState.SCANNING
    if pending:
        return FolderState.INDEXING
    if not root_is_here(folder.path):
        return FolderState.AWAY
    return FolderState.WATCHED if is_watched else FolderState.WAITING
