"""The panel beside the results: how many documents the values of each filter would leave, and choosing some."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from bge_desktop.messages import Facets
from bge_desktop.ui import theme
from bge_desktop.ui.filter_choices import FILTERS, FilterChoices
from bge_desktop.ui.filter_group import FilterGroup
from bge_desktop.ui.filter_names import filter_name
from bge_desktop.ui.theme import GRID

_FOLDED = "filters/folded"


class FiltersPanel(QWidget):
    """Groups of values, of which the query may ask for several.

    Args:
        settings: where it is kept which groups are folded away.
        parent: the owner.
    """

    toggled = Signal(str, object)
    """The filter, as of the query language, and its value: the query is to ask for it, or no more."""

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._choices = FilterChoices()
        self.groups = {key: FilterGroup(filter_name(key)) for key in FILTERS}
        self.setAccessibleName(self.tr("Filters"))
        self._area = QScrollArea(widgetResizable=True)
        self._build()
        self._restore()

    def show_facets(self, facets: Facets) -> None:
        """Show how many documents each value would leave."""
        self._choices.take_facets(facets)
        self._show()

    def show_query(self, query: str) -> None:
        """Mark the values that a query asks for."""
        self._choices.take_query(query)
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a width that shows common names whole."""
        return QSize(theme.letter_width(self.fontMetrics()) * 32, 60 * GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a width that names can be told apart in."""
        return QSize(theme.letter_width(self.fontMetrics()) * 20, super().minimumSizeHint().height())

    def _show(self) -> None:
        for key, group in self.groups.items():
            group.show_choices(self._choices.of(key))

    def _move(self, start: QWidget, steps: int) -> None:
        """Move the keyboard's focus from one line to another."""
        stops = [stop for group in self.groups.values() if not group.isHidden() for stop in group.stops()]
        place = min(max(stops.index(start) + steps, 0), len(stops) - 1)
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(stops[place], 0, GRID)

    def _keep_folded(self) -> None:
        self._settings.setValue(_FOLDED, [key for key, group in self.groups.items() if group.is_folded])

    def _restore(self) -> None:
        folded = self._settings.value(_FOLDED, [], list)
        for key, group in self.groups.items():
            group.fold(is_folded=isinstance(folded, list) and key in folded)

    def _build(self) -> None:
        inner = QWidget()
        groups = QVBoxLayout(inner)
        groups.setContentsMargins(GRID, 0, GRID, GRID)
        groups.setSpacing(GRID)
        for key, group in self.groups.items():
            group.toggled.connect(partial(self.toggled.emit, key))
            group.folded.connect(self._keep_folded)
            group.move_wanted.connect(self._move)
            group.hide()  # until there is something to choose
            groups.addWidget(group)
        groups.addStretch()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
