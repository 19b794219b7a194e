"""Programs of operations, made up and, where something does not hold, shortened by hypothesis."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from unittest import mock

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from bge_desktop.extract.readers import Readers
from bge_desktop.library.library import Library
from tests.torture.disk import IGNORE_FILES, IGNORED, NAMES, TEXTS
from tests.torture.machine import WORK, InStep
from tests.torture.privileges import bound_by_permissions
from tests.torture.report import Report

_NUMBER = st.integers(0, 29)
_NAME, _TEXT = st.sampled_from(list(NAMES)), st.sampled_from(list(TEXTS))
_OPERATIONS = {
    "create": (_NUMBER, _NAME, _TEXT),
    "begin_writing": (_NUMBER, _NAME, _TEXT),
    "go_on_writing": (),
    "overwrite": (_NUMBER, _TEXT),
    "append": (_NUMBER, _TEXT),
    "change_in_place": (_NUMBER,),
    "touch": (_NUMBER,),
    "save_atomically": (_NUMBER, _TEXT),
    "delete_and_create": (_NUMBER, _TEXT),
    "copy": (_NUMBER, _NUMBER, _NAME),
    "link_hard": (_NUMBER, _NUMBER, _NAME),
    "swap": (_NUMBER, _NUMBER),
    "make_folder": (_NUMBER, _NAME),
    "move": (_NUMBER, _NUMBER, _NAME),
    "move_folder": (_NUMBER, _NUMBER, _NAME),
    "copy_folder": (_NUMBER, _NUMBER, _NAME),
    "delete": (_NUMBER,),
    "delete_folder": (_NUMBER,),
    "clear": (_NUMBER,),
    "replace_by_other_kind": (_NUMBER,),
    "bar": (_NUMBER,),
    "unbar": (_NUMBER,),
    "link": (_NUMBER, _NUMBER, _NAME),
    "make_pipe": (_NUMBER, _NAME),
    "ignore": (_NUMBER, st.sampled_from(IGNORE_FILES), st.sampled_from(IGNORED)),
    "heed": (_NUMBER,),
    "leave": (_NUMBER,),
    "come_back": (_NUMBER,),
    "cover": (_NUMBER,),
    "uncover": (_NUMBER,),
}
_FATE = st.sampled_from(("told", "late", "late", "lost"))
_SETTINGS = settings(
    max_examples=100,
    stateful_step_count=100,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def run(operations: int, first_seed: int = 0, **options) -> Report:
    """Run programs until so many operations were done; return what they did. `options` are hypothesis's settings.

    Raises:
        AssertionError: something does not hold; the shortest program that was found for it is printed.
    """
    report = Report()
    with _surroundings() as base, contextlib.closing(Readers(1)) as readers:
        empty = os.path.join(base, "empty")
        Library(empty).close()
        rules = {name: _operation(name, strategies) for name, strategies in _OPERATIONS.items()}
        machine = type("Program", (InStep,), {**rules, "report": report, "readers": readers, "empty_library": empty})
        for number in itertools.count(first_seed):
            if report.operations.total() >= operations:
                break
            run_state_machine_as_test(seed(number)(machine), settings=settings(_SETTINGS, **options))
    return report


@contextlib.contextmanager
def _surroundings():
    """Give a folder for all that is made, in memory where it can be; and have even these few files be many portions."""
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with (
        mock.patch("bge_desktop.worker.scanning._PORTION", 3),
        tempfile.TemporaryDirectory(prefix="bge-desktop-model-", dir=memory) as base,
        mock.patch("tempfile.tempdir", base),
        bound_by_permissions(),
    ):
        yield base


def _operation(name, strategies):
    def operate(self, values, fate, work):
        self.operate(name, values, fate, work)

    operate.__name__ = name
    return rule(values=st.tuples(*strategies), fate=_FATE, work=WORK)(operate)
