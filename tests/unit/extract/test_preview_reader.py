from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from bge_desktop.errors import ExtractionError, UserError
from bge_desktop.extract.preview_reader import PreviewReader, SupersededError
from bge_desktop.extract.previews import Wanted, drawn

# Stands in for the real reader where a test needs one that crashes, hangs or lies.
_STAND_IN = """
import os, time
from bge_desktop.processes import ParentChannel
channel = ParentChannel()
channel.reply({"ready": True})
for request, _ in channel.requests():
    match request["op"]:
        case "crash": os.abort()
        case "hang": time.sleep(600)
        case "fail": channel.reply({"failed": {"title": "Bad\\u0007", "message": "It is bad."}})
        case "lie": channel.reply({"failed": 7})
        case op: channel.reply({"op": op, "pid": os.getpid(), "nice": os.nice(0)})
"""

pytestmark = pytest.mark.usefixtures("nothing_is_left_behind")
Children = Callable[[], list[psutil.Process]]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bge_desktop.processes.child_command", lambda role: [sys.executable, "-c", _STAND_IN])


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> Iterator[PreviewReader]:
    made = PreviewReader(**getattr(request, "param", {}))
    yield made
    made.close()


class Outcomes:
    """Tasks that ask for something, and what came of them."""

    def __init__(self) -> None:
        self.all: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.begun = threading.Event()

    def asking(self, *ops: str) -> Callable[[PreviewReader], None]:
        def task(reader: PreviewReader) -> None:
            self.begun.set()
            for op in ops:
                try:
                    self.all.put(reader.ask({"op": op})[0])
                except UserError as error:
                    self.all.put((error.title, error.message))
                except SupersededError:
                    self.all.put("superseded")
                    raise

        return task

    def next(self):
        return self.all.get(timeout=60)


@pytest.fixture
def outcomes() -> Outcomes:
    return Outcomes()


@pytest.mark.usefixtures("stand_in")
def test_one_process_is_kept_for_all_and_stands_behind_no_other(reader: PreviewReader, outcomes: Outcomes) -> None:
    for op in ("one", "two"):
        reader.begin(outcomes.asking(op))
    first = outcomes.next()
    if first == "superseded":
        first = outcomes.next()
    reader.begin(outcomes.asking("three"))
    third = outcomes.next()
    assert (third["op"], third["pid"]) == ("three", first["pid"])
    assert third["nice"] == psutil.Process().nice()


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("reader", [{"timeout": 0.5}], indirect=True)
@pytest.mark.parametrize(
    ("op", "title"),
    [("crash", "Cannot be shown"), ("hang", "Took too long"), ("fail", "Bad\ufffd"), ("lie", "Cannot be shown")],
)
def test_a_process_that_crashes_hangs_fails_or_lies_is_a_reason_and_the_next_answers(
    reader: PreviewReader, outcomes: Outcomes, op: str, title: str
) -> None:
    reader.begin(outcomes.asking(op, "words"))
    assert outcomes.next()[0] == title
    assert outcomes.next()["op"] == "words"


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("reader", [{"patience_s": 0.1}], indirect=True)
def test_what_is_not_wanted_any_more_is_given_up_before_long(reader: PreviewReader, outcomes: Outcomes) -> None:
    reader.begin(outcomes.asking("hang"))
    assert outcomes.begun.wait(60)
    for number in range(5):
        reader.begin(outcomes.asking(f"newer {number}"))
    found = [outcomes.next()]
    while found[-1] == "superseded":
        found.append(outcomes.next())
    assert found[-1]["op"] == "newer 4"


@pytest.mark.usefixtures("stand_in")
def test_nothing_may_be_wanted_any_more(reader: PreviewReader, outcomes: Outcomes) -> None:
    told: queue.SimpleQueue[str] = queue.SimpleQueue()

    def rest(own: PreviewReader) -> None:
        outcomes.begun.set()
        try:
            own.rest(60)
        except SupersededError:
            told.put("superseded")
            raise

    reader.begin(rest)
    assert outcomes.begun.wait(60)
    reader.begin(None)
    assert told.get(timeout=60) == "superseded"


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("reader", [{"idle_s": 0.05}], indirect=True)
def test_an_idle_process_leaves(reader: PreviewReader, outcomes: Outcomes, children: Children) -> None:
    reader.begin(outcomes.asking("words"))
    process = psutil.Process(outcomes.next()["pid"])
    assert process.wait(60) is not None or not process.is_running()
    reader.begin(outcomes.asking("words"))
    assert outcomes.next()["pid"] != process.pid


@pytest.mark.usefixtures("stand_in")
def test_more_memory_holds_from_the_next_process_on(reader: PreviewReader, outcomes: Outcomes) -> None:
    reader.begin(outcomes.asking("words"))
    first = outcomes.next()["pid"]
    reader.memory_mb = 300
    reader.begin(outcomes.asking("words"))
    assert outcomes.next()["pid"] != first


@pytest.mark.usefixtures("stand_in")
def test_what_is_being_drawn_is_given_up_when_the_app_ends(outcomes: Outcomes) -> None:
    reader = PreviewReader()
    reader.begin(outcomes.asking("words", "hang"))
    assert outcomes.next()["op"] == "words"
    reader.close()
    assert outcomes.next() == "superseded"


def test_a_reader_that_was_never_asked_has_nothing_to_close() -> None:
    PreviewReader().close()


def test_where_no_process_starts_that_is_told(
    reader: PreviewReader, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bge_desktop.processes.child_command", lambda role: [sys.executable, "-c", "raise SystemExit(1)"]
    )
    reader.begin(outcomes.asking("words"))
    assert outcomes.next()[0] == "Files cannot be read"


def test_the_real_reader_draws_a_page(reader: PreviewReader, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(["Words."]))
    found: queue.SimpleQueue[object] = queue.SimpleQueue()
    reader.begin(lambda own: found.put(drawn(own.ask, Wanted(str(tmp_path / "a.pdf"), "", 1, 300))))
    picture = found.get(timeout=60)
    assert (picture.width, picture.page, picture.letters.text.strip()) == (300, 1, "Words.")


def test_the_real_reader_has_too_little_memory_for_a_monster(tmp_path: Path, outcomes: Outcomes) -> None:
    from PIL import Image

    Image.new("L", (9_000, 9_000)).save(tmp_path / "a.png")
    reader = PreviewReader(memory_mb=64)
    told: queue.SimpleQueue[object] = queue.SimpleQueue()

    def task(own: PreviewReader) -> None:
        try:
            told.put(drawn(own.ask, Wanted(str(tmp_path / "a.png"), "", 1, 300)))
        except ExtractionError as error:
            told.put(error.title)

    reader.begin(task)
    outcome = told.get(timeout=60)
    reader.close()
    if sys.platform == "linux":
        assert outcome == "Needs too much memory"
