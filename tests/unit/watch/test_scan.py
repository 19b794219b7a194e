from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.errors import UserError
from bge_desktop.watch.scan import FileStamp, lies_below, root_is_here, scan
from bge_desktop.watch.volumes import Volumes

NOBODY = 65534


def no_error(error: UserError) -> None:
    pytest.fail(str(error))


def scanned(root: Path, start: Path | None = None) -> list[str]:
    stamps = scan(str(root), str(start) if start else None, on_error=no_error)
    return [os.path.relpath(stamp.path, root) for stamp in stamps]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for name in ("b.md", "a.md", "sub/c.md", "sub/deep/d.md", "sub/.hidden/e.md", "z/f.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


@pytest.fixture
def without_privileges() -> Iterator[Path]:
    """A folder of a user whom permissions bind; the test runs as that user."""
    folder = tempfile.mkdtemp()
    user = os.geteuid()
    if user == 0:
        os.chown(folder, NOBODY, -1)
        os.seteuid(NOBODY)
    yield Path(folder)
    os.seteuid(user)
    shutil.rmtree(folder)


def test_files_come_in_the_order_of_their_names(tree: Path) -> None:
    assert scanned(tree) == ["a.md", "b.md", "sub/c.md", "sub/deep/d.md", "z/f.md"]


def test_a_stamp_tells_what_the_disk_says(tree: Path) -> None:
    status = os.stat(tree / "a.md")
    device = Volumes().name(status.st_dev, str(tree))
    expected = FileStamp(str(tree / "a.md"), 4, status.st_mtime_ns, status.st_ino, device, status.st_ctime_ns)
    assert next(scan(str(tree), on_error=no_error)) == expected


def test_what_lies_below_a_root_is_what_a_walk_of_it_comes_to(tree: Path) -> None:
    (tree / "link.md").symlink_to("a.md")
    (tree / "link").symlink_to("sub")
    assert lies_below(str(tree), str(tree / "sub/deep/d.md"))
    assert lies_below(str(tree / "a.md"), str(tree / "a.md"))
    for name in ("sub", "link.md", "link/c.md", "gone.md", "gone/a.md", "a.md/b.md"):
        assert not lies_below(str(tree), str(tree / name))


def test_only_regular_files_are_found(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    os.link(tree / "a.md", tree / "hard.md")
    (tree / "link.md").symlink_to(tree / "a.md")
    (tree / "loop").symlink_to(tree)
    (tree / "dangling").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tree / "socket"))
        assert scanned(tree) == ["a.md", "b.md", "hard.md", "sub/c.md", "sub/deep/d.md", "z/f.md"]


def test_names_that_are_not_utf8_or_hold_newlines_come_as_they_are(tmp_path: Path) -> None:
    names = [b"\xff\xfe.md", b"two\nlines.md", "é.md".encode(), "e\u0301.md".encode()]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
            stream.write(name)
    found = list(scan(str(tmp_path), on_error=no_error))
    assert {os.path.basename(os.fsencode(stamp.path)) for stamp in found} == set(names)
    assert all(Path(stamp.path).read_bytes() == os.path.basename(os.fsencode(stamp.path)) for stamp in found)


def test_a_start_limits_the_walk(tree: Path) -> None:
    assert scanned(tree, tree / "sub") == ["sub/c.md", "sub/deep/d.md"]
    assert scanned(tree, tree / "sub/c.md") == ["sub/c.md"]


def test_a_start_that_is_gone_left_out_or_behind_a_link_yields_nothing(tree: Path) -> None:
    (tree / "link").symlink_to(tree / "sub")
    (tree / "sub" / ".gitignore").write_text("deep/\n")
    for start in ("gone", "gone/x.md", "a.md/x.md", "sub/.hidden", "sub/.hidden/e.md", "link", "link/c.md"):
        assert scanned(tree, tree / start) == []
    assert scanned(tree, tree / "sub/deep") == scanned(tree, tree / "sub/deep/d.md") == []


def test_a_root_may_be_a_single_file_whatever_its_name(tree: Path) -> None:
    hidden = tree / ".notes.tmp"
    hidden.write_text("mine")
    assert [found.path for found in scan(str(hidden), on_error=no_error)] == [str(hidden)]


def test_a_root_may_be_a_link(tree: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tree)
    assert scanned(link, link / "sub") == ["sub/c.md", "sub/deep/d.md"]
    assert next(scan(str(link), on_error=no_error)).path == str(link / "a.md")


def test_a_root_that_is_not_there_is_reported(tmp_path: Path) -> None:
    errors: list[UserError] = []
    assert list(scan(str(tmp_path / "gone"), on_error=errors.append)) == []
    assert [error.path for error in errors] == [str(tmp_path / "gone")]


def test_a_folder_that_vanishes_under_the_walk_is_reported_and_the_walk_goes_on(tree: Path) -> None:
    errors: list[UserError] = []
    walk = scan(str(tree), on_error=errors.append)
    first = next(walk)
    shutil.rmtree(tree / "sub")
    assert [os.path.basename(stamp.path) for stamp in (first, *walk)] == ["a.md", "b.md", "f.md"]
    assert [error.path for error in errors] == [str(tree / "sub")]


def test_what_denies_access_is_reported_and_the_walk_goes_on(without_privileges: Path) -> None:
    root = without_privileges
    for name in ("closed", "open"):
        (root / name).mkdir()
        (root / name / "a.md").write_text("")
    (root / ".gitignore").write_text("*.md")
    (root / ".gitignore").chmod(0)
    (root / "closed").chmod(0)
    errors: list[UserError] = []
    found = [stamp.path for stamp in scan(str(root), on_error=errors.append)]
    assert not root_is_here(str(root / "closed"))
    (root / "closed").chmod(0o700)
    assert found == [str(root / "open/a.md")]
    assert {error.path for error in errors} == {str(root / "closed"), str(root / ".gitignore")}
    assert all("permission" in error.message.lower() for error in errors)


def test_a_very_deep_tree_neither_recurses_nor_raises(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    descriptors = [here]
    for _ in range(25):  # longer than any path that the system takes
        os.mkdir("d" * 200, dir_fd=descriptors[-1])
        descriptors.append(os.open("d" * 200, os.O_RDONLY, dir_fd=descriptors[-1]))
    for descriptor in descriptors:
        os.close(descriptor)
    (tmp_path / "e.md").write_text("")
    errors: list[UserError] = []
    assert [os.path.basename(found.path) for found in scan(str(tmp_path), on_error=errors.append)] == ["e.md"]
    assert len(errors) == 1


def test_root_is_here(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    assert root_is_here(str(tree))
    assert root_is_here(str(tree / "a.md"))
    assert not root_is_here(str(tree / "gone"))
    assert not root_is_here(str(tree / "pipe"))
