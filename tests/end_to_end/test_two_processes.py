"""Two processes, and more, at once on one library, for a moment; `make torture` goes on for longer."""

from __future__ import annotations

import pytest

from tests.torture.together import against_each_other, beside_a_window


@pytest.mark.timeout(600)
@pytest.mark.parametrize("setting", [beside_a_window, against_each_other])
def test_nothing_is_lost_and_nothing_fails(setting, tmp_path):
    assert setting(str(tmp_path), 10.0, seed=7).faults == []
