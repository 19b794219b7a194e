"""A disk on which anything may happen, and an app that must be in step with it in the end, whatever it is told of it.

What the watcher would tell comes late, in another order, twice, or never: then a scan of the roots makes it good, as
the watcher's periodic one does. The app is closed, or killed, at any step. These must hold:

- In the end the library says what a new one says that looks at the same tree once.
- Looking again at a disk at rest reads nothing again, but for what could not be read.
- While a place is away, all that was known of it stays.
- A document, and so its vectors, stays as long as a file that is known has its content, or a file that the app was
  told of.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sys
import tempfile
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.torture import same
from tests.torture.checks import Checks
from tests.torture.disk import Disk
from tests.torture.report import Report
from tests.torture.stepped_app import SteppedApp

# What the app gets done after an operation: a step for each, the readers' first or the queue's.
WORK = st.lists(st.booleans(), max_size=8)
_LONG_S = 30.0
_WORTH_CHECKING = 10


class InStep(RuleBasedStateMachine):
    """One program, which its subclasses give the operations.

    Attributes:
        report: counts what is done.
        readers: real ones.
        empty_library: of which each library begins as a copy.
    """

    report: Report
    readers: object
    empty_library: str

    def __init__(self):
        super().__init__()
        self._folder = tempfile.mkdtemp()
        self._library = os.path.join(self._folder, "library")
        shutil.copytree(self.empty_library, self._library)
        self.disk = Disk(os.path.realpath(self._folder))
        self._checks = Checks(self.disk, self._library)
        self._late, self._is_owed = [], False
        self._unchecked = self._since_start = 0  # operations
        self._app = self._started()
        for root in self.disk.roots:
            self._app.add(root)
        self.report.programs += 1

    # --- the disk -------------------------------------------------------------------------------------------------

    def operate(self, name, values, fate, work):
        """Do an operation; its news are told, come late, or are lost."""
        try:
            getattr(self.disk, name)(*values)
            self.report.operations[name] += 1
        except (OSError, shutil.Error):
            self.report.refused += 1
        self._unchecked += 1
        self._since_start += 1
        self.disk.note_strange()
        self._checks.note_absent()
        self._take_news(fate)
        if self._app:
            self._app.work(work)

    def _take_news(self, fate):
        events, self.disk.events = self.disk.events, []
        self._is_owed |= self.disk.untold or (fate == "lost" and bool(events))
        self.disk.untold = False
        if fate == "late" and self._app:
            self._late += events
        elif fate == "told" and self._app:
            self._tell(events)

    # --- the app --------------------------------------------------------------------------------------------------

    @rule(order=st.integers(0, 99), share=st.floats(0.1, 1), again=st.booleans(), work=WORK)
    def tell_late(self, order, share, again, work):
        """Tell some of what was not told yet, in any order; perhaps to tell it once more later on."""
        if self._app:
            random.Random(order).shuffle(self._late)
            count = int(share * len(self._late) + 0.5)
            self._tell(self._late[:count])
            self._late = self._late[0 if again else count :]
            self._app.work(work)

    @rule(work=WORK)
    def scan(self, work):
        """Make good what was lost, as the periodic scan does."""
        if self._app:
            self.make_good()
            self._app.work(work)

    @rule(work=WORK)
    def work(self, work):
        if self._app:
            self._app.work(work)

    @rule(seconds=st.sampled_from((0.5, 4.0, _LONG_S)), reading=st.booleans())
    def pass_time(self, seconds, reading):
        if self._app:
            kept = self._documents_to_keep()
            self._app.pass_time(seconds, reading=reading)
            self._checks.are_kept(kept)

    @precondition(lambda self: self._app and self._since_start)
    @rule(kill=st.booleans())
    def end(self, kill):
        if self._app:
            kept = self._documents_to_keep()
            self._count_reads()
            self._app.kill() if kill else self._app.stop()
            self._app = None
            self._checks.are_kept(kept)
            self.report.operations["kill" if kill else "stop"] += 1

    @rule(work=WORK)
    def start(self, work):
        if not self._app:
            self._app = self._started()
            self._since_start = 0
            self._late, self._is_owed = [], False  # the scan at the start finds all
            self._app.work(work)

    @precondition(lambda self: self._unchecked >= _WORTH_CHECKING)
    @rule()
    def converge(self):
        """Tell all, have the app do all that there is to do, and compare."""
        if not self._app:
            self.start([])
        self._take_news("told")
        self._tell(self._late)
        self._late = []
        if self._is_owed:
            self.make_good()
        self._app.settle()
        self.pass_time(_LONG_S, reading=True)
        self._check()
        self._unchecked = 0

    def teardown(self):
        with contextlib.ExitStack() as last:
            last.callback(_remove, self._folder)
            last.callback(self.disk.close)
            last.callback(lambda: self._app and self._app.kill())
            if sys.exc_info()[0] is None:
                self._finish()

    def _finish(self):
        self.disk.bring_back()
        self._checks.note_absent()
        self.converge()
        self._count_reads()
        self._checks.is_whole()

    def _started(self):
        return SteppedApp(self._library, self.readers)

    def _tell(self, events):
        for root in self.disk.roots:
            own = [(path, is_folder) for told, path, is_folder in events if told == root]
            if own:
                self._app.tell(root, own)

    def make_good(self):
        for root in self.disk.roots:
            self._app.tell(root, [("", True)])
        self._is_owed = False

    # --- what must hold -------------------------------------------------------------------------------------------

    def _documents_to_keep(self):
        return self._checks.documents_to_keep(is_all_told=not self._late and not self._is_owed)

    def _check(self):
        self.report.convergences += 1
        assert not self._app.errors, self._app.errors
        self._checks.absent_is_known()
        before = Counter(self._app.readers.reads)
        self.make_good()
        self._app.settle()
        self._checks.was_read_with_reason(self._app.readers.reads - before)
        self._checks.is_as(self._fresh())

    def _fresh(self):
        """Return what a new library says of the tree."""
        library = os.path.join(self._folder, "fresh")
        shutil.copytree(self.empty_library, library)
        app = SteppedApp(library, self.readers, watch=False)
        for root in filter(os.path.exists, self.disk.roots):
            app.add(root)
        app.pass_time(_LONG_S)
        app.stop()
        snapshot = same.snapshot(library)
        shutil.rmtree(library)
        return snapshot

    def _count_reads(self):
        self.report.reads += self._app.readers.reads.total()


def _remove(folder):
    for inner, names, _ in os.walk(folder):
        for name in names:
            path = os.path.join(inner, name)
            if not os.path.islink(path):
                os.chmod(path, 0o700)
    shutil.rmtree(folder)
