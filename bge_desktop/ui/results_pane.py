"""The middle of the window: the results of the current query, or a note where there are none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from bge_desktop.messages import FoundPassages, Reranked, SearchAnswer, Sentences
from bge_desktop.ui.better_order import BetterOrder
from bge_desktop.ui.export import Exporter
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.result_order import Order
from bge_desktop.ui.results_header import ResultsHeader
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView
from bge_desktop.ui.starting_folder import StartingFolder


class ResultsPane(QWidget):
    """Shows answers. A list stays on show until the next one is there, so that typing does not flicker."""

    exported = Signal(object, int)
    """The path of a file into which the list was written, and the number of documents in it."""
    more_wanted = Signal(int)
    """The end of the list is near: more documents are wanted than this number."""
    all_wanted = Signal()
    """All documents are wanted: they are ordered by something else than how well they answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResultsModel(self)
        self.view = ResultsView(self.model)
        self.better = BetterOrder(self.model, self.view, self)
        self.header = ResultsHeader()
        self.header.order_wanted.connect(self.set_order)
        self.header.export_wanted.connect(self.choose_file)
        self.view.more_wanted.connect(self._ask_for_more)
        self._start, self._exporter = StartingFolder(), Exporter(self)
        self._exporter.exported.connect(self.exported)
        self._exporter.failed.connect(self.view.told)
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
        self._total, self._is_ranked = 0, True
        self.pages = QStackedWidget()
        for page in (self.hint, self.view, self.nothing):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.pages, 1)
        column.addWidget(self.better.offer)
        self._show(self.hint)

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show the results; an empty half of an answer says nothing yet."""
        if not (answer.results or answer.complete):
            return
        keeps_place = answer.query == self._query or self._has_same_top(answer)
        if answer.query != self._query:
            self.model.fold_all()
            self.better.forget()
        self._query = answer.query
        if not keeps_place:
            self.view.forget_place()
        outdated = self.model.outdated_passages(answer.results)
        self.model.set_results(answer.results)
        self._total, self._is_ranked = answer.total, answer.is_ranked
        self._show(self.view if answer.results else self.nothing)
        for path in outdated:
            self.view.passages_wanted.emit(path)
        if answer.complete:
            self._complete_order()

    def show_sentences(self, found: Sentences) -> None:
        """Mark the most telling sentences of the results on show."""
        self.model.set_sentences(found)

    def show_reranked(self, found: Reranked) -> None:
        """Bring in a better order, or offer it where one is at work with the list."""
        self.better.take(found.paths)

    def show_passages(self, found: FoundPassages) -> None:
        """Show the further passages of a document that was unfolded."""
        self.model.set_passages(found)

    def set_order(self, order: Order) -> None:
        """List the documents in another order, until the program ends."""
        self.model.set_order(order)
        self.header.show_order(order)
        self.better.look_again()
        self._show_count()
        self._complete_order()
        self.view.look_again()

    def choose_file(self) -> None:
        """Ask where to write the list, and write it there: all documents that are loaded, in their order."""
        dialog = QFileDialog(self, self.tr("Export the list"), self._start.path(), self.tr("Spreadsheet (*.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("Results") + ".csv")
        dialog.fileSelected.connect(self._start.note_choice)
        dialog.fileSelected.connect(partial(self._exporter.export, self.model.results()))
        dialog.open()

    def show_hint(self) -> None:
        """Forget the results: nothing is typed."""
        self._query = ""
        self._total, self._is_ranked = 0, True
        self.better.forget()
        self.model.set_results(())
        self._show(self.hint)

    def _show(self, page: QWidget) -> None:
        self.header.setVisible(page is self.view)
        self._show_count()
        self.pages.setCurrentWidget(page)

    @property
    def _is_part(self) -> bool:
        return self.model.count() < self._total

    @property
    def _are_best_ordered(self) -> bool:
        """Whether only the best are put in order: meaning ranks all documents, and few of them are asked for."""
        return self._is_part and self._is_ranked and self.model.order is not Order.RELEVANCE

    def _show_count(self) -> None:
        self.header.show_count(self.model.count(), self._total, are_best=self._are_best_ordered)

    def _complete_order(self) -> None:
        if self._is_part and not self._is_ranked and self.model.order is not Order.RELEVANCE:
            self.all_wanted.emit()

    def _ask_for_more(self, count: int) -> None:
        if not self._are_best_ordered:
            self.more_wanted.emit(count)

    def _has_same_top(self, answer: SearchAnswer) -> bool:
        """Whether an answer to another query brings nothing better: one may be reading, or pointing at a row."""
        first = self.model.first()
        return first is not None and bool(answer.results) and first.path == answer.results[0].path
