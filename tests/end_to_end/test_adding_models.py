"""Models that are added by the command and by the window's worker, used by a library, and removed."""

from __future__ import annotations

import subprocess

import pytest

from bge_desktop.bge import model_store
from bge_desktop.messages import (
    AddModel,
    CancelAdding,
    ErrorReport,
    FetchModel,
    LookUpModel,
    ModelAdded,
    ModelFound,
    ModelNotAdded,
    ModelRemoved,
    ModelsListed,
    RemoveModel,
    UseModels,
)
from tests.end_to_end.command import run, run_json
from tests.made_notes import make_notes
from tests.small_hub import COMMIT, SmallHub, serving
from tests.small_models import save_bert

NAME = "BAAI/bge-small"
FETCHED = "models/.fetching-*/model.safetensors"


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "models"))
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def published(tmp_path):
    return save_bert(tmp_path / "published" / "small-model")


@pytest.fixture
def hub(published, monkeypatch):
    with serving(SmallHub({(NAME, COMMIT): published})) as own:
        monkeypatch.setenv("HF_ENDPOINT", own.address)
        yield own


def names():
    return [own.model.name for own in model_store.listed()]


def test_a_folder_is_added_and_removed_by_the_command(published):
    told = run_json("models", "add", published)
    assert (told["name"], told["dimension"], told["max_tokens"]) == ("small-model", 32, 64)
    assert names() == ["small-model"]
    assert run_json("models", "remove", "small-model") == {"removed": "small-model"}
    assert names() == []


def test_a_folder_that_cannot_be_used_is_refused_with_the_reason(published):
    (published / "model.safetensors").rename(published / "pytorch_model.bin")
    finished = run("models", "add", published, check=False)
    assert finished.returncode == 1
    assert "pickled (pytorch_model.bin), which can run code" in finished.stderr
    assert names() == []


def test_a_model_is_downloaded_once_it_is_agreed_to(hub):
    refused = run("models", "download", NAME, check=False, stdin=subprocess.DEVNULL)
    assert refused.returncode == 1
    assert "licence: mit" in refused.stderr
    assert f"revision: {COMMIT}" in refused.stderr
    assert "0 MB to download" in refused.stderr
    assert "add --yes" in refused.stderr
    assert not [path for path, _ in hub.asked if "/resolve/" in path]
    told = run_json("models", "download", NAME, "--revision", COMMIT, "--yes")
    assert told["name"] == "bge-small"
    assert model_store.listed()[0].manifest.revision == COMMIT


class TestWorker:
    """The window's worker."""

    @pytest.fixture
    def folder(self, tmp_path):
        make_notes(str(tmp_path / "documents"), 5)
        return tmp_path / "documents"

    def test_a_model_is_fetched_and_used_and_not_removed_as_long_as_it_is(self, client, hub):
        client.worker.submit(LookUpModel(NAME))
        found = told(client, ModelFound)
        client.worker.submit(FetchModel(found.name, found.commit))
        assert told(client, ModelAdded) == ModelAdded("bge-small")
        assert "bge-small" in [own.name for own in told(client, ModelsListed).available]
        client.worker.submit(UseModels(en="bge-small"))
        assert client.worker.wait_until_idle(120)
        assert client.search("how do I end the lease").results
        client.worker.submit(RemoveModel("bge-small"))
        assert "The library uses bge-small" in told(client, ErrorReport).message
        assert names() == ["bge-small"]

    def test_an_unused_model_is_removed(self, client, published):
        client.worker.submit(AddModel(str(published)))
        told(client, ModelAdded)
        client.worker.submit(RemoveModel("small-model"))
        assert told(client, ModelRemoved) == ModelRemoved("small-model")
        assert names() == []

    def test_a_download_that_is_cancelled_goes_on_where_it_was(self, client, hub, tmp_path):
        hub.models[NAME, COMMIT] = save_bert(tmp_path / "larger", vocab_size=60_000, hidden_size=128)
        hub.stuck_after = 24_000_000
        client.worker.submit(FetchModel(NAME, COMMIT))
        client.wait_for(lambda: sum(own.stat().st_size for own in tmp_path.glob(FETCHED)) >= 10_000_000)
        client.worker.submit(CancelAdding())
        assert told(client, ModelNotAdded) == ModelNotAdded()
        hub.let_go()
        while True:  # until the process that was ended has let go of the store
            client.worker.submit(FetchModel(NAME, COMMIT))
            event = told(client, ModelAdded, ModelNotAdded)
            if isinstance(event, ModelAdded):
                break
            assert "Another model is being added" in event.message
        ranges = [own for path, own in hub.asked if path.endswith("model.safetensors")]
        assert len(ranges) == 2
        assert int(ranges[1].removeprefix("bytes=").removesuffix("-")) >= 10_000_000
        assert names() == ["bge-small"]


def told(client, *kinds):
    """Return the next event of these kinds."""
    while not isinstance(event := client.events.get(timeout=60), kinds):
        pass
    return event
