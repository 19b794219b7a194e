"""Working in the background: what a process gives up so that others, and who sits before them, go first."""

from __future__ import annotations

import contextlib
import sys

import psutil

_NICE, _LAST_NICE = 10, 19
_LAST_BEST_EFFORT = 7  # of Linux's levels 0 to 7 of reading and writing
_AUTOGROUP = "/proc/self/autogroup"


def lower_own() -> None:
    """Have this process stand behind the others for the processor and the disk; a system that refuses is no error."""
    process = psutil.Process()
    if sys.platform == "win32":
        with contextlib.suppress(psutil.Error, OSError):
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        with contextlib.suppress(psutil.Error, OSError):
            process.ionice(psutil.IOPRIO_LOW)
        return
    with contextlib.suppress(psutil.Error, OSError):
        process.nice(min(_LAST_NICE, process.nice() + _NICE))
    if sys.platform == "linux":
        _lower_autogroup()
        with contextlib.suppress(psutil.Error, OSError):
            process.ionice(psutil.IOPRIO_CLASS_BE, _LAST_BEST_EFFORT)


def _lower_autogroup() -> None:
    """Lower the whole session: between sessions, and each child is one, Linux does not look at their processes."""
    with contextlib.suppress(OSError), open(_AUTOGROUP, "w", encoding="ascii") as file:
        file.write(str(_NICE))
