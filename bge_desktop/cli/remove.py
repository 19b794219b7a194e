"""`bge-desktop remove`: have the library forget a folder, wholly."""

from __future__ import annotations

import os
import sys

from bge_desktop.cli import output
from bge_desktop.cli.work import until_done
from bge_desktop.errors import RequestError
from bge_desktop.library.counts import count_files
from bge_desktop.library.library import reading
from bge_desktop.messages import RemoveFolder, displayable


def remove(folder: str, library: str, device: str, *, is_agreed: bool, as_json: bool) -> int:
    """Remove a folder from the library, after asking once where there is a terminal; the files themselves stay.

    Raises:
        UserError: there is no library, the folder is not in it, it cannot be written, or nobody could be asked.
    """
    path, files = _found(os.path.abspath(folder), library)
    if not is_agreed and not _agrees(path, files):
        output.note("Nothing was removed.")
        return 1
    until_done(library, device, [RemoveFolder(path)])
    if as_json:
        output.say_json({"removed": path, "files": files})
    else:
        output.say(
            f"Removed {displayable(path)}, {output.counted(files, 'file')}, from the library."
            " The files themselves are untouched."
        )
    return 0


def _found(path: str, library: str) -> tuple[str, int]:
    """Return the path of a folder as the library knows it, and how many files it has."""
    with reading(library) as opened:
        counts = count_files(opened.db)
        for folder in opened.folders.all():
            if folder.path in (path, os.path.realpath(path)):
                return folder.path, counts[folder.id].files if folder.id in counts else 0
    message = "Folders that were added can be removed; bge-desktop status lists them."
    raise RequestError("Not a folder of the library", message, path)


def _agrees(path: str, files: int) -> bool:
    if not sys.stdin.isatty():
        raise RequestError("Nobody can be asked", "Without a terminal, add --yes to remove the folder.", path)
    named = f"{displayable(path)}, {output.counted(files, 'file')}"
    output.note(f"Remove {named}, from the library? The files themselves stay. [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
