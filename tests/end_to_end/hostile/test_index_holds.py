"""Hostile files among good ones, indexed by the command: every good one is found, every bad one accounted for."""

from __future__ import annotations

import contextlib
import os
import socket
import threading

import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.library.library import reading
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.searcher import Searcher
from tests.end_to_end.command import run_json
from tests.end_to_end.hostile.collection import QUICK

GOOD = {
    "lease.txt": "The tenant may end the lease with sixty days' notice in writing.",
    "菜谱.md": "# 红烧肉\n\n五花肉先焯水，再用小火慢炖一个小时，最后收汁。",
    "dentist 🦷.html": "<h1>Appointment</h1><p>Root canal treatment on the second of May at Doctor Ferro's.</p>",
    "goldfish.csv": "animal,food\ngoldfish,flakes twice a week\n",
    "boiler.eml": "From: a@example.org\nSubject: Boiler\n\nThe boiler was serviced in March, and the valve replaced.",
    "hedge.json": '{"garden": "The hedge was cut in October by the neighbour."}',
    "deep/er/piano.rst": "Piano\n=====\n\nThe piano was tuned by Mister Okafor in June.",
    "a b.md": "The bicycle stands in the cellar behind the shelves.",
    "a_b.md": "The kayak hangs under the roof of the shed.",
    "\u202etxt.rof": "The passport expires in the autumn of next year.",
}
QUERIES = {
    "lease.txt": "tenant lease notice",
    "菜谱.md": "五花肉焯水",
    "dentist 🦷.html": "root canal treatment",
    "goldfish.csv": "goldfish flakes",
    "boiler.eml": "boiler serviced valve",
    "hedge.json": "hedge cut neighbour",
    "deep/er/piano.rst": "piano tuned Okafor",
    "a b.md": "bicycle cellar shelves",
    "a_b.md": "kayak shed roof",
    "\u202etxt.rof": "passport expires autumn",
}
NAMES = (
    *(
        b"two\nlines.txt",
        b"caf\xe9 \xff.txt",
        b"x" * 251 + b".txt",
        "👩‍👩‍👧 family.txt".encode(),
        b"\x1b[31m.txt",
        b" .txt",
        b"-rf.txt",
    ),
    *(
        "é.txt".encode(),
        "e\u0301.txt".encode(),
        b'*?".txt',
        b"con.txt",
        b"%s%n.txt",
        b"'; DROP TABLE files;--.txt",
    ),
)
"""Of files whose content is well; each is found by a word of its own."""
EVERY, LARGEST = 6, 16_384
"""One of so many of the inputs that the readers are tried with, unless it has more bytes: texts take long to embed."""


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A folder of all of it, its library, and what the command said."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "docs"
    folder.mkdir()
    for name, text in GOOD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for number, name in enumerate(NAMES):
        with open(os.path.join(os.fsencode(folder), name), "wb") as stream:
            stream.write(b"The word of this file is zebra%dword." % number)
    bad = _add_inputs(folder)
    _add_what_is_no_file(folder, base)
    with _changing(folder):
        report = run_json("index", folder, "--library", base / "library")
    return folder, base / "library", report, bad


def _add_inputs(folder):
    (folder / "bad").mkdir()
    paths = []
    for own in QUICK[::EVERY]:
        path = folder / "bad" / own.name
        own.make(str(path))
        if path.stat().st_blocks * 512 > LARGEST:
            path.unlink()
        else:
            paths.append(str(path))
    assert len(paths) >= 60
    return paths


def _add_what_is_no_file(folder, base):
    """Links in circles and out of the folder, pipes, sockets, and folders named like files."""
    (base / "outside.txt").write_text("The secret is outside of the folder.")
    (folder / "out.txt").symlink_to(base / "outside.txt")
    (folder / "out").symlink_to(base)
    (folder / "loop").symlink_to(folder)
    (folder / "itself").symlink_to("itself")
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.pdf").mkdir()
    (folder / "folder.pdf" / "inside.txt").write_text("The word of this file is giraffe.")
    with socket.socket(socket.AF_UNIX) as listener, contextlib.chdir(folder):
        listener.bind("socket.txt")


@contextlib.contextmanager
def _changing(folder):
    """Have a file change, and others come and go, all the while."""
    ended = threading.Event()

    def change():
        for number in range(1_000_000):
            (folder / "changing.txt").write_text("It changes. " * (number % 1000 + 1))
            (folder / f"passing {number % 7}.txt").write_text("It passes.")
            (folder / f"passing {(number + 3) % 7}.txt").unlink(missing_ok=True)
            if ended.wait(0.005):
                return

    thread = threading.Thread(target=change)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.fixture(scope="module")
def find(indexed):
    """Searches the library: gives the paths that a query finds, best first."""
    with contextlib.closing(Encoder("cpu")) as encoder, reading(str(indexed[1])) as library:

        def paths(query):
            parsed = understood(query)
            vectors = query_vectors(library, encoder, [parsed.text])[0]
            return [result.path for result in Searcher(library).search(parsed, vectors, 5).results]

        yield paths


@pytest.mark.parametrize("name", GOOD, ids=ascii)
def test_a_good_file_is_found(indexed, find, name):
    assert find(QUERIES[name])[0] == str(indexed[0] / name)


def test_a_good_file_is_found_whatever_its_name(indexed, find):
    folder = indexed[0]
    for number, name in enumerate(NAMES):
        assert find(f"zebra{number}word")[0] == os.fsdecode(os.path.join(os.fsencode(folder), name))
    assert find("giraffe")[0] == str(folder / "folder.pdf" / "inside.txt")


def test_every_other_file_is_indexed_or_has_its_reason(indexed):
    folder, library, report, bad = indexed
    failed = {failure["path"]: failure for failure in run_json("failures", "--library", library)["failed"]}
    states = _states(library)
    for path in [*bad, *(os.fsdecode(os.path.join(os.fsencode(folder), name)) for name in NAMES)]:
        assert states[path] == ("failed" if path in failed else "indexed")
    assert all(failure["message"].endswith(".") for failure in failed.values())
    assert {failure["path"] for failure in report["failed"]} >= set(failed) - {str(folder / "changing.txt")}


def test_nothing_is_followed_or_opened_that_is_no_file_of_the_folder(indexed):
    folder, library, _, _ = indexed
    states = _states(library)
    for name in ("out.txt", "out", "loop", "itself", "pipe.txt", "socket.txt", "folder.pdf"):
        assert str(folder / name) not in states
    assert not any("/loop/" in path or "/out/" in path for path in states)


def _states(library):
    """The state of each file that a library knows."""
    with reading(str(library)) as opened:
        folders = [opened.folders.files(folder) for folder in opened.folders.all()]
        return {path: file.state for files in folders for path, file in files.items()}
