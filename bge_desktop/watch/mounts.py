"""The mount table: which file systems there are, where they begin, and which of them lie on other machines."""

from __future__ import annotations

import os
from typing import NamedTuple

import psutil

# What other machines change goes unseen by the system's own means of watching; so do most of FUSE's file systems.
_REMOTE_KINDS = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "coda", "9p", "virtiofs"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "gfs2", "ocfs2", "orangefs", "pvfs2", "davfs", "webdav"),
        *("ftp", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "fuse", "macfuse", "osxfuse"),
    )
)
# The common ways of a FUSE file system that lies on a local disk itself: NTFS and exFAT.
_LOCAL_FUSE = ("fuseblk",)


class Mount(NamedTuple):
    """One line of the mount table.

    Attributes:
        point: the folder at which the file system begins.
        source: the disk, or the server and what of it.
        kind: of the file system, as "ext4" or "nfs4".
        options: as the system writes them, between commas.
    """

    point: str
    source: str
    kind: str
    options: str

    @property
    def is_remote(self) -> bool:
        """Whether other machines may change what it holds."""
        kind = self.kind.lower()
        if kind in _LOCAL_FUSE:
            return False
        return kind in _REMOTE_KINDS or kind.startswith("fuse") or "remote" in self.options.split(",")


def mounts() -> tuple[Mount, ...]:
    """Return the mount table; nothing where the system keeps it to itself."""
    try:
        partitions = psutil.disk_partitions(all=True)
    except OSError:
        return ()
    return tuple(Mount(part.mountpoint, part.device, part.fstype, part.opts) for part in partitions)


def mount_of(path: str, table: tuple[Mount, ...]) -> Mount | None:
    """Return the mount that holds a path, which must be absolute and without links in it; None where none is known."""
    holding = [mount for mount in table if _holds(mount.point, path)]
    # of several at one place, the last has covered the others
    return max(reversed(holding), key=lambda mount: len(mount.point), default=None)


def is_remote(path: str, table: tuple[Mount, ...]) -> bool:
    """Return whether a path, absolute and without links in it, lies on another machine."""
    mount = mount_of(path, table)
    return _is_unc(path) or (mount is not None and mount.is_remote)


def concerns(change: str, root: str) -> bool:
    """Return whether a mount that came or went at the point `change` lies above or below a root."""
    return _holds(change, root) or _holds(root, change)


def _holds(point: str, path: str) -> bool:
    point, path = os.path.normcase(point), os.path.normcase(path)
    return path == point or path.startswith(os.path.join(point, ""))


def _is_unc(path: str) -> bool:
    return os.name == "nt" and path.startswith("\\\\") and not path.startswith(("\\\\?\\", "\\\\.\\"))
