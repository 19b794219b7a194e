"""Conditions of SQL on the files of the library, from the filters of a query."""

from __future__ import annotations

import datetime as dt
import json
import os
import posixpath
from collections.abc import Iterable, Sequence

import numpy as np
from sqlite_utils import Database

from bge_desktop.library.ids import Ids, read_ids, read_numbers, read_pairs, unique
from bge_desktop.library.labels import with_label
from bge_desktop.library.path_keys import ending_key, folder_key, name_key
from bge_desktop.library.topics import IN_TOPICS, TopicTables
from bge_desktop.search.kinds import document_kinds, endings
from bge_desktop.search.query_language import Filters
from bge_desktop.search.wildcards import folder_test, has_wildcards, name_globs

_LEAST_INTEGER, _MOST_INTEGER = -(2**63), 2**63 - 1
_EPOCH = dt.date(1970, 1, 1)
_Condition = tuple[str, list[bytes | str]]


class FileConditions:
    """Conditions on files that have a document, all of which must hold.

    Args:
        db: the library's database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._conditions: list[tuple[str, list[object]]] = []

    def __len__(self) -> int:
        return len(self._conditions)

    @classmethod
    def of(cls, db: Database, filters: Filters) -> FileConditions:
        """Return the conditions that the filters of files make: all but those of languages."""
        conditions = cls(db)
        conditions.add_kinds(filters.kinds)
        conditions.add_kinds(filters.without_kinds, negate=True)
        conditions.add_sizes(filters)
        conditions.add_times(filters)
        conditions.add_folders(filters.folders)
        conditions.add_folders(filters.without_folders, negate=True)
        conditions.add_names(filters.names)
        conditions.add_names(filters.without_names, negate=True)
        conditions.add_labels(filters.labels)
        conditions.add_labels(filters.without_labels, negate=True)
        conditions.add_topics(filters.topics)
        conditions.add_topics(filters.without_topics, negate=True)
        conditions.add_documents(filters.documents)
        return conditions

    def documents(self) -> Ids:
        """Return the ids, ascending, of the documents of files for which they hold."""
        if len(self) == 1:
            [(condition, values)] = self._conditions
            return read_ids(self._db, _matching("document_id AS id", condition), values)
        return unique(self.files()[1])

    def files(self) -> tuple[Ids, Ids]:
        """Return the ids of the files for which they hold, of all where there is none, and of the document of each."""
        # each by an index that holds nothing else: SQLite would look up the rows of all that the first of them leaves
        first, *others = self._conditions or [("TRUE", [])]
        files, documents = read_pairs(self._db, _matching("id, document_id AS value", first[0]), first[1])
        for condition, values in others:
            is_left = np.isin(files, read_numbers(self._db, _matching("id", condition), values))
            files, documents = files[is_left], documents[is_left]
        return files, documents

    def any_file(self) -> bool:
        """Whether they hold for some file."""
        condition = " AND ".join(["TRUE", *(condition for condition, _ in self._conditions)])
        values = [value for _, values in self._conditions for value in values]
        return self._db.execute(f"{_matching('1', condition)} LIMIT 1", values).fetchone() is not None

    def add_kinds(self, kinds: Sequence[str], *, negate: bool = False) -> None:
        """Have the document be of one of these kinds, or the file have one of their endings."""
        names = [name for kind in kinds for name in document_kinds(kind)]
        values: list[object] = [ending_key(f".{ending}") for kind in kinds for ending in endings(kind)]
        tests = ["ending_key = ?"] * len(values)
        if names:
            tests.append("document_id IN (SELECT id FROM documents WHERE kind IN (SELECT value FROM json_each(?)))")
            values.append(json.dumps(names))
        self._add_any(tests, values, negate=negate)

    def add_folders(self, folders: Sequence[str], *, negate: bool = False) -> None:
        """Have the file be below a folder of one of these names, or below one of these whole paths."""
        conditions = [_folder_condition(path) for folder in folders for path in _paths(folder)]
        conditions += [self._folders_so_called(folder) for folder in folders if has_wildcards(folder)]
        self._add_any(
            [test for test, _ in conditions], [value for _, values in conditions for value in values], negate=negate
        )

    def add_names(self, names: Sequence[str], *, negate: bool = False) -> None:
        """Have the file's name hold one of these, or be one of them where they have wildcards."""
        globs = [glob for name in names if has_wildcards(name) for glob in name_globs(name)]
        tests = ["instr(name_key, ?)"] * len(names) + ["CAST(name_key AS TEXT) GLOB CAST(? AS TEXT)"] * len(globs)
        self._add_any(tests, [*map(name_key, names), *globs], negate=negate)

    def add_labels(self, names: Sequence[str], *, negate: bool = False) -> None:
        """Have the document have one of these labels, or none at all where one of the names says so."""
        tests, values = zip(*map(with_label, names), strict=True) if names else ((), ())
        self._add_any(tests, [value for own in values for value in own], negate=negate)

    def add_topics(self, names: Sequence[str], *, negate: bool = False) -> None:
        """Have the document be in a topic that one of these names means."""
        topics = TopicTables(self._db)
        found = {topic for name in names for topic in topics.called(name)}
        self._add_any([f"document_id IN ({IN_TOPICS})"] * bool(names), [json.dumps(sorted(found))], negate=negate)

    def add_documents(self, documents: Sequence[int] | None) -> None:
        """Have the document be one of these; None for any."""
        if documents is not None:
            self._add("document_id IN (SELECT value FROM json_each(?))", json.dumps(list(documents)))

    def add_sizes(self, filters: Filters) -> None:
        """Have the file be of such a size."""
        self._add_between("size", ">=", filters.least_bytes, "<=", filters.most_bytes)

    def add_times(self, filters: Filters) -> None:
        """Have the file be changed at such a time."""
        after, before = (None if day is None else start_of(day) for day in (filters.after, filters.before))
        self._add_between("mtime_ns", ">=", after, "<", before)
        if filters.dates:
            tests = " OR ".join(["(mtime_ns >= ? AND mtime_ns < ?)"] * len(filters.dates))
            bounds = (day for period in filters.dates for day in (period.start, period.end))
            self._add(f"({tests})", *map(start_of, bounds))

    def _folders_so_called(self, folder: str) -> _Condition:
        tests = [folder_test(path, is_whole_path=os.path.isabs(path)) for path in _paths(folder)]
        keys = self._db.execute("SELECT DISTINCT folder_key FROM files")
        found = [key.hex().upper() for (key,) in keys if any(test(key) for test in tests)]
        return "hex(folder_key) IN (SELECT value FROM json_each(?))", [json.dumps(found)]

    def _add_any(self, tests: Sequence[str], values: Iterable[object], *, negate: bool) -> None:
        if tests:
            self._add(f"{'NOT ' if negate else ''}({' OR '.join(tests)})", *values)

    def _add_between(self, column: str, from_sign: str, least: int | None, to_sign: str, most: int | None) -> None:
        """Have a column lie between two values; None for no bound."""
        bounds = [(sign, value) for sign, value in ((from_sign, least), (to_sign, most)) if value is not None]
        if bounds:
            self._add(" AND ".join(f"{column} {sign} ?" for sign, _ in bounds), *(value for _, value in bounds))

    def _add(self, condition: str, *values: object) -> None:
        self._conditions.append((condition, list(values)))


def _matching(columns: str, condition: str) -> str:
    # the + has SQLite choose the index of the condition
    return f"SELECT {columns} FROM files WHERE +document_id NOTNULL AND {condition}"


def _behind(key: bytes) -> bytes:
    """Return the first key behind all that begin with a folder's, which ends with a slash."""
    return key[:-1] + bytes([key[-1] + 1])


def _folder_condition(path: str) -> _Condition:
    key = folder_key(path)
    if os.path.isabs(path):
        return "(folder_key >= ? AND folder_key < ?)", [key, _behind(key)]
    return "instr(folder_key, ?)", [key]


def _paths(folder: str) -> list[str]:
    """Return the paths that a folder, as typed, may mean; where names may hold a backslash, two of them."""
    typed = os.path.expanduser(folder)
    slashed = posixpath.normpath(os.path.expanduser(folder.replace("\\", "/")))
    return [slashed, typed] if "\\" in typed and os.sep == "/" else [slashed]


def start_of(day: dt.date) -> int:
    """Return when a day begins here, in nanoseconds since the epoch, as far as SQLite counts."""
    try:
        seconds = dt.datetime.combine(day, dt.time()).timestamp()
    except (OverflowError, OSError, ValueError):  # some systems know no local time before 1970 or after 3000
        seconds = (day - _EPOCH).total_seconds()
    return min(max(int(seconds) * 10**9, _LEAST_INTEGER), _MOST_INTEGER)
