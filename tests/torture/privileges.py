"""What the system lets only root do, or lets root alone ignore: mounting, and permissions that bind nobody else."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

_BIND, _DETACH = 4096, 2
_SET_SECURE_BITS, _GET_SECURE_BITS = 28, 27
_NO_ROOT = 1
_VERSION_3 = 0x20080522
_PASSES_BY_PERMISSIONS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def mount(folder: str, place: str) -> None:
    """Have what is in `folder` appear at `place`, as a file system that was mounted there.

    Raises:
        OSError: the system does not allow it.
    """
    _call("mount", os.fsencode(folder), os.fsencode(place), None, _BIND, None)


def mount_new(place: str) -> None:
    """Mount an empty file system.

    Raises:
        OSError: the system does not allow it.
    """
    _call("mount", b"tmpfs", os.fsencode(place), b"tmpfs", 0, b"mode=0700")


def unmount(place: str) -> None:
    """Take away what was mounted last at `place`.

    Raises:
        OSError: nothing is mounted there.
    """
    _call("umount2", os.fsencode(place), _DETACH)


def can_mount(place: str) -> bool:
    """Return whether this process may mount at a folder."""
    if sys.platform != "linux":
        return False
    try:
        mount_new(place)
    except OSError:
        return False
    unmount(place)
    return True


@contextlib.contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Have permissions bind this thread, and the processes and threads that it starts, though it be root's."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    bits = _call("prctl", _GET_SECURE_BITS, 0, 0, 0, 0)
    effective, permitted, inheritable = _capabilities()
    _call("prctl", _SET_SECURE_BITS, bits | _NO_ROOT, 0, 0, 0)
    _set_capabilities(effective & ~_PASSES_BY_PERMISSIONS, permitted, inheritable)
    try:
        yield
    finally:
        _set_capabilities(effective, permitted, inheritable)
        _call("prctl", _SET_SECURE_BITS, bits, 0, 0, 0)


def _capabilities() -> tuple[int, int, int]:
    low_high = (ctypes.c_uint32 * 6)()
    _call("capget", (ctypes.c_uint32 * 2)(_VERSION_3, 0), low_high)
    return tuple(low_high[n] | low_high[n + 3] << 32 for n in range(3))


def _set_capabilities(*sets: int) -> None:
    halves = [half for shift in (0, 32) for half in (own >> shift & 0xFFFFFFFF for own in sets)]
    _call("capset", (ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)(*halves))


def _call(name: str, *arguments: object) -> int:
    result = getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
