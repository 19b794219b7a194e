"""A little of what `make torture` does at length: whatever happens to the disk, the library is in step in the end."""

from __future__ import annotations

from hypothesis import Phase

from tests.torture.programs import run

COUNT = 300


def test_the_library_is_in_step_in_the_end():
    # without shrinking, which takes minutes: `make torture` shrinks what it finds
    assert run(COUNT, phases=[Phase.generate]).operations.total() >= COUNT
