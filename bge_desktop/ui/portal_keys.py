"""Keys from any program under Wayland, where a program asks the desktop for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from bge_desktop.ui.keys_state import KeysState

if TYPE_CHECKING:
    from bge_desktop.ui.portal_asking import Asking

_PATIENCE_S = 1.0  # for a session bus that does not answer: the thread ends with the program at the latest


class PortalKeys(QObject):
    """Asks in a thread, for the desktop may ask the person; and waits there for the keys."""

    pressed = Signal(str)
    state_changed = Signal(object)

    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking: Asking | None = None
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def hold(self, keys: str) -> None:
        """Have these keys, and none that were held before; "" for none."""
        self.close()
        if keys:
            from bge_desktop.ui.portal_asking import Asking  # only now: mostly no keys are wanted

            self._asking = Asking(keys, self.tr("Quick search"), self._told.emit)
            self._asking.start()
        self.state_changed.emit(KeysState.ASKED if keys else KeysState.NONE)

    def close(self) -> None:
        """Give all back."""
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.leave()
            asking.join(_PATIENCE_S)

    def _take(self, asking: object, news: KeysState | str) -> None:
        if asking is not self._asking:
            return  # of keys that are not wanted any more
        if isinstance(news, KeysState):
            self.state_changed.emit(news)
        else:
            self.pressed.emit(news)
