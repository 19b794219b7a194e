"""The page of the topics: a list of the groups that the documents fall into, and a map of the documents beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from bge_desktop import query_terms
from bge_desktop.messages import DocumentsDescribed, Topic, Topics
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.topics_map import TopicsMap
from bge_desktop.ui.topics_model import TopicsModel
from bge_desktop.ui.topics_texts import nothing_text, state_text
from bge_desktop.ui.topics_tree import TopicsTree
from bge_desktop.ui.widgets import Pages

_LIST, _MAP = 38, 84
"""Of the width, at first."""


class TopicsPage(QWidget):
    """Topics on the left, the map on the right; without topics, a note that says why.

    Choosing a topic lights up its documents; `TopicsLink` connects the page to the worker.
    """

    shown_changed = Signal(bool)
    """Whether the page is on show."""
    query_wanted = Signal(str)
    """A query that finds the documents of a topic."""
    documents_wanted = Signal(object)
    """A tuple of the ids of documents that were marked on the map, and are to be listed."""
    rename_wanted = Signal(int, str)
    """The id of a topic, and the name that it is to have; an empty one for the made name."""
    group_wanted = Signal()
    """The documents are to be grouped anew."""
    describe_wanted = Signal(object)
    """A `DescribeDocuments`; `show_described` takes its answer."""
    failed = Signal(object)
    """An `ErrorReport`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Topics"))
        self.model = TopicsModel(self)
        self.tree, self.map = TopicsTree(self.model), TopicsMap()
        self.show_button = QPushButton(self.tr("Show documents"))
        self.group_button = QPushButton(self.tr("Group anew"))
        self.state_label = ElidedLabel("", Type.SMALL, Qt.TextElideMode.ElideRight, dim=True)
        self._blank, self._splitter, self._pages = QWidget(), QSplitter(), Pages()
        self._notes: dict[tuple[str, str], NotePage] = {}
        self._build()
        self._connect()

    def show_topics(self, told: Topics) -> None:
        """Show the topics, the map, and how far the grouping is."""
        self.group_button.setEnabled(not told.is_grouping)
        self.state_label.set_whole_text(state_text(told))
        self.show_button.setVisible(bool(told.topics))
        self._pages.setCurrentWidget(self._splitter if told.topics else self._note(told))
        self.tree.show_topics(told.topics)
        if told.points is not None:
            self.map.show_map(told.topics, told.points)
        self._light_up()
        if self.hasFocus():
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_described(self, told: DocumentsDescribed) -> None:
        """Show what the document under the mouse is."""
        self.map.show_described(told)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Lead the keyboard to the list."""
        super().focusInEvent(event)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask for what is to be shown."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Ask for it no more."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def _note(self, told: Topics) -> NotePage:
        text = nothing_text(told)
        if text not in self._notes:
            self._notes[text] = NotePage("topics", *text)
            self._pages.addWidget(self._notes[text])
        return self._notes[text]

    def _light_up(self) -> None:
        topic = self.tree.chosen()
        self.show_button.setEnabled(topic is not None)
        self.map.light_up(topic.id if topic else 0, self.model.family(topic.id) if topic else frozenset())

    def _ask_for(self, topic: Topic) -> None:
        self.query_wanted.emit(query_terms.topic(topic.name))

    def _connect(self) -> None:
        self.tree.chosen_changed.connect(self._light_up)
        self.tree.documents_wanted.connect(self._ask_for)
        self.tree.rename_wanted.connect(self.rename_wanted)
        self.map.topic_chosen.connect(self.tree.choose)
        self.map.documents_wanted.connect(self.documents_wanted)
        self.map.describe_wanted.connect(self.describe_wanted)
        self.map.failed.connect(self.failed)
        self.show_button.clicked.connect(self.tree.show_documents)
        self.group_button.clicked.connect(self.group_wanted)

    def _build(self) -> None:
        self.show_button.hide()
        self.group_button.setEnabled(False)
        self._splitter.addWidget(self.tree)
        self._splitter.addWidget(self.map)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(2 * GRID)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LIST * GRID, _MAP * GRID])
        self._pages.addWidget(self._blank)
        self._pages.addWidget(self._splitter)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.show_button)
        foot.addWidget(self.state_label, 1)
        foot.addWidget(self.group_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
