"""Looks at the folders and at the system's limits."""

from __future__ import annotations

import os
import sys

import pytest

from bge_desktop.doctor import watching
from bge_desktop.doctor.check import State
from bge_desktop.library.folders import Folder
from bge_desktop.watch.mounts import Mount

LIMITS = {"max_user_watches": 100, "max_user_instances": 128, "max_queued_events": 16_384}


@pytest.fixture
def folder(tmp_path):
    for number in range(50):
        (tmp_path / "docs" / str(number)).mkdir(parents=True)
    (tmp_path / "docs" / "node_modules" / "left" / "out").mkdir(parents=True)
    return Folder(1, str(tmp_path / "docs"))


def test_a_folder_that_is_there_is_well(folder):
    [check] = watching.folders([folder])
    assert check.state is State.OK
    assert folder.path in check.name


def test_a_library_without_folders_is_well():
    [check] = watching.folders([])
    assert check.state is State.OK


def test_a_folder_that_is_away_is_a_warning(tmp_path):
    [check] = watching.folders([Folder(1, str(tmp_path / "stick"))])
    assert check.state is State.WARNING
    assert "stays searchable" in check.advice


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_a_problem(folder):
    os.chmod(folder.path, 0)
    try:
        assert next(watching.folders([folder])).state is State.PROBLEM
    finally:
        os.chmod(folder.path, 0o700)


def test_a_folder_on_another_machine_is_looked_through(folder, monkeypatch):
    monkeypatch.setattr(watching, "mounts", lambda: (Mount(os.path.realpath(folder.path), "nas:/docs", "nfs4", "rw"),))
    [check] = watching.folders([folder])
    assert check.state is State.OK
    assert "another machine" in check.found


linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")


@linux
def test_limits_that_suffice_are_well(folder):
    [check] = watching.inotify([folder], LIMITS.get)
    assert check.state is State.OK
    assert check.found.startswith("51 folders are to be watched; the system allows 100 watches")


@linux
@pytest.mark.parametrize(
    ("name", "limit", "advised"),
    [
        ("max_user_watches", 60, "fs.inotify.max_user_watches=1048576"),
        ("max_user_instances", 1, "fs.inotify.max_user_instances=1024"),
        ("max_queued_events", 512, "fs.inotify.max_queued_events=65536"),
    ],
)
def test_a_limit_that_is_too_low_is_a_warning_with_the_line_that_raises_it(folder, name, limit, advised):
    [check] = watching.inotify([folder], {**LIMITS, name: limit}.get)
    assert check.state is State.WARNING
    assert f"sudo sysctl {advised} " in check.advice


@linux
def test_limits_that_are_not_known_are_no_warning(folder):
    [check] = watching.inotify([folder], lambda _: None)
    assert check.state is State.OK


@linux
def test_counting_ends_when_its_time_is_up(folder):
    [check] = watching.inotify([folder], LIMITS.get, seconds=0)
    assert check.found.startswith("More than 1 folders")


@linux
def test_the_systems_own_limits_are_read():
    assert all(watching._limit(name) > 0 for name in LIMITS)
    assert watching._limit("nothing") is None
