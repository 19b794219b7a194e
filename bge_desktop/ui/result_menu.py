"""What one can do with a result, as a context menu and by keys."""

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
from bge_desktop.ui.wording import more_text

_DOT = "  ·  "
_MOST_COPIES = 12
_NAME_WIDTH, _FOLDER_WIDTH = 36, 48
"""In average characters; what is longer is shortened in the middle."""


@dataclass(frozen=True)
class ResultAction:
    """One thing to do with a result.

    Attributes:
        text: what it is called.
        keys: what does it from the keyboard; the first one is shown.
        act: does it.
    """

    text: str
    keys: tuple[str, ...]
    act: Callable[[SearchResult], None]

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
            action.setToolTip(shown_path(path))
            action.triggered.connect(partial(self.open_wanted.emit, path))

    def _name_in_folder(self, path: str) -> str:
        metrics, middle = self.fontMetrics(), Qt.TextElideMode.ElideMiddle
        name = metrics.elidedText(shown_name(path), middle, _NAME_WIDTH * metrics.averageCharWidth())
        folder = metrics.elidedText(shown_folder(path), middle, _FOLDER_WIDTH * metrics.averageCharWidth())
        return f"{name}{_DOT}{folder}".replace("&", "&&")  # a single one underlines what follows it


class ResultMenu(QMenu):
    """The context menu of a result. Whatever becomes of the list meanwhile, it acts on that result."""

    def __init__(self, result: SearchResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = result

    def add(self, *actions: ResultAction) -> None:
        """Add actions, each with its key beside it, below a line that divides them from those before."""
        self.addSeparator()  # Qt shows none at the top
        for action in actions:
            added = self.addAction(action.text)
            added.setShortcuts([QKeySequence(keys) for keys in action.keys])
            added.setShortcutVisibleInContextMenu(True)  # some desktops leave them out
            added.triggered.connect(partial(action.act, self._result))

    def add_copies(self, open_: Callable[[str], None]) -> None:
        """Add the menu of the result's copies, where it has any; `open_` takes the path of the one that is chosen."""
        if self._result.copies or self._result.near_duplicates:
            copies = CopiesMenu(self._result, self)
            copies.open_wanted.connect(open_)
            self.addMenu(copies)


def _first(same: Sequence[str], similar: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return as many of both as are shown; neither crowds the other out."""
    shown = same[: _MOST_COPIES - min(len(similar), _MOST_COPIES // 2)]
    return shown, similar[: _MOST_COPIES - len(shown)]
