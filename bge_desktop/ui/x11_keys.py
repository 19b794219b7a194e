"""Keys from any program under X11."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from bge_desktop.ui import xcb
from bge_desktop.ui.keys_state import KeysState

_MODIFIERS = {"Ctrl": xcb.CONTROL, "Alt": xcb.ALT, "Shift": xcb.SHIFT, "Meta": xcb.SUPER}
# With Caps Lock or Num Lock on, the same keys are others to the server.
_LOCKS = (0, xcb.LOCK, xcb.NUM_LOCK, xcb.LOCK | xcb.NUM_LOCK)
_F1, _SPACE = 0xFFBE, 0x20


class X11Keys(QObject):
    """Asks the server for the keys; it gives them to one program alone."""

    pressed = Signal(str)
    state_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection: xcb.KeyboardConnection | None = None
        self._notifier: QSocketNotifier | None = None
        self._keys = ""
        self._held: list[tuple[int, int]] = []
        self._released_at = 0
        self._state = KeysState.NONE

    def hold(self, keys: str) -> None:
        """Have these keys, and none that were held before; "" for none."""
        self._keys = keys
        self._give_back()
        if not keys:
            self._tell(KeysState.NONE)
            return
        try:
            connection = self._connected()
        except OSError:
            self._tell(KeysState.IMPOSSIBLE)
            return
        self._tell(KeysState.HELD if self._grab(connection, keys) else KeysState.TAKEN)
        QTimer.singleShot(0, self, self._take_events)  # what came while the server answered wakes nobody

    def close(self) -> None:
        """Give all back."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._held.clear()

    def _tell(self, state: KeysState) -> None:
        if state is not self._state:  # the server often says that the keyboard is another one
            self._state = state
            self.state_changed.emit(state)

    def _connected(self) -> xcb.KeyboardConnection:
        if self._connection is None:
            self._connection = xcb.KeyboardConnection()
            self._notifier = QSocketNotifier(self._connection.descriptor, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(lambda: self._take_events())
        return self._connection

    def _grab(self, connection: xcb.KeyboardConnection, keys: str) -> bool:
        keysym, modifiers = parsed(keys)
        codes = connection.keycodes(keysym)
        for code in codes:
            for lock in _LOCKS:
                if not connection.grab(code, modifiers | lock):
                    self._give_back()
                    return False
                self._held.append((code, modifiers | lock))
        return bool(codes)

    def _give_back(self) -> None:
        for code, modifiers in self._held:
            if self._connection is not None:
                self._connection.ungrab(code, modifiers)
        self._held.clear()

    def _take_events(self) -> None:
        connection = self._connection
        if connection is None:
            return
        if not connection.is_alive:
            self.close()
            return
        is_mapping_new = False
        for kind, time in connection.events():
            if kind == xcb.KEY_PRESS and time != self._released_at:  # else the key is held down, and repeats
                self.pressed.emit("")
            elif kind == xcb.KEY_RELEASE:
                self._released_at = time
            is_mapping_new = is_mapping_new or kind == xcb.MAPPING_CHANGED
        if is_mapping_new:
            self.hold(self._keys)


def parsed(keys: str) -> tuple[int, int]:
    """Return the symbol and the modifiers, as the server knows them, of keys such as "Ctrl+Alt+Space"."""
    *modifiers, key = keys.split("+")
    mask = 0
    for name in modifiers:
        mask |= _MODIFIERS[name]
    if key[0] == "F" and len(key) > 1:
        return _F1 + int(key[1:]) - 1, mask
    return _SPACE if key == "Space" else ord(key.lower()), mask
