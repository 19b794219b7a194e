"""A worker and a client of it, as the window is one."""

from __future__ import annotations

import os
import queue
import time

from bge_desktop.messages import ErrorReport, Search, SearchAnswer
from bge_desktop.worker import Worker


class Client:
    """A worker and what it has said; asks as the window does."""

    def __init__(self, library, **options):
        self.events = queue.SimpleQueue()
        self.errors = []
        self.generation = 0
        self.worker = Worker(str(library), self.events.put, device="cpu", **options)
        self.worker.start()

    def search(self, query, timeout=60.0):
        """Return the complete answer."""
        self.generation += 1
        self.worker.submit(Search(query, self.generation))
        deadline = time.monotonic() + timeout
        while True:
            event = self.events.get(timeout=deadline - time.monotonic())
            if isinstance(event, ErrorReport):
                self.errors.append(event)
            if isinstance(event, SearchAnswer) and event.generation == self.generation and event.complete:
                return event

    def names(self, query):
        return [os.path.basename(result.path) for result in self.search(query).results]

    def wait_for(self, condition, timeout=60.0):
        """Ask again and again until the condition holds. The deadline is generous: no test here is a timed one."""
        deadline = time.monotonic() + timeout
        while not condition():
            assert time.monotonic() < deadline, "it never came true"
            time.sleep(0.1)
