"""What filters ask of every file and document, in memory, to count by: some 60 bytes a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.ids import Ids, read_groups, read_pairs, unique
from bge_desktop.library.library import Library
from bge_desktop.library.path_keys import folder_key

Chosen = NDArray[np.bool_]

_WITH_DOCUMENT = "files WHERE document_id NOTNULL"
_NONE = -1
# Nobody looks through more of them.
_MOST_BELOW = 100


@dataclass(frozen=True)
class Groups:
    """A column of the same few values again and again: `values` once each, and of each row its place in them [n].

    A row has the place -1 where it has no value.
    """

    values: list[Any]
    places: Ids

    def chosen(self, is_wanted: Callable[[Any], bool]) -> Chosen:
        """Return which rows have a value that is wanted [n]."""
        wanted = np.array([*map(is_wanted, self.values), False])  # the last is for rows without one
        found: Chosen = wanted[self.places]
        return found


@dataclass(frozen=True)
class Branch:
    """A folder of the library, or one right below: its path, and the places of the files below it, in no order [m]."""

    path: str
    files: Ids


class _Places:
    """The places of ids in a list of them, each id once."""

    def __init__(self, ids: Ids) -> None:
        self._places: Ids = np.full(ids.max(initial=0) + 2, _NONE)
        self._places[ids] = np.arange(len(ids))

    def of(self, ids: Ids) -> Ids:
        """Return the place of each id, -1 for those that are not in the list."""
        found: Ids = self._places[np.minimum(ids, len(self._places) - 1)]
        return found

    def of_known(self, ids: Ids) -> Ids:
        """Return the places of those ids that are in the list."""
        places = self.of(ids)
        known: Ids = places[places != _NONE]
        return known


class FileTable:
    """The files that have a document, as columns. Empty until it has been read.

    Args:
        library: whose files.

    Attributes:
        documents: the ids of the documents that have files, ascending.
        times: when the files were last changed, in nanoseconds since the epoch [n].
        endings: their endings' keys [n].
        kinds, languages: of their documents [n].
        labels: by the name of each, which files have it [n].
        branches: the folders of the library, each with those right below it, those with the most files first.
    """

    def __init__(self, library: Library) -> None:
        self._library, self._db = library, library.db
        self.documents = self.times = self._rows = nothing = np.empty(0, np.int64)
        self.endings = self.kinds = self.languages = Groups([], nothing)
        self.branches: list[Branch] = []
        self.labels: dict[str, Chosen] = {}
        self._files = self._documents = _Places(nothing)

    def __len__(self) -> int:
        return len(self._rows)

    def read(self) -> Iterator[None]:
        """Read everything, a column with each step, each from an index that holds nothing else."""
        ids, owners = read_pairs(self._db, f"SELECT id, document_id AS value FROM {_WITH_DOCUMENT}")
        self.documents = unique(owners)
        self._files, self._documents = _Places(ids), _Places(self.documents)
        self._rows = self._documents.of(owners)
        yield
        self.times = self._read_times()
        yield
        self.endings = _grouped(self._files, len(self), *read_groups(self._db, _WITH_DOCUMENT, "ending_key"))
        yield
        self.kinds = self._read_of_documents("kind")
        yield
        self.languages = self._read_of_documents("language")
        yield
        self.labels = {}
        for label in self._library.labels.all():
            self.labels[label.name] = self.of_documents(self._library.labels.documents(label.id))
            yield
        folders = self._read_folders()
        yield
        self.branches = list(self._read_branches(folders))

    def chosen(self, file_ids: Ids) -> Chosen:
        """Return which files these are [n]; others are passed over."""
        found = np.zeros(len(self), np.bool_)
        found[self._files.of_known(file_ids)] = True
        return found

    def of_documents(self, document_ids: Ids) -> Chosen:
        """Return which files have one of these documents [n]."""
        found = np.zeros(len(self.documents), np.bool_)
        found[self._documents.of_known(document_ids)] = True
        by_file: Chosen = found[self._rows]
        return by_file

    def count(self, files: Chosen) -> int:
        """Return how many documents some files have [n]."""
        found = np.zeros(len(self.documents), np.bool_)
        found[self._rows[files]] = True
        return int(found.sum())

    def count_below(self, branch: Branch, files: Chosen) -> int:
        """Return how many documents those of some files [n] have that are below a folder."""
        return len(unique(self._rows[branch.files[files[branch.files]]]))

    def _read_times(self) -> Ids:
        ids, times = read_pairs(self._db, f"SELECT id, mtime_ns AS value FROM {_WITH_DOCUMENT}")
        places, found = self._files.of(ids), np.zeros(len(self), np.int64)
        found[places[places != _NONE]] = times[places != _NONE]
        return found

    def _read_of_documents(self, column: str) -> Groups:
        own = _grouped(self._documents, len(self.documents), *read_groups(self._db, "documents", column))
        return Groups(own.values, own.places[self._rows])

    def _read_folders(self) -> dict[bytes, Ids]:
        """Return the places of the files in each folder, by its key."""
        keys, counts, ids = read_groups(self._db, _WITH_DOCUMENT, "folder_key")
        starts = np.cumsum(counts) - counts
        places = self._files.of(ids)
        within = (places[start : start + count] for start, count in zip(starts.tolist(), counts.tolist(), strict=True))
        return {key: own[own != _NONE] for key, own in zip(keys, within, strict=True)}  # others have come meanwhile

    def _read_branches(self, files_in: Mapping[bytes, Ids]) -> Iterator[Branch]:
        single = self._library.folders.single_files()
        for root in (folder.path for folder in self._library.folders.all() if folder.id not in single):
            key = folder_key(root)
            within = {folder: files for folder, files in files_in.items() if folder.startswith(key)}
            yield Branch(root, _joined(within.values()))
            below = sorted(self._right_below(root, within), key=lambda branch: (-len(branch.files), branch.path))
            yield from below[:_MOST_BELOW]

    def _right_below(self, root: str, files_in: Mapping[bytes, Ids]) -> Iterator[Branch]:
        start = len(folder_key(root))
        folders: dict[bytes, list[bytes]] = {}
        for folder in files_in:
            folders.setdefault(folder[start:].partition(b"/")[0], []).append(folder)
        folders.pop(b"", None)  # the folder of the library itself
        for within in folders.values():
            path = self._spelt(root, within[0])
            if path is not None:  # its files may have gone meanwhile
                yield Branch(path, _joined(files_in[folder] for folder in within))

    def _spelt(self, root: str, folder: bytes) -> str | None:
        """Return the path of the folder right below one of the library that a folder, by its key, is in.

        None where no file is in it.
        """
        sql = "SELECT path FROM files WHERE folder_key = ? AND document_id NOTNULL LIMIT 1"
        row = self._db.execute(sql, [folder]).fetchone()
        if row is None:
            return None
        (path,) = row
        depth = root.rstrip(os.sep).count(os.sep) + 2
        return os.sep.join(os.fsdecode(path).split(os.sep)[:depth])


def _joined(places: Iterable[Ids]) -> Ids:
    return np.concatenate([np.empty(0, np.int64), *places])


def _grouped(places: _Places, number: int, values: list[Any], counts: Ids, ids: Ids) -> Groups:
    """Return the column of `number` rows that `read_groups` has read."""
    found, own = np.full(number, _NONE), places.of(ids)
    found[own[own != _NONE]] = np.repeat(np.arange(len(values)), counts)[own != _NONE]
    return Groups(values, found)
