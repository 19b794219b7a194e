"""What there is of the app beside its window: the tray, the quick search and its keys, notifications, the settings."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from bge_desktop.messages import SearchResult, Shown
from bge_desktop.settings import Settings
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.global_shortcut import system_keys
from bge_desktop.ui.keys_state import KeysState, state_text
from bge_desktop.ui.notifications import Notifications
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.second_start import bring_forward
from bge_desktop.ui.tray import Tray
from bge_desktop.ui.window import MainWindow

if TYPE_CHECKING:  # imported when they are first wanted: the window is waited for
    from bge_desktop.ui.quick_search import QuickSearch
    from bge_desktop.ui.settings_dialog import SettingsDialog

_TOLD_OF_TRAY = "tray/told"
_TRAY_WAIT_MS = 10_000


class Presence(QObject):
    """Stays while windows come and go.

    Args:
        app: is quit.
        bridge: the way to the worker.
        choices: the settings.
        library: the library's folder.
        places: where it is remembered what a person has been told.
        tray: the tray; one of its own by default.
    """

    folders_wanted = Signal()
    """The page of the folders is to be shown."""
    clear_history_wanted = Signal()

    def __init__(
        self,
        app: QApplication,
        bridge: Bridge,
        choices: Choices,
        library: str,
        places: QSettings,
        tray: Tray | None = None,
    ) -> None:
        super().__init__(app)
        self._app, self._bridge, self._choices, self._library, self._places = app, bridge, choices, library, places
        self.tray = tray or Tray(self)
        self.keys = system_keys(self)
        self._keys_state, self._keys = KeysState.NONE, ""
        self._patience = QTimer(self, singleShot=True)  # at login, or while the desktop's panel starts anew
        self._patience.timeout.connect(self._show_without_tray)
        self._window: MainWindow | None = None
        self._opener: Opener | None = None
        self.quick: QuickSearch | None = None
        self.settings: SettingsDialog | None = None
        self.notifications = Notifications(bridge, choices, self._is_hidden, self.tray.notify, self)
        self._connect()

    def set_window(self, window: MainWindow, opener: Opener) -> None:
        """Belong to this window from now on, and to the opener of its documents; speak its language."""
        self._window, self._opener = window, opener
        window.installEventFilter(self)
        opener.failed.connect(self._show_hidden_window)
        self.tray.make_menu()
        is_open = self.settings is not None and self.settings.isVisible()
        self._drop_windows()
        if is_open:
            self.show_settings()

    def start(self, shown: Shown, *, wait_ms: int = _TRAY_WAIT_MS) -> None:
        """Show what is wanted. Without the window there is the tray, which at login may come a little later."""
        self._patience.setInterval(wait_ms)
        self.tray.start()
        self._follow(self._choices.settings)
        if shown is Shown.WINDOW:
            self.show_window()
        elif not self.tray.is_available:
            self._patience.start()
        if shown is Shown.QUICK_SEARCH:
            self.show_quick_search()

    def close(self) -> None:
        """Take away all that is not the window, and wait until the settings are written."""
        self._patience.stop()
        self.keys.close()
        self.tray.close()
        self._drop_windows()
        self._choices.close()

    def show_window(self, token: str = "") -> None:
        """Bring the window to the front."""
        if self._window is not None:
            bring_forward(self._window, token)

    def show_quick_search(self, token: str = "") -> None:
        """Bring the quick search to the front, or take it away where it is there."""
        if self.quick is None:
            self.quick = self._make_quick_search()
        self.quick.toggle(token)

    def show_settings(self) -> None:
        """Bring the settings to the front."""
        if self.settings is None:
            self.settings = self._make_settings()
        bring_forward(self.settings, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Notice that the window is closed or shown."""
        if watched is self._window and event.type() == QEvent.Type.Close:
            QTimer.singleShot(0, self, self._tell_of_tray)  # later: if the app quits, there is nothing to tell
        elif watched is self._window and event.type() == QEvent.Type.Show:
            self.notifications.forget()
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        tray, bridge = self.tray, self._bridge
        tray.open_wanted.connect(self.show_window)
        tray.quick_search_wanted.connect(self.show_quick_search)
        tray.pause_wanted.connect(lambda: bridge.pause())
        tray.resume_wanted.connect(lambda: bridge.resume())
        tray.settings_wanted.connect(self.show_settings)
        tray.quit_wanted.connect(self._app.quit)
        tray.came_or_went.connect(self._take_tray)
        bridge.progressed.connect(tray.show_progress)
        bridge.quick_search_wanted.connect(self.show_quick_search)
        bridge.settings_changed.connect(self._choices.read_again)
        self._choices.saved.connect(bridge.reload_settings)
        self._choices.changed.connect(self._follow)
        self.keys.pressed.connect(self.show_quick_search)
        self.keys.state_changed.connect(self._take_keys_state)
        if sys.platform == "darwin":  # a click on the icon in the dock
            self._app.applicationStateChanged.connect(self._take_activation)

    def _follow(self, settings: Settings) -> None:
        stays = settings.close_to_tray and self.tray.is_available
        self._app.setQuitOnLastWindowClosed(not stays)
        if settings.quick_search_keys != self._keys:
            self._keys = settings.quick_search_keys
            self.keys.hold(self._keys)

    def _take_tray(self, is_available: bool) -> None:
        self._follow(self._choices.settings)
        if self.settings is not None:
            self.settings.general.set_tray_available(is_available)
        if not is_available:
            self._patience.start()

    def _take_activation(self, state: Qt.ApplicationState) -> None:
        is_quick = self.quick is not None and self.quick.isVisible()
        if state == Qt.ApplicationState.ApplicationActive and self._is_hidden() and not is_quick:
            self.show_window()

    def _show_without_tray(self) -> None:
        if not self.tray.is_available:
            self._show_hidden_window()  # there would be no way to it

    def _show_hidden_window(self) -> None:
        if self._is_hidden():
            self.show_window()

    def _take_keys_state(self, state: KeysState) -> None:
        self._keys_state = state
        if self.settings is not None:
            self.settings.general.show_keys_state(state_text(state))

    def _is_hidden(self) -> bool:
        return self._window is None or not self._window.isVisible()

    def _tell_of_tray(self) -> None:
        is_over = bool(self._places.value(_TOLD_OF_TRAY, False, bool))
        if self._is_hidden() and not self._app.quitOnLastWindowClosed() and not is_over:
            self._places.setValue(_TOLD_OF_TRAY, True)
            message = self.tr("Your documents stay in step. Open the window, or quit, from the icon in the tray.")
            self.tray.notify(self.tr("BGE Desktop goes on in the tray"), message)

    def _drop_windows(self) -> None:
        """Close what is made anew when it is wanted again."""
        if self.settings is not None:
            self.settings.close_background()
        for window in (self.settings, self.quick):
            if window is not None:
                window.close()
                window.deleteLater()
        self.settings = self.quick = None

    def _make_quick_search(self) -> QuickSearch:
        from bge_desktop.ui.quick_search import QuickSearch

        quick = QuickSearch(self._bridge)
        quick.open_wanted.connect(self._open)
        quick.reveal_wanted.connect(self._reveal)
        quick.window_wanted.connect(self._show_all)
        return quick

    def _open(self, result: SearchResult) -> None:
        if self._opener is not None:
            self._opener.open_result(result)

    def _reveal(self, path: str) -> None:
        if self._opener is not None:
            self._opener.reveal(path)

    def _show_all(self, query: str) -> None:
        self.show_window()
        if self._window is not None:
            self._window.search_bar.replace(query)

    def _make_settings(self) -> SettingsDialog:
        from bge_desktop.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._choices, self._library, self._places, self._window)
        dialog.general.set_tray_available(self.tray.is_available)
        dialog.general.show_keys_state(state_text(self._keys_state))
        dialog.folders_wanted.connect(self.show_window)
        dialog.folders_wanted.connect(self.folders_wanted)
        dialog.clear_history_wanted.connect(self.clear_history_wanted)
        dialog.status_wanted.connect(self._bridge.report_status)
        dialog.reveal_wanted.connect(self._reveal)
        self._bridge.status_reported.connect(dialog.show_status)
        dialog.asked.connect(self._bridge.ask)
        self._bridge.told.connect(dialog.take)
        return dialog
