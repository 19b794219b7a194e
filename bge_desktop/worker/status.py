"""The state of a library in numbers, from the library alone: for the worker, and for a reader beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from bge_desktop.library.counts import Counts, count_files, count_passages
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.messages import FolderState, FolderStatus, Held, LibraryStatus, Progress
from bge_desktop.watch.scan import root_is_here

StateOf = Callable[[str], FolderState]

_SHOWN_FAILURES = 50


def progress(library: Library, state_of: StateOf, paused: Collection[int]) -> Progress:
    """Return how far the library is, as far as it tells itself: `held` only where all that is pending is paused.

    Args:
        library: whose state.
        state_of: says what is done with a folder, by path, that has no pending files.
        paused: the ids of the folders that are left as they are.
    """
    folders = _folder_statuses(library, state_of, paused)
    states = {folder.state for folder in folders if folder.pending}
    return Progress(
        folders=folders,
        files=sum(folder.files for folder in folders),
        passages=library.catalogue.passage_count,
        pending=sum(folder.pending for folder in folders),
        failed=sum(folder.failed for folder in folders),
        failures=tuple(library.failures.all(_SHOWN_FAILURES)),
        held=Held.PAUSED if states == {FolderState.PAUSED} else Held.NOT,
        switched=min(library.switch.done, library.switch.total),
        to_switch=library.switch.total,
    )


def library_status(library: Library, device: str, state_of: StateOf, paused: Collection[int]) -> LibraryStatus:
    """Return the whole state; `device` says in words where embedding runs, the others are as of `progress`."""
    folders = _with_passages(library, _folder_statuses(library, state_of, paused))
    return LibraryStatus(
        folders=folders,
        files=sum(folder.files for folder in folders),
        passages=library.count_passages(),
        failed=sum(folder.failed for folder in folders),
        pending=sum(folder.pending for folder in folders),
        models=library.vectors.status(device),
        bytes=library.bytes_on_disk(),
        failures=tuple(library.failures.all()),
    )


def state_at_rest(path: str) -> FolderState:
    """Return the state of a folder that nobody follows at the moment."""
    return FolderState.WAITING if root_is_here(path) else FolderState.AWAY


def _folder_statuses(library: Library, state_of: StateOf, paused: Collection[int]) -> tuple[FolderStatus, ...]:
    counts = count_files(library.db)

    def state(folder: Folder) -> FolderState:
        return FolderState.PAUSED if folder.id in paused else state_of(folder.path)

    folders = library.folders.all()
    single = library.folders.single_files()
    return tuple(_status(own, counts.get(own.id, Counts()), state(own), own.id in single) for own in folders)


def _with_passages(library: Library, statuses: tuple[FolderStatus, ...]) -> tuple[FolderStatus, ...]:
    ids, counts = {folder.path: folder.id for folder in library.folders.all()}, count_passages(library.db)
    return tuple(replace(status, passages=counts.get(ids.get(status.path, -1), 0)) for status in statuses)


def _status(folder: Folder, counts: Counts, state: FolderState, is_file: bool) -> FolderStatus:
    if state not in (FolderState.SCANNING, FolderState.PAUSED):
        state = FolderState.AWAY if folder.is_away else FolderState.INDEXING if counts.pending else state
    files, pending, failed, in_part = counts.files, counts.pending, counts.failed, counts.in_part
    return FolderStatus(folder.path, state, files, pending, failed, folder.rules, in_part, is_file)
