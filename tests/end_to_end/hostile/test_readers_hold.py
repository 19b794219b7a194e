"""Each hostile input goes through the guarded readers: an answer in time, a reason in plain words, bounded memory."""

from __future__ import annotations

import pytest

from bge_desktop.extract.readers import ReadResult
from tests.end_to_end.hostile.collection import QUICK
from tests.end_to_end.hostile.reading import TIMEOUT_S, check, read_all, write_all

MOST_MEMORY = (2 << 30) + (600 << 20)  # what a reader may have beyond what it has at its start

pytestmark = pytest.mark.timeout(600)  # the first of these tests waits for all the inputs


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """What came of each input by its name, of the good file after them, and the most memory that a reader had."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = write_all(QUICK, str(folder))
    (folder / "good.txt").write_text("A heron stands in the pond.")
    answers, peak = read_all([*paths, str(folder / "good.txt")], TIMEOUT_S)
    by_name = {own.name: answers[path] for own, path in zip(QUICK, paths, strict=True)}
    return by_name, answers[str(folder / "good.txt")], peak


def test_there_are_at_least_two_hundred() -> None:
    assert len(QUICK) > 200


@pytest.mark.parametrize("own", QUICK, ids=lambda own: own.name)
def test_an_input_has_its_answer(own, reading):
    check(own, reading[0][own.name])


def test_memory_is_bounded(reading):
    assert reading[2] < MOST_MEMORY


def test_a_good_file_is_read_after_all_of_them(reading):
    outcome = reading[1].outcome
    assert isinstance(outcome, ReadResult)
    assert outcome.text == "A heron stands in the pond."
