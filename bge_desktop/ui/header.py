"""The head of the window: where one types, the way to the library's page, and the menu of all else."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from bge_desktop.ui.search_bar import SearchBar
from bge_desktop.ui.search_page import PreviewPlace
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.widgets import IconButton


class Header(QWidget):
    """The search bar, a button for the library's page, and one for the menu.

    Attributes:
        menu: its actions are to be added to the window: their keys alone work only while it is open.
    """

    add_wanted = Signal()
    """A folder is to be chosen and added."""
    library_wanted = Signal(bool)
    """Whether the page of the library is to be shown, or that of the search."""
    preview_wanted = Signal(object)
    """The `PreviewPlace` that was chosen."""
    filters_wanted = Signal(bool)
    """Whether the panel of filters is to be shown."""
    settings_wanted = Signal()
    keys_wanted = Signal()
    """The list of the keys is to be shown."""
    about_wanted = Signal()
    """It is to be told what this program is."""
    quit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search_bar = SearchBar()
        self.library_button = IconButton("folder", self.tr("Folders, and files that could not be read (Ctrl+Shift+D)"))
        self.library_button.setCheckable(True)
        self.library_button.clicked.connect(self.library_wanted)
        self.menu_button = IconButton("menu", self.tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = self._make_menu()
        self.menu_button.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        row.addWidget(self.search_bar, 1)
        row.addWidget(self.library_button)
        row.addWidget(self.menu_button)

    def show_first_start(self, is_first_start: bool) -> None:
        """Be there or not. At the first start, only what does not need a folder can be done, by its keys."""
        self.setHidden(is_first_start)
        for action in (self.library_action, self.filters_action, *self.preview_actions.values()):
            action.setEnabled(not is_first_start)

    def show_library(self, is_shown: bool) -> None:
        """Show whether the page of the library is on show."""
        self.library_button.setChecked(is_shown)
        self.library_action.setChecked(is_shown)

    def show_preview_place(self, place: PreviewPlace) -> None:
        """Show where the preview stands."""
        self.preview_actions[place].setChecked(True)

    def show_filters(self, are_shown: bool) -> None:
        """Show whether the panel of filters is there."""
        self.filters_action.setChecked(are_shown)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._add(menu, self.tr("Add a folder…"), "Ctrl+O", self.add_wanted)
        self.library_action = self._add(menu, self.tr("Folders and failures"), "Ctrl+Shift+D")
        self.library_action.setCheckable(True)
        self.library_action.triggered.connect(self.library_wanted)
        menu.addSeparator()
        self.filters_action = self._add(menu, self.tr("Filters"), "Ctrl+Shift+L")
        self.filters_action.setCheckable(True)
        self.filters_action.toggled.connect(self.filters_wanted)
        self._add_preview_actions(menu)
        menu.addSeparator()
        self._add(menu, self.tr("Settings…"), "Ctrl+,", self.settings_wanted)
        self._add(menu, self.tr("Keyboard shortcuts"), "", self.keys_wanted)
        self._add(menu, self.tr("About BGE Desktop"), "", self.about_wanted)
        menu.addSeparator()
        self._add(menu, self.tr("Quit"), "Ctrl+Q", self.quit_wanted)
        return menu

    def _add_preview_actions(self, menu: QMenu) -> None:
        own, group = menu.addMenu(self.tr("Preview")), QActionGroup(self)
        texts = {
            PreviewPlace.RIGHT: self.tr("On the right"),
            PreviewPlace.BELOW: self.tr("Below"),
            PreviewPlace.HIDDEN: self.tr("Hidden"),
        }
        self.preview_actions: dict[PreviewPlace, QAction] = {}
        for place, text in texts.items():
            action = self.preview_actions[place] = group.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(partial(self.preview_wanted.emit, place))
            own.addAction(action)

    def _add(self, menu: QMenu, text: str, keys: str, signal: SignalInstance | None = None) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutVisibleInContextMenu(True)
        if signal is not None:
            action.triggered.connect(lambda: signal.emit())  # which takes no value, be it checked or not
        return action
