from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.errors import UserError
from bge_desktop.extract.readers import Readers, ReadFailure, ReadPassage, ReadResult
from bge_desktop.extract.shortfalls import Shortfall
from tests.unit.extract.conftest import Children

Outcome = ReadResult | ReadFailure
WAIT = 60.0

# Stands in for the real reader where a test needs one that crashes, hangs, lies or does not start.
_STAND_IN = """
import os, sys, time
from bge_desktop.processes import ParentChannel
channel = ParentChannel()
if {broken!r} == "start":
    sys.exit(1)
if {broken!r} and not os.path.exists({broken!r}):
    open({broken!r}, "w").close()
    sys.exit(1)
channel.reply({{"ready": True}})
for request, _ in channel.requests():
    name = os.path.basename(request["path"])
    if name == "crash" or (name == "crash once" and not os.path.exists(request["path"])):
        open(request["path"], "w").close()
        os.abort()
    if name == "hang":
        time.sleep(600)
    for _ in range({{"slow": 8, "endless": 1000}}.get(name, 0)):
        channel.reply({{"id": request["id"], "working": True}})
        time.sleep(0.1)
    span = [0, 99, None, "", "", "en"] if name == "lie" else [0, 4, 1, "", "", "en"]
    if name == "long":
        channel.reply({{"id": request["id"]}}, bytes(2000))
    told = {{"shortfall": {{"title": "Read in part", "message": "a\\x1b\\udc80.pdf"}}}} if name == "part" else {{}}
    header = {{"hash": "h", "title": "", "kind": "text", "passages": [span], **told}}
    channel.reply({{"id": request["id"], **header}}, b"text")
"""


pytestmark = pytest.mark.usefixtures("nothing_is_left_behind")


def _stand_in(monkeypatch: pytest.MonkeyPatch, broken: str = "") -> None:
    """Have another reader, which does not start where `broken` is "start", or only once where it names a new file."""
    command = [sys.executable, "-c", _STAND_IN.format(broken=broken)]
    monkeypatch.setattr("bge_desktop.processes.child_command", lambda role: command)


def read(readers: Readers, *paths: object) -> list[Outcome]:
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    for path in paths:
        readers.submit(str(path), (), outcomes.put)
    return [outcomes.get(timeout=WAIT) for _ in paths]


@pytest.fixture
def readers() -> Iterator[Readers]:
    pool = Readers()
    yield pool
    pool.close()


def test_what_stands_in_a_files_place_may_be_the_same_file_again_at_the_next_look(
    tmp_path: Path, readers: Readers
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for found in read(readers, tmp_path / "folder", tmp_path / "link"):
        assert isinstance(found, ReadFailure)
        assert (found.title, found.passing) == ("Not a file", True)


def test_real_files_are_read_in_turn_and_known_ones_are_not(tmp_path: Path, readers: Readers) -> None:
    (tmp_path / "a.txt").write_text("一段文字。", encoding="gb18030")
    first, second = read(readers, tmp_path / "a.txt", tmp_path / "gone")
    assert isinstance(first, ReadResult)
    assert (first.text, first.kind, first.known) == ("一段文字。", "text", False)
    assert first.passages == (ReadPassage(0, 5, None, "zh"),)
    assert second == ReadFailure(str(tmp_path / "gone"), "Vanished", second.message, passing=True)  # type: ignore[union-attr]

    known: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    readers.submit(str(tmp_path / "a.txt"), {first.hash}, known.put)
    assert known.get(timeout=WAIT) == ReadResult(str(tmp_path / "a.txt"), first.hash, known=True)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_a_reader_is_confined_knows_no_secrets_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    monkeypatch.setenv("SERVICE_TOKEN", "secret")
    (tmp_path / "a.txt").write_text("words")
    readers = Readers()
    read(readers, tmp_path / "a.txt")
    [child] = children()
    environment = child.environ()
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{child.pid}/status").read_text().splitlines())
    readers.close()
    assert "SERVICE_TOKEN" not in environment
    assert (status["Seccomp"], status["NoNewPrivs"], status["Threads"]) == ("2", "1", "1")
    assert "bge-desktop-reader-" in environment["TMPDIR"]
    assert not os.path.exists(environment["TMPDIR"])


def test_no_room_for_a_scratch_folder_is_no_failure_of_the_file(
    monkeypatch: pytest.MonkeyPatch, readers: Readers
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    [outcome] = read(readers, "/x/a")
    assert isinstance(outcome, UserError)
    assert "No temporary folder" in outcome.message


def test_a_hard_link_is_read_once(tmp_path: Path, readers: Readers) -> None:
    (tmp_path / "a.txt").write_text("words")
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    [first] = read(readers, tmp_path / "a.txt")
    assert isinstance(first, ReadResult)
    known: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    readers.submit(str(tmp_path / "b.txt"), {first.hash}, known.put)
    assert known.get(timeout=WAIT) == ReadResult(str(tmp_path / "b.txt"), first.hash, known=True)


def test_an_answer_without_end_is_not_taken(monkeypatch: pytest.MonkeyPatch, readers: Readers) -> None:
    _stand_in(monkeypatch)
    monkeypatch.setattr("bge_desktop.extract.reader_child._LARGEST_ANSWER", 1000)
    long, fine = read(readers, "/x/long", "/x/fine")
    assert isinstance(long, ReadFailure)
    assert isinstance(fine, ReadResult)


def test_a_reader_killed_from_outside_is_replaced(tmp_path: Path, readers: Readers, children: Children) -> None:
    (tmp_path / "a.txt").write_text("words")
    read(readers, tmp_path / "a.txt")
    [child] = children()
    child.kill()
    [outcome] = read(readers, tmp_path / "a.txt")
    assert isinstance(outcome, ReadResult)
    assert children() != [child]


@pytest.mark.skipif(sys.platform != "linux", reason="not every system shows a child's environment")
def test_other_memory_holds_from_the_next_file_on(tmp_path: Path, readers: Readers, children: Children) -> None:
    (tmp_path / "a.txt").write_text("words")
    read(readers, tmp_path / "a.txt")
    [first] = children()
    readers.use_memory(700)
    assert children() == [first]
    [outcome] = read(readers, tmp_path / "a.txt")
    assert isinstance(outcome, ReadResult)
    [second] = children()
    assert (first != second, second.environ()["BGE_DESKTOP_MEMORY_MB"]) == (True, "700")
    read(readers, tmp_path / "a.txt")
    assert children() == [second]


def test_a_reader_killed_with_a_file_in_hand_reads_it_again(
    tmp_path: Path, readers: Readers, children: Children
) -> None:
    (tmp_path / "a.txt").write_text("words")
    read(readers, tmp_path / "a.txt")
    [child] = children()
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    child.suspend()
    readers.submit(str(tmp_path / "a.txt"), (), outcomes.put)
    time.sleep(0.2)
    assert outcomes.empty()
    child.send_signal(signal.SIGKILL) if os.name == "posix" else child.kill()
    assert isinstance(outcomes.get(timeout=WAIT), ReadResult)


def test_a_file_that_takes_too_long_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(monkeypatch)
    readers = Readers(timeout=0.5)
    slow, fine = read(readers, "/x/hang", "/x/fine")
    readers.close()
    assert isinstance(slow, ReadFailure)
    assert (slow.title, "0.5 seconds" in slow.message) == ("Took too long", True)
    assert isinstance(fine, ReadResult)


def test_a_crash_is_tried_once_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, readers: Readers) -> None:
    _stand_in(monkeypatch)
    once, always, fine = read(readers, tmp_path / "crash once", tmp_path / "crash", tmp_path / "fine")
    assert isinstance(once, ReadResult)
    assert isinstance(always, ReadFailure)
    assert always.title == "The file made its reader crash"
    assert isinstance(fine, ReadResult)


def test_what_is_told_of_a_file_that_was_read_in_part_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(monkeypatch)
    with contextlib.closing(Readers()) as readers:
        part, whole = read(readers, "/x/part", "/x/whole")
    assert isinstance(part, ReadResult)
    assert part.shortfall == Shortfall("Read in part", "a\ufffd\ufffd.pdf")
    assert isinstance(whole, ReadResult)
    assert whole.shortfall is None


def test_an_answer_that_makes_no_sense_is_a_failure(monkeypatch: pytest.MonkeyPatch, readers: Readers) -> None:
    _stand_in(monkeypatch)
    lie, fine = read(readers, "/x/lie", "/x/fine")
    assert isinstance(lie, ReadFailure)
    assert isinstance(fine, ReadResult)


def test_a_reader_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch, readers: Readers) -> None:
    _stand_in(monkeypatch, broken="start")
    [outcome] = read(readers, "/x/a")
    assert isinstance(outcome, UserError)  # not a failure of the file
    assert outcome.title == "Files cannot be read"


def test_a_reader_ended_while_it_starts_is_replaced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, readers: Readers
) -> None:
    _stand_in(monkeypatch, broken=str(tmp_path / "has been started"))
    [outcome] = read(readers, "/x/a")
    assert isinstance(outcome, ReadResult)


def test_closing_does_not_wait_for_the_file_in_hand(monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
    _stand_in(monkeypatch)
    readers = Readers()
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    readers.submit("/x/hang", (), outcomes.put)
    readers.submit("/x/b", (), outcomes.put)
    _until(lambda: bool(children()))
    started = time.monotonic()
    readers.close()
    assert time.monotonic() - started < 5
    readers.submit("/x/c", (), outcomes.put)
    assert outcomes.empty()


def test_an_idle_pool_closes() -> None:
    Readers(processes=3).close()


def test_two_processes_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(monkeypatch)
    readers = Readers(processes=2, timeout=2.0)
    first, second = read(readers, "/x/hang", "/x/fine")
    readers.close()
    assert (first.path, second.path) == ("/x/fine", "/x/hang")


def _until(holds: object) -> None:
    deadline = time.monotonic() + WAIT
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_reader_that_says_it_works_is_waited_for_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(monkeypatch)
    monkeypatch.setattr("bge_desktop.extract.reader_child._LONGEST_WORK", 2.0)
    readers = Readers(timeout=0.6)
    slow, endless = read(readers, "slow", "endless")
    readers.close()
    assert isinstance(slow, ReadResult)
    assert isinstance(endless, ReadFailure)
    assert endless.title == "Took too long"
