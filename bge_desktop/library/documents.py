"""Documents, their passages and words: what is found."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library.checksums import DocumentColumns, PassageColumns, checksum_of_document
from bge_desktop.library.full_text import add_words, remove_all_words, remove_words
from bge_desktop.library.schema import table
from bge_desktop.library.shortfalls import Shortfalls
from bge_desktop.library.signatures import Signatures
from bge_desktop.library.words import analysed

# Before the id of an outdated document, in the place of its content's hash: another one has been read from it by now.
_DISPLACED = "outdated "
_IS_CURRENT = "NOT EXISTS (SELECT 1 FROM outdated WHERE document_id = documents.id)"


@dataclass(frozen=True)
class StoredPassage:
    """A passage: `text` is the document's text from `start` to `end` (characters); `page` is 1-based.

    `place` says where in the file it begins, besides the page; "" where there is no more to say. `places` are those
    that begin within it, as `passage_places` packs them.
    """

    id: int
    document_id: int
    start: int
    end: int
    page: int | None
    text: str
    place: str = ""
    places: str = ""


class Documents:
    """The tables `documents` and `passages`, and the full-text indexes of both.

    Attributes:
        signatures: of the documents, by which near-duplicates are known.
        shortfalls: of the documents that were read in part.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self.signatures = Signatures(db)
        self.shortfalls = Shortfalls(db)

    def with_size(self, size: int) -> dict[str, int]:
        """Return the documents, hash to id, of files of a size: candidates for the same content under another name."""
        rows = self._db.query(
            "SELECT hash, documents.id FROM documents JOIN files ON document_id = documents.id"
            f" WHERE size = ? AND {_IS_CURRENT}",
            [size],
        )
        return {row["hash"]: row["id"] for row in rows}

    def find(self, content_hash: str) -> int | None:
        """Return the id of the document with this content."""
        sql = f"SELECT id FROM documents WHERE hash = ? AND {_IS_CURRENT}"
        row = self._db.execute(sql, [content_hash]).fetchone()
        return row[0] if row else None

    def add(self, read: ReadResult) -> int:
        """Store what was read from a file, findable by its words from now on; return the document's id."""
        with self._db.atomic():
            self._displace(read.hash)
            language = main_language([passage.language for passage in read.passages])
            document = DocumentColumns(read.hash, read.kind, read.title, read.text, language)
            checksum = _checksum(document, read, [passage.language for passage in read.passages])
            row = {**document._asdict(), "checksum": checksum}
            document_id = int(table(self._db, "documents").insert(row).last_pk)  # type: ignore[arg-type]
            self._db.conn.executemany(
                'INSERT INTO passages (document_id, start, "end", page, language, place, places)'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (document_id, own.start, own.end, own.page, own.language, own.place, own.places)
                    for own in read.passages
                ],
            )
            texts = [read.text[passage.start : passage.end] for passage in read.passages]
            self._add_words(document_id, self.passage_ids_of(document_id), texts)
            self.signatures.add(document_id, read.text)
            self.shortfalls.record(document_id, read.shortfall)
        return document_id

    def outdate(self, document_ids: Sequence[int] | None = None) -> None:
        """Have the content of documents, or of all, be known no more, so that their files are read anew.

        The documents stay findable until then.
        """
        # not in the documents themselves: changing a row writes its text again, which took 16 s for 100,000 passages
        sql = "INSERT OR IGNORE INTO outdated SELECT id FROM documents"
        if document_ids is None:
            self._db.execute(sql)
        else:
            self._db.execute(f"{sql} WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(document_ids))])

    def _displace(self, content_hash: str, by: int | None = None) -> None:
        """Let a new document, or the one of the id `by`, have the hash of another that is outdated."""
        sql = "UPDATE documents SET hash = ? || id, checksum = NULL WHERE hash = ? AND id IS NOT ?"
        self._db.execute(sql, [_DISPLACED, content_hash, by])

    def renew(self, file_id: int, read: ReadResult) -> int | None:
        """Record what was read anew of a file, if its outdated document has this very text in these very passages.

        Those keep their ids, and with them their vectors. Returns the document's id; None where nothing was recorded.
        """
        row = self._db.execute(
            "SELECT documents.id, text, language FROM documents JOIN files ON document_id = documents.id"
            f" WHERE files.id = ? AND NOT {_IS_CURRENT}",
            [file_id],
        ).fetchone()
        if row is None or row[1] != read.text:
            return None
        document_id = int(row[0])
        passages = self.passages(document_id)
        if [(own.start, own.end) for own in passages] != [(own.start, own.end) for own in read.passages]:
            return None
        with self._db.atomic():
            self._displace(read.hash, by=document_id)
            sql = "UPDATE documents SET hash = ?, kind = ?, title = ?, checksum = ? WHERE id = ?"
            document = DocumentColumns(read.hash, read.kind, read.title, read.text, row[2])
            checksum = _checksum(document, read, self._languages(document_id))
            self._db.execute(sql, [read.hash, read.kind, read.title, checksum, document_id])
            self._db.execute("DELETE FROM outdated WHERE document_id = ?", [document_id])
            self._db.conn.executemany(
                "UPDATE passages SET page = ?, place = ?, places = ? WHERE id = ?",
                [
                    (own.page, own.place, own.places, known.id)
                    for own, known in zip(read.passages, passages, strict=True)
                ],
            )
            self.shortfalls.record(document_id, read.shortfall)
        return document_id

    def passages(self, document_id: int) -> list[StoredPassage]:
        """Return the passages of a document in order."""
        return self._stored("SELECT * FROM passages WHERE document_id = ? ORDER BY id", [document_id])

    def passage_ids_of(self, document_id: int) -> list[int]:
        """Return the ids of the passages of a document in order."""
        rows = self._db.execute("SELECT id FROM passages WHERE document_id = ? ORDER BY id", [document_id])
        return [row[0] for row in rows]

    def _languages(self, document_id: int) -> list[str]:
        rows = self._db.execute("SELECT language FROM passages WHERE document_id = ? ORDER BY id", [document_id])
        return [row[0] for row in rows]

    def by_id(self, passage_ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Return passages by id; those that are gone are left out."""
        sql = "SELECT * FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {passage.id: passage for passage in self._stored(sql, [json.dumps(list(passage_ids))])}

    def to_embed(self, limit: int, after: int, paused: Collection[int] = ()) -> list[tuple[StoredPassage, Language]]:
        """Return the next passages with an id over `after` that have no vector and whose document some file has.

        A file in one of the `paused` folders does not count, nor one in a folder that was removed.
        """
        sql = (
            "SELECT * FROM passages p WHERE embedded = 0 AND id > ?"
            " AND EXISTS (SELECT 1 FROM files WHERE files.document_id = p.document_id"
            " AND folder_id NOT IN (SELECT value FROM json_each(?) UNION ALL SELECT id FROM folders WHERE removed))"
            " ORDER BY id LIMIT ?"
        )
        rows = list(self._db.query(sql, [after, json.dumps(list(paused)), limit]))
        languages = [row["language"] for row in rows]
        return list(zip(self._with_texts(rows), languages, strict=True))

    def give_up(self, passage_id: int) -> None:
        """Have a passage no longer wait for its vector, until `retry_embedding`."""
        self._db.execute("UPDATE passages SET embedded = 2 WHERE id = ?", [passage_id])

    def retry_embedding(self) -> None:
        """Have the passages wait again that were given up."""
        self._db.execute("UPDATE passages SET embedded = 0 WHERE embedded = 2")

    def document_ids(self) -> list[int]:
        """Return the ids of the documents, ascending."""
        # by way of the hashes' index: the table itself holds all texts, and reading past them is slow
        return sorted(row[0] for row in self._db.execute("SELECT id FROM documents"))

    def orphans(self, limit: int = -1, among: Collection[int] | None = None) -> list[int]:
        """Return the ids of documents that no file has any more, of so many at most (-1: all), `among` those or all."""
        chosen = "" if among is None else "d.id IN (SELECT value FROM json_each(:among)) AND"
        rows = self._db.execute(
            f"SELECT id FROM documents d WHERE {chosen} NOT EXISTS (SELECT 1 FROM files WHERE document_id = d.id)"
            " LIMIT :limit",
            {"limit": limit, "among": json.dumps(list(among or ()))},
        )
        return [row[0] for row in rows]

    def remove_orphans(
        self, limit: int = -1, seconds: float = math.inf, among: Collection[int] | None = None
    ) -> list[int]:
        """Remove documents that no file has any more, with all that belongs to them; return their ids.

        Args:
            limit: so many at most (-1: all).
            seconds: begin with no further one after so long.
            among: the ids of those that may be removed; None for all.
        """
        removed = []
        end = time.monotonic() + seconds
        with self._db.atomic():
            for document_id in self.orphans(limit, among):
                self._remove(document_id)
                removed.append(document_id)
                if time.monotonic() >= end:
                    break
        return removed

    def refresh_words(self) -> None:
        """Build anew what is made of analysed words, as after a change of the analysis; but signatures are missing."""
        with self._db.atomic():
            self.signatures.remove_all()
            remove_all_words(self._db, "passage_words")
            remove_all_words(self._db, "document_words")
            for document_id in self.document_ids():
                passages = self.passages(document_id)
                self._add_words(document_id, [own.id for own in passages], [own.text for own in passages])

    def _add_words(self, document_id: int, passage_ids: Iterable[int], texts: Iterable[str]) -> None:
        words = [analysed(text) for text in texts]
        add_words(self._db, "passage_words", zip(passage_ids, words, strict=True))
        add_words(self._db, "document_words", [(document_id, " ".join(words))])

    def _remove(self, document_id: int) -> None:
        passages = self.passages(document_id)
        words = [analysed(passage.text) for passage in passages]
        remove_words(self._db, "passage_words", zip([passage.id for passage in passages], words, strict=True))
        remove_words(self._db, "document_words", [(document_id, " ".join(words))])
        self._db.conn.executemany("DELETE FROM vectors WHERE passage_id = ?", [(passage.id,) for passage in passages])
        self._db.execute("DELETE FROM passages WHERE document_id = ?", [document_id])
        self.signatures.remove(document_id)
        self.shortfalls.remove(document_id)
        self._db.execute("DELETE FROM outdated WHERE document_id = ?", [document_id])
        self._db.execute("DELETE FROM documents WHERE id = ?", [document_id])

    def _stored(self, sql: str, values: Sequence[object]) -> list[StoredPassage]:
        return self._with_texts(list(self._db.query(sql, values)))

    def _with_texts(self, rows: Sequence[dict[str, Any]]) -> list[StoredPassage]:
        """Return rows of `passages` with their texts. Each document's text is fetched once, however many there are."""
        owners = sorted({row["document_id"] for row in rows})
        sql = "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        texts = dict(self._db.execute(sql, [json.dumps(owners)]))
        return [_passage(row, texts[row["document_id"]]) for row in rows]


def main_language(languages: Sequence[Language]) -> str:
    """Return the language of most passages; "both" where as many are in each, "" where there are none."""
    if not languages:
        return ""
    chinese, english = languages.count("zh"), languages.count("en")
    return "both" if chinese == english else "zh" if chinese > english else "en"


def _checksum(document: DocumentColumns, read: ReadResult, languages: Sequence[str]) -> int:
    """Return the checksum of a document whose passages were read, and are stored as being in these languages."""
    passages = [
        PassageColumns(own.start, own.end, own.page, known, own.place, own.places)
        for own, known in zip(read.passages, languages, strict=True)
    ]
    return checksum_of_document(document, passages)


def _passage(row: dict[str, Any], text: str) -> StoredPassage:
    start, end = row["start"], row["end"]
    return StoredPassage(
        row["id"], row["document_id"], start, end, row["page"], text[start:end], row["place"], row["places"]
    )
