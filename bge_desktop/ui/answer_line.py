"""What the status line says of the answer on show."""

from __future__ import annotations

from PySide6.QtCore import Qt

from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.theme import Type
from bge_desktop.ui.wording import joined


class AnswerLine(ElidedLabel):
    """A quiet sentence, and behind it, while that is so, that the best documents are being looked at more closely."""

    def __init__(self) -> None:
        super().__init__("", Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
        self._said = ""

    def say(self, text: str) -> None:
        """Say something of another answer."""
        self._said = text
        self.set_whole_text(text)

    def show_reranking(self, is_under_way: bool) -> None:
        """Show whether a better order is being looked for."""
        self.set_whole_text(joined(self._said, self.tr("looking closer…")) if is_under_way else self._said)
