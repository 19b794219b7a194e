"""The main window: puts the parts together and says what their signals do."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QVBoxLayout, QWidget

from bge_desktop import resources
from bge_desktop.messages import Progress, SearchAnswer, SearchResult, WindowWanted
from bge_desktop.query_terms import like
from bge_desktop.ui import wording
from bge_desktop.ui.answer_line import AnswerLine
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.dropping import DropHighlight
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.filter_chips import FilterChips
from bge_desktop.ui.first_start import FirstStart
from bge_desktop.ui.folder_actions import FolderActions
from bge_desktop.ui.header import Header
from bge_desktop.ui.help import Help
from bge_desktop.ui.history import History
from bge_desktop.ui.library_link import connect_library
from bge_desktop.ui.library_page import LibraryPage
from bge_desktop.ui.marked_documents import MarkedDocuments
from bge_desktop.ui.message_bar import MessageBar
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.pages import WelcomePage
from bge_desktop.ui.presentation import PresentationWatch
from bge_desktop.ui.result_labels import ResultLabels
from bge_desktop.ui.search_page import SearchPage
from bge_desktop.ui.second_start import bring_forward
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.understanding import Understanding
from bge_desktop.ui.window_pages import WindowPage, WindowPages

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FIRST_SIZE = QSize(160 * GRID, 96 * GRID)


class MainWindow(QMainWindow):
    """Search bar, results with their preview, the page of the library, and a line that says how far that is.

    Args:
        bridge: the way to the worker; the window starts and stops nothing itself.
        settings: where the window's place is kept.
        opener: opens documents; one of its own by default.
        history: the queries of the past; without it, none are kept.
    """

    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self, bridge: Bridge, settings: QSettings, opener: Opener | None = None, history: History | None = None
    ) -> None:
        super().__init__()
        self._bridge, self._settings, self._history = bridge, settings, history
        self._opener = opener or Opener(self)
        had_folders = bool(settings.value("window/has_folders", False, bool))
        self._progress, self._first_start = Progress(), FirstStart(bridge, not had_folders, self)
        self.message_bar, self.header, self.chips = MessageBar(), Header(), FilterChips()
        self.search_bar = self.header.search_bar
        self._marked = MarkedDocuments(bridge.query, self.chips, self.search_bar)
        self.welcome, self.search_page, self.library = WelcomePage(), SearchPage(settings), LibraryPage()
        self.results, self.preview = self.search_page.results, self.search_page.preview
        self._presentation, self._folder_actions = PresentationWatch(self), FolderActions(bridge, self)
        self._understanding = Understanding(bridge, self)
        self.pages = WindowPages(
            {
                WindowPage.WELCOME: self.welcome,
                WindowPage.SEARCH: self.search_page,
                WindowPage.LIBRARY: self.library,
            },
            {WindowPage.TOPICS: self._understanding.topics, WindowPage.LABELS: self._understanding.labels},
        )
        self.library_label, self.answer_label = _status_label(), AnswerLine()
        self._build()
        self._connect()
        self._restore()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the library is; without any folder, invite to add one."""
        self._progress = progress
        self.library.show_progress(progress)
        self._folder_actions.show_folders(progress.folders)
        self._presentation.set_wanted(progress.pending > 0)
        self._first_start.take_progress(progress)
        self.library_label.set_whole_text(wording.library_text(progress) if progress.folders else "")

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show an answer and how long it took."""
        self.search_page.show_answer(answer)
        if answer.complete:
            self.search_page.hints.show_hints(answer.hints)
            self.answer_label.say(wording.answer_text(answer))

    def show_page(self, name: WindowPage) -> None:
        """Show a page; at the first start, none but the welcome has anything to show."""
        if self._first_start.is_on:
            return
        page, is_search = self.pages.show_page(name), name is WindowPage.SEARCH
        self.chips.setHidden(not is_search)
        self.header.show_page(name)
        (self.search_bar if is_search else page).setFocus()

    def show_documents(self, documents: tuple[int, ...]) -> None:
        """List these documents, by their ids, until they are let go."""
        self.show_page(WindowPage.SEARCH)
        self._marked.show(documents)

    def show_library(self) -> None:
        """Show the page of the library."""
        self.show_page(WindowPage.LIBRARY)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Have Enter press the button that has the focus, as Space does: a button itself leaves it alone."""
        button = self.focusWidget()
        if event.key() in _ENTER and isinstance(button, QAbstractButton) and not event.isAutoRepeat():
            button.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep the window's place."""
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/has_folders", bool(self._progress.folders))
        self.search_page.keep()
        super().closeEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("BGE Desktop"))
        self.chips.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.message_bar, self.header, self.chips):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self.library_label.setContentsMargins(GRID * 7 // 4, 0, 0, 0)
        self.answer_label.setContentsMargins(0, 0, GRID, 0)
        self.answer_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.statusBar().addWidget(self.library_label, 1)
        self.statusBar().addPermanentWidget(self.answer_label, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.drop_highlight = DropHighlight(self)

    def _connect(self) -> None:
        self.drop_highlight.dropped.connect(self._bridge.add_folder)
        self._first_start.changed.connect(self._show_page)
        self._bridge.progressed.connect(self.show_progress)
        self._bridge.window_wanted.connect(self._answer_start)
        self._bridge.busy_changed.connect(self._show_busy)
        self._bridge.failed.connect(self.message_bar.show_report)
        self._presentation.changed.connect(self._bridge.present)
        self.welcome.folder_wanted.connect(self._folder_actions.choose)
        self.welcome.suggestion_wanted.connect(self._bridge.add_folder)
        self.welcome.samples_wanted.connect(lambda: self._bridge.add_folder(resources.path("samples")))
        self.welcome.settings_wanted.connect(self.settings_wanted)
        for keys in ("Ctrl+F", "Ctrl+L"):
            QShortcut(QKeySequence(keys), self, self._begin_search)
        self._connect_opener()
        self._connect_header()
        self._connect_search()
        self._connect_answers()
        self._connect_results()
        connect_library(self.library, self._bridge, self._opener, self._folder_actions)
        self._understanding.query_wanted.connect(self._show_found)
        self._understanding.documents_wanted.connect(self.show_documents)
        self._understanding.open_wanted.connect(self._opener.open)

    def _connect_opener(self) -> None:
        self._opener.failed.connect(self.message_bar.show_report)
        self._opener.member_wanted.connect(self._bridge.unpack_member)
        self._opener.member_wanted.connect(lambda: self.setCursor(Qt.CursorShape.BusyCursor))
        self._bridge.unpacked.connect(self._opener.open_unpacked)
        for over in (self._bridge.unpacked, self._bridge.failed):
            over.connect(self.unsetCursor)  # a lambda would outlive this window

    def _connect_header(self) -> None:
        header, page, helping = self.header, self.search_page, Help(self)
        self.addActions(header.menu.actions())
        header.add_wanted.connect(self._folder_actions.choose)
        header.page_wanted.connect(self.show_page)
        header.preview_wanted.connect(page.put_preview)
        header.filters_wanted.connect(page.show_filters)
        header.settings_wanted.connect(self.settings_wanted)
        header.keys_wanted.connect(helping.show_keys)
        header.about_wanted.connect(helping.show_about)
        header.quit_wanted.connect(self.quit_wanted)
        page.place_changed.connect(header.show_preview_place)
        header.show_preview_place(page.preview_place)
        header.show_filters(page.are_filters_wanted)

    def _connect_search(self) -> None:
        bar = self.search_bar
        bar.typed.connect(self._bridge.typing)
        bar.query_changed.connect(self._search)
        bar.moved_down.connect(self._enter_results)
        bar.confirmed.connect(self._open_best)
        bar.left_alone.connect(self.message_bar.dismiss)
        for filters in (self.chips, self.search_page.filters):
            filters.toggled.connect(bar.toggle)
        self.chips.removed.connect(bar.remove)
        if history := self._history:
            history.changed.connect(bar.show_history)
            history.failed.connect(self.message_bar.show_report)
            bar.query_changed.connect(history.take_query)
            self._bridge.answered.connect(history.take_answer)
            bar.show_history(history.queries)

    def _connect_answers(self) -> None:
        bridge, page = self._bridge, self.search_page
        bridge.answered.connect(self.show_answer)
        bridge.sentences_found.connect(self.results.show_sentences)
        bridge.passages_found.connect(page.show_passages)
        bridge.query.reranking_changed.connect(self.answer_label.show_reranking)
        bridge.query.reranked.connect(self.results.show_reranked)
        bridge.facets_counted.connect(page.filters.show_facets)
        bridge.facets_counted.connect(self.chips.show_facets)
        bridge.previewed.connect(self.preview.show_preview)
        page.passages_wanted.connect(bridge.find_passages)
        self.preview.preview_wanted.connect(bridge.preview)
        self.preview.open_wanted.connect(self._open)
        self.results.more_wanted.connect(bridge.more)
        self.results.all_wanted.connect(bridge.all)

    def _connect_results(self) -> None:
        view = self.results.view
        view.left_upwards.connect(self.search_bar.focus_all)
        view.given_up.connect(self.search_bar.start_over)
        view.open_wanted.connect(self._open)
        view.open_file_wanted.connect(self._opener.open)
        view.reveal_wanted.connect(self._opener.reveal)
        view.copy_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        view.similar_wanted.connect(lambda path: self.search_bar.replace(like(path)))
        view.unlike_wanted.connect(lambda path: self.search_bar.add_term(like(path, negated=True)))
        view.remove_wanted.connect(self._folder_actions.remove_of)
        view.told.connect(self.message_bar.show_report)
        ResultLabels(self._bridge, view)
        self.results.exported.connect(self._show_exported)

    def _restore(self) -> None:
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        if geometry := self._settings.value("window/geometry"):
            self.restoreGeometry(geometry)
            self.resize(self.size().boundedTo(self.screen().availableSize()))
        self._show_page(self._first_start.is_on)

    def _show_page(self, is_first_start: bool) -> None:
        """Show the page of the first start, or that of the search."""
        self.header.show_first_start(is_first_start)
        self.statusBar().setHidden(is_first_start)
        if is_first_start:
            self.chips.hide()
            self.pages.show_page(WindowPage.WELCOME)
            self.welcome.drop_target.setFocus()
        else:
            self.show_page(WindowPage.SEARCH)

    def _answer_start(self, wanted: WindowWanted) -> None:
        bring_forward(self, wanted.token)
        for path in wanted.folders:
            self._bridge.add_folder(path)

    def _show_busy(self, is_busy: bool) -> None:
        report = wording.busy_report()
        if is_busy:
            self.message_bar.show_report(report)
        else:
            self.message_bar.withdraw(report)

    def _begin_search(self) -> None:
        if not self._first_start.is_on:
            self.show_page(WindowPage.SEARCH)
            self.search_bar.focus_all()

    def _search(self, query: str) -> None:
        self._bridge.search(query)
        self.search_page.show_query(query)
        self.chips.show_query(query)
        if not query.strip():
            self.answer_label.say("")
            self.search_page.hints.show_hints(())
        elif self.pages.shown is not WindowPage.SEARCH:
            self.show_page(WindowPage.SEARCH)

    def _show_found(self, query: str) -> None:
        """Show what a query finds that was wanted on another page."""
        self.show_page(WindowPage.SEARCH)
        self._marked.let_go()
        self.search_bar.replace(query)

    def _enter_results(self) -> None:
        if self.results.model.rowCount():
            self.results.view.enter()

    def _open_best(self) -> None:
        if (result := self.results.view.result_to_open()) is not None:
            self._open(result)

    def _open(self, result: SearchResult) -> None:
        self._opener.open_result(result)
        if self._history:
            self._history.take_opening()

    def _show_exported(self, path: str, count: int) -> None:
        self.answer_label.say(wording.exported_text(count, path))


def _status_label() -> ElidedLabel:
    return ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
