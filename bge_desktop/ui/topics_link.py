"""Between the page of the topics and the worker."""

from __future__ import annotations

from PySide6.QtCore import QObject

from bge_desktop.messages import DocumentsDescribed, Event, GroupAnew, RenameTopic, ShowTopics, Topics
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.topics_page import TopicsPage


class TopicsLink(QObject):
    """Asks for the topics while their page is on show, and passes on what is asked there.

    Args:
        bridge: the way to the worker.
        page: the page; it owns this.
    """

    def __init__(self, bridge: Bridge, page: TopicsPage) -> None:
        super().__init__(page)
        self._bridge, self._page = bridge, page
        bridge.told.connect(self._take)
        page.shown_changed.connect(self._watch)
        page.group_wanted.connect(self._group)
        page.rename_wanted.connect(self._rename)
        page.describe_wanted.connect(bridge.ask)
        page.failed.connect(bridge.failed)

    def _take(self, event: Event) -> None:
        match event:
            case Topics():
                self._page.show_topics(event)
            case DocumentsDescribed():
                self._page.show_described(event)

    def _watch(self, is_shown: bool) -> None:
        self._bridge.ask(ShowTopics(points=is_shown, watch=is_shown))

    def _group(self) -> None:
        self._bridge.ask(GroupAnew())

    def _rename(self, topic: int, name: str) -> None:
        self._bridge.ask(RenameTopic(topic, name))
