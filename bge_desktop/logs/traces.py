"""Errors and places in the program, as they may be written down.

What an exception says may hold a file's name or a piece of its text, and the path of the program itself the name of
its person. So of an error only its type, its code and its places are told.
"""

from __future__ import annotations

import errno
import os
import sysconfig
import traceback
from collections.abc import Iterator

import bge_desktop
from bge_desktop.errors import UserError

_OWN = os.path.dirname(os.path.abspath(bge_desktop.__file__))
_LIBRARIES = sorted({sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")}, key=len, reverse=True)
# What starts with one of these is told from here on.
_ROOTS = ((_OWN, os.path.dirname(_OWN)), *((folder, folder) for folder in _LIBRARIES))
_MOST_FRAMES, _MOST_CAUSES = 40, 8


def shown_place(path: str) -> str:
    """Return the path of a file of the program as it is within its package; of any other file, its name."""
    if path.startswith("<frozen "):
        return path
    for root, start in _ROOTS:
        if path.startswith(os.path.join(root, "")):
            return os.path.relpath(path, start).replace(os.sep, "/")
    told = path.replace("\\", "/")
    is_packaged = told.startswith("bge_desktop/")  # in a packaged app, paths begin at their package
    return told if is_packaged else told.rsplit("/", 1)[-1]


def error_lines(error: BaseException) -> Iterator[str]:
    """Yield the type of an error and the places that it passed, then those of what caused it."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen and len(seen) < _MOST_CAUSES:
        yield f"{'caused by ' if seen else ''}{error_kind(cause)}"
        yield from _frames(cause)
        seen.add(id(cause))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def error_kind(error: BaseException) -> str:
    """Return the type of an error and, where there is one, its code."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    code = _code(error)
    return f"{name} ({code})" if code else name


def _code(error: BaseException) -> str:
    """Return what tells errors of one type apart, and is nobody's secret: our own titles, and the system's codes."""
    if isinstance(error, UserError):
        return error.title
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    return str(getattr(error, "sqlite_errorname", ""))


def _frames(error: BaseException) -> Iterator[str]:
    frames = list(traceback.walk_tb(error.__traceback__))
    for frame, line in frames[-_MOST_FRAMES:]:  # where a recursion ended tells as much as where it began
        yield f"  {shown_place(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}"
