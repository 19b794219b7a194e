"""Building the vector graphs in a thread of their own, while searches go on by scanning."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable

from bge_desktop.bge.script import Language
from bge_desktop.errors import UserError
from bge_desktop.library.graph import Graph
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, Event
from bge_desktop.worker.queue import JobQueue, Priority


class Graphs:
    """Builds the graph of each model whose vectors have become too many to scan.

    Args:
        library: whose vectors.
        queue: of the worker's thread.
        emit: takes error reports.
    """

    def __init__(self, library: Library, queue: JobQueue, emit: Callable[[Event], None]) -> None:
        self._library, self._queue, self._emit = library, queue, emit
        self._threads: dict[Language, threading.Thread] = {}

    def build_where_wanted(self) -> None:
        """Start building the graphs that are wanted and not yet being built."""
        for language, index in self._library.vectors.items():
            if index.wants_graph and language not in self._threads:
                thread = threading.Thread(target=self._build, args=(language,), name=f"graph-{language}", daemon=True)
                self._threads[language] = thread
                thread.start()

    def close(self) -> None:
        """Wait for the graphs that are being built."""
        for thread in list(self._threads.values()):
            thread.join()

    def _build(self, language: Language) -> None:
        try:
            graph = self._library.build_graph(language)
        except UserError as error:
            self._queue.put(Priority.INDEX, functools.partial(self._report, language, error))
        else:
            self._queue.put(Priority.INDEX, functools.partial(self._adopt, language, graph))

    def _adopt(self, language: Language, graph: Graph) -> None:
        del self._threads[language]
        try:
            self._library.adopt_graph(language, graph)
        except UserError as error:  # searches go on, through the graph or by scanning
            self._emit(ErrorReport(error.title, error.message, error.path))

    def _report(self, language: Language, error: UserError) -> None:
        del self._threads[language]
        self._emit(ErrorReport(error.title, error.message, error.path))
