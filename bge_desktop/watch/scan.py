"""Walking a folder: which files there are, and how each of them looked when it was seen."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bge_desktop.errors import UserError
from bge_desktop.messages import FolderRules
from bge_desktop.watch.missing import is_missing
from bge_desktop.watch.rules import Rules
from bge_desktop.watch.volumes import Volumes

OnError = Callable[[UserError], None]


class FileStamp(NamedTuple):
    """A regular file as it was seen. While none of this changes, the file need not be read again.

    Attributes:
        path: the root's own path, continued; bytes that are not UTF-8 are surrogate escapes.
        size: in bytes.
        mtime_ns: time of the last change of the content, nanoseconds since the epoch.
        inode: the file's number on its device: the same after a rename.
        device: the file system that holds it, as `Volumes` names it.
        ctime_ns: time of the last change of anything about the file, as `mtime_ns`: who sets that back changes this
            one. On Windows it is the time of creation. 0: not known.
    """

    path: str
    size: int
    mtime_ns: int
    inode: int
    device: str
    ctime_ns: int = 0


def root_is_here(root: str) -> bool:
    """Return whether a folder exists and can be listed, or a single file exists."""
    try:
        if not stat.S_ISDIR(os.stat(root).st_mode):
            return stat.S_ISREG(os.stat(root).st_mode)
        with os.scandir(root):
            return True
    except OSError:
        return False


def lies_below(root: str, path: str) -> bool:
    """Return whether a walk of the root would come to a regular file of this very path: behind no link.

    Raises:
        OSError: it could not be looked at.
    """
    if _lies_behind_link(root, path):  # first: what the link leads to may not be readable
        return False
    try:
        is_file = stat.S_ISREG(os.lstat(path).st_mode)
        # where upper and lower case are alike, a file that was renamed answers to its former name as well
        return is_file and _is_spelt_so(root, path)
    except OSError as error:
        if is_missing(error):
            return False
        raise


def scan(
    root: str,
    start: str | None = None,
    *,
    on_error: OnError,
    chosen: FolderRules | None = None,
    volumes: Volumes | None = None,
) -> Iterator[FileStamp]:
    """Yield the regular files of `root` that the rules do not leave out, in the order of their names.

    Symbolic links below the root are skipped; the root itself may be one. A root that is a single file is yielded
    whatever its name.

    Args:
        root: a folder, or a single file.
        start: a folder or a file below the root, to look at this part only. One that is gone, or is left out, yields
            nothing: what was known below it is to be forgotten.
        on_error: told of each folder or file that could not be read, with its path. Nothing is known of what lies
            below such a path; its absence from the walk does not mean that it was deleted.
        chosen: the folder's own rules.
        volumes: the names of file systems that were found so far.
    """
    volumes = volumes or Volumes()
    start = root if start is None else start
    status = _start_status(start, start == root, on_error)
    if status is None:
        return
    rules = Rules(root, on_error, chosen)
    is_folder = stat.S_ISDIR(status.st_mode)
    if rules.leaves_out(start, is_folder) or _lies_behind_link(root, start):
        return
    if is_folder:
        yield from _walk(start, rules, on_error, volumes)
    elif found := _stamp(start, status, volumes):
        yield found


def _walk(start: str, rules: Rules, on_error: OnError, volumes: Volumes) -> Iterator[FileStamp]:
    folders = [start]
    while folders:
        folder = folders.pop()
        subfolders = []
        for entry in _entries(folder, on_error):
            status = _entry_status(entry, on_error)
            if status is None or rules.leaves_out_entry(folder, entry.name, stat.S_ISDIR(status.st_mode)):
                continue
            if stat.S_ISDIR(status.st_mode):
                subfolders.append(entry.path)
            elif found := _stamp(entry.path, status, volumes):
                yield found
        folders.extend(reversed(subfolders))


def _entries(folder: str, on_error: OnError) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        on_error(_unreadable(folder, error))
        return []


def _entry_status(entry: os.DirEntry[str], on_error: OnError) -> os.stat_result | None:
    try:
        # A listing on Windows carries no inode and no device.
        return os.lstat(entry.path) if os.name == "nt" else entry.stat(follow_symlinks=False)
    except OSError as error:
        # A file that vanished is one that was deleted: no more to say. With a folder it may be a disk that went away.
        if not isinstance(error, FileNotFoundError) or entry.is_dir(follow_symlinks=False):
            on_error(_unreadable(entry.path, error))
        return None


def _start_status(start: str, is_root: bool, on_error: OnError) -> os.stat_result | None:
    try:
        return os.stat(start, follow_symlinks=is_root)
    except OSError as error:
        if is_root or not is_missing(error):
            on_error(_unreadable(start, error))
        return None


def _stamp(path: str, status: os.stat_result, volumes: Volumes) -> FileStamp | None:
    if not stat.S_ISREG(status.st_mode):
        return None
    device = volumes.name(status.st_dev, path)
    return FileStamp(path, status.st_size, status.st_mtime_ns, status.st_ino, device, status.st_ctime_ns)


def _lies_behind_link(root: str, path: str) -> bool:
    """Return whether a folder between root and path is a symbolic link, which a walk would not have entered."""
    while len(path := os.path.dirname(path)) > len(root):
        if os.path.islink(path):
            return True
    return False


def _is_spelt_so(root: str, path: str) -> bool:
    while len(path) > len(root):
        folder, name = os.path.split(path)
        if name not in os.listdir(folder):
            return False
        path = folder
    return True


def _unreadable(path: str, error: OSError) -> UserError:
    if isinstance(error, PermissionError):
        message = "You have no permission to read it. Change its permissions, then scan again."
    elif isinstance(error, FileNotFoundError):
        message = "It is not there (any more). If it is on a disk or a share, connect that, then scan again."
    else:
        message = f"The system could not read it ({error.strerror}). Check the disk, then scan again."
    return UserError("Could not be read", message, path)
