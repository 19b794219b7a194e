"""Old Word and PowerPoint files, made into new ones by LibreOffice where it is installed.

A reader process may start no program, so the parent does this, in a scratch folder: it gives LibreOffice a copy under
a plain name, a profile of its own that is thrown away, in which macros and links to the outside are switched off, and
a limit of time and (on Linux) of memory. What comes out is read by a reader process like any other file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.regular_files import opened
from bge_desktop.extract.scratch import scratch_folder
from bge_desktop.processes import harmless_environment

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
OLD_FORMATS = ("Old Word format", "Old PowerPoint format")
"""Titles of the reasons for which a file is converted."""

_OLD_ENDINGS = {"docx": "doc", "pptx": "ppt"}
_MEMORY = 4 << 30
_LOOK_EVERY = 0.1  # seconds
_FAILED = (
    "Cannot be converted",
    "LibreOffice could not open this old file: it may be damaged or ask for a password. Save it in the new format.",
)
_NO_ACCESS = "The system says: {reason}. Save the file in the new format to make it searchable."
_TOO_SLOW = "Converting this old file took more than {:g} seconds. Save it in the new format to make it searchable."
# Measured with a Word file whose picture lies on a server: without these settings LibreOffice asks the server for it.
# Proxy type 2 is one set by hand, here to where nothing listens.
_SETTINGS = {
    "Office.Common/Security/Scripting": {
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
        "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
    },
    "Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{}
</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'


class OldFormatError(ExtractionError):
    """A file is in an old format, which LibreOffice could convert to one with the ending `new_ending`."""

    def __init__(self, title: str, message: str, new_ending: str) -> None:
        super().__init__(title, message)
        self.new_ending = new_ending


def can_convert(new_ending: object) -> bool:
    """Tell whether old files can be made into new ones with this ending here."""
    return isinstance(new_ending, str) and new_ending in _OLD_ENDINGS and _program() is not None


@contextlib.contextmanager
def in_new_format(
    path: str, new_ending: str, timeout: float, is_unwanted: Callable[[], bool] = lambda: False
) -> Iterator[str]:
    """Convert a file; what comes out is there as long as the context lasts.

    Args:
        path: the old file.
        new_ending: "docx" or "pptx", for which `can_convert` holds.
        timeout: seconds after which it is given up.
        is_unwanted: asked several times a second whether to give it up.

    Yields:
        The path of the new file.

    Raises:
        ExtractionError: it cannot be converted, or not in time.
    """
    with scratch_folder("converter") as scratch:
        try:
            target = _converted(path, new_ending, scratch, timeout, is_unwanted)
        except OSError as error:
            raise ExtractionError(_FAILED[0], _NO_ACCESS.format(reason=error.strerror or error)) from error
        if not os.path.isfile(target):
            raise ExtractionError(*_FAILED)
        yield target


def _program() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next(filter(os.path.exists, _PLACES), None)


def _converted(path: str, new_ending: str, scratch: str, timeout: float, is_unwanted: Callable[[], bool]) -> str:
    source = os.path.join(scratch, f"document.{_OLD_ENDINGS[new_ending]}")
    with opened(path) as original, open(source, "xb") as copy:
        shutil.copyfileobj(original, copy)
    _write_settings(os.path.join(scratch, "profile"))
    process = _started(_command(new_ending, source, scratch), scratch)
    try:
        _wait(process, timeout, is_unwanted)
    finally:
        _end(process)
    return os.path.join(scratch, "new", f"document.{new_ending}")


def _command(new_ending: str, source: str, scratch: str) -> list[str]:
    profile = Path(scratch, "profile").as_uri()
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    target = ["--convert-to", new_ending, "--outdir", os.path.join(scratch, "new")]
    return [_program() or "soffice", f"-env:UserInstallation={profile}", *quiet, *target, source]


def _write_settings(profile: str) -> None:
    items = (_ITEM.format(path, name, value) for path, values in _SETTINGS.items() for name, value in values.items())
    os.makedirs(os.path.join(profile, "user"))
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "x", encoding="utf-8") as settings:
        settings.write(_REGISTRY.format("\n".join(items)))


def _started(command: list[str], scratch: str) -> subprocess.Popen[bytes]:
    """Start LibreOffice as the head of a group of processes, because it starts another that does the work."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=scratch,
        env={**harmless_environment(), "HOME": scratch, "TMPDIR": scratch, "LC_ALL": "C.UTF-8"},
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError):  # it has ended already
            resource.prlimit(process.pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    return process


def _wait(process: subprocess.Popen[bytes], timeout: float, is_unwanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + timeout
    while process.poll() is None and not is_unwanted():
        if time.monotonic() > deadline:
            raise ExtractionError("Took too long", _TOO_SLOW.format(timeout))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_EVERY)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    with contextlib.suppress(OSError):  # there is nothing left of them
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
