"""Documents, their passages and words: what is found."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library.document_words import DocumentWords
from bge_desktop.library.label_decisions import forget_labels_of
from bge_desktop.library.new_documents import checksum_of, displace, insert_documents
from bge_desktop.library.shortfalls import Shortfalls

_IS_CURRENT = "NOT EXISTS (SELECT 1 FROM outdated WHERE document_id = documents.id)"
_PORTION = 200  # documents whose words are analysed anew at once


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


@dataclass(frozen=True)
class AddedDocuments:
    """Documents that were stored: their ids, and all of their passages, each as its id and its analysed words."""

    ids: Sequence[int] = ()
    words: Sequence[tuple[int, str]] = ()


class Documents:
    """The tables `documents` and `passages`, and the full-text indexes of both.

    Attributes:
        signatures: of the documents, by which near-duplicates are known.
        shortfalls: of the documents that were read in part.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._words = DocumentWords(db)
        self.signatures = self._words.signatures
        self.shortfalls = Shortfalls(db)

    def with_sizes(self, sizes: Collection[int]) -> dict[int, list[str]]:
        """Return the hashes of the documents of files of some sizes, by size; sizes that no such file has are left out.

        They are candidates for the same content under another name.
        """
        rows = self._db.execute(
            "SELECT DISTINCT size, hash FROM files JOIN documents ON documents.id = document_id"
            f" WHERE size IN (SELECT value FROM json_each(?)) AND {_IS_CURRENT}",
            [json.dumps(list(sizes))],
        )
        found: dict[int, list[str]] = {}
        for size, content_hash in rows:
            found.setdefault(size, []).append(content_hash)
        return found

    def find(self, content_hash: str) -> int | None:
        """Return the id of the document with this content."""
        return self.find_all([content_hash]).get(content_hash)

    def find_all(self, hashes: Collection[str]) -> dict[str, int]:
        """Return the ids of the documents with these contents, by hash; those that are not known are left out."""
        sql = f"SELECT hash, id FROM documents WHERE hash IN (SELECT value FROM json_each(?)) AND {_IS_CURRENT}"
        return dict(self._db.execute(sql, [json.dumps(list(hashes))]))

    def add(self, reads: Sequence[ReadResult]) -> AddedDocuments:
        """Store what was read from files, of different contents, findable by its words from now on."""
        with self._db.atomic():
            added = insert_documents(self._db, reads)
            words = self._words.add(added)
            document_ids = [number for number, _ in added]
            self.shortfalls.add((number, read.shortfall) for number, read in zip(document_ids, reads, strict=True))
        return AddedDocuments(document_ids, words)

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

    def renew_all(self, found: Sequence[tuple[int, ReadResult]]) -> dict[str, int]:
        """Record what was read anew of files, given by their ids, as `renew` does; return the documents, hash to id."""
        sql = "SELECT id FROM files JOIN outdated USING (document_id) WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(sql, [json.dumps([file_id for file_id, read in found if not read.known])])
        outdated = {row[0] for row in rows}
        renewed: dict[str, int] = {}
        for file_id, read in found:
            if file_id in outdated and read.hash not in renewed:
                document_id = self.renew(file_id, read)
                renewed |= {} if document_id is None else {read.hash: document_id}
        return renewed

    def renew(self, file_id: int, read: ReadResult) -> int | None:
        """Record what was read anew of a file, if its outdated document has this very text in these very passages.

        Those keep their ids, and with them their vectors. Returns the document's id; None where nothing was recorded.
        """
        row = self._db.execute(
            "SELECT documents.id, unpacked(text), language FROM documents JOIN files ON document_id = documents.id"
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
            displace(self._db, [read.hash], by=document_id)
            sql = "UPDATE documents SET hash = ?, kind = ?, title = ?, checksum = ? WHERE id = ?"
            checksum = checksum_of(read, row[2], self._languages(document_id))
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

    def to_embed_anew(self, limit: int, after: int, last: int) -> list[tuple[StoredPassage, Language]]:
        """Return the next passages with an id over `after`, up to `last`, that coming models have not embedded yet.

        Only those that the models in use have embedded are.
        """
        sql = (
            "SELECT p.* FROM passages p JOIN models m ON m.language = p.language AND m.role IN ('next', 'returning')"
            " WHERE embedded = 1 AND p.id > ? AND p.id <= ?"
            " AND NOT EXISTS (SELECT 1 FROM vectors WHERE passage_id = p.id AND model_id = m.id)"
            " ORDER BY p.id LIMIT ?"
        )
        rows = list(self._db.query(sql, [after, last, limit]))
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

        Their passages' lexical weights go by `SparseIndex.forget_gone`.

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
        """Build anew what is made of analysed words, as after a change of the analysis."""
        with self._db.atomic():
            self._words.remove_all()
            for portion in _portions(self.document_ids()):
                self._words.add((number, self._texts(number)) for number in portion)

    def add_missing_signatures(self) -> None:
        """Make the signatures of all documents that have none, a portion at a time: what is done is kept."""
        for portion in _portions(self.signatures.missing()):
            with self._db.atomic():
                self._words.add_signatures((number, self._texts(number)) for number in portion)

    def _texts(self, document_id: int) -> list[tuple[int, str]]:
        return [(own.id, own.text) for own in self.passages(document_id)]

    def _remove(self, document_id: int) -> None:
        texts = self._texts(document_id)
        self._words.remove(document_id, texts)
        self._db.conn.executemany("DELETE FROM vectors WHERE passage_id = ?", [(number,) for number, _ in texts])
        self._db.execute("DELETE FROM passages WHERE document_id = ?", [document_id])
        self.shortfalls.remove(document_id)
        forget_labels_of(self._db, document_id)
        self._db.execute("DELETE FROM outdated WHERE document_id = ?", [document_id])
        self._db.execute("DELETE FROM documents WHERE id = ?", [document_id])

    def _stored(self, sql: str, values: Sequence[object]) -> list[StoredPassage]:
        return self._with_texts(list(self._db.query(sql, values)))

    def _with_texts(self, rows: Sequence[dict[str, Any]]) -> list[StoredPassage]:
        """Return rows of `passages` with their texts. Each document's text is fetched once, however many there are."""
        owners = sorted({row["document_id"] for row in rows})
        sql = "SELECT id, unpacked(text) FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        texts = dict(self._db.execute(sql, [json.dumps(owners)]))
        return [_passage(row, texts[row["document_id"]]) for row in rows]


def _portions(document_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (document_ids[start : start + _PORTION] for start in range(0, len(document_ids), _PORTION))


def _passage(row: dict[str, Any], text: str) -> StoredPassage:
    start, end = row["start"], row["end"]
    return StoredPassage(
        row["id"], row["document_id"], start, end, row["page"], text[start:end], row["place"], row["places"]
    )
