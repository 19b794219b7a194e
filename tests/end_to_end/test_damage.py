"""What disks and people do to the library's files: it comes back whole, and the person is told of the database."""

from __future__ import annotations

import contextlib
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess

import numpy as np
import pytest

from bge_desktop import resources
from bge_desktop.library.graph import description_of
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, Rescan
from bge_desktop.worker import Worker
from tests.end_to_end.command import run, run_json
from tests.graphs import graph_files, make_graphs

SAMPLES = resources.path("samples")
_PAGE = 8192


def content(library):
    """What a library holds: files, documents with passages, words; and vectors."""
    with contextlib.closing(Library(str(library), write=False)) as opened:
        db = opened.db
        files = db.execute(
            "SELECT path, size, mtime_ns, state, hash FROM files JOIN documents ON documents.id = document_id"
        )
        texts = db.execute("SELECT hash, kind, title, unpacked(text), language FROM documents")
        passages = db.execute(
            'SELECT hash, start, "end", page, passages.language, place, places FROM passages'
            " JOIN documents ON documents.id = document_id"
        )
        words = db.execute(
            "SELECT hash, start, term, offset FROM passage_occurrences JOIN passages ON passages.id = doc"
            " JOIN documents ON documents.id = document_id"
        )
        vectors = db.execute(
            "SELECT hash, start, vector FROM vectors JOIN passages ON passages.id = passage_id"
            " JOIN documents ON documents.id = document_id ORDER BY hash, start"
        ).fetchall()
        return tuple(map(set, (files, texts, passages, words))), {
            row[:2]: np.frombuffer(row[2], "<f2") for row in vectors
        }


def assert_same(library, other):
    (rows, vectors), (expected, expected_vectors) = content(library), content(other)
    assert rows == expected
    assert vectors.keys() == expected_vectors.keys()
    for key, vector in vectors.items():  # the same text in another batch: the last digits differ
        assert float(vector.astype(np.float32) @ expected_vectors[key].astype(np.float32)) > 0.999


def work(library):
    """Bring a library up to date; return what was told of errors."""
    told = []
    worker = Worker(
        str(library), lambda event: told.append(event) if isinstance(event, ErrorReport) else None, watch=False
    )
    worker.start()
    assert worker.wait_until_idle(120)
    worker.stop(60)
    return told


@pytest.fixture
def library(sample_library, tmp_path):
    shutil.copytree(sample_library, tmp_path / "library")
    return tmp_path / "library"


@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_page(library, sample_library, seed):
    chance, path = random.Random(seed), library / "library.db"
    old = bytearray(path.read_bytes())
    start = chance.randrange(len(old) // _PAGE) * _PAGE
    if seed % 2:
        old[start : start + _PAGE] = chance.randbytes(_PAGE) if seed % 4 == 1 else bytes(_PAGE)
    else:
        for _ in range(1 + 20 * (seed % 4)):
            old[start + chance.randrange(_PAGE)] ^= 1 << chance.randrange(8)
    path.write_bytes(old)
    assert all(report.is_over for report in work(library))
    assert_same(library, sample_library)


def test_the_command_tells_of_a_repair_and_succeeds(library, sample_library):
    path = library / "library.db"
    os.truncate(path, path.stat().st_size - _PAGE)
    finished = run("search", "lease", "--library", library, check=False)
    assert (finished.returncode, "index a folder" in finished.stderr) == (1, True)
    finished = run("index", SAMPLES, "--library", library)
    assert "could be kept" in finished.stderr
    assert str(library / "library.damaged-") in finished.stderr
    assert_same(library, sample_library)


def test_damage_that_is_met_while_working_is_repaired_at_once(library, sample_library):
    with contextlib.closing(sqlite3.connect(library / "library.db")) as db:
        [(root,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'files_by_state'")
    told = []
    worker = Worker(
        str(library), lambda event: told.append(event) if isinstance(event, ErrorReport) else None, watch=False
    )
    worker.start()
    assert worker.wait_until_idle(120)
    with open(library / "library.db", "rb+") as file:
        file.seek((root - 1) * _PAGE)
        file.write(b"\xa5" * _PAGE)
    for name in os.listdir(SAMPLES)[:3]:
        os.utime(os.path.join(SAMPLES, name))
    worker.submit(Rescan())
    assert worker.wait_until_idle(120)
    worker.stop(60)
    assert all(report.is_over for report in told)
    work(library)
    run("index", SAMPLES, "--library", sample_library)
    assert_same(library, sample_library)


def deleted(path):
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def emptied(path):
    deleted(path)
    path.touch()


def flipped(path):
    data = bytearray(path.read_bytes() or b"\0")
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def a_folder(path):
    deleted(path)
    path.mkdir()
    (path / "theirs.txt").touch()


NAMES = ["graph", "graph's description", "folders.json", "library.state", "library.lock", "unpacked"]


def path_of(library, name):
    """The path of a file that lies beside the database; of the first graph's, whose names are drawn by lot."""
    if not name.startswith("graph"):
        return library / name
    graph = graph_files(str(library), "en")[0]
    return pathlib.Path(graph if name == "graph" else description_of(graph))


@pytest.mark.parametrize("damage", [deleted, emptied, flipped, a_folder])
@pytest.mark.parametrize("name", NAMES)
def test_whatever_lies_beside_the_database_comes_back(library, sample_library, name, damage):
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        make_graphs(opened, "en")
    if name == "unpacked":
        (library / name).write_bytes(b"somebody's")
    damage(path_of(library, name))
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        assert opened.notice == ""
        make_graphs(opened, "en")
    assert work(library) == []
    assert_same(library, sample_library)
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        make_graphs(opened, "en")
        assert opened.vectors["en"].has_graph


@pytest.mark.parametrize("damage", [deleted, emptied, a_folder])
@pytest.mark.parametrize("name", NAMES[:4])
def test_so_it_does_while_the_library_is_open(library, name, damage):
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        make_graphs(opened, "en")
        damage(path_of(library, name))
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        assert opened.notice == ""
        make_graphs(opened, "en")
        assert opened.vectors["en"].has_graph


def test_the_command_removes_a_folder_when_it_is_told_to(library):
    finished = run("remove", SAMPLES, "--library", library, check=False, stdin=subprocess.DEVNULL)
    assert (finished.returncode, "--yes" in finished.stderr) == (1, True)
    assert run_json("remove", SAMPLES, "--yes", "--library", library) == {"removed": SAMPLES, "files": 32}
    assert run_json("status", "--library", library)["files"] == 0
    assert run("remove", SAMPLES, "--yes", "--library", library, check=False).returncode == 1
