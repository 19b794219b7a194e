from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bge_desktop.watch.alarms import clocks
from bge_desktop.watch.mounts import Mount, mounts
from bge_desktop.watch.observers import Observation, Trouble
from bge_desktop.watch.watched_root import WatchedRoot, WatchState
from bge_desktop.watch.watcher import FolderWatcher
from tests.saves import WAYS

DEADLINE = 30.0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


class Reports:
    """What a watcher reported: by root, every path, and the order of the reports."""

    def __init__(self) -> None:
        self.all: list[tuple[str, frozenset[str]]] = []

    def __call__(self, root: str, paths: frozenset[str]) -> None:
        self.all.append((root, paths))

    def __repr__(self) -> str:
        return f"Reports({self.all})"

    def paths(self) -> set[str]:
        return {path for _, paths in list(self.all) for path in paths}

    def wait_for_cover(self, path: Path) -> None:
        """Wait until a path, or a folder that holds it, is reported."""
        wait_until(lambda: not self.paths().isdisjoint(map(str, (path, *path.parents))))

    def wait_for(self, *paths: str | Path) -> None:
        wait_until(lambda: self.paths() >= {os.fspath(path) for path in paths})


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def watching(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> Iterator[FolderWatcher]:
    monkeypatch.setattr("bge_desktop.watch.watcher._CHECK_SECONDS", 0.1)
    folder_watcher = FolderWatcher(reports, quiet=0.1)
    yield folder_watcher
    folder_watcher.close()


@pytest.fixture(params=[WatchState.WATCHED, WatchState.POLLED])
def root(
    request: pytest.FixtureRequest, tmp_path: Path, watching: FolderWatcher, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A root that is watched natively, and one that is polled because there are no more inotify instances."""
    if request.param is WatchState.POLLED:
        refuse_native(monkeypatch)
    root = tmp_path / "root"
    root.mkdir()
    watching.add(str(root))
    assert watching.state(str(root)) == request.param
    return root


@pytest.fixture
def watched(tmp_path: Path, watching: FolderWatcher) -> Path:
    """A root that is watched natively."""
    root = tmp_path / "root"
    root.mkdir()
    watching.add(str(root))
    return root


def refuse_native(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_instances(wants: object) -> object:
        raise OSError(24, "inotify instance limit reached")

    monkeypatch.setattr("bge_desktop.watch.observers._native_observer", no_more_instances)
    monkeypatch.setattr("bge_desktop.watch.observers._POLL_SECONDS", 0.1)


def test_created_modified_and_deleted(root: Path, reports: Reports) -> None:
    for change in (lambda f: f.write_text("1"), lambda f: f.write_text("22"), lambda f: f.unlink()):
        reports.all.clear()
        change(root / "a.md")
        reports.wait_for(root / "a.md")
    assert {reported for reported, _ in reports.all} == {str(root)}


def test_a_rename_reports_both_names(root: Path, reports: Reports) -> None:
    (root / "a.md").write_text("1")
    reports.wait_for(root / "a.md")
    reports.all.clear()
    (root / "a.md").rename(root / "b.md")
    reports.wait_for(root / "a.md", root / "b.md")


def test_moves_into_and_out_of_the_root(root: Path, tmp_path: Path, reports: Reports) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("1")
    outside.rename(root / "in.md")
    reports.wait_for(root / "in.md")
    reports.all.clear()
    (root / "in.md").rename(outside)
    reports.wait_for(root / "in.md")


def test_files_put_into_fresh_folders_at_once_are_covered(root: Path, reports: Reports) -> None:
    (root / "x/y/z").mkdir(parents=True)
    (root / "x/y/z/a.md").write_text("1")
    reports.wait_for_cover(root / "x")  # or the root, where watchdog loses its way among folders made at once
    reports.all.clear()
    (root / "x/y/z/b.md").write_text("1")
    reports.wait_for_cover(root / "x/y/z/b.md")


@pytest.mark.parametrize("save", WAYS)
def test_an_editors_save_reports_the_document_only(
    root: Path, reports: Reports, save: Callable[[Path, str], None]
) -> None:
    (root / "a.md").write_text("one")
    reports.wait_for(root / "a.md")
    reports.all.clear()
    save(root / "a.md", "two, longer")
    reports.wait_for(root / "a.md")
    assert reports.paths() == {str(root / "a.md")}


def test_a_thousand_files_at_once_become_their_folder(root: Path, reports: Reports) -> None:
    (root / "x").mkdir()
    reports.wait_for_cover(root / "x")
    reports.all.clear()
    for number in range(1000):
        (root / "x" / f"{number}.md").write_text("1")
    reports.wait_for_cover(root / "x")


def test_folders_moved_within_into_and_out_of_the_root(root: Path, tmp_path: Path, reports: Reports) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/a.md").write_text("1")
    (tmp_path / "x").rename(root / "x")
    reports.wait_for(root / "x")
    (root / "x").rename(root / "y")
    reports.wait_for(root / "y")
    reports.all.clear()
    (root / "y/a.md").write_text("22")
    reports.wait_for(root / "y/a.md")
    (root / "y").rename(tmp_path / "z")
    reports.wait_for(root / "y")


def test_names_that_are_not_utf8_or_hold_newlines(root: Path, reports: Reports) -> None:
    paths = [os.path.join(root, os.fsdecode(name)) for name in (b"\xff\xfe.md", b"two\nlines.md")]
    for path in paths:
        Path(path).write_text("1")
    reports.wait_for(*paths)


def test_what_the_rules_leave_out_is_not_reported(root: Path, reports: Reports) -> None:
    (root / ".gitignore").write_text("*.log\n")
    reports.wait_for(root)
    reports.all.clear()
    (root / "node_modules/x").mkdir(parents=True)
    for name in ("a.log", "node_modules/x/readme.md", "~$a.docx", "server.pem", "seen.md"):
        (root / name).write_text("1")
    reports.wait_for(root / "seen.md")
    assert reports.paths() == {str(root / "seen.md")}


@pytest.mark.parametrize("name", [".gitignore", ".bgeignore", "pyvenv.cfg"])
def test_a_changed_rule_reports_its_folder(root: Path, reports: Reports, name: str) -> None:
    (root / "x").mkdir()
    reports.wait_for_cover(root / "x")
    reports.all.clear()
    (root / "x" / name).write_text("*.log\n")
    reports.wait_for_cover(root / "x")


def test_reading_is_no_change(watched: Path, reports: Reports) -> None:
    (watched / "a.md").write_text("1")
    reports.wait_for(watched / "a.md")
    reports.all.clear()
    (watched / "a.md").read_text()
    (watched / "b.md").write_text("1")
    reports.wait_for(watched / "b.md")
    assert reports.paths() == {str(watched / "b.md")}


def test_a_file_that_is_written_without_end_is_reported_all_the_same(tmp_path: Path, reports: Reports) -> None:
    folder_watcher = FolderWatcher(reports, quiet=DEADLINE * 2, longest=0.2)
    folder_watcher.add(str(tmp_path))
    (tmp_path / "a.md").write_text("1")
    reports.wait_for(tmp_path / "a.md")
    folder_watcher.close()


def test_a_root_that_is_deleted_and_made_again(root: Path, reports: Reports, watching: FolderWatcher) -> None:
    shutil.rmtree(root)
    reports.wait_for(root)
    wait_until(lambda: watching.state(str(root)) == WatchState.AWAY)
    root.mkdir()
    wait_until(lambda: watching.state(str(root)) != WatchState.AWAY)
    reports.all.clear()
    (root / "a.md").write_text("1")
    reports.wait_for_cover(root / "a.md")


def test_a_root_that_another_folder_replaces_unseen(watched: Path, reports: Reports, tmp_path: Path) -> None:
    watched.rename(tmp_path / "former")  # the system says nothing of this
    watched.mkdir()
    reports.wait_for(watched)
    (watched / "a.md").write_text("1")
    reports.wait_for(watched / "a.md")


def test_a_root_that_is_not_there_yet(tmp_path: Path, reports: Reports, watching: FolderWatcher) -> None:
    root = tmp_path / "later"
    watching.add(str(root))
    assert watching.state(str(root)) == "away"
    root.mkdir()
    reports.wait_for(root)
    assert watching.state(str(root)) == "watched"


def test_a_root_that_is_a_link_keeps_its_own_name(tmp_path: Path, reports: Reports, watching: FolderWatcher) -> None:
    (tmp_path / "real/x").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    watching.add(str(tmp_path / "link"))
    (tmp_path / "link/a.md").write_text("1")
    (tmp_path / "real/x/b.md").write_text("1")
    reports.wait_for(tmp_path / "link/a.md", tmp_path / "link/x/b.md")


@pytest.mark.parametrize("state", WatchState)
def test_a_single_file(
    state: WatchState,
    tmp_path: Path,
    reports: Reports,
    watching: FolderWatcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if state is WatchState.POLLED:
        refuse_native(monkeypatch)
    file = tmp_path / "a.md"
    if state is not WatchState.AWAY:
        file.write_text("1")
    watching.add(str(file))
    assert watching.state(str(file)) == state
    (tmp_path / "beside.md").write_text("1")
    for text in ("two", "three"):
        (tmp_path / "new").write_text(text)
        (tmp_path / "new").rename(file)
        reports.wait_for(file)
        reports.all.clear()
    file.unlink()
    reports.wait_for(file)
    reports.all.clear()
    file.write_text("again")
    reports.wait_for(file)
    assert reports.paths() == {str(file)}


def test_several_roots_and_nested_ones_are_told_apart(
    tmp_path: Path, reports: Reports, watching: FolderWatcher
) -> None:
    outer, inner = str(tmp_path), str(tmp_path / "inner")
    os.mkdir(inner)
    watching.add(outer)
    watching.add(inner)
    path = os.path.join(inner, "a.md")
    Path(path).write_text("1")
    wait_until(lambda: {root for root, paths in list(reports.all) if path in paths} == {outer, inner})
    watching.remove(inner)
    reports.all.clear()
    Path(path).write_text("22")
    reports.wait_for(path)
    assert {root for root, _ in reports.all} == {outer}
    with pytest.raises(KeyError):
        watching.state(inner)


def test_a_folder_that_left_the_root_does_not_end_the_watch(
    watched: Path, tmp_path: Path, reports: Reports, watching: FolderWatcher
) -> None:
    (watched / "x").mkdir()
    reports.wait_for(watched / "x")
    reports.all.clear()
    (watched / "x").rename(tmp_path / "left")
    reports.wait_for(watched / "x")
    (watched / "x").mkdir()
    (watched / "x").rmdir()
    shutil.rmtree(tmp_path / "left")
    (watched / "y").mkdir()
    (watched / "y/a.md").write_text("1")
    reports.wait_for_cover(watched / "y")
    wait_until(lambda: watching._roots[str(watched)]._observation.trouble() is Trouble.NONE)  # type: ignore[union-attr]
    reports.all.clear()
    (watched / "y/a.md").write_text("22")
    reports.wait_for_cover(watched / "y/a.md")


def test_when_events_were_lost_the_root_is_reported(
    watched: Path, reports: Reports, watching: FolderWatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    lossy = watching._roots[str(watched)]._observation
    whole = Observation.trouble
    monkeypatch.setattr(Observation, "trouble", lambda self: Trouble.LOST if self is lossy else whole(self))
    reports.wait_for(watched)
    assert watching.state(str(watched)) == "watched"


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs a user namespace to set limits in")
@pytest.mark.parametrize(
    ("limit", "folders", "states"),
    [("inotify_watches", 5, "polled"), ("inotify_watches", 1, "watched"), ("inotify_instances", 1, "polled")],
)
def test_the_systems_limits_lead_to_polling(tmp_path: Path, limit: str, folders: int, states: str) -> None:
    script = f"""
        import os, time
        from bge_desktop.watch.watcher import FolderWatcher
        root = {str(tmp_path)!r}
        for number in range({folders}):
            os.mkdir(os.path.join(root, str(number)))
        with open("/proc/sys/user/max_{limit}", "w") as stream:
            stream.write("{3 if limit == "inotify_watches" else 0}")
        seen = []
        watcher = FolderWatcher(lambda root, paths: seen.append(paths), quiet=0.1)
        watcher.add(root)
        deadline = time.monotonic() + {DEADLINE}
        while watcher.state(root) != "{states}" and time.monotonic() < deadline:
            time.sleep(0.05)
        path = os.path.join(root, "{folders - 1}", "a.md")
        open(path, "w").close()
        while not any(path in paths for paths in seen) and time.monotonic() < deadline:
            time.sleep(0.05)
        print(watcher.state(root), any(path in paths for paths in seen))
        watcher.close()
    """
    command = ["unshare", "-Ur", sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if "unshare" in done.stderr:
        pytest.skip("this system allows no user namespaces")
    assert (done.stdout.split(), done.stderr) == ([states, "True"], "")


def test_an_observer_whose_thread_died_is_replaced(
    watched: Path, reports: Reports, watching: FolderWatcher, caplog: pytest.LogCaptureFixture
) -> None:
    dying = watching._roots[str(watched)]._observation
    assert dying
    dying._observer.stop()
    reports.wait_for(watched)
    wait_until(lambda: watching._roots[str(watched)]._observation is not dying)
    (watched / "a.md").write_text("1")
    reports.wait_for_cover(watched / "a.md")


def test_whoever_is_told_may_fail_and_is_told_again(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bge_desktop.watch.watcher._AGAIN_SECONDS", 0.1)
    failures = iter([OSError("the disk is full"), ValueError("a slip")])

    def fail_twice(root: str, paths: frozenset[str]) -> None:
        if error := next(failures, None):
            raise error
        reports(root, paths)

    watcher = FolderWatcher(fail_twice, quiet=0.1)
    watcher.add(str(tmp_path))
    (tmp_path / "a.md").write_text("1")
    reports.wait_for(tmp_path)
    (tmp_path / "b.md").write_text("1")
    reports.wait_for(tmp_path / "b.md")
    watcher.close()
    assert caplog.text.count("could not be reported") == 2


def test_a_root_that_cannot_be_checked_costs_the_others_nothing(
    watched: Path,
    tmp_path: Path,
    reports: Reports,
    watching: FolderWatcher,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "bad").mkdir()
    watching.add(str(tmp_path / "bad"))
    whole = WatchedRoot.check

    def check(self: WatchedRoot, table: tuple[Mount, ...]) -> bool:
        if self._root.endswith("bad"):
            raise RuntimeError("a slip")
        return whole(self, table)

    monkeypatch.setattr("bge_desktop.watch.watcher._AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(WatchedRoot, "check", check)
    reports.wait_for(tmp_path / "bad")
    shutil.rmtree(watched)
    wait_until(lambda: watching.state(str(watched)) == WatchState.AWAY)
    assert "could not be looked at" in caplog.text


def test_every_root_is_reported_again_and_again_lest_events_were_lost(tmp_path: Path, reports: Reports) -> None:
    watcher = FolderWatcher(reports, quiet=0.1, every=0.1)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        watcher.add(str(tmp_path / name))
    for _ in range(2):
        reports.wait_for(tmp_path / "a", tmp_path / "b")
        reports.all.clear()
    watcher.close()


def test_after_a_sleep_every_root_is_reported(
    watched: Path, reports: Reports, watching: FolderWatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = itertools.count(0, 3600)
    monkeypatch.setattr("bge_desktop.watch.watcher.clocks", lambda: (float(next(times)),) * len(clocks()))
    reports.wait_for(watched)


def test_what_lies_on_another_machine_is_polled(
    tmp_path: Path, reports: Reports, watching: FolderWatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bge_desktop.watch.observers._POLL_SECONDS", 0.1)
    for name in ("share", "disk"):
        (tmp_path / name).mkdir()
        watching.add(str(tmp_path / name))
    table = (*mounts(), Mount(str(tmp_path / "share"), "nas:/export", "nfs4", "rw"))
    monkeypatch.setattr("bge_desktop.watch.alarms._MOUNTS_SECONDS", 0.1)
    monkeypatch.setattr("bge_desktop.watch.alarms.mounts", lambda: table)
    watching._alarms._mounts_at = 0.0
    wait_until(lambda: watching.state(str(tmp_path / "share")) == WatchState.POLLED)
    reports.wait_for(tmp_path / "share")
    assert watching.state(str(tmp_path / "disk")) == WatchState.WATCHED
    (tmp_path / "share/a.md").write_text("1")
    reports.wait_for(tmp_path / "share/a.md")


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs a namespace to mount in")
def test_a_disk_that_is_mounted_or_unmounted_below_a_root_has_it_reported(tmp_path: Path) -> None:
    script = f"""
        import os, subprocess, time
        from bge_desktop.watch import alarms
        from bge_desktop.watch.watcher import FolderWatcher
        alarms._MOUNTS_SECONDS = 0.1
        root = {str(tmp_path)!r}
        disk = os.path.join(root, "disk")
        os.mkdir(disk)
        seen = []
        watcher = FolderWatcher(lambda root, paths: seen.append(paths), quiet=0.1)
        watcher.add(root)
        for command in (["mount", "-t", "tmpfs", "tmpfs", disk], ["umount", disk]):
            subprocess.run(command, check=True)
            deadline = time.monotonic() + {DEADLINE}
            while not any(root in paths for paths in seen) and time.monotonic() < deadline:
                time.sleep(0.05)
            print(any(root in paths for paths in seen))
            seen.clear()
        watcher.close()
    """
    command = ["unshare", "-Urm", sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if "unshare" in done.stderr:
        pytest.skip("this system allows no user namespaces")
    assert (done.stdout.split(), done.stderr) == (["True", "True"], "")


def test_a_root_is_watched_again_once_the_limit_is_not_reached_any_more(
    tmp_path: Path, reports: Reports, watching: FolderWatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse_native(patch)
        watching.add(str(tmp_path))
        assert watching.state(str(tmp_path)) == WatchState.POLLED
        watching._roots[str(tmp_path)]._native_at = 0.0  # ten minutes later, in vain
        wait_until(lambda: watching._roots[str(tmp_path)]._native_at > 0)
        assert watching.state(str(tmp_path)) == WatchState.POLLED
    watching._roots[str(tmp_path)]._native_at = 0.0
    wait_until(lambda: watching.state(str(tmp_path)) == WatchState.WATCHED)
    reports.wait_for(tmp_path)


def test_close_leaves_no_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(threading.enumerate())
    folder_watcher = FolderWatcher(Reports())
    folder_watcher.add(str(tmp_path))
    (tmp_path / "x").mkdir()
    refuse_native(monkeypatch)
    folder_watcher.add(str(tmp_path / "x"))
    folder_watcher.add(str(tmp_path / "gone"))
    (tmp_path / "x/a.md").write_text("1")
    states = [folder_watcher.state(str(tmp_path / name)) for name in ("", "x", "gone")]
    assert states == ["watched", "polled", "away"]
    folder_watcher.close()
    assert set(threading.enumerate()) == before
