from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bge_desktop.messages import ErrorReport, Event, MemberUnpacked, UnpackMember
from bge_desktop.worker.queue import JobQueue
from bge_desktop.worker.unpacking import FOLDER, Unpacking

FORMATS = Path(__file__).parents[2] / "data" / "formats"


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    threads = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= threads


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Callable[[UnpackMember], Event]]:
    """Ask as the worker does, and wait for the answer in its queue."""
    queue, events = JobQueue(), []
    unpacking = Unpacking(str(tmp_path), queue, events.append)

    def ask(request: UnpackMember) -> Event:
        unpacking.unpack(request)
        job = queue.take()
        assert job is not None
        job()
        return events.pop()

    yield ask
    unpacking.close()
    assert not (tmp_path / FOLDER).exists()


def test_a_member_of_a_real_archive_is_unpacked_until_the_worker_stops(tmp_path: Path, asked) -> None:
    path = str(tmp_path / "papers.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FORMATS / "scan.pdf", "work/scan.pdf")
    answer = asked(UnpackMember(path, "work/scan.pdf", 1))
    assert isinstance(answer, MemberUnpacked)
    assert (answer.path, answer.place, answer.page) == (path, "work/scan.pdf", 1)
    assert Path(answer.file).read_bytes() == (FORMATS / "scan.pdf").read_bytes()
    assert os.path.dirname(os.path.dirname(answer.file)) == str(tmp_path / FOLDER)


def test_a_place_in_a_file_that_holds_no_others_needs_no_reader(asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("bge_desktop.extract.unpacking.ReaderChild")
    path = str(FORMATS / "office.xlsx")
    assert asked(UnpackMember(path, "Sheet1!B7")) == MemberUnpacked(path, "Sheet1!B7", None, path)


def test_what_cannot_be_unpacked_is_reported_with_its_path(tmp_path: Path, asked) -> None:
    path = str(FORMATS / "archive.zip")
    answer = asked(UnpackMember(path, "not in it.txt"))
    assert isinstance(answer, ErrorReport)
    assert (answer.title, answer.path) == ("Not found in the file", path)
    gone = asked(UnpackMember(str(tmp_path / "gone.zip"), "a.txt"))
    assert isinstance(gone, ErrorReport)
    assert "No such file" in gone.message


def test_a_fault_is_reported_too(asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: str) -> bool:
        raise ValueError("a fault")

    monkeypatch.setattr("bge_desktop.worker.unpacking.may_hold_members", fail)
    assert asked(UnpackMember("/a.zip", "a.txt")) == ErrorReport(
        "Cannot be opened", "Open the archive or mailbox itself.", "/a.zip"
    )


def test_what_a_crash_left_behind_is_removed_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / FOLDER / "abc" / "secret.pdf"
    left.parent.mkdir(parents=True)
    left.write_text("left")
    left.chmod(0o400)
    Unpacking(str(tmp_path), JobQueue(), lambda event: None)
    assert not (tmp_path / FOLDER).exists()
