"""Adding and removing models while a library is open."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import pytest

from bge_desktop.bge import model_store
from bge_desktop.errors import ModelError, RequestError
from bge_desktop.library.library import Library
from bge_desktop.messages import (
    AddingProgress,
    AddModel,
    CancelAdding,
    ModelAdded,
    ModelNotAdded,
    ModelRemoved,
    RemoveModel,
)
from bge_desktop.settings import Settings, models_folder, save
from bge_desktop.worker.model_changes import ModelChanges
from bge_desktop.worker.queue import JobQueue
from tests.small_models import save_bert, save_bert_reranker


class Changes:
    """The part under test, with the queue of the worker's thread, which is this one here."""

    def __init__(self, library):
        self.library, self.queue, self.events, self.changed = library, JobQueue(), [], 0
        self.part = ModelChanges(library, self.queue, self.events.append, self.note_change)

    def note_change(self):
        self.changed += 1

    def outcome(self):
        """Run jobs until something is told that ends a request."""
        self.events.clear()
        while not self.events or isinstance(self.events[-1], AddingProgress):
            self.queue.take()()
        return self.events[-1]


@pytest.fixture
def changes(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr("bge_desktop.library.models_used.default_library", lambda: str(tmp_path / "own"))
    library = Library(str(tmp_path / "library"))
    own = Changes(library)
    yield own
    own.part.close()
    library.close()


@pytest.fixture
def folder(tmp_path):
    return save_bert(tmp_path / "small-model")


def test_a_model_is_added_then_removed(changes, folder):
    changes.part.do(AddModel(str(folder)))
    assert changes.outcome() == ModelAdded("small-model")
    assert changes.changed == 1
    changes.part.do(RemoveModel("small-model"))
    assert changes.events[-1] == ModelRemoved("small-model")
    assert changes.changed == 2
    assert model_store.listed() == []
    changes.part.close()
    assert not list(Path(models_folder()).glob(".removed-*"))


def test_what_is_being_removed_cannot_come_to_a_library_any_more(changes, folder, monkeypatch):
    changes.part.do(AddModel(str(folder)))
    changes.outcome()
    may_go_on = threading.Event()
    monkeypatch.setattr(model_store, "discard", lambda _: may_go_on.wait())
    changes.part.do(RemoveModel("small-model"))
    with pytest.raises(ModelError, match="There is no model"):
        model_store.find_encoder("small-model")
    may_go_on.set()


def test_what_is_cancelled_is_told_once(changes, folder):
    changes.part.do(AddModel(str(folder)))
    changes.part.do(CancelAdding())
    assert changes.outcome() == ModelNotAdded()
    assert changes.changed == 0


def test_a_second_one_is_refused_where_it_was_asked_for(changes, folder):
    changes.part.do(AddModel(str(folder)))
    changes.part.do(AddModel(str(folder)))
    assert "Another model is being added" in changes.events[-1].message
    assert changes.outcome() == ModelAdded("small-model")


@pytest.mark.parametrize("role", ["coming", "former", "in use"])
def test_a_model_that_the_library_has_is_not_removed(changes, folder, role):
    changes.part.do(AddModel(str(folder)))
    changes.outcome()
    switch = changes.library.switch
    switch.begin({"en": model_store.find("small-model")})
    if role != "coming":
        switch.take_effect()
    if role == "former":
        switch.begin({"en": model_store.find("bge-small-en-v1.5")})
        switch.take_effect()
    with pytest.raises(RequestError, match="The library uses small-model, or keeps it"):
        changes.part.do(RemoveModel("small-model"))


def test_a_model_that_is_not_there_is_not_removed(changes):
    with pytest.raises(ModelError, match="There is no model"):
        changes.part.do(RemoveModel("other"))


def test_the_reranker_of_the_settings_is_not_removed(changes, tmp_path):
    changes.part.do(AddModel(str(save_bert_reranker(tmp_path / "small-reranker"))))
    assert changes.outcome() == ModelAdded("small-reranker")
    folder = model_store.find("small-reranker").folder
    save(changes.library.folder, Settings(reranker=folder))
    with pytest.raises(RequestError, match="The library uses small-reranker"):
        changes.part.do(RemoveModel("small-reranker"))
    save(changes.library.folder, Settings())
    changes.part.do(RemoveModel("small-reranker"))
    assert changes.events[-1] == ModelRemoved("small-reranker")


def test_a_model_that_the_person_s_own_library_has_is_not_removed(changes, folder, tmp_path):
    own = str(tmp_path / "own")
    changes.part.do(AddModel(str(folder)))
    changes.outcome()
    with contextlib.closing(Library(own)) as library:
        library.switch.begin({"en": model_store.find("small-model")})
    with pytest.raises(RequestError, match="The library uses small-model") as raised:
        changes.part.do(RemoveModel("small-model"))
    assert raised.value.path == own
    assert [stored.model.name for stored in model_store.listed()] == ["small-model"]
