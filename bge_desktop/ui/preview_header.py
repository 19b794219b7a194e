"""What stands above a preview: the file's name, the place in it, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QVBoxLayout, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, Label
from bge_desktop.ui.wording import number

_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange)


class PreviewHeader(QWidget):
    """Names what is shown, and offers what one can do with it."""

    open_wanted = Signal()
    hit_wanted = Signal(int)
    """1 for the next one, -1 for the previous one."""
    page_wanted = Signal(int)
    """How many pages on."""
    zoom_wanted = Signal(int)
    """1 for larger, -1 for smaller, 0 for the usual size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", Type.HEADING, Qt.TextElideMode.ElideMiddle)
        self.place = ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideMiddle, dim=True)
        self.note = Label(self.tr("Only the text around the passage is shown."), Type.SMALL, dim=True)
        self.page = Label(style=Type.SMALL)
        self.open_button = IconButton("open", self.tr("Open the document"))
        self.open_button.clicked.connect(self.open_wanted)
        self._tools = QToolBar()
        self._icons: dict[QAction, str] = {}
        self._build()

    def show_hits(self, *, are_there: bool) -> None:
        """Offer to go from hit to hit, or not."""
        self.previous_hit.setEnabled(are_there)
        self.next_hit.setEnabled(are_there)

    def show_page(self, page: int | None, pages: int) -> None:
        """Say which page is shown, and offer the others; None where there are no pages."""
        has_pages = page is not None and pages > 1
        for action in self._of_pages:
            action.setVisible(has_pages)
        self.previous_page.setEnabled((page or 1) > 1)
        self.next_page.setEnabled((page or 1) < pages)
        if page is not None:
            own, all_pages = number(page), number(pages)
            self.page.setText(self.tr("{page} / {pages}").format(page=own, pages=all_pages))
            self.page.setAccessibleName(self.tr("Page {page} of {pages}").format(page=own, pages=all_pages))

    def show_note(self, *, is_part: bool) -> None:
        """Say that it is not the whole document that is shown, or not."""
        self.note.setVisible(is_part)

    def show_zoom(self, *, is_there: bool) -> None:
        """Offer to zoom, or not."""
        for action in (self.zoom_out, self.zoom_in, self.fit):
            action.setEnabled(is_there)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's palette, font and direction."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._draw_icons()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID // 2)
        column.setSpacing(GRID // 4)
        column.addLayout(first)
        column.addWidget(self.place)
        column.addWidget(self._tools)
        column.addWidget(self.note)
        self.note.setWordWrap(True)
        self._fill_tools()
        self._draw_icons()

    def _fill_tools(self) -> None:
        standard = QKeySequence.StandardKey
        self.previous_hit = self._tool("hit-previous", self.tr("Previous hit"), standard.FindPrevious)
        self.next_hit = self._tool("hit-next", self.tr("Next hit"), standard.FindNext)
        separator = self._tools.addSeparator()
        self.previous_page = self._tool("page-left", self.tr("Previous page"))
        page = self._tools.addWidget(self.page)
        self.next_page = self._tool("page-right", self.tr("Next page"))
        self._of_pages = (separator, self.previous_page, page, self.next_page)
        self._tools.addSeparator()
        self.zoom_out = self._tool("zoom-out", self.tr("Zoom out"), standard.ZoomOut)
        self.zoom_in = self._tool("zoom-in", self.tr("Zoom in"), standard.ZoomIn)
        self.fit = self._tool("fit-width", self.tr("Fit the width"), QKeySequence("Ctrl+0"))
        self._connect()
        self._tools.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _tool(self, icon: str, text: str, keys: QKeySequence | QKeySequence.StandardKey | None = None) -> QAction:
        action = self._tools.addAction(text)
        self._icons[action] = icon
        if keys is not None:
            action.setShortcuts(keys if isinstance(keys, QKeySequence.StandardKey) else [keys])
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(self.tr("{what} ({keys})").format(what=text, keys=shown))
        return action

    def _connect(self) -> None:
        for action, signal, value in (
            (self.previous_hit, self.hit_wanted, -1),
            (self.next_hit, self.hit_wanted, 1),
            (self.previous_page, self.page_wanted, -1),
            (self.next_page, self.page_wanted, 1),
            (self.zoom_out, self.zoom_wanted, -1),
            (self.zoom_in, self.zoom_wanted, 1),
            (self.fit, self.zoom_wanted, 0),
        ):
            action.triggered.connect(lambda _=False, signal=signal, value=value: signal.emit(value))

    def _draw_icons(self) -> None:
        self._tools.setIconSize(QSize(theme.icon_size(), theme.icon_size()))
        mirrored = {"page-left": "page-right", "page-right": "page-left"} if self.isRightToLeft() else {}
        for action, icon in self._icons.items():
            action.setIcon(theme.icon(mirrored.get(icon, icon), self.palette()))
