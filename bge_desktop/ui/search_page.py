"""The page of a search: filters, results, and what one of them looks like."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from bge_desktop.messages import FoundPassages, SearchAnswer, SearchResult
from bge_desktop.ui import theme
from bge_desktop.ui.filters_panel import FiltersPanel
from bge_desktop.ui.hint_line import HintLine
from bge_desktop.ui.preview_pane import PreviewPane
from bge_desktop.ui.results_pane import ResultsPane
from bge_desktop.ui.theme import GRID

_LEAD_MS = 250
"""How long an answer stands before its first result is drawn, where none is chosen: one may still be typing."""
_LEAST_COLUMNS = {"preview": 100, "filters": 85}
"""In a page of fewer average characters, these give way to the results, which are to have half of it at least."""
_COLUMNS_OF_FILTERS = 30
"""What the filters take of it, where they are wanted: the preview has so much less room."""
_LEAST_LINES = 6
"""As high as so many lines of text, at least, are the results and the preview: both have room on a low screen."""
_SIZES = "search/sizes"
_PREVIEW_SIZES = "search/preview_sizes/"
_PLACE = "search/preview"
_FILTERS = "search/filters"


class PreviewPlace(StrEnum):
    """Where the preview stands."""

    RIGHT = "right"
    BELOW = "below"
    HIDDEN = "hidden"


class SearchPage(QWidget):
    """Filters on the left, results beside them, the preview right of these or below them; sizes are remembered.

    Where there is little room for text, first the preview on the right gives way to the results, then the filters.

    Args:
        settings: where the sizes are kept.
        parent: the owner.
    """

    passages_wanted = Signal(object)
    """The path of a document whose passages are wanted."""
    place_changed = Signal(object)
    """The `PreviewPlace` from now on."""

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._query, self._previewed = settings, "", ""
        self._asked_for: tuple[str, str] | None = None  # the document whose passages, and the query
        self.filters, self.results, self.preview = FiltersPanel(settings), ResultsPane(), PreviewPane()
        self._place, self._last_place, self._are_filters_wanted = PreviewPlace.HIDDEN, PreviewPlace.RIGHT, True
        self._outer, self._inner, self.hints = _splitter(), _splitter(), HintLine()
        self._lead = QTimer(self, singleShot=True, interval=_LEAD_MS)
        self._build()
        self._connect()
        self._fit_font()
        theme.follow_system(self._fit_font)
        self._restore()

    @property
    def preview_place(self) -> PreviewPlace:
        """Where the preview stands."""
        return self._place

    def show_query(self, query: str) -> None:
        """Take note of what is typed by now; nothing typed has nothing to show."""
        self._query = query
        self.filters.show_query(query)
        if not query.strip():
            self._lead.stop()
            self.results.show_hint()
            self._clear_preview()

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show an answer."""
        self.results.show_answer(answer)
        if answer.complete:
            self._asked_for = None  # what was asked for before is answered no more
            self._follow(self.results.view.current_result())
        else:
            self._follow_order()

    def show_passages(self, found: FoundPassages) -> None:
        """Show the passages of a document where it is listed, and go from one to the other in its preview."""
        self.results.show_passages(found)
        self.preview.show_passages(found)

    def put_preview(self, place: PreviewPlace) -> None:
        """Have the preview stand elsewhere, or not be there."""
        if place is self._place:
            return
        self._keep_preview_sizes()
        self._place = place
        self._last_place = self._last_place if place is PreviewPlace.HIDDEN else place
        self._make_room()
        self._inner.setOrientation(_ORIENTATIONS[self._last_place])
        if sizes := self._settings.value(_PREVIEW_SIZES + self._last_place):
            self._inner.restoreState(sizes)
        self._show_lead()
        self.place_changed.emit(place)

    def toggle_preview(self) -> None:
        """Show the preview, or hide it."""
        if not self.preview.isHidden():
            self.put_preview(PreviewPlace.HIDDEN)
        else:
            self.put_preview(self._last_place if self._has_room("preview") else PreviewPlace.BELOW)

    @property
    def are_filters_wanted(self) -> bool:
        """Whether the panel of filters is to be there, as far as there is room."""
        return self._are_filters_wanted

    def show_filters(self, are_shown: bool) -> None:
        """Show the panel of filters, or hide it: the menus above the page offer them as well."""
        self._are_filters_wanted = are_shown
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Have what there is no room for give way."""
        super().resizeEvent(event)
        self._make_room()

    def keep(self) -> None:
        """Keep the sizes for the next start."""
        self._keep_preview_sizes()
        self._settings.setValue(_SIZES, self._outer.saveState())
        self._settings.setValue(_PLACE, str(self._place))
        self._settings.setValue(_FILTERS, self._are_filters_wanted)

    def _build(self) -> None:
        for place, widget in enumerate((self.results, self.preview)):
            self._inner.addWidget(widget)
            self._inner.setStretchFactor(place, 1)
        self._outer.addWidget(self.filters)
        self._outer.addWidget(self._inner)
        self._outer.setStretchFactor(1, 1)
        self._outer.setSizes([self.filters.sizeHint().width(), 120 * GRID])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hints)
        column.addWidget(self._outer, 1)

    def _connect(self) -> None:
        view = self.results.view
        view.current_changed.connect(self._follow)
        view.preview_wanted.connect(self.toggle_preview)
        view.passages_wanted.connect(self.passages_wanted)
        self.results.better.attention.watch_beside(self.preview)
        self.results.model.layoutChanged.connect(self._follow_order)
        self._lead.timeout.connect(self._show_lead)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.preview, self._leave_preview)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _fit_font(self) -> None:
        for widget in (self.results, self.preview):
            widget.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())

    def _restore(self) -> None:
        if sizes := self._settings.value(_SIZES):
            self._outer.restoreState(sizes)
        self.show_filters(self._settings.value(_FILTERS, True, bool) is not False)
        place = str(self._settings.value(_PLACE, PreviewPlace.RIGHT))
        self.preview.hide()
        self.put_preview(PreviewPlace(place) if place in list(PreviewPlace) else PreviewPlace.RIGHT)

    def _make_room(self) -> None:
        was_hidden, is_beside = self.preview.isHidden(), self._place is PreviewPlace.RIGHT
        self.preview.setHidden(self._place is PreviewPlace.HIDDEN or (is_beside and not self._has_room("preview")))
        if was_hidden and not self.preview.isHidden():
            self._lead.start()
        self._mark_previewed()
        self.filters.setVisible(self._are_filters_wanted and self._has_room("filters"))

    def _has_room(self, part: str) -> bool:
        beside = _COLUMNS_OF_FILTERS if part == "preview" and self._are_filters_wanted else 0
        return self.width() >= (_LEAST_COLUMNS[part] + beside) * theme.letter_width(self.fontMetrics())

    def _keep_preview_sizes(self) -> None:
        if self._place is not PreviewPlace.HIDDEN:
            self._settings.setValue(_PREVIEW_SIZES + self._place, self._inner.saveState())

    def _leave_preview(self) -> None:
        self.results.view.enter() if self.results.model.rowCount() else self._clear_preview()

    def _follow(self, result: SearchResult | None) -> None:
        """Show the result that the keyboard is on; where it is on none, soon the first."""
        if result is None:
            self._lead.start()
        else:
            self._lead.stop()
            self._show(result)

    def _follow_order(self) -> None:
        if self.results.view.current_result() is None:
            self._lead.start()

    def _show_lead(self) -> None:
        result = self.results.view.current_result() or self.results.model.first()
        self._show(result) if result else self._clear_preview()

    def _clear_preview(self) -> None:
        self._previewed, self._asked_for = "", None
        self.preview.clear()
        self._mark_previewed()

    def _show(self, result: SearchResult) -> None:
        if self.preview.isHidden():
            return
        self._previewed = result.path
        self._mark_previewed()
        self.preview.show_result(result, self._query)
        if self._asked_for != (result.path, self._query):
            self._asked_for = result.path, self._query
            self.passages_wanted.emit(result.path)

    def _mark_previewed(self) -> None:
        self.results.view.mark_previewed("" if self.preview.isHidden() else self._previewed)


_ORIENTATIONS = {PreviewPlace.RIGHT: Qt.Orientation.Horizontal, PreviewPlace.BELOW: Qt.Orientation.Vertical}


def _splitter() -> QSplitter:
    splitter = QSplitter()
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    return splitter
