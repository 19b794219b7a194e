"""The names by which a model is known, on which hang its pooling and instruction where its files tell neither."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bge_desktop.bge.model_folder import read_model
from bge_desktop.bge.model_import import add_folder
from bge_desktop.bge.models import BUNDLED
from tests.small_models import save_bert


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "store" / "models"))


def add(folder):
    return add_folder(str(folder), lambda done, total: None)


def change(path, **values):
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def without_pooling(folder):
    shutil.rmtree(folder / "1_Pooling")
    (folder / "modules.json").unlink()
    return folder


@pytest.mark.parametrize(
    ("place", "pooling", "query"),
    [
        ("bge-desktop-models/minilm", "mean", ""),
        ("bge-small-en/minilm", "mean", ""),
        ("e5-small/minilm", "mean", ""),
        ("e5 small", "mean", ""),  # called e5-small once it is added
        ("multilingual-e5-small", "mean", "query: "),
        ("bge-small-en", "cls", BUNDLED["en"].instruction),
        ("models--BAAI--bge-small-en/snapshots/a5beb1e3", "cls", BUNDLED["en"].instruction),
    ],
)
def test_a_bare_encoder_is_read_alike_where_it_was_and_once_added(tmp_path, place, pooling, query):
    folder = without_pooling(save_bert(tmp_path / place))
    for model in (read_model(str(folder)), add(folder), read_model(add(folder).folder)):
        assert (model.pooling, model.instruction) == (pooling, query)


@pytest.mark.parametrize("told", ["/home/bge-small-en/minilm", r"C:\bge-small-en\minilm", "bge-small-en/minilm/"])
def test_of_the_path_that_a_model_was_saved_from_only_its_name_tells_what_it_is(tmp_path, told):
    folder = without_pooling(save_bert(tmp_path / "model"))
    change(folder / "config.json", _name_or_path=told)
    assert (add(folder).pooling, add(folder).instruction) == ("mean", "")


def test_a_copy_of_an_added_model_is_read_as_that(tmp_path):
    added = add(without_pooling(save_bert(tmp_path / "bge-small-en")))
    copy = Path(added.folder).rename(tmp_path / "copy")
    for model in (read_model(str(copy)), add(copy)):
        assert (model.pooling, model.instruction) == ("cls", added.instruction)
