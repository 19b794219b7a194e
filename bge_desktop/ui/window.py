"""The main window: puts the parts together and says what their signals do."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from bge_desktop import resources
from bge_desktop.messages import Progress, SearchAnswer, SearchResult, WindowWanted
from bge_desktop.query_terms import like
from bge_desktop.ui import wording
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.filter_chips import FilterChips
from bge_desktop.ui.folder_actions import FolderActions
from bge_desktop.ui.header import Header
from bge_desktop.ui.history import History
from bge_desktop.ui.library_page import LibraryPage
from bge_desktop.ui.message_bar import MessageBar
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.pages import DropHighlight, WelcomePage
from bge_desktop.ui.paths import local_paths, shown_path
from bge_desktop.ui.presentation import PresentationWatch
from bge_desktop.ui.result_drag import is_own_drag
from bge_desktop.ui.search_page import SearchPage
from bge_desktop.ui.second_start import bring_forward
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label, Pages

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
        self._progress = Progress()
        self.message_bar, self.header, self.chips = MessageBar(), Header(), FilterChips()
        self.search_bar = self.header.search_bar
        self.welcome, self.search_page, self.library = WelcomePage(), SearchPage(settings), LibraryPage()
        self.results, self.preview = self.search_page.results, self.search_page.preview
        self._presentation, self._folder_actions = PresentationWatch(self), FolderActions(bridge, self)
        self.pages = Pages()
        self.library_label, self.answer_label = Label(style=Type.SMALL, dim=True), Label(style=Type.SMALL, dim=True)
        self._build()
        self._connect()
        self._restore()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the library is; without any folder, invite to add one."""
        self._progress = progress
        self.library.show_progress(progress)
        self._folder_actions.show_folders(progress.folders)
        self._presentation.set_wanted(progress.pending > 0)
        self._show_page(first_start=not progress.folders)
        self.library_label.setText(wording.library_text(progress) if progress.folders else "")

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show an answer and how long it took."""
        self.search_page.show_answer(answer)
        if answer.complete:
            self.answer_label.setText(wording.answer_text(answer))

    def show_library(self, is_shown: bool = True) -> None:
        """Show the page of the library, or that of the search."""
        self.pages.setCurrentWidget(self.library if is_shown else self.search_page)
        self.chips.setHidden(is_shown)
        self.header.show_library(is_shown)
        (self.library if is_shown else self.search_bar).setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept local files and folders, but for results of one's own, and show that."""
        if local_paths(event.mimeData()) and not is_own_drag(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.drop_highlight.appear()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802
        """Take the highlight away."""
        self.drop_highlight.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Index what was dropped."""
        self.drop_highlight.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        for path in local_paths(event.mimeData()):
            self._bridge.add_folder(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep the window's place."""
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/has_folders", bool(self._progress.folders))
        self.search_page.keep()
        super().closeEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("BGE Desktop"))
        self.setAcceptDrops(True)
        for page in (self.welcome, self.search_page, self.library):
            self.pages.addWidget(page)
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
        self.statusBar().addWidget(self.library_label)
        self.statusBar().addPermanentWidget(self.answer_label)
        self.statusBar().setSizeGripEnabled(False)
        self.drop_highlight = DropHighlight(self)

    def _connect(self) -> None:
        self._bridge.progressed.connect(self.show_progress)
        self._bridge.window_wanted.connect(self._answer_start)
        self._bridge.busy_changed.connect(self._show_busy)
        self._bridge.failed.connect(self.message_bar.show_report)
        self._presentation.changed.connect(self._bridge.present)
        self.welcome.folder_wanted.connect(self._folder_actions.choose)
        self.welcome.suggestion_wanted.connect(self._bridge.add_folder)
        self.welcome.samples_wanted.connect(lambda: self._bridge.add_folder(resources.path("samples")))
        for keys in ("Ctrl+F", "Ctrl+L"):
            QShortcut(QKeySequence(keys), self, self._begin_search)
        self._connect_opener()
        self._connect_header()
        self._connect_search()
        self._connect_answers()
        self._connect_results()
        self._connect_library()

    def _connect_opener(self) -> None:
        self._opener.failed.connect(self.message_bar.show_report)
        self._opener.member_wanted.connect(self._bridge.unpack_member)
        self._opener.member_wanted.connect(lambda: self.setCursor(Qt.CursorShape.BusyCursor))
        self._bridge.unpacked.connect(self._opener.open_unpacked)
        for over in (self._bridge.unpacked, self._bridge.failed):
            over.connect(self.unsetCursor)  # a lambda would outlive this window

    def _connect_header(self) -> None:
        header, page = self.header, self.search_page
        header.add_wanted.connect(self._folder_actions.choose)
        header.library_wanted.connect(self.show_library)
        header.preview_wanted.connect(page.put_preview)
        header.filters_wanted.connect(page.show_filters)
        header.settings_wanted.connect(self.settings_wanted)
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
        bridge.facets_counted.connect(page.filters.show_facets)
        bridge.facets_counted.connect(self.chips.show_facets)
        bridge.previewed.connect(self.preview.show_preview)
        page.passages_wanted.connect(bridge.find_passages)
        self.preview.preview_wanted.connect(bridge.preview)
        self.preview.open_wanted.connect(self._open)
        self.results.view.more_wanted.connect(bridge.more)

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
        self.results.exported.connect(self._show_exported)

    def _connect_library(self) -> None:
        bridge, folders, failures = self._bridge, self.library.folders, self.library.failures
        bridge.status_reported.connect(self.library.show_status)
        self.library.status_wanted.connect(bridge.report_status)
        self.library.rules_chosen.connect(bridge.set_rules)
        folders.add_wanted.connect(self._folder_actions.choose)
        folders.rescan_wanted.connect(bridge.rescan)
        folders.pause_wanted.connect(bridge.pause)
        folders.resume_wanted.connect(bridge.resume)
        folders.index_now_wanted.connect(bridge.index_now)
        folders.reveal_wanted.connect(self._opener.reveal)
        folders.remove_wanted.connect(self._folder_actions.remove)
        failures.retry_wanted.connect(bridge.retry)
        failures.open_wanted.connect(self._opener.open)
        failures.reveal_wanted.connect(self._opener.reveal)

    def _restore(self) -> None:
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        if geometry := self._settings.value("window/geometry"):
            self.restoreGeometry(geometry)
        self._show_page(first_start=self._settings.value("window/has_folders", False, bool) is False)
        (self.welcome.drop_target if self.header.isHidden() else self.search_bar).setFocus()

    def _show_page(self, *, first_start: bool) -> None:
        is_welcome = self.pages.currentWidget() is self.welcome
        if first_start == is_welcome and self.header.isHidden() == first_start:
            return
        self.header.setHidden(first_start)
        self.statusBar().setHidden(first_start)
        if first_start:
            self.chips.hide()
            self.pages.setCurrentWidget(self.welcome)
            self.welcome.drop_target.setFocus()
        else:
            self.show_library(False)

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
        if self.pages.currentWidget() is not self.welcome:
            self.show_library(False)
            self.search_bar.focus_all()

    def _search(self, query: str) -> None:
        self._bridge.search(query)
        self.search_page.show_query(query)
        self.chips.show_query(query)
        if not query.strip():
            self.answer_label.clear()
        elif self.pages.currentWidget() is self.library:
            self.show_library(False)

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

    def _show_exported(self, path: str) -> None:
        self.answer_label.setText(self.tr("The list was written to {path}").format(path=shown_path(path)))
