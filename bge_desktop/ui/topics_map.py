"""The map beside the list of topics, with its buttons. What draws it is loaded when it is first seen."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bge_desktop.messages import DocumentsDescribed, MapPoints, Topic
from bge_desktop.ui.map_gestures import ZOOM_STEP
from bge_desktop.ui.map_loading import MapLoader
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import IconButton, Label

if TYPE_CHECKING:
    from bge_desktop.ui.map_view import MapView


class TopicsMap(QWidget):
    """Says what the mouse does; has buttons for the same; and below them the map, once it is loaded."""

    topic_chosen = Signal(int)
    """The id of the topic that was clicked; 0 where there is none."""
    documents_wanted = Signal(object)
    """A tuple of the ids of the documents that were marked."""
    describe_wanted = Signal(object)
    """A `DescribeDocuments`; `show_described` takes its answer."""
    failed = Signal(object)
    """An `ErrorReport`: the map cannot be drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: MapView | None = None
        self._told: tuple[Sequence[Topic], MapPoints] | None = None
        self._lit: tuple[int, frozenset[int]] = (0, frozenset())
        self._is_asked_for = False
        self.hint = Label(
            self.tr("Drag to move, turn the wheel to zoom. Drag with Shift around documents to list them."),
            Type.SMALL,
            dim=True,
        )
        self.lasso_button = IconButton("lasso", self.tr("Draw a line around documents to list them"))
        self.out_button = IconButton("zoom-out", self.tr("Zoom out"))
        self.in_button = IconButton("zoom-in", self.tr("Zoom in"))
        self.whole_button = IconButton("fit", self.tr("Show the whole map"))
        self._frame = QFrame()
        self._inside = QVBoxLayout(self._frame)
        self._build()

    def show_map(self, topics: Sequence[Topic], points: MapPoints) -> None:
        """Show these points, and the names of these topics."""
        if (topics, points) != self._told:
            self._told = topics, points
            if self.view is not None:
                self.view.show_map(topics, points)

    def light_up(self, chosen: int, family: frozenset[int]) -> None:
        """Have a topic stand out with all that are below it; 0 for all alike."""
        self._lit = chosen, family
        if self.view is not None:
            self.view.light_up(chosen, family)

    def show_described(self, told: DocumentsDescribed) -> None:
        """Show what the document under the mouse is."""
        if self.view is not None:
            self.view.show_described(told)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Have what draws the map loaded."""
        super().showEvent(event)
        if self.view is None and not self._is_asked_for:
            self._is_asked_for = True
            loader = MapLoader()
            loader.loaded.connect(self.draw_with)
            loader.failed.connect(self.failed)
            loader.start()

    def draw_with(self, module: ModuleType) -> None:
        """Take the module `map_view`, once it is loaded."""
        view = self.view = module.MapView()
        self._connect_view(view)
        self._inside.addWidget(view)
        for button in self._buttons():
            button.setEnabled(True)
        if self._told is not None:
            view.show_map(*self._told)
        view.light_up(*self._lit)

    def _connect_view(self, view: MapView) -> None:
        view.topic_chosen.connect(self.topic_chosen)
        view.documents_wanted.connect(self.documents_wanted)
        view.describe_wanted.connect(self.describe_wanted)
        view.lasso_left.connect(lambda: self.lasso_button.setChecked(False))
        self.lasso_button.toggled.connect(view.draw_lasso)
        self.out_button.clicked.connect(lambda: view.zoom(1 / ZOOM_STEP))
        self.in_button.clicked.connect(lambda: view.zoom(ZOOM_STEP))
        self.whole_button.clicked.connect(view.reset)

    def _buttons(self) -> Sequence[IconButton]:
        return self.lasso_button, self.out_button, self.in_button, self.whole_button

    def _build(self) -> None:
        self.hint.setWordWrap(True)
        self.lasso_button.setCheckable(True)
        self._frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._inside.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(self.hint, 1)
        for button in self._buttons():
            button.setEnabled(False)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self._frame, 1)
