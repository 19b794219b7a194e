from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from bge_desktop.ui.topics_model import TopicsModel
from bge_desktop.ui.topics_tree import TopicsTree
from tests.ui.made_topics import BOILERS, HOME, LEASES, RECIPES, TREE

Key = Qt.Key


@pytest.fixture
def tree(qtbot) -> TopicsTree:
    model = TopicsModel()
    made = TopicsTree(model)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show_topics(TREE)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def action(tree, text):
    return next(own for own in tree.actions() if own.text() == text)


def index(tree, topic):
    return tree.model().index_of(topic.id)


def test_all_topics_are_unfolded_and_none_is_chosen(tree):
    assert tree.isExpanded(index(tree, HOME))
    assert tree.chosen() is None
    assert not any(own.isEnabled() for own in tree.actions())


def test_enter_a_double_click_and_the_menu_show_the_documents(tree, qtbot):
    heard = []
    tree.documents_wanted.connect(heard.append)
    tree.choose(LEASES.id)
    qtbot.keyClick(tree, Key.Key_Return)
    qtbot.keyClick(tree, Key.Key_Enter)
    place = tree.visualRect(index(tree, RECIPES)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    action(tree, "Show documents").trigger()
    assert heard == [LEASES, LEASES, RECIPES, RECIPES]


def test_f2_renames_and_esc_leaves_the_name(tree, qtbot):
    tree.choose(LEASES.id)
    qtbot.keyClick(tree, Key.Key_F2)
    editor = tree.viewport().findChild(QLineEdit)
    assert editor.text() == "Leases & deposits"
    editor.setText("Flats")
    with qtbot.waitSignal(tree.rename_wanted) as asked:
        qtbot.keyClick(editor, Key.Key_Return)
    assert asked.args == [LEASES.id, "Flats"]
    qtbot.waitUntil(lambda: tree.state() is not TopicsTree.State.EditingState)
    qtbot.keyClick(tree, Key.Key_F2)
    with qtbot.assertNotEmitted(tree.rename_wanted):
        qtbot.keyClick(tree.viewport().findChildren(QLineEdit)[-1], Key.Key_Escape)
    assert tree.chosen().name == "Flats"


def test_topics_that_come_while_a_name_is_edited_wait_for_it(tree, qtbot):
    tree.choose(LEASES.id)
    action(tree, "Rename").trigger()
    editor = tree.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "Fl")
    tree.show_topics((RECIPES, HOME, LEASES, BOILERS))
    assert editor.isVisible()
    assert index(tree, HOME).row() == 0
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: index(tree, HOME).row() == 1)
    assert tree.chosen().id == LEASES.id


def test_only_a_name_of_ones_own_can_be_given_back(tree, qtbot):
    tree.choose(LEASES.id)
    assert not action(tree, "Give the made name back").isEnabled()
    tree.choose(RECIPES.id)
    with qtbot.waitSignal(tree.rename_wanted) as asked:
        action(tree, "Give the made name back").trigger()
    assert asked.args == [RECIPES.id, ""]
    tree.show_topics((HOME, LEASES, BOILERS, replace(RECIPES, is_named=False)))
    assert not action(tree, "Give the made name back").isEnabled()


def test_what_is_chosen_and_folded_outlives_other_topics(tree):
    tree.choose(RECIPES.id)
    tree.collapse(index(tree, HOME))
    tree.show_topics((RECIPES, HOME, LEASES))
    assert tree.chosen() == RECIPES
    assert not tree.isExpanded(index(tree, HOME))
    tree.expand(index(tree, HOME))
    tree.show_topics((replace(HOME, documents=9), LEASES))
    assert tree.isExpanded(index(tree, HOME))
    assert tree.chosen() is None


def test_esc_chooses_nothing(tree, qtbot):
    tree.choose(LEASES.id)
    qtbot.keyClick(tree, Key.Key_Escape)
    assert tree.chosen() is None
