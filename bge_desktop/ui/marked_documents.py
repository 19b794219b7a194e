"""The documents that were marked on the map: the window's search is among them until they are let go."""

from __future__ import annotations

from PySide6.QtCore import QObject

from bge_desktop.ui.current_query import CurrentQuery
from bge_desktop.ui.filter_chips import FilterChips
from bge_desktop.ui.search_bar import SearchBar


class MarkedDocuments(QObject):
    """Let go by the chip that stands for them, and by Esc in the search bar with nothing typed.

    Args:
        query: the window's.
        chips: show that there are any.
        bar: where the query is typed; it owns this.
    """

    def __init__(self, query: CurrentQuery, chips: FilterChips, bar: SearchBar) -> None:
        super().__init__(bar)
        self._query, self._chips, self._bar = query, chips, bar
        self._show_chip()
        chips.documents_dropped.connect(self.let_go)
        bar.left_alone.connect(self.let_go)

    def show(self, documents: tuple[int, ...]) -> None:
        """List these documents, by their ids; what is typed from now on is searched among them."""
        self._hold(documents)
        self._bar.start_over()
        self._bar.ask_again()

    def let_go(self) -> None:
        """Search in all documents again."""
        if self._query.documents is not None:
            self._hold(None)
            self._bar.ask_again()

    def _hold(self, documents: tuple[int, ...] | None) -> None:
        self._query.keep_to(documents)
        self._show_chip()

    def _show_chip(self) -> None:
        self._chips.show_documents(len(self._query.documents or ()))
