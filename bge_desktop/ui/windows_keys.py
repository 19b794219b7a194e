"""Keys from any program under Windows."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal

from bge_desktop.ui.keys_state import KeysState

_MODIFIERS = {"Alt": 0x0001, "Ctrl": 0x0002, "Shift": 0x0004, "Meta": 0x0008}
_NO_REPEAT = 0x4000
_F1, _SPACE = 0x70, 0x20
_HOT_KEY_PRESSED = 0x0312
_ID = 1


class WindowsKeys(QObject):
    """Has the system post a message for the keys; it gives them to one program alone."""

    pressed = Signal(str)
    state_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = _Filter(self)
        self._is_held = False

    def hold(self, keys: str) -> None:
        """Have these keys, and none that were held before; "" for none."""
        self.close()
        if not keys:
            self.state_changed.emit(KeysState.NONE)
            return
        if sys.platform == "win32":
            self._is_held = bool(ctypes.windll.user32.RegisterHotKey(None, _ID, *codes(keys)))
        if self._is_held:
            _app().installNativeEventFilter(self._filter)
        self.state_changed.emit(KeysState.HELD if self._is_held else KeysState.TAKEN)

    def close(self) -> None:
        """Give all back."""
        if self._is_held:
            _app().removeNativeEventFilter(self._filter)
            if sys.platform == "win32":
                ctypes.windll.user32.UnregisterHotKey(None, _ID)
            self._is_held = False


class _Filter(QAbstractNativeEventFilter):
    """Sees all messages of this program's thread."""

    def __init__(self, keys: WindowsKeys) -> None:
        super().__init__()
        self._keys = keys

    def nativeEventFilter(  # noqa: N802
        self, _kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Take the message that the keys were pressed; leave all others."""
        if sys.platform == "win32":
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if told.message == _HOT_KEY_PRESSED and told.wParam == _ID:
                self._keys.pressed.emit("")
                return True, 0
        return False, 0


def codes(keys: str) -> tuple[int, int]:
    """Return the modifiers and the virtual key, as Windows knows them, of keys such as "Ctrl+Alt+Space"."""
    *modifiers, key = keys.split("+")
    mask = sum(_MODIFIERS[name] for name in modifiers) | _NO_REPEAT
    if key[0] == "F" and len(key) > 1:
        return mask, _F1 + int(key[1:]) - 1
    return mask, _SPACE if key == "Space" else ord(key)


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app
