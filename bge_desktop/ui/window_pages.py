"""The pages of the window: which there are, and which is on show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from bge_desktop.ui.widgets import Pages


class WindowPage(StrEnum):
    """What the window shows below its search bar."""

    WELCOME = "welcome"
    SEARCH = "search"
    TOPICS = "topics"
    LABELS = "labels"
    LIBRARY = "library"


class WindowPages(Pages):
    """The pages, by what they show.

    Args:
        pages: those that are there from the start.
        makers: of those that are made when they are shown for the first time: the window is waited for.
    """

    def __init__(self, pages: Mapping[WindowPage, QWidget], makers: Mapping[WindowPage, Callable[[], QWidget]]) -> None:
        super().__init__()
        self._pages, self._makers = dict(pages), makers
        for page in pages.values():
            self.addWidget(page)

    @property
    def shown(self) -> WindowPage:
        """Which is on show."""
        return next(name for name, page in self._pages.items() if page is self.currentWidget())

    def show_page(self, name: WindowPage) -> QWidget:
        """Show a page, and return it."""
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
            self.addWidget(self._pages[name])
        self.setCurrentWidget(self._pages[name])
        return self._pages[name]
