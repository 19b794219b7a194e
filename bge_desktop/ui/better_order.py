"""A better order of the results: brought in where that disturbs nobody, else offered."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.attention import Attention
from bge_desktop.ui.cross_fade import fade_from_now
from bge_desktop.ui.flat_button import FlatButton
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView
from bge_desktop.ui.theme import Type


class OfferLine(FlatButton):
    """A slim line below the list, where it moves no row, that brings in the better order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "sort", Type.SMALL, parent)
        self.setText(self.tr("A better order is ready — show it"))
        self.hide()

    def offer(self, is_wanted: bool) -> None:
        """Be there, or not; one who does not see it hears of it."""
        is_news = is_wanted and self.isHidden()
        self.setVisible(is_wanted)
        if is_news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint a tinted ground below the words, and a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tint(self.palette(), 0.14))
        painter.fillRect(0, 0, self.width(), 1, theme.hairline(self.palette()))
        painter.end()
        super().paintEvent(event)


class BetterOrder(QObject):
    """Decides when a better order holds.

    Args:
        model: the results.
        view: where they are shown.
        parent: the owner.

    Attributes:
        offer: the line that offers it.
        attention: tells whether somebody is at work with the list.
    """

    def __init__(self, model: ResultsModel, view: ResultsView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._view, self._best = model, view, tuple[str, ...]()
        self.offer, self.attention = OfferLine(), Attention(model, view, self)
        self.offer.clicked.connect(self._bring_in)

    def take(self, best: tuple[str, ...]) -> None:
        """Bring in the order of these paths, best first, or offer it.

        Nothing moves where somebody is at work with the list; else what is below the pointer may. Without any paths,
        which means that none was found, what holds is kept.
        """
        if not best:
            return
        self._best = best
        if not self.attention.is_held:
            self._put_in_order(self._below_pointer(best))
        self.look_again()

    def look_again(self) -> None:
        """Offer it where it does not hold, now that the documents are listed in another order."""
        self.offer.offer(bool(self._best) and self._model.paths() != self._model.paths_with(self._best))

    def forget(self) -> None:
        """Offer nothing: another question's results are coming."""
        self._best = ()
        self._model.forget_better()
        self.offer.offer(False)

    def _bring_in(self) -> None:
        self._put_in_order(self._best)
        self.offer.offer(False)
        self._view.scrollToTop()

    def _put_in_order(self, better: tuple[str, ...]) -> None:
        if self._model.paths() != self._model.paths_with(better):
            fade_from_now(self._view.viewport())
        self._model.set_better(better)

    def _below_pointer(self, best: tuple[str, ...]) -> tuple[str, ...]:
        """Return the order with what the pointer is on, and all above it, as it stands."""
        held = self._model.paths(until=self._view.row_under_mouse())
        return (*(path for path in held if path in best), *(path for path in best if path not in held))
