"""`bge-desktop pause` and `bge-desktop resume`: whether folders are kept in step with the disk."""

from __future__ import annotations

from bge_desktop.cli import output
from bge_desktop.cli.naming import folder_named
from bge_desktop.cli.work import settled
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import Pause, Resume, displayable

_ADVICE = "Folders that were added can be paused; bge-desktop status lists them."


def pause(folder: str | None, library: str, *, as_json: bool) -> int:
    """Pause a folder of the library, or all, and print what is paused now.

    Raises:
        UserError: there is no library, it cannot be written, or the folder is not in it.
    """
    return _settled(Pause(_path(folder, library)), library, as_json=as_json)


def resume(folder: str | None, library: str, *, as_json: bool) -> int:
    """Go on with a folder of the library, or with all, and print what is paused still.

    Raises:
        UserError: there is no library, it cannot be written, or the folder is not in it.
    """
    return _settled(Resume(_path(folder, library)), library, as_json=as_json)


def _settled(request: Pause | Resume, library: str, *, as_json: bool) -> int:
    settled(library, request, lambda opened: _change(opened, request))
    paused = _paused(library)
    if as_json:
        output.say_json({"paused": paused})
    else:
        output.say("\n".join(f"paused: {displayable(path)}" for path in paused) or "Nothing is paused.")
    return 0


def _change(library: Library, request: Pause | Resume) -> None:
    change = library.pauses.begin if isinstance(request, Pause) else library.pauses.end
    change(request.path)


def _path(folder: str | None, library: str) -> str | None:
    """Return the path of a folder as it stands in the library; None for all."""
    with reading(library) as opened:
        return None if folder is None else folder_named(opened, folder, _ADVICE).path


def _paused(library: str) -> list[str]:
    with reading(library) as opened:
        ids = opened.pauses.folder_ids()
        return [folder.path for folder in opened.folders.all() if folder.id in ids]
