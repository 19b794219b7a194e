"""The topics as a Qt model: a tree with a name, a dot of its colour and the number of documents for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any, overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap

from bge_desktop.messages import Topic, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.rows_model import Index
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.topics_colours import topic_colour
from bge_desktop.ui.topics_families import families
from bge_desktop.ui.wording import documents_text, number

_NOWHERE = QModelIndex()
_DOT = 0.6  # of the size of an icon


class TopicColumn(IntEnum):
    """What stands beside one another."""

    NAME = 0
    DOCUMENTS = 1


class TopicsModel(QAbstractItemModel):
    """Topics below topics. A name that is edited is shown at once, and told."""

    rename_wanted = Signal(int, str)
    """The id of a topic, and the name that it is to have; an empty one for the made name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._topics: dict[int, Topic] = {}
        self._below: dict[int | None, list[int]] = {}
        self._rows: dict[int, int] = {}
        self._families: dict[int, frozenset[int]] = {}

    def become(self, topics: Sequence[Topic]) -> None:
        """Show these topics, parents before those below them. Where only what they show has changed, none moves."""
        if [(own.id, own.parent) for own in topics] == [(own.id, own.parent) for own in self._topics.values()]:
            for topic in topics:
                self._update(topic)
        else:
            self.beginResetModel()
            self._take(topics)
            self.endResetModel()

    def topic(self, index: Index) -> Topic | None:
        """Return the topic in a row; None where there is none."""
        return self._topics.get(index.internalId()) if index.isValid() else None

    def topic_of(self, number: int) -> Topic | None:
        """Return a topic by its id; None where there is no such one."""
        return self._topics.get(number)

    def index_of(self, topic: int, column: TopicColumn = TopicColumn.NAME) -> QModelIndex:
        """Return where a topic is, by its id; an invalid index where it is not there."""
        return self.createIndex(self._rows[topic], column, topic) if topic in self._topics else QModelIndex()

    def family(self, topic: int) -> frozenset[int]:
        """Return the ids of a topic and of all below it."""
        return self._families[topic]

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a cell."""
        below = self._below.get(self._id(parent), []) if parent.column() <= 0 else []
        if 0 <= row < len(below) and 0 <= column < len(TopicColumn):
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    @overload
    def parent(self) -> QObject | None: ...
    @overload
    def parent(self, index: Index) -> QModelIndex: ...
    def parent(self, index: Index | None = None) -> QObject | QModelIndex | None:
        """Return the index of what holds a topic; without an index, the owner of the model."""
        if index is None:
            return super().parent()
        topic = self.topic(index)
        return QModelIndex() if topic is None or topic.parent is None else self.index_of(topic.parent)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many topics are right below one, or at the top."""
        return len(self._below.get(self._id(parent), ())) if parent.column() <= 0 else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return len(TopicColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Topic"), self.tr("Documents"))[section]
        return QSize(0, 0) if role == Qt.ItemDataRole.SizeHintRole else None  # columns are as wide as what is in them

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that names can be edited."""
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == TopicColumn.NAME else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view or a screen reader asks of a cell; that of the name tells the whole row."""
        topic = self.topic(index)
        if topic is None:
            return None
        return self._of_name(topic, role) if index.column() == TopicColumn.NAME else self._of_count(topic, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Have a topic called otherwise."""
        topic = self.topic(index)
        if topic is None or role != Qt.ItemDataRole.EditRole:
            return False
        name = " ".join(str(value).split())
        if name != topic.name:
            self._update(replace(topic, name=name or topic.name, is_named=bool(name)))
            self.rename_wanted.emit(topic.id, name)
        return True

    def _of_name(self, topic: Topic, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return displayable(topic.name)
            case Qt.ItemDataRole.EditRole:
                return topic.name
            case Qt.ItemDataRole.DecorationRole:
                return _dot(topic.colour)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(displayable(self.tr(", ").join(topic.words)))
            case Qt.ItemDataRole.AccessibleTextRole:
                text = self.tr("{name}, {documents}")
                return text.format(name=displayable(topic.name), documents=documents_text(topic.documents))
        return None

    def _of_count(self, topic: Topic, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return number(topic.documents)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole:
                return theme.dimmed(QGuiApplication.palette())
            case Qt.ItemDataRole.AccessibleTextRole:
                return documents_text(topic.documents)
        return None

    def _update(self, topic: Topic) -> None:
        if topic != self._topics[topic.id]:
            self._topics[topic.id] = topic
            self.dataChanged.emit(self.index_of(topic.id), self.index_of(topic.id, TopicColumn.DOCUMENTS))

    def _take(self, topics: Sequence[Topic]) -> None:
        self._topics = {own.id: own for own in topics}
        below: defaultdict[int | None, list[int]] = defaultdict(list)
        for own in topics:
            below[own.parent].append(own.id)
        self._below = dict(below)
        self._families = families(topics)
        self._rows = {own: row for family in self._below.values() for row, own in enumerate(family)}

    @staticmethod
    def _id(index: QModelIndex | QPersistentModelIndex) -> int | None:
        return index.internalId() if index.isValid() else None


def _dot(colour: int) -> QPixmap:
    """Return a dot in a topic's colour, as large as an icon."""
    size, ratio = theme.icon_size(), QGuiApplication.primaryScreen().devicePixelRatio()
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(topic_colour(colour, QGuiApplication.palette()))
    margin = size * (1 - _DOT) / 2
    painter.drawEllipse(round(margin), round(margin), round(size * _DOT), round(size * _DOT))
    painter.end()
    return image
