"""The passages that are new to a library, for the models in use to embed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library


class NewPassages:
    """Those that have no vector yet, one after the other; a `worker.embedding.Source`.

    Args:
        library: whose passages.
        paused: tells the ids of the folders that are left as they are: passages of theirs alone are left out.
    """

    def __init__(self, library: Library, paused: Callable[[], Collection[int]]) -> None:
        self._library, self._paused, self._reached = library, paused, 0
        self._taken: set[int] = set()

    def model(self, language: Language) -> Model:
        """Return what is to embed the passages of a language."""
        return self._library.models[language]

    def restart(self) -> None:
        """Look for waiting passages from the start."""
        self._reached = 0
        self._taken.clear()

    def next(self, limit: int) -> Sequence[tuple[StoredPassage, Language]]:
        """Return the next ones with their languages."""
        paused = self._paused()
        waiting = self._library.documents.to_embed(limit, self._reached, paused)
        if not (waiting or self._taken) and self._reached:
            # once more from the start: an old document may have come back into use
            waiting = self._library.documents.to_embed(limit, 0, paused)
        if waiting:
            self._reached = waiting[-1][0].id
            self._taken.update(passage.id for passage, _ in waiting)
        elif not self._taken:
            self._reached = 0
        return waiting

    def store(self, language: Language, passage_ids: Sequence[int], found: Embeddings) -> None:
        """Record what a model gave of passages; those of passages that are gone are dropped."""
        self._library.vectors.store(language, passage_ids, found.dense, found.sparse)
        self._library.switch.note_embedded(passage_ids)
        self._taken.difference_update(passage_ids)

    def give_up(self, passage_id: int) -> None:
        """Have a passage wait no longer; by its words it is found all the same, and the next start tries it again."""
        self._library.documents.give_up(passage_id)
        self._taken.discard(passage_id)
