"""Adding models in the real process."""

from __future__ import annotations

import os
import queue
import signal

import pytest

from bge_desktop.bge import model_store, tokenizer
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.model_adding import ModelAdding, outcome_of
from bge_desktop.errors import RequestError, UserError
from bge_desktop.messages import (
    AddingProgress,
    AddModel,
    FetchModel,
    LookUpModel,
    ModelAdded,
    ModelFound,
    ModelNotAdded,
)
from tests.small_hub import COMMIT, SmallHub, serving
from tests.small_models import TEXTS, save_bert, save_m3
from tests.unit.bge.test_other_models import reference

NAME = "BAAI/bge-small"
LIMIT_S = 60


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "models"))
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "models"


@pytest.fixture
def folder(tmp_path):
    return save_bert(tmp_path / "small-model")


@pytest.fixture
def served(folder, monkeypatch):
    with serving(SmallHub({(NAME, COMMIT): folder})) as own:
        monkeypatch.setenv("HF_ENDPOINT", own.address)
        yield own


@pytest.fixture
def events():
    return queue.SimpleQueue()


@pytest.fixture
def adding(events):
    own = ModelAdding(events.put)
    yield own
    own.close()


def outcome(events):
    while isinstance(event := events.get(timeout=LIMIT_S), AddingProgress):
        pass
    return event


def test_a_folder_is_added_and_embeds_as_transformers_does(folder, adding, events):
    adding.begin(AddModel(str(folder)))
    first = events.get(timeout=LIMIT_S)
    assert (first.name, first.total) == ("small-model", sum(own.stat().st_size for own in folder.rglob("*.*")))
    assert outcome(events) == ModelAdded("small-model")
    assert not adding.is_busy
    model = model_store.find("small-model")
    encoder = Encoder("cpu")
    try:
        vectors = encoder.embed_now(model, TEXTS, TextKind.PASSAGE)
    finally:
        encoder.close()
    expected = reference(folder, tokenizer.encode(model, TEXTS), "cls")
    assert (vectors * expected).sum(axis=1).min() > 0.999  # in the precision that this processor does best


def test_the_heads_of_m3_are_converted(tmp_path, adding, events):
    adding.begin(AddModel(str(save_m3(tmp_path / "bge-m3"))))
    assert outcome(events) == ModelAdded("bge-m3")
    assert model_store.find("bge-m3").has_heads


def test_what_cannot_be_used_is_refused_with_the_reason(folder, adding, events):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    adding.begin(AddModel(str(folder)))
    told = outcome(events)
    assert (told.title, told.path) == ("Model cannot be used", str(folder))
    assert "which can run code" in told.message


def test_a_model_is_looked_up_then_fetched(served, adding, events):
    adding.begin(LookUpModel(NAME))
    found = outcome(events)
    assert isinstance(found, ModelFound)
    assert (found.name, found.commit, found.licence) == (NAME, COMMIT, "mit")
    adding.begin(FetchModel(found.name, found.commit))
    assert outcome(events) == ModelAdded("bge-small")
    assert model_store.listed()[0].manifest.revision == COMMIT


def test_one_at_a_time(folder, adding, events):
    adding.begin(AddModel(str(folder)))
    with pytest.raises(RequestError, match="Another model is being added"):
        adding.begin(AddModel(str(folder)))
    assert outcome(events) == ModelAdded("small-model")


def test_what_is_cancelled_leaves_nothing_and_the_next_one_is_added(folder, adding, events, store):
    adding.begin(AddModel(str(folder)))
    adding.cancel()
    assert outcome(events) == ModelNotAdded()
    while True:  # until the process that was ended has let go of the store
        adding.begin(AddModel(str(folder)))
        if (told := outcome(events)) == ModelAdded("small-model"):
            break
        assert "Another model is being added" in told.message
    assert sorted(own.name for own in store.iterdir()) == [".lock", "small-model"]


def test_a_process_that_dies_is_told(folder, adding, events):
    adding.begin(AddModel(str(folder)))
    os.kill(adding._process.pid, signal.SIGTERM)
    told = outcome(events)
    assert told.title == "Model not added"
    assert "ended (exit status" in told.message
    adding.begin(AddModel(str(folder)))
    assert outcome(events) == ModelAdded("small-model")


def test_a_command_waits_for_the_outcome(folder, served):
    told = []
    assert outcome_of(AddModel(str(folder)), told.append) == "small-model"
    assert told[-1].done == told[-1].total
    assert outcome_of(LookUpModel(NAME), told.append).commit == COMMIT
    with pytest.raises(UserError, match="No such model"):
        outcome_of(LookUpModel("BAAI/other"), told.append)
