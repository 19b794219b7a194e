"""Which documents can be compared by their vectors: those that one model has read.

The bundled pair makes two spaces, of English and of Chinese documents; one model for both makes one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.models import Model, fingerprint
from bge_desktop.bge.script import Language
from bge_desktop.library.ids import Ids, read_ids, starts_of

Vectors = NDArray[np.float32]

_PORTION = 500
_IS_WHOLE = (
    "EXISTS (SELECT 1 FROM files WHERE document_id = documents.id)"
    " AND NOT EXISTS (SELECT 1 FROM passages WHERE document_id = documents.id AND embedded = 0)"
)


@dataclass(frozen=True)
class Space:
    """Documents that can be compared.

    Attributes:
        name: the language of the documents; "" where they are in any.
        fingerprint: of the model.
        dimension: of its vectors.
    """

    name: Language | Literal[""]
    fingerprint: str
    dimension: int

    @property
    def languages(self) -> tuple[str, ...]:
        """What the documents are in by the table `documents`; those that are as much in both count as English."""
        return {"en": ("en", "both"), "zh": ("zh",)}.get(self.name, ("en", "zh", "both"))

    @property
    def passages_in(self) -> tuple[Language, ...]:
        """The languages of the passages that count."""
        return ("en", "zh") if self.name == "" else (self.name,)


def spaces_of(models: Mapping[Language, Model]) -> list[Space]:
    """Return the spaces that the models of a library make."""
    marks = {language: fingerprint(model) for language, model in models.items()}
    if len(set(marks.values())) == 1:
        [mark, *_], [model, *_] = marks.values(), models.values()
        return [Space("", mark, model.dimension)]
    return [Space(language, marks[language], model.dimension) for language, model in sorted(models.items())]


def documents_in(db: Database, space: Space, condition: str = "TRUE", values: Sequence[object] = ()) -> Ids:
    """Return the ids, ascending, of the documents of a space that some file has and that are embedded.

    Args:
        db: the library's database.
        space: which.
        condition: what else must hold of `documents`, in SQL; and its values.
        values: those.
    """
    sql = f"SELECT id FROM documents WHERE language IN (SELECT value FROM json_each(?)) AND {_IS_WHOLE} AND {condition}"
    return read_ids(db, sql, [json.dumps(space.languages), *values])


def document_vectors(db: Database, space: Space, documents: Ids) -> tuple[Ids, Vectors]:
    """Return those of some documents that have vectors, ascending [n], and of each the direction of their mean [n, d].

    No longer than some milliseconds for a hundred documents.
    """
    portions = list(_portions(db, space, documents))
    ids = np.concatenate([own for own, _ in portions]) if portions else np.empty(0, np.int64)
    vectors = [own for _, own in portions] or [np.empty((0, space.dimension), np.float32)]
    return ids, np.concatenate(vectors)


def _portions(db: Database, space: Space, documents: Ids) -> Iterator[tuple[Ids, Vectors]]:
    sql = (
        "SELECT p.document_id, v.vector FROM passages p"
        " JOIN models m ON m.language = p.language AND m.role = 'current' AND m.fingerprint = ?"
        " JOIN vectors v ON v.passage_id = p.id AND v.model_id = m.id"
        " WHERE p.document_id IN (SELECT value FROM json_each(?))"
        " AND p.language IN (SELECT value FROM json_each(?)) ORDER BY p.document_id, p.id"
    )
    for start in range(0, len(documents), _PORTION):
        own = json.dumps(documents[start : start + _PORTION].tolist())
        rows = db.execute(sql, [space.fingerprint, own, json.dumps(space.passages_in)]).fetchall()
        if rows:
            yield _means(rows, space.dimension)


def _means(rows: Sequence[tuple[int, bytes]], dimension: int) -> tuple[Ids, Vectors]:
    owners = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    vectors = np.frombuffer(b"".join(row[1] for row in rows), "<f2").reshape(len(rows), dimension)
    starts = starts_of(owners)
    sums = np.add.reduceat(vectors.astype(np.float32), starts, axis=0)
    return owners[starts], normalised(sums)


def normalised(vectors: Vectors) -> Vectors:
    """Return vectors [n, d] in their directions, each of the length 1; one of no length stays so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return found
