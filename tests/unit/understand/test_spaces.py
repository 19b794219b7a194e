"""Which documents can be compared, and by what vectors."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np

from bge_desktop.bge.models import BUNDLED
from bge_desktop.library.library import Library
from bge_desktop.understand.spaces import Space, document_vectors, documents_in, normalised, spaces_of
from tests.unit.grouped import GroupedLibrary


def test_the_bundled_pair_makes_two_spaces_and_one_model_for_both_makes_one() -> None:
    assert [(own.name, own.dimension) for own in spaces_of(BUNDLED)] == [("en", 384), ("zh", 512)]
    [own] = spaces_of({"en": BUNDLED["zh"], "zh": BUNDLED["zh"]})
    assert (own.name, own.dimension) == ("", 512)
    assert set(own.passages_in) == {"en", "zh"}


def test_a_documents_vector_is_the_direction_of_the_mean_of_its_passages(tmp_path: Path) -> None:
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        grouped = GroupedLibrary(library)
        english, chinese = grouped.put("baking", 2), grouped.put("renting", 3)
        spaces = {own.name: own for own in spaces_of(library.models)}
        for name, documents in (("en", english), ("zh", chinese)):
            assert documents_in(library.db, spaces[name]).tolist() == documents
            ids, vectors = document_vectors(library.db, spaces[name], np.array([*documents, 999]))
            assert ids.tolist() == documents
            for document, vector in zip(documents, vectors, strict=True):
                passages = np.array(library.documents.passage_ids_of(document))
                own = library.vectors.of(name, passages)[1].astype(np.float32)
                np.testing.assert_allclose(vector, normalised(own.mean(axis=0, keepdims=True))[0], atol=1e-5)
        other = Space("en", "another model", 384)
        assert document_vectors(library.db, other, np.array(english))[0].tolist() == []


def test_a_document_that_is_not_embedded_or_that_no_file_has_is_in_no_space(tmp_path: Path) -> None:
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        grouped = GroupedLibrary(library)
        waiting, gone, there = grouped.put("baking", 3)
        space = spaces_of(library.models)[0]
        library.db.execute("UPDATE passages SET embedded = 0 WHERE document_id = ?", [waiting])
        library.db.execute("UPDATE files SET document_id = NULL WHERE document_id = ?", [gone])
        assert documents_in(library.db, space).tolist() == [there]


def test_what_has_no_length_keeps_none() -> None:
    assert normalised(np.zeros((1, 3), np.float32)).tolist() == [[0, 0, 0]]
