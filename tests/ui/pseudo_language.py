"""A language that nobody speaks: longer than English, with marks above the letters, and from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

_LETTERS = str.maketrans("AEIOUYCNSZaeiouycnsz", "ÅÉÎÖÛÝÇÑŠŽåéîöûýçñšž")
_PLACE = re.compile(r"(\{\w+\})")
_FORMAT = re.compile(r"[dMyhms :./-]+|QT_LAYOUT_DIRECTION")
_LONGER = 0.4
WHOLE = re.compile(r"(?s)\[.*\]")
"""A text in it, or several with what stands between them."""


def stretched(text: str) -> str:
    """Return a text 40 % longer and in brackets, with its places as they are."""
    if not text.strip() or _FORMAT.fullmatch(text):
        return text
    pieces = _PLACE.split(text)
    pieces[::2] = [piece.translate(_LETTERS) for piece in pieces[::2]]
    more = max(1, round(len(_PLACE.sub("", text)) * _LONGER) - 3)
    return f"[{''.join(pieces)} {'··· ' * (more // 4)}{'·' * (more % 4)}]".replace(" ]", "]")


class _Translator(QTranslator):
    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return stretched(text)


@contextmanager
def spoken(app: QApplication) -> Iterator[None]:
    """Have what is made meanwhile speak it."""
    translator, direction, locale = _Translator(app), app.layoutDirection(), QLocale()
    app.installTranslator(translator)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    app.removeTranslator(translator)
    app.setLayoutDirection(direction)
    QLocale.setDefault(locale)
