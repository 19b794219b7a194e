"""Two processes, and more, at once on one library: no error, and nothing lost.

BGE_DESKTOP_TORTURE_MINUTES says for how long each test goes on (ten), BGE_DESKTOP_TORTURE_SEED how the folder changes.
"""

from __future__ import annotations

import os

import pytest

from tests.torture.together import against_each_other, beside_a_window

SECONDS = 60 * float(os.environ.get("BGE_DESKTOP_TORTURE_MINUTES", "10"))
SEED = int(os.environ.get("BGE_DESKTOP_TORTURE_SEED", "1"))


@pytest.mark.parametrize("setting", [beside_a_window, against_each_other])
def test_nothing_is_lost_and_nothing_fails(setting, tmp_path):
    together = setting(str(tmp_path), SECONDS, SEED)
    print(f"\n{setting.__name__}: {dict(together.counts)}")
    assert together.faults == []
