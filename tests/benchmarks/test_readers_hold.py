"""Each hostile input goes through the guarded readers: an answer in time, a reason in plain words, bounded memory."""

from __future__ import annotations

import re

import pytest

from bge_desktop.extract.readers import ReadFailure, ReadResult
from tests.end_to_end.hostile.collection import QUICK
from tests.end_to_end.hostile.inputs import CRASHES, Hostile
from tests.end_to_end.hostile.reading import Answer, read_all, write_all

TIMEOUT_S = 60.0
MOST_MEMORY = (2 << 30) + (600 << 20)  # what a reader may have beyond what it has at its start
SECRET = "root:x:0"  # of the password file that some of them point to
NOT_FOR_PEOPLE = re.compile(r"Traceback|Error\b|Exception|\bNone\b|0x[0-9a-f]|<class|errno", re.IGNORECASE)
NOT_EXPLAINED = (CRASHES, "Took too long", "Cannot be read")

pytestmark = pytest.mark.timeout(600)  # the first of these tests waits for all the inputs


def check(own: Hostile, answer: Answer) -> None:
    """Assert that what came of an input is what may come of it."""
    assert re.fullmatch(own.expects, answer.title), answer.outcome
    outcome = answer.outcome
    if isinstance(outcome, ReadFailure):
        assert answer.title not in NOT_EXPLAINED or answer.title in own.expects
        assert outcome.message.endswith(".")
        assert not NOT_FOR_PEOPLE.search(outcome.message)
    else:
        assert SECRET not in outcome.text


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
