"""A little of what `make torture` does at length: the process is killed and the disk fails, and nothing is lost."""

from __future__ import annotations

import contextlib
from random import Random

from tests.torture.faults import KINDS, FailingDisk
from tests.torture.fresh import lasting_processes
from tests.torture.killing import compiled_shim
from tests.torture.rounds import Rounds

ROUNDS = 4
FAULTS_OF_A_KIND = 4


def test_a_killed_library_is_as_a_new_one(tmp_path):
    with lasting_processes():
        Rounds(str(tmp_path / "rounds"), compiled_shim(str(tmp_path)), seed=7).go(ROUNDS)


def test_what_a_failing_disk_does_is_told_and_mended(tmp_path):
    random = Random(7)
    with contextlib.closing(FailingDisk(str(tmp_path))) as disk:
        for kind in KINDS:
            report = disk.meet_all(kind, lambda calls: random.sample(range(calls), FAULTS_OF_A_KIND))
            assert report.problems == [], kind
            assert report.met == FAULTS_OF_A_KIND
