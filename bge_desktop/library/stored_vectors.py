"""The vectors as they are stored: the truth that the vector indexes in memory are made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.models import BUNDLED, Model, fingerprint
from bge_desktop.library.checksums import checksum_of_vector
from bge_desktop.library.schema import table
from bge_desktop.library.vector_table import Half, Ids

# Read at once: some 8 MB, in some milliseconds.
_PORTION = 10_000
_LAST = (1 << 63) - 1  # the greatest id that SQLite has
_OF_MODEL = "model_id = (SELECT id FROM models WHERE language = ? AND fingerprint = ?)"


class StoredVectors:
    """The tables `vectors` and `models`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def portions(self, model: Model, first: int = 0, last: int = _LAST) -> Iterator[tuple[Ids, Half]]:
        """Yield passage ids, ascending [n], and their vectors [n, dimension], of a model as it is now.

        Args:
            model: the encoder.
            first: the least id.
            last: the greatest one.
        """
        found = self._db.execute(
            f"SELECT passage_id, vector FROM vectors WHERE {_OF_MODEL} AND passage_id BETWEEN ? AND ?"
            " ORDER BY passage_id",
            [model.language, fingerprint(model), first, last],
        )
        while rows := found.fetchmany(_PORTION):
            ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
            flat = np.frombuffer(b"".join(row[1] for row in rows), "<f2")
            yield ids, flat.reshape(len(rows), model.dimension)

    def of(self, model: Model, passage_ids: Ids) -> tuple[Ids, Half]:
        """Return those of the passages, ascending [n], that have a vector, and their vectors [n, dimension]."""
        ids, vectors = [np.empty(0, np.int64)], [np.empty((0, model.dimension), np.float16)]
        for own, found in self.portions(model, int(passage_ids.min(initial=1)), int(passage_ids.max(initial=0))):
            wanted = np.isin(own, passage_ids)
            ids.append(own[wanted])
            vectors.append(found[wanted])
        return np.concatenate(ids), np.concatenate(vectors)

    def count(self, model: Model) -> int:
        """Return how many passages a model as it is now has embedded."""
        values = [model.language, fingerprint(model)]
        return int(self._db.execute(f"SELECT count(*) FROM vectors WHERE {_OF_MODEL}", values).fetchone()[0])

    def store(self, model: Model, passage_ids: Sequence[int], vectors: Half) -> list[int]:
        """Store vectors [len(passage_ids), dimension]; return the rows of those whose passages still exist."""
        with self._db.atomic():
            model_id = self._model_id(model)
            existing = self._existing(passage_ids)
            kept = [row for row, number in enumerate(passage_ids) if number in existing]
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO vectors (passage_id, model_id, vector, checksum) VALUES (?, ?, ?, ?)",
                [(passage_ids[row], model_id, *_checked(vectors[row])) for row in kept],
            )
            done = [(passage_ids[row],) for row in kept]
            self._db.conn.executemany("UPDATE passages SET embedded = 1 WHERE id = ?", done)
        return kept

    def forget_changed_models(self) -> None:
        """Drop the vectors of models that are no longer the ones in use: their passages are embedded again."""
        for model in BUNDLED.values():
            row = self._db.execute("SELECT fingerprint FROM models WHERE language = ?", [model.language]).fetchone()
            if row and row[0] != fingerprint(model):
                self._forget(model)

    def _forget(self, model: Model) -> None:
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM vectors WHERE model_id = (SELECT id FROM models WHERE language = ?)", [model.language]
            )
            self._db.execute("UPDATE passages SET embedded = 0 WHERE language = ?", [model.language])
            self._db.execute("DELETE FROM models WHERE language = ?", [model.language])

    def _existing(self, passage_ids: Sequence[int]) -> set[int]:
        sql = "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._db.execute(sql, [json.dumps(list(passage_ids))])}

    def _model_id(self, model: Model) -> int:
        found = self._db.execute("SELECT id FROM models WHERE language = ?", [model.language]).fetchone()
        if found:
            return int(found[0])
        row = {"language": model.language, "name": model.name, "fingerprint": fingerprint(model)}
        inserted = table(self._db, "models").insert({**row, "dimension": model.dimension})
        return int(inserted.last_pk)  # type: ignore[arg-type]


def _checked(vector: NDArray[np.float16]) -> tuple[bytes, int]:
    stored = vector.astype("<f2").tobytes()
    return stored, checksum_of_vector(stored)
