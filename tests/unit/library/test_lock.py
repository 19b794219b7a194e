"""One writer, whatever is deleted while it writes."""

from __future__ import annotations

import errno
import os

import pytest

from bge_desktop.errors import LibraryBusyError
from bge_desktop.library import lock
from bge_desktop.library.library import Library
from bge_desktop.library.lock import LibraryLock, is_locked

posix = pytest.mark.skipif(os.name != "posix", reason="Windows deletes no file that is open")


@pytest.fixture
def made(folder):
    os.mkdir(folder)
    return folder


@posix
def test_there_is_one_writer_though_its_lock_is_deleted(desk, folder, sound):
    desk.put("a.txt", "rent")
    os.remove(os.path.join(folder, "library.lock"))
    for _ in range(2):
        with pytest.raises(LibraryBusyError):
            Library(folder)
    assert is_locked(folder)
    desk.put("b.txt", "more rent")
    sound(desk.library)


def test_who_lets_it_go_leaves_it_to_the_next(made):
    for _ in range(2):
        held = LibraryLock(made)
        held.acquire()
        assert is_locked(made)
        with pytest.raises(BlockingIOError):
            LibraryLock(made).acquire()
        held.release()
        assert not is_locked(made)


def test_looking_makes_no_file(made):
    assert not is_locked(made)
    assert os.listdir(made) == []


@posix
@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOTSUP, errno.EINVAL, errno.ENOLCK])
def test_where_folders_cannot_be_locked_the_file_counts(made, monkeypatch, number):
    import fcntl

    def refuse(*arguments):
        raise OSError(number, os.strerror(number))

    held = LibraryLock(made)
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", refuse)
        held._folder.acquire()
    held._file.acquire()
    with pytest.raises(BlockingIOError):
        LibraryLock(made).acquire()
    assert is_locked(made)
    held.release()


@posix
def test_who_does_not_get_the_file_lets_the_folder_go(made):
    other = lock.FileLock(os.path.join(made, "library.lock"), timeout=0)
    with other, pytest.raises(BlockingIOError):
        LibraryLock(made).acquire()
    assert not is_locked(made)


@posix
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", None), lambda path: os.symlink("nowhere", path)])
def test_what_is_no_file_is_moved_out_of_the_locks_place(made, make):
    make(os.path.join(made, "library.lock"))
    assert not is_locked(made)
    Library(made).close()
    assert os.path.isfile(os.path.join(made, "library.lock"))
