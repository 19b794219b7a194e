"""Why the system does not give a file's content, in words for a person."""

from __future__ import annotations

import errno

from bge_desktop.errors import PassingError

_GONE = ("Vanished", "The file was no longer there when it was to be read. If it comes back, it is read then.")
_NOT_ALLOWED = ("No permission", "You may not read this file. Change its permissions, or leave it out.")
_DISK_ERROR = ("Disk error", "The disk reports an error while reading this file. Copy it from a backup.")
_NOT_A_FILE = (
    "Not a file",
    "This is no regular file but a pipe, a socket, a device, a link or a folder: there is nothing to read.",
)
_UNKNOWN_REASON = (
    "Cannot be opened",
    "The system says: {reason}. Check that you can open the file, then try again.",
)
_REASONS = {
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ESTALE: _GONE,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ENXIO: _NOT_A_FILE,
    errno.ELOOP: _NOT_A_FILE,
    errno.EISDIR: _NOT_A_FILE,
    errno.EIO: _DISK_ERROR,
}


def in_plain_words(error: OSError, path: str) -> PassingError:
    """Return what the system's error means for the file at `path`, and what one can do.

    Even of what is no regular file: where a reader is sent, a scan has seen one, and may see the same one again.
    """
    title, message = _REASONS.get(error.errno or 0, _UNKNOWN_REASON)
    return PassingError(title, message.format(reason=error.strerror or error), path)
