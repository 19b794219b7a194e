"""Results that are dragged out to another program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from bge_desktop.messages import SearchResult
from bge_desktop.ui import copying, theme
from bge_desktop.ui.paths import file_url, shown_name
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.wording import documents_text

_OWN = "application/x-bge-desktop-results"
_MOST_NAME = 40
"""In average characters; a longer name is shortened in the middle."""


def is_own_drag(mime: QMimeData) -> bool:
    """Return whether what is dragged comes from a list of results: such documents are in the library already."""
    return mime.hasFormat(_OWN)


def mime_of(results: Sequence[SearchResult]) -> QMimeData:
    """Return the results' files, each once, for programs that take files, and their paths for those that take text."""
    mime = QMimeData()
    mime.setUrls([file_url(path) for path in dict.fromkeys(result.path for result in results)])
    mime.setText(copying.paths(results))
    mime.setData(_OWN, b"1")
    return mime


def drag_pixmap(results: Sequence[SearchResult], widget: QWidget) -> QPixmap:
    """Return what follows the mouse: the kind and name of the document, or how many documents there are."""
    paths = dict.fromkeys(result.path for result in results)
    first, palette = next(iter(paths)), widget.palette()
    text = shown_name(first) if len(paths) == 1 else documents_text(len(paths))
    metrics, icon = QFontMetrics(widget.font()), theme.icon_size()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _MOST_NAME * theme.letter_width(metrics))
    size = QSize(icon + 3 * GRID + metrics.horizontalAdvance(shown), max(icon, metrics.height()) + GRID)
    image = QPixmap(size * widget.devicePixelRatioF())
    image.setDevicePixelRatio(widget.devicePixelRatioF())
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.hairline(palette))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(QRect(0, 0, size.width() - 1, size.height() - 1), GRID // 2, GRID // 2)
    picture = theme.pixmap(theme.kind_icon(first), icon, theme.dimmed(palette), widget.devicePixelRatioF())
    painter.drawPixmap(GRID, (size.height() - icon) // 2, picture)
    painter.setFont(widget.font())
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(QRect(icon + 2 * GRID, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.end()
    return image
