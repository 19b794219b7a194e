"""Names of file systems that stay the same when the system numbers its devices anew, and that no two disks share.

The number of a device does neither: a stick that is plugged in where another one was gets the number of that one, and
a share may have another number after each start of the machine.
"""

from __future__ import annotations

import os
import sys

from bge_desktop.watch.mounts import mount_of, mounts

_DISKS = "/dev/disk/by-uuid"


class Volumes:
    """Names the file systems that one walk comes upon; what it has found it remembers, so make a new one each time."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def name(self, device: int, path: str) -> str:
        """Return the name of the file system with the number `device`, on which `path` lies."""
        if device not in self._names:
            self._names[device] = _name(device, path)
        return self._names[device]


def _name(device: int, path: str) -> str:
    if sys.platform == "win32":
        return str(device)  # the serial number that the volume was given when it was formatted
    return _disk(device) or _share(path) or _statistics(path) or str(device)


def _disk(device: int) -> str:
    """Return the UUID of the disk, which FAT, exFAT and XFS tell nowhere else; "" where the system lists none."""
    try:
        with os.scandir(_DISKS) as disks:
            return next((f"uuid {disk.name}" for disk in disks if os.stat(disk.path).st_rdev == device), "")
    except OSError:
        return ""


def _share(path: str) -> str:
    """Return what is mounted from another machine, as "server:/export"; "" for what names none."""
    mount = mount_of(os.path.realpath(path), mounts())
    is_named = mount is not None and mount.is_remote and (":" in mount.source or mount.source.startswith("//"))
    return mount.source if mount and is_named else ""


def _statistics(path: str) -> str:
    """Return what the file system itself says, as ext4, Btrfs, ZFS and tmpfs do; "" where it says nothing."""
    try:
        number = os.statvfs(path).f_fsid
    except OSError:
        return ""
    return f"fsid {number:x}" if number else ""
