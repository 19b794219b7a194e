"""The tree of topics: how it answers the keyboard, the mouse and the context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTreeView, QWidget

from bge_desktop.messages import Topic
from bge_desktop.ui import theme
from bge_desktop.ui.theme import GRID
from bge_desktop.ui.topics_model import TopicColumn, TopicsModel


class TopicsTree(QTreeView):
    """Shows a `TopicsModel`. What is chosen and unfolded is known by its topic, and outlives other topics.

    Topics that come while a name is being edited are shown once that is done.
    """

    chosen_changed = Signal()
    """Another topic is chosen, or none."""
    documents_wanted = Signal(object)
    """The `Topic` whose documents are to be shown."""
    rename_wanted = Signal(int, str)
    """The id of a topic, and the name that it is to have; an empty one for the made name."""

    def __init__(self, model: TopicsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._waiting: Sequence[Topic] | None = None
        self._folded: set[int] = set()
        self.setModel(model)
        self.setAccessibleName(self.tr("Topics"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(True)
        self.setHeaderHidden(True)
        self.setTabKeyNavigation(False)
        self._set_up_columns()
        self._make_actions()
        self._connect()

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """Show these topics, all unfolded that nobody has folded."""
        if self.state() is QAbstractItemView.State.EditingState:
            self._waiting = topics
            return
        chosen, top = self.chosen(), self.verticalScrollBar().value()
        self._model.become(topics)
        self._unfold(topics)
        if chosen and chosen != self.chosen():
            self.choose(chosen.id)
        self.verticalScrollBar().setValue(top)
        self._offer_actions()

    def chosen(self) -> Topic | None:
        """Return the topic that is chosen."""
        rows = self.selectionModel().selectedRows()
        return self._model.topic(rows[0]) if rows else None

    def choose(self, topic: int) -> None:
        """Choose a topic by its id, and have it in view; 0 for none."""
        index = self._model.index_of(topic)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()

    def show_documents(self) -> None:
        """Ask for the documents of the chosen topic."""
        if topic := self.chosen():
            self.documents_wanted.emit(topic)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Show what came meanwhile."""
        super().closeEditor(editor, hint)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.show_topics(waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Have Esc choose nothing."""
        if event.key() == Qt.Key.Key_Escape and self.chosen():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the system's font and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.setIconSize(QSize(theme.icon_size(), theme.icon_size()))

    def _unfold(self, topics: Sequence[Topic]) -> None:
        for topic in topics:
            index = self._model.index_of(topic.id)
            if topic.id not in self._folded and not self.isExpanded(index):
                self.expand(index)

    def _note_fold(self, index: QModelIndex) -> None:
        if topic := self._model.topic(index):
            self._folded.add(topic.id)

    def _note_unfold(self, index: QModelIndex) -> None:
        if topic := self._model.topic(index):
            self._folded.discard(topic.id)

    def _offer_actions(self) -> None:
        topic = self.chosen()
        self._show_action.setEnabled(topic is not None)
        self._rename_action.setEnabled(topic is not None)
        self._made_name_action.setEnabled(topic is not None and topic.is_named)

    def _rename(self) -> None:
        if topic := self.chosen():
            self.edit(self._model.index_of(topic.id))

    def _give_back(self) -> None:
        if topic := self.chosen():
            self.rename_wanted.emit(topic.id, "")

    def _set_up_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TopicColumn.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(TopicColumn.DOCUMENTS, QHeaderView.ResizeMode.ResizeToContents)
        self.setIndentation(2 * GRID)
        self.setIconSize(QSize(theme.icon_size(), theme.icon_size()))

    def _make_actions(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._show_action = self._add_action(self.tr("Show documents"), ("Return", "Enter"), self.show_documents)
        self._rename_action = self._add_action(self.tr("Rename"), ("F2",), self._rename)
        self._made_name_action = self._add_action(self.tr("Give the made name back"), (), self._give_back)

    def _add_action(self, text: str, keys: Sequence[str], act: Callable[[], None]) -> QAction:
        action = QAction(text, self, enabled=False)
        action.setShortcuts([QKeySequence(own) for own in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)  # some desktops leave them out
        action.triggered.connect(lambda: act())
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._model.rename_wanted.connect(self.rename_wanted)
        self.doubleClicked.connect(self.show_documents)
        self.collapsed.connect(self._note_fold)
        self.expanded.connect(self._note_unfold)
        for changed in (self.selectionModel().selectionChanged, self._model.dataChanged):
            changed.connect(self._offer_actions)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
