"""Looks at the models' files and at what they make of two sentences."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from bge_desktop import resources
from bge_desktop.bge import models as bundled
from bge_desktop.bge.model_import import add_folder
from bge_desktop.bge.models import BUNDLED
from bge_desktop.doctor import models
from bge_desktop.doctor.check import State
from bge_desktop.errors import EncoderError
from tests.small_models import save_bert


@pytest.fixture
def copied(tmp_path, monkeypatch):
    shutil.copytree(resources.path("models"), tmp_path / "models")
    monkeypatch.setattr(resources, "path", lambda *parts: str(tmp_path.joinpath(*parts)))
    bundled._checksums.cache_clear()
    yield tmp_path / "models"
    bundled._checksums.cache_clear()


def test_the_shipped_files_are_whole():
    english, chinese = models.files()
    assert english.state is chinese.state is State.OK
    assert english.found == "All 4 are whole (67 MB)."


def test_a_flipped_bit_is_a_problem_of_that_model(copied):
    path = copied / "bge-small-zh-v1.5" / "model.safetensors"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    english, chinese = models.files()
    assert english.state is State.OK
    assert chinese.state is State.PROBLEM
    assert "model.safetensors" in chinese.found
    assert "Install the app again" in chinese.advice


def test_a_missing_file_is_a_problem(copied):
    (copied / "bge-small-en-v1.5" / "tokenizer.json").unlink()
    assert [check.state for check in models.files()] == [State.PROBLEM, State.OK]


def test_a_model_that_was_added_is_looked_at_in_full(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_MODELS", str(tmp_path / "models"))
    model = add_folder(str(save_bert(tmp_path / "small-model")), lambda done, total: None)
    assert [check.state for check in models.files()] == [State.OK] * 3
    path = Path(model.folder, "model.safetensors")
    found, content = path.stat(), bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    *_, added = models.files()
    assert (added.name, added.state) == ("files of small-model", State.PROBLEM)
    assert "model.safetensors" in added.found


def test_a_missing_list_is_a_problem(copied):
    (copied / "SHA256SUMS").unlink()
    assert [check.state for check in models.files()] == [State.PROBLEM, State.PROBLEM]


def test_the_real_encoders_embed_as_they_should():
    checks = list(models.encoders("cpu"))
    assert [check.state for check in checks] == [State.OK] * 3
    assert re.fullmatch(r"OpenVINO (bf16|fp16|int8|fp32) on the processor\.", checks[-1].found)


def test_a_device_that_is_not_there_is_a_problem():
    checks = list(models.encoders("mps"))
    assert [check.state for check in checks] == [State.PROBLEM] * 2
    assert "MPS" in checks[0].advice


@pytest.mark.parametrize("cosine", [0.0, 0.9, float("nan")])
def test_other_vectors_are_a_problem(cosine):
    def embed(language, texts):
        vectors = np.zeros((2, BUNDLED[language].dimension), np.float32)
        vectors[0, 0], vectors[1, 0] = 1, cosine
        return vectors

    [check] = models.embedding("en", embed)
    assert check.state is State.PROBLEM
    assert "0.841 was expected" in check.found


def test_vectors_of_another_length_are_a_problem():
    [check] = models.embedding("en", lambda *_: np.array([[1, 0], [0.841, 0.541]], np.float32))
    assert check.state is State.PROBLEM
    assert "in 2 numbers" in check.found


def test_an_encoder_that_fails_is_a_problem_with_its_own_advice():
    def embed(*_):
        raise EncoderError("Could not start", "Close other programs and try again.")

    [check] = models.embedding("zh", embed)
    assert (check.state, check.advice) == (State.PROBLEM, "Close other programs and try again.")


def test_a_card_that_is_not_used_is_named():
    [check] = models._device(["OpenVINO fp32 on the processor"], True)
    assert "graphics card" in check.found
    assert not list(models._device([], True))
