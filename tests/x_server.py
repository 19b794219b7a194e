"""An X server of the test's own, and programs that run on it: what the offscreen platform has none of."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def x_server() -> Iterator[str]:
    """Start a server that nobody sees; give the name of its display."""
    program = shutil.which("Xvfb")
    assert program, "make apt installs xvfb"
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with open(reader) as told:
        number = told.readline().strip()
    try:
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def run_on(display: str, script: str, *arguments: str, bus: bool = False) -> list[str]:
    """Run a script on a display, with a session bus of its own or without any; return the lines that it prints."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONUNBUFFERED": "1"}
    environment.pop("WAYLAND_DISPLAY", None)
    environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    wrapper = ["dbus-run-session", "--"] if bus else []
    command = [*wrapper, sys.executable, "-W", "error", "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


class _Message(ctypes.Structure):
    _fields_ = (
        *(("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("is_sent", ctypes.c_int)),
        *(("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("kind", ctypes.c_ulong)),
        *(("format", ctypes.c_int), ("data", ctypes.c_long * 20)),  # as long as the longest event
    )


def close_window(display: str, window: int) -> None:
    """Ask a window to close, as the button in its frame does."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype, x11.XInternAtom.restype = ctypes.c_void_p, ctypes.c_ulong
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    protocols, wanted = (x11.XInternAtom(connection, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    message = _Message(33, 0, 1, connection, window, protocols, 32, (wanted, 0))
    x11.XSendEvent(connection, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x11.XCloseDisplay(connection)
