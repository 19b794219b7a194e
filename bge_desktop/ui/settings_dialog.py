"""The settings: pages whose changes hold at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bge_desktop.messages import Event, LibraryStatus, ListModels
from bge_desktop.ui import theme
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.general_settings import GeneralSettings
from bge_desktop.ui.message_bar import MessageBar
from bge_desktop.ui.model_settings import ModelSettings
from bge_desktop.ui.reranking_settings import RerankingSettings
from bge_desktop.ui.settings_pages import FoldersSettings, PerformanceSettings, PrivacySettings
from bge_desktop.ui.theme import GRID

_PAGE = "settings/page"


class SettingsDialog(QDialog):
    """Stands beside the window, and remembers its page.

    Args:
        choices: the settings.
        library: the library's folder.
        places: where the page is remembered.
        parent: the owner.
    """

    folders_wanted = Signal()
    clear_history_wanted = Signal()
    status_wanted = Signal()
    """`show_status` is to be called."""
    asked = Signal(object)
    """A request for the worker; `take` takes what answers it."""
    reveal_wanted = Signal(object)
    """The path to show in the file manager."""

    def __init__(self, choices: Choices, library: str, places: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._places = places
        self.message_bar = MessageBar()
        self.general = GeneralSettings(choices, library)
        self.folders = FoldersSettings(choices)
        self.model = ModelSettings(choices)
        self.reranking = RerankingSettings(choices)
        self.performance = PerformanceSettings(choices)
        self.privacy = PrivacySettings(choices, library)
        self.list, self.pages = QListWidget(), QStackedWidget()
        self._build()
        self._connect(choices)
        self.resize(self.sizeHint())  # Qt by itself takes no more than two thirds of a screen
        page = places.value(_PAGE, 0, int)
        self.list.setCurrentRow(page if isinstance(page, int) and page in range(self.list.count()) else 0)

    def show_status(self, status: LibraryStatus) -> None:
        """Show the state of the library."""
        self.model.show_status(status)

    def take(self, event: Event) -> None:
        """Take what the worker tells."""
        self.model.take(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask for the state of the library, which may have changed since."""
        super().showEvent(event)
        self.status_wanted.emit()
        self.asked.emit(ListModels())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size for common texts in the system's font."""
        letter = self.fontMetrics()
        wanted = QSize(theme.letter_width(letter) * 96, letter.height() * 30)
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font."""
        if event.type() == QEvent.Type.FontChange:
            self._fit_list()
        super().changeEvent(event)

    def close_background(self) -> None:
        """Wait until all that was chosen is written."""
        self.general.close_background()
        self.reranking.close_background()

    def _build(self) -> None:
        for page in (self.general, self.folders, self.model, self.reranking, self.performance, self.privacy):
            self.list.addItem(QListWidgetItem(page.windowTitle()))
            self.pages.addWidget(page)
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(GRID // 2)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_list()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addLayout(row, 1)

    def _connect(self, choices: Choices) -> None:
        self.list.currentRowChanged.connect(self._show_page)
        choices.failed.connect(self.message_bar.show_report)
        self.general.failed.connect(self.message_bar.show_report)
        self.reranking.failed.connect(self.message_bar.show_report)
        self.folders.folders_wanted.connect(self.folders_wanted)
        self.model.asked.connect(self.asked)
        self.model.failed.connect(self.message_bar.show_report)
        self.privacy.clear_history_wanted.connect(self.clear_history_wanted)
        self.privacy.reveal_wanted.connect(self.reveal_wanted)

    def _show_page(self, row: int) -> None:
        self.pages.setCurrentIndex(row)
        self._places.setValue(_PAGE, row)

    def _fit_list(self) -> None:
        letter = self.list.fontMetrics()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setSizeHint(QSize(letter.horizontalAdvance(item.text()) + 2 * GRID, letter.height() + GRID))
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 3 * GRID)
