"""What must hold of a library, whatever has happened to the disk."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
from collections import Counter

from bge_desktop.watch.scan import scan
from bge_desktop.worker.scanning import is_below
from tests.torture import same
from tests.torture.disk import Disk

_PASSAGES_WAIT = "passages that were not embedded"
# As the scan and the readers name what may not be read: what it held before is kept, and a new library cannot know it.
_BARRED = ("Could not be read", "No permission")


class Checks:
    """Looks into a library beside the app that has it open; each check fails by an AssertionError.

    Args:
        disk: what it is to be in step with.
        library: the library's folder.
    """

    def __init__(self, disk: Disk, library: str):
        self._disk, self._library = disk, library
        self._gone = {}

    def is_as(self, fresh):
        """The library says what another one, of which this is the snapshot, says that has just seen the disk.

        But for what cannot be seen at the moment: there it may know more.
        """
        absent = self._disk.absent()
        expected = {path: own for path, own in fresh.items() if not is_below(path, absent)}
        barred = [path for path, own in expected.items() if own.failure in _BARRED]
        hidden = [*absent, *barred, *(self._disk.strange - expected.keys())]
        found = same.snapshot(self._library)
        apart = {path for path in found if is_below(path, hidden)}
        _none(same.compared(_without(apart, found), _without(apart, expected)))

    def is_whole(self):
        """Nothing in the library is left over, or points at nothing."""
        _none([line for line in same.faults(self._library) if not line.startswith(_PASSAGES_WAIT)])

    def was_read_with_reason(self, reads: Counter):
        """What has been read though nothing had changed, by path and stamp, are files that cannot be read."""
        failed = {os.fsdecode(path) for [path] in self._query("SELECT path FROM files WHERE state = 'failed'")}
        _none([f"{path}: read again, though nothing has changed" for path, _ in reads if path not in failed])

    def documents_to_keep(self, *, is_all_told: bool):
        """Return the documents, hash to id, that must stay: a known file has the content, or it lies where one is away.

        Where all is told that has happened, those as well of which any file has the content.
        """
        sql = "SELECT hash, documents.id, path, state FROM files JOIN documents ON documents.id = document_id"
        known = self._query(sql)
        ids = {digest: number for digest, number, _, _ in known}
        kept = {digest for digest, _, path, state in known if self._has(os.fsdecode(path), digest, state)}
        if is_all_told:
            kept |= {_digest(stamp.path) for root in self._disk.roots for stamp in scan(root, on_error=_ignore)}
        return {digest: ids[digest] for digest in kept & ids.keys()}

    def are_kept(self, documents):
        """The documents, hash to id, are there."""
        now = dict(self._query("SELECT hash, id FROM documents"))
        _none([f"document {number} was dropped" for digest, number in documents.items() if now.get(digest) != number])

    def note_absent(self):
        """Take down what is known of places that have just gone, and forget those that are there again."""
        absent = self._disk.absent()
        self._gone = {place: rows for place, rows in self._gone.items() if place in absent}
        for place in absent:
            if place not in self._gone:
                known = self._files("WHERE state = 'indexed'")
                self._gone[place] = {path: known[path] for path in known if is_below(path, [place])}

    def absent_is_known(self):
        """Of the places that are away, all is known that was, but for paths where something else has been since."""
        known = self._files()
        for rows in self._gone.values():
            lost = [path for path in rows if known.get(path) != rows[path]]
            _none([f"{path}: lost while it was away" for path in lost if path not in self._disk.strange])

    def _has(self, path, digest, state):
        if is_below(path, self._disk.absent()):
            return state == "indexed" and not os.path.lexists(path)  # else another file stands in its place
        return _digest(path) == digest

    def _files(self, condition=""):
        rows = self._query(f"SELECT path, document_id FROM files {condition}")
        return {os.fsdecode(path): document for path, document in rows}

    def _query(self, sql):
        with contextlib.closing(sqlite3.connect(os.path.join(self._library, "library.db"))) as db:
            return db.execute(sql).fetchall()


def _none(lines):
    assert not lines, "\n".join(lines)


def _without(paths, snapshot):
    return {path: own for path, own in snapshot.items() if path not in paths}


def _digest(path):
    """Return the hash of a file's content, as the readers do; None where there is no regular file, or no right."""
    try:
        if stat.S_ISREG(os.lstat(path).st_mode):
            with open(path, "rb") as stream:
                return hashlib.blake2b(stream.read(), digest_size=16).hexdigest()
    except OSError:
        pass
    return None


def _ignore(_error):
    pass
