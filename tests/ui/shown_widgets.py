"""What a person finds on a piece of the window: by sight, by keyboard, and with a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.theme import GRID

Kind = TypeVar("Kind", bound=QWidget)


def shown(root: QWidget, kind: type[Kind]) -> Iterator[Kind]:
    """Yield the widgets of a kind that are on show, in the order in which they were made."""
    yield from (widget for widget in root.findChildren(kind) if widget.isVisible() and not _is_of_qt(widget))


def controls(root: QWidget) -> list[QWidget]:
    """Return what can be reached or clicked."""
    return [
        widget
        for widget in shown(root, QWidget)
        if isinstance(widget, QAbstractButton) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.focusProxy() is None
    ]


def tab_stops(root: QWidget) -> list[QWidget]:
    """Return what the Tab key is to reach."""
    stops = (own for own in controls(root) if own.isEnabled() and own.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return [own for own in stops if not isinstance(own, QRadioButton) or own.isChecked()]  # arrows reach the others


def described(widget: QWidget) -> str:
    """Return what a widget is, for the message of a failed test."""
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {text or widget.accessibleName()!r} in {type(widget.parent()).__name__}"


def nameless(root: QWidget) -> list[str]:
    """Return the controls of which a screen reader could not say what they are, or what they are for."""
    found = []
    for widget in controls(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if _is_unknown(widget, interface) or not interface.text(QAccessible.Text.Name).strip():
            found.append(described(widget))
    return found


def _is_unknown(widget: QWidget, interface: QAccessibleInterface | None) -> bool:
    """Return whether a widget has no role; what only holds others needs none of its own."""
    if interface is None or interface.role() is QAccessible.Role.NoRole:
        return True
    return interface.role() is QAccessible.Role.Client and not widget.findChildren(QWidget)


def by_tab(root: QWidget) -> dict[QWidget, bool]:
    """Return what the Tab key reaches, and of each whether it looks with the focus as it does without it."""
    found: dict[QWidget, bool] = {}
    for _ in range(2 * len(tab_stops(root)) + 2):
        QTest.keyClick(QApplication.focusWidget() or root, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is None or widget in found:
            continue
        focused = _look(root, widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget.clearFocus()  # where there is no other to go to
        found[widget] = _look(root, widget) == focused
        widget.setFocus()
    return found


def _look(root: QWidget, widget: QWidget) -> QImage:
    place = QRect(widget.mapTo(root, QPoint()), widget.size()).adjusted(-GRID, -GRID, GRID, GRID)
    return root.grab(place).toImage()


def cut_off(root: QWidget) -> list[str]:
    """Return the texts for which there is not room enough; lines that are shortened on purpose are not meant."""
    found = [described(label) for label in shown(root, QLabel) if not _label_fits(label)]
    buttons = (button for button in shown(root, QAbstractButton) if button.text() and not _is_icon(button))
    found += [described(button) for button in buttons if not _fits(button, button.sizeHint())]
    found += [f"{described(box)} {box.currentText()}" for box in shown(root, QComboBox) if not _box_fits(box)]
    return found


def cut_off_hints(root: QWidget) -> list[str]:
    """Return what stands in empty fields, and is not all to be seen."""
    return [line.placeholderText() for line in shown(root, QLineEdit) if not line.text() and not _line_fits(line)]


def texts(root: QWidget) -> Iterator[str]:
    """Yield what can be read, or heard, of what is on show; documents are not meant."""
    for widget in shown(root, QWidget):
        yield from (widget.toolTip(), widget.accessibleName())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()


def outside(root: QWidget) -> list[str]:
    """Return the controls and labels of which a part lies outside of what they are on, and cannot be scrolled to."""
    widgets = [*controls(root), *shown(root, QLabel)]
    return [described(widget) for widget in widgets if not _is_within(widget, root)]


def _is_within(widget: QWidget, root: QWidget) -> bool:
    area = widget.rect()
    while widget is not root:
        area.translate(widget.pos())
        widget = widget.parentWidget()
        if isinstance(widget.parentWidget(), QAbstractScrollArea):
            return area.left() >= 0 and area.right() <= max(widget.width(), 0)  # it scrolls up and down
        # from right to left, each of two splitters in one another may be off by its handle, which is one wide
        if not widget.rect().adjusted(-2, -2, 2, 2).contains(area):
            return False
    return True


def _is_icon(button: QAbstractButton) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def _label_fits(label: QLabel) -> bool:
    if isinstance(label, ElidedLabel) or not label.text():
        return True
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height() and _longest_word(label) <= label.width()
    return _fits(label, label.sizeHint())


def _longest_word(label: QLabel) -> int:
    return max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())


def _fits(widget: QWidget, needed: QSize) -> bool:
    return needed.width() <= widget.width() and needed.height() <= widget.height()


def _box_fits(box: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    return box.fontMetrics().horizontalAdvance(box.currentText()) <= room.width()


def _line_fits(line: QLineEdit) -> bool:
    buttons = sum(button.width() for button in shown(line, QToolButton))
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right() - buttons
    return line.fontMetrics().horizontalAdvance(line.placeholderText()) <= room


def _is_of_qt(widget: QWidget) -> bool:
    """Return whether Qt made a widget for its own purposes, as the arrows of a scroll bar."""
    return widget.objectName().startswith("qt_")
