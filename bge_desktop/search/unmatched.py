"""Hints about values of filters that no file of the library has."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Sequence

from sqlite_utils import Database

from bge_desktop.library.labels import Labels, means_none
from bge_desktop.library.path_keys import ending_key
from bge_desktop.library.topics import TopicTables
from bge_desktop.search.file_conditions import FileConditions
from bge_desktop.search.kinds import document_kinds, endings
from bge_desktop.search.query_language import Filters, shown
from bge_desktop.search.query_values import alternatives
from bge_desktop.search.wildcards import has_wildcards

_MOST_HINTS = 3


def unmatched(db: Database, filters: Filters, *, is_nothing_allowed: bool) -> list[str]:
    """Return hints, in plain words, about values of filters that no file of the library has by itself.

    Args:
        db: the library's database.
        filters: what was asked for.
        is_nothing_allowed: whether the query allows no document. Only then folders and names are looked for: all of
            the library's have to be read for that, and who sees results does not ask where they are.
    """
    hints = itertools.chain(
        (_kind_hint(kind) for kind in filters.kinds if not _has(db, kind)),
        map(_label_hint, _without_label(db, filters.labels)),
        map(_topic_hint, _without_topic(db, filters.topics)),
    )
    if is_nothing_allowed:
        folders = map(_folder_hint, _without_files(db, filters.folders, FileConditions.add_folders))
        names = map(_name_hint, _without_files(db, filters.names, FileConditions.add_names))
        return list(itertools.islice(itertools.chain(hints, folders, names), _MOST_HINTS))
    return list(itertools.islice(hints, _MOST_HINTS))


def _has(db: Database, kind: str) -> bool:
    keys = [ending_key(f".{ending}") for ending in endings(kind)]
    by_ending = f"SELECT 1 FROM files WHERE ending_key IN ({', '.join('?' * len(keys))}) AND document_id NOTNULL"
    # not the other way round: a kind has many documents, but each of them has files, and one file is enough
    by_document = """
        SELECT 1 FROM documents CROSS JOIN files ON files.document_id = documents.id
        WHERE kind IN (SELECT value FROM json_each(?))
    """
    return _finds(db, by_ending, keys) or _finds(db, by_document, [json.dumps(document_kinds(kind))])


def _without_files(
    db: Database, values: Sequence[str], add: Callable[[FileConditions, Sequence[str]], None]
) -> Iterator[str]:
    """Yield the values that no file has; of a list, its parts and not the whole, which few people mean as a name."""
    for value in values:
        parts = alternatives(value)[:-1]
        if parts and set(parts) <= set(values):
            continue
        conditions = FileConditions(db)
        add(conditions, [value])
        if not conditions.any_file():
            yield value


def _without_label(db: Database, names: Sequence[str]) -> Iterator[str]:
    """Yield the names that no label has, as `_without_files` does."""
    labels = Labels(db)
    for name in names:
        parts = alternatives(name)[:-1]
        is_list = bool(parts) and set(parts) <= set(names)
        if not (is_list or means_none(name) or labels.find(name)):
            yield name


def _without_topic(db: Database, names: Sequence[str]) -> Iterator[str]:
    """Yield the names that mean no topic, as `_without_files` does."""
    topics = TopicTables(db)
    for name in names:
        parts = alternatives(name)[:-1]
        is_list = bool(parts) and set(parts) <= set(names)
        if not (is_list or topics.called(name)):
            yield name


def _finds(db: Database, sql: str, values: Sequence[object]) -> bool:
    return db.execute(f"{sql} LIMIT 1", list(values)).fetchone() is not None


def _kind_hint(kind: str) -> str:
    return f"No file here is of the type “{shown(kind.removeprefix('.'))}”."


def _label_hint(name: str) -> str:
    return f"No label here is called “{shown(name)}”."


def _topic_hint(name: str) -> str:
    return f"No topic here is called “{shown(name)}”, or has it among its words."


def _folder_hint(folder: str) -> str:
    return f"No folder here is called “{shown(folder)}”."


def _name_hint(name: str) -> str:
    if has_wildcards(name):
        return f"No file here is called “{shown(name)}”."
    return f"No file here has “{shown(name)}” in its name."
