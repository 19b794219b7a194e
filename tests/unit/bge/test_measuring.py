"""The measurement by which the precision is chosen, on this processor and with the real weights."""

from __future__ import annotations

import openvino as ov
import pytest

from bge_desktop.bge import measuring, precision
from bge_desktop.bge.models import BUNDLED

MODEL = BUNDLED["en"]
CAPABILITIES = ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
POSSIBLE = precision.candidates(CAPABILITIES)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BGE_DESKTOP_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture
def measured(monkeypatch):
    """The precisions of each measurement; it takes place all the same."""
    really, found = measuring.trials, []

    def trials(model, threads, possible):
        found.append(possible)
        return really(model, threads, possible)

    monkeypatch.setattr(measuring, "trials", trials)
    return found


def test_what_is_safe_serves_where_there_is_no_time_to_measure(cache, measured):
    assert measuring.chosen(MODEL, 0, may_measure=False) == POSSIBLE[0]
    assert not measured
    assert not list(cache.iterdir())


def test_what_was_measured_once_holds_for_everybody(measured):
    choice = measuring.chosen(MODEL, 0, may_measure=True)
    assert measured == [POSSIBLE][: len(POSSIBLE) - 1]  # with one alone there is nothing to measure
    again = [measuring.chosen(MODEL, 0, may_measure=own) for own in (True, False)]
    assert again == [choice] * 2
    assert len(measured) <= 1


@pytest.mark.skipif(len(POSSIBLE) == 1, reason="this processor leaves no choice")
@pytest.mark.parametrize(("model", "threads"), [(BUNDLED["zh"], 0), (MODEL, 1)])
def test_another_model_or_number_of_threads_is_measured_by_itself(measured, model, threads):
    measuring.chosen(MODEL, 0, may_measure=True)
    measuring.chosen(model, threads, may_measure=True)
    assert len(measured) == 2


@pytest.mark.skipif(len(POSSIBLE) == 1, reason="this processor leaves no choice")
def test_a_spoilt_file_is_measured_anew(cache, measured):
    choice = measuring.chosen(MODEL, 0, may_measure=True)
    (cache / "precision.json").write_text("{")
    measuring.chosen(MODEL, 0, may_measure=True)
    assert len(measured) == 2
    assert choice in POSSIBLE


def test_every_precision_of_this_processor_agrees_with_fp32():
    found = measuring.trials(MODEL, 0, POSSIBLE)
    assert set(found) == set(POSSIBLE)
    assert found["fp32"].agreement == pytest.approx(1.0, abs=1e-5)
    assert all(trial.tokens_s > 0 for trial in found.values())
    assert all(own == "int8" or trial.agreement > 0.9999 for own, trial in found.items())
