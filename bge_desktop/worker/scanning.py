"""Comparing a folder on the disk with what the library knows of it, a portion at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from bge_desktop.errors import UserError
from bge_desktop.library.folders import Folder
from bge_desktop.library.known_files import KnownFile
from bge_desktop.library.library import Library
from bge_desktop.watch.deletions import Deletions
from bge_desktop.watch.scan import FileStamp, root_is_here, scan
from bge_desktop.watch.volumes import Volumes

_PORTION = 256
_KNOWN_PORTION = 2048
_SECOND_NS = 1_000_000_000


def compare(library: Library, folder: Folder, *under: str) -> Iterator[None]:
    """Note what was added, changed or removed at or below some paths, yielding after each portion of the work.

    All are looked at before anything is forgotten, so that what was moved from one to another is known there.

    Files that could not be opened are read again: a permission that was given shows in nothing that is compared; and
    so are those whose content is in doubt. What is missing is forgotten only where it is certain to be deleted (see
    `Deletions`), and lies below nothing unreadable. A folder or file that cannot be looked at is recorded as failed,
    so that nothing is left out without a word. Where nothing is found of what is known, the folder is marked as away.
    A file of which only the `ctime_ns` is another one is read again: its content may have been changed and its time
    set back. Its hash tells; where it is the same, nothing is embedded.

    Args:
        library: what is known; its own folder holds no documents of the person's.
        folder: the folder to compare.
        under: the parts of it to look at, as paths.
    """
    if root_is_here(folder.path):
        yield from _Comparison(library, folder, under).run()
    else:
        library.folders.set_away(folder, True)


class _Comparison:
    def __init__(self, library: Library, folder: Folder, under: Sequence[str]) -> None:
        self._library, self._folder, self._under = library, folder, under
        self._volumes = Volumes()
        self._deletions = self._deletions_of(folder)
        self._unreadable: list[UserError] = []
        self._found: set[int] = set()
        self._are_kept = False

    def run(self) -> Iterator[None]:
        """Compare; see `compare`."""
        root = _identity(self._folder.path)
        for under in self._under:
            for stamps in self._portions(under):
                self._take(stamps)
                self._note_root(root)
                yield
        for error in self._unreadable:
            self._library.failures.record_unread(self._folder, error)
        if root is not None and root == _identity(self._folder.path):
            for under in self._under:
                yield from self._remove_missing(under)
        if self._found or self._folder.path in self._under:
            self._library.folders.set_away(self._folder, self._are_kept and not self._found)

    def _deletions_of(self, folder: Folder) -> Deletions:
        return Deletions(folder.path, folder.rules, self._volumes, folder.inode)

    def _portions(self, under: str) -> Iterator[list[FileStamp]]:
        folder, on_error = self._folder, self._unreadable.append
        walk = scan(folder.path, under, on_error=on_error, chosen=folder.rules, volumes=self._volumes)
        while portion := list(islice(walk, _PORTION)):
            yield [stamp for stamp in portion if not is_below(stamp.path, [self._library.folder])]

    def _take(self, stamps: list[FileStamp]) -> None:
        folders, now = self._library.folders, time.time_ns()
        known = folders.known([stamp.path for stamp in stamps])
        same = [(known[own.path], own) for own in stamps if own.path in known and known[own.path].is_same(own)]
        self._note_devices(same)
        folders.set_ctimes((file.id, own.ctime_ns) for file, own in same if not file.ctime_ns)
        new = [stamp for stamp in stamps if stamp.path not in known]
        settled = {file.path for file, _ in same} | self._take_moved(new)
        folders.mark_pending(self._folder, [stamp for stamp in stamps if stamp.path not in settled])
        known.update(folders.known([stamp.path for stamp in new]))
        self._found.update(file.id for file in known.values())
        folders.set_state([file.id for file, _ in same if file.is_to_be_read_again(now)], "pending")

    def _take_moved(self, new: list[FileStamp]) -> set[str]:
        """Have files that were moved keep what is known of them, unread; return their new paths."""
        # a time of whole seconds was set by a program, as from an archive: many files may have it, in turn one inode
        inodes = [stamp.inode for stamp in new if stamp.mtime_ns % _SECOND_NS]
        if not inodes:
            return set()
        # asked anew each time: a disk may go while the walk is under way
        deletions = {own.id: self._deletions_of(own) for own in self._library.folders.all()}
        same = [own for own in self._library.folders.indexed_with(inodes) if own.folder_id in deletions]
        former = {_looks(own): own for own in same}
        moved = set()
        for stamp in new:
            file = former.get(_looks(stamp))
            if file is not None and _has_left(file, deletions[file.folder_id]):
                self._library.folders.move(file, self._folder, stamp)
                del former[_looks(stamp)]
                moved.add(stamp.path)
        return moved

    def _note_root(self, root: tuple[int, int] | None) -> None:
        if self._found and root is not None:
            self._library.folders.set_inode(self._folder, str(root[1]))

    def _note_devices(self, same: list[tuple[KnownFile, FileStamp]]) -> None:
        moved = [(file, stamp.device) for file, stamp in same if file.device != stamp.device]
        for file, device in moved:
            self._deletions.note_renamed(file.device, device)
        for device in {device for _, device in moved}:
            self._library.folders.set_device([file for file, new in moved if new == device], device)

    def _remove_missing(self, under: str) -> Iterator[None]:
        blocked = [error.path for error in self._unreadable if error.path]
        after = ""
        while known := self._library.folders.files(self._folder, under, after, _KNOWN_PORTION):
            missing = [own for own in known.values() if own.id not in self._found and not is_below(own.path, blocked)]
            gone = [file for file in missing if self._is_gone(file)]
            self._are_kept |= len(missing) > len(gone)
            for first in range(0, len(gone), _PORTION):
                self._library.folders.remove_files(gone[first : first + _PORTION])
                yield
            after = next(reversed(known))
            yield

    def _is_gone(self, file: KnownFile) -> bool:
        return is_below(file.path, [self._library.folder]) or self._deletions.is_believed(file.path, file.device)


def _has_left(file: KnownFile, deletions: Deletions) -> bool:
    """Return whether a file is not where it was. While it is away, one that looks like it may be its hard link."""
    return not os.path.lexists(file.path) and deletions.is_believed(file.path, file.device)


def _looks(file: KnownFile | FileStamp) -> tuple[str, str, int, int]:
    """Return what tells that a file under another path is the same one."""
    return file.device, str(file.inode), file.size, file.mtime_ns


def _identity(root: str) -> tuple[int, int] | None:
    try:
        status = os.stat(root)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_below(path: str, others: Sequence[str]) -> bool:
    """Whether a path is one of the others, or lies below one."""
    return any(path == other or path.startswith(os.path.join(other, "")) for other in others)
