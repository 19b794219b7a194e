"""What the worker tells, written into the log: in numbers and in our own words, without paths, texts and queries."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable

from bge_desktop.messages import ErrorReport, Event, FolderStatus, LibraryStatus, Progress

_log = logging.getLogger(__name__)


class EventLog:
    """Takes events in the place of `emit`, and passes them on.

    A folder is named by its place among the folders: its path may be private.

    Args:
        emit: takes the events.
    """

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self._before = Progress()

    def emit(self, event: Event) -> None:
        """Log an event and pass it on."""
        match event:
            case ErrorReport():
                _log.info("Told: %s", event.title)
            case Progress():
                self._note(event)
            case LibraryStatus():
                _note_rest(event)
        self._emit(event)

    def _note(self, progress: Progress) -> None:
        before, self._before = self._before, progress
        if progress.encoder != before.encoder:
            _log.info("Embedding runs with %s", progress.encoder)
        if progress.held != before.held:
            _log.info("Indexing is held: %s", progress.held or "no more")
        states = {folder.path: folder.state for folder in before.folders}
        for number, folder in enumerate(progress.folders, 1):
            if folder.state != states.get(folder.path):
                _log.info("Folder %d of %d is %s: %s", number, len(progress.folders), folder.state, _counted(folder))
        if before.busy and not progress.busy:
            _note_rest(progress)


def _counted(folder: FolderStatus) -> str:
    return f"{folder.files} files, {folder.pending} pending, {folder.failed} failed, {folder.in_part} in part"


def _note_rest(state: Progress | LibraryStatus) -> None:
    _log.info("%d files, %d of them pending, %d passages", state.files, state.pending, state.passages)
    if state.failures:
        kinds = Counter(failure.title for failure in state.failures).most_common()
        told = ", ".join(f"{title} ({number})" for title, number in kinds)
        _log.info("Of the newest %d that failed or were read in part: %s", len(state.failures), told)
