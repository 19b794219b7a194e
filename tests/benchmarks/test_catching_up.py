"""How long it takes to be in step again: after a start with nothing changed, after a large move, after many copies.

Beside each time stands that of a bare walk of the same tree, `os.walk` and `os.lstat`, in the same run: other programs
may be running. The library is filled through its own methods, for embedding so much would take half an hour; what is
measured is the real worker on real files.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import sqlite3
import statistics
import time

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.messages import LibraryStatus, ReportStatus
from bge_desktop.watch.scan import scan
from bge_desktop.worker.scanning import compare
from tests.benchmarks.conftest import BUILD
from tests.benchmarks.figures import seconds_of, taking_turns
from tests.benchmarks.memory import forget_peak, peak_mb
from tests.benchmarks.table import Bar, Row
from tests.end_to_end.client import Client

FILES = 100_000
IN_A_FOLDER = 100
MOVED = 1_000  # the files of one folder of folders
MOST_S = 10
_SECTION = "in step"
_LAST_YEAR = 1_700_000_000
_LENGTHS = 997
_ROUNDS = 5
_PORTION = 1_000


@pytest.fixture(scope="module")
def tree():
    """A folder of `FILES` small files, none of which says what another says."""
    path = os.path.join(BUILD, "catching up")
    shutil.rmtree(path, ignore_errors=True)
    for number in range(FILES):
        folder = os.path.join(path, str(number // MOVED), str(number // IN_A_FOLDER))
        os.makedirs(folder, exist_ok=True)
        file = os.path.join(folder, f"{number}.txt")
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(_text(number))
        os.utime(file, (_LAST_YEAR, _LAST_YEAR + number))
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def library(tree, tmp_path_factory):
    """A library that knows all of them."""
    path = str(tmp_path_factory.mktemp("catching up") / "library")
    own = Library(path)
    with contextlib.closing(own), own.db.atomic():
        folder = own.folders.add(tree)
        own.folders.mark_pending(folder, scan(tree, on_error=_refuse))
        waiting = own.folders.pending(FILES)
        own.folders.start_reading([file.id for file in waiting])
        for start in range(0, FILES, _PORTION):
            _store(own, waiting[start : start + _PORTION])
    return path


def test_nothing_has_changed(tree, library, table):
    process = os.getpid()
    with contextlib.closing(Library(library)) as own:
        [folder] = own.folders.all()
        forget_peak(process)
        before = peak_mb(process)
        acts = {"walk": lambda: _walk(tree), "scan": lambda: list(compare(own, folder, tree))}
        times = taking_turns(_ROUNDS, {name: functools.partial(seconds_of, act) for name, act in acts.items()})
        peak = peak_mb(process)
        assert own.folders.pending(1) == []
    walk, scanned = (statistics.median(times[name]) for name in ("walk", "scan"))
    client, until_idle = _started(library)
    client.worker.stop(60)
    memory = {"memory_of_the_scan_mb": peak - before}
    table.report("catching-up", {"files": FILES, "seconds": times, "start_until_idle_s": until_idle, **memory})
    bar, against = Bar(at_most=MOST_S), "`os.walk` and `os.lstat` alone"
    table.add(Row(_SECTION, f"re-scan of {FILES:,} unchanged files, median", scanned, "s", against, walk, bar=bar))
    table.add(Row(_SECTION, f"start of the worker with {FILES:,} unchanged files until idle", until_idle, "s", bar=bar))


def test_a_folder_is_moved_and_another_one_copied(tree, library, table):
    client, _ = _started(library)
    changes = {"moved": shutil.move, "copied": shutil.copytree}
    seconds = {}
    for number, (name, change) in enumerate(changes.items()):
        target = os.path.join(tree, name)
        change(os.path.join(tree, str(number)), target)
        seconds[name] = seconds_of(lambda target=target: client.wait_for(lambda: _indexed(library, target) == MOVED))
        assert client.worker.wait_until_idle(60)
    embedded = _embedded(client)
    client.worker.stop(60)
    for name, own in seconds.items():
        table.add(Row(_SECTION, f"a folder of {MOVED:,} files {name}, until all are known", own, "s"))
    assert embedded == 0


def _text(number):
    """Return one of texts of many lengths: the size of a file tells which others it may be a copy of."""
    return f"Note {number}: the boiler was looked after in week {number % 52}. {'.' * (number % _LENGTHS)}"


def _refuse(error):
    raise error


def _store(library, files):
    ids = [passage_id for file in files for passage_id in _stored_passages(library, file)]
    vectors = np.random.default_rng(ids[0]).standard_normal((len(ids), BUNDLED["en"].dimension))
    library.vectors.store("en", ids, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32))


def _stored_passages(library, file):
    text = _text(int(os.path.basename(file.path).removesuffix(".txt")))
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    passage = ReadPassage(0, len(text), None, "en")
    document = library.store(file.id, ReadResult(file.path, digest, False, text, "", "text", (passage,)))
    return library.documents.passage_ids_of(document)


def _walk(tree):
    for folder, _, names in os.walk(tree):
        for name in names:
            os.lstat(os.path.join(folder, name))


def _started(library):
    """Return a client of a worker that watches, and the seconds until it was idle."""
    started = time.perf_counter()
    client = Client(library)
    assert client.worker.wait_until_idle(600)
    return client, time.perf_counter() - started


def _indexed(library, folder):
    prefix = os.fsencode(os.path.join(folder, ""))
    sql = "SELECT count(*) FROM files WHERE state = 'indexed' AND path > ? AND path < ?"
    with contextlib.closing(sqlite3.connect(os.path.join(library, "library.db"))) as db:
        return db.execute(sql, [prefix, prefix + b"\xff"]).fetchone()[0]


def _embedded(client):
    client.worker.submit(ReportStatus())
    while not isinstance(event := client.events.get(timeout=60), LibraryStatus):
        pass
    return event.embedded
