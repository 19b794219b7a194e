"""Storing what was read of files as new documents, many with as few statements as one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library.checksums import DocumentColumns, PassageColumns, checksum_of_document

# Before the id of an outdated document, in the place of its content's hash: another one has been read from it by now.
_DISPLACED = "outdated "


def insert_documents(db: Database, reads: Sequence[ReadResult]) -> list[tuple[int, list[tuple[int, str]]]]:
    """Store contents, of different hashes, with their passages, but not yet their words.

    Returns for each its id, and the ids and texts of its passages.
    """
    displace(db, [read.hash for read in reads])
    document_ids = _next_ids(db, "documents", len(reads))
    db.conn.executemany(
        "INSERT INTO documents (id, hash, kind, title, text, language, checksum) VALUES (?, ?, ?, ?, packed(?), ?, ?)",
        [(number, *_columns(read)) for number, read in zip(document_ids, reads, strict=True)],
    )
    passages = [(number, own) for number, read in zip(document_ids, reads, strict=True) for own in read.passages]
    passage_ids = _next_ids(db, "passages", len(passages))
    db.conn.executemany(
        'INSERT INTO passages (id, document_id, start, "end", page, language, place, places)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (passage, number, own.start, own.end, own.page, own.language, own.place, own.places)
            for passage, (number, own) in zip(passage_ids, passages, strict=True)
        ],
    )
    unused = iter(passage_ids)
    return [
        (number, [(next(unused), read.text[own.start : own.end]) for own in read.passages])
        for number, read in zip(document_ids, reads, strict=True)
    ]


def displace(db: Database, hashes: Sequence[str], by: int | None = None) -> None:
    """Let new documents, or the one of the id `by`, have the hashes of others that are outdated."""
    sql = (
        "UPDATE documents SET hash = ? || id, checksum = NULL"
        " WHERE hash IN (SELECT value FROM json_each(?)) AND id IS NOT ?"
    )
    db.execute(sql, [_DISPLACED, json.dumps(list(hashes)), by])


def checksum_of(read: ReadResult, language: str, languages: Sequence[str]) -> int:
    """Return the checksum of what was read, as a document and passages that are stored as being in these languages."""
    document = DocumentColumns(read.hash, read.kind, read.title, read.text, language)
    passages = [
        PassageColumns(own.start, own.end, own.page, known, own.place, own.places)
        for own, known in zip(read.passages, languages, strict=True)
    ]
    return checksum_of_document(document, passages)


def main_language(languages: Sequence[Language]) -> str:
    """Return the language of most passages; "both" where as many are in each, "" where there are none."""
    if not languages:
        return ""
    chinese, english = languages.count("zh"), languages.count("en")
    return "both" if chinese == english else "zh" if chinese > english else "en"


def _columns(read: ReadResult) -> tuple[str, str, str, str, str, int]:
    languages = [own.language for own in read.passages]
    language = main_language(languages)
    return read.hash, read.kind, read.title, read.text, language, checksum_of(read, language, languages)


def _next_ids(db: Database, table: str, count: int) -> range:
    """Return so many ids that no row of a table has ever had (AUTOINCREMENT)."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
    first = row[0] + 1 if row else 1
    return range(first, first + count)
