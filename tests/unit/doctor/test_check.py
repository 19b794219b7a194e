"""Looks that fail themselves."""

from __future__ import annotations

from bge_desktop.doctor.check import State, looked, ok
from bge_desktop.errors import LibraryError


def test_what_a_look_finds_is_passed_on():
    assert list(looked("n", lambda: [ok("n", "Well.")])) == [ok("n", "Well.")]


def test_an_error_for_a_person_is_a_problem_with_its_own_advice():
    def look():
        yield ok("n", "Well.")
        raise LibraryError("Library is too new", "Update the app.")

    first, second = looked("n", look)
    assert first.state is State.OK
    assert (second.state, second.found, second.advice) == (State.PROBLEM, "Library is too new.", "Update the app.")


def test_a_fault_of_a_look_is_a_problem_and_no_end():
    [check] = looked("n", lambda: [][0])
    assert check.state is State.PROBLEM
    assert "IndexError" in check.found
    assert check.advice
