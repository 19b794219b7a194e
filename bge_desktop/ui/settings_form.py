"""A page of settings: controls that show what holds, and change it as soon as a person does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bge_desktop.settings import Settings, allowed_range
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.widgets import Label


class SettingsForm(QScrollArea):
    """Rows of controls, each with what it means. A control that is named after a setting follows it.

    Args:
        choices: the settings.
        title: what the page is called.
    """

    def __init__(self, choices: Choices, title: str) -> None:
        super().__init__()
        self._choices, self._showers = choices, list[Callable[[Settings], None]]()
        self._clicked_by: dict[QObject, QCheckBox] = {}
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._rows = QVBoxLayout()
        self._build(title)
        choices.changed.connect(self._show)

    def add_check(self, key: str, text: str, note: str = "") -> QCheckBox:
        """Add a box for a setting that is on or off."""
        box = self.add_box(text, note)
        box.clicked.connect(lambda is_on: self._choices.change(**{key: is_on}))
        self._follow(lambda settings: box.setChecked(getattr(settings, key)))
        return box

    def add_box(self, text: str, note: str = "") -> QCheckBox:
        """Add a box that can be checked, with words that may take more than a line."""
        box, words = QCheckBox(), _wrapped(text)
        self._clicked_by[words] = box
        words.installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self._add_row(text, box, row, note, indent=box.sizeHint().width() + GRID)
        return box

    def add_list(self, key: str, label: str, values: Sequence[tuple[str, str]], note: str = "") -> QComboBox:
        """Add a list of values, each with its words."""
        box = QComboBox()
        for value, words in values:
            box.addItem(words, value)
        self.add(label, box, note)
        box.activated.connect(lambda row: self._choices.change(**{key: box.itemData(row)}))
        self._follow(lambda settings: box.setCurrentIndex(box.findData(getattr(settings, key))))
        return box

    def add_number(self, key: str, label: str, box: QSpinBox | QDoubleSpinBox, note: str = "") -> None:
        """Add a box for a number; a number that is typed counts once it is whole."""
        low, high = allowed_range(key)
        box.setRange(low, high)  # type: ignore[arg-type]
        box.setKeyboardTracking(False)
        self.add(label, box, note)
        self._follow(lambda settings: box.setValue(getattr(settings, key)))
        box.valueChanged.connect(lambda value: self._choices.change(**{key: value}))

    def add(self, label: str, control: QWidget, note: str = "") -> None:
        """Add a control with a label before it."""
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(_wrapped(label), 1)
        row.addWidget(control)
        self._add_row(label, control, row, note)

    def add_text(self, text: str, style: Type = Type.BODY, *, dim: bool = False) -> Label:
        """Add text; it may be selected."""
        label = _wrapped(text, style, dim=dim)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._rows.addWidget(label)
        return label

    def add_button(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Add a button."""
        button = QPushButton(text)
        button.clicked.connect(lambda: act())
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the wheel, which scrolls the page, from a control that it passes over; take words for their box."""
        if event.type() == QEvent.Type.MouseButtonRelease and watched in self._clicked_by:
            self._clicked_by[watched].click()
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _follow(self, show: Callable[[Settings], None]) -> None:
        self._showers.append(show)
        show(self._choices.settings)

    def _show(self, settings: Settings) -> None:
        for show in self._showers:
            show(settings)

    def _add_row(self, name: str, control: QWidget, row: QLayout, note: str, indent: int = 0) -> None:
        control.setAccessibleName(name)
        control.setAccessibleDescription(note)
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control.installEventFilter(self)
        column = QVBoxLayout()
        column.setSpacing(GRID // 4)
        column.addLayout(row)
        if note:
            words = _wrapped(note, Type.SMALL, dim=True)
            words.setIndent(indent)
            column.addWidget(words)
        self._rows.addLayout(column)

    def add_path(self, path: str) -> None:
        """Add a line that names a file or folder, shortened in the middle where there is no room for it."""
        label = ElidedLabel(path, Type.BODY, Qt.TextElideMode.ElideMiddle)
        label.setToolTip(plain_tip(path))
        self._rows.addWidget(label)

    def _build(self, title: str) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(Label(title, Type.TITLE))
        self._rows.setSpacing(2 * GRID)
        column.addLayout(self._rows)
        column.addStretch()
        self.setWidget(inner)


def _wrapped(text: str, style: Type = Type.BODY, *, dim: bool = False) -> Label:
    label = Label(text, style, dim=dim)
    label.setWordWrap(True)
    return label
