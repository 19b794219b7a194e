"""The head of the window: where one types, the ways to the other pages, and the menu of all else."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from bge_desktop.ui.search_bar import SearchBar
from bge_desktop.ui.search_page import PreviewPlace
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.widgets import IconButton
from bge_desktop.ui.window_pages import WindowPage

_ICONS = {WindowPage.TOPICS: "topics", WindowPage.LABELS: "labels", WindowPage.LIBRARY: "folder"}


class Header(QWidget):
    """The search bar, a button for each of the other pages, and one for the menu.

    Attributes:
        page_buttons, page_actions: by the page that they show; where it is on show, they show that of the search.
        menu: its actions are to be added to the window: their keys alone work only while it is open.
    """

    add_wanted = Signal()
    """A folder is to be chosen and added."""
    page_wanted = Signal(object)
    """The `WindowPage` that is to be shown."""
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
        self.page_buttons = self._make_buttons()
        self.menu_button = IconButton("menu", self.tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = self._make_menu()
        self.menu_button.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        row.addWidget(self.search_bar, 1)
        for button in self.page_buttons.values():
            row.addWidget(button)
        row.addWidget(self.menu_button)

    def show_first_start(self, is_first_start: bool) -> None:
        """Be there or not. At the first start, only what does not need a folder can be done, by its keys."""
        self.setHidden(is_first_start)
        for action in (*self.page_actions.values(), self.filters_action, *self.preview_actions.values()):
            action.setEnabled(not is_first_start)

    def show_page(self, shown: WindowPage) -> None:
        """Show which page is on show."""
        for ways in (self.page_buttons, self.page_actions):
            for page, way in ways.items():
                way.setChecked(page is shown)

    def show_preview_place(self, place: PreviewPlace) -> None:
        """Show where the preview stands."""
        self.preview_actions[place].setChecked(True)

    def show_filters(self, are_shown: bool) -> None:
        """Show whether the panel of filters is there."""
        self.filters_action.setChecked(are_shown)

    def _make_buttons(self) -> dict[WindowPage, IconButton]:
        tips = {
            WindowPage.TOPICS: self.tr("Topics, and the map of your documents (Ctrl+Shift+T)"),
            WindowPage.LABELS: self.tr("Labels (Ctrl+Shift+G)"),
            WindowPage.LIBRARY: self.tr("Folders, and files that could not be read (Ctrl+Shift+D)"),
        }
        buttons = {page: IconButton(_ICONS[page], tip) for page, tip in tips.items()}
        for page, button in buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda is_on, page=page: self._want(page, is_on))
        return buttons

    def _want(self, page: WindowPage, is_wanted: bool) -> None:
        self.page_wanted.emit(page if is_wanted else WindowPage.SEARCH)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._add(menu, self.tr("Add a folder…"), "Ctrl+O", self.add_wanted)
        self._add_page_actions(menu)
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

    def _add_page_actions(self, menu: QMenu) -> None:
        texts = {
            WindowPage.TOPICS: (self.tr("Topics"), "Ctrl+Shift+T"),
            WindowPage.LABELS: (self.tr("Labels"), "Ctrl+Shift+G"),
            WindowPage.LIBRARY: (self.tr("Folders and failures"), "Ctrl+Shift+D"),
        }
        self.page_actions: dict[WindowPage, QAction] = {}
        for page, (text, keys) in texts.items():
            action = self.page_actions[page] = self._add(menu, text, keys)
            action.setCheckable(True)
            action.triggered.connect(lambda is_on, page=page: self._want(page, is_on))

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
