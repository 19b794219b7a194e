"""Merging the segments of the full-text indexes when there is nothing else to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.watch.scan import FileStamp
from bge_desktop.worker.merging import Merging
from bge_desktop.worker.queue import JobQueue, Priority


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with contextlib.closing(Library(str(tmp_path / "library"))) as own:
        yield own


def put(library: Library, count: int) -> None:
    """Store documents, each in a transaction of its own."""
    folder = library.folders.add("/d")
    paths = [f"/d/{number}.txt" for number in range(count)]
    library.folders.mark_pending(folder, [FileStamp(path, 1, 1, number, "1") for number, path in enumerate(paths)])
    for number, file in enumerate(library.folders.pending(count)):
        text = f"rent {number}"
        passage = ReadPassage(0, len(text), None, "en")
        library.folders.set_state([file.id], "reading")
        library.store(file.id, ReadResult(file.path, f"{number}", False, text, "", "text", (passage,)))


def segments(library: Library) -> int:
    """In how many segments the words of passages stand: the pages of a segment have numbers that begin alike."""
    pages = "SELECT count(DISTINCT id >> 37) FROM passage_words_data WHERE id > 10"
    return int(library.db.execute(pages).fetchone()[0])


def test_many_segments_become_few_and_then_there_is_nothing_to_do(library: Library) -> None:
    put(library, 14)
    before = segments(library)
    merged = list(library.tidying.merge_words())
    assert segments(library) < 4 < before
    assert merged
    assert list(library.tidying.merge_words()) == []
    found = library.db.execute("SELECT count(*) FROM passage_words WHERE words MATCH 'rent'").fetchone()[0]
    assert found == 14


def step(queue: JobQueue) -> bool:
    """Run the next job; return whether there was one."""
    marker: list[None] = []
    queue.put(Priority.INDEX, lambda: marker.append(None))
    job = queue.take()
    assert job is not None
    job()
    if marker:
        return False
    end = queue.take()
    assert end is not None
    end()
    return True


def test_each_job_is_a_portion_and_other_work_comes_first(library: Library) -> None:
    put(library, 14)
    queue, may_go_on = JobQueue(), [True, False]
    merging = Merging(library, queue, lambda: may_go_on.pop(0) if may_go_on else True)
    merging.begin()
    merging.begin()
    assert step(queue)  # a portion
    assert step(queue)  # there is other work
    assert not step(queue)
    merging.begin()
    while step(queue):
        pass
    assert list(library.tidying.merge_words()) == []
