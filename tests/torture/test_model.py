"""A disk on which anything may happen, and an app that is in step with it in the end, whatever it was told of it.

BGE_DESKTOP_TORTURE_OPERATIONS says how many operations (100,000), BGE_DESKTOP_TORTURE_SEED which ones (1).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase

from tests.torture.programs import run
from tests.torture.weaknesses import WEAKNESSES

COUNT = int(os.environ.get("BGE_DESKTOP_TORTURE_OPERATIONS", "100000"))
SEED = int(os.environ.get("BGE_DESKTOP_TORTURE_SEED", "1"))
MOST_UNTIL_SEEN = 10_000


def test_the_library_is_in_step_in_the_end():
    report = run(COUNT, SEED)
    print("", *report.lines(), sep="\n")
    assert report.operations.total() >= COUNT


@pytest.mark.parametrize("weakness", WEAKNESSES)
def test_a_weakness_is_seen(weakness):
    with WEAKNESSES[weakness](), pytest.raises(AssertionError):
        run(MOST_UNTIL_SEEN, SEED, phases=[Phase.generate])
