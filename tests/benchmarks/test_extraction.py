"""Extraction and words, without meaning: how many files a second become searchable, beside Recoll on the same files.

Recoll takes as many threads as it does by itself, and its usual filters, as far as they are installed: what it has none
for, it finds by name. No file is left out by the app without a reason.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import stat
import subprocess
from collections import Counter

import pytest

from bge_desktop import resources
from bge_desktop.errors import UserError
from bge_desktop.extract.readers import Readers, ReadFailure, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.watch.scan import scan
from bge_desktop.worker.reading import _PROCESSES
from tests.benchmarks import scale
from tests.benchmarks.figures import ratio_of_rounds, seconds_of, taking_turns
from tests.benchmarks.table import Row

_SECTION = "extraction"
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_RECOLL = "Recoll's `recollindex`"
_ROUNDS = scale.of(3, 1)
_MANUAL_PAGES = scale.of(600, 100)
_BATCH = 100  # files that are recorded at a time


@pytest.fixture(scope="module", params=["the samples and test files of all formats", "manual pages"])
def tree(request, tmp_path_factory):
    """Return what is read, and a folder with it."""
    folder = tmp_path_factory.mktemp("tree")
    if request.param == "manual pages":
        documents = request.getfixturevalue("documents")
        paths = [own.path for own in scan(documents, on_error=_refuse)]
        for number, path in enumerate(paths[:: max(1, len(paths) // _MANUAL_PAGES)]):
            shutil.copy(path, folder / f"{number}-{os.path.basename(path)}")
    else:
        shutil.copytree(resources.path("samples"), folder / "samples")
        shutil.copytree(os.path.join(_ROOT, "tests", "data", "formats"), folder / "formats")
    return request.param, str(folder)


@pytest.mark.timeout(3600)
def test_searchable_by_words(tree, table, tmp_path):
    name, folder = tree
    stamps, outcomes = list(scan(folder, on_error=_refuse)), []
    measures = {"ours": lambda: seconds_of(lambda: outcomes.append(_indexed(folder, stamps, tmp_path)))}
    if shutil.which("recollindex"):
        measures["theirs"] = lambda: seconds_of(lambda: _recoll(folder, tmp_path))
    times = taking_turns(_ROUNDS, measures)
    against, theirs, ratio = f"{_RECOLL}: not installed, run `make recoll`", None, None
    if "theirs" in times:
        against, theirs = _RECOLL, len(stamps) / sorted(times["theirs"])[_ROUNDS // 2]
        ratio = ratio_of_rounds(times["theirs"], times["ours"])
    ours = len(stamps) / sorted(times["ours"])[_ROUNDS // 2]
    what = f"files to searchable by words, {name} ({len(stamps)})"
    table.add(Row(_SECTION, what, ours, "files/s", against, theirs, more_is_better=True, ratio=ratio))
    figures = {"processes": _PROCESSES, "files": len(stamps), "seconds": times, "left_out": _left_out(folder, stamps)}
    table.report(f"extraction, {name}", {**figures, **_told(outcomes[0])})


def _indexed(folder, stamps, work):
    """Read all files as the worker has them read, and record them in a new library; return what came of each."""
    path = str(work / "library")
    shutil.rmtree(path, ignore_errors=True)
    with contextlib.closing(Library(path)) as library, contextlib.closing(Readers(_PROCESSES)) as readers:
        library.folders.mark_pending(library.folders.add(folder), stamps)
        files, done = {own.path: own.id for own in library.folders.pending(len(stamps))}, queue.SimpleQueue()
        library.folders.start_reading(list(files.values()))
        for read in files:
            readers.submit(read, (), lambda outcome, read=read: done.put((read, outcome)))
        outcomes = []
        while len(outcomes) < len(files):
            portion = [done.get(timeout=600) for _ in range(min(_BATCH, len(files) - len(outcomes)))]
            _record(library, [(files[read], outcome) for read, outcome in portion])
            outcomes += [outcome for _, outcome in portion]
    return outcomes


def _record(library, outcomes):
    with library.db.atomic():
        library.store_all([(number, own) for number, own in outcomes if isinstance(own, ReadResult)])
        for number, own in outcomes:
            if isinstance(own, ReadFailure):
                library.fail(number, own)


def _recoll(folder, work):
    """Have Recoll index the folder anew."""
    settings = work / "recoll"
    shutil.rmtree(settings, ignore_errors=True)
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {folder}\n", encoding="utf-8")
    subprocess.run(["recollindex", "-c", str(settings)], check=True, capture_output=True)


def _told(outcomes):
    failed = [own.title for own in outcomes if isinstance(own, ReadFailure | UserError)]
    read = [own for own in outcomes if isinstance(own, ReadResult)]
    return {
        "characters": sum(len(own.text) for own in read),
        "passages": sum(len(own.passages) for own in read),
        "kinds": dict(Counter(own.kind for own in read).most_common()),
        "found_by_name_only": sum(not own.text for own in read),
        "failures": dict(Counter(failed).most_common()),
    }


def _left_out(tree, stamps):
    """Count what the walk does not give, by why: every entry that is no file read above is in one of these."""
    seen, why = {own.path for own in stamps}, Counter()
    for folder, folders, names in os.walk(tree):
        for name in (*folders, *names):
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            if path not in seen and not stat.S_ISDIR(mode):
                why["links" if stat.S_ISLNK(mode) else "by_the_rules" if stat.S_ISREG(mode) else "no_files"] += 1
    return dict(why)


def _refuse(error):
    raise error
