"""Looks at Python, packages, SQLite and the clock."""

from __future__ import annotations

import sqlite3

import pytest

from bge_desktop.doctor import program
from bge_desktop.doctor.check import State


def test_here_all_is_well():
    for look in (program.python, program.packages, program.sqlite, program.clock):
        [check] = look()
        assert check.state is State.OK, check
        assert not check.advice


def test_an_old_python_is_a_problem(monkeypatch):
    monkeypatch.setattr(program, "_OLDEST_PYTHON", (4, 0))
    [check] = program.python()
    assert check.state is State.PROBLEM


def test_packages_that_are_missing_or_of_another_version_are_a_problem():
    [check] = program.packages(["numpy>=1", "numpy<1", "nowhere-to-be-found", 'nor-this; extra == "dev"'])
    assert check.state is State.PROBLEM
    assert check.found.startswith("numpy ")
    assert "is not <1; nowhere-to-be-found is missing." in check.found
    assert "nor-this" not in check.found


def test_a_packaged_app_brings_its_own():
    [check] = program.packages([])
    assert (check.state, check.found) == (State.OK, "They come with the app.")


def test_the_bug_of_an_old_sqlite_is_a_note():
    [old] = program.sqlite((3, 40, 1))
    [new] = program.sqlite((3, 51, 3))
    assert old.state is new.state is State.OK
    assert "two writers" in old.found
    assert "two writers" not in new.found


def test_an_sqlite_without_full_text_search_is_a_problem(monkeypatch):
    class Without(sqlite3.Connection):
        def execute(self, sql, *_):
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(program.sqlite3, "connect", lambda name: Without(name))
    [check] = program.sqlite()
    assert check.state is State.PROBLEM
    assert "FTS5" in check.found


@pytest.mark.parametrize("now", [0.0, 1e9, 5e9])
def test_a_clock_that_is_wrong_by_years_is_a_warning(now):
    [check] = program.clock(now)
    assert check.state is State.WARNING
