"""Where in a file a passage stands, in the room that there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from bge_desktop.ui.core_texts import BETWEEN_PLACES, place_in_own_language


def elided_place(place: str, page: str, metrics: QFontMetrics, width: int, *, has_folders: bool) -> str:
    """Return a place and a page as one text, shortened so that what a person goes to stays readable.

    First the folders of members go, then the middle of the place; never the page, nor how the place begins and ends.

    Args:
        place: as of a `SearchResult`.
        page: in words, or "".
        metrics: of the font.
        width: device-independent pixels.
        has_folders: whether a "/" in the place stands between folders, as in an archive.
    """
    tail = f", {page}" if place and page else page
    place = place_in_own_language(place)
    for shown in (place, _without_folders(place)) if has_folders else (place,):
        if metrics.horizontalAdvance(shown + tail) <= width:
            return shown + tail
    room = max(0, width - metrics.horizontalAdvance(tail))
    return metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, room) + tail


def _without_folders(place: str) -> str:
    """Return a place with "…/report.pdf" for "work/2024/report.pdf"."""
    names = ((part, part.rpartition("/")[2]) for part in place.split(BETWEEN_PLACES))
    return BETWEEN_PLACES.join(name if name == part else f"…/{name}" for part, name in names)
