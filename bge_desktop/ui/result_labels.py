"""Between the labels in a list of results and the worker."""

from __future__ import annotations

from PySide6.QtCore import QObject

from bge_desktop.messages import AddLabel, Decision, Event, Labels, ListLabels, SetLabel
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.results_view import ResultsView


class ResultLabels(QObject):
    """Has the menu of results offer the library's labels, and passes on what is decided there.

    Args:
        bridge: the way to the worker.
        view: the list; it owns this.
    """

    def __init__(self, bridge: Bridge, view: ResultsView) -> None:
        super().__init__(view)
        self._bridge, self._view = bridge, view
        bridge.told.connect(self._take)
        view.label_decided.connect(self._decide)
        view.label_added.connect(lambda name, paths: bridge.ask(AddLabel(name, paths)))
        bridge.ask(ListLabels())

    def _take(self, event: Event) -> None:
        if isinstance(event, Labels):
            self._view.labels = event.labels

    def _decide(self, paths: tuple[str, ...], name: str, decision: Decision) -> None:
        self._bridge.ask(SetLabel(paths, name, decision))
