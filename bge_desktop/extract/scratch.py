"""Folders for what is only passing, in the system's temporary one: each goes with its use, or is swept later on."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from typing import Literal

import psutil

# with the process that uses it: one that was killed removes nothing
_NAME = re.compile(r"bge-desktop-(?:reader|converter)-([0-9]{1,9})-\w+", re.ASCII)


def scratch_folder(role: Literal["reader", "converter"]) -> tempfile.TemporaryDirectory[str]:
    """Make a folder that is removed when it is closed, or by a later `sweep`.

    Raises:
        OSError: it cannot be made.
    """
    return tempfile.TemporaryDirectory(prefix=f"bge-desktop-{role}-{os.getpid()}-", ignore_cleanup_errors=True)


def sweep() -> None:
    """Remove this person's folders whose processes are gone."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):  # another start sweeps, too
                if _is_left(entry):
                    shutil.rmtree(entry.path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    match = _NAME.fullmatch(entry.name)
    if not match or not entry.is_dir(follow_symlinks=False) or psutil.pid_exists(int(match[1])):
        return False
    return os.name != "posix" or entry.stat(follow_symlinks=False).st_uid == os.getuid()
