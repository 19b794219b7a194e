"""What the kernel keeps a reader process from, once and for all, even where a parser in it has been taken over.

On Linux, without any library:

- Landlock (Linux 5.13 and newer): no file is written, made, moved or removed but below one scratch folder, and no
  program is run; from 6.7 on, no TCP connection is made or taken; from 6.12 on, no signal leaves the process.
- seccomp (x86_64 and aarch64): no socket of any kind, no new process, no look into or signal to another one, no change
  of a file's permissions, owner or times. Where Landlock is missing, no file is opened for writing at all.

Both are kept by `no_new_privs`, and neither restricts reading: a reader opens any file that it is asked for. A reader
that is taken over can thus read what the person can read, but has nowhere to send it except to its parent, which takes
nothing but text of limited length from it.

Elsewhere there is no such fence that needs no installation: what protects on macOS and Windows is that the reader is
a process of its own, ended when it takes too long, and that its Python code is refused the network and programs
(`reader_process`).
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from typing import NamedTuple

from bge_desktop.extract.system_calls import filter_system_calls


class Confinement(NamedTuple):
    """Which fences stand."""

    files: bool
    system_calls: bool


# linux/landlock.h; the same numbers on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_SET_NO_NEW_PRIVS = 38
_EXECUTE, _WRITE_FILE, _REMOVE_DIR, _REMOVE_FILE = 1 << 0, 1 << 1, 1 << 4, 1 << 5
_MAKE_DIR, _MAKE_REGULAR = 1 << 7, 1 << 8
_MAKE_OTHERS = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12  # devices, sockets, pipes, symbolic links
_REFER, _TRUNCATE, _CONTROL_DEVICE = 1 << 13, 1 << 14, 1 << 15  # since versions 2, 3 and 5
_IN_SCRATCH = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REGULAR
_BIND_TCP, _CONNECT_TCP = 1 << 0, 1 << 1  # since version 4
_ABSTRACT_SOCKETS, _SIGNALS = 1 << 0, 1 << 1  # since version 6


def confine(scratch: str) -> Confinement:
    """Put up the fences that this system has; none of them can be taken down again.

    Args:
        scratch: the only folder in which files may be written.
    """
    if sys.platform != "linux":
        return Confinement(files=False, system_calls=False)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))) != 0:
        return Confinement(files=False, system_calls=False)
    files = _restrict_files(scratch)
    return Confinement(files, filter_system_calls(writing=files))


def _restrict_files(scratch: str) -> bool:
    version = _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    rights = _rights(version)
    attributes = struct.pack("=QQQ", *rights)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        _allow_writing(ruleset, scratch, rights[0])
        return _call(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _rights(version: int) -> tuple[int, int, int]:
    """Return what a version of Landlock can refuse: in the file system, on the network, and towards other processes."""
    files = _EXECUTE | _IN_SCRATCH | _MAKE_OTHERS
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _CONTROL_DEVICE)):
        files |= right if version >= since else 0
    network = _BIND_TCP | _CONNECT_TCP if version >= 4 else 0
    return files, network, _ABSTRACT_SOCKETS | _SIGNALS if version >= 6 else 0


def _allow_writing(ruleset: int, scratch: str, handled: int) -> None:
    """Except a folder. Where it cannot be opened, nothing can be written anywhere, which is safe."""
    try:
        folder = os.open(scratch, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        _call(_ADD_RULE, ruleset, _BENEATH, struct.pack("=Qi", (_IN_SCRATCH | _TRUNCATE) & handled, folder), 0)
    finally:
        os.close(folder)


def _call(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; return what it gives, or -1."""
    syscall = ctypes.CDLL(None, use_errno=True).syscall
    syscall.restype = ctypes.c_long
    values = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(syscall(ctypes.c_long(number), *values))
