from __future__ import annotations

import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.messages import (
    Event,
    NoPreview,
    PicturePreview,
    Preview,
    ShowPreview,
    TablePreview,
    TextPreview,
)
from bge_desktop.search.lexical import word_query
from bge_desktop.settings import Settings
from bge_desktop.worker.previewing import Previewing
from bge_desktop.worker.queue import JobQueue
from tests.unit.extract.conftest import build_pdf
from tests.unit.indexed import asking, fail, index, read

FORMATS = Path(__file__).parents[2] / "data" / "formats"


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    threads = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= threads


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    own = Library(str(tmp_path / "library"))
    yield own
    own.close()


class Desk:
    """Asks as the worker does, and does the jobs of its queue."""

    def __init__(self, library: Library) -> None:
        self.library, self.queue, self.events = library, JobQueue(), list[Event]()
        self.previewing = Previewing(
            library,
            self.queue,
            self.events.append,
            lambda typed: word_query(library, typed),
            memory_mb=Settings.memory_mb,
        )

    def show(self, request: ShowPreview, answers: int = 1) -> list[Preview]:
        """Return so many answers."""
        self.events.clear()
        self.previewing.show(request)
        while len(self.events) < answers:
            job = self.queue.take()
            assert job is not None
            job()
        return self.events[:]

    def ask(self, path: object, words: str = "", answers: int = 1, **more: object) -> list[Preview]:
        return self.show(asking(index(self.library, path), path, words, **more), answers)


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    own = Desk(library)
    yield own
    own.previewing.close()


def _pdf(tmp_path: Path, *pages: list[str], **more: object) -> Path:
    (tmp_path / "a.pdf").write_bytes(build_pdf(*pages, **more))
    return tmp_path / "a.pdf"


def test_a_page_comes_with_the_passage_and_the_words(desk: Desk, tmp_path: Path) -> None:
    path = _pdf(tmp_path, ["An introduction."], ["The deposit is returned", "to both tenants."], ["Feed the goldfish."])
    (shown,) = desk.ask(path, "tenants deposit", page=None, query="DEPOSITS of the tenant")
    assert isinstance(shown, PicturePreview)
    assert (shown.number, shown.path, shown.width, shown.page, shown.pages) == (1, str(path), 300, 1, 3)
    (shown,) = desk.ask(path, "deposit", query="DEPOSITS of the tenant")
    assert isinstance(shown, PicturePreview)
    assert (shown.page, len(shown.boxes)) == (2, 2)
    first, second = shown.marks
    assert (first.top < second.top, first.left < second.right) == (True, True)
    assert shown.boxes[0].left <= first.left < first.right <= shown.boxes[0].right


def test_another_page_than_the_passages_has_marks_and_no_boxes(desk: Desk, tmp_path: Path) -> None:
    path = _pdf(tmp_path, ["The deposit."], ["The deposit, again."])
    (shown,) = desk.ask(path, "The deposit.", page=2, query="deposit")
    assert isinstance(shown, PicturePreview)
    assert (shown.page, shown.boxes, len(shown.marks)) == (2, (), 1)


def test_a_file_that_changed_is_shown_as_it_is_without_boxes(desk: Desk, tmp_path: Path) -> None:
    path = _pdf(tmp_path, ["The deposit."])
    request = asking(index(desk.library, path), path, "deposit")
    _pdf(tmp_path, ["Goldfish."])
    (shown,) = desk.show(request)
    assert isinstance(shown, PicturePreview)
    assert (shown.boxes, shown.marks) == ((), ())


def test_a_pdf_in_an_archive_shows_its_page_and_a_text_in_it_its_text(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("work/a.pdf", build_pdf(["One."], ["The deposit."]))
        archive.writestr("b.txt", "Feed the goldfish.")
    (shown,) = desk.ask(tmp_path / "a.zip", "deposit")
    assert isinstance(shown, PicturePreview)
    assert (shown.page, shown.pages, len(shown.boxes), len(shown.marks)) == (2, 2, 1, 1)
    (text,) = desk.ask(tmp_path / "a.zip", "goldfish")
    assert isinstance(text, TextPreview)
    assert "Feed the goldfish." in text.text[text.passage.start : text.passage.end]


def test_a_link_that_was_itself_added_is_followed_and_no_other(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a.pdf").write_bytes(build_pdf(["The deposit."]))
    (tmp_path / "link.pdf").symlink_to(tmp_path / "kept" / "a.pdf")
    result = read(str(tmp_path / "kept" / "a.pdf"))
    request = asking(index(desk.library, tmp_path / "link.pdf", result), tmp_path / "link.pdf", "deposit")
    (refused,) = desk.show(request)
    assert isinstance(refused, NoPreview)
    assert refused.title == "Not a file"
    desk.library.folders.add(str(tmp_path / "link.pdf"))
    (shown,) = desk.show(_numbered(request, 2))
    assert isinstance(shown, PicturePreview)
    assert (shown.path, len(shown.boxes)) == (str(tmp_path / "link.pdf"), 1)


def _scan(desk: Desk) -> ShowPreview:
    text = "The heron waits in the shallow water until a fish comes near. Nothing moves but the reeds"
    read = ReadResult("", "a hash", False, text, "", "image", (ReadPassage(0, len(text), None, "en"),))
    path = FORMATS / "print-english.png"
    return asking(index(desk.library, path, read), path, "heron")


def test_a_scan_is_shown_at_once_and_its_boxes_follow(desk: Desk) -> None:
    first, second = desk.show(_scan(desk), answers=2)
    assert isinstance(first, PicturePreview)
    assert isinstance(second, PicturePreview)
    assert (first.page, first.pages, first.boxes, first.marks) == (None, 1, (), ())
    assert second.pixels is first.pixels
    assert (len(second.boxes), len(second.marks)) == (2, 1)


def test_source_is_shown_at_once_and_its_colours_follow(desk: Desk) -> None:
    first, second = desk.ask(FORMATS / "pond.py", "load_index", answers=2)
    assert isinstance(first, TextPreview)
    assert isinstance(second, TextPreview)
    assert (first.styles, first.is_monospaced, second.text) == ((), True, first.text)
    assert second.styles


def test_sheets_are_tables_and_everything_else_is_text(desk: Desk) -> None:
    for name in ("office.xlsx", "office.ods", "office.csv"):
        (shown,) = desk.ask(FORMATS / name, "heron")
        assert isinstance(shown, TablePreview), shown
        assert shown.marks
    for name in ("office.docx", "mail.eml", "notes.md", "song.mp3"):
        (shown,) = desk.ask(FORMATS / name)
        assert isinstance(shown, TextPreview), shown
    (shown,) = desk.ask(FORMATS / "drawing.svg")
    assert isinstance(shown, TextPreview)


def test_values_of_a_file_that_is_away_are_shown_as_text(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("bird,place\nheron,pond\n")
    request = asking(index(desk.library, tmp_path / "a.csv"), tmp_path / "a.csv", "heron")
    (tmp_path / "a.csv").unlink()
    (shown,) = desk.show(request)
    assert isinstance(shown, TextPreview)
    assert "heron | pond" in shown.text


def test_what_cannot_be_shown_has_a_reason_and_what_to_do(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.mkv").write_bytes(b"\x1a\x45\xdf\xa3" + bytes(60))
    (named,) = desk.ask(tmp_path / "a.mkv")
    assert isinstance(named, NoPreview)
    assert (named.title, "a.mkv" in named.message) == ("Found by its name", True)
    path = _pdf(tmp_path, ["The deposit."])
    request = asking(index(desk.library, path), path, "deposit")
    _pdf(tmp_path, ["The deposit."], locked=True)
    (locked,) = desk.show(request)
    assert isinstance(locked, NoPreview)
    assert (locked.title, locked.path) == ("Protected by a password", str(path))
    path.unlink()
    (gone,) = desk.show(request)
    assert isinstance(gone, NoPreview)
    assert gone.title == "The file is not there"
    unknown = ShowPreview(1, "/nowhere", 0, 0, None, "", "", 300)
    (shown,) = desk.show(unknown)
    assert isinstance(shown, NoPreview)
    assert shown.title == "Not in the library"


def test_of_a_file_that_could_not_be_read_one_sees_what_there_is_or_why_not(desk: Desk, tmp_path: Path) -> None:
    for name, data in (("a.pdf", build_pdf(["Words."])), ("b.docx", b"PK nonsense")):
        (tmp_path / name).write_bytes(data)
        fail(desk.library, tmp_path / name, "Took too long", "Split it.")
    (page,) = desk.show(ShowPreview(1, str(tmp_path / "a.pdf"), 0, 0, None, "", "", 300))
    assert isinstance(page, PicturePreview)
    (reason,) = desk.show(ShowPreview(2, str(tmp_path / "b.docx"), 0, 0, None, "", "", 300))
    assert reason == NoPreview(2, str(tmp_path / "b.docx"), "Took too long", "Split it.")


def test_a_text_is_shown_though_its_file_is_away(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The deposit.")
    request = asking(index(desk.library, tmp_path / "a.txt"), tmp_path / "a.txt")
    (tmp_path / "a.txt").unlink()
    (shown,) = desk.show(request)
    assert isinstance(shown, TextPreview)


def test_only_the_newest_is_answered(desk: Desk, tmp_path: Path) -> None:
    path = _pdf(tmp_path, ["One."], ["Two."])
    stored = index(desk.library, path)
    for number in range(1, 5):
        desk.previewing.show(_numbered(asking(stored, path, page=1 + number % 2), number))
    (shown,) = desk.show(_numbered(asking(stored, path, page=2), 9))
    assert (shown.number, shown.page) == (9, 2)


def test_of_many_requests_in_the_queue_one_costs_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = FORMATS / "office.docx"
    stored, looked_up = index(desk.library, path), []
    words = desk.previewing._words
    monkeypatch.setattr(desk.previewing, "_words", lambda typed: looked_up.append(typed) or words(typed))
    for number in range(1, 20):
        desk.previewing.show(_numbered(asking(stored, path), number))
    (shown,) = desk.show(_numbered(asking(stored, path), 20))
    assert (shown.number, len(looked_up)) == (20, 1)


def test_a_library_that_cannot_be_read_is_told_in_the_preview_too(desk: Desk, tmp_path: Path) -> None:
    desk.library.db.execute("ALTER TABLE documents RENAME TO gone")
    desk.previewing.show(ShowPreview(1, "/a.txt", 0, 0, None, "", "", 300))
    job = desk.queue.take()
    assert job is not None
    with pytest.raises(sqlite3.Error):
        job()
    (told,) = desk.events
    assert isinstance(told, NoPreview)
    desk.library.db.execute("ALTER TABLE gone RENAME TO documents")


def _numbered(request: ShowPreview, number: int) -> ShowPreview:
    return ShowPreview(**{**vars(request), "number": number})


def test_a_fault_is_told_too(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bge_desktop.worker.previewing.previews.drawn", fail)
    (shown,) = desk.ask(_pdf(tmp_path, ["Words."]))
    assert isinstance(shown, NoPreview)
    assert shown.title == "Cannot be shown"


def test_print_that_cannot_be_recognised_leaves_the_picture(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()

    def fail(*_: object) -> None:
        done.set()
        raise ExtractionError("Took too long", "It took too long.")

    monkeypatch.setattr("bge_desktop.worker.previewing.previews.recognised", fail)
    (shown,) = desk.show(_scan(desk))
    assert done.wait(60)
    assert isinstance(shown, PicturePreview)
    desk.previewing.close()
    assert all(not isinstance(event, NoPreview) for event in desk.events)
