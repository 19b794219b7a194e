"""Looks at the reader and at Qt, in processes of their own."""

from __future__ import annotations

import sys

import pytest

from bge_desktop import processes
from bge_desktop.doctor import helpers
from bge_desktop.doctor.check import State, looked


def test_a_reader_reads_a_sample():
    [check] = helpers.reader()
    assert check.state is State.OK, check
    assert "passages" in check.found


def test_a_reader_that_does_not_start_is_a_problem(monkeypatch):
    monkeypatch.setattr(processes, "child_command", lambda role: [sys.executable, "-c", ""])
    [check] = looked("reader", helpers.reader)
    assert (check.name, check.state, check.found) == ("reader", State.PROBLEM, "Files cannot be read.")


def test_a_reader_that_reads_something_else_is_a_problem(monkeypatch):
    code = (
        "from bge_desktop.processes import ParentChannel\n"
        "channel = ParentChannel()\n"
        "channel.reply({'ready': True})\n"
        "for request, _ in channel.requests():\n"
        "    channel.reply({'id': 0, 'hash': '', 'passages': [[]]})\n"
    )
    monkeypatch.setattr(processes, "child_command", lambda role: [sys.executable, "-c", code])
    [check] = helpers.reader()
    assert check.state is State.PROBLEM


def test_qt_starts():
    [check] = helpers.display()
    assert check.state is State.OK, check
    assert "Qt 6." in check.found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt comes with all that it needs")
def test_qt_without_its_libraries_is_a_problem_with_what_to_install():
    [check] = helpers.display({"QT_QPA_PLATFORM": "nowhere"})
    assert check.state is State.PROBLEM
    assert "libxcb-cursor0" in check.advice
