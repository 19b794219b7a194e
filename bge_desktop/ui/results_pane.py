"""The middle of the window: the results of the current query, or a note where there are none."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from bge_desktop.messages import SearchAnswer, Sentences
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView


class ResultsPane(QStackedWidget):
    """Shows answers. A list stays on show until the next one is there, so that typing does not flicker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResultsModel(self)
        self.view = ResultsView(self.model)
        self.hint = NotePage(
            "search",
            self.tr("Type what you are looking for"),
            self.tr("Ask in your own words: the passages that answer appear as you type."),
        )
        self.nothing = NotePage(
            "file",
            self.tr("No document matches"),
            self.tr("Try other words, or add the folder that holds the document."),
        )
        self._query = ""
        for page in (self.hint, self.view, self.nothing):
            self.addWidget(page)

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show the results; an empty half of an answer says nothing yet."""
        if not (answer.results or answer.complete):
            return
        keeps_place = answer.query == self._query or self._has_same_top(answer)
        self._query = answer.query
        if not keeps_place:
            self.view.forget_place()
        self.model.set_results(answer.results)
        self.setCurrentWidget(self.view if answer.results else self.nothing)

    def show_sentences(self, found: Sentences) -> None:
        """Mark the most telling sentences of the results on show."""
        self.model.set_sentences(found)

    def _has_same_top(self, answer: SearchAnswer) -> bool:
        """Whether an answer to another query brings nothing better: one may be reading, or pointing at a row."""
        shown = self.model.results()
        return bool(shown and answer.results) and shown[0].path == answer.results[0].path

    def show_hint(self) -> None:
        """Forget the results: nothing is typed."""
        self._query = ""
        self.model.set_results(())
        self.setCurrentWidget(self.hint)
