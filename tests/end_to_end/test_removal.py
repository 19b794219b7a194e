"""A folder that is removed leaves nothing behind in the library's files."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil

import numpy as np
import pytest

from bge_desktop import resources
from bge_desktop.library.library import Library
from bge_desktop.messages import AddFolder, ErrorReport, Progress, RemoveFolder
from bge_desktop.worker import Worker
from tests.end_to_end.command import run, run_json
from tests.graphs import make_graphs

_WORDS = {
    "Quixotebury": ["quixotebury", "quixoteburi"],
    "vermicompostings": ["vermicompost"],
    "鱷鬱": ["鱷鬱", "鳄郁"],
    "Zwölfklöße": ["Zwölfklöße", "zwolfkloss"],
}


@pytest.fixture
def folders(tmp_path):
    """One folder of samples, and one of other documents with words that stand nowhere else."""
    kept, removed = tmp_path / "kept", tmp_path / "removed"
    shutil.copytree(resources.path("samples"), kept)
    removed.mkdir()
    for number in range(20):
        words = " ".join(f"{word} number {number} is mentioned here." for word in _WORDS)
        (removed / f"wobblegarth-{number}.txt").write_text(f"A note. {words}\n\n" * (1 + number % 5))
    return str(kept), str(removed)


@pytest.fixture
def library(tmp_path, folders):
    """A library of both folders, with the caches of graphs."""
    library = str(tmp_path / "library")
    run("index", *folders, "--library", library)
    with contextlib.closing(Library(library, exact_limit=10)) as opened:
        make_graphs(opened)
    return library


def vectors(library, folder):
    with contextlib.closing(Library(library, write=False)) as opened:
        rows = opened.db.execute(
            "SELECT vector FROM vectors JOIN passages ON passages.id = passage_id JOIN files USING (document_id)"
            " WHERE files.path >= ? AND files.path < ?",
            [os.fsencode(f"{folder}/"), os.fsencode(f"{folder}0")],
        ).fetchall()
    return [np.frombuffer(row[0], "<f2") for row in rows]


def held(library, needles):
    """Which of these bytes stand in some file of the library."""
    found = set()
    for parent, _, names in os.walk(library):
        for name in names:
            with open(os.path.join(parent, name), "rb") as file:
                content = file.read()
            found |= {(name, needle) for needle in needles if needle in content}
    return found


def traces(removed_vectors):
    # a part of each: pages divide what is longer, and words share their beginnings with those before them
    words = [form.encode()[2:] for forms in _WORDS.values() for form in forms] + [b"bblegarth"]
    pieces = [own[100:140] for own in removed_vectors]
    return words, [own.tobytes() for own in pieces]


def test_nothing_remains_of_a_folder_that_was_removed(library, folders, tmp_path):
    kept, removed = folders
    words, pieces = traces(vectors(library, removed))
    assert {needle for _, needle in held(library, words)} == set(words)
    assert len(held(library, pieces)) > len(pieces) / 2
    size = sum(entry.stat().st_size for entry in os.scandir(library))
    worker = Worker(library, lambda event: None, device="cpu", watch=False)
    worker.submit(RemoveFolder(removed))
    worker.start()
    assert worker.wait_until_idle(60)
    assert held(library, words + pieces) == set()  # while it is still open
    worker.stop(60)
    assert held(library, words + pieces) == set()
    fresh = str(tmp_path / "fresh")
    run("index", kept, "--library", fresh)
    assert sum(entry.stat().st_size for entry in os.scandir(library)) < min(
        size, 1.2 * sum(entry.stat().st_size for entry in os.scandir(fresh))
    )
    assert len(vectors(library, kept)) == len(vectors(fresh, kept))
    assert run_json("search", "notice before moving out", "--library", library)["results"]


def test_a_removal_that_was_interrupted_is_finished_at_the_next_start(library, folders):
    _, removed = folders
    words, pieces = traces(vectors(library, removed))
    with contextlib.closing(Library(library)) as opened:  # closed before anything more is done
        [folder] = [own for own in opened.folders.all() if own.path == removed]
        opened.remove_folder(folder)
    assert held(library, words)
    worker = Worker(library, lambda event: None, device="cpu", watch=False)
    worker.submit(AddFolder(folders[0]))
    worker.start()
    assert worker.wait_until_idle(60)
    worker.stop(60)
    assert held(library, words + pieces) == set()


@pytest.mark.parametrize("watch", [True, False])
def test_a_folder_that_is_removed_while_it_is_indexed_goes_and_the_others_go_on(tmp_path, watch):
    big, other = tmp_path / "big", tmp_path / "other"
    for folder, count in ((big, 200), (other, 1)):
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.txt").write_text(
                f"The quixotebury of {folder.name} is mentioned here, number {number}."
            )
    with contextlib.closing(TellingWorker(tmp_path / "library", watch=watch)) as app:
        app.worker.submit(AddFolder(str(big)))
        app.wait_until(lambda progress: progress.passages > 5)
        app.worker.submit(RemoveFolder(str(big)))
        app.worker.submit(AddFolder(str(other)))
        app.wait_until(lambda progress: progress.files == progress.passages == 1 and not progress.busy)
        assert app.errors == []
    assert held(str(tmp_path / "library"), [b"quixoteburi"]) != set()
    assert held(str(tmp_path / "library"), [b"of big is"]) == set()
    assert run_json("status", "--library", tmp_path / "library")["passages"] == 1


class TellingWorker:
    """A worker whose progress and errors can be waited for."""

    def __init__(self, library, **options):
        self._events = queue.SimpleQueue()
        self.errors = []
        self.worker = Worker(str(library), self._events.put, device="cpu", **options)
        self.worker.start()

    def wait_until(self, condition):
        while True:
            event = self._events.get(timeout=90)
            if isinstance(event, ErrorReport):
                self.errors.append(event)
            if isinstance(event, Progress) and condition(event):
                return

    def close(self):
        self.worker.stop(60)
