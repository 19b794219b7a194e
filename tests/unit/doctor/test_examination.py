"""All looks together, at libraries in all states."""

from __future__ import annotations

import os

import pytest

from bge_desktop.doctor import examination
from bge_desktop.doctor.check import State
from bge_desktop.library import storage


@pytest.fixture(autouse=True)
def without_helpers(monkeypatch):
    """The looks at the program have tests of their own, and take seconds."""
    monkeypatch.setattr(examination, "_of_program", lambda device: iter(()))


def states(library):
    return {check.name: check.state for check in examination.examine(str(library), "cpu")}


def test_a_good_library_is_looked_at_in_every_way(library, tmp_path):
    found = states(library)
    assert found.pop(f"folder {tmp_path / 'documents'}") is State.WARNING  # it was never there
    assert set(found.values()) == {State.OK}
    for name in ("permissions", "writer", "disk space", "settings", "crash reports", "schema", "contents", "index"):
        assert name in found


def test_a_folder_that_is_no_library_yet_is_well(tmp_path):
    found = states(tmp_path)
    assert set(found.values()) == {State.OK}
    assert "database" in found
    assert os.listdir(tmp_path) == []


def test_no_folder_at_all_is_well(tmp_path):
    assert states(tmp_path / "nowhere") == {"library": State.OK}


def test_of_a_database_that_cannot_be_read_one_problem_is_told(library):
    with open(storage.database_path(library), "wb") as file:
        file.write(b"not a database at all" * 1000)
    found = states(library)
    assert found["database"] is State.PROBLEM
    assert "index" not in found
    assert list(found.values()).count(State.PROBLEM) == 1


def test_a_library_of_an_older_app_is_no_problem(library, change):
    change("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
    found = states(library)
    assert found["database"] is State.WARNING
    assert State.PROBLEM not in found.values()


def test_damaged_contents_do_not_hide_the_rest(library, change):
    change(
        "UPDATE documents SET text = 'The boiler was sold.' WHERE id = 1", "DELETE FROM vectors WHERE passage_id = 1"
    )
    found = states(library)
    assert found["contents"] is State.PROBLEM
    assert found["index"] is State.PROBLEM
