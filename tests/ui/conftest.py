"""The window with a worker that only writes down what it is asked; events are emitted by the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QLocale, QSettings, QUrl
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from bge_desktop.messages import (
    Event,
    FolderState,
    FolderStatus,
    Progress,
    Request,
    Search,
    SearchAnswer,
    SearchResult,
    Span,
    Why,
)
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.languages import Speech
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.window import MainWindow


@dataclass
class RecordingWorker:
    """Takes the place of the worker: keeps the requests, and emits what a test tells it to."""

    emit: Callable[[Event], None]
    requests: list[Request] = field(default_factory=list)
    running: bool = False

    def start(self) -> None:
        self.running = True

    def submit(self, request: Request) -> None:
        self.requests.append(request)

    def stop(self, timeout: float = 5.0) -> None:
        self.running = False

    def of(self, kind: type[Request]) -> list[Request]:
        return [request for request in self.requests if isinstance(request, kind)]

    def was_asked(self, query: str) -> bool:
        return bool(self.of(Search)) and self.newest_search().query == query

    def newest_search(self) -> Search:
        searches = self.of(Search)
        assert searches
        return searches[-1]


@dataclass
class Stage:
    """A bridge, its worker, and later the window."""

    bridge: Bridge
    workers: list[RecordingWorker]

    @property
    def worker(self) -> RecordingWorker:
        return self.workers[0]


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
        assert not thread.is_alive(), thread


@pytest.fixture
def stage(qtbot) -> Iterator[Stage]:
    workers: list[RecordingWorker] = []

    def factory(emit: Callable[[Event], None]) -> RecordingWorker:
        workers.append(RecordingWorker(emit))
        return workers[-1]

    bridge = Bridge(lambda: factory, refresh_ms=50)
    bridge.start()
    qtbot.waitUntil(lambda: bool(workers and workers[0].running))
    yield Stage(bridge, workers)
    bridge.stop()
    assert not workers[0].running


@pytest.fixture
def opened() -> list[str]:
    """The URLs that were handed to the system."""
    return []


@pytest.fixture
def make_window(qtbot, stage, tmp_path, opened) -> Callable[[], MainWindow]:
    def open_url(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    def make() -> MainWindow:
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(stage.bridge, settings, Opener(open_url=open_url, viewer_at=lambda *_: None))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    return make


@pytest.fixture
def window(make_window, stage, qtbot, progress) -> MainWindow:
    """A window on a library that holds one folder."""
    made = make_window()
    stage.worker.emit(progress)
    qtbot.waitUntil(lambda: made.pages.currentWidget() is made.search_page)
    return made


@pytest.fixture
def progress() -> Progress:
    folder = FolderStatus("/home/me/Documents", FolderState.WATCHED, files=1234, pending=0, failed=0)
    return Progress((folder,), files=1234, passages=5678, encoder="OpenVINO on CPU")


@pytest.fixture
def make_result() -> Callable[..., SearchResult]:
    def make(path: str = "/home/me/Documents/lease.pdf", passage: str = "The deposit is returned.", **more: object):
        values: dict[str, object] = {
            "path": path,
            "folder": "/home/me/Documents",
            "title": "",
            "modified": 1.7e9,
            "score": 1.0,
            "page": 3,
            "start": 0,
            "end": len(passage),
            "passage": passage,
            "why": Why.MEANING,
            "marks": (Span(4, 11),) if len(passage) > 11 else (),
            "passages": 4,
        }
        return SearchResult(**{**values, **more})

    return make


@pytest.fixture
def ask(window, stage, qtbot) -> Callable[..., SearchAnswer]:
    """Type a query and answer it with results."""

    def typed_and_answered(query: str, *results: SearchResult, complete: bool = True) -> SearchAnswer:
        window.search_bar.setText(query)
        qtbot.waitUntil(lambda: stage.worker.was_asked(query))
        answer = SearchAnswer(query, stage.worker.newest_search().generation, results, 12.3, complete)
        with qtbot.waitSignal(stage.bridge.answered):
            stage.worker.emit(answer)
        return answer

    return typed_and_answered


@pytest.fixture
def chinese(qapp) -> Iterator[Speech]:
    """What is made meanwhile speaks Chinese."""
    before, speech = QLocale(), Speech(qapp)
    speech.choose("zh")
    yield speech
    speech.choose("en")
    QLocale.setDefault(before)


@pytest.fixture
def dark(qapp) -> Iterator[QPalette]:
    before = QPalette(qapp.palette())
    palette = QPalette(qapp.palette())
    for role, color in (("Window", "#26282b"), ("Base", "#1e1f22"), ("Text", "#ffffff"), ("WindowText", "#ffffff")):
        palette.setColor(QPalette.ColorRole[role], color)
    QApplication.setPalette(palette)
    yield palette
    QApplication.setPalette(before)


@pytest.fixture
def large_text(qapp) -> Iterator[None]:
    """Text of 200 %, as who sees badly may have it."""
    before = QFont(qapp.font())
    large = QFont(before)
    large.setPointSizeF(2 * before.pointSizeF())
    QApplication.setFont(large)
    yield
    QApplication.setFont(before)
