"""Which documents a query allows: by its filters, its phrases, and what it excludes."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Sequence

import numpy as np
from sqlite_utils import Database

from bge_desktop.bge.script import Language
from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.library.path_keys import ending_key, folder_key, name_key
from bge_desktop.search.literal import documents_holding, documents_matching, exact_expression, expression, holds
from bge_desktop.search.query_language import Filters, Query
from bge_desktop.search.query_values import KINDS

_LEAST_INTEGER, _MOST_INTEGER = -(2**63), 2**63 - 1
_EPOCH = dt.date(1970, 1, 1)


def allowed_documents(db: Database, query: Query, documents: Ids | None = None) -> Ids | None:
    """Return the ids, ascending, of the documents that a query allows; None where it allows all.

    A document is allowed if one of its files at least satisfies all the filters of files together, if most of its
    passages are in one of the languages (half of them are enough), if it holds all the phrases, and if it holds none
    of the excluded words and phrases.

    Args:
        db: the library's database.
        query: what was typed, taken apart.
        documents: the ids of all documents, ascending, where they are known; else they are read where needed.
    """
    if not query.is_restricted:
        return None
    allowed = _of_files(db, query.filters)
    if query.filters.languages:
        allowed = _common(allowed, _in_languages(db, query.filters.languages))
    if query.phrases:
        allowed = _with_phrases(db, query.phrases, allowed)
    if query.excluded or query.excluded_phrases:
        allowed = _without(db, query, allowed, documents)
    return allowed


def _of_files(db: Database, filters: Filters) -> Ids | None:
    """Return the documents of the files that satisfy the filters of files; None where there are none of those."""
    conditions = _Conditions()
    conditions.add_kinds(filters.kinds)
    conditions.add_kinds(filters.without_kinds, negate=True)
    conditions.add_sizes(filters)
    conditions.add_times(filters)
    conditions.add_folders(filters.folders)
    conditions.add_folders(filters.without_folders, negate=True)
    conditions.add_names(filters.names)
    conditions.add_names(filters.without_names, negate=True)
    if not conditions.values:
        return None
    return read_ids(db, f"SELECT document_id AS id FROM files WHERE {conditions.sql}", conditions.values)


class _Conditions:
    """Conditions on rows of `files`, all of which must hold, as SQL and its values."""

    def __init__(self) -> None:
        self._conditions = ["+document_id NOTNULL"]  # the + has SQLite choose the index of another condition
        self.values: list[object] = []

    @property
    def sql(self) -> str:
        return " AND ".join(self._conditions)

    def add_kinds(self, kinds: Sequence[str], *, negate: bool = False) -> None:
        """Have the document be of one of these kinds, or the file have one of their endings."""
        names = [kind for kind in kinds if kind[0] != "."]
        endings = [ending_key(ending) for kind in kinds for ending in _endings(kind)]
        tests = ["ending_key = ?"] * len(endings)
        values: list[object] = [*endings]
        if names:
            tests.append("document_id IN (SELECT id FROM documents WHERE kind IN (SELECT value FROM json_each(?)))")
            values.append(json.dumps(names))
        self._add_any(tests, values, negate=negate)

    def add_folders(self, folders: Sequence[str], *, negate: bool = False) -> None:
        """Have the file be below a folder of one of these names, or below one of these whole paths."""
        tests: list[str] = []
        values: list[bytes] = []
        for folder in map(os.path.expanduser, folders):
            key = folder_key(folder)
            if os.path.isabs(folder):
                tests.append("(folder_key >= ? AND folder_key < ?)")
                values += [key, _behind(key)]
            else:
                tests.append("instr(folder_key, ?)")
                values.append(key)
        self._add_any(tests, values, negate=negate)

    def add_names(self, names: Sequence[str], *, negate: bool = False) -> None:
        """Have the file's name hold one of these."""
        self._add_any(["instr(name_key, ?)"] * len(names), map(name_key, names), negate=negate)

    def add_sizes(self, filters: Filters) -> None:
        if filters.least_bytes is not None:
            self._add("size >= ?", filters.least_bytes)
        if filters.most_bytes is not None:
            self._add("size <= ?", filters.most_bytes)

    def add_times(self, filters: Filters) -> None:
        if filters.after is not None:
            self._add("mtime_ns >= ?", _nanoseconds(filters.after))
        if filters.before is not None:
            self._add("mtime_ns < ?", _nanoseconds(filters.before))
        if filters.dates:
            tests = " OR ".join(["(mtime_ns >= ? AND mtime_ns < ?)"] * len(filters.dates))
            bounds = (day for period in filters.dates for day in (period.start, period.end))
            self._add(f"({tests})", *map(_nanoseconds, bounds))

    def _add_any(self, tests: Sequence[str], values: Iterable[object], *, negate: bool) -> None:
        if tests:
            self._add(f"{'NOT ' if negate else ''}({' OR '.join(tests)})", *values)

    def _add(self, condition: str, *values: object) -> None:
        self._conditions.append(condition)
        self.values += values


def _endings(kind: str) -> list[str]:
    return [kind] if kind[0] == "." else [f".{ending}" for ending in KINDS[kind]]


def _behind(key: bytes) -> bytes:
    """Return the first key behind all that begin with a folder's, which ends with a slash."""
    return key[:-1] + bytes([key[-1] + 1])


def _nanoseconds(day: dt.date) -> int:
    """Return when a day begins here, since the epoch, as far as SQLite counts."""
    try:
        seconds = dt.datetime.combine(day, dt.time()).timestamp()
    except (OverflowError, OSError, ValueError):  # some systems know no local time before 1970 or after 3000
        seconds = (day - _EPOCH).total_seconds()
    return min(max(int(seconds) * 10**9, _LEAST_INTEGER), _MOST_INTEGER)


def _in_languages(db: Database, languages: Sequence[Language]) -> Ids:
    sql = "SELECT id FROM documents WHERE language IN (SELECT value FROM json_each(?))"
    return read_ids(db, sql, [json.dumps([*languages, "both"])])


def _with_phrases(db: Database, phrases: Sequence[str], among: Ids | None) -> Ids:
    expressions = [expression(phrase) for phrase in phrases]
    if not all(expressions):
        return np.empty(0, np.int64)  # of a phrase without words, the index knows nothing
    checks = [holds(phrase) for phrase in phrases]
    exact = [exact_expression(phrase) for phrase in phrases]
    sure = _joined(" AND ", exact) if all(exact) else ""
    match = _joined(" AND ", expressions)
    return documents_holding(db, match, lambda text: all(check(text) for check in checks), among, sure)


def _without(db: Database, query: Query, among: Ids | None, documents: Ids | None) -> Ids:
    """Return what remains of documents without those that hold what the query excludes."""
    if among is None:
        among = documents if documents is not None else _all_documents(db)
    words = _joined(" OR ", map(expression, query.excluded))
    if words:
        among = _difference(among, documents_matching(db, words))
    phrases = _joined(" OR ", map(expression, query.excluded_phrases))
    if phrases:
        checks = [holds(phrase) for phrase in query.excluded_phrases]
        sure = _joined(" OR ", map(exact_expression, query.excluded_phrases))
        held = documents_holding(db, phrases, lambda text: any(check(text) for check in checks), among, sure)
        among = _difference(among, held)
    return among


def _joined(operator: str, expressions: Iterable[str]) -> str:
    return operator.join(f"({part})" for part in expressions if part)


def _all_documents(db: Database) -> Ids:
    return read_ids(db, "SELECT id FROM documents")


def _common(one: Ids | None, other: Ids) -> Ids:
    return other if one is None else np.intersect1d(one, other, assume_unique=True)


def _difference(one: Ids, other: Ids) -> Ids:
    return one[np.isin(one, other, assume_unique=True, invert=True)]
