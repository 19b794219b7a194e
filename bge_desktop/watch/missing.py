"""Telling that nothing lies at a path from not being able to look."""

from __future__ import annotations

import errno


def is_missing(error: OSError) -> bool:
    """Return whether an error says that nothing lies at a path: a folder on the way is none, or a link to itself."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
