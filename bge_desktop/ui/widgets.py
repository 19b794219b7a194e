"""Small parts that the window is made of; each follows the system's palette and font while it is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QStyleOptionToolButton, QToolButton, QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.theme import Type
from bge_desktop.ui.tips import plain_tip

_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class Label(QLabel):
    """Plain text in one step of the type scale.

    Args:
        text: what it says.
        style: the step of the type scale.
        dim: whether it stands back.
        parent: the owner.
    """

    def __init__(
        self, text: str = "", style: Type = Type.BODY, *, dim: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._style, self._dim = style, dim
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._follow_system()
        theme.follow_system(self._follow_system)

    def _follow_system(self) -> None:
        self.setFont(theme.font(QApplication.font(), self._style))
        if self._dim:
            palette = QApplication.palette()
            color = theme.dimmed(palette)
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
                palette.setColor(role, color)
            self.setPalette(palette)


class IconLabel(QLabel):
    """A drawing from resources/icons, in the colour of text that stands back.

    Args:
        name: the drawing.
        scale: how many times as large as the icon of a button.
        parent: the owner.
    """

    def __init__(self, name: str, scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._scale = name, scale
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's palette and font."""
        if event.type() in _LOOKS:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        color = theme.dimmed(self.palette())
        size = round(theme.icon_size() * self._scale)
        self.setMinimumSize(size, size)
        self.setPixmap(theme.pixmap(self._name, size, color, self.devicePixelRatioF()))


class IconButton(QToolButton):
    """A flat button with an icon; its meaning is its tool tip and its accessible name."""

    def __init__(self, name: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAutoRaise(True)
        self.set_icon(name, meaning)

    def set_icon(self, name: str, meaning: str) -> None:
        """Show another icon, for another meaning."""
        self._name = name
        self.setToolTip(plain_tip(meaning))
        self.setAccessibleName(meaning)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's palette and font."""
        if event.type() in _LOOKS:
            self._draw()
        super().changeEvent(event)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:  # noqa: N802
        """Leave out the arrow that some styles draw into the icon of a button with a menu."""
        super().initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu

    def _draw(self) -> None:
        self.setIconSize(QSize(theme.icon_size(), theme.icon_size()))
        self.setIcon(theme.icon(self._name, self.palette()))


class Pages(QStackedWidget):
    """Pages of which one is seen at a time: that one alone says how small all of them may be."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least size of the page on show."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()
