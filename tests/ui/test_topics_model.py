from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from bge_desktop.ui.topics_model import TopicColumn, TopicsModel
from tests.ui.made_topics import BOILERS, HOME, LEASES, RECIPES, TREE

Role = Qt.ItemDataRole


@pytest.fixture
def model(qapp) -> TopicsModel:
    made = TopicsModel()
    made.become(TREE)
    return made


def test_the_model_keeps_to_the_rules_of_models(qapp):
    model = TopicsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for topics in (TREE, (), (RECIPES, HOME, BOILERS), (replace(RECIPES, documents=3), HOME, BOILERS), TREE[:1]):
        model.become(topics)
        model.setData(model.index(0, 0), "Another name")
    tester.deleteLater()


def test_topics_stand_below_the_one_that_holds_them(model):
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Home", "菜谱"]
    home = model.index(0, 0)
    assert [model.index(row, 0, home).data() for row in range(model.rowCount(home))] == ["Leases & deposits", "Boilers"]
    assert model.parent(model.index(1, 0, home)) == home
    assert model.parent(home) == QModelIndex()
    assert model.rowCount(model.index(0, TopicColumn.DOCUMENTS)) == 0
    assert model.family(HOME.id) == {1, 2, 3}


def test_a_row_tells_its_name_its_words_and_how_many_documents_there_are(model):
    name, count = model.index_of(LEASES.id), model.index_of(LEASES.id, TopicColumn.DOCUMENTS)
    assert (name.data(), count.data()) == ("Leases & deposits", "3")
    assert name.data(Role.ToolTipRole) == "lease, deposit"
    assert name.data(Role.AccessibleTextRole) == "Leases & deposits, 3 documents"
    assert count.data(Role.AccessibleTextRole) == "3 documents"
    assert not name.data(Role.DecorationRole).isNull()
    assert model.headerData(TopicColumn.DOCUMENTS, Qt.Orientation.Horizontal) == "Documents"


def test_names_alone_can_be_edited(model):
    assert model.index_of(1).flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.index_of(1, TopicColumn.DOCUMENTS).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_new_name_is_shown_at_once_and_told(model, qtbot):
    with qtbot.waitSignal(model.rename_wanted) as told:
        assert model.setData(model.index_of(LEASES.id), "  Where I \n live ")
    assert told.args == [LEASES.id, "Where I live"]
    assert model.topic_of(LEASES.id) == replace(LEASES, name="Where I live", is_named=True)


def test_an_empty_name_asks_for_the_made_one(model, qtbot):
    with qtbot.waitSignal(model.rename_wanted) as told:
        model.setData(model.index_of(RECIPES.id), " ")
    assert told.args == [RECIPES.id, ""]
    assert model.topic_of(RECIPES.id) == replace(RECIPES, is_named=False)


def test_the_same_name_asks_for_nothing(model, qtbot):
    with qtbot.assertNotEmitted(model.rename_wanted):
        model.setData(model.index_of(RECIPES.id), RECIPES.name)


def test_rows_stay_where_only_what_they_show_has_changed(model, qtbot):
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.become((HOME, replace(LEASES, documents=4), BOILERS, RECIPES))
    assert changed.args[0] == model.index_of(LEASES.id)
    with qtbot.waitSignal(model.modelReset):
        model.become((HOME, BOILERS, LEASES, RECIPES))
    assert not model.index_of(99).isValid()
