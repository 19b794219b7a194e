"""What the doctor says of the reranker in the settings."""

from __future__ import annotations

import pytest

from bge_desktop.doctor.check import State
from bge_desktop.doctor.reranking import _told, chosen
from bge_desktop.errors import ModelError
from bge_desktop.settings import Settings, save
from tests.small_models import save_bert_reranker


def test_where_none_is_chosen_there_is_nothing_to_say(tmp_path):
    assert list(chosen(str(tmp_path), "cpu")) == []


def test_one_that_runs_is_told_with_its_speed(tmp_path):
    reranker = save_bert_reranker(tmp_path / "small-reranker")
    save(str(tmp_path), Settings(reranker=str(reranker), reranking_ms=60_000))
    [check] = chosen(str(tmp_path), "cpu")
    assert check.state is State.OK
    assert check.found.startswith("small-reranker takes")
    assert check.found.endswith("it looks at 20 of 20 results.")


def test_one_that_has_gone_is_a_problem(tmp_path):
    save(str(tmp_path), Settings(reranker=str(tmp_path / "gone")))
    with pytest.raises(ModelError):
        list(chosen(str(tmp_path), "cpu"))


def test_one_that_is_too_slow_is_told_as_a_limitation():
    check = _told("large", took_ms=400.0, budget_ms=1500)
    assert (check.state, "it looks at 3 of 20 results" in check.found) == (State.WARNING, True)
