"""The window in the language that is spoken: made anew, as it stands, when another one is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from bge_desktop.settings import Settings
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.languages import Speech
from bge_desktop.ui.window import MainWindow
from bge_desktop.ui.window_pages import WindowPage


class SpokenWindow(QObject):
    """Holds the window, and has another in its place when a person chooses another language.

    Args:
        make: makes a window in the language that is spoken.
        speech: speaks it.
        choices: tell which it is to be.
        bridge: the way to the worker; owns this.
    """

    def __init__(self, make: Callable[[], MainWindow], speech: Speech, choices: Choices, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._make, self._speech, self._bridge = make, speech, bridge
        self.window = make()
        # Queued: what was chosen in goes as well, and is still at it.
        choices.changed.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    def _follow(self, settings: Settings) -> None:
        if self._speech.choose(settings.language):
            before = self.window
            before.search_page.keep()
            self.window = self._make()
            self._bridge.repeat_progress()
            _take_over(self.window, before)
            before.hide()
            before.deleteLater()


def _take_over(window: MainWindow, before: MainWindow) -> None:
    """Have a window stand where another one does, and show what that shows."""
    window.restoreGeometry(before.saveGeometry())
    window.search_bar.setText(before.search_bar.text())
    if before.pages.shown is not WindowPage.WELCOME:
        window.show_page(before.pages.shown)
    window.setVisible(before.isVisible())  # before the other goes: without any window the app might quit
