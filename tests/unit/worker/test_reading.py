"""What becomes of the files of a folder that goes away while they are in the readers' hands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.extract.readers import ReadResult
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library
from bge_desktop.worker.queue import JobQueue
from bge_desktop.worker.reading import Reading
from bge_desktop.worker.scanning import compare


class Desk:
    """A folder on the disk with files that wait, and what reads them."""

    def __init__(self, library: Library, root: Path) -> None:
        self.library, self.root, self.away = library, root, list[Folder]()
        for number in range(5):
            path = root / f"{number}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"rent {number}")
        library.folders.add(str(root))
        self._queue = JobQueue()
        self.reading = Reading(library, self._queue, print, self._pump, self.away.append)

    @property
    def folder(self) -> Folder:
        return self.library.folders.all()[0]

    def scan(self) -> None:
        list(compare(self.library, self.folder, self.folder.path))

    def read(self) -> list[str]:
        """Give the readers all that may be read, and return the states of the files."""
        self._pump()
        while self.reading.is_busy:
            self.step()
        return sorted({file.state for file in self.library.folders.files(self.folder).values()})

    def step(self) -> None:
        """Do the next job."""
        job = self._queue.take()
        assert job is not None
        job()

    def _pump(self) -> None:
        self.reading.pump()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        desk = Desk(library, tmp_path / "documents")
        with contextlib.closing(desk.reading):
            yield desk


@pytest.mark.parametrize("leaves_a_place", [False, True])
def test_files_of_a_folder_that_went_away_wait_until_it_is_back(desk: Desk, leaves_a_place: bool) -> None:
    desk.scan()
    desk.root.rename(desk.root.parent / "elsewhere")
    if leaves_a_place:
        desk.root.mkdir()
    assert desk.read() == ["pending"]
    assert desk.folder.is_away
    assert {folder.path for folder in desk.away} == {str(desk.root)}
    assert desk.library.failures.all() == []
    desk.scan()
    assert desk.folder.is_away
    if leaves_a_place:
        desk.root.rmdir()
    (desk.root.parent / "elsewhere").rename(desk.root)
    desk.scan()
    assert desk.read() == ["indexed"]


def test_files_that_were_deleted_from_a_folder_that_is_there_have_failed(desk: Desk) -> None:
    desk.scan()
    (desk.root / "3.txt").unlink()
    assert desk.read() == ["failed", "indexed"]
    assert not desk.folder.is_away
    assert [failure.title for failure in desk.library.failures.all()] == ["Vanished"]


def test_many_small_files_are_under_way_and_few_large_ones(desk: Desk) -> None:
    for number in range(40):
        (desk.root / f"small {number}.txt").write_text(f"rent {number}")
    for path in desk.root.iterdir():
        os.utime(path, (1, 1))  # so old that there is no doubt of them
    desk.scan()
    desk.reading.pump()
    small = len(desk.reading.under_way)
    assert desk.read() == ["indexed"]
    for number in range(40):
        with open(desk.root / f"large {number}.bin", "wb") as file:
            file.truncate(2 << 20)
    desk.scan()
    desk.reading.pump()
    assert 0 < len(desk.reading.under_way) < small
    assert desk.read() == ["indexed"]


def test_what_the_readers_have_found_is_stored_together(desk: Desk) -> None:
    desk.scan()
    files = desk.library.folders.pending(9)
    desk.library.folders.start_reading([file.id for file in files])
    commits: list[str] = []
    for file in files:
        desk.reading.under_way[file.id] = file.size
        desk.reading._hand_over(file, ReadResult(file.path, file.path, False, "rent", "", "text"))
    desk.library.db.conn.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    assert desk.read() == ["indexed"]
    assert len(commits) == 1


def test_no_more_is_stored_at_once_than_takes_a_moment(desk: Desk) -> None:
    desk.scan()
    files = desk.library.folders.pending(9)
    desk.library.folders.start_reading([file.id for file in files])
    for file in files:
        desk.reading.under_way[file.id] = file.size
        text = f"{file.path} rent" * 500
        desk.reading._hand_over(file, ReadResult(file.path, file.path, False, text, "", "text"))
    desk.step()
    assert 0 < len(desk.reading.under_way) < len(files)
    assert desk.read() == ["indexed"]


def test_files_that_are_read_for_passages_of_another_length_are_read_again(desk: Desk) -> None:
    (desk.root / "long.txt").write_text("\n\n".join(f"Paragraph {number} says this and that." for number in range(60)))
    desk.scan()
    desk.reading.pump()
    desk.reading.use_passage_tokens(2_000)
    assert desk.read() == ["indexed"]
    [passages] = {len(desk.library.documents.passages(own)) for own in desk.library.documents.document_ids()}
    assert passages == 1
    assert len(desk.library.documents.document_ids()) == 6
