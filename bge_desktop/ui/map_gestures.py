"""What a hand does on the map: moving it, zooming, pointing, clicking, and drawing a line around documents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

ZOOM_STEP = 1.4
"""How many times larger the map is after one step of a key or a button."""
_ZOOM_BY_EIGHTH_OF_DEGREE = 1.0015
"""A notch of a wheel is 120 of them."""
_LEAST_CORNERS = 3


class MapGestures(QObject):
    """Watches a widget, and keeps what the mouse does there from it. All places are on the widget.

    Args:
        widget: the map's.

    Attributes:
        is_lasso: whether dragging draws a line; otherwise it does with the Shift key only, and else moves the map.
    """

    moved = Signal(QPointF)
    """The map is to go along so far."""
    zoomed = Signal(float, QPointF)
    """How many times larger the map is to be, around a place."""
    pointed = Signal(QPointF)
    left = Signal()
    clicked = Signal(QPointF)
    double_clicked = Signal()
    outlined = Signal(QPolygonF)
    """The line as it is by now; an empty one where it was given up or is complete."""
    lassoed = Signal(QPolygonF)
    """The line, complete."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_lasso = False
        self._widget = widget
        self._start: QPointF | None = None
        self._last = QPointF()
        self._outline: QPolygonF | None = None
        self._is_dragged = False
        widget.setMouseTracking(True)
        widget.grabGesture(Qt.GestureType.PinchGesture)
        widget.installEventFilter(self)

    @property
    def is_drawing(self) -> bool:
        """Whether a line is being drawn."""
        return self._outline is not None

    def give_up(self) -> None:
        """Draw no line any more."""
        self._outline = self._start = None
        self.outlined.emit(QPolygonF())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take what a hand does."""
        match event:
            case QMouseEvent():
                self._take_mouse(event)
            case QWheelEvent():
                self.zoomed.emit(_ZOOM_BY_EIGHTH_OF_DEGREE ** event.angleDelta().y(), event.position())
            case QNativeGestureEvent() if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoomed.emit(1 + event.value(), event.position())
            case QGestureEvent():
                self._take_pinch(event.gesture(Qt.GestureType.PinchGesture))
            case _:
                if event.type() is QEvent.Type.Leave:
                    self.left.emit()
                return False
        return True

    def _take_mouse(self, event: QMouseEvent) -> None:
        place = event.position()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._begin(place, is_lasso=self.is_lasso or has_shift)
            case QEvent.Type.MouseMove if self._start is not None:
                self._drag(place)
            case QEvent.Type.MouseMove if not event.buttons():
                self.pointed.emit(place)
            case QEvent.Type.MouseButtonRelease if self._start is not None:
                self._end(place)
            case QEvent.Type.MouseButtonDblClick:
                self.double_clicked.emit()

    def _begin(self, place: QPointF, *, is_lasso: bool) -> None:
        self._start = self._last = place
        self._is_dragged = False
        self._outline = QPolygonF([place]) if is_lasso else None
        self.left.emit()

    def _drag(self, place: QPointF) -> None:
        assert self._start is not None
        if not self._is_dragged:
            self._is_dragged = (place - self._start).manhattanLength() >= QApplication.startDragDistance()
        if self._outline is not None:
            self._outline.append(place)
            self.outlined.emit(self._outline)
        elif self._is_dragged:
            self.moved.emit(place - self._last)
            self._last = place

    def _end(self, place: QPointF) -> None:
        outline, is_dragged = self._outline, self._is_dragged
        self.give_up()
        if not is_dragged:
            self.clicked.emit(place)
        elif outline is not None and outline.size() >= _LEAST_CORNERS:
            self.lassoed.emit(outline)

    def _take_pinch(self, gesture: object) -> None:
        if isinstance(gesture, QPinchGesture):
            place = self._widget.mapFromGlobal(gesture.centerPoint().toPoint())
            self.zoomed.emit(gesture.scaleFactor(), QPointF(place))
