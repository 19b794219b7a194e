"""What stands in the places of the library's files and is none: nobody waits for it, and a writer moves it aside."""

from __future__ import annotations

import contextlib
import os

import pytest

from bge_desktop.errors import LibraryError
from bge_desktop.library.library import Library

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has none of these in folders")

BESIDE = ["library.db-shm", "library.db-wal", "library.db-journal"]
SMALL = ["library.state", "folders.json", "library.lock", "library.salvaged.db", "library.salvaged.db.new"]
MAKE = {
    "folder": os.mkdir,
    "pipe": getattr(os, "mkfifo", None),
    "link to nothing": lambda path: os.symlink("nowhere", path),
}


@pytest.fixture
def closed(folder, make_desk):
    with contextlib.closing(Library(folder)) as library:
        make_desk(library).put("a.txt", "rent")
    return folder


def replace(folder, name, make):
    path = os.path.join(folder, name)
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
    make(path)


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
@pytest.mark.parametrize("name", [*BESIDE, *SMALL])
def test_beside_the_database_it_costs_nothing(closed, name, make):
    replace(closed, name, make)
    with contextlib.closing(Library(closed)) as library:
        assert library.notice == ""
        assert library.count_passages() == 1
    with contextlib.closing(Library(closed, write=False)) as library:
        assert library.count_passages() == 1


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
@pytest.mark.parametrize("name", BESIDE)
def test_a_reader_is_told(closed, name, make):
    replace(closed, name, make)
    with pytest.raises(LibraryError, match="is no file") as raised:
        Library(closed, write=False)
    assert raised.value.path == os.path.join(closed, name)


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
def test_in_the_place_of_the_database_it_is_damage(closed, make):
    replace(closed, "library.db", make)
    with pytest.raises(LibraryError, match="damaged"):
        Library(closed, write=False)
    with contextlib.closing(Library(closed)) as library:
        assert "library.damaged-" in library.notice or make is MAKE["link to nothing"]
        assert [own.path for own in library.folders.all()] == ["/d"]
