from __future__ import annotations

import contextlib
import os
import shutil
import socket
import stat

import pytest

from bge_desktop.handover import ADDRESS_FILE, address

posix = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="sockets with a path")


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library"
    path.mkdir()
    return str(path)


@contextlib.contextmanager
def listening(library):
    opened, found = address.listen(library)
    with contextlib.closing(opened):
        yield found
    address.withdraw(library, found)


def modes(*paths):
    return [stat.S_IMODE(os.stat(path).st_mode) for path in paths]


def test_who_reads_the_file_can_connect(library):
    with listening(library) as found:
        assert address.read(library) == found
        assert found.pid == os.getpid()
        found.connect(1.0).close()


@posix
def test_nobody_else_can(library):
    before = os.umask(0)
    try:
        with listening(library) as found:
            own = os.path.join(library, ADDRESS_FILE), found.path, os.path.dirname(found.path)
            assert modes(*own) == [0o600, 0o600, 0o700]
    finally:
        os.umask(before)


def test_a_library_whose_path_is_long_is_listened_for(tmp_path):
    library = tmp_path / "/".join(["long " * 20] * 3)
    library.mkdir(parents=True)
    with listening(str(library)) as found:
        found.connect(1.0).close()


def test_nothing_is_left(library):
    with listening(library) as found:
        pass
    assert os.listdir(library) == []
    assert not found.path or not os.path.exists(os.path.dirname(found.path))


def test_each_time_the_key_is_another(library):
    with listening(library) as first:
        pass
    with listening(library) as second:
        assert first.key != second.key


@posix
def test_what_one_who_was_killed_left_is_refused_and_swept(library):
    killed, left = address.listen(library)
    killed.close()
    with pytest.raises(ConnectionRefusedError):
        left.connect(1.0)
    with listening(library):
        assert not os.path.exists(os.path.dirname(left.path))


@posix
def test_nothing_but_an_own_socket_is_swept(library, tmp_path):
    mine = tmp_path / "bge-desktop-papers"
    mine.mkdir()
    (mine / "writer").write_text("a novel")
    with listening(library) as found:
        pass
    address._write(library, address.Address(str(mine / "writer"), 0, "key", 1, found.library))
    with listening(library):
        assert (mine / "writer").read_text() == "a novel"


def test_a_copy_of_a_library_is_not_the_library(library, tmp_path):
    with listening(library):
        copy = shutil.copytree(library, tmp_path / "copy")
        assert address.read(str(copy)) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff" * 100, b"[" * 10_000, b'{"path": 3}'])
def test_a_file_that_says_nothing_is_none(library, content):
    with open(os.path.join(library, ADDRESS_FILE), "wb") as file:
        file.write(content)
    assert address.read(library) is None


@posix
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink("nowhere", path)])
def test_what_stands_in_the_place_of_the_file_is_moved_aside(library, make):
    make(os.path.join(library, ADDRESS_FILE))
    assert address.read(library) is None
    with listening(library) as found:
        assert address.read(library) == found
    assert os.listdir(library) == [f"{ADDRESS_FILE}.aside"]


def test_without_a_library_nobody_listens(tmp_path):
    assert address.read(str(tmp_path / "nowhere")) is None
