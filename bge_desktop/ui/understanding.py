"""The pages about what the documents say: topics and labels."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bge_desktop.ui.bridge import Bridge


class Understanding(QObject):
    """Makes the pages when they are wanted for the first time, and connects them.

    Args:
        bridge: the way to the worker.
        parent: the owner.
    """

    query_wanted = Signal(str)
    """What a query finds is to be shown."""
    documents_wanted = Signal(object)
    """The documents with these ids are to be shown."""
    open_wanted = Signal(object)
    """The path of the file to open."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def topics(self) -> QWidget:
        """Return a page of the topics."""
        from bge_desktop.ui.topics_link import TopicsLink
        from bge_desktop.ui.topics_page import TopicsPage

        page = TopicsPage()
        TopicsLink(self._bridge, page)
        page.query_wanted.connect(self.query_wanted)
        page.documents_wanted.connect(self.documents_wanted)
        return page

    def labels(self) -> QWidget:
        """Return a page of the labels."""
        from bge_desktop.ui.labels_link import LabelsLink
        from bge_desktop.ui.labels_page import LabelsPage

        page = LabelsPage()
        LabelsLink(self._bridge, page)
        page.query_wanted.connect(self.query_wanted)
        page.open_wanted.connect(self.open_wanted)
        return page
