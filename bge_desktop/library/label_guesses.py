"""What was learnt of labels: their weights, and how sure it is of which documents that they have them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.library.facts import Facts

Weights = NDArray[np.float32]

LEAST_CONFIDENCE = 0.3
"""What is less sure is not proposed."""
_PAIRS = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
_LEARNT_FROM, _GUESSED_TO = "labels learnt from", "labels guessed to"


class LabelGuesses:
    """The tables `label_weights` and `label_guesses`."""

    def __init__(self, db: Database) -> None:
        self._db, self._facts = db, Facts(db)

    @property
    def learnt_from(self) -> str:
        """What the weights were learnt from, as `learn` was told; "" where they were not."""
        return self._facts.get(_LEARNT_FROM)

    @property
    def guessed_to(self) -> int:
        """The id of a document up to which all have been looked at with the weights."""
        return int(self._facts.get(_GUESSED_TO) or 0)

    @guessed_to.setter
    def guessed_to(self, document_id: int) -> None:
        self._facts.set(_GUESSED_TO, str(document_id))

    def learn(
        self,
        weights: Mapping[str, Mapping[int, Weights]],
        learnt_from: str,
        kept: Mapping[str, Iterable[int]] = MappingProxyType({}),
    ) -> None:
        """Record new weights of all labels; guesses stay until `record` is told of their documents.

        Args:
            weights: by the fingerprint of the model for whose vectors they are, then by label: as many numbers as a
                vector has, and the offset behind them.
            learnt_from: tells one set of decisions from another.
            kept: the labels of which the weights that they have stay where there are no new ones, by fingerprint.
        """
        staying = json.dumps([(fingerprint, label) for fingerprint, labels in kept.items() for label in labels])
        rows = [
            (label, fingerprint, own.astype("<f4").tobytes())
            for fingerprint, labels in weights.items()
            for label, own in labels.items()
        ]
        with self._db.atomic():
            self._db.execute(f"DELETE FROM label_weights WHERE (fingerprint, label_id) NOT IN ({_PAIRS})", [staying])
            known = "WHERE ?1 IN (SELECT id FROM labels)"  # it may have been removed meanwhile
            sql = f"INSERT OR REPLACE INTO label_weights (label_id, fingerprint, weights) SELECT ?1, ?2, ?3 {known}"
            self._db.conn.executemany(sql, rows)
            self._facts.set(_LEARNT_FROM, learnt_from)
            self.guessed_to = 0

    def weights(self, fingerprint: str, dimension: int) -> dict[int, Weights]:
        """Return the weights of the labels, by id, for the vectors of a model, as `learn` has them."""
        sql = "SELECT label_id, weights FROM label_weights WHERE fingerprint = ? ORDER BY label_id"
        rows = self._db.execute(sql, [fingerprint])
        found = {label: np.frombuffer(own, "<f4").astype(np.float32) for label, own in rows}
        return {label: own for label, own in found.items() if len(own) == dimension + 1}

    def record(
        self, document_ids: Sequence[int], guesses: Iterable[tuple[int, int, float]], kept: Collection[int] = ()
    ) -> bool:
        """Record what is guessed of documents: (label, document, confidence); return whether anything is new.

        Whatever was guessed of them before is forgotten, but for the labels `kept`, of which nothing is guessed now.
        """
        ids = json.dumps(list(document_ids))
        before = self._of(ids)
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM label_guesses WHERE document_id IN (SELECT value FROM json_each(?))"
                " AND label_id NOT IN (SELECT value FROM json_each(?))",
                [ids, json.dumps(list(kept))],
            )
            self._db.conn.executemany(
                "INSERT INTO label_guesses (label_id, document_id, confidence) SELECT ?1, ?2, ?3"
                " WHERE ?1 IN (SELECT id FROM labels) AND ?2 IN (SELECT id FROM documents)",
                list(guesses),
            )
        return self._of(ids) != before

    def _of(self, ids: str) -> list[tuple[int, int, float]]:
        sql = (
            "SELECT label_id, document_id, round(confidence, 2) FROM label_guesses"
            " WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY label_id, document_id"
        )
        return self._db.execute(sql, [ids]).fetchall()
