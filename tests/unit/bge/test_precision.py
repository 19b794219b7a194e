"""Which precision is chosen, and what is kept of it."""

from __future__ import annotations

import os
import stat

import pytest

from bge_desktop.bge import precision
from bge_desktop.bge.precision import Trial


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(
    ("capabilities", "possible"),
    [
        (["BF16", "FP32", "INT8"], ("bf16", "fp32")),
        (["FP32", "INT8", "WINOGRAD"], ("fp32", "int8")),
        (["FP32", "FP16", "INT8"], ("fp16", "fp32")),
        (["BF16", "FP16", "FP32"], ("bf16", "fp16", "fp32")),
        (["FP32"], ("fp32",)),
    ],
)
def test_what_a_processor_has_comes_into_question(capabilities, possible):
    assert precision.candidates(capabilities) == possible


FP32 = Trial(100.0, 1.0)


@pytest.mark.parametrize(
    ("trials", "choice"),
    [
        ({"bf16": Trial(300.0, 0.9999), "fp32": FP32}, "bf16"),
        ({"bf16": Trial(60.0, 0.9999), "fp32": FP32}, "fp32"),  # emulated
        ({"bf16": Trial(300.0, 0.99), "fp32": FP32}, "fp32"),
        ({"int8": Trial(240.0, 0.998), "fp32": FP32}, "int8"),
        ({"int8": Trial(130.0, 0.998), "fp32": FP32}, "fp32"),  # without integer instructions
        ({"int8": Trial(240.0, 0.9), "fp32": FP32}, "fp32"),  # sums that overflow
        ({"int8": Trial(240.0, float("nan")), "fp32": FP32}, "fp32"),
        ({"fp32": Trial(100.0, 0.9999999)}, "fp32"),
    ],
)
def test_the_fastest_is_chosen_that_agrees_and_is_worth_it(trials, choice):
    assert precision.best(trials) == choice


def test_what_is_kept_is_found_again_under_its_key_alone(cache):
    assert precision.kept("here") is None
    precision.keep("here", "bf16")
    precision.keep("there", "int8")
    assert (precision.kept("here"), precision.kept("there"), precision.kept("nowhere")) == ("bf16", "int8", None)
    assert os.listdir(cache) == ["precision.json"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_is_kept_is_its_owners_alone(cache):
    precision.keep("here", "bf16")
    assert stat.S_IMODE(os.stat(cache).st_mode) == 0o700
    assert stat.S_IMODE(os.stat(cache / "precision.json").st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"here": "int4"}', '{"here": ["bf16"]}', "[" * 100_000, "\0"])
def test_a_spoilt_file_tells_nothing_and_is_replaced(cache, content):
    cache.mkdir()
    (cache / "precision.json").write_text(content)
    assert precision.kept("here") is None
    precision.keep("here", "bf16")
    assert precision.kept("here") == "bf16"


def test_a_folder_that_cannot_be_written_is_no_error(cache):
    cache.write_text("a file")
    precision.keep("here", "bf16")
    assert precision.kept("here") is None


def test_the_file_stays_small(cache):
    for number in range(100):
        precision.keep(str(number), "bf16")
    assert precision.kept("99") == "bf16"
    assert precision.kept("0") is None
