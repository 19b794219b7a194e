"""Models that are brought into the store, and what is there afterwards."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
import sentencepiece
from filelock import FileLock
from tokenizers import Tokenizer

from bge_desktop.bge import model_store, tokenizer
from bge_desktop.bge.model_folder import read_model
from bge_desktop.bge.model_import import add_folder
from bge_desktop.bge.models import BUNDLED, checked_content, checked_file
from bge_desktop.bge.reranker_folder import read_reranker
from bge_desktop.errors import ModelError
from tests.small_models import (
    TEXTS,
    save_bert,
    save_bert_reranker,
    save_m3,
    save_xlm_roberta,
    save_xlm_roberta_reranker,
)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "store" / "models"))
    return tmp_path / "store" / "models"


@pytest.fixture
def folder(tmp_path):
    return save_bert(tmp_path / "small-model")


def add(folder):
    return add_folder(str(folder), lambda done, total: None)


def left(store):
    return sorted(own.name for own in store.iterdir() if own.name != ".lock")


def test_a_model_is_copied_and_listed(folder, store):
    model = add(folder)
    assert model.folder == str(store / "small-model")
    assert model == model_store.find("small-model")
    [stored] = model_store.listed()
    assert stored.model == model
    assert (stored.manifest.source, stored.manifest.revision) == (str(folder), "")
    assert model.recorded == stored.manifest.fingerprint == read_model(model.folder).recorded
    assert left(store) == ["small-model"]


def test_progress_is_told_up_to_all_of_it(folder):
    told = []
    add_folder(str(folder), lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 30_000


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_it_is_the_persons_alone(folder, store):
    add(folder)
    for path in [store, *store.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_only_what_is_needed_is_copied(folder, store):
    (folder / "notes.txt").write_text("my own")
    (folder / "model.onnx").write_bytes(b"x")
    (folder / "1_Pooling" / "extra.py").write_text("print()")
    add(folder)
    names = {own.name for own in (store / "small-model").rglob("*") if own.is_file()}
    assert names == {
        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "modules.json",
        "sentence_bert_config.json", "manifest.json",
    }  # fmt: skip


def test_the_same_model_is_there_once(folder, store, tmp_path):
    assert add(folder) == add(folder.rename(tmp_path / "renamed"))
    assert left(store) == ["small-model"]


def test_another_model_of_the_same_name_gets_another(folder, store, tmp_path):
    add(folder)
    other = add(save_bert(tmp_path / "elsewhere" / "small-model", pooling="mean"))
    assert other.name == "small-model-2"
    assert model_store.find("small-model-2").pooling == "mean"
    assert model_store.find("small-model").pooling == "cls"


def test_a_name_that_no_folder_should_have_is_changed(tmp_path):
    assert add(save_bert(tmp_path / "..my: model* 模型")).name == "my-model-模型"
    assert add(save_xlm_roberta(tmp_path / BUNDLED["en"].name)).name == f"{BUNDLED['en'].name}-2"


def test_its_instruction_is_known_by_its_first_name(tmp_path):
    save_bert(tmp_path / "other" / "bge-base-zh-v1.5")
    add(save_bert(tmp_path / "bge-base-zh-v1.5", num_hidden_layers=1))
    second = add(tmp_path / "other" / "bge-base-zh-v1.5")
    assert (second.name, second.instruction) == ("bge-base-zh-v1.5-2", BUNDLED["zh"].instruction)


def test_what_is_refused_leaves_nothing(folder, store):
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json is damaged"):
        add(folder)
    add(save_bert(folder.parent / "whole"))
    assert left(store) == ["whole"]


def test_a_full_disk_is_told_before_anything_is_copied(folder, store, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 300_000_000})())
    monkeypatch.setattr("os.path.getsize", lambda _: 100_000_000)
    with pytest.raises(ModelError, match=r"takes \d{3} MB, and 300 MB of the disk are free"):
        add(folder)
    assert left(store) == []


def test_one_at_a_time_adds_a_model(folder, store):
    store.mkdir(parents=True)
    with FileLock(store / ".lock"), pytest.raises(ModelError, match="Another model is being added"):
        add(folder)


def test_what_a_killed_one_left_is_removed(folder, store):
    (store / ".adding-1").mkdir(parents=True)
    (store / ".adding-1" / "model.safetensors").write_bytes(b"half")
    add(folder)
    assert left(store) == ["small-model"]
    assert [own.model.name for own in model_store.listed()] == ["small-model"]


def test_the_heads_of_m3_are_kept_in_a_form_that_runs_no_code(tmp_path, store):
    model = add(save_m3(tmp_path / "bge-m3"))
    assert model.has_heads
    names = {own.name for own in (store / "bge-m3").iterdir()}
    assert {"sparse_linear.safetensors", "colbert_linear.safetensors"} <= names
    assert not [name for name in names if name.endswith(".pt")]
    assert {"sparse_linear.safetensors", "colbert_linear.safetensors"} <= set(model_store.listed()[0].manifest.files)


def test_a_tokenizer_is_made_of_a_list_of_word_pieces(folder, store):
    own = Tokenizer.from_file(str(folder / "tokenizer.json"))
    expected = [own.encode(text).ids for text in TEXTS]
    words = sorted(own.get_vocab().items(), key=lambda item: item[1])
    (folder / "vocab.txt").write_text("\n".join(word for word, _ in words), encoding="utf-8")
    (folder / "tokenizer.json").unlink()
    assert tokenizer.encode(add(folder), TEXTS) == expected


def test_a_tokenizer_is_made_of_sentence_pieces(tmp_path, store):
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS), model_writer=trained, vocab_size=148, hard_vocab_limit=False, minloglevel=2
    )
    folder = save_xlm_roberta(tmp_path / "small-xlm-roberta")
    (folder / "sentencepiece.bpe.model").write_bytes(trained.getvalue())
    (folder / "tokenizer.json").unlink()
    pieces = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    expected = [[0, *(number + 1 for number in pieces.encode(text)), 2] for text in TEXTS]  # XLM-R has one more before
    assert tokenizer.encode(add(folder), TEXTS) == [ids if len(ids) <= 64 else [*ids[:63], 2] for ids in expected]


def test_a_damaged_sentencepiece_model_is_refused(tmp_path, store):
    folder = save_xlm_roberta(tmp_path / "small-xlm-roberta")
    (folder / "sentencepiece.bpe.model").write_bytes(b"no model")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing, and could not be made of another file"):
        add(folder)


def test_without_anything_to_make_a_tokenizer_of_a_model_is_refused(folder, store):
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing, and could not be made"):
        add(folder)
    assert model_store.listed() == []


@pytest.mark.parametrize("save", [save_bert_reranker, save_xlm_roberta_reranker])
def test_a_reranker_is_added_and_makes_no_vectors(tmp_path, save):
    model = add(save(tmp_path / "reranker"))
    assert model.is_reranker
    assert model_store.find("reranker") == model
    assert read_reranker(model.folder).folder == model.folder
    with pytest.raises(ModelError, match="makes no vectors"):
        model_store.find_encoder("reranker")


def test_a_reranker_that_tells_classes_apart_is_refused(tmp_path):
    with pytest.raises(ModelError, match="tells 3 classes apart"):
        add(save_bert_reranker(tmp_path / "classifier", labels=3))


class TestChecks:
    """A file that is not as it was."""

    @pytest.fixture
    def model(self, folder):
        return add(folder)

    def test_a_whole_model(self, model):
        assert checked_file(model, "model.safetensors").endswith("model.safetensors")
        assert model_store.damaged_files(model_store.listed()[0]) == []

    def test_another_content(self, model):
        path = Path(model.folder, "config.json")
        path.write_text(path.read_text() + " ")
        with pytest.raises(ModelError, match=r"config\.json|Remove the model and add it again"):
            checked_content(model, "config.json")

    def test_the_same_content_at_another_time(self, model):
        os.utime(Path(model.folder, "model.safetensors"), (1, 1))
        checked_file(model, "model.safetensors")

    def test_a_flipped_bit_that_changed_neither_size_nor_time_is_found_in_full(self, model):
        path = Path(model.folder, "model.safetensors")
        found, content = path.stat(), bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        assert model_store.damaged_files(model_store.listed()[0]) == ["model.safetensors"]

    def test_a_missing_file(self, model):
        Path(model.folder, "tokenizer.json").unlink()
        with pytest.raises(ModelError, match="cannot be read"):
            checked_content(model, "tokenizer.json")
        assert model_store.damaged_files(model_store.listed()[0]) == ["tokenizer.json"]


class TestRemoval:
    """A model that is no longer wanted."""

    def test_it_goes_with_all_of_its_files(self, folder, store):
        add(folder)
        model_store.remove("small-model")
        assert left(store) == []
        with pytest.raises(ModelError, match="There is no model “small-model”"):
            model_store.find("small-model")

    def test_a_bundled_one_stays(self):
        with pytest.raises(ModelError, match="comes with the app"):
            model_store.remove(BUNDLED["en"].name)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": 3}', '{"source": "", "files": {"a": {}}}'])
def test_a_folder_whose_record_is_spoilt_is_no_model(store, content):
    (store / "spoilt").mkdir(parents=True)
    (store / "spoilt" / "manifest.json").write_text(content)
    assert model_store.listed() == []
