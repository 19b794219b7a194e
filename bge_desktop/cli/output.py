"""What the commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import io
import json
import shutil
import sys
import textwrap
from typing import Any

from bge_desktop.errors import UserError
from bge_desktop.messages import displayable


def prepare() -> None:
    """Have what a terminal's encoding lacks shown as "?", rather than end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Print a line of a result; names in it must be `displayable`."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print a line that is not a result; names in it must be `displayable`."""
    sys.stderr.write(text + "\n")


def say_json(value: dict[str, Any]) -> None:
    """Print the one JSON object; in ASCII, so that no terminal's encoding can spoil it."""
    sys.stdout.write(json.dumps(value) + "\n")


def tell_error(error: UserError, *, as_json: bool) -> int:
    """Tell an error and return the exit status for it."""
    where = f" ({displayable(error.path)})" if error.path else ""
    note(f"{error.title}: {error.message}{where}")
    if as_json:
        say_json({"error": {"title": error.title, "message": error.message, "path": error.path}})
    return 1


def counted(count: int, what: str) -> str:
    """Return "1 file" or "1,234 files" of what is called a "file"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def wrapped(text: str, lines: int, indent: str = "   ") -> str:
    """Return a text on at most so many lines of the terminal's width, each behind the indent."""
    width = max(40, shutil.get_terminal_size().columns)
    joined = " ".join(text.split())
    return textwrap.fill(
        joined, width, initial_indent=indent, subsequent_indent=indent, max_lines=lines, placeholder=" …"
    )
