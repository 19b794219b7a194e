"""Commands that open a file at a page or a line, where the person's own program for it has an option for that.

Only options that the programs document. LibreOffice has none for a slide or a cell; macOS and Windows have no common
way to ask which program it would be. There, and for every other program, a file is opened as usual, at its start.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QMimeDatabase

from bge_desktop.messages import displayable

_LINE = re.compile(r"(?:\A| › )line (\d{1,9})\b")
_SECONDS = 3.0

Arguments = tuple[str, ...]
# By the name of the program's desktop file; evince(1), atril(1), papers(1), okular(1), zathura(1). Pages count from 1.
_AT_PAGE: dict[str, Arguments] = {
    "atril.desktop": ("atril", "--page-index={page}", "{file}"),
    "okularApplication_pdf.desktop": ("okular", "--page", "{page}", "{file}"),
    "org.gnome.Evince.desktop": ("evince", "--page-index={page}", "{file}"),
    "org.gnome.Papers.desktop": ("papers", "--page-index={page}", "{file}"),
    "org.kde.okular.desktop": ("okular", "--page", "{page}", "{file}"),
    "org.pwmt.zathura.desktop": ("zathura", "--page={page}", "{file}"),
}
# gedit(1), pluma(1), kate(1), geany(1), "code --help".
_AT_LINE: dict[str, Arguments] = {
    "code.desktop": ("code", "--goto", "{file}:{line}"),
    "geany.desktop": ("geany", "--line={line}", "{file}"),
    "org.gnome.gedit.desktop": ("gedit", "+{line}", "{file}"),
    "org.kde.kate.desktop": ("kate", "--line", "{line}", "{file}"),
    "pluma.desktop": ("pluma", "+{line}", "{file}"),
}


@dataclass(frozen=True)
class Spot:
    """Where to open a file: at a 1-based page, or at a 1-based line."""

    page: int | None = None
    line: int | None = None


def spot_of(place: str, page: int | None) -> Spot:
    """Return the spot that a `SearchResult` tells by its place and page."""
    found = _LINE.findall(place)
    return Spot(page, int(found[-1]) if found else None)


def command_at(path: str, spot: Spot) -> list[str] | None:
    """Return the command that opens a file at a spot; None where it is to be opened as usual. It may take a moment."""
    if sys.platform != "linux" or spot == Spot() or path != displayable(path):  # Qt's processes take Unicode only
        return None
    program = _default_program(path)
    arguments = _AT_PAGE.get(program) if spot.page else _AT_LINE.get(program)
    if arguments is None or shutil.which(arguments[0]) is None:
        return None
    return [argument.format(file=path, page=spot.page, line=spot.line) for argument in arguments]


def _default_program(path: str) -> str:
    """Return the name of the desktop file of the person's own program for a file, or ""."""
    ask = shutil.which("xdg-mime")
    answers = (_answer(ask, kind) for kind in _types_of(path)) if ask else iter(())
    return next(filter(None, answers), "")


def _types_of(path: str) -> Iterator[str]:
    mime = QMimeDatabase().mimeTypeForFile(path)
    yield mime.name()
    if mime.inherits("text/plain"):
        yield "text/plain"


def _answer(ask: str, kind: str) -> str:
    try:
        done = subprocess.run([ask, "query", "default", kind], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
