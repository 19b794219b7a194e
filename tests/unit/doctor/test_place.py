"""Looks at the library's folder."""

from __future__ import annotations

import contextlib
import os

import pytest

from bge_desktop.doctor import place
from bge_desktop.doctor.check import State
from bge_desktop.library.library import Library
from bge_desktop.logs.files import make_log_folder
from bge_desktop.settings import Settings, save, settings_path


def test_a_library_of_its_owner_alone_is_well(library):
    for look in (place.permissions, place.writer, place.room, place.chosen, place.reports):
        [check] = look(library)
        assert check.state is State.OK, check


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_others_may_read_is_a_warning(library):
    os.symlink("/", os.path.join(library, "link"))  # has no permissions of its own
    os.chmod(os.path.join(library, "library.db"), 0o640)
    [check] = place.permissions(library)
    assert check.state is State.WARNING
    assert "1 of its files: library.db" in check.found
    assert check.advice.startswith("Close it to them: chmod -R go=")
    os.chmod(library, 0o755)
    assert "2 of its files" in next(place.permissions(library)).found


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may do everything")
def test_what_its_owner_may_not_write_is_a_problem(library):
    os.chmod(library, 0o500)
    try:
        assert next(place.permissions(library)).state is State.PROBLEM
    finally:
        os.chmod(library, 0o700)


def test_a_writer_is_told_and_not_disturbed(library):
    with contextlib.closing(Library(library)) as opened:
        [check] = place.writer(library)
        assert check.state is State.OK
        assert "at work" in check.found
        opened.db.execute("UPDATE files SET kills = kills")
    assert "No process" in next(place.writer(library)).found


@pytest.mark.skipif(os.name != "posix", reason="Windows deletes no file that is open")
def test_a_writer_whose_lock_was_deleted_is_told(library):
    with contextlib.closing(Library(library)):
        os.remove(os.path.join(library, "library.lock"))
        assert "at work" in next(place.writer(library)).found


def test_a_folder_without_a_lock_gets_none(tmp_path):
    assert next(place.writer(str(tmp_path))).state is State.OK
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_a_problem_and_a_narrow_one_a_warning(library):
    with open(os.path.join(library, "large"), "wb") as file:
        file.truncate(2 << 30)
    states = [next(place.room(library, free)).state for free in (0, 1 << 20, 1 << 30, 4 << 30)]
    assert states == [State.PROBLEM, State.PROBLEM, State.WARNING, State.OK]


def test_settings_that_cannot_be_used_are_a_warning_and_stay(library):
    save(library, Settings(threads=2))
    assert settings_path(library) in next(place.chosen(library)).found
    for content in ("threads = -1", "threads"):
        with open(settings_path(library), "w") as file:
            file.write(content)
        [check] = place.chosen(library)
        assert check.state is State.WARNING
        assert settings_path(library) in check.advice
        with open(settings_path(library)) as file:
            assert file.read() == content


def test_crash_reports_are_a_warning(library):
    folder = make_log_folder(library)
    for name in ("crash-2026-01-01-000000.txt", "crash-2026-01-02-000000.txt"):
        open(os.path.join(folder, name), "w").close()
    [check] = place.reports(library)
    assert check.state is State.WARNING
    assert "are kept: 2." in check.found
    assert "crash-2026-01-02" in check.advice
