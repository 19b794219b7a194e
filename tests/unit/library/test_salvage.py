"""What stands in the tables that no checksum covers may be spoilt, too: it is found, and comes back or is told."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3

import pytest

from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library import storage
from bge_desktop.library.damage import check
from bge_desktop.library.library import Library
from bge_desktop.messages import NO_RULES, FolderRules

RULES = FolderRules(left_out=("*.log",), hidden=True)


@pytest.fixture
def closed(folder, make_desk):
    with contextlib.closing(Library(folder)) as library:
        desk = make_desk(library)
        library.folders.set_rules(desk.folder, RULES)
        for name in ("a", "b", "c"):
            desk.put(f"{name}.txt", f"rent {name}")
        desk.fail(desk.start("d.txt").id)
        desk.embed()
    return folder


def execute(folder, sql):
    with contextlib.closing(sqlite3.connect(storage.database_path(folder))) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(sql)
        db.commit()


def rules(library):
    return [own.rules for own in library.folders.all()]


SPOILT_RULES = ["'{bad'", "'[]'", "''", "'3'", "x'00'", "7", '\'{"limit_mb": "many"}\'', "'" + "[" * 100_000 + "'"]


@pytest.mark.parametrize("spoilt", SPOILT_RULES, ids=lambda spoilt: spoilt[:20])
def test_spoilt_rules_are_damage_and_come_back_from_the_copy(closed, spoilt, sound):
    execute(closed, f"UPDATE folders SET rules = {spoilt}")
    with contextlib.closing(Library(closed, write=False)) as reader, pytest.raises(LibraryDamagedError) as raised:
        reader.folders.all()
    assert raised.value.path == closed
    with contextlib.closing(Library(closed)) as library:
        assert "could be kept" in library.notice
        assert "are lost" not in library.notice
        assert rules(library) == [RULES]
        sound(library)
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""


@pytest.mark.parametrize("spoilt", [None, "{bad", 3, [], {"left_out": 3}])
def test_rules_that_are_spoilt_in_both_places_are_told_as_lost(closed, spoilt, tmp_path):
    execute(closed, "UPDATE folders SET rules = '{bad'")
    path = os.path.join(closed, "folders.json")
    with open(path, encoding="ascii") as file:
        kept = json.load(file)
    kept["folders"][0]["rules"] = spoilt
    with open(path, "w", encoding="ascii") as file:
        json.dump(kept, file)
    shutil.copytree(closed, tmp_path / "empty")
    os.truncate(storage.database_path(str(tmp_path / "empty")), 0)
    for folder in (closed, str(tmp_path / "empty")):
        with contextlib.closing(Library(folder)) as library:
            assert "The rules of /d are lost." in library.notice
            assert rules(library) == [NO_RULES]


def test_spoilt_rules_never_reach_the_copy(closed):
    library = Library(closed)
    library.db.execute("UPDATE folders SET rules = '{bad'")
    with pytest.raises(LibraryDamagedError):
        library.close()
    with contextlib.closing(Library(closed)) as library:
        assert rules(library) == [RULES]


MISTYPED = {
    "kills": "UPDATE files SET kills = 'a'",
    "size": "UPDATE files SET size = 'large' WHERE id = 1",
    "time": "UPDATE files SET mtime_ns = 1.5 WHERE id = 1",
    "path": "UPDATE files SET path = 'text' WHERE id = 1",
    "state": "UPDATE files SET state = x'00' WHERE id = 1",
    "document": "UPDATE files SET document_id = 'a' WHERE id = 1",
    "doubt": "UPDATE files SET doubtful_until = x'00'",
    "folder's path": "UPDATE folders SET path = 7",
    "paused": "UPDATE folders SET paused = 'a'",
    "removed": "UPDATE folders SET removed = 'a'",
    "away": "UPDATE folders SET away = 0.5",
    "dimension": "UPDATE models SET dimension = 'a'",
    "fingerprint": "UPDATE models SET fingerprint = x'00'",
    "fact": "UPDATE facts SET value = x'ff'",
    "fact's text": "UPDATE facts SET value = CAST(x'ff' AS TEXT)",
    "file's text": "UPDATE files SET inode = CAST(x'31ff' AS TEXT) WHERE id = 1",
    "rules' text": "UPDATE folders SET rules = CAST(x'7bff7d' AS TEXT)",
    "model's text": "UPDATE models SET name = CAST(x'ff' AS TEXT)",
    "failure": "UPDATE failures SET happened_at = 'yesterday'",
}


@pytest.mark.parametrize("damage", MISTYPED.values(), ids=MISTYPED)
def test_a_value_of_a_wrong_type_is_found_and_mended(closed, damage, make_desk, sound):
    execute(closed, damage)
    with contextlib.closing(storage.connect(closed, write=False)) as db, pytest.raises(LibraryDamagedError):
        check(db, closed)
    with contextlib.closing(Library(closed)) as library:
        assert "could be kept" in library.notice
        library.check()
        assert [own.path for own in library.folders.all()] == ["/d"]
        assert rules(library) == [RULES]
        desk = make_desk(library)
        for name in ("a", "b", "c"):
            desk.put(f"{name}.txt", f"rent {name}")
        assert desk.embed() == 0
        sound(library)


def test_a_whole_library_is_none_of_that(closed):
    with contextlib.closing(storage.connect(closed, write=False)) as db:
        check(db, closed, "integrity_check")


SPOILT_COPIES = [
    "[" * 200_000,
    '{"folders": [{"id": 1e23, "path": "/d", "rules": "{}", "paused": 0, "removed": 0}]}',
    '{"folders": [{"id": 1' + "0" * 100 + ', "path": "/d", "rules": "{}", "paused": {}, "removed": true}]}',
    '{"folders": [{"id": 1, "path": "/d", "more": 3}], "models": [3]}',
    '{"folders": [{"path": "\\ud800"}, {"id": 1, "path": 7}]}',
]


@pytest.mark.parametrize("written", SPOILT_COPIES, ids=lambda written: written[:40])
@pytest.mark.parametrize("is_lost", [False, True], ids=["whole", "lost"])
def test_a_spoilt_copy_stops_nothing(closed, written, is_lost):
    with open(os.path.join(closed, "folders.json"), "w", encoding="ascii") as file:
        file.write(written)
    if is_lost:
        os.truncate(storage.database_path(closed), 0)
    with contextlib.closing(Library(closed)) as library:
        paths = [own.path for own in library.folders.all()]
    assert paths == (["/d"] if not is_lost or '"/d"' in written else [])
