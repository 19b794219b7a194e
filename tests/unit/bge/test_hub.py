"""Models from a hub, which here is a small one on this machine."""

from __future__ import annotations

import errno
import os
import re
import shutil

import huggingface_hub
import pytest

from bge_desktop.bge import hub, model_store
from bge_desktop.errors import ModelError
from tests.small_hub import COMMIT, LATER, SmallHub, serving
from tests.small_models import save_bert, save_m3

NAME = "BAAI/bge-small"


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 4096)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "models"


@pytest.fixture
def served(tmp_path, monkeypatch):
    with serving(SmallHub({(NAME, COMMIT): save_bert(tmp_path / "published")})) as own:
        monkeypatch.setenv("HF_ENDPOINT", own.address)
        yield own


def fetch(found, told=None):
    return hub.fetch(found, lambda done, total: None if told is None else told.append((done, total)))


def resolved(served):
    return [path for path, _ in served.asked if "/resolve/" in path]


def test_a_model_is_looked_up_before_anything_is_fetched(served, tmp_path):
    found = hub.look_up(NAME)
    assert (found.name, found.commit, found.licence) == (NAME, COMMIT, "mit")
    assert found.bytes == sum(own.stat().st_size for own in (tmp_path / "published").rglob("*") if own.is_file())
    assert not resolved(served)


def test_a_model_is_fetched_and_recorded(served, store):
    told = []
    model = fetch(hub.look_up(NAME), told)
    assert model == model_store.find("bge-small")
    [stored] = model_store.listed()
    assert (stored.manifest.source, stored.manifest.revision, stored.manifest.licence) == (NAME, COMMIT, "mit")
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == hub.look_up(NAME).bytes
    assert sorted(own.name for own in store.iterdir()) == [".lock", "bge-small"]
    assert model_store.damaged_files(stored) == []


def test_nothing_but_the_looked_up_commit_is_asked_for(served, tmp_path):
    found = hub.look_up(NAME)
    served.models[NAME, LATER] = save_bert(tmp_path / "later", num_hidden_layers=1)
    served.head = LATER
    fetch(found)
    assert all(f"/resolve/{COMMIT}/" in path for path in resolved(served))
    assert {path.partition("?")[0] for path, _ in served.asked} - set(resolved(served)) == {f"/api/models/{NAME}"}
    assert hub.look_up(NAME).commit == LATER
    assert hub.look_up(NAME, COMMIT) == found


def test_only_what_is_needed_is_fetched(served, tmp_path):
    for name in ("pytorch_model.bin", "model.onnx", "README.md", "modeling.py", "2_Other/weights.safetensors"):
        (tmp_path / "published" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "published" / name).write_bytes(b"x")
    fetch(hub.look_up(NAME))
    assert {path.partition(f"{COMMIT}/")[2] for path in resolved(served)} == {
        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "modules.json",
        "sentence_bert_config.json", "1_Pooling/config.json",
    }  # fmt: skip


def test_a_connection_that_is_cut_is_taken_up_again(served):
    served.cut_after = 10_000
    fetch(hub.look_up(NAME))
    ranges = [own for path, own in served.asked if path.endswith("model.safetensors")]
    assert ranges[0] == ""
    assert 0 < int(re.fullmatch(r"bytes=(\d+)-", ranges[1])[1]) <= 10_000


def test_what_an_interrupted_try_has_fetched_is_not_fetched_again(served, store):
    class Killed(BaseException):
        pass

    def kill(done, total):
        if done > total // 2:
            raise Killed

    found = hub.look_up(NAME)
    with pytest.raises(Killed):
        hub.fetch(found, kill)
    [left] = store.glob(".fetching-*")
    there = (left / "model.safetensors").stat().st_size
    assert 0 < there < found.bytes
    assert model_store.listed() == []
    served.asked.clear()
    fetch(found)
    assert served.asked == [(f"/{NAME}/resolve/{COMMIT}/model.safetensors", f"bytes={there}-")]
    assert not list(store.glob(".fetching-*"))
    assert len(model_store.listed()) == 1


def test_a_file_that_is_another_than_the_hub_says_is_refused_and_fetched_anew(served):
    for name in ("config.json", "model.safetensors"):
        served.spoilt = {name}
        with pytest.raises(ModelError, match=f"what came as {re.escape(name)} is not what the hub has"):
            fetch(hub.look_up(NAME))
        assert model_store.listed() == []
    served.spoilt = set()
    fetch(hub.look_up(NAME))


def test_pickled_weights_are_refused_before_anything_is_fetched(served, tmp_path):
    (tmp_path / "published" / "model.safetensors").rename(tmp_path / "published" / "pytorch_model.bin")
    with pytest.raises(ModelError, match="which can run code"):
        hub.look_up(NAME)


def test_another_architecture_is_refused_before_the_weights_are_fetched(served, tmp_path):
    path = tmp_path / "published" / "config.json"
    path.write_text(path.read_text().replace('"bert"', '"t5"'))
    with pytest.raises(ModelError, match="“t5”, is none that this app can run"):
        fetch(hub.look_up(NAME))
    assert not [own for own in resolved(served) if own.endswith(".safetensors")]


def test_a_model_that_cannot_be_used_leaves_nothing(served, store, tmp_path):
    (tmp_path / "published" / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json is damaged"):
        fetch(hub.look_up(NAME))
    assert [own.name for own in store.iterdir()] == [".lock"]


def test_the_heads_of_m3_come_too(served, tmp_path):
    served.models["BAAI/bge-m3", COMMIT] = save_m3(tmp_path / "bge-m3")
    assert fetch(hub.look_up("BAAI/bge-m3")).has_heads


@pytest.mark.parametrize("name", ["", "bge-m3", "a/b/c", "../secret", "BAAI/..", "a b/c", "https://example.org/a/b"])
def test_a_name_that_is_none_asks_nobody(served, name):
    with pytest.raises(ModelError, match="is not how a model is named"):
        hub.look_up(name)
    assert not served.asked


def test_a_model_or_a_revision_that_is_not_there(served):
    with pytest.raises(ModelError, match="The hub has no"):
        hub.look_up("BAAI/other")
    with pytest.raises(ModelError, match="The hub has no"):
        hub.look_up(NAME, "v7")


@pytest.mark.parametrize("commit", [None, "", "main", COMMIT.upper(), f"{COMMIT}\n", "x/../../../" + COMMIT[10:]])
def test_a_commit_that_is_none_is_refused_before_anything_is_fetched(served, monkeypatch, commit):
    information = served.information
    monkeypatch.setattr(served, "information", lambda *asked: {**information(*asked), "sha": commit})
    with pytest.raises(ModelError, match="the hub names no commit of it"):
        hub.look_up(NAME)
    assert not resolved(served)


def test_a_hub_that_does_not_answer(monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="The hub does not answer"):
        hub.look_up(NAME)


def test_a_disk_that_fills_up_meanwhile_is_told_as_that(served, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    found = hub.look_up(NAME)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ModelError, match="No space left on device"):
        fetch(found)


def test_a_full_disk_is_told_before_anything_is_fetched(served, monkeypatch):
    found = hub.look_up(NAME)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(ModelError, match="Not enough room"):
        fetch(found)
    assert not resolved(served)
