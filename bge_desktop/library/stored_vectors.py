"""The vectors as they are stored: the truth that the vector indexes in memory are made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.script import Language
from bge_desktop.bge.sparse_vectors import SparseVectors
from bge_desktop.library.checksums import checksum_of_vector
from bge_desktop.library.sparse_index import SparseIndex
from bge_desktop.library.stored_models import LibraryModel, Models, Role
from bge_desktop.library.vector_table import Half, Ids

# Read at once: some 4 MB, in some milliseconds.
_PORTION = 5_000
_LAST = (1 << 63) - 1  # the greatest id that SQLite has


class StoredVectors:
    """The table `vectors`, as far as it is of some models.

    Args:
        db: the library's database.
        models: those, by the language of the passages that they read.
    """

    def __init__(self, db: Database, models: Models) -> None:
        self._db, self._models = db, models

    def all(self, language: Language) -> Iterator[tuple[Ids, Half]]:
        """Yield all passage ids [n] and their vectors [n, dimension], in the order that is read fastest."""
        model = self._models[language]
        sql = "SELECT passage_id, vector FROM vectors NOT INDEXED WHERE model_id = ?"
        found = self._db.execute(sql, [model.id])
        while rows := found.fetchmany(_PORTION):
            yield _arrays(rows, model)

    def portions(self, language: Language, first: int = 0, last: int = _LAST) -> Iterator[tuple[Ids, Half]]:
        """Yield passage ids, ascending [n], and their vectors [n, dimension].

        Args:
            language: the model's.
            first: the least id.
            last: the greatest one.
        """
        model = self._models[language]
        sql = "SELECT passage_id, vector FROM vectors WHERE model_id = ? AND passage_id BETWEEN ? AND ?"
        found = self._db.execute(f"{sql} ORDER BY passage_id", [model.id, first, last])
        while rows := found.fetchmany(_PORTION):
            yield _arrays(rows, model)

    def of(self, language: Language, passage_ids: Ids) -> tuple[Ids, Half]:
        """Return those of the passages, ascending [n], that have a vector, and their vectors [n, dimension]."""
        ids, vectors = [np.empty(0, np.int64)], [np.empty((0, self._models[language].model.dimension), np.float16)]
        for own, found in self.portions(language, int(passage_ids.min(initial=1)), int(passage_ids.max(initial=0))):
            wanted = np.isin(own, passage_ids)
            ids.append(own[wanted])
            vectors.append(found[wanted])
        return np.concatenate(ids), np.concatenate(vectors)

    def count(self, language: Language) -> int:
        """Return how many passages a model has embedded."""
        sql = "SELECT count(*) FROM vectors WHERE model_id = ?"
        return int(self._db.execute(sql, [self._models[language].id]).fetchone()[0])

    def store(
        self, language: Language, passage_ids: Sequence[int], vectors: Half, sparse: SparseVectors | None = None
    ) -> list[int]:
        """Store vectors [len(passage_ids), dimension]; return the rows of those whose passages still exist.

        What the model gave besides, `sparse`, goes with them. With the vector of the model in use, a passage does not
        wait any more.
        """
        model = self._models[language]
        with self._db.atomic():
            existing = self._existing(passage_ids)
            kept = [row for row, number in enumerate(passage_ids) if number in existing]
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO vectors (passage_id, model_id, vector, checksum) VALUES (?, ?, ?, ?)",
                [(passage_ids[row], model.id, *_checked(vectors[row])) for row in kept],
            )
            if sparse is not None:
                kept_ids = np.array(passage_ids, np.int64)[kept]
                SparseIndex(self._db).add(model.id, kept_ids, sparse.taken(kept))
            if model.role is Role.CURRENT:
                done = [(passage_ids[row],) for row in kept]
                self._db.conn.executemany("UPDATE passages SET embedded = 1 WHERE id = ?", done)
        return kept

    def _existing(self, passage_ids: Sequence[int]) -> set[int]:
        sql = "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._db.execute(sql, [json.dumps(list(passage_ids))])}


def mark_embedded(db: Database, language: Language) -> None:
    """Have those passages count as embedded that waited or were given up, and that the model in use has embedded.

    The others that were given up wait.
    """
    of_model = "(SELECT id FROM models WHERE language = :language AND role = 'current')"
    has_vector = f"EXISTS (SELECT 1 FROM vectors WHERE passage_id = passages.id AND model_id = {of_model})"
    own = {"language": language}
    # each by the index of its own: the passages that have been embedded all along are not looked through
    db.execute("UPDATE passages SET embedded = 0 WHERE embedded = 2 AND language = :language", own)
    db.execute(f"UPDATE passages SET embedded = 1 WHERE embedded = 0 AND language = :language AND {has_vector}", own)


def remove_some(db: Database, model_id: int, after: int, limit: int) -> int | None:
    """Remove vectors of a model, so many at most, of passages with ids over `after`.

    Return the id of the last one; None where there was none.
    """
    rows = db.execute(
        "SELECT id, passage_id FROM vectors WHERE passage_id > ? AND model_id = ? ORDER BY passage_id LIMIT ?",
        [after, model_id, limit],
    ).fetchall()
    sql = "DELETE FROM vectors WHERE id IN (SELECT value FROM json_each(?))"
    db.execute(sql, [json.dumps([number for number, _ in rows])])
    return rows[-1][1] if rows else None


def _arrays(rows: Sequence[tuple[int, bytes]], model: LibraryModel) -> tuple[Ids, Half]:
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    flat = np.frombuffer(b"".join(row[1] for row in rows), "<f2")
    return ids, flat.reshape(len(rows), model.model.dimension)


def _checked(vector: NDArray[np.float16]) -> tuple[bytes, int]:
    stored = vector.astype("<f2").tobytes()
    return stored, checksum_of_vector(stored)
