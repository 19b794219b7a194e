import contextlib
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest

from bge_desktop.errors import LibraryError
from bge_desktop.library import repair, salvage
from bge_desktop.library.kept_list import KeptList
from bge_desktop.library.library import Library
from bge_desktop.messages import FolderRules

_PAGE = 8192
COUNT = 20  # files, of three or four pages each
PASSAGES = 2 * COUNT + 1


@pytest.fixture
def closed(folder, make_desk):
    """A library that was closed properly; the ids of its files by path, its folder on the disk."""
    with contextlib.closing(Library(folder)) as library:
        desk = make_desk(library)
        library.folders.set_rules(desk.folder, FolderRules(left_out=("*.log",)))
        for number in range(COUNT):
            desk.put(f"{number}.txt", f"rent number {number} " * 60 + f"\n租房 {number}")
        desk.put(os.fsdecode(b"\xff.txt"), "not UTF-8")
        desk.embed()
    return folder


def database(folder):
    return os.path.join(folder, "library.db")


def content(folder):
    with open(database(folder), "rb") as file:
        return bytearray(file.read())


def write(folder, content):
    with open(database(folder), "wb") as file:
        file.write(content)


def copies(folder):
    return sorted(name for name in os.listdir(folder) if name.startswith("library.damaged"))


def put_again(library, make_desk):
    """Have all files read again that wait for it, as a worker would; return how many passages were embedded anew."""
    desk = make_desk(library)
    for number in range(COUNT):
        desk.put(f"{number}.txt", f"rent number {number} " * 60 + f"\n租房 {number}")
    desk.put(os.fsdecode(b"\xff.txt"), "not UTF-8")
    library.remove_orphans()
    return desk.embed()


def whole_file(damage):
    def do(folder):
        write(folder, damage(content(folder)))

    return do


def foreign(folder):
    os.remove(database(folder))
    with contextlib.closing(sqlite3.connect(database(folder))) as db:
        db.execute("CREATE TABLE files (path)")
        db.execute("INSERT INTO files VALUES ('theirs')")
        db.commit()


def a_folder(folder):
    os.remove(database(folder))
    os.mkdir(database(folder))


WHOLE = {
    "cut in half": whole_file(lambda old: old[: len(old) // 2]),
    "cut within a page": whole_file(lambda old: old[: len(old) // 2 + 77]),
    "a stump": whole_file(lambda old: old[:100]),
    "zeros": whole_file(lambda old: bytes(len(old))),
    "empty": whole_file(lambda old: b""),
    "a text": whole_file(lambda old: b"Dear diary, " * 1000),
    "of a later SQLite": whole_file(lambda old: old[:18] + b"\x07\x07" + old[20:]),
    "deleted": lambda folder: os.remove(database(folder)),
    "a folder": a_folder,
    "another program's": foreign,
}


@pytest.mark.parametrize("damage", WHOLE.values(), ids=WHOLE)
def test_a_spoilt_file_becomes_a_whole_library_and_the_person_is_told(closed, damage, make_desk, sound):
    damage(closed)
    with contextlib.closing(Library(closed)) as library:
        assert "could be kept" in library.notice
        assert [(own.path, own.rules.left_out) for own in library.folders.all()] == [("/d", ("*.log",))]
        put_again(library, make_desk)
        sound(library)
        assert library.count_passages() == PASSAGES
    with contextlib.closing(Library(closed)) as library:
        assert (library.notice, library.wants_check) == ("", False)


def test_the_damaged_copy_is_kept_for_its_owner_alone_and_not_too_many_are(closed):
    for number in range(5):
        spoilt = b"spoilt %d" % number * 1000
        write(closed, spoilt)
        with contextlib.closing(Library(closed)) as library:
            told = library.notice
        [newest] = [name for name in copies(closed) if name in told]
        with open(os.path.join(closed, newest), "rb") as file:
            assert file.read() == spoilt
        assert os.name != "posix" or stat.S_IMODE(os.stat(os.path.join(closed, newest)).st_mode) == 0o600
    assert len(copies(closed)) == 3


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_page_costs_what_stood_on_it(closed, seed, make_desk, sound):
    chance, old = random.Random(seed), content(closed)
    start = chance.randrange(len(old) // _PAGE) * _PAGE
    if seed % 4 == 0:
        old[start : start + _PAGE] = chance.randbytes(_PAGE) if seed % 8 else bytes(_PAGE)
    else:
        for _ in range(1 if seed % 4 == 1 else 20):
            old[start + chance.randrange(_PAGE)] ^= 1 << chance.randrange(8)
    write(closed, old)
    with contextlib.closing(Library(closed)) as library:
        embedded = put_again(library, make_desk)
        sound(library)
        assert library.count_passages() == PASSAGES
        assert [(own.path, own.rules.left_out) for own in library.folders.all()] == [("/d", ("*.log",))]
        assert embedded < PASSAGES or start == 0


def test_a_flipped_bit_in_a_vector_is_found(closed):
    with contextlib.closing(sqlite3.connect(database(closed))) as db:
        [(vector,)] = db.execute("SELECT vector FROM vectors WHERE passage_id = 7").fetchall()
    old = content(closed)
    at = old.index(vector[:100])
    old[at + 51] ^= 0x80  # a sign: its length stays 1
    write(closed, old)
    with contextlib.closing(Library(closed)) as library:
        assert "could be kept" in library.notice
        assert [passage.id for passage, _ in library.documents.to_embed(99, after=0)] == [7]


def test_a_database_that_was_only_changed_is_taken_as_it_is(closed, sound):
    with contextlib.closing(sqlite3.connect(database(closed))) as db:
        db.execute("INSERT INTO facts VALUES ('something', 'else')")
        db.commit()
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""
        sound(library)


_KILLED = """
import os, sys
from bge_desktop.library.library import Library
library = Library(sys.argv[1])
for folder in library.folders.all():
    library.folders.remove_files(list(library.folders.files(folder).values())[:9])
    library.remove_orphans()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def killed(closed):
    """A library whose process was killed: what it did last stands in the log alone."""
    subprocess.run([sys.executable, "-c", _KILLED, closed], check=False)
    return closed


def flip(path, at):
    with open(path, "rb+") as file:
        file.seek(at)
        [byte] = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 4]))


def test_a_killed_library_loses_nothing_and_is_to_be_checked(killed, sound):
    with contextlib.closing(Library(killed)) as library:
        assert (library.notice, library.wants_check) == ("", True)
        library.check()
        library.note_checked()
        sound(library)
        assert len(library.documents.document_ids()) == COUNT - 8


@pytest.mark.parametrize(
    "damage",
    [os.remove, lambda log: flip(log, 200), lambda log: flip(log, 20), lambda log: flip(log, 9)],
    ids=["deleted", "flipped", "flipped header", "flipped page size"],
)
def test_a_spoilt_log_is_told_and_the_library_is_whole(killed, damage, make_desk, sound):
    damage(f"{database(killed)}-wal")
    with contextlib.closing(Library(killed)) as library:
        assert "could be kept" in library.notice
        put_again(library, make_desk)
        sound(library)
        assert library.count_passages() == PASSAGES


def test_damage_that_is_found_in_use_is_repaired_at_the_next_start(closed):
    with contextlib.closing(Library(closed)) as library:
        pass
    library = Library(closed)
    library.db.execute("UPDATE documents SET text = packed(replace(unpacked(text), 'number 3', 'numbed 3'))")
    library.condemn()
    with contextlib.closing(Library(closed)) as library:
        assert f"{COUNT} documents and {PASSAGES - 2} embedded passages could be kept" in library.notice
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""


def test_what_was_only_misread_is_not_salvaged_but_its_words_are_made_anew(closed, sound):
    library = Library(closed)
    library.db.execute("DELETE FROM name_words_data WHERE id = 1")
    library.condemn()
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""
        sound(library)
    assert not copies(closed)


def test_a_reader_of_a_damaged_library_is_told_and_changes_nothing(closed):
    write(closed, content(closed)[:-_PAGE])
    before = {name: os.stat(os.path.join(closed, name)).st_mtime_ns for name in os.listdir(closed)}
    with pytest.raises(LibraryError, match="damaged") as raised:
        Library(closed, write=False)
    assert "index a folder" in raised.value.message
    after = {name: os.stat(os.path.join(closed, name)).st_mtime_ns for name in os.listdir(closed)}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("moment", ["in the middle", "before the move", "in the move"])
def test_an_interrupted_repair_is_taken_up(closed, moment, monkeypatch, sound):
    old = content(closed)
    old[5 * _PAGE : 6 * _PAGE] = bytes(_PAGE)
    write(closed, old)
    with monkeypatch.context() as patch:
        where = {"in the middle": (salvage, "_restore"), "before the move": (repair, "finish")}
        patch.setattr(*where.get(moment, (repair, "_drop_old_copies")), interrupt)
        with pytest.raises(KeyboardInterrupt):
            Library(closed)
    with contextlib.closing(Library(closed)) as library:
        sound(library)
        assert library.count_passages() == PASSAGES
    assert len(copies(closed)) == 1


def interrupt(*arguments):
    raise KeyboardInterrupt


def test_a_full_disk_leaves_a_damaged_library_as_it_is(closed, monkeypatch):
    write(closed, content(closed)[:-_PAGE])
    before = bytes(content(closed))

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(salvage, "_restore", full)
    with pytest.raises(LibraryError, match="disk is full"):
        Library(closed)
    assert content(closed) == before
    assert not [name for name in os.listdir(closed) if "salvaged" in name]


def test_the_list_of_folders_follows_them_and_may_be_spoilt(closed):
    kept = KeptList(closed)
    path = os.path.join(closed, "folders.json")
    [row] = kept.read("folders")
    assert row["path"] == b"/d"
    for spoilt in ("", "[]", '{"folders": 3}', "\xff"):
        with open(path, "w", encoding="latin-1") as file:
            file.write(spoilt)
        assert kept.read("folders") == []
        Library(closed).close()
        assert kept.read("folders") == [row]


def test_a_library_of_an_older_schema_is_salvaged_too(closed, tmp_path, make_desk, sound):
    with contextlib.closing(sqlite3.connect(database(closed))) as db:
        db.executescript("ALTER TABLE documents DROP COLUMN checksum; ALTER TABLE vectors DROP COLUMN checksum")
        db.execute("DROP TABLE outdated")
        db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm0010%'")
        db.commit()
    old = content(closed)
    write(closed, old[:-_PAGE])
    shutil.copytree(closed, tmp_path / "copy")
    with contextlib.closing(Library(closed)) as library:
        assert "could be kept" in library.notice
        assert put_again(library, make_desk) < PASSAGES
        sound(library)


_KILLED_AT = """
import os, sys
from bge_desktop.library import storage
from bge_desktop.library.closing import ClosingRecord
from bge_desktop.library.library import Library
place, name = {"opening": (storage, "_check_version"), "opened": (ClosingRecord, "note_opened"),
    "closing": (ClosingRecord, "note_closed")}[sys.argv[2]]
setattr(place, name, lambda *_, **__: os.kill(os.getpid(), 9))
Library(sys.argv[1]).close()
"""


@pytest.mark.parametrize("moment", ["opening", "opened", "closing"])
def test_a_library_killed_without_a_log_is_not_taken_for_damaged(closed, moment, sound):
    subprocess.run([sys.executable, "-c", _KILLED_AT, closed, moment], check=False)
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""
        sound(library)


def test_a_library_that_could_not_be_closed_properly_is_not_taken_for_damaged(closed, monkeypatch, sound):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    library = Library(closed)
    monkeypatch.setattr(Library, "keep_list", full)
    with pytest.raises(LibraryError, match="disk is full"):
        library.close()
    monkeypatch.undo()
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""
        sound(library)
