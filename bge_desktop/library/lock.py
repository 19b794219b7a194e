"""The lock that the one writer of a library holds."""

from __future__ import annotations

import errno
import os
import sys

from filelock import FileLock, Timeout

from bge_desktop.own_files import clear_the_way

_NAME = "library.lock"
# what file systems say that lock no folders, as those of networks
_NO_LOCKS = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


class LibraryLock:
    """A lock on the file `library.lock`, and where the system can, on the library's folder as well.

    The file may be deleted while it is held, and another one locked; the folder is the same as long as there is one.
    Windows locks no folders, and deletes no file that is open.

    Args:
        folder: the library's.
    """

    def __init__(self, folder: str) -> None:
        self._path, self._folder = os.path.join(folder, _NAME), _FolderLock(folder)
        self._file = FileLock(self._path, timeout=0, mode=0o600)

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            BlockingIOError: another one holds it.
            OSError, NotImplementedError: it cannot be made.
        """
        self._folder.acquire()
        try:
            clear_the_way(self._path)
            self._file.acquire()
        except Timeout as error:
            self._folder.release()
            raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), self._path) from error
        except BaseException:
            self._folder.release()
            raise

    def release(self) -> None:
        """Let it go."""
        self._file.release()
        self._folder.release()


def is_locked(folder: str) -> bool:
    """Return whether a library has a writer. Makes no file.

    Raises:
        OSError, NotImplementedError: that cannot be found out.
    """
    # without its file, the folder alone tells
    lock = LibraryLock(folder) if os.path.isfile(os.path.join(folder, _NAME)) else _FolderLock(folder)
    try:
        lock.acquire()
    except BlockingIOError:
        return True
    lock.release()
    return False


class _FolderLock:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._opened: int | None = None

    def acquire(self) -> None:
        if sys.platform == "win32":
            return
        import fcntl

        self._opened = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(self._opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            if error.errno not in _NO_LOCKS:
                raise

    def release(self) -> None:
        if self._opened is not None:
            os.close(self._opened)
            self._opened = None
