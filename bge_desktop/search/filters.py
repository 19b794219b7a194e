"""Which documents a query allows: by its filters, its phrases, and what it excludes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np
from sqlite_utils import Database

from bge_desktop.bge.script import Language
from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.search.file_conditions import FileConditions
from bge_desktop.search.literal import documents_holding, documents_matching, exact_expression, expression, holds
from bge_desktop.search.query_language import Filters, Query


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
        allowed = _common(allowed, in_languages(db, query.filters.languages))
    if query.phrases:
        allowed = _with_phrases(db, query.phrases, allowed)
    if query.excluded or query.excluded_phrases:
        allowed = _without(db, query, allowed, documents)
    return allowed


def documents_saying(db: Database, query: Query, among: Ids) -> Ids:
    """Return those of some documents, by id, that hold the phrases of a query and nothing that it excludes."""
    held = _with_phrases(db, query.phrases, among) if query.phrases else among
    return _without(db, query, held, held)


def in_languages(db: Database, languages: Sequence[Language]) -> Ids:
    """Return the ids, ascending, of the documents of which half of the passages at least are in these languages."""
    sql = "SELECT id FROM documents WHERE language IN (SELECT value FROM json_each(?))"
    return read_ids(db, sql, [json.dumps([*languages, "both"])])


def _of_files(db: Database, filters: Filters) -> Ids | None:
    """Return the documents of the files that satisfy the filters of files; None where there are none of those."""
    conditions = FileConditions.of(db, filters)
    return conditions.documents() if conditions else None


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
        among = _difference(among, documents_matching(db, words, among))
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
