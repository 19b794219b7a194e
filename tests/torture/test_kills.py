"""Indexing that is killed at any moment, any number of times: nothing is lost, nothing is embedded again.

BGE_DESKTOP_TORTURE_ROUNDS says how many rounds (500), BGE_DESKTOP_TORTURE_SEED which ones (1), and
BGE_DESKTOP_TORTURE_FIRST from which one on: to replay a round that failed.
"""

from __future__ import annotations

import os

import pytest

from tests.torture.fresh import lasting_processes
from tests.torture.killing import compiled_shim
from tests.torture.rounds import Rounds
from tests.torture.start import FAULTS

COUNT = int(os.environ.get("BGE_DESKTOP_TORTURE_ROUNDS", "500"))
SEED = int(os.environ.get("BGE_DESKTOP_TORTURE_SEED", "1"))
FIRST = int(os.environ.get("BGE_DESKTOP_TORTURE_FIRST", "0"))
MOST_UNTIL_SEEN = 100


@pytest.fixture
def shim(tmp_path):
    return compiled_shim(str(tmp_path))


def test_a_killed_library_is_as_a_new_one(shim, tmp_path):
    with lasting_processes():
        Rounds(str(tmp_path / "rounds"), shim, SEED).go(COUNT, FIRST)


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "none"])
def test_a_fault_is_seen(fault, shim, tmp_path):
    with lasting_processes():
        rounds = Rounds(str(tmp_path / "rounds"), shim, SEED, fault, say=lambda _: None)
        seen = next((number for number in range(MOST_UNTIL_SEEN) if rounds.step(number)), None)
    print(f"{fault}: seen in round {seen}")
    assert seen is not None
