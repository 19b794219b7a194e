"""Keys of an X server that come to this program whichever window is used, over a connection of their own.

By ctypes, from the two libraries that Qt's own connection needs: no other one is needed for that.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator, Sequence

KEY_PRESS, KEY_RELEASE, MAPPING_CHANGED = 2, 3, 34
SHIFT, LOCK, CONTROL, ALT, NUM_LOCK, SUPER = 1, 2, 4, 8, 16, 64

_ASYNCHRONOUS = 1
_EVENT = struct.Struct(
    "<BBHIIIIhhhhH"
)  # of a key: kind, keycode, sequence, time, three windows, four places, modifiers


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class KeyboardConnection:
    """A connection to the X server that the environment names.

    Raises:
        OSError: the libraries are not there, or the server does not answer.
    """

    def __init__(self) -> None:
        self._xcb, self._keysyms = _libraries()
        number = ctypes.c_int()
        self._connection = self._xcb.xcb_connect(None, ctypes.byref(number))
        if self._xcb.xcb_connection_has_error(self._connection):
            self._xcb.xcb_disconnect(self._connection)
            raise OSError("The X server does not answer")
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        for _ in range(number.value):
            self._xcb.xcb_screen_next(ctypes.byref(screens))
        self._root = screens.data[0]

    @property
    def descriptor(self) -> int:
        """The socket, which can be read when there is an event."""
        descriptor: int = self._xcb.xcb_get_file_descriptor(self._connection)
        return descriptor

    @property
    def is_alive(self) -> bool:
        """Whether the server is still there."""
        return not self._xcb.xcb_connection_has_error(self._connection)

    def keycodes(self, keysym: int) -> list[int]:
        """Return the keys that have a symbol on the keyboard that is used now."""
        symbols = self._keysyms.xcb_key_symbols_alloc(self._connection)
        found = self._keysyms.xcb_key_symbols_get_keycode(symbols, keysym)
        codes = list(ctypes.string_at(found)) if found else []
        _free(found)
        self._keysyms.xcb_key_symbols_free(symbols)
        return codes

    def grab(self, keycode: int, modifiers: int) -> bool:
        """Have a key with exactly these modifiers come here; tell whether no other program has it."""
        cookie = self._xcb.xcb_grab_key_checked(
            self._connection, 1, self._root, modifiers, keycode, _ASYNCHRONOUS, _ASYNCHRONOUS
        )
        error = self._xcb.xcb_request_check(self._connection, cookie)
        _free(error)
        return not error

    def ungrab(self, keycode: int, modifiers: int) -> None:
        """Give a key back."""
        self._xcb.xcb_ungrab_key(self._connection, keycode, self._root, modifiers)
        self._xcb.xcb_flush(self._connection)

    def events(self) -> Iterator[tuple[int, int]]:
        """Yield what has come: the kind of an event, and when a key was pressed or released, in milliseconds."""
        while event := self._xcb.xcb_poll_for_event(self._connection):
            kind, _, _, time, *_ = _EVENT.unpack(ctypes.string_at(event, _EVENT.size))
            _free(event)
            yield kind & 0x7F, time

    def close(self) -> None:
        """Leave the server; all keys are given back."""
        self._xcb.xcb_disconnect(self._connection)


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    xcb, keysyms = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL("libxcb-keysyms.so.1")
    pointer, number = ctypes.c_void_p, ctypes.c_int
    grab = (pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint16, *[ctypes.c_uint8] * 3)
    _declare(xcb, "xcb_connect", pointer, (ctypes.c_char_p, ctypes.POINTER(number)))
    _declare(xcb, "xcb_connection_has_error", number, (pointer,))
    _declare(xcb, "xcb_disconnect", None, (pointer,))
    _declare(xcb, "xcb_get_file_descriptor", number, (pointer,))
    _declare(xcb, "xcb_get_setup", pointer, (pointer,))
    _declare(xcb, "xcb_setup_roots_iterator", _Screens, (pointer,))
    _declare(xcb, "xcb_screen_next", None, (ctypes.POINTER(_Screens),))
    _declare(xcb, "xcb_grab_key_checked", _Cookie, grab)
    _declare(xcb, "xcb_request_check", pointer, (pointer, _Cookie))
    _declare(xcb, "xcb_ungrab_key", _Cookie, (pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint16))
    _declare(xcb, "xcb_flush", number, (pointer,))
    _declare(xcb, "xcb_poll_for_event", pointer, (pointer,))
    _declare(keysyms, "xcb_key_symbols_alloc", pointer, (pointer,))
    _declare(keysyms, "xcb_key_symbols_free", None, (pointer,))
    _declare(keysyms, "xcb_key_symbols_get_keycode", pointer, (pointer, ctypes.c_uint32))
    return xcb, keysyms


def _declare(library: ctypes.CDLL, name: str, result: type | None, arguments: Sequence[type]) -> None:
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments


def _free(pointer: int | None) -> None:
    libc = ctypes.CDLL(None)
    libc.free.argtypes = (ctypes.c_void_p,)
    libc.free(pointer)
