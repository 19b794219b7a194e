"""Tool tips that hold what documents and files are called."""

from __future__ import annotations

from PySide6.QtGui import Qt  # with what it knows of rich text


def plain_tip(text: str) -> str:
    """Return what a tool tip shows as `text`, whatever that holds.

    A tool tip takes what looks like HTML for HTML: a name or a cell of a sheet is to be read, not to be obeyed.
    """
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal) if Qt.mightBeRichText(text) else text
