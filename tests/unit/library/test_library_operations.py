"""Random operations, in any order: memory, disk and words stay in step."""

import os
import shutil

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bge_desktop.library.library import Library
from tests.graphs import make_graphs

_NAMES = st.sampled_from(["a.txt", "b.txt", "sub/a.txt", os.fsdecode(b"\xff.txt"), "租房.txt"])
_CONTENTS = st.sampled_from(["rent", "rent\nlease", "租房\n合同\nrent", "tea", "a\nb\nc\nd\ne"])


class _Operations(RuleBasedStateMachine):
    make_desk = check = folder = None

    @initialize()
    def open(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.library = Library(self.folder, exact_limit=4)
        self.desk = self.make_desk(self.library)

    @rule(name=_NAMES, content=_CONTENTS)
    def put(self, name, content):
        self.desk.put(name, content)

    @rule(name=_NAMES, content=_CONTENTS, what=st.sampled_from(["change", "remove", "orphans"]))
    def read_while_something_happens(self, name, content, what):
        file = self.desk.start(name)
        if what == "change":
            self.desk.see(name, mtime_ns=2)
        elif what == "remove":
            self.desk.remove(name)
        else:
            self.library.remove_orphans()
        self.library.store(file.id, self.desk.read(content, known=what == "orphans"))

    @rule(name=_NAMES)
    def fail(self, name):
        self.desk.fail(self.desk.start(name).id, "Bad", "It is bad.")

    @rule(name=_NAMES)
    def remove(self, name):
        self.desk.remove(name)

    @rule()
    def remove_folder(self):
        self.library.folders.remove(self.desk.folder)
        self.desk = self.make_desk(self.library)

    @rule(limit=st.sampled_from([-1, 1]))
    def remove_orphans(self, limit):
        self.library.remove_orphans(limit)

    @rule()
    def embed(self):
        self.desk.embed()

    @rule(language=st.sampled_from(["en", "zh"]))
    def make_graphs(self, language):
        make_graphs(self.library, language)

    @rule()
    def tidy(self):
        self.library.tidying.ask()
        list(self.library.tidy())

    @rule()
    def reopen(self):
        self.library.close()
        self.library = Library(self.folder, exact_limit=4)
        self.desk = self.make_desk(self.library)

    @invariant()
    def is_sound(self):
        self.check(self.library)

    def teardown(self):
        if hasattr(self, "library"):
            self.library.close()


def test_random_operations_leave_memory_and_disk_in_step(folder, make_desk, sound):
    kind = type("Operations", (_Operations,), {"make_desk": staticmethod(make_desk), "check": staticmethod(sound)})
    kind.folder = folder
    few = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(kind, settings=few)
