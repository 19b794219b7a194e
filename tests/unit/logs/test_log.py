"""The log: what stands in it, what never does, and that it disturbs nobody."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import sqlite3
import stat
import threading
import warnings

import pytest

from bge_desktop.errors import LibraryError
from bge_desktop.logs.log import log_path, logged
from bge_desktop.logs.traces import error_lines, shown_place
from bge_desktop.logs.warned import warnings_logged

OWN = logging.getLogger("bge_desktop.worker.worker")
SECRET = "/home/ada/diagnosis.txt"


@pytest.fixture
def library(tmp_path):
    return str(tmp_path)


def text_of(library):
    with open(log_path(library), encoding="utf-8") as file:
        return file.read()


def test_it_tells_the_versions_the_start_and_the_end(library):
    with logged(library):
        OWN.info("Up to date: %d files", 3)
    text = text_of(library)
    for word in ("BGE Desktop 0", "Python 3", f"SQLite {sqlite3.sqlite_version}", "numpy", "Start", "End"):
        assert word in text
    assert "INFO MainThread bge_desktop.worker.worker: Up to date: 3 files" in text


def test_it_is_its_owners_alone(library):
    with logged(library):
        pass
    assert stat.S_IMODE(os.stat(os.path.dirname(log_path(library))).st_mode) == 0o700
    assert stat.S_IMODE(os.stat(log_path(library)).st_mode) == 0o600


def test_after_its_end_nothing_is_added(library):
    handlers = list(logging.getLogger().handlers)
    with logged(library):
        pass
    OWN.info("Too late")
    assert "Too late" not in text_of(library)
    assert logging.getLogger().handlers == handlers


def fail(secret):
    raise FileNotFoundError(errno.ENOENT, "No such file", secret)


def test_of_an_error_its_type_its_code_and_its_places_are_told(library):
    with logged(library):
        try:
            try:
                fail(SECRET)
            except OSError as error:
                raise LibraryError("Library cannot be used", f"It says: {SECRET}", SECRET) from error
        except LibraryError:
            OWN.exception("The worker met a fault")
    text = text_of(library)
    assert "bge_desktop.errors.LibraryError (Library cannot be used)" in text
    assert "caused by FileNotFoundError (ENOENT)" in text
    assert "test_log.py:" in text
    assert " in fail" in text
    for secret in ("diagnosis", "ada", os.path.dirname(__file__), os.path.expanduser("~/")):
        assert secret not in text


def test_of_an_error_in_a_message_its_type_is_told(library):
    with logged(library):
        OWN.info("A connection was given up: %s", FileNotFoundError(errno.ENOENT, "No such file", SECRET))
        OWN.info("100 % sure")
    text = text_of(library)
    assert "A connection was given up: FileNotFoundError (ENOENT)\n" in text
    assert "100 % sure" in text
    assert "diagnosis" not in text


def test_what_libraries_log_is_told_by_its_place_alone(library):
    with logged(library):
        logging.getLogger("watchdog.observers").warning("cannot watch %s", SECRET)
        logging.getLogger("watchdog.observers").info("nor this")
    text = text_of(library)
    assert "WARNING MainThread watchdog.observers: something at test_log.py:" in text
    assert "diagnosis" not in text
    assert text.count("watchdog") == 1


def test_warnings_are_told_by_their_kind_and_place(library):
    with logged(library), warnings.catch_warnings(), warnings_logged():
        warnings.simplefilter("always")
        warnings.warn(f"odd: {SECRET}", RuntimeWarning, stacklevel=1)
    text = text_of(library)
    assert "RuntimeWarning at test_log.py:" in text
    assert "diagnosis" not in text


def test_no_line_is_endless_and_none_is_two(library):
    with logged(library):
        OWN.info("one\ntwo %s", "x" * 100_000)
    assert len(text_of(library)) < 3000
    assert "one two" in text_of(library)


def test_it_rotates(library):
    with logged(library):
        for number in range(12_000):
            OWN.info("%d %s", number, "x" * 400)
    names = sorted(os.listdir(os.path.dirname(log_path(library))))
    assert names == ["bge-desktop.log", *(f"bge-desktop.log.{number}" for number in (1, 2, 3))]
    folder = os.path.dirname(log_path(library))
    assert all(os.path.getsize(os.path.join(folder, name)) <= 1_000_000 for name in names)
    assert all(stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) == 0o600 for name in names)


def test_a_log_that_was_deleted_is_begun_anew(library):
    with logged(library):
        os.remove(log_path(library))
        OWN.info("Written after it")
    assert "Written after it" in text_of(library)


def _without_folder(library):
    shutil.rmtree(os.path.dirname(log_path(library)))


def _a_folder(library):
    os.remove(log_path(library))
    os.mkdir(log_path(library))


def _a_pipe(library):
    os.remove(log_path(library))
    os.mkfifo(log_path(library))


def _no_disk(library):
    os.remove(log_path(library))
    os.symlink("/dev/full", log_path(library))


def _no_library(library):
    shutil.rmtree(library)


@pytest.mark.skipif(os.name != "posix", reason="Windows removes and replaces no open file")
@pytest.mark.parametrize("spoil", [_without_folder, _a_folder, _a_pipe, _no_disk, _no_library])
def test_a_log_that_cannot_be_written_disturbs_nobody(library, spoil, capfd):
    with logged(library):
        spoil(library)
        OWN.info("Lost, or not")
        OWN.error("Lost, or not")
    with logged(library):
        OWN.info("Lost, or not")
    assert capfd.readouterr() == ("", "")
    if spoil is _no_library:
        assert not os.path.exists(library)


def test_many_threads_may_write(library):
    def write(name):
        for number in range(200):
            OWN.info("%s %d.", name, number)

    with logged(library):
        threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    text = text_of(library)
    assert all(f": {name} {number}.\n" in text for name in "abcd" for number in range(200))


def test_a_recursion_is_told_in_few_lines():
    def deeper():
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    assert len(list(error_lines(caught.value))) < 50


def test_causes_that_go_in_circles_end():
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert list(error_lines(first)) == ["ValueError", "caused by KeyError"]


def test_a_database_error_is_told_with_its_code():
    with contextlib.closing(sqlite3.connect(":memory:")) as db, pytest.raises(sqlite3.Error) as caught:
        db.execute("SELECT * FROM diagnosis")
    assert next(error_lines(caught.value)) == "sqlite3.OperationalError (SQLITE_ERROR)"


def test_places_are_told_without_the_persons_folders():
    assert shown_place(logging.__file__) == "logging/__init__.py"
    assert shown_place(pytest.__file__) == "pytest/__init__.py"
    assert shown_place(shown_place.__code__.co_filename) == "bge_desktop/logs/traces.py"
    assert shown_place("<frozen importlib._bootstrap>") == "<frozen importlib._bootstrap>"
    assert shown_place("bge_desktop/ui/app.py") == "bge_desktop/ui/app.py"
    assert shown_place("/home/ada/tax/tool.py") == "tool.py"
    assert shown_place("C:\\Users\\Ada\\tool.py") == "tool.py"
