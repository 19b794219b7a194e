"""The app itself, as `bge-desktop ARGUMENTS` starts it, and somebody in front of it.

For scripts that run in a process of their own: the app is given a driver, which does one thing after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bge_desktop.__main__ import main
from bge_desktop.ui import app
from bge_desktop.ui.window import MainWindow

Steps = Iterator[None]
"""Does something each time it is asked for the next."""
_KEY_MS = 100
_OVER = object()


class Driver(QObject):
    """Takes its first step at the first paint and one more every tenth of a second; quits the app after the last.

    Args:
        steps: makes the steps for a window.
    """

    def __init__(self, steps: Callable[[MainWindow], Steps]) -> None:
        super().__init__()
        self._make = steps
        self._steps: Steps = iter(())
        self._timer = QTimer(self, interval=_KEY_MS)
        self._timer.timeout.connect(self._step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Begin once the first paint is over: then the window can be typed into."""
        if event.type() == QEvent.Type.Paint and watched.isWindowType():
            QApplication.instance().removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        [window] = [own for own in QApplication.topLevelWidgets() if isinstance(own, MainWindow)]
        self._steps = self._make(window)
        self._step()
        self._timer.start()

    def _step(self) -> None:
        if next(self._steps, _OVER) is _OVER:
            self._timer.stop()
            QApplication.quit()


def run_driven(
    steps: Callable[[MainWindow], Steps], arguments: list[str], prepare: Callable[[QApplication], None] = lambda _: None
) -> int:
    """Run the app and return its exit status; `prepare` may change how Qt is set up, before there is a window."""
    make, driver = app._application, Driver(steps)

    def application() -> QApplication:
        own = make()
        prepare(own)
        own.installEventFilter(driver)
        return own

    app._application = application
    return main(arguments)


def type_into(window: MainWindow, text: str) -> None:
    """Type as a keyboard does, or as an input method does what no keyboard has."""
    if text.isascii():
        QTest.keyClicks(window.search_bar, text)
    else:
        window.search_bar.insert(text)


def press(widget: QObject, key: Qt.Key) -> None:
    """Press a key."""
    QTest.keyClick(widget, key)
