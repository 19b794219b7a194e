"""The pieces of the window as a person meets them, each with something on it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from bge_desktop.logs.reports import CrashReport
from bge_desktop.messages import (
    NO_RULES,
    AddingProgress,
    AvailableModel,
    ComingModels,
    ErrorReport,
    FacetCount,
    Facets,
    Failure,
    FolderState,
    FolderStatus,
    Held,
    ModelFound,
    ModelsListed,
    Progress,
    SearchAnswer,
    SearchResult,
    Span,
    TextPreview,
    Topics,
    UsedModel,
    Why,
)
from bge_desktop.settings import Settings
from bge_desktop.ui import map_view
from bge_desktop.ui.bridge import Bridge, WorkerFactory
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.core_texts import event_in_own_language
from bge_desktop.ui.crash_report import CrashReportDialog
from bge_desktop.ui.library_page import LibraryPage
from bge_desktop.ui.message_bar import MessageBar
from bge_desktop.ui.model_download import ModelDownload
from bge_desktop.ui.pages import WelcomePage
from bge_desktop.ui.preview_pane import PreviewPane
from bge_desktop.ui.quick_search import QuickSearch
from bge_desktop.ui.removal_box import RemovalBox
from bge_desktop.ui.results_pane import ResultsPane
from bge_desktop.ui.rules_dialog import RulesDialog
from bge_desktop.ui.settings_dialog import SettingsDialog
from bge_desktop.ui.topics_page import TopicsPage
from bge_desktop.ui.window import MainWindow
from bge_desktop.ui.window_pages import WindowPage
from tests.ui import made_topics

MODELS = (
    ModelsListed(
        (
            AvailableModel("e5", 384, 512, True),
            AvailableModel("m3", 1024, 8192, False, 2_271_000_000, "/m3"),
            AvailableModel("r1", 1, 512, False, 1_100_000_000, "/r1", reranker="/home/me/r1"),
        ),
        (UsedModel("en", "e5", 384, 12_340), UsedModel("zh", "e5", 512, 1)),
        ComingModels((UsedModel("en", "m3", 1024, 300), UsedModel("zh", "m3", 1024, 0)), 3200, 17_510, 1300.0),
        (UsedModel("en", "m3", 1024, 9),),
        20_000_000,
    ),
    AddingProgress("m/3", 120_000_000, 471_000_000, 95.0),
)
DAMAGED = "This file is damaged or incomplete. Open it in the program that made it and save it again."
FOLDERS = (
    FolderStatus("/home/me/Documents", FolderState.INDEXING, files=1234, pending=420, failed=1, in_part=2),
    FolderStatus("/home/me/Pictures", FolderState.PAUSED, files=70, pending=12, failed=0),
    FolderStatus("/media/disk", FolderState.AWAY, files=1, pending=0, failed=0),
)
FAILURES = (
    Failure("/home/me/Documents/lease.doc", "Damaged file", DAMAGED, "docx", when=1.7e9),
    Failure("/home/me/Documents/plan.pdf", "Read in part", "Pictures in it are damaged.", "pdf", 1.7e9, in_part=True),
    Failure("/home/me/Documents/loop.pdf", "Took too long", DAMAGED, "pdf", when=1.7e9, is_aside=True),
)
RESULTS = tuple(
    SearchResult(
        path=f"/home/me/Documents/lease {number}.pdf",
        folder="/home/me/Documents",
        title="",
        modified=1.7e9,
        score=1.0,
        page=3,
        start=0,
        end=41,
        passage="The deposit is returned within two weeks.",
        why=Why.MEANING,
        passages=4,
    )
    for number in range(3)
)
FOUND = SearchAnswer("deposit", 1, RESULTS, 12.0, total=154)
FACETS = Facets(
    1,
    folders=(FacetCount("/home/me/Documents", 3),),
    kinds=(FacetCount("pdf", 3), FacetCount("docx", 1)),
    languages=(FacetCount("en", 3),),
    dates=(FacetCount("7d", 1),),
)
PREVIEW = TextPreview(1, RESULTS[0].path, RESULTS[0].passage, Span(0, 41))
Scene = Callable[[str], QWidget]
"""Makes a piece of the window; a folder for its files is given."""


def welcome(folder: str) -> QWidget:
    os.makedirs(os.path.join(folder, "Documents"), exist_ok=True)
    return WelcomePage([os.path.join(folder, "Documents")])


def results(_folder: str) -> QWidget:
    pane = ResultsPane()
    pane.show_answer(FOUND)
    return pane


def no_results(_folder: str) -> QWidget:
    pane = ResultsPane()
    pane.show_answer(SearchAnswer("xyzzy", 1, (), 12.0))
    return pane


def folders(_folder: str) -> QWidget:
    page = LibraryPage()
    told = Progress(FOLDERS, files=1305, pending=432, busy=True, failures=FAILURES, held=Held.SLOW)
    page.show_progress(event_in_own_language(told))
    return page


def no_folders(_folder: str) -> QWidget:
    page = LibraryPage()
    page.show_progress(Progress())
    return page


def failures(_folder: str) -> QWidget:
    page = LibraryPage()
    page.show_progress(event_in_own_language(Progress(FOLDERS, files=1305, failures=FAILURES, failed=1)))
    page.show_failures_of("/home/me/Documents")
    return page


def topics(_folder: str) -> QWidget:
    page = TopicsPage()
    page.map.draw_with(map_view)
    page.show_topics(made_topics.told(is_grouping=True))
    page.tree.choose(made_topics.LEASES.id)
    return page


def no_topics(_folder: str) -> QWidget:
    page = TopicsPage()
    page.show_topics(Topics((), None, grouped_at=1.7e9))
    return page


def message(_folder: str) -> QWidget:
    bar = MessageBar()
    bar.show_report(event_in_own_language(ErrorReport("Damaged file", DAMAGED)))
    return bar


def removal(_folder: str) -> QWidget:
    return RemovalBox(FOLDERS[0])


def crash_report(folder: str) -> QWidget:
    return CrashReportDialog(CrashReport(os.path.join(folder, "report.txt"), "Segmentation fault", is_crash=True))


def rules(_folder: str) -> QWidget:
    return RulesDialog("/home/me/Documents", NO_RULES)


def preview(_folder: str) -> QWidget:
    pane = PreviewPane()
    pane.show_result(RESULTS[0], "deposit")
    pane.show_preview(PREVIEW)
    return pane


def quick_search(_folder: str) -> QWidget:
    bridge = Bridge(_no_worker)
    search = QuickSearch(bridge)
    bridge.setParent(search)
    search.show_answer(FOUND)
    return search


def window_of_results(folder: str) -> QWidget:
    window = _window(folder)
    window.show_progress(event_in_own_language(Progress(FOLDERS, files=1305, passages=9000, failures=FAILURES)))
    window.search_page.filters.show_facets(FACETS)
    window.chips.show_facets(FACETS)
    window.search_bar.setText("deposit type:pdf")
    window.show_answer(FOUND)
    return window


def window_of_the_library(folder: str) -> QWidget:
    window = _window(folder)
    window.show_progress(event_in_own_language(Progress(FOLDERS, files=1305, passages=9000, failures=FAILURES)))
    window.show_page(WindowPage.LIBRARY)
    return window


def window_at_first(folder: str) -> QWidget:
    return _window(folder)


def _window(folder: str) -> MainWindow:
    bridge = Bridge(_no_worker)
    window = MainWindow(bridge, QSettings(os.path.join(folder, "window.ini"), QSettings.Format.IniFormat))
    bridge.setParent(window)
    return window


def _no_worker() -> WorkerFactory:
    raise AssertionError("it is never started")


def settings(folder: str, page: int) -> SettingsDialog:
    choices = Choices(folder, Settings())
    places = QSettings(os.path.join(folder, "window.ini"), QSettings.Format.IniFormat)
    dialog = SettingsDialog(choices, folder, places)
    choices.setParent(dialog)
    dialog.list.setCurrentRow(page)
    return dialog


def models(folder: str) -> QWidget:
    dialog = settings(folder, 0)
    dialog.list.setCurrentRow(dialog.pages.indexOf(dialog.model))
    for event in MODELS:
        dialog.take(event)
    return dialog


def model_download(folder: str) -> QWidget:
    dialog = ModelDownload()
    dialog.name_edit.setText("m/3")
    dialog.show_found(ModelFound("m/3", "0123456789" * 4, "", 2_271_000_000))
    return dialog


SCENES: dict[str, Scene] = {
    made.__name__: made
    for made in (
        welcome,
        results,
        no_results,
        folders,
        no_folders,
        failures,
        topics,
        no_topics,
        message,
        removal,
        crash_report,
        rules,
        preview,
        quick_search,
        window_of_results,
        window_of_the_library,
        window_at_first,
        models,
        model_download,
    )
} | {f"settings {page}": partial(settings, page=page) for page in range(6)}
