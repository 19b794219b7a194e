"""Documents, their passages and vectors: what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.models import BUNDLED, Model, fingerprint
from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library.schema import table
from bge_desktop.library.words import ANALYSIS_VERSION, add_words, analysed, remove_words


@dataclass(frozen=True)
class StoredPassage:
    """A passage: `text` is the document's text from `start` to `end` (characters); `page` is 1-based."""

    id: int
    document_id: int
    start: int
    end: int
    page: int | None
    text: str


class Documents:
    """The tables `documents`, `passages`, `vectors` and the full-text indexes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def with_size(self, size: int) -> dict[str, int]:
        """Return the documents, hash to id, of files of a size: candidates for the same content under another name."""
        rows = self._db.query(
            "SELECT hash, documents.id FROM documents JOIN files ON document_id = documents.id WHERE size = ?", [size]
        )
        return {row["hash"]: row["id"] for row in rows}

    def find(self, content_hash: str) -> int | None:
        """Return the id of the document with this content."""
        row = self._db.execute("SELECT id FROM documents WHERE hash = ?", [content_hash]).fetchone()
        return row[0] if row else None

    def add(self, read: ReadResult) -> int:
        """Store what was read from a file, findable by its words from now on; return the document's id."""
        with self._db.atomic():
            row = {"hash": read.hash, "kind": read.kind, "title": read.title, "text": read.text}
            document_id = int(table(self._db, "documents").insert(row).last_pk)  # type: ignore[arg-type]
            all_words = []
            for passage in read.passages:
                words = analysed(read.text[passage.start : passage.end])
                cursor = self._db.execute(
                    'INSERT INTO passages (document_id, start, "end", page, language) VALUES (?, ?, ?, ?, ?)',
                    [document_id, passage.start, passage.end, passage.page, passage.language],
                )
                add_words(self._db, "passage_words", int(cursor.lastrowid or 0), words)
                all_words.append(words)
            add_words(self._db, "document_words", document_id, " ".join(all_words))
        return document_id

    def passages(self, document_id: int) -> list[StoredPassage]:
        """Return the passages of a document in order."""
        return self._stored("WHERE document_id = ? ORDER BY passages.id", [document_id])

    def by_id(self, passage_ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Return passages by id."""
        marks = ", ".join("?" * len(passage_ids))
        return {passage.id: passage for passage in self._stored(f"WHERE passages.id IN ({marks})", list(passage_ids))}

    def to_embed(self, limit: int, after: int) -> list[tuple[StoredPassage, Language]]:
        """Return the next passages with an id over `after` that have no vector and whose document some file has."""
        rows = self._db.execute(
            'SELECT p.id, p.document_id, start, "end", page, substr(text, start + 1, "end" - start), language'
            " FROM passages p JOIN documents d ON d.id = document_id"
            " WHERE embedded = 0 AND p.id > ? AND EXISTS (SELECT 1 FROM files WHERE files.document_id = d.id)"
            " ORDER BY p.id LIMIT ?",
            [after, limit],
        )
        return [(StoredPassage(*row[:6]), row[6]) for row in rows]

    def store_vectors(self, language: Language, passage_ids: Sequence[int], vectors: NDArray[np.float32]) -> list[int]:
        """Store vectors [len(passage_ids), dimension] as fp16; return the ids of those passages that still exist."""
        half = vectors.astype("<f2")
        with self._db.atomic():
            model_id = self._model_id(BUNDLED[language])
            existing = self.by_id(passage_ids)
            rows = [(n, model_id, half[i].tobytes()) for i, n in enumerate(passage_ids) if n in existing]
            self._db.conn.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            self._db.conn.executemany("UPDATE passages SET embedded = 1 WHERE id = ?", [(row[0],) for row in rows])
        return [row[0] for row in rows]

    def vectors(self, model: Model) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Return the passage ids, ascending [n], and their vectors [n, dimension] of a model."""
        rows = self._db.execute(
            "SELECT passage_id, vector FROM vectors JOIN models ON models.id = model_id"
            " WHERE models.language = ? ORDER BY passage_id",
            [model.language],
        ).fetchall()
        ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        flat = np.frombuffer(b"".join(row[1] for row in rows), "<f2")
        return ids, flat.reshape(len(rows), model.dimension)

    def passage_ids(self) -> NDArray[np.int64]:
        """Return [n, 2]: the id of each passage, ascending, and of its document."""
        rows = self._db.execute("SELECT id, document_id FROM passages ORDER BY id").fetchall()
        return np.array(rows, np.int64).reshape(len(rows), 2)

    def document_ids(self) -> list[int]:
        """Return the ids of the documents, ascending."""
        return [row[0] for row in self._db.execute("SELECT id FROM documents ORDER BY id")]

    def remove_orphans(self) -> list[int]:
        """Remove the documents that no file has any more, with all that belongs to them; return their ids."""
        with self._db.atomic():
            rows = self._db.execute(
                "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM files WHERE document_id = d.id)"
            )
            orphans = [row[0] for row in rows.fetchall()]
            for document_id in orphans:
                self._remove(document_id)
        return orphans

    def forget_changed_models(self) -> None:
        """Drop the vectors of models that are no longer the ones in use: their passages are embedded again."""
        for model in BUNDLED.values():
            row = self._db.execute("SELECT fingerprint FROM models WHERE language = ?", [model.language]).fetchone()
            if row and row[0] != fingerprint(model):
                with self._db.atomic():
                    self._forget_model(model)

    def refresh_words(self) -> None:
        """Build the indexes of passages' and documents' words anew if they were made by another analysis."""
        row = self._db.execute("SELECT value FROM facts WHERE name = 'analysis'").fetchone()
        if row and row[0] == ANALYSIS_VERSION:
            return
        with self._db.atomic():
            for index in ("passage_words", "document_words"):
                self._db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
            for document_id in self.document_ids():
                for index, rowid, words in self._words(document_id):
                    add_words(self._db, index, rowid, words)
            fact = {"name": "analysis", "value": ANALYSIS_VERSION}
            table(self._db, "facts").insert(fact, pk="name", replace=True)

    def _remove(self, document_id: int) -> None:
        for index, rowid, words in self._words(document_id):
            remove_words(self._db, index, rowid, words)
        own = "SELECT id FROM passages WHERE document_id = ?"
        self._db.execute(f"DELETE FROM vectors WHERE passage_id IN ({own})", [document_id])
        self._db.execute("DELETE FROM passages WHERE document_id = ?", [document_id])
        self._db.execute("DELETE FROM documents WHERE id = ?", [document_id])

    def _words(self, document_id: int) -> Iterator[tuple[str, int, str]]:
        """Yield the full-text rows of a document: index, row id, analysed words."""
        all_words = []
        for passage in self.passages(document_id):
            words = analysed(passage.text)
            all_words.append(words)
            yield "passage_words", passage.id, words
        yield "document_words", document_id, " ".join(all_words)

    def _stored(self, where: str, values: Sequence[int]) -> list[StoredPassage]:
        rows = self._db.execute(
            'SELECT passages.id, document_id, start, "end", page, substr(text, start + 1, "end" - start)'
            f" FROM passages JOIN documents ON documents.id = document_id {where}",
            values,
        )
        return [StoredPassage(*row) for row in rows]

    def _model_id(self, model: Model) -> int:
        row = {"language": model.language, "name": model.name, "fingerprint": fingerprint(model)}
        found = self._db.execute("SELECT id FROM models WHERE language = ?", [model.language]).fetchone()
        if found:
            return int(found[0])
        inserted = table(self._db, "models").insert({**row, "dimension": model.dimension})
        return int(inserted.last_pk)  # type: ignore[arg-type]

    def _forget_model(self, model: Model) -> None:
        own = "(SELECT id FROM models WHERE language = ?)"
        self._db.execute(f"DELETE FROM vectors WHERE model_id = {own}", [model.language])
        self._db.execute("UPDATE passages SET embedded = 0 WHERE language = ?", [model.language])
        self._db.execute("DELETE FROM models WHERE language = ?", [model.language])
