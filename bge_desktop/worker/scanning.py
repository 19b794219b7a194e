"""Comparing a folder on the disk with what the library knows of it, a portion at a time."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from bge_desktop.errors import UserError
from bge_desktop.library.folders import Folder, Folders, KnownFile
from bge_desktop.watch.scan import FileStamp, root_is_here, scan

_PORTION = 256


def compare(folders: Folders, folder: Folder, under: str, leave_out: str) -> Iterator[None]:
    """Note what was added, changed or removed at or below a path, yielding after each portion of the work.

    Files that could not be opened are read again: a permission that was given shows in nothing that is compared.
    Deletions are believed only when the folder itself is there and what is missing lies below nothing unreadable. A
    folder or file that cannot be looked at is recorded as failed, so that nothing is left out without a word.

    Args:
        folders: what is known.
        folder: the folder to compare.
        under: the part of it to look at, a path.
        leave_out: a path that is no document of the person's, with all that is below: the library itself.
    """
    if not root_is_here(folder.path):
        return
    known = folders.files(folder, under)
    unopened = folders.passing_failures()
    unreadable: list[UserError] = []
    stamps = scan(folder.path, under, on_error=unreadable.append, chosen=folder.rules)
    while portion := list(islice(stamps, _PORTION)):
        portion = [stamp for stamp in portion if not is_below(stamp.path, [leave_out])]
        changed = [stamp for stamp in portion if not _is_known(known, stamp, unopened)]
        folders.mark_pending(folder, changed)
        for stamp in portion:
            known.pop(stamp.path, None)
        yield
    for error in unreadable:
        folders.fail_unread(folder, error)
    blocked = [error.path for error in unreadable if error.path]
    if root_is_here(folder.path):
        folders.remove_files(file for path, file in known.items() if not is_below(path, blocked))


def _is_known(known: dict[str, KnownFile], stamp: FileStamp, unopened: Collection[int]) -> bool:
    file = known.get(stamp.path)
    return file is not None and file.is_same(stamp) and file.id not in unopened


def is_below(path: str, others: Sequence[str]) -> bool:
    """Whether a path is one of the others, or lies below one."""
    return any(path == other or path.startswith(os.path.join(other, "")) for other in others)
