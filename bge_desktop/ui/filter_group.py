"""The values of one filter, under a heading that folds them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bge_desktop.ui.filter_choices import FIRST, Choice, first
from bge_desktop.ui.filter_row import FilterRow
from bge_desktop.ui.flat_button import FlatButton
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.wording import number

_MOST = 100  # of all values: what else there is can be typed


class FilterGroup(QWidget):
    """A heading, the first values below it, and a button that shows all.

    Only one of the values takes the Tab key's focus; from it, Up and Down go on.

    Args:
        title: of the heading.
        parent: the owner.
    """

    toggled = Signal(object)
    """The value that was chosen. As an object: as a Qt string, the path of a folder that is not UTF-8 would be lost."""
    folded = Signal(bool)
    """A person has folded the values away, or unfolded them."""
    move_wanted = Signal(object, int)
    """From this widget, the focus is to go so many steps further."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FilterRow] = {}
        self._is_whole = False
        self._choices: Sequence[Choice] = ()
        self._order: list[FilterRow] = []
        self.heading = FlatButton(title, "fold", Type.SMALL)
        self.heading.clicked.connect(self._fold)
        self.more_button = FlatButton("", "", Type.SMALL)
        self.more_button.clicked.connect(self._show_whole)
        self._body, self._column = QWidget(), QVBoxLayout()
        self._build()
        self.fold(is_folded=False)

    @property
    def is_folded(self) -> bool:
        """Whether the values are folded away."""
        return self._body.isHidden()

    def fold(self, *, is_folded: bool) -> None:
        """Fold the values away, or unfold them."""
        self._body.setHidden(is_folded)
        self.heading.set_icon("unfold" if is_folded else "fold")
        self.heading.setAccessibleDescription(self.tr("Collapsed") if is_folded else self.tr("Expanded"))

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these values in this order; of many the weightiest, and all that the query asks for."""
        if choices != self._choices:
            self._choices = choices
            self._show()

    def _show(self) -> None:
        shown = first(self._choices, _MOST if self._is_whole else FIRST)
        for value in self.rows.keys() - {own.value for own in shown}:
            self._drop(self.rows.pop(value))
        for place, own in enumerate(shown):
            row = self.rows.get(own.value) or self._add_row(own)
            row.show_choice(own)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        self._order = [self.rows[own.value] for own in shown]
        self._offer_more()
        self._choose_stop(self._stop() or next(iter(self._order), None))
        self.setVisible(bool(shown))

    def stops(self) -> Iterator[QWidget]:
        """Yield what Up and Down go through, in order."""
        yield self.heading
        if not self.is_folded:
            yield from self._order
            if not self.more_button.isHidden():
                yield self.more_button

    def _offer_more(self) -> None:
        count = len(self._choices)
        more = self.tr("Show all {count}") if count <= _MOST else self.tr("Show the {count} largest")
        more = more.format(count=number(min(count, _MOST)))
        self.more_button.setText(self.tr("Show fewer") if self._is_whole else more)
        self.more_button.setVisible(count > FIRST)

    def _fold(self) -> None:
        self.fold(is_folded=not self.is_folded)
        self.folded.emit(self.is_folded)

    def _show_whole(self) -> None:
        self._is_whole = not self._is_whole
        self._show()

    def _add_row(self, choice: Choice) -> FilterRow:
        row = self.rows[choice.value] = FilterRow(choice)
        row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row.clicked.connect(lambda: self.toggled.emit(choice.value))
        row.focused.connect(lambda: self._choose_stop(row))
        row.move_wanted.connect(partial(self.move_wanted.emit, row))
        return row

    def _drop(self, row: FilterRow) -> None:
        if row.hasFocus():
            self.heading.setFocus()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _stop(self) -> FilterRow | None:
        return next((row for row in self._order if row.focusPolicy() == Qt.FocusPolicy.StrongFocus), None)

    def _choose_stop(self, stop: FilterRow | None) -> None:
        for row in self.rows.values():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)
        if stop:
            QWidget.setTabOrder(self.heading, stop)

    def _build(self) -> None:
        for button in (self.heading, self.more_button):
            button.move_wanted.connect(partial(self.move_wanted.emit, button))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.more_button)
        self._body.setLayout(self._column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 4)
        column.addWidget(self.heading)
        column.addWidget(self._body)
