import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.library import stored_vectors
from bge_desktop.library.stored_models import StoredModels
from bge_desktop.library.stored_vectors import StoredVectors, remove_some

ENGLISH = BUNDLED["en"]


@pytest.fixture
def stored(desk):
    return StoredVectors(desk.library.db, StoredModels(desk.library.db).current())


@pytest.fixture
def passages(desk):
    return desk.library.documents.passage_ids_of(desk.put("a.txt", "one\ntwo\nthree"))


@pytest.fixture
def half(unit_vectors):
    return unit_vectors(3, ENGLISH.dimension).astype(np.float16)


def all_of(stored, language):
    """Return all ids and vectors of a model."""
    none = np.empty(0, np.int64), np.empty((0, BUNDLED[language].dimension), np.float16)
    portions = [none, *stored.portions(language)]
    return tuple(map(np.concatenate, zip(*portions, strict=True)))


def test_vectors_come_back_as_they_were_by_ascending_id(stored, passages, half):
    assert stored.store("en", passages[::-1], half) == [0, 1, 2]
    ids, vectors = all_of(stored, "en")
    assert ids.tolist() == passages
    np.testing.assert_array_equal(vectors, half[::-1])


def test_they_come_in_portions_of_a_range(stored, passages, half, monkeypatch):
    stored.store("en", passages, half)
    monkeypatch.setattr(stored_vectors, "_PORTION", 2)
    assert [ids.tolist() for ids, _ in stored.portions("en")] == [passages[:2], passages[2:]]
    assert [ids.tolist() for ids, _ in stored.portions("en", passages[1], passages[1])] == [passages[1:2]]
    assert stored.count("en") == 3


def test_those_of_some_passages(stored, passages, half):
    stored.store("en", passages, half)
    ids, vectors = stored.of("en", np.array([passages[2], passages[0], 999]))
    assert ids.tolist() == [passages[0], passages[2]]
    np.testing.assert_array_equal(vectors, half[[0, 2]])


def test_a_model_without_vectors_has_an_empty_matrix(stored):
    ids, vectors = stored.of("zh", np.empty(0, np.int64))
    assert stored.count("zh") == 0
    assert ids.shape == (0,)
    assert vectors.shape == (0, BUNDLED["zh"].dimension)


def test_passages_that_are_gone_are_left_out(stored, passages, half):
    assert stored.store("en", [passages[0], 999, passages[2]], half) == [0, 2]
    assert all_of(stored, "en")[0].tolist() == [passages[0], passages[2]]


def test_a_vector_stored_again_replaces_the_first(stored, passages, half):
    stored.store("en", passages, half)
    stored.store("en", passages[:1], half[2:])
    np.testing.assert_array_equal(all_of(stored, "en")[1][0], half[2])


def test_all_of_them_are_read_at_once_too(stored, passages, half):
    stored.store("en", passages, half)
    [(ids, vectors)] = stored.all("en")
    assert ids.tolist() == passages
    np.testing.assert_array_equal(vectors, half)


def test_some_are_removed_at_a_time(desk, stored, passages, half):
    stored.store("en", passages, half)
    model_id = StoredModels(desk.library.db).current()["en"].id
    assert remove_some(desk.library.db, model_id, 0, 2) == passages[1]
    assert all_of(stored, "en")[0].tolist() == passages[2:]
    assert remove_some(desk.library.db, model_id, passages[1], 2) == passages[2]
    assert remove_some(desk.library.db, model_id, passages[2], 2) is None
