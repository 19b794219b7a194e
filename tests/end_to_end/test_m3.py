"""A library that a model with lexical weights and multi-vectors reads: indexed, searched, re-ranked, and left again."""

from __future__ import annotations

import os

import numpy as np
import pytest

from bge_desktop.bge.model_import import add_folder
from bge_desktop.library.library import reading
from bge_desktop.library.sparse_index import SparseIndex
from bge_desktop.messages import AddFolder, ReloadSettings, Reranked, Search, UseModels
from bge_desktop.settings import Settings, save
from tests.end_to_end.client import Client
from tests.end_to_end.command import run_json
from tests.small_models import TEXTS, save_m3

NAMES = [f"{number}.txt" for number in range(len(TEXTS))]


@pytest.fixture(scope="module")
def m3(tmp_path_factory):
    """The name of a small M3 in a store of the tests' own."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BGE_DESKTOP_MODELS", str(folder / "store"))
        yield add_folder(str(save_m3(folder / "small-m3", max_position_embeddings=514)), lambda *_: None).name


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    for name, text in zip(NAMES, TEXTS, strict=True):
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def client(tmp_path, folder, m3):
    """A client of a worker whose library reads both languages with the small M3."""
    own = Client(tmp_path / "library")
    own.worker.submit(AddFolder(str(folder)))
    assert own.worker.wait_until_idle(60)
    use(own, m3, m3)
    yield own
    own.worker.stop()
    assert own.errors == []


def use(client, en, zh):
    client.worker.submit(UseModels(en, zh))
    client.wait_for(lambda: models_of(client) == {"en": en, "zh": zh})
    assert client.worker.wait_until_idle(60)


def choose(client, settings):
    save(client.worker._folder, settings)
    client.worker.submit(ReloadSettings())


def models_of(client):
    with reading(client.worker._folder) as library:
        return {language: model.name for language, model in library.models.items()}


def lexical(library):
    """Return the passages that have lexical weights of the models in use, by their texts."""
    models = library.vectors.in_use.values()
    ids = np.concatenate([SparseIndex(library.db).members(own.id) for own in models])
    return sorted(own.text for own in library.documents.by_id(ids.tolist()).values())


def test_what_is_asked_for_in_a_document_s_own_words_finds_it(client):
    for name, text in zip(NAMES, TEXTS, strict=True):
        assert client.names(text)[0] == name


def test_every_passage_has_its_lexical_weights_through_changes_of_the_folder(client, folder):
    with reading(client.worker._folder) as library:
        assert lexical(library) == sorted(TEXTS)
    (folder / "new.txt").write_text("The ferry leaves the harbour at nine.")
    (folder / NAMES[0]).unlink()
    client.wait_for(lambda: client.names("ferry harbour")[0] == "new.txt")
    assert client.worker.wait_until_idle(60)
    client.wait_for(lambda: _held(client) == sorted([*TEXTS[1:], "The ferry leaves the harbour at nine."]))


def _held(client):
    with reading(client.worker._folder) as library:
        return lexical(library)


def test_the_way_back_leaves_no_lexical_weights_in_use(client):
    use(client, "bge-small-en-v1.5", "bge-small-zh-v1.5")
    assert _held(client) == []
    assert client.names("baking a loaf")[0] == "2.txt"


def test_documents_are_one_passage_where_long_ones_are_wanted(client, folder):
    text = "\n\n".join(f"{TEXTS[number % 5]} That is what paragraph {number} says." for number in range(10))
    (folder / "long.txt").write_text(text)
    client.wait_for(lambda: client.search("paragraph 9").results[0].path.endswith("long.txt"))
    assert client.search("paragraph 9").results[0].passages > 1
    choose(client, Settings(long_passages=True))
    client.wait_for(lambda: client.search("paragraph 9").results[0].passages == 1)
    choose(client, Settings())
    client.wait_for(lambda: client.search("paragraph 9").results[0].passages > 1)
    assert client.worker.wait_until_idle(60)
    passages = client.search("paragraph 9").results[0].passages
    client.wait_for(lambda: len(_held(client)) == len(TEXTS) + passages)  # what was read otherwise is gone in a while


def test_the_best_results_are_looked_at_more_closely_by_multi_vectors(client):
    choose(client, Settings(multi_vectors=True, reranking_ms=60_000))
    client.worker.submit(Search(TEXTS[1], 900, rerank=True))
    while not isinstance(event := client.events.get(timeout=60), Reranked):
        pass
    assert os.path.basename(event.paths[0]) == "1.txt"
    assert len(event.paths) > 1


def test_the_command_searches_with_it_and_looks_more_closely(client):
    choose(client, Settings(multi_vectors=True, reranking_ms=60_000))
    for name, text in list(zip(NAMES, TEXTS, strict=True))[2:6:3]:
        found = run_json("search", text, "--library", client.worker._folder)
        assert os.path.basename(found["results"][0]["path"]) == name
