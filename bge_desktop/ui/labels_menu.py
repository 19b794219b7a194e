"""The menu of labels in the context menu of results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from bge_desktop.messages import Decision, Label, SearchResult, Standing
from bge_desktop.ui import theme
from bge_desktop.ui.label_pills import dot, percent

Decide = Callable[[tuple[str, ...], str, Decision], None]


class LabelsMenu(QMenu):
    """A check for each label: set where all of the results have it. What is proposed for one is marked, with how sure.

    Args:
        labels: those of the library.
        results: whose they may be.
        decide: takes the paths of documents, the name of a label, and what was decided.
        make: takes the paths of documents that are to have a label whose name is to be asked for.
        parent: the owner.
    """

    def __init__(
        self,
        labels: Sequence[Label],
        results: Sequence[SearchResult],
        decide: Decide,
        make: Callable[[tuple[str, ...]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Labels"))
        self._results, self._decide = results, decide
        self._paths = tuple(dict.fromkeys(result.path for result in results))
        for label in labels:
            self._add_label(label)
        self._add_rejections(labels)
        self.addSeparator()
        self.addAction(self.tr("New label…"), partial(make, self._paths))

    def _add_label(self, label: Label) -> None:
        standings = [self._standing(result, label.id) for result in self._results]
        has_all = all(own in (Standing.GIVEN, Standing.APPLIED) for own in standings)
        # whatever applies by itself would come back
        undone = Decision.NONE if label.threshold is None and Standing.APPLIED not in standings else Decision.NO
        action = self.addAction(self._text(label), partial(self._decided, label, undone if has_all else Decision.YES))
        action.setIcon(dot(label.colour, self.palette(), theme.icon_size()))
        action.setCheckable(True)
        action.setChecked(has_all)

    def _add_rejections(self, labels: Sequence[Label]) -> None:
        proposed = [own for own in labels if self._confidence(own.id)]
        if proposed:
            self.addSeparator()
        for label in proposed:
            text = self.tr("Not “{name}”").format(name=_shown(label.name))
            self.addAction(text, partial(self._decided, label, Decision.NO))

    def _text(self, label: Label) -> str:
        confidence = self._confidence(label.id)
        return f"{_shown(label.name)}\t{percent(confidence)}" if confidence else _shown(label.name)

    def _confidence(self, label: int) -> float:
        """Return how sure it is that one of the results should have a label; 0.0 where that is not proposed."""
        own = [found for result in self._results for found in result.labels if found.label == label]
        proposed = [found.confidence for found in own if found.standing is Standing.PROPOSED]
        return max(proposed, default=0.0)

    @staticmethod
    def _standing(result: SearchResult, label: int) -> Standing | None:
        return next((own.standing for own in result.labels if own.label == label), None)

    def _decided(self, label: Label, decision: Decision) -> None:
        self._decide(self._paths, label.name, decision)


def _shown(name: str) -> str:
    return name.replace("&", "&&")  # a single one underlines what follows it
