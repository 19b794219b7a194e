"""A library's change to other models: they embed its passages anew while those in use go on serving.

What they embed stands beside the other vectors from the first passage on, so that a process that is killed has lost
nothing. Once every passage has its vector from them they change places, in one transaction, and what was in use is kept
as the former models', for a way back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.bge.sparse_vectors import SparseVectors
from bge_desktop.library.documents import Documents, StoredPassage
from bge_desktop.library.sparse_index import SparseIndex
from bge_desktop.library.spread import Spread
from bge_desktop.library.stored_models import LibraryModel, Models, Role, StoredModels
from bge_desktop.library.stored_vectors import StoredVectors, mark_embedded, remove_some
from bge_desktop.library.tidying import Tidying
from bge_desktop.library.vector_index import VectorIndex
from bge_desktop.library.vector_table import Ids
from bge_desktop.library.vectors import Vectors

# Passages that are looked through, or vectors that are removed, at once: some milliseconds.
_WINDOW, _REMOVED = 5_000, 300
_LAST = (1 << 63) - 1  # the greatest id that SQLite has


class Switch:
    """The change to other models, where one goes on, and what is left of earlier ones.

    Args:
        db: the library's database.
        documents: its passages.
        vectors: those in use.

    Attributes:
        coming: the models that are to be in use, by the languages that get another one; empty where no change goes on.
        former: those that were in use before the last change.
        done_of: how many passages the coming ones have embedded, by language.
    """

    def __init__(self, db: Database, documents: Documents, vectors: Vectors) -> None:
        self._db, self._documents, self._vectors = db, documents, vectors
        self._stored_models, self._tidying, self._sparse = StoredModels(db), Tidying(db), SparseIndex(db)
        self._look()

    def _look(self) -> None:
        """Take up what the database says: nothing of a change to these models is in memory yet."""
        self.coming: Models = self._stored_models.coming()
        self.former: Models = self._stored_models.former()
        self._stored = StoredVectors(self._db, self.coming)
        self._given_up: set[int] = set()
        self._removed_up_to: dict[int, int] = {}
        self._indexes: dict[Language, VectorIndex] = {}
        self._loaded: dict[Language, int] = {}
        self._former_of: dict[Language, int] = {}
        self.restart()
        self.done_of = {language: self._stored.count(language) for language in self.coming}

    @property
    def is_under_way(self) -> bool:
        """Whether models are to change."""
        return bool(self.coming)

    @property
    def is_return(self) -> bool:
        """Whether all that is to come was in use before."""
        return self.is_under_way and all(own.role is Role.RETURNING for own in self.coming.values())

    @property
    def done(self) -> int:
        """How many passages the coming models have embedded."""
        return sum(self.done_of.values())

    @property
    def total(self) -> int:
        """How many passages the coming models are to embed."""
        return sum(len(self._vectors[language]) for language in self.coming)

    @property
    def is_covered(self) -> bool:
        """Whether `next` has come to the end: all that is not stored yet has been taken."""
        return self._is_at_end

    def begin(self, wanted: Mapping[Language, Model]) -> None:
        """Have models come: those that are wanted and not in use, in place of any that were to come."""
        self._stored_models.plan(wanted)
        self._look()

    def cancel(self) -> None:
        """Have the models in use stay."""
        self._stored_models.cancel()
        self._look()

    def forget_former(self) -> None:
        """Keep no way back to the former models. What they embedded goes by `remove_some`."""
        self._stored_models.drop_former()
        self._look()

    def restart(self) -> None:
        """Look for passages from the start: some that were taken have not been stored."""
        self._reached, self._is_at_end = 0, False

    def next(self, limit: int) -> list[tuple[StoredPassage, Language]]:
        """Return the next passages for the coming models, with their languages.

        None where there are none among the next few thousand: as long as `is_covered` does not say so, there are more.
        """
        last = self._end_of_window()
        found = self._documents.to_embed_anew(limit, self._reached, last or _LAST)
        self._is_at_end = last is None and not found
        self._reached = found[-1][0].id if found else last or self._reached
        return [(passage, language) for passage, language in found if passage.id not in self._given_up]

    def _end_of_window(self) -> int | None:
        """Return the id of the passage that is so many further on as are looked through at once; None at the end."""
        sql = "SELECT id FROM passages WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?"
        row = self._db.execute(sql, [self._reached, _WINDOW]).fetchone()
        return int(row[0]) if row else None

    def note_embedded(self, passage_ids: Collection[int]) -> None:
        """Take note that the models in use have embedded passages: the coming ones are to embed these, too."""
        self._reached, self._is_at_end = min(self._reached, min(passage_ids) - 1), False

    def store(
        self,
        language: Language,
        passage_ids: Sequence[int],
        vectors: NDArray[np.float32],
        sparse: SparseVectors | None = None,
    ) -> None:
        """Record the vectors [n, dimension] of passages, as `Vectors.store`."""
        half = vectors.astype(np.float16)
        kept = self._stored.store(language, passage_ids, half, sparse)
        self.done_of[language] += len(kept)
        ids = np.array(passage_ids, np.int64)[kept]
        is_loaded = ids <= self._loaded.get(language, 0)  # the others are read when it is their turn
        if is_loaded.any():
            self._indexes[language].add(ids[is_loaded], half[kept][is_loaded])

    def give_up(self, passage_id: int) -> None:
        """Have a passage not hold up the change that its coming model cannot embed; the next start tries it again."""
        self._given_up.add(passage_id)

    def index(self, language: Language) -> VectorIndex:
        """Return what `load_some` has read of a coming model."""
        return self._indexes[language]

    def forget(self, passage_ids: Ids) -> None:
        """Take note that passages are gone."""
        self._former_of.clear()
        for index in self._indexes.values():
            index.remove(passage_ids)

    def count_former(self, language: Language) -> int:
        """Return how many passages the former model of a language had embedded."""
        if language not in self._former_of:  # counting reads an index of all vectors: 45 ms for 500,000 passages
            self._former_of[language] = StoredVectors(self._db, self.former).count(language)
        return self._former_of[language]

    def set_spread(self, own: LibraryModel, spread: Spread) -> None:
        """Record how the cosines of a model are spread, be it a coming one or in use."""
        self._stored_models.set_spread(own.id, spread)
        self.coming = self._stored_models.coming()
        self._vectors.in_use = self._stored_models.current()

    def load_some(self) -> bool:
        """Read some of what the coming models embedded into memory; return whether all of it is there."""
        for language, own in self.coming.items():
            index = self._indexes.setdefault(language, self._vectors.empty_index(own.model))
            reached = self._loaded.get(language, 0)
            portion = next(self._stored.portions(language, reached + 1), None) if reached < _LAST else None
            if portion:
                index.add(*portion)
                self._loaded[language] = int(portion[0][-1])
                return False
            self._loaded[language] = _LAST
        return True

    def take_effect(self) -> None:
        """Have the coming models be in use, which have embedded all that those in use have.

        Raises:
            LibraryError: the cache of a graph of before cannot be removed; all else is done.
        """
        languages, indexes = list(self.coming), self._indexes
        with self._db.atomic():
            self._stored_models.take_effect()
            for language in languages:
                mark_embedded(self._db, language)
            for passage_id in self._given_up:
                self._documents.give_up(passage_id)
        self._look()
        self._vectors.replace(self._stored_models.current(), indexes)

    @property
    def has_left_overs(self) -> bool:
        """Whether there are vectors that are of no more use."""
        return bool(self._stored_models.dropped())

    def remove_some(self) -> bool:
        """Remove some of the vectors that are of no more use; return whether there were any."""
        for model_id in self._stored_models.dropped():
            with self._db.atomic():
                # its lexical weights last: a model that comes once more is believed to have those of all its vectors
                if not (self._remove_vectors(model_id) or self._sparse.remove_some(model_id)):
                    self._stored_models.remove(model_id)
                    self._tidying.ask()
            return True
        return False

    def _remove_vectors(self, model_id: int) -> bool:
        """Remove some of a model's vectors; return whether there were any."""
        last = remove_some(self._db, model_id, self._removed_up_to.get(model_id, 0), _REMOVED)
        self._removed_up_to[model_id] = last or _LAST
        return last is not None
