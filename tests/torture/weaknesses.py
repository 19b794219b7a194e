"""The app, or its watcher, with a fault: what a check that finds nothing must find."""

from __future__ import annotations

from unittest import mock

from tests.torture.machine import InStep


def _do_nothing(_machine):
    pass


WEAKNESSES = {
    "nothing is forgotten": lambda: mock.patch(
        "bge_desktop.watch.deletions.Deletions.is_believed", autospec=True, return_value=False
    ),
    "whatever is missing is forgotten": lambda: mock.patch(
        "bge_desktop.watch.deletions.Deletions.is_believed", autospec=True, return_value=True
    ),
    "what was lost is not made good": lambda: mock.patch.object(InStep, "make_good", _do_nothing),
    "a change that keeps the size is none": lambda: mock.patch(
        "bge_desktop.library.known_files.KnownFile.is_same", lambda known, stamp: known.size == stamp.size
    ),
}
