"""What a scan makes of a folder: what is new, changed and gone, and what may only be away."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.extract.readers import ReadFailure, ReadResult
from bge_desktop.library.folders import Folder
from bge_desktop.library.known_files import GRAIN_NS, KnownFile
from bge_desktop.library.library import Library
from bge_desktop.library.words import analysed
from bge_desktop.messages import FolderRules
from bge_desktop.worker.scanning import compare


class Shelf:
    """A folder on the disk, and a library that is to know it."""

    def __init__(self, library: Library, root: Path) -> None:
        self.library, self.root = library, root
        root.mkdir()
        self.folder = library.folders.add(str(root))

    def write(self, name: str, text: str = "rent", age_s: float = 3600) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        changed = time.time_ns() - int(age_s * 1e9)
        os.utime(path, ns=(changed, changed))
        return path

    def scan(self, *under: Path) -> list[str]:
        """Scan, and return the names of the files that are to be read."""
        folder = dataclasses.replace(self.folder, inode=self.stored.inode)
        list(compare(self.library, folder, *map(str, under or [Path(self.folder.path)])))
        return [os.path.relpath(file.path, self.root) for file in self.library.folders.pending(1000)]

    def read(self) -> None:
        """Have the files that wait be read; of each, its inode is its content."""
        for file in self.library.folders.pending(1000):
            self.library.folders.start_reading([file.id])
            self.library.store(file.id, ReadResult(file.path, f"hash {file.inode}", False, "rent", kind="text"))

    def index(self) -> None:
        self.scan()
        self.read()
        assert self.scan() == []

    @property
    def files(self) -> dict[str, KnownFile]:
        known = self.library.folders.files(self.folder)
        return {os.path.relpath(path, self.root): file for path, file in known.items()}

    @property
    def stored(self) -> Folder:
        return next(own for own in self.library.folders.all() if own.id == self.folder.id)

    def call_device(self, device: str, names: str = "%") -> None:
        """Have files been seen on another device than they are on."""
        self.library.db.execute("UPDATE files SET device = ? WHERE CAST(path AS TEXT) LIKE ?", [device, names])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(str(tmp_path / "library"))
    yield library
    library.close()


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> Shelf:
    return Shelf(library, tmp_path / "documents")


def test_what_is_new_and_changed_is_read_and_what_is_gone_forgotten(shelf: Shelf) -> None:
    for name in ("same.txt", "changed.txt", "sub/gone.txt", "left.log"):
        shelf.write(name)
    shelf.index()
    shelf.write("changed.txt", "more rent")
    shelf.write("new.txt")
    shelf.write(".gitignore", "*.log")
    shutil.rmtree(shelf.root / "sub")
    assert shelf.scan() == ["changed.txt", "new.txt"]
    assert sorted(shelf.files) == ["changed.txt", "new.txt", "same.txt"]
    assert not shelf.stored.is_away


def test_a_scan_of_a_part_leaves_the_rest_alone(shelf: Shelf) -> None:
    for name in ("sub/a.txt", "sub/b.txt", "c.txt"):
        shelf.write(name)
    shelf.index()
    for name in ("sub/a.txt", "c.txt"):
        (shelf.root / name).unlink()
    shelf.scan(shelf.root / "sub/b.txt")
    assert sorted(shelf.files) == ["c.txt", "sub/a.txt", "sub/b.txt"]
    shelf.scan(shelf.root / "sub")
    assert sorted(shelf.files) == ["c.txt", "sub/b.txt"]


def test_what_could_not_be_opened_is_read_again(shelf: Shelf, library: Library) -> None:
    shelf.write("closed.txt")
    shelf.write("damaged.txt")
    shelf.scan()
    for file in library.folders.pending(10):
        library.folders.start_reading([file.id])
        library.fail(file.id, ReadFailure(file.path, "Bad", "It is so.", passing="closed" in file.path))
    assert shelf.scan() == ["closed.txt"]


def test_a_file_that_was_read_just_after_its_last_change_is_read_once_more_and_no_third_time(
    shelf: Shelf, library: Library
) -> None:
    shelf.write("young.txt", age_s=0)
    shelf.write("to come.txt", age_s=-86400)
    shelf.write("old.txt")
    shelf.index()  # which scans once more: while a further change may go unseen, it is too early
    library.db.execute("UPDATE files SET doubtful_until = doubtful_until - ? WHERE doubtful_until", [GRAIN_NS])
    age = time.time_ns() - GRAIN_NS
    os.utime(shelf.root / "young.txt", ns=(age, age))
    library.db.execute("UPDATE files SET mtime_ns = ? WHERE CAST(path AS TEXT) LIKE '%young.txt'", [age])
    assert shelf.scan() == ["to come.txt", "young.txt"]
    shelf.read()
    assert shelf.scan() == []
    assert {file.doubtful_until for file in shelf.files.values()} == {0}


def test_a_doubt_does_not_outlast_a_clock_that_was_set_back(shelf: Shelf, library: Library) -> None:
    shelf.write("young.txt", age_s=0)
    shelf.index()
    library.db.execute("UPDATE files SET doubtful_until = doubtful_until + ?", [86400 * 10**9])
    assert shelf.scan() == ["young.txt"]


def test_a_file_whose_content_was_changed_and_its_time_set_back_is_read_once_more(shelf: Shelf) -> None:
    for name in ("edited.txt", "opened.txt", "same.txt"):
        shelf.write(name)
    shelf.index()
    status = os.stat(shelf.root / "edited.txt")
    (shelf.root / "edited.txt").write_text("loan")
    os.utime(shelf.root / "edited.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    (shelf.root / "opened.txt").chmod(0o600)
    (shelf.root / "same.txt").read_text()
    assert shelf.scan() == ["edited.txt", "opened.txt"]
    shelf.read()
    assert shelf.scan() == []


def test_a_ctime_that_was_not_known_is_noted_and_raises_no_doubt(shelf: Shelf, library: Library) -> None:
    path = shelf.write("a.txt")
    shelf.index()
    library.db.execute("UPDATE files SET ctime_ns = 0")
    assert shelf.scan() == []
    assert shelf.files["a.txt"].ctime_ns == os.stat(path).st_ctime_ns


def test_a_file_that_was_renamed_is_not_read_again_at_the_next_scan_either(shelf: Shelf) -> None:
    shelf.write("a.txt")
    shelf.index()
    (shelf.root / "a.txt").rename(shelf.root / "b.txt")
    assert (shelf.scan(), shelf.scan()) == ([], [])
    assert shelf.files["b.txt"].ctime_ns == os.stat(shelf.root / "b.txt").st_ctime_ns


def test_a_file_that_has_ended_its_reader_is_in_no_doubt(shelf: Shelf, library: Library) -> None:
    shelf.write("young.txt", age_s=0)
    shelf.scan()
    [file] = library.folders.pending(10)
    library.folders.start_reading([file.id])
    library.fail(file.id, ReadFailure(file.path, "Bad", "It is so.", kills=2))
    library.db.execute("UPDATE files SET doubtful_until = 1")
    assert shelf.scan() == []


def test_what_was_moved_is_not_read_again_but_a_hard_link_and_a_copy_are(shelf: Shelf, library: Library) -> None:
    for name in ("folder/a.txt", "b.txt", "c.txt", "d.txt"):
        shelf.write(name)
    shelf.index()
    ids = {name: file.id for name, file in shelf.files.items()}
    (shelf.root / "folder").rename(shelf.root / "moved")
    (shelf.root / "b.txt").rename(shelf.root / "moved/other.txt")
    os.link(shelf.root / "c.txt", shelf.root / "link.txt")
    shutil.copy2(shelf.root / "d.txt", shelf.root / "copy.txt")
    assert shelf.scan() == ["c.txt", "copy.txt", "link.txt"]  # a further link changes the file, if not what it holds
    shelf.read()
    assert shelf.scan() == []
    assert {name: file.id for name, file in shelf.files.items() if name not in ("copy.txt", "link.txt")} == {
        "moved/a.txt": ids["folder/a.txt"],
        "moved/other.txt": ids["b.txt"],
        "c.txt": ids["c.txt"],
        "d.txt": ids["d.txt"],
    }
    found = "SELECT rowid FROM name_words WHERE words MATCH ? ORDER BY rowid"
    words = library.db.execute(found, [analysed("moved")]).fetchall()
    assert [row[0] for row in words] == sorted((ids["folder/a.txt"], ids["b.txt"]))
    assert library.db.execute(found, [analysed("folder")]).fetchall() == []
    library.db.execute("INSERT INTO name_words (name_words) VALUES ('integrity-check')")


def test_a_folder_that_was_moved_is_known_wherever_the_news_of_it_begins(shelf: Shelf) -> None:
    for number in range(300):
        shelf.write(f"from/{number}.txt")
    shelf.index()
    (shelf.root / "from").rename(shelf.root / "to")
    assert shelf.scan(shelf.root / "from", shelf.root / "to") == []
    assert sorted(shelf.files) == sorted(f"to/{number}.txt" for number in range(300))


def test_a_file_is_moved_from_one_folder_of_the_library_to_another(shelf: Shelf, library: Library) -> None:
    shelf.write("a.txt")
    shelf.index()
    other = Shelf(library, shelf.root.parent / "other")
    (shelf.root / "a.txt").rename(other.root / "a.txt")
    assert other.scan() == []
    assert (list(other.files), shelf.files) == (["a.txt"], {})


def test_a_hard_link_of_a_file_that_is_away_is_not_taken_for_it(shelf: Shelf, library: Library) -> None:
    shelf.write("a.txt")
    shelf.index()
    other = Shelf(library, shelf.root.parent / "other")
    os.link(shelf.root / "a.txt", other.root / "link.txt")
    shelf.root.rename(shelf.root.parent / "away")
    other.scan()
    assert (list(other.files), list(shelf.files)) == (["link.txt"], ["a.txt"])


def test_another_file_with_the_number_of_one_that_is_gone_is_read(shelf: Shelf, library: Library) -> None:
    shelf.write("a.txt")
    shelf.index()
    (shelf.root / "a.txt").rename(shelf.root / "b.txt")
    shelf.write("b.txt", "tea, at another time", age_s=60)
    assert shelf.scan() == ["b.txt"]


def test_a_device_that_is_renumbered_has_nothing_read_and_deletions_on_it_are_believed(shelf: Shelf) -> None:
    for name in ("a.txt", "b.txt", "gone.txt"):
        shelf.write(name)
    shelf.index()
    (shelf.root / "gone.txt").unlink()
    device = shelf.files["a.txt"].device
    shelf.call_device("former")
    assert shelf.scan() == []
    assert {name: file.device for name, file in shelf.files.items()} == {"a.txt": device, "b.txt": device}


def test_what_was_last_seen_on_a_device_that_is_not_there_is_away(shelf: Shelf) -> None:
    for name in ("a.txt", "disk/b.txt", "disk/sub/c.txt"):
        shelf.write(name)
    shelf.index()
    shelf.call_device("unplugged", "%/disk/%")
    shutil.rmtree(shelf.root / "disk/sub")
    (shelf.root / "disk/b.txt").unlink()
    shelf.scan()
    assert sorted(shelf.files) == ["a.txt", "disk/b.txt", "disk/sub/c.txt"]
    assert not shelf.stored.is_away
    shelf.scan(shelf.root / "disk/b.txt")
    assert "disk/b.txt" in shelf.files


def test_a_folder_of_which_nothing_is_found_because_its_disk_is_another_is_away(shelf: Shelf) -> None:
    shelf.write("a.txt")
    shelf.index()
    shelf.call_device("share")
    (shelf.root / "a.txt").rename(shelf.root.parent / "a.txt")
    shelf.scan()
    assert list(shelf.files) == ["a.txt"]
    assert shelf.stored.is_away
    (shelf.root.parent / "a.txt").rename(shelf.root / "a.txt")
    shelf.scan()
    assert not shelf.stored.is_away


def test_a_local_folder_that_was_emptied_is_believed(shelf: Shelf) -> None:
    shelf.write("a.txt")
    shelf.write("sub/b.txt")
    shelf.index()
    shutil.rmtree(shelf.root / "sub")
    (shelf.root / "a.txt").unlink()
    shelf.scan()
    assert shelf.files == {}
    assert not shelf.stored.is_away


def test_a_local_folder_that_was_made_anew_is_away_until_something_is_in_it(shelf: Shelf) -> None:
    """While it is empty, it may be the place where another folder of this very file system was mounted."""
    shelf.write("a.txt")
    shelf.write("sub/b.txt")
    shelf.index()
    shelf.root.rename(shelf.root.parent / "former")  # so that its number is not given again
    shelf.root.mkdir()
    shelf.scan()
    assert sorted(shelf.files) == ["a.txt", "sub/b.txt"]
    assert shelf.stored.is_away
    shelf.write("c.txt")
    shelf.scan()
    assert list(shelf.files) == ["c.txt"]
    assert not shelf.stored.is_away
    shelf.read()
    (shelf.root / "c.txt").unlink()
    shelf.scan()
    assert (shelf.files, shelf.stored.is_away) == ({}, False)


def test_one_file_found_tells_that_a_folder_is_back(shelf: Shelf, library: Library) -> None:
    path = shelf.write("a.txt")
    shelf.index()
    library.folders.set_away(shelf.folder, True)
    shelf.scan(path)
    assert not shelf.stored.is_away


@pytest.mark.parametrize("is_file", [False, True])
def test_a_root_that_is_not_there_is_away_and_loses_nothing(library: Library, tmp_path: Path, is_file: bool) -> None:
    shelf = Shelf(library, tmp_path / "documents")
    shelf.write("a.txt")
    if is_file:
        library.folders.remove(shelf.folder)
        shelf.folder = library.folders.add(str(shelf.root / "a.txt"))
    shelf.index()
    shutil.rmtree(shelf.root)
    shelf.scan()
    assert list(shelf.files) == ["a.txt"]
    assert shelf.stored.is_away


def test_rules_that_leave_out_what_is_away_are_followed(shelf: Shelf) -> None:
    shelf.write("disk/a.txt")
    shelf.index()
    shelf.call_device("unplugged")
    shutil.rmtree(shelf.root / "disk")
    shelf.folder = Folder(shelf.folder.id, shelf.folder.path, FolderRules(left_out=("disk/",)))
    shelf.scan()
    assert shelf.files == {}


@pytest.mark.parametrize("name", [".gitignore", ".bgeignore", "disk/CACHEDIR.TAG"])
def test_what_another_disk_in_its_place_leaves_out_is_not_forgotten_of_the_one_away(shelf: Shelf, name: str) -> None:
    shelf.write("disk/a.txt")
    shelf.index()
    shelf.call_device("another")
    (shelf.root / "disk" / "a.txt").unlink()
    (shelf.root / name).write_text("a.txt\n")
    shelf.scan()
    assert list(shelf.files) == ["disk/a.txt"]


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_a_disk_that_fails_under_the_scan_loses_nothing_below_what_could_not_be_read(
    shelf: Shelf, library: Library, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for name in ("disk/a.txt", "disk/sub/b.txt", "c.txt", "d.txt"):
        shelf.write(name)
    shelf.index()
    (shelf.root / "d.txt").unlink()
    whole = os.scandir

    def scandir(folder: str) -> os._ScandirIterator[str]:  # type: ignore[name-defined]
        if folder.startswith(str(shelf.root / "disk")):
            raise OSError(number, os.strerror(number), folder)
        return whole(folder)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        shelf.scan()
    assert sorted(shelf.files) == ["c.txt", "disk", "disk/a.txt", "disk/sub/b.txt"]
    assert [os.path.relpath(failure.path, shelf.root) for failure in library.failures.all()] == ["disk"]
    assert shelf.scan() == []
    assert (sorted(shelf.files), library.failures.all()) == (["c.txt", "disk/a.txt", "disk/sub/b.txt"], [])


def test_a_root_that_becomes_another_one_under_the_scan_loses_nothing(shelf: Shelf, library: Library) -> None:
    shelf.write("a.txt")
    shelf.write("b.txt")
    shelf.index()
    shelf.write("c.txt")
    (shelf.root / "b.txt").unlink()
    steps = compare(library, shelf.folder, str(shelf.root))
    next(steps)
    shelf.root.rename(shelf.root.parent / "former")
    shelf.root.mkdir()
    list(steps)
    assert sorted(shelf.files) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_that_comes_back_under_the_scan_stays(shelf: Shelf, library: Library) -> None:
    shelf.write("a.txt")
    shelf.write("b.txt")
    shelf.index()
    (shelf.root / "b.txt").rename(shelf.root.parent / "b.txt")
    steps = compare(library, shelf.folder, str(shelf.root))
    next(steps)
    (shelf.root.parent / "b.txt").rename(shelf.root / "b.txt")
    list(steps)
    assert sorted(shelf.files) == ["a.txt", "b.txt"]


def test_a_folder_that_became_a_link_holds_nothing_any_more(shelf: Shelf) -> None:
    shelf.write("sub/a.txt")
    shelf.write("b.txt")
    shelf.index()
    (shelf.root / "sub").rename(shelf.root.parent / "sub")
    (shelf.root / "sub").symlink_to(shelf.root.parent / "sub")
    shelf.scan()
    assert list(shelf.files) == ["b.txt"]


def test_the_library_itself_is_no_document(library: Library, tmp_path: Path) -> None:
    folder = library.folders.add(str(tmp_path))
    (tmp_path / "a.txt").write_text("rent")
    list(compare(library, folder, str(tmp_path)))
    assert [os.path.basename(path) for path in library.folders.files(folder)] == ["a.txt"]


_MOUNTS = """
    import os, subprocess, sys
    from bge_desktop.library.library import Library
    from bge_desktop.worker.scanning import compare

    base = sys.argv[1]
    library = Library(os.path.join(base, "library"))
    disk = os.path.join(base, "documents", sys.argv[2]).rstrip("/")
    os.makedirs(disk)
    folder = library.folders.add(os.path.join(base, "documents"))

    def run(*command):
        subprocess.run(command, check=True)

    def scan(under=folder.path):
        list(compare(library, folder, under))
        names = [os.path.relpath(path, folder.path) for path in library.folders.files(folder)]
        print(*names, library.folders.all()[0].is_away, sep=",")

    def write(name):
        with open(os.path.join(disk, name), "w") as stream:
            stream.write("rent")

    run("mount", "-t", "tmpfs", "tmpfs", disk)
    write("a.txt")
    write("b.txt")
    scan()
    os.unlink(os.path.join(disk, "b.txt"))  # on a disk that is there
    scan(os.path.join(disk, "b.txt"))
    run("mount", "-t", "tmpfs", "tmpfs", disk)  # there, but empty as yet
    scan()
    write("other.txt")
    scan()  # another disk in the same place
    os.unlink(os.path.join(disk, "other.txt"))
    run("umount", disk)
    run("mount", "--move", disk, os.path.join(base, "elsewhere"))
    scan()  # not mounted
    scan(os.path.join(disk, "a.txt"))
    run("mount", "--move", os.path.join(base, "elsewhere"), disk)
    scan()
    library.close()
"""
_BIND_MOUNT = """
    import os, subprocess, sys
    from bge_desktop.library.library import Library
    from bge_desktop.worker.scanning import compare

    base = sys.argv[1]
    library = Library(os.path.join(base, "library"))
    vault, place = os.path.join(base, "vault"), os.path.join(base, "documents")
    os.mkdir(vault), os.mkdir(place)
    library.folders.add(place)

    def scan():
        [folder] = library.folders.all()
        list(compare(library, folder, place))
        names = [os.path.basename(path) for path in library.folders.files(folder)]
        print(*names, library.folders.all()[0].is_away, sep=",")

    def bind():
        subprocess.run(["mount", "--bind", vault, place], check=True)

    open(os.path.join(vault, "a.txt"), "w").close()
    bind()
    scan()
    subprocess.run(["umount", place], check=True)
    scan()
    bind()
    scan()
    os.unlink(os.path.join(vault, "a.txt"))
    scan()  # a file deleted from a mount that is there
    library.close()
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs a namespace to mount in")
@pytest.mark.parametrize("inner", ["", "disk"])
def test_disks_that_come_and_go_lose_nothing(tmp_path: Path, inner: str) -> None:
    """A disk at the root and one below it, with real mounts; nothing else is in the folder."""
    (tmp_path / "elsewhere").mkdir()
    command = ["unshare", "-Urm", sys.executable, "-c", textwrap.dedent(_MOUNTS), str(tmp_path), inner]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if "unshare" in done.stderr:
        pytest.skip("this system allows no user namespaces")
    a, b, other = (os.path.join(inner, name) for name in ("a.txt", "b.txt", "other.txt"))
    first = [f"{a},{b},False", f"{a},False", f"{a},True"]
    both = [f"{a},{other},{is_away}" for is_away in (False, True, True, False)]
    assert (done.stdout.split(), done.stderr) == ([*first, *both], "")


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs a namespace to mount in")
def test_a_folder_of_the_same_file_system_that_was_mounted_loses_nothing_when_it_is_not(tmp_path: Path) -> None:
    """What is left in its place is an empty folder, of which the file system is no other one."""
    command = ["unshare", "-Urm", sys.executable, "-c", textwrap.dedent(_BIND_MOUNT), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if "unshare" in done.stderr:
        pytest.skip("this system allows no user namespaces")
    assert (done.stdout.split(), done.stderr) == (["a.txt,False", "a.txt,True", "a.txt,False", "False"], "")
