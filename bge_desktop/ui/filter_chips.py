"""The row below the search bar: what the query asks for besides its words, and menus to ask for more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from bge_desktop.messages import Facets, displayable
from bge_desktop.ui.filter_choices import FilterChoices, first
from bge_desktop.ui.filter_names import filter_name, term_name
from bge_desktop.ui.flow_layout import FlowLayout
from bge_desktop.ui.pill import MenuPill, Pill
from bge_desktop.ui.query_edit import Term, terms
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.wording import documents_text, number

_MOST_IN_A_MENU = 20


class Chip(Pill):
    """Something that narrows the search. A click, the Delete and the Backspace key ask to remove it.

    Args:
        text: what it says.
        parent: the owner.
    """

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, "close", parent, is_filled=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete and Backspace press, too."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)


class FilterChip(Chip):
    """A filter of the query.

    Args:
        term: the filter.
        parent: the owner.
    """

    def __init__(self, term: Term, parent: QWidget) -> None:
        name = term_name(term)
        super().__init__(name.replace("&", "&&"), parent)  # a single one makes a shortcut
        self.setToolTip(plain_tip(self.tr("Remove {term}").format(term=displayable(term.token.raw))))
        self.setAccessibleName(self.tr("Remove the filter {name}").format(name=name))


class DocumentsChip(Chip):
    """Stands for the documents that were marked on the map, as long as the search is among them."""

    longest = 60

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setToolTip(self.tr("Search in all documents again"))
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many they are; without any, be away."""
        self.setText(self.tr("{documents} from the map").format(documents=documents_text(count)))
        self.setAccessibleName(self.tr("Remove the filter {name}").format(name=self.text()))
        self.setVisible(bool(count))
        self.updateGeometry()


class FilterChips(QWidget):
    """Menus of the filters, then a chip for documents of the map, then one for each filter of the query.

    The menus always stand at the beginning: nothing moves while one types but the chips themselves.
    """

    toggled = Signal(str, object)
    """The filter, as of the query language, and its value: the query is to ask for it, or no more."""
    removed = Signal(object)
    """A `Term` that the query is to have no more."""
    documents_dropped = Signal()
    """The search is to be in all documents again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Filters"))
        self.chips: list[FilterChip] = []
        self._terms: list[Term] = []
        self._choices = FilterChoices()
        self._row = FlowLayout(self, GRID)
        self.buttons = {key: self._add_button(key) for key in ("type", "date", "folder", "lang")}
        self.documents_chip = DocumentsChip(self)
        self.documents_chip.clicked.connect(self.documents_dropped)
        self._row.addWidget(self.documents_chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_facets(self, facets: Facets) -> None:
        """Offer the values that have documents in the menus."""
        self._choices.take_facets(facets)
        self._enable_buttons()

    def show_documents(self, count: int) -> None:
        """Show a chip for so many documents that the search is among; none for 0."""
        self.documents_chip.show_count(count)

    def show_query(self, query: str) -> None:
        """Show a chip for each filter of a query."""
        self._choices.take_query(query)
        self._enable_buttons()
        before, self._terms = self._terms, terms(query)
        if [term.token for term in before] != [term.token for term in self._terms]:
            self._show_chips()

    def _fill(self, menu: QMenu, key: str) -> None:
        menu.clear()
        for choice in first(self._choices.of(key), _MOST_IN_A_MENU):
            name = choice.name.replace("&", "&&")  # a single one underlines what follows it
            action = menu.addAction(f"{name}\t{number(choice.count)}")
            action.setCheckable(True)
            action.setChecked(choice.is_active)
            action.setToolTip(plain_tip(choice.tip))
            action.triggered.connect(partial(self.toggled.emit, key, choice.value))

    def _show_chips(self) -> None:
        """Have as many chips as the query has filters, each in its place; the focus goes to the one that follows."""
        focused = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._add_chip(place, term) for place, term in enumerate(self._terms)]
        if focused is not None:
            stops: Sequence[Pill] = self.chips or [self.buttons["lang"]]
            stops[min(focused, len(stops) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_chip(self, place: int, term: Term) -> FilterChip:
        chip = FilterChip(term, self)
        chip.clicked.connect(lambda: self.removed.emit(self._terms[place]))  # which may have moved in the text
        self._row.addWidget(chip)
        chip.show()
        return chip

    def _add_button(self, key: str) -> MenuPill:
        meaning = self.tr("Filter by {name}").format(name=filter_name(key))
        button = MenuPill(filter_name(key), meaning, self)
        button.setEnabled(False)
        button.choices.aboutToShow.connect(lambda: self._fill(button.choices, key))
        self._row.addWidget(button)
        return button

    def _enable_buttons(self) -> None:
        for key, button in self.buttons.items():
            button.setEnabled(bool(self._choices.of(key)))
