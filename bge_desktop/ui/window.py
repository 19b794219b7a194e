"""The main window: puts the parts together and says what their signals do."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from bge_desktop import resources
from bge_desktop.messages import Failure, Progress, SearchAnswer, SearchResult, WindowWanted, displayable
from bge_desktop.query_terms import like
from bge_desktop.ui import wording
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.failures import FailuresDialog
from bge_desktop.ui.folders_panel import FoldersPanel
from bge_desktop.ui.message_bar import MessageBar
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.pages import DropHighlight, WelcomePage
from bge_desktop.ui.paths import local_paths
from bge_desktop.ui.presentation import PresentationWatch
from bge_desktop.ui.removal_box import RemovalBox
from bge_desktop.ui.results_pane import ResultsPane
from bge_desktop.ui.search_bar import SearchBar
from bge_desktop.ui.second_start import bring_forward
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label

_FIRST_SIZE = QSize(132 * GRID, 88 * GRID)


class MainWindow(QMainWindow):
    """Search bar, results, folders, and the line that says how far the library is.

    Args:
        bridge: the way to the worker; the window starts and stops nothing itself.
        settings: where the window's place is kept.
        opener: opens documents; one of its own by default.
    """

    def __init__(self, bridge: Bridge, settings: QSettings, opener: Opener | None = None) -> None:
        super().__init__()
        self._bridge, self._settings = bridge, settings
        self._opener = opener or Opener(self)
        self._progress = Progress()
        self._failures_dialog: FailuresDialog | None = None
        self.message_bar = MessageBar()
        self.search_bar = SearchBar()
        self.results = ResultsPane()
        self.folders = FoldersPanel()
        self._presentation = PresentationWatch(self)
        self.welcome = WelcomePage()
        self.pages = QStackedWidget()
        self.library_label, self.answer_label = Label(style=Type.SMALL, dim=True), Label(style=Type.SMALL, dim=True)
        self._build()
        self._connect()
        self._restore()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the library is; without any folder, invite to add one."""
        self._progress = progress
        self.folders.show_folders(progress.folders, progress.held)
        self._presentation.set_wanted(progress.pending > 0)
        self._show_page(first_start=not progress.folders)
        self.library_label.setText(wording.library_text(progress) if progress.folders else "")
        self._update_failures()

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show an answer and how long it took."""
        self.results.show_answer(answer)
        if answer.complete:
            self.answer_label.setText(wording.answer_text(answer))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept local files and folders, and show that."""
        if local_paths(event.mimeData()):
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
        self._settings.setValue("window/splitter", self.splitter.saveState())
        self._settings.setValue("window/has_folders", bool(self._progress.folders))
        super().closeEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("BGE Desktop"))
        self.setAcceptDrops(True)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.folders)
        self.splitter.addWidget(self.results)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([self.folders.sizeHint().width(), _FIRST_SIZE.width()])
        self.splitter.setHandleWidth(1)
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.splitter)
        self._search_row = QWidget()
        row = QVBoxLayout(self._search_row)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.addWidget(self.search_bar)
        self._fill_centre()
        self.drop_highlight = DropHighlight(self)

    def _fill_centre(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.message_bar, self._search_row):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self.library_label.setContentsMargins(GRID * 7 // 4, 0, 0, 0)
        self.answer_label.setContentsMargins(0, 0, GRID, 0)
        self.statusBar().addWidget(self.library_label)
        self.statusBar().addPermanentWidget(self.answer_label)
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        self._bridge.answered.connect(self.show_answer)
        self._bridge.sentences_found.connect(self.results.show_sentences)
        self._bridge.progressed.connect(self.show_progress)
        self._bridge.window_wanted.connect(self._answer_start)
        self._bridge.busy_changed.connect(self._show_busy)
        self._bridge.failed.connect(self.message_bar.show_report)
        self._connect_opener()
        self.welcome.folder_wanted.connect(self._choose_folder)
        self.welcome.samples_wanted.connect(lambda: self._bridge.add_folder(resources.path("samples")))
        for keys in ("Ctrl+F", "Ctrl+L"):
            QShortcut(QKeySequence(keys), self, self.search_bar.focus_all)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self, self.close)
        self._connect_search()
        self._connect_folders()

    def _connect_opener(self) -> None:
        self._opener.failed.connect(self.message_bar.show_report)
        self._opener.member_wanted.connect(self._bridge.unpack_member)
        self._opener.member_wanted.connect(lambda: self.setCursor(Qt.CursorShape.BusyCursor))
        self._bridge.unpacked.connect(self._opener.open_unpacked)
        for over in (self._bridge.unpacked, self._bridge.failed):
            over.connect(lambda: self.unsetCursor())

    def _connect_search(self) -> None:
        self.search_bar.typed.connect(self._bridge.typing)
        self.search_bar.query_changed.connect(self._search)
        self.search_bar.moved_down.connect(self._enter_results)
        self.search_bar.confirmed.connect(self._open_best)
        view = self.results.view
        view.left_upwards.connect(self.search_bar.focus_all)
        view.given_up.connect(self.search_bar.start_over)
        view.open_wanted.connect(self._opener.open_result)
        view.open_file_wanted.connect(self._opener.open)
        view.reveal_wanted.connect(self._opener.reveal)
        view.copy_wanted.connect(lambda path: QGuiApplication.clipboard().setText(displayable(path)))
        view.similar_wanted.connect(lambda path: self.search_bar.replace(like(path)))
        view.unlike_wanted.connect(lambda path: self.search_bar.add_term(like(path, negated=True)))
        view.remove_wanted.connect(self._remove_folder_of)

    def _connect_folders(self) -> None:
        self.folders.add_wanted.connect(self._choose_folder)
        self.folders.rescan_wanted.connect(self._bridge.rescan)
        self.folders.pause_wanted.connect(self._bridge.pause)
        self.folders.resume_wanted.connect(self._bridge.resume)
        self.folders.index_now_wanted.connect(self._bridge.index_now)
        self._presentation.changed.connect(self._bridge.present)
        self.folders.reveal_wanted.connect(self._opener.reveal)
        self.folders.remove_wanted.connect(self._ask_to_remove)
        self.folders.failures_wanted.connect(self._show_failures)

    def _restore(self) -> None:
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        if geometry := self._settings.value("window/geometry"):
            self.restoreGeometry(geometry)
        if splitter := self._settings.value("window/splitter"):
            self.splitter.restoreState(splitter)
        self._show_page(first_start=self._settings.value("window/has_folders", False, bool) is False)
        self.search_bar.setFocus()

    def _show_page(self, *, first_start: bool) -> None:
        page = self.welcome if first_start else self.splitter
        if self.pages.currentWidget() is not page or self._search_row.isHidden() != first_start:
            self.pages.setCurrentWidget(page)
            self._search_row.setHidden(first_start)
            self.statusBar().setHidden(first_start)
            (self.welcome.drop_target if first_start else self.search_bar).setFocus()

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

    def _search(self, query: str) -> None:
        self._bridge.search(query)
        if not query.strip():
            self.results.show_hint()
            self.answer_label.clear()

    def _enter_results(self) -> None:
        if self.results.model.rowCount():
            self.results.view.enter()

    def _open_best(self) -> None:
        if (result := self.results.view.result_to_open()) is not None:
            self._opener.open_result(result)

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Add a folder"))
        if path:
            self._bridge.add_folder(os.path.normpath(path))

    def _remove_folder_of(self, result: SearchResult) -> None:
        # A file that was added by itself is its own folder; `result.folder` is then only its parent.
        known = {folder.path for folder in self._progress.folders}
        self._ask_to_remove(result.path if result.path in known else result.folder)

    def _ask_to_remove(self, path: str) -> None:
        status = next((own for own in self._progress.folders if own.path == path), None)
        if status is None:
            return  # it has gone meanwhile
        box = RemovalBox(status, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.remove_button.clicked.connect(partial(self._bridge.remove_folder, path))
        box.open()

    def _show_failures(self, folder: str) -> None:
        if self._failures_dialog is not None:
            self._failures_dialog.close()
        dialog = self._failures_dialog = FailuresDialog(folder, self)
        dialog.retry_wanted.connect(partial(self._bridge.rescan, folder))
        dialog.finished.connect(self._forget_failures)
        self._update_failures()
        dialog.show()

    def _forget_failures(self) -> None:
        self._failures_dialog = None

    def _update_failures(self) -> None:
        if self._failures_dialog is not None:
            self._failures_dialog.set_failures(self._failures_in(self._failures_dialog.folder))

    def _failures_in(self, folder: str) -> tuple[Failure, ...]:
        inside = folder.rstrip(os.sep) + os.sep
        return tuple(item for item in self._progress.failures if item.path == folder or item.path.startswith(inside))
