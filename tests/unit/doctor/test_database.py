"""Looks at the database: each way in which it can be wrong is found, and nothing else."""

from __future__ import annotations

import contextlib
import os
import sqlite3

import pytest

from bge_desktop.doctor import database
from bge_desktop.doctor.check import State, looked
from bge_desktop.library import storage
from bge_desktop.library.library import Library


def states(checks):
    return {check.name: check.state for check in checks}


def looked_at(library):
    return [
        *looked("database", lambda: database.whole(library)),
        *looked("index", lambda: database.agreeing(library)),
    ]


def test_a_good_library_is_well(library):
    assert states(looked_at(library)) == dict.fromkeys(("schema", "database", "contents", "index"), State.OK)
    assert "4 passages and 4 vectors agree" in looked_at(library)[-1].found


def test_looking_leaves_the_database_as_it_is(library):
    def content():
        with open(storage.database_path(library), "rb") as file:
            return file.read()

    before = content()
    looked_at(library)
    assert content() == before


@pytest.mark.parametrize(
    ("damage", "words"),
    [("files SET kills = 'a'", "columns' types"), ("folders SET rules = '{bad'", "rules of a folder")],
)
def test_what_no_checksum_covers_is_looked_at(library, damage, words):
    with contextlib.closing(sqlite3.connect(storage.database_path(library))) as db, db:
        db.execute(f"UPDATE {damage}")
    assert words in next(check.found for check in database.whole(library) if check.state is State.PROBLEM)


def test_looking_at_a_newer_library_makes_no_file(library):
    with contextlib.closing(sqlite3.connect(storage.database_path(library))) as db, db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('library', 'm9999', '')")
    before = sorted(os.listdir(library))
    [found] = looked("database", lambda: database.whole(library))
    assert "too new" in found.found
    assert sorted(os.listdir(library)) == before


def test_looking_beside_a_writer_disturbs_it_not(library):
    with contextlib.closing(Library(library)) as opened, opened.db.atomic():
        opened.db.execute("UPDATE files SET kills = 1")
        assert set(states(looked_at(library)).values()) == {State.OK}


CONTRADICTIONS = {
    "1 passages cannot be found by their words": "DELETE FROM passage_words_docsize WHERE id = 1",
    "1 passages are found that are gone": "INSERT INTO passage_words_docsize VALUES (999, x'01')",
    "1 documents cannot be found by their words": "DELETE FROM document_words_docsize WHERE id = 1",
    "1 documents are found that are gone": "INSERT INTO document_words_docsize VALUES (999, x'01')",
    "1 files cannot be found by their names": "DELETE FROM name_words_docsize WHERE id = 1",
    "1 files are found by name that are gone": "INSERT INTO name_words_docsize VALUES (999, x'01')",
    "1 passages that count as embedded have no vector": "DELETE FROM vectors WHERE passage_id = 1",
    "1 passages with a vector do not count as embedded": "UPDATE passages SET embedded = 0 WHERE id = 1",
    "1 vectors are those of another language's model": (
        "UPDATE vectors SET model_id = (SELECT id FROM models WHERE language = 'zh') WHERE passage_id = 1"
    ),
    "1 files count as read and have no document": "UPDATE files SET document_id = NULL WHERE id = 1",
    "1 files count as failed without a reason": "UPDATE files SET state = 'failed' WHERE id = 1",
}


@pytest.mark.parametrize("found", CONTRADICTIONS)
def test_what_contradicts_itself_is_a_problem(library, change, found):
    change(CONTRADICTIONS[found])
    checks = {check.name: check for check in database.agreeing(library)}
    assert checks["index"].state is State.PROBLEM
    assert found in checks["index"].found
    assert checks["index"].advice


def test_every_contradiction_is_tried():
    assert len(CONTRADICTIONS) == len(database._CONTRADICTIONS)


def test_a_document_without_a_file_is_a_warning(library, change):
    change("DELETE FROM name_words_docsize WHERE id = 1", "DELETE FROM files WHERE id = 1")
    checks = {check.name: check for check in database.agreeing(library)}
    assert checks["index"].state is State.OK
    assert checks["left over"].state is State.WARNING


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE vectors SET vector = zeroblob(10) WHERE passage_id = 1",
        "UPDATE vectors SET vector = zeroblob(length(vector)) WHERE passage_id = 1",
        "UPDATE vectors SET checksum = NULL, vector = x'007e' || zeroblob(766) WHERE passage_id = 1",
        "UPDATE documents SET text = 'The boiler was sold.' WHERE id = 1",
    ],
)
def test_a_text_or_a_vector_that_is_another_one_is_a_problem(library, change, sql):
    change(sql)
    assert states(looked_at(library))["contents"] is State.PROBLEM


def test_a_row_that_refers_to_nothing_is_a_problem(library, change):
    change("UPDATE files SET folder_id = 99 WHERE id = 1")
    checks = {check.name: check for check in database.whole(library)}
    assert checks["database"].state is State.PROBLEM
    assert "a row of files refers to what is gone" in checks["database"].found


@pytest.mark.parametrize("index", database._INDEXES)
def test_a_damaged_full_text_index_is_a_problem(library, change, index):
    change(f"UPDATE {index}_data SET block = x'00' WHERE id > 10")
    checks = {check.name: check for check in looked_at(library)}
    assert checks["database"].state is State.PROBLEM
    assert index in checks["database"].found


def test_damaged_pages_are_a_problem_with_advice(library):
    path = storage.database_path(library)
    with open(path, "r+b") as file:
        for page in range(4096, os.path.getsize(path), 4096):
            file.seek(page)
            file.write(os.urandom(64))
    checks = looked_at(library)
    assert State.PROBLEM in states(checks).values()
    assert all(check.advice for check in checks if check.state is State.PROBLEM)


@pytest.mark.parametrize("content", [b"not a database at all" * 1000, b"SQLite format 3\x00" + bytes(5000)])
def test_what_is_no_database_is_a_problem(library, content):
    with open(storage.database_path(library), "wb") as file:
        file.write(content)
    checks = looked_at(library)
    assert State.PROBLEM in states(checks).values()


def test_a_library_of_a_newer_app_is_a_problem(library, change):
    change("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('library', 'm9999_flying', '')")
    [check] = database.whole(library)
    assert (check.state, check.found) == (State.PROBLEM, "Library is too new.")
