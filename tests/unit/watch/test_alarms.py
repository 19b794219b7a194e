from __future__ import annotations

from pathlib import Path

import pytest

from bge_desktop.watch import alarms
from bge_desktop.watch.alarms import Alarms, clocks, has_slept
from bge_desktop.watch.mounts import Mount


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> list[Mount]:
    """The mount table, which is looked at each time."""
    table = [Mount("/", "/dev/sda1", "ext4", "rw")]
    monkeypatch.setattr(alarms, "mounts", lambda: tuple(table))
    monkeypatch.setattr(alarms, "_MOUNTS_SECONDS", 0.0)
    return table


def test_nothing_rings_while_nothing_happens(table: list[Mount]) -> None:
    own = Alarms(every=3600)
    assert own.ring(["/a", "/b"], slept=False) == set()


def test_all_roots_are_to_be_scanned_after_a_sleep_and_after_a_time(table: list[Mount]) -> None:
    assert Alarms(every=3600).ring(["/a", "/b"], slept=True) == {"/a", "/b"}
    assert Alarms(every=0).ring(["/a", "/b"], slept=False) == {"/a", "/b"}


def test_a_mount_that_comes_or_goes_rings_for_the_roots_above_and_below_it(table: list[Mount], tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to("home")
    roots = [str(tmp_path / name) for name in ("home", "link", "beside")]
    own = Alarms(every=3600)
    table.append(Mount(str(tmp_path / "home/stick"), "/dev/sdb1", "vfat", "rw"))
    assert own.ring(roots, slept=False) == set(roots[:2])
    assert own.table == tuple(table)
    assert own.ring(roots, slept=False) == set()
    del table[-1]
    assert own.ring(roots, slept=False) == set(roots[:2])


def test_sleep_shows_on_any_clock() -> None:
    now = clocks()
    assert not has_slept(now, now, waited=1.0)
    assert not has_slept(now, tuple(time + 3 for time in now), waited=1.0)
    for number in range(len(now)):
        later = tuple(time + 60 if place == number else time for place, time in enumerate(now))
        assert has_slept(now, later, waited=1.0)
        assert not has_slept(later, now, waited=1.0)  # set back: nothing was missed
