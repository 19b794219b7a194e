"""Where dialogs that ask for a file or a folder begin."""

from __future__ import annotations

import os

from PySide6.QtCore import QStandardPaths


class StartingFolder:
    """At first the person's documents, or their home where they have no folder for these; then where the last one was.

    By itself, a dialog begins where the program was started, which says nothing to a person.
    """

    def __init__(self) -> None:
        self._last = ""

    def path(self) -> str:
        """Return the folder to begin in."""
        location = QStandardPaths.StandardLocation
        usual = QStandardPaths.writableLocation(location.DocumentsLocation)
        return self._last or usual or QStandardPaths.writableLocation(location.HomeLocation)

    def note_choice(self, path: str) -> None:
        """Begin in the folder that holds `path` from now on."""
        self._last = os.path.dirname(path)
