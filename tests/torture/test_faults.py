"""A disk that is full or broken, at each call that changes or reads the library: it is told, and nothing is lost.

BGE_DESKTOP_TORTURE_STRIDE says to take only every so many-th call (1: all of them).
"""

from __future__ import annotations

import contextlib
import os

import pytest

from tests.torture.driver import WRITES
from tests.torture.faults import KINDS, FailingDisk

STRIDE = int(os.environ.get("BGE_DESKTOP_TORTURE_STRIDE", "1"))
WRITTEN = {"library.db", "library.db-wal", "library.db-shm", "library.lock", "graph"}


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    with contextlib.closing(FailingDisk(str(tmp_path_factory.mktemp("faults")))) as own:
        yield own


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_at_each_call(kind, disk):
    report = disk.meet_all(kind, lambda calls: range(0, calls, STRIDE))
    print("", f"{kind}: {report}", *report.problems, sep="\n")
    assert report.problems == []
    struck = {"graph" if name.startswith("vectors-") else name for name in report.files}
    # of a fault that lasts, only the last file that it strikes is known
    assert KINDS[kind][:2] != (WRITES, 1) or STRIDE > 1 or struck >= WRITTEN
