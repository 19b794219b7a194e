"""What is asked of the folders of a library: adding and removing them, looking again, rules and pauses."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from typing import Any

from bge_desktop.errors import RequestError
from bge_desktop.library.library import Library
from bge_desktop.messages import (
    AddFolder,
    FolderRules,
    Pause,
    RemoveFolder,
    Request,
    Rescan,
    Resume,
    Retry,
    SetRules,
)
from bge_desktop.worker.adding import holder
from bge_desktop.worker.following import Following
from bge_desktop.worker.pausing import Pausing
from bge_desktop.worker.scanning import is_below


class FolderRequests:
    """Does what is asked of folders; a part of the worker (see `worker.dispatch.Part`).

    Args:
        library: whose folders.
        following: looks at the folders.
        pausing: says which are left as they are.
        on_removed: called when a folder has been removed; its files and documents are still to go.
        take_back: called when folders are paused: what is being embedded is to wait again.
        go_on: called when there is more to read or to embed.
    """

    requests: tuple[type[Request], ...] = (AddFolder, RemoveFolder, Rescan, Retry, SetRules, Pause, Resume)

    def __init__(
        self,
        library: Library,
        following: Following,
        pausing: Pausing,
        *,
        on_removed: Callable[[], None],
        take_back: Callable[[], None],
        go_on: Callable[[], None],
    ) -> None:
        self._library, self._following, self._pausing = library, following, pausing
        self._on_removed, self._take_back, self._go_on = on_removed, take_back, go_on

    def do(self, request: Any) -> None:
        """Do what is asked.

        Raises:
            RequestError: it cannot be done as asked.
        """
        match request:
            case AddFolder(path):
                self.add(path)
            case RemoveFolder(path):
                self._remove(path)
            case Rescan(path):
                self._rescan(path)
            case Retry(paths):
                self._retry(paths)
            case Pause(path):
                self._pause(path)
            case Resume(path):
                self._resume(path)
            case SetRules(path, rules, instead_of):
                self._set_rules(path, rules, instead_of)

    def close(self) -> None:
        """Stop: nothing is under way here."""

    def add(self, path: str) -> None:
        """Add a folder or file and index it.

        Raises:
            RequestError: see `holder`.
        """
        path = os.path.abspath(path)
        if within := holder(self._library, path):
            self._following.scan_as_asked(within, path)
            return
        for below in self._library.folders.all():
            if is_below(below.path, [path]):
                self._following.end(below.path)  # it becomes a part of the new one
        folder = self._library.folders.add(path)
        self._library.keep_list()
        self._pausing.wish(folder)
        self._following.begin(folder)

    def _remove(self, path: str) -> None:
        """Forget a folder and all that is known of its files."""
        for folder in self._library.folders.all():
            if folder.path == path:
                self._following.end(path)
                self._library.remove_folder(folder)
                self._library.keep_list()
                self._on_removed()

    def _rescan(self, path: str | None) -> None:
        """Look for changes in one folder or in all, and try failed files again, but for those put aside."""
        self._library.failures.retry_all()
        for folder in self._library.folders.all():
            if path in (None, folder.path):
                self._following.scan_as_asked(folder, folder.path)
        self._go_on()

    def _retry(self, paths: Sequence[str]) -> None:
        """Try files again that failed or were read in part, even those put aside; without paths, all but those.

        Raises:
            RequestError: one of them has not failed; the others are tried all the same.
        """
        if not paths:
            self._library.retry_in_part()
            self._rescan(None)
            return
        unknown = [path for path in paths if not self._library.retry(path)]
        for folder in self._library.folders.all():
            for path in paths:
                if is_below(path, [folder.path]):
                    self._following.scan_as_asked(folder, path)
        if unknown:
            message = "Only files that could not be read can be tried again."
            raise RequestError("Not among the failed files", message, unknown[0])

    def _set_rules(self, path: str, rules: FolderRules, instead_of: FolderRules | None) -> None:
        """Have other rules hold for a folder, and bring it in step with them.

        Raises:
            RequestError: it is no folder of the library, or other rules than `instead_of` hold for it by now.
        """
        folder = self._library.folders.at(path)
        if folder is None:
            raise RequestError("Not a folder of the library", "Add it first; then choose its rules.", path)
        if instead_of not in (None, folder.rules):
            raise RequestError("The rules have changed", "They were changed elsewhere meanwhile. Try again.", path)
        self._library.folders.set_rules(folder, rules)
        self._library.keep_list()
        self._following.end(path)
        self._following.begin(dataclasses.replace(folder, rules=rules))

    def _pause(self, path: str | None) -> None:
        """Leave a folder, or all, as they are: but for files in the readers' hands, at once.

        Raises:
            RequestError: it is no folder of the library.
        """
        for folder in self._pausing.begin(path):
            self._following.give_up_scan(folder)
        self._take_back()
        self._go_on()

    def _resume(self, path: str | None) -> None:
        """Go on with a folder, or with all, and find what has changed meanwhile.

        Raises:
            RequestError: it is no folder of the library.
        """
        for folder in self._pausing.end(path):
            self._following.scan(folder, folder.path)
        self._go_on()
