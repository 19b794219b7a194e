"""Between the page of the labels and the worker."""

from __future__ import annotations

from PySide6.QtCore import QObject

from bge_desktop.messages import (
    AddLabel,
    Decision,
    Event,
    Labels,
    ListLabels,
    Proposals,
    RemoveLabel,
    RenameLabel,
    SetLabel,
    SetThreshold,
    ShowProposals,
)
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.labels_page import LabelsPage


class LabelsLink(QObject):
    """Shows the labels on their page, asks for the proposals of the chosen one while it is on show, and passes on.

    Args:
        bridge: the way to the worker.
        page: the page; it owns this.
    """

    def __init__(self, bridge: Bridge, page: LabelsPage) -> None:
        super().__init__(page)
        self._bridge, self._page = bridge, page
        bridge.told.connect(self._take)
        page.shown_changed.connect(self._ask)
        page.chosen.connect(self._ask_for_proposals)
        page.add_wanted.connect(lambda name: bridge.ask(AddLabel(name)))
        page.rename_wanted.connect(lambda label, name: bridge.ask(RenameLabel(label, name)))
        page.remove_wanted.connect(lambda label: bridge.ask(RemoveLabel(label)))
        page.threshold_wanted.connect(lambda label, threshold: bridge.ask(SetThreshold(label, threshold)))
        page.decided.connect(self._decide)

    def _take(self, event: Event) -> None:
        match event:
            case Labels():
                self._page.show_labels(event)
            case Proposals():
                self._page.show_proposals(event)

    def _ask(self, is_shown: bool) -> None:
        if is_shown:
            self._bridge.ask(ListLabels())

    def _ask_for_proposals(self, label: int) -> None:
        if self._page.isVisible():
            self._bridge.ask(ShowProposals(label))

    def _decide(self, paths: tuple[str, ...], name: str, decision: Decision) -> None:
        self._bridge.ask(SetLabel(paths, name, decision))
