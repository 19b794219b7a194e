"""`bge-desktop remove`: have the library forget a folder, wholly."""

from __future__ import annotations

import sys

from bge_desktop.cli import output
from bge_desktop.cli.naming import folder_named
from bge_desktop.cli.work import until_done
from bge_desktop.errors import RequestError
from bge_desktop.library.counts import Counts, count_files
from bge_desktop.library.library import reading
from bge_desktop.messages import RemoveFolder, displayable

_ADVICE = "Folders that were added can be removed; bge-desktop status lists them."


def remove(folder: str, library: str, device: str, *, is_agreed: bool, as_json: bool) -> int:
    """Remove a folder from the library, after asking once where there is a terminal; the files themselves stay.

    Raises:
        UserError: there is no library, the folder is not in it, it cannot be written, or nobody could be asked.
    """
    path, files = _found(folder, library)
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


def _found(name: str, library: str) -> tuple[str, int]:
    """Return the path of a folder as the library knows it, and how many files it has."""
    with reading(library) as opened:
        folder = folder_named(opened, name, _ADVICE)
        return folder.path, count_files(opened.db).get(folder.id, Counts()).files


def _agrees(path: str, files: int) -> bool:
    if not sys.stdin.isatty():
        raise RequestError("Nobody can be asked", "Without a terminal, add --yes to remove the folder.", path)
    named = f"{displayable(path)}, {output.counted(files, 'file')}"
    output.note(f"Remove {named}, from the library? The files themselves stay. [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
