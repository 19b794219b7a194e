import contextlib
import errno
import functools
import os
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest

from bge_desktop.errors import LibraryBusyError, LibraryError
from bge_desktop.library import lock, storage
from bge_desktop.library.library import Library
from bge_desktop.library.schema import migrations

DATABASE = "library.db"


def _modes(folder):
    return {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in os.scandir(folder)}


def _open(folder, *, write):
    with pytest.raises(LibraryError) as raised:
        Library(folder, write=write)
    return raised.value


def _write(folder, content):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, DATABASE), "wb") as file:
        file.write(content)


def _content(folder):
    with open(os.path.join(folder, DATABASE), "rb") as file:
        return file.read()


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_everything_is_for_its_owner_alone(folder, make_desk):
    before = os.umask(0o022)
    try:
        library = Library(folder)
        make_desk(library).put("a.txt", "rent")
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        modes = _modes(folder)
        assert set(modes) >= {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "library.lock"}
        assert set(modes.values()) == {0o600}
        library.close()
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_folder_that_exists_keeps_its_permissions(folder):
    os.mkdir(folder)
    os.chmod(folder, 0o755)
    Library(folder).close()
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o755


def test_a_second_writer_is_refused_and_a_reader_is_not(desk, folder):
    desk.put("a.txt", "rent")
    with pytest.raises(LibraryBusyError) as raised:
        Library(folder)
    assert raised.value.path == folder
    reader = Library(folder, write=False)
    assert reader.count_passages() == 1
    desk.put("b.txt", "more rent")  # the writer goes on beside it
    reader.close()


def test_another_process_is_refused_too_and_may_read(desk, folder):
    desk.put("a.txt", "rent")
    program = (
        "import sys; from bge_desktop.library.library import Library; from bge_desktop.errors import LibraryBusyError\n"
        "print(Library(sys.argv[1], write=False).count_passages())\n"
        "try: Library(sys.argv[1])\n"
        "except LibraryBusyError: print('busy')"
    )
    ran = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["1", "busy"]


def test_a_closed_library_can_be_taken_again(folder):
    for _ in range(2):
        Library(folder).close()


def test_a_reader_sees_the_library_as_it_was_when_it_was_opened(desk, folder):
    desk.put("a.txt", "rent")
    reader = Library(folder, write=False)
    desk.put("b.txt", "more rent")
    desk.remove("a.txt")
    desk.library.remove_orphans()
    assert reader.documents.document_ids() == reader.catalogue.documents.tolist()
    assert [file.path for file in reader.folders.files(desk.folder).values()] == ["/d/a.txt"]
    reader.close()


def test_a_reader_cannot_write(desk, folder):
    reader = Library(folder, write=False)
    with pytest.raises(LibraryError) as raised, storage.readable_errors(folder):
        reader.folders.add("/other")
    assert raised.value.title == "Library is read-only"
    reader.close()


@pytest.mark.parametrize("name", ["a b?c#d%25", "图书馆", os.fsdecode(b"\xff")])
def test_any_name_of_a_folder_will_do(tmp_path, name, make_desk):
    folder = os.path.join(tmp_path, name)
    library = Library(folder)
    make_desk(library).put("a.txt", "rent")
    library.close()
    reader = Library(folder, write=False)
    assert reader.count_passages() == 1
    reader.close()
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("make", [lambda folder: None, os.makedirs, lambda folder: _write(folder, b"")])
def test_a_reader_of_no_library_is_told_so(folder, make):
    make(folder)
    assert _open(folder, write=False).title == "No library"


def test_a_file_in_the_place_of_the_folder(folder):
    with open(folder, "w", encoding="ascii"):
        pass
    assert _open(folder, write=True).title == "Library cannot be opened"


def _everything(folder):
    found = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = file.read()
    return found


@pytest.mark.parametrize("is_killed", [False, True], ids=["closed", "killed"])
def test_a_newer_library_is_refused_and_left_untouched(folder, tmp_path, is_killed):
    Library(folder).close()
    db = sqlite3.connect(os.path.join(folder, DATABASE))
    with db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('library', 'm9999', '')")
    if is_killed:  # the newer app's last words stand in the log alone
        shutil.copytree(folder, tmp_path / "killed")
        folder = str(tmp_path / "killed")
        os.remove(os.path.join(folder, f"{DATABASE}-shm"))
    db.close()
    os.remove(os.path.join(folder, "library.lock"))
    before = _everything(folder)
    for write in (True, False, True):
        assert _open(folder, write=write).title == "Library is too new"
        assert _everything(folder) == before


def test_an_older_library_is_migrated_by_a_writer_and_refused_to_a_reader(folder, monkeypatch):
    Library(folder).close()
    newer = migrations._Migration("m9999_more", lambda db: db.execute("CREATE TABLE more (id)"))
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, newer])
    assert _open(folder, write=False).title == "Library must be updated"
    Library(folder).close()
    reader = Library(folder, write=False)
    assert "more" in reader.db.table_names()
    reader.close()


def test_a_library_is_made_or_migrated_as_a_whole(folder, monkeypatch):
    def refused(db):
        raise sqlite3.OperationalError("no room for it")

    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, migrations._Migration("m9999", refused)])
    assert "no room" in _open(folder, write=True).message
    monkeypatch.undo()
    assert _open(folder, write=False).title == "No library"
    Library(folder).close()


def test_a_file_that_is_no_database(folder):
    _write(folder, b"Dear diary, " * 1000)
    assert _open(folder, write=False).title == "Library is damaged"
    assert _content(folder).startswith(b"Dear diary")


def test_a_damaged_database(folder, make_desk):
    library = Library(folder)
    desk = make_desk(library)
    for number in range(50):
        desk.put(f"{number}.txt", f"rent {number} " * 200)
    library.close()
    content = _content(folder)
    _write(folder, content[:4096] + b"\xa5" * (len(content) - 4096))
    error = _open(folder, write=False)
    assert error.title == "Library is damaged"
    assert error.path == folder


def test_a_full_disk_is_told_and_nothing_is_half_done(desk, folder, sound):
    desk.put("a.txt", "rent")
    pages = desk.library.db.execute("PRAGMA page_count").fetchone()[0]
    desk.library.db.execute(f"PRAGMA max_page_count = {pages}")
    long = "\n".join(f"word{number} " * 50 for number in range(300))
    with pytest.raises(LibraryError) as raised, storage.readable_errors(folder):
        desk.put("b.txt", long)
    assert raised.value.title == "The disk is full"
    assert desk.file("b.txt").state == "reading"
    desk.library.db.execute("PRAGMA max_page_count = 1000000")
    sound(desk.library)
    desk.put("b.txt", long)
    sound(desk.library)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_by_the_systems_own_word(number):
    assert storage.explained(OSError(number, os.strerror(number)), "/l").title == "The disk is full"


def test_other_errors_are_told_in_their_own_words():
    error = storage.explained(OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)), "/l")
    assert "Not a directory" in error.message
    assert "no such thing" in storage.explained(sqlite3.OperationalError("no such thing"), "/l").message


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "Input/output error"), sqlite3.OperationalError("disk I/O error")]
)
def test_an_error_of_the_disk_is_told(error):
    if isinstance(error, sqlite3.Error):
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert "Check that it is connected" in storage.explained(error, "/l").message


def test_what_was_done_outlasts_a_power_cut_and_the_log_is_bounded(library):
    pragmas = ("synchronous", "fullfsync", "checkpoint_fullfsync", "secure_delete", "auto_vacuum", "journal_size_limit")
    assert [library.db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [2, 1, 1, 1, 2, 16 << 20]


def test_a_library_that_cannot_shrink_yet_is_converted_once(folder, make_desk, sound):
    with contextlib.closing(Library(folder)) as library:
        make_desk(library).put("a.txt", "rent")
    db = sqlite3.connect(os.path.join(folder, DATABASE), isolation_level=None)
    db.execute("PRAGMA auto_vacuum = NONE")
    db.execute("VACUUM")
    db.close()
    with contextlib.closing(Library(folder)) as library:
        assert library.db.execute("PRAGMA auto_vacuum").fetchone()[0] == 2
        sound(library)


def _with_small_pages(folder, make_desk):
    with contextlib.closing(Library(folder)) as library:
        make_desk(library).put("a.txt", "rent")
    with contextlib.closing(sqlite3.connect(os.path.join(folder, DATABASE), isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA page_size = 4096")
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = WAL")


def _layout(library):
    names = ("page_size", "auto_vacuum", "journal_mode")
    return [library.db.execute(f"PRAGMA {name}").fetchone()[0] for name in names]


def test_a_library_with_small_pages_is_converted_once(folder, make_desk, sound):
    _with_small_pages(folder, make_desk)
    with contextlib.closing(Library(folder)) as library:
        assert _layout(library) == [8192, 2, "wal"]
        sound(library)


def test_what_another_reads_at_the_moment_is_converted_at_the_next_start(folder, make_desk, sound, monkeypatch):
    _with_small_pages(folder, make_desk)
    monkeypatch.setattr(storage.sqlite3, "connect", functools.partial(sqlite3.connect, timeout=0.01))
    with contextlib.closing(Library(folder, write=False)) as reader:
        with contextlib.closing(Library(folder)) as library:
            assert _layout(library) == [4096, 2, "wal"]
            sound(library)
        assert reader.documents.document_ids() == [1]
    with contextlib.closing(Library(folder)) as library:
        assert _layout(library) == [8192, 2, "wal"]
        sound(library)


def test_a_log_of_a_library_with_small_pages_is_not_taken_for_lost(folder, make_desk, sound, tmp_path, monkeypatch):
    _with_small_pages(folder, make_desk)
    left = str(tmp_path / "left")
    with monkeypatch.context() as patch:
        patch.setattr(storage, "lay_out_anew", lambda db: None)
        with contextlib.closing(Library(folder)) as library:
            make_desk(library).put("b.txt", "lease")
            shutil.copytree(folder, left)  # as a kill would leave it
    with contextlib.closing(Library(left)) as library:
        assert library.notice == ""
        assert library.documents.document_ids() == [1, 2]
        assert _layout(library) == [8192, 2, "wal"]
        sound(library)


def test_a_lock_on_a_file_system_without_locks_is_told(folder, monkeypatch):
    def refuse(self, *arguments, **more):
        raise NotImplementedError("no locks here")

    monkeypatch.setattr(lock.FileLock, "acquire", refuse)
    error = _open(folder, write=True)
    assert error.title == "Library cannot be opened"
    assert "no locks here" in error.message
