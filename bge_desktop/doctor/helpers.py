"""Looks at the helper processes: whether a reader reads, and whether Qt finds what a window needs."""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import subprocess
import sys
from collections.abc import Iterator

from bge_desktop import resources
from bge_desktop.doctor.check import Check, ok, problem
from bge_desktop.extract.reader_child import ReaderChild
from bge_desktop.processes import Header, child_command

_SECONDS = 60.0
_READER = "Restart the computer, and install the app again if that does not help. Files cannot be read until then."
_QT = (
    "Install the system libraries that Qt needs (on Debian and Ubuntu: libegl1 libgl1 libxkbcommon0 libxcb-cursor0"
    " libfontconfig1 libdbus-1-3). The commands work without."
)


def reader() -> Iterator[Check]:
    """Look whether a reader process starts, is confined as it should be, and reads one of the samples."""
    path = _sample()
    with contextlib.closing(ReaderChild()) as child:
        child.wait_until_ready()
        try:
            answer = child.ask({"op": "read", "id": 0, "path": path, "known": []}, _SECONDS)
        except queue.Empty:
            answer = None
    with open(path, "rb") as file:
        digest = hashlib.blake2b(file.read(), digest_size=16).hexdigest()
    if answer and _is_read(answer[0], digest):
        yield ok("reader", f"A reader process read a sample into {len(answer[0]['passages'])} passages.")
    else:
        yield problem("reader", "A reader process started, but did not read a sample.", _READER)


def display(environment: dict[str, str] | None = None) -> Iterator[Check]:
    """Look whether Qt starts in a process of its own, which shows nothing; in these variables besides ours."""
    is_shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or sys.platform != "linux"
    where = "There is a display" if is_shown else "There is no display here"
    started = subprocess.run(
        child_command("display"),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if started.returncode == 0:
        yield ok("display", f"{where}, and Qt {started.stdout.decode('ascii', 'replace').strip()} starts.")
    else:
        last = started.stderr.decode(errors="replace").strip().splitlines()[-1:]
        yield problem("display", f"Qt does not start: {' '.join(last) or f'exit status {started.returncode}'}", _QT)


def _sample() -> str:
    return next(
        os.path.join(folder, name)
        for folder, _, names in os.walk(resources.path("samples"))
        for name in sorted(names)
        if name.endswith((".txt", ".md"))
    )


def _is_read(header: Header, digest: str) -> bool:
    return header.get("hash") == digest and bool(header.get("passages"))
