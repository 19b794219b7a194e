"""What a label is proposed for, as a person sees it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.ids import Ids
from bge_desktop.library.labels import Guessed
from bge_desktop.library.library import Library
from bge_desktop.messages import Proposal, Proposals
from bge_desktop.search.results import FoundFile, files_of
from bge_desktop.understand.spaces import Space, documents_in, spaces_of

_SHOWN = 400  # characters of a passage
_AMONG = "id IN (SELECT value FROM json_each(?))"


def proposals(library: Library, label: int, limit: int) -> Proposals:
    """Return what a label is proposed for, and was applied to by itself, so many at most."""
    guessed = library.labels.guessed(label, limit)
    documents = [own.document for own in guessed]
    files, passages = files_of(library.db, documents), _telling_passages(library, label, documents)
    shown = tuple(
        _proposal(own, files[own.document][0], passages.get(own.document)) for own in guessed if own.document in files
    )
    return Proposals(label, shown, library.labels.count_guessed(label))


def _proposal(guessed: Guessed, file: FoundFile, passage: StoredPassage | None) -> Proposal:
    text = " ".join(passage.text.split())[:_SHOWN] if passage else ""
    return Proposal(file.path, file.folder, file.title, guessed.confidence, text, guessed.is_applied)


def _telling_passages(library: Library, label: int, documents: Sequence[int]) -> dict[int, StoredPassage]:
    """Return of documents the passage that the label's weights take for the surest; by document."""
    best: dict[int, tuple[float, int]] = {}
    for space in spaces_of(library.models):
        weights = library.labels.guesses.weights(space.fingerprint, space.dimension).get(label)
        if weights is not None:
            own = documents_in(library.db, space, _AMONG, [json.dumps(list(documents))])
            best |= _surest(library, space, own, weights)
    stored = library.documents.by_id([passage for _, passage in best.values()])
    return {document: stored[passage] for document, (_, passage) in best.items() if passage in stored}


def _surest(
    library: Library, space: Space, documents: Ids, weights: NDArray[np.float32]
) -> dict[int, tuple[float, int]]:
    """Return of documents of a space the surest passage, and before it its score; by document."""
    catalogue = library.catalogue
    passages = catalogue.passages_of_rows(catalogue.rows_of_documents(documents))
    best: dict[int, tuple[float, int]] = {}
    for language in space.passages_in:
        ids, vectors = library.vectors.of(language, passages)
        owners = catalogue.documents[catalogue.rows_of_passages(ids)].tolist()
        for passage, owner, score in zip(ids.tolist(), owners, (vectors @ weights[:-1]).tolist(), strict=True):
            best[owner] = max(best.get(owner, (-np.inf, 0)), (score, passage))
    return best
