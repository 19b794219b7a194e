"""What a hostile input is, and the register of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

Make = Callable[[], bytes]

READ = "read"
"""What stands for the title of a failure where a file is read."""
ANY = "read|[A-Z].*"
"""The outcome is as good as any that has its reason."""
CRASHES = "The file made its reader crash"
"""No one keeps this parser from filling its memory, which ends it: it costs this file."""
ENDINGS = (
    *(".txt", ".md", ".html", ".xml", ".json", ".yaml", ".csv", ".rst", ".org", ".tex", ".rtf", ".srt", ".ics", ".vcf"),
    *(".eml", ".mbox", ".ipynb", ".py", ".pdf", ".docx", ".pptx", ".xlsx", ".xls", ".odt", ".ods", ".odp", ".epub"),
    *(".svg", ".zip", ".tar", ".gz", ".bz2", ".xz", ".zst", ".png", ".jpg", ".gif", ".tif", ".webp", ".bmp"),
    *(".wav", ".mp3", ".flac", ".ogg", ".mp4", ".avi", ".mkv", ".7z", ".exe", ""),
)
"""Of every kind of file that is read, or known by its name."""


@dataclass(frozen=True)
class Hostile:
    """A file that is made to do harm, or that something has spoilt.

    Attributes:
        name: of the file.
        make: writes it to a path.
        expects: a regular expression for what comes of it: `READ`, or the title of the failure.
    """

    name: str
    make: Callable[[str], None]
    expects: str


INPUTS: dict[str, Hostile] = {}


def register(name: str, make: Make, expects: str = ANY) -> None:
    """Add an input whose content fits into memory."""
    register_file(name, partial(_write, make), expects)


def register_file(name: str, make: Callable[[str], None], expects: str = ANY) -> None:
    """Add an input that writes itself."""
    assert name not in INPUTS, name
    INPUTS[name] = Hostile(name, make, expects)


def hostile(name: str, expects: str = ANY) -> Callable[[Make], Make]:
    """Decorate a function that returns the content of an input."""

    def add(make: Make) -> Make:
        register(name, make, expects)
        return make

    return add


def sparse(size: int, start: bytes = b"") -> Callable[[str], None]:
    """Return what makes a file of so many bytes that takes no room on the disk."""

    def make(path: str) -> None:
        with open(path, "wb") as stream:
            stream.write(start)
            stream.truncate(size)

    return make


def _write(make: Make, path: str) -> None:
    with open(path, "wb") as stream:
        stream.write(make())
