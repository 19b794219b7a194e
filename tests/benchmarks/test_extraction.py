"""Extraction alone on a real tree: files and megabytes a second; no file is left out without a reason."""

from __future__ import annotations

import contextlib
import os
import queue
import stat
import time
from collections import Counter
from dataclasses import dataclass

import pytest

from bge_desktop.errors import UserError
from bge_desktop.extract.readers import Readers, ReadFailure
from bge_desktop.watch.scan import scan
from bge_desktop.worker.reading import _PROCESSES
from tests.benchmarks.conftest import report

_FORMATS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "formats")
_TREES = {"doc": os.environ.get("BGE_DESKTOP_TREE", "/usr/share/doc"), "formats": _FORMATS}


@dataclass(frozen=True)
class Summary:
    """What came of a file: its kind, or the title of its failure."""

    kind: str = ""
    characters: int = 0
    passages: int = 0
    failure: str = ""


@pytest.mark.parametrize("name", _TREES)
def test_extraction(name):
    tree = _TREES[name]
    if not os.path.isdir(tree):
        pytest.skip(f"there is no {tree}")
    unlisted = []
    stamps = list(scan(tree, on_error=unlisted.append))
    started = time.perf_counter()
    summaries = _read([own.path for own in stamps])
    seconds = time.perf_counter() - started
    assert len(summaries) == len(stamps)
    figures = _figures(summaries, sum(own.size for own in stamps), seconds)
    report(f"extraction-{name}", {**figures, "not_listed": len(unlisted), **_left_out(tree, stamps)})


def _read(paths):
    """Read all files, as the worker has them read; return what came of each, without its text."""
    done = queue.SimpleQueue()
    with contextlib.closing(Readers(_PROCESSES)) as readers:
        for path in paths:
            readers.submit(path, (), lambda outcome: done.put(_summary(outcome)))
        summaries = [done.get(timeout=600) for _ in paths]
    assert all(summary.kind or summary.failure for summary in summaries)
    return summaries


def _summary(outcome):
    if isinstance(outcome, ReadFailure | UserError):
        return Summary(failure=outcome.title if outcome.message else "")
    return Summary(outcome.kind, len(outcome.text), len(outcome.passages))


def _figures(summaries, size, seconds):
    read = [summary for summary in summaries if not summary.failure]
    characters = sum(summary.characters for summary in read)
    return {
        "processes": _PROCESSES,
        "files": len(summaries),
        "megabytes": round(size / 1e6, 1),
        "seconds": round(seconds, 1),
        "files_per_s": round(len(summaries) / seconds, 1),
        "megabytes_per_s": round(size / 1e6 / seconds, 2),
        "characters_per_s": round(characters / seconds),
        "passages": sum(summary.passages for summary in read),
        "kinds": dict(Counter(summary.kind for summary in read).most_common()),
        "found_by_name_only": sum(not summary.characters for summary in read),
        "failures": dict(Counter(own.failure for own in summaries if own.failure).most_common()),
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
    return {"left_out": dict(why)}
