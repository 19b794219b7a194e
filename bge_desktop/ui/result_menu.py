"""What one can do with results, as a context menu and by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QMenu, QWidget

from bge_desktop.messages import SearchResult
from bge_desktop.ui import theme
from bge_desktop.ui.paths import shown_folder, shown_name, shown_path
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.wording import joined, more_text, number

_MOST_COPIES = 12
_NAME_WIDTH, _FOLDER_WIDTH = 36, 48
"""In average characters; what is longer is shortened in the middle."""


@dataclass(frozen=True)
class ResultAction:
    """One thing to do with results.

    Attributes:
        text: what it is called.
        keys: what does it from the keyboard; the first one is shown.
        act: does it; with one result where there is no `text_for_many`.
        text_for_many: what it is called for "{count}" results; "" where it can be done with one only.
    """

    text: str
    keys: tuple[str, ...]
    act: Callable[[Sequence[SearchResult]], None]
    text_for_many: str = ""

    def text_for(self, count: int) -> str:
        """Return what it is called for as many results; "" where it cannot be done with them."""
        return self.text if count == 1 else self.text_for_many.format(count=number(count))

    def is_pressed(self, event: QKeyEvent) -> bool:
        """Whether a key event asks for this; the number pad counts like the other keys."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(modifiers.value | event.key())
        return any(QKeySequence(keys) == pressed for keys in self.keys)


class CopiesMenu(QMenu):
    """Lists the other files that say the same as a result, then those that say almost the same."""

    open_wanted = Signal(object)
    """The path of the file to open."""

    def __init__(self, result: SearchResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Copies"))
        self.setToolTipsVisible(True)
        self._make_headings_readable()
        same, similar = _first(result.copies, result.near_duplicates)
        self._add_files(self.tr("The same"), same)
        self._add_files(self.tr("Almost the same"), similar)
        rest = len(result.copies) + len(result.near_duplicates) - len(same) - len(similar)
        if rest:
            self.addSeparator()
            self.addAction(more_text(rest)).setEnabled(False)

    def _make_headings_readable(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, theme.dimmed(palette))
        self.setPalette(palette)

    def _add_files(self, heading: str, paths: Sequence[str]) -> None:
        if paths:
            self.addSeparator()
            self.addAction(heading).setEnabled(False)  # not as a section: some systems show its line only
        for path in paths:
            action = self.addAction(self._name_in_folder(path))
            action.setToolTip(plain_tip(shown_path(path)))
            action.triggered.connect(partial(self.open_wanted.emit, path))

    def _name_in_folder(self, path: str) -> str:
        metrics, middle = self.fontMetrics(), Qt.TextElideMode.ElideMiddle
        name = metrics.elidedText(shown_name(path), middle, _NAME_WIDTH * theme.letter_width(metrics))
        folder = metrics.elidedText(shown_folder(path), middle, _FOLDER_WIDTH * theme.letter_width(metrics))
        return joined(name, folder).replace("&", "&&")  # a single one underlines what follows it


class ResultMenu(QMenu):
    """The context menu of results. Whatever becomes of the list meanwhile, it acts on those results."""

    def __init__(self, results: Sequence[SearchResult], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = tuple(results)
        self._documents = len({result.path for result in results})

    def add(self, *actions: ResultAction) -> None:
        """Add what can be done with the results, with its key beside it, below a line that divides it from the rest."""
        self.addSeparator()  # Qt shows none at the top
        self._fill(self, actions)

    def add_submenu(self, title: str, *actions: ResultAction) -> None:
        """Add a menu of actions."""
        self._fill(self.addMenu(title), actions)

    def add_copies(self, open_: Callable[[str], None]) -> None:
        """Add the menu of a single result's copies, where it has any; `open_` takes the path of the chosen one."""
        first, *others = self._results
        if not others and (first.copies or first.near_duplicates):
            copies = CopiesMenu(first, self)
            copies.open_wanted.connect(open_)
            self.addMenu(copies)

    def _fill(self, menu: QMenu, actions: Sequence[ResultAction]) -> None:
        for action in actions:
            if text := action.text_for(self._documents):
                added = menu.addAction(text)
                added.setShortcuts([QKeySequence(keys) for keys in action.keys])
                added.setShortcutVisibleInContextMenu(True)  # some desktops leave them out
                added.triggered.connect(partial(action.act, self._results))


def _first(same: Sequence[str], similar: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return as many of both as are shown; neither crowds the other out."""
    shown = same[: _MOST_COPIES - min(len(similar), _MOST_COPIES // 2)]
    return shown, similar[: _MOST_COPIES - len(shown)]
