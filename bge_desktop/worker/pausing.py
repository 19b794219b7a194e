"""Which folders are left as they are at the moment."""

from __future__ import annotations

from bge_desktop.errors import RequestError
from bge_desktop.library.folders import Folder
from bge_desktop.library.library import Library


class Pausing:
    """The pauses of a library, and the wishes that break them: what a person adds is indexed though it be paused.

    Args:
        library: whose folders.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._wished: set[int] = set()

    def folder_ids(self) -> frozenset[int]:
        """Return the ids of the folders that are left as they are."""
        return self._library.pauses.folder_ids() - self._wished

    def wish(self, folder: Folder) -> None:
        """Have a folder indexed, paused or not, until all that is known of is done; the pause itself stays."""
        self._wished.add(folder.id)

    def forget_wishes(self) -> None:
        """Let the pauses hold again: what was wished is done."""
        self._wished.clear()

    def begin(self, path: str | None) -> list[Folder]:
        """Pause the folder with this path, or all; return what is paused now.

        Raises:
            RequestError: it is no folder of the library.
        """
        self._check(path)
        self._library.pauses.begin(path)
        self._wished.clear()
        paused = self._library.pauses.folder_ids()
        return [folder for folder in self._library.folders.all() if folder.id in paused]

    def end(self, path: str | None) -> list[Folder]:
        """Go on with the folder with this path, or with all; return those that go on.

        Raises:
            RequestError: it is no folder of the library.
        """
        self._check(path)
        before = self._library.pauses.folder_ids()
        self._library.pauses.end(path)
        over = before - self._library.pauses.folder_ids()
        return [folder for folder in self._library.folders.all() if folder.id in over]

    def _check(self, path: str | None) -> None:
        if path is not None and self._library.folders.at(path) is None:
            raise RequestError("Not a folder of the library", "Name one that stands in the list of folders.", path)
