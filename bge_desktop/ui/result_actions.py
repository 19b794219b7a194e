"""What one can do with results of a list: the actions of its context menu and of its keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent

from bge_desktop.messages import ErrorReport, SearchResult
from bge_desktop.ui import copying
from bge_desktop.ui.label_boxes import ask_for_name
from bge_desktop.ui.result_menu import ResultAction
from bge_desktop.ui.wording import container_text, number

if TYPE_CHECKING:
    from bge_desktop.ui.results_view import ResultsView

MOST_OPENED = 10
"""How many documents are opened at once."""


class ResultActions(QObject):
    """Has a view say what is wanted of the results that an action is given."""

    _written = Signal(str)

    def __init__(self, view: ResultsView) -> None:
        super().__init__(view)
        self._view = view
        self._written.connect(view.copy_wanted, Qt.ConnectionType.QueuedConnection)
        self._open = ResultAction(
            self.tr("Open"), ("Enter", "Return"), self._open_results, self.tr("Open {count} documents")
        )
        self._reveal = ResultAction(
            self.tr("Show in folder"), ("Ctrl+Enter", "Ctrl+Return"), _of_path(view.reveal_wanted)
        )
        self._copy = self._copying(self.tr("Copy path"), ("Ctrl+C",), copying.paths, self.tr("Copy {count} paths"))
        self.copy_as = (
            self._copying(self.tr("Text"), (), copying.plain_text),
            self._copying(self.tr("Markdown"), (), copying.markdown),
            self._copying(self.tr("Citation"), ("Ctrl+Shift+C",), copying.citations),
        )
        self.search = (
            ResultAction(self.tr("Find similar documents"), ("Ctrl+Shift+F",), _of_path(view.similar_wanted)),
            ResultAction(self.tr("Not like this"), ("Ctrl+Shift+N",), self._leave_out, self.tr("Not like these")),
        )
        self.removal = ResultAction(self.tr("Remove folder…"), (), lambda some: view.remove_wanted.emit(some[0]))

    def for_files(self, results: Sequence[SearchResult]) -> list[ResultAction]:
        """Return what opens, shows and copies results; where one lies within another file, that opens, too."""
        whole = container_text(results[0].path) if results[0].place else ""
        outer = [ResultAction(whole, (), _of_path(self._view.open_file_wanted))] if whole else []
        return [self._open, *outer, self._reveal, self._copy]

    def make_label(self, paths: tuple[str, ...]) -> None:
        """Ask for the name of a label, and have documents have it, by the paths of their files."""
        take = self._view.label_added.emit
        ask_for_name(self._view.window(), self.tr("New label"), "", lambda name: take(name, paths))

    def pressed(self, event: QKeyEvent) -> ResultAction | None:
        """Return what a key event asks for; None where it asks for nothing here."""
        actions = (self._open, self._reveal, self._copy, *self.copy_as, *self.search)
        return next((action for action in actions if action.is_pressed(event)), None)

    def _copying(
        self,
        text: str,
        keys: tuple[str, ...],
        written: Callable[[Sequence[SearchResult]], str],
        text_for_many: str | None = None,
    ) -> ResultAction:
        def copy(results: Sequence[SearchResult]) -> None:
            copied = written(results)
            with suppress(RuntimeError):  # the window has gone meanwhile, as with a change of language
                self._written.emit(copied)

        def start(results: Sequence[SearchResult]) -> None:
            # In a thread: the text of thousands takes its time.
            threading.Thread(target=copy, args=(results,), name="write-copy", daemon=True).start()

        return ResultAction(text, keys, start, text_for_many or text)

    def _open_results(self, results: Sequence[SearchResult]) -> None:
        documents: dict[str, SearchResult] = {}
        for result in results:
            documents.setdefault(result.path, result)
        for result in islice(documents.values(), MOST_OPENED):
            self._view.open_wanted.emit(result)
        if len(documents) > MOST_OPENED:
            title = self.tr("The first {most} of {count} documents were opened")
            message = self.tr("More are not opened at once. Select fewer to open the others.")
            report = ErrorReport(title.format(most=number(MOST_OPENED), count=number(len(documents))), message)
            self._view.told.emit(report)

    def _leave_out(self, results: Sequence[SearchResult]) -> None:
        for path in dict.fromkeys(result.path for result in results):
            self._view.unlike_wanted.emit(path)


def _of_path(signal: SignalInstance) -> Callable[[Sequence[SearchResult]], None]:
    return lambda results: signal.emit(results[0].path)
