"""The app's own small files, whatever stands in their places."""

from __future__ import annotations

import os

import pytest

from bge_desktop.own_files import clear_the_way, content, is_misplaced, read_json, replacing

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has none of these in folders")

NO_FILES = {
    "folder": os.mkdir,
    "pipe": getattr(os, "mkfifo", None),
    "link to nothing": lambda path: os.symlink(f"{path}.nowhere", path),
    "link to itself": lambda path: os.symlink(path, path),
}


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "own.json")


def put(path, written):
    with open(path, "wb") as file:
        file.write(written)


SPOILT = {
    "empty": b"",
    "cut off": b'{"a": ',
    "no text": b"\xff\xfe\xfd",
    "zeros": bytes(100),
    "brackets": b"[" * 200_000,
    "number": b"9" * 10_000,
}


@pytest.mark.parametrize("written", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_holds_nothing(path, written):
    put(path, written)
    assert read_json(path) is None


def test_what_is_too_large_is_not_read(path):
    put(path, b"[1, 2]")
    assert read_json(path, 6) == [1, 2]
    assert read_json(path, 5) is None
    with pytest.raises(ValueError, match="own"):
        content(path, 5)


def test_a_file_that_is_not_there_holds_nothing_and_is_not_misplaced(path):
    assert read_json(path) is None
    assert not is_misplaced(path)
    with pytest.raises(FileNotFoundError):
        content(path, 5)


@posix
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_not_waited_for_and_is_moved_aside(path, make):
    make(path)
    assert read_json(path) is None
    assert is_misplaced(path)
    with replacing(path) as temporary:
        put(temporary, b"3")
    assert read_json(path) == 3
    assert sorted(os.listdir(os.path.dirname(path))) == ["own.json", "own.json.aside"]


@posix
def test_what_a_link_leads_to_is_left_alone(path, tmp_path):
    put(tmp_path / "theirs", b"novel")
    os.symlink(tmp_path / "theirs", path)
    clear_the_way(path)
    put(path, b"3")
    assert (tmp_path / "theirs").read_bytes() == b"novel"


def test_a_file_is_not_moved(path):
    put(path, b"3")
    clear_the_way(path)
    assert os.listdir(os.path.dirname(path)) == ["own.json"]
