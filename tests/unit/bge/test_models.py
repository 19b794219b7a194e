import dataclasses
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bge_desktop import resources
from bge_desktop.bge import models, tokenizer
from bge_desktop.bge.models import BUNDLED, Cosines, Model, as_read, described_as
from bge_desktop.errors import ModelError


@pytest.fixture
def copied_models(tmp_path, monkeypatch):
    shutil.copytree(resources.path("models"), tmp_path / "models", ignore=shutil.ignore_patterns("*.safetensors"))
    monkeypatch.setattr(resources, "path", lambda *parts: str(tmp_path.joinpath(*parts)))
    models._checksums.cache_clear()
    models.fingerprint.cache_clear()
    yield tmp_path / "models"
    models._checksums.cache_clear()
    models.fingerprint.cache_clear()


def test_the_instructions_are_those_the_models_were_trained_with():
    assert BUNDLED["en"].instruction == "Represent this sentence for searching relevant passages: "
    assert BUNDLED["zh"].instruction == "为这个句子生成表示以用于检索相关文章："


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"])
def test_every_shipped_file_has_its_checksum(language, name):
    assert models.checked_file(BUNDLED[language], name).endswith(name)


def test_a_changed_file_is_refused(copied_models):
    with open(copied_models / "bge-small-en-v1.5" / "config.json", "a") as file:
        file.write(" ")
    with pytest.raises(ModelError, match="is damaged"):
        models.checked_file(BUNDLED["en"], "config.json")


def test_a_missing_file_is_refused(copied_models):
    with pytest.raises(ModelError, match="cannot be read"):
        models.checked_file(BUNDLED["en"], "model.safetensors")


def test_a_missing_list_of_checksums_is_refused(copied_models):
    (copied_models / "SHA256SUMS").unlink()
    with pytest.raises(ModelError, match="Model files are missing"):
        models.fingerprint(BUNDLED["en"])


def test_the_fingerprint_follows_the_weights(copied_models):
    before = models.fingerprint(BUNDLED["en"])
    sums = copied_models / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("a9367a51", "b9367a51"))
    models._checksums.cache_clear()
    models.fingerprint.cache_clear()
    assert models.fingerprint(BUNDLED["en"]) != before


ODD = st.text(alphabet="aBÀéΑΣσςİIıßẞǅK中文 \t\n\u3000", max_size=12)


@settings(deadline=None)
@given(st.text(max_size=30) | ODD)
def test_a_model_reads_what_as_read_returns_as_it_reads_the_text(text):
    for model in BUNDLED.values():
        texts = [model.instruction + own for own in (text, as_read(model, text))]
        assert len({tuple(ids) for ids in tokenizer.encode(model, texts)}) == 1


def test_capitals_and_white_space_make_no_other_query():
    english = BUNDLED["en"]
    assert as_read(english, " When does\tthe  LEASE　end ") == as_read(english, "when does the lease end")
    assert as_read(english, "lease end") != as_read(english, "leaseend")


def test_capitals_make_another_query_of_a_model_that_knows_them():
    cased = dataclasses.replace(BUNDLED["en"], is_uncased=False)
    assert as_read(cased, "The  LEASE") == "The LEASE"


def test_a_description_makes_the_same_model():
    other = Model("m", 8, "查询：", Cosines(0.5, 0.1), architecture="xlm-roberta", location="/m", recorded="1a")
    for model in (*BUNDLED.values(), other):
        assert described_as(model.described()) == model


def test_a_model_that_is_not_bundled_keeps_its_folder_and_fingerprint():
    other = dataclasses.replace(BUNDLED["en"], location="/m", recorded="1a")
    assert (other.folder, models.fingerprint(other), other.is_bundled) == ("/m", "1a", False)
