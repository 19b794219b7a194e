"""Keys from any program under macOS: by Carbon, which needs no permission for that, unlike all that came after it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from bge_desktop.ui.keys_state import KeysState

_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
# As in Qt, Ctrl is the command key here, and Meta the control key.
_MODIFIERS = {"Ctrl": 0x0100, "Shift": 0x0200, "Alt": 0x0800, "Meta": 0x1000}
# Places on the keyboard, in the order of their numbers, by what an American one has there.
_PLACES = "ASDFHGZXCV§BQWERYT123465=97-80]OU[IP\nLJ'K;\\,/NM"
_F_KEYS = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111)
_SPACE = 49
_KEYBOARD, _HOT_KEY_PRESSED = int.from_bytes(b"keyb", "big"), 5
_SIGNATURE = int.from_bytes(b"BGED", "big")
_Handler = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class _Pair(ctypes.Structure):
    """An event's class and kind, or a key's signature and number."""

    _fields_ = (("first", ctypes.c_uint32), ("second", ctypes.c_uint32))


class MacKeys(QObject):
    """Has the system call back for the keys; it gives them to one program alone."""

    pressed = Signal(str)
    state_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._carbon: Any = None
        self._handler = _Handler(self._take)  # kept: the system calls it as long as it is installed
        self._held = ctypes.c_void_p()

    def hold(self, keys: str) -> None:
        """Have these keys, and none that were held before; "" for none."""
        self.close()
        if not keys:
            self.state_changed.emit(KeysState.NONE)
            return
        try:
            is_held = self._register(keys)
        except OSError:
            self.state_changed.emit(KeysState.IMPOSSIBLE)
            return
        self.state_changed.emit(KeysState.HELD if is_held else KeysState.TAKEN)

    def close(self) -> None:
        """Give all back."""
        if self._held:
            self._carbon.UnregisterEventHotKey(self._held)
            self._held = ctypes.c_void_p()

    def _register(self, keys: str) -> bool:
        if self._carbon is None:
            self._carbon = self._listening()
        key, modifiers = codes(keys)
        target, held = self._carbon.GetApplicationEventTarget(), ctypes.c_void_p()
        error = self._carbon.RegisterEventHotKey(key, modifiers, _Pair(_SIGNATURE, 1), target, 0, ctypes.byref(held))
        self._held = ctypes.c_void_p() if error else held
        return not error

    def _listening(self) -> ctypes.CDLL:
        """Return the framework, which calls back from now on.

        Raises:
            OSError: it is not there, or does not want to.
        """
        carbon = _declared(ctypes.CDLL(_CARBON))
        kind, target = _Pair(_KEYBOARD, _HOT_KEY_PRESSED), carbon.GetApplicationEventTarget()
        if error := carbon.InstallEventHandler(target, self._handler, 1, ctypes.byref(kind), None, None):
            raise OSError(error, "The system does not tell of keys")
        return carbon

    def _take(self, _next: int | None, _event: int | None, _data: int | None) -> int:
        self.pressed.emit("")
        return 0


def codes(keys: str) -> tuple[int, int]:
    """Return the key and the modifiers, as macOS knows them, of keys such as "Ctrl+Alt+Space"."""
    *modifiers, key = keys.split("+")
    mask = sum(_MODIFIERS[name] for name in modifiers)
    if key[0] == "F" and len(key) > 1:
        return _F_KEYS[int(key[1:]) - 1], mask
    return _SPACE if key == "Space" else _PLACES.index(key), mask


def _declared(carbon: ctypes.CDLL) -> ctypes.CDLL:
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    handler_types = (pointer, _Handler, ctypes.c_ulong, pointer, pointer, pointer)
    _declare(carbon, "GetApplicationEventTarget", pointer, ())
    _declare(carbon, "InstallEventHandler", ctypes.c_int32, handler_types)
    _declare(carbon, "RegisterEventHotKey", ctypes.c_int32, (number, number, _Pair, pointer, number, pointer))
    _declare(carbon, "UnregisterEventHotKey", ctypes.c_int32, (pointer,))
    return carbon


def _declare(library: ctypes.CDLL, name: str, result: type, arguments: Sequence[type]) -> None:
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
