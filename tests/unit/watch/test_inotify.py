from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("inotify is Linux's own", allow_module_level=True)

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyEvent, InotifyFD, Mask, WatchDescriptor

from bge_desktop.watch.inotify import InotifyObserver


class Paths(FileSystemEventHandler):
    def __init__(self) -> None:
        self.seen: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.seen.add(str(event.src_path))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


@pytest.fixture
def observer() -> Iterator[InotifyObserver]:
    observer = InotifyObserver(lambda folder: not folder.endswith("unwanted"))
    observer.start()
    yield observer
    observer.stop()
    observer.join()


def test_unwanted_folders_take_no_watch(tmp_path: Path, observer: InotifyObserver) -> None:
    for name in ("unwanted", "wanted"):
        (tmp_path / name).mkdir()
    paths = Paths()
    observer.schedule(paths, str(tmp_path), recursive=True)
    for name in ("unwanted", "wanted"):
        (tmp_path / name / "a.md").write_text("1")
    wait_until(lambda: str(tmp_path / "wanted/a.md") in paths.seen)
    assert str(tmp_path / "unwanted/a.md") not in paths.seen
    assert (observer.is_full, observer.has_lost, observer.is_stale) == (False, False, False)


def test_an_overflow_of_the_kernels_queue_is_told(observer: InotifyObserver) -> None:
    overflow = InotifyEvent(WatchDescriptor(-1), InotifyConstants.IN_Q_OVERFLOW, 0, b"")
    observer._inotify.handle_event(overflow)
    assert observer.has_lost


def test_a_slip_in_watchdog_is_told_and_the_thread_lives(
    tmp_path: Path, observer: InotifyObserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slip(self: InotifyFD, event: InotifyEvent) -> None:
        raise KeyError("lost track")

    observer.schedule(Paths(), str(tmp_path))
    monkeypatch.setattr(InotifyFD, "handle_event", slip)
    (tmp_path / "a.md").write_text("1")
    wait_until(lambda: observer.has_lost)
    assert observer._inotify.is_alive()


def test_a_folder_that_could_not_be_watched_is_told(
    tmp_path: Path, observer: InotifyObserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = InotifyFD.add_callback

    def limited(self: InotifyFD, path: bytes, mask: Mask, callback: Paths, id_: CallbackId) -> WatchDescriptor:
        if path.endswith(b"/x"):
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return whole(self, path, mask, callback, id_)  # type: ignore[arg-type]

    monkeypatch.setattr(InotifyFD, "add_callback", limited)
    (tmp_path / "x").mkdir()
    observer.schedule(Paths(), str(tmp_path), recursive=True)
    assert observer.is_full


def test_a_folder_that_leaves_the_tree_makes_it_stale_and_stopping_still_works(
    tmp_path: Path, observer: InotifyObserver
) -> None:
    root = tmp_path / "root"
    (root / "x").mkdir(parents=True)
    paths = Paths()
    observer.schedule(paths, str(root), recursive=True)
    (root / "x").rename(tmp_path / "left")
    wait_until(lambda: observer.is_stale)
    (root / "x").mkdir()
    (root / "x").rmdir()  # watchdog now has one path for two watches, and has forgotten it
    (root / "a.md").write_text("1")
    wait_until(lambda: str(root / "a.md") in paths.seen)
