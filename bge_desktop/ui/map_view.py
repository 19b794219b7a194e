"""The map of the documents: a point for each, near to those that say alike, in the colour of its topic.

Only what shows it imports this module: it brings pyqtgraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bge_desktop.messages import DocumentsDescribed, MapPoints, Topic, displayable
from bge_desktop.ui.map_gestures import ZOOM_STEP, MapGestures
from bge_desktop.ui.map_hover import HoverTip
from bge_desktop.ui.map_names import TopicName, placed, ranked
from bge_desktop.ui.map_overlay import MapOverlay
from bge_desktop.ui.map_points import Frame, PointTable
from bge_desktop.ui.map_scatter import Scatter
from bge_desktop.ui.topics_colours import colour_of_none, topic_colour
from bge_desktop.ui.topics_families import families, levels

_MARGIN = 0.04
"""Around all points, as a part of what they take."""
_LEAST = 0.05
"""What is shown of the map at first, at least, across and down: few points may lie close together."""
_FARTHEST, _NEAREST = 1.6, 0.01
_REACH = 8
"""Pixels between the mouse and a point that still count as on it."""
_STEPS: dict[int, QPointF] = {
    Qt.Key.Key_Left: QPointF(0.1, 0),
    Qt.Key.Key_Right: QPointF(-0.1, 0),
    Qt.Key.Key_Up: QPointF(0, 0.1),
    Qt.Key.Key_Down: QPointF(0, -0.1),
}
"""How far the arrow keys move the map, as a part of its size on the screen."""
_ZOOMS: dict[int, float] = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
}
_RESETS = (Qt.Key.Key_0, Qt.Key.Key_Home)


class MapView(QWidget):
    """Points, the names of their topics, and what the mouse and the keyboard do with them."""

    topic_chosen = Signal(int)
    """The id of the topic that was clicked; 0 where there is none."""
    documents_wanted = Signal(object)
    """A tuple of the ids of the documents that were marked."""
    describe_wanted = Signal(object)
    """A `DescribeDocuments`; `show_described` takes its answer."""
    lasso_left = Signal()
    """No line is to be drawn any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map of the documents"))
        self.setAccessibleDescription(self.tr("The list of topics beside it tells the same."))
        self._topics: dict[int, Topic] = {}
        self._table = PointTable.of(MapPoints(b"", b"", b"", b""))
        self._names: list[TopicName] = []
        self._chosen, self._family = 0, frozenset[int]()
        self._whole = _with_margin(self._table.extent())
        self._graph = pyqtgraph.GraphicsView(self)
        self._box = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self.scatter = Scatter(self._box, self)
        self.overlay = MapOverlay(self._graph.viewport())
        self.gestures = MapGestures(self._graph.viewport())
        self.tip = HoverTip(self._name_of, self._graph.viewport())
        self._build()
        self._connect()
        self._follow_palette()

    def show_map(self, topics: Sequence[Topic], points: MapPoints) -> None:
        """Show these points, and the names of these topics."""
        self._topics = {own.id: own for own in topics}
        self._table = PointTable.of(points)
        self._names = list(self._named(topics))
        self._show_extent(_with_margin(self._table.extent()))
        self._fill()
        self._place_names()

    def light_up(self, chosen: int, family: frozenset[int]) -> None:
        """Have a topic stand out with all that are below it; 0 for all alike."""
        self._chosen, self._family = chosen, family
        self.scatter.light_up(family if chosen else None)
        self._place_names()

    def draw_lasso(self, is_wanted: bool) -> None:
        """Have the mouse draw a line around documents, or move the map."""
        self.gestures.is_lasso = is_wanted
        shape = Qt.CursorShape.CrossCursor if is_wanted else Qt.CursorShape.ArrowCursor
        self._graph.viewport().setCursor(shape)

    def show_described(self, told: DocumentsDescribed) -> None:
        """Show what the document under the mouse is."""
        self.tip.show_described(told)

    def reset(self) -> None:
        """Show the whole map."""
        self._box.setRange(self._whole, padding=0)

    def zoom(self, times: float, place: QPointF | None = None) -> None:
        """Show the map so many times larger, around a place on the screen; by default its middle."""
        at = QPointF(self._graph.viewport().rect().center()) if place is None else place
        self._box.scaleBy((1 / times, 1 / times), center=self._box.mapSceneToView(at))

    def frame(self) -> Frame:
        """Return how what is on the map lies on the screen."""
        (left, right), (bottom, top) = self._box.viewRange()
        area = self._box.sceneBoundingRect()
        across, down = area.width() / (right - left), area.height() / (bottom - top)
        return Frame(across, area.left() - left * across, down, area.top() - top * down)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, plus and minus zoom, 0 shows all, Esc draws no line any more."""
        key = event.key()
        if key in _STEPS:
            self._move(QPointF(_STEPS[key].x() * self.width(), _STEPS[key].y() * self.height()))
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _RESETS:
            self.reset()
        elif key == Qt.Key.Key_Escape and (self.gestures.is_drawing or self.gestures.is_lasso):
            self.gestures.give_up()
            self.lasso_left.emit()
        elif key == Qt.Key.Key_Escape and self._chosen:
            self.topic_chosen.emit(0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Frame the map where the keyboard came to it."""
        super().focusInEvent(event)
        self.overlay.show_frame(event.reason() is not Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Frame it no more."""
        super().focusOutEvent(event)
        self.overlay.show_frame(False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font and palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._follow_palette()
            self._fill()
        elif event.type() is QEvent.Type.FontChange:
            self._place_names()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Have the names cover the map as it grows, and clicks bring the keyboard here."""
        if event.type() is QEvent.Type.Resize:
            self.overlay.resize(self._graph.viewport().size())
        elif event.type() is QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._graph.setCentralItem(self._box)
        self._graph.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # this widget takes it
        self._box.setLimits(
            **{f"{axis}{end}": value for axis in "xy" for end, value in (("Min", -0.3), ("Max", 1.3))},
            **{f"{end}{axis}Range": value for axis in "XY" for end, value in (("min", _NEAREST), ("max", _FARTHEST))},
        )
        self.reset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._graph)

    def _connect(self) -> None:
        gestures = self.gestures
        gestures.moved.connect(self._move)
        gestures.zoomed.connect(self.zoom)
        gestures.double_clicked.connect(self.reset)
        gestures.pointed.connect(self._point_at)
        gestures.left.connect(self._point_at_nothing)
        gestures.clicked.connect(self._choose_at)
        gestures.outlined.connect(self.overlay.show_outline)
        gestures.lassoed.connect(self._mark)
        self.tip.describe_wanted.connect(self.describe_wanted)
        for changed in (self._box.sigRangeChanged, self._box.sigResized):
            changed.connect(self._place_names)
        self._graph.viewport().installEventFilter(self)  # the last one is asked first

    def _named(self, topics: Sequence[Topic]) -> Iterator[TopicName]:
        own, level = families(topics), levels(topics)
        for topic in topics:
            if middle := self._table.middle(own[topic.id]):
                yield TopicName(topic.id, displayable(topic.name), *middle, level[topic.id], topic.documents)

    def _show_extent(self, whole: QRectF) -> None:
        """Take note of what the whole map is; where one looks at the whole, go on looking at it."""
        was_seen = self._box.viewRect() == self._whole
        self._whole = whole
        if was_seen:
            self.reset()

    def _fill(self) -> None:
        palette = self.palette()
        colours = {own.id: topic_colour(own.colour, palette) for own in self._topics.values()}
        self.scatter.fill(self._table.groups, lambda topic: colours.get(topic, colour_of_none(palette)))

    def _place_names(self) -> None:
        frame, names = self.frame(), ranked(self._names, self._chosen, self._family)
        centres = [frame.shown(own.x, own.y) for own in names]
        screen = QRectF(self._graph.viewport().rect())
        shown = placed(names, centres, self.overlay.written, screen)
        self.overlay.show_names(shown, self._family if self._chosen else None)

    def _name_of(self, topic: int) -> str:
        return self._topics[topic].name if topic in self._topics else ""

    def _move(self, by: QPointF) -> None:
        frame = self.frame()
        self._box.translateBy(x=-by.x() / frame.across, y=-by.y() / frame.down)

    def _point_at(self, place: QPointF) -> None:
        frame = self.frame()
        row = self._table.near(place, frame, _REACH)
        if row is None:
            self._point_at_nothing()
            return
        point = frame.shown(float(self._table.x[row]), float(self._table.y[row]))
        self.overlay.show_ring(point, self.scatter.point_size)
        self.tip.point_at(int(self._table.documents[row]), self._graph.viewport().mapToGlobal(place.toPoint()))

    def _point_at_nothing(self) -> None:
        self.overlay.show_ring(None, 0)
        self.tip.leave()

    def _choose_at(self, place: QPointF) -> None:
        row = self._table.near(place, self.frame(), _REACH)
        topic = int(self._table.topics[row]) if row is not None else 0
        self.topic_chosen.emit(self.overlay.name_at(place) or topic)

    def _mark(self, outline: QPolygonF) -> None:
        documents = self._table.inside(outline, self.frame(), self._graph.viewport().size())
        self.lasso_left.emit()
        if len(documents):
            self.documents_wanted.emit(tuple(documents.tolist()))

    def _follow_palette(self) -> None:
        self._graph.setBackground(self.palette().color(QPalette.ColorRole.Base))


def _with_margin(extent: QRectF) -> QRectF:
    """Return what is shown of the map so that all points are seen."""
    across, down = (_margin(length) for length in (extent.width(), extent.height()))
    return extent.adjusted(-across, -down, across, down)


def _margin(length: float) -> float:
    return max(length * _MARGIN, (_LEAST - length) / 2)
