"""What the library knows of a file, as it stands in the table `files`."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from bge_desktop.watch.scan import FileStamp

# A further change may leave a file's time as it is while this is not over: FAT counts in steps of two seconds.
GRAIN_NS = 3_000_000_000
# What a `KnownFile` tells. Of a file that has ended a reader nothing is in doubt: it would end the next one.
KNOWN_COLUMNS = (
    "id, path, size, mtime_ns, inode, device, state, document_id, folder_id, ctime_ns,"
    " CASE WHEN kills THEN 0 ELSE doubtful_until END,"
    " state = 'failed' AND EXISTS (SELECT 1 FROM failures WHERE file_id = files.id AND passing)"
)


class KnownFile(NamedTuple):
    """A file as the library last saw it.

    Attributes:
        inode, device: as text: on Windows an inode does not fit SQLite's integers.
        doubtful_until: nanoseconds since the epoch. The file was read so soon after its last change that a further one
            may have left its time as it is; once this is over, one more reading settles it. 0: there is no doubt.
        ctime_ns: as of a `FileStamp`.
        is_passing: whether it failed for a reason that may be over, though the file looks the same.
    """

    id: int
    path: str
    size: int
    mtime_ns: int
    inode: str
    device: str
    state: str
    document_id: int | None
    folder_id: int
    ctime_ns: int = 0
    doubtful_until: int = 0
    is_passing: bool = False

    def is_same(self, stamp: FileStamp) -> bool:
        """Whether the file on disk is, by size, times and inode, the one that was read; its device may be renumbered.

        A `ctime_ns` that is not known raises no doubt.
        """
        is_touched = self.ctime_ns and stamp.ctime_ns and self.ctime_ns != stamp.ctime_ns
        looks = (self.size, self.mtime_ns, self.inode)
        return looks == (stamp.size, stamp.mtime_ns, str(stamp.inode)) and not is_touched

    def is_to_be_read_again(self, now_ns: int) -> bool:
        """Whether it is to be read once more although it looks the same."""
        # a doubt of more than one grain tells of a clock that was set back
        is_settled = self.doubtful_until and not now_ns < self.doubtful_until <= now_ns + GRAIN_NS
        return self.is_passing or bool(is_settled and self.state in ("indexed", "failed"))


def known_file(row: tuple[Any, ...]) -> KnownFile:
    """Return what a row of `KNOWN_COLUMNS` tells."""
    file_id, path, *values, is_passing = row
    return KnownFile._make((file_id, os.fsdecode(path), *values, bool(is_passing)))
