import numpy as np
import pytest

from bge_desktop.bge import models
from bge_desktop.bge.models import BUNDLED
from bge_desktop.library import stored_vectors
from bge_desktop.library.stored_vectors import StoredVectors

ENGLISH = BUNDLED["en"]


@pytest.fixture
def stored(desk):
    return StoredVectors(desk.library.db)


@pytest.fixture
def passages(desk):
    return desk.library.documents.passage_ids_of(desk.put("a.txt", "one\ntwo\nthree"))


@pytest.fixture
def half(unit_vectors):
    return unit_vectors(3, ENGLISH.dimension).astype(np.float16)


@pytest.fixture
def changed_model(monkeypatch):
    """Make the weights of the English model look replaced."""

    def change():
        other = lambda model: "new" if model.language == "en" else models.fingerprint(model)  # noqa: E731
        monkeypatch.setattr(stored_vectors, "fingerprint", other)

    return change


def all_of(stored, model):
    """Return all ids and vectors of a model."""
    portions = [(np.empty(0, np.int64), np.empty((0, model.dimension), np.float16)), *stored.portions(model)]
    return tuple(map(np.concatenate, zip(*portions, strict=True)))


def test_vectors_come_back_as_they_were_by_ascending_id(stored, passages, half):
    assert stored.store(ENGLISH, passages[::-1], half) == [0, 1, 2]
    ids, vectors = all_of(stored, ENGLISH)
    assert ids.tolist() == passages
    np.testing.assert_array_equal(vectors, half[::-1])


def test_they_come_in_portions_of_a_range(stored, passages, half, monkeypatch):
    stored.store(ENGLISH, passages, half)
    monkeypatch.setattr(stored_vectors, "_PORTION", 2)
    assert [ids.tolist() for ids, _ in stored.portions(ENGLISH)] == [passages[:2], passages[2:]]
    assert [ids.tolist() for ids, _ in stored.portions(ENGLISH, passages[1], passages[1])] == [passages[1:2]]
    assert stored.count(ENGLISH) == 3


def test_those_of_some_passages(stored, passages, half):
    stored.store(ENGLISH, passages, half)
    ids, vectors = stored.of(ENGLISH, np.array([passages[2], passages[0], 999]))
    assert ids.tolist() == [passages[0], passages[2]]
    np.testing.assert_array_equal(vectors, half[[0, 2]])


def test_a_model_without_vectors_has_an_empty_matrix(stored):
    ids, vectors = stored.of(BUNDLED["zh"], np.empty(0, np.int64))
    assert stored.count(BUNDLED["zh"]) == 0
    assert ids.shape == (0,)
    assert vectors.shape == (0, BUNDLED["zh"].dimension)


def test_passages_that_are_gone_are_left_out(stored, passages, half):
    assert stored.store(ENGLISH, [passages[0], 999, passages[2]], half) == [0, 2]
    assert all_of(stored, ENGLISH)[0].tolist() == [passages[0], passages[2]]


def test_a_vector_stored_again_replaces_the_first(stored, passages, half):
    stored.store(ENGLISH, passages, half)
    stored.store(ENGLISH, passages[:1], half[2:])
    np.testing.assert_array_equal(all_of(stored, ENGLISH)[1][0], half[2])


def test_vectors_of_a_model_that_changed_are_not_used_and_then_forgotten(desk, stored, passages, half, changed_model):
    stored.store(ENGLISH, passages, half)
    stored.forget_changed_models()
    assert len(all_of(stored, ENGLISH)[0]) == 3
    changed_model()
    assert len(all_of(stored, ENGLISH)[0]) == 0
    stored.forget_changed_models()
    assert desk.library.db.execute("SELECT count(*) FROM vectors").fetchone()[0] == 0
    assert len(desk.library.documents.to_embed(9, after=0)) == 3
    stored.store(ENGLISH, passages, half)
    assert len(all_of(stored, ENGLISH)[0]) == 3


def test_the_other_models_vectors_are_kept(desk, stored, unit_vectors, changed_model):
    [passage] = desk.library.documents.passage_ids_of(desk.put("z.txt", "租房"))
    chinese = BUNDLED["zh"]
    stored.store(chinese, [passage], unit_vectors(1, chinese.dimension).astype(np.float16))
    changed_model()
    stored.forget_changed_models()
    assert all_of(stored, chinese)[0].tolist() == [passage]
