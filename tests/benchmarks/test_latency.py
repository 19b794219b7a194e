"""How long it takes from a keystroke to the painted list, in the real window with the real encoder."""

from __future__ import annotations

import itertools
import time

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, QTimer

from bge_desktop.evaluate.known_item import read_queries
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.window import MainWindow
from bge_desktop.worker import Worker
from tests.benchmarks import scale
from tests.benchmarks.figures import percentiles, rounded
from tests.benchmarks.table import Bar, Row

_QUERIES = scale.of(6, 2)
_MOST_MS = 100
# About six keystrokes a second: a quick typist, and time enough for each answer to be seen.
_KEY_MS = 160


class Stopwatch(QObject):
    """Times from a keystroke to the end of the first paint of the list after the complete answer to it."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._pressed: float | None = None
        self._is_answered = False
        self._viewport = window.results.view.viewport()
        self._viewport.installEventFilter(self)
        bridge.answered.connect(self._answer)

    def press(self) -> None:
        self._pressed, self._is_answered = time.perf_counter(), False

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._is_answered:
            self._is_answered = False
            QTimer.singleShot(0, self._stop)  # comes when this paint is over
        return False

    def _answer(self, answer) -> None:
        self._is_answered = answer.complete
        self._viewport.update()  # a list that stays the same is not painted again by itself

    def _stop(self) -> None:
        if self._pressed is not None:
            self.seconds.append(time.perf_counter() - self._pressed)
        self._pressed = None


@pytest.fixture
def window(qtbot, library, tmp_path):
    bridge = Bridge(lambda: lambda emit: Worker(library, emit, device="cpu"))
    main = MainWindow(bridge, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(main)
    main.show()
    bridge.start()
    qtbot.waitUntil(lambda: bool(main._progress.files) and not main._progress.busy, timeout=120_000)
    yield main, Stopwatch(main, bridge)
    bridge.stop()


@pytest.mark.timeout(1200)
def test_keystroke_to_painted_list(qtbot, window, query_files, table):
    main, stopwatch = window
    items = itertools.chain(*(read_queries(path)[:_QUERIES] for path in query_files.values()))
    main.search_bar.insert("warm up 预热")
    qtbot.wait(3000)
    for item in items:
        main.search_bar.clear()
        qtbot.wait(_KEY_MS)
        for character in item.query[:30]:
            stopwatch.press()
            qtbot.keyClick(main.search_bar, character) if character.isascii() else main.search_bar.insert(character)
            qtbot.wait(_KEY_MS)
    found = percentiles([1000 * own for own in stopwatch.seconds])
    told = {name: rounded(value) for name, value in found.items()}
    table.report("latency", {"keystrokes": len(stopwatch.seconds), "milliseconds": told})
    what, note = "from a keystroke to the painted complete answer, p95", f"{len(stopwatch.seconds)} keystrokes"
    table.add(Row("window", what, found["p95"], "ms", bar=Bar(at_most=_MOST_MS), note=note))
