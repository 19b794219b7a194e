"""The settings while the window is open: a change holds at once, and is written in a thread."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from bge_desktop.errors import UserError
from bge_desktop.settings import Settings, read, save
from bge_desktop.ui.background import Background
from bge_desktop.ui.core_texts import report_of


class Choices(QObject):
    """Holds the settings of a library.

    Args:
        library: its folder.
        settings: those that stand in its file.
        parent: the owner.
    """

    changed = Signal(object)
    """The `Settings` that hold from now on, be they chosen here, elsewhere, or gone back to."""
    saved = Signal()
    """What was chosen here stands in the file."""
    failed = Signal(object)
    """An `ErrorReport`: what was chosen could not be written, so that what held before holds again."""

    def __init__(self, library: str, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._settings = self._stored = settings
        self._background = Background(self)

    @property
    def settings(self) -> Settings:
        """The settings that hold."""
        return self._settings

    def change(self, **values: Any) -> None:
        """Choose other values, by their names in `Settings`."""
        chosen = replace(self._settings, **values)
        if chosen != self._settings:
            self._hold(chosen)
            self._background.do(partial(_written, self._library, values), self._take_saved, self._go_back)

    def read_again(self) -> None:
        """Take what stands in the file: another program may have changed it."""
        self._background.do(lambda: read(self._library)[0], self._take, self._go_back)

    def close(self) -> None:
        """Wait until all is written."""
        self._background.close()

    def _take_saved(self, settings: Settings) -> None:
        self._take(settings)
        self.saved.emit()

    def _take(self, settings: Settings) -> None:
        self._stored = settings
        if not self._background.is_busy:  # else what was chosen since is yet to be written
            self._hold(settings)

    def _go_back(self, error: UserError) -> None:
        self._hold(self._stored)
        self.failed.emit(report_of(error))

    def _hold(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)


def _written(library: str, values: dict[str, Any]) -> Settings:
    """Change some values in the file, whatever stands there by now; return all.

    Raises:
        UserError: a value is not allowed, or the file cannot be written.
    """
    settings = replace(read(library)[0], **values)
    save(library, settings)
    return settings
