from __future__ import annotations

import importlib
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bge_desktop.messages import (
    DescribeDocuments,
    DocumentsDescribed,
    GroupAnew,
    RenameTopic,
    ShowTopics,
    Topics,
)
from bge_desktop.ui import map_loading
from bge_desktop.ui.map_loading import MapLoader
from bge_desktop.ui.pages import NotePage
from bge_desktop.ui.topics_link import TopicsLink
from bge_desktop.ui.topics_page import TopicsPage
from bge_desktop.ui.widgets import Label
from tests.dragging import drag
from tests.ui.made_topics import BOILERS, HOME, LEASES, RECIPES, TREE, told

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot) -> TopicsPage:
    made = TopicsPage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_topics(told())
    qtbot.waitUntil(lambda: made.map.view is not None)
    qtbot.waitUntil(lambda: bool(made.map.view.overlay.names()))
    return made


def note(page: TopicsPage) -> list[str]:
    current = page._pages.currentWidget()
    assert isinstance(current, NotePage)
    return [label.text() for label in current.findChildren(Label)]


def test_it_tells_how_the_documents_are_grouped(page):
    text = page.state_label.accessibleName()
    assert text.startswith("4 topics  ·  1 document in none  ·  Grouped ")
    assert page.group_button.isEnabled()
    page.show_topics(told(is_grouping=True, unplaced=0))
    assert page.state_label.accessibleName() == "4 topics  ·  Being grouped anew…"
    assert not page.group_button.isEnabled()


def test_without_topics_it_says_why_and_what_to_do(page):
    page.show_topics(Topics((), None, is_grouping=True))
    assert note(page)[0] == "Your documents are being grouped"
    page.show_topics(Topics((), None, unplaced=7))
    assert note(page)[0] == "No topics yet"
    page.show_topics(Topics((), None, grouped_at=1.7e9, unplaced=7))
    assert note(page)[0] == "Too few documents for topics"
    assert not page.show_button.isVisible()
    assert page.state_label.text() == ""


def test_a_topic_that_is_chosen_lights_up_with_all_below_it_until_another_is(page):
    lit = []
    page.map.view.light_up = lambda *own: lit.append(own)
    assert not page.show_button.isEnabled()
    page.tree.choose(HOME.id)
    assert page.show_button.isEnabled()
    page.tree.choose(0)
    assert lit == [(HOME.id, frozenset((1, 2, 3))), (0, frozenset())]


def test_a_click_on_the_map_chooses_in_the_list(page, qtbot):
    view = page.map.view
    qtbot.mouseClick(view.overlay.parentWidget(), LEFT, pos=view.frame().shown(0.9, 0.8).toPoint())
    assert page.tree.chosen() == RECIPES


def test_the_documents_of_a_topic_are_shown_by_a_query(page, qtbot):
    queries = []
    page.query_wanted.connect(queries.append)
    page.tree.choose(LEASES.id)
    page.show_button.click()
    page.tree.choose(RECIPES.id)
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert queries == ['topic:"Leases & deposits"', "topic:菜谱"]


def test_the_buttons_do_what_the_mouse_does(page, qtbot):
    view, map_ = page.map.view, page.map
    before = view.frame()
    map_.in_button.click()
    assert view.frame().across > before.across
    map_.out_button.click()
    assert view.frame() == pytest.approx(before)
    map_.in_button.click()
    map_.whole_button.click()
    assert view.frame() == pytest.approx(before)
    map_.lasso_button.click()
    assert view.gestures.is_lasso
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not map_.lasso_button.isChecked()
    assert not view.gestures.is_lasso


def test_marked_documents_are_passed_on_and_the_lasso_is_put_away(page, qtbot):
    view = page.map.view
    page.map.lasso_button.click()
    widget = view.overlay.parentWidget()
    places = [view.frame().shown(*own).toPoint() for own in ((0.7, 0.7), (1, 0.7), (1, 0.9), (0.7, 0.9))]
    with qtbot.waitSignal(page.documents_wanted) as marked:
        drag(widget, *places)
    assert marked.args == [(106, 107)]
    assert not page.map.lasso_button.isChecked()


def test_the_same_map_is_not_filled_again(page, qtbot):
    with qtbot.assertNotEmitted(page.map.view.scatter.filled, wait=50):
        page.show_topics(told(is_grouping=True))
    with qtbot.waitSignal(page.map.view.scatter.filled):
        page.show_topics(told((HOME, LEASES, BOILERS)))


def test_the_keyboard_comes_to_the_list_first_and_goes_on_to_the_map(page, qtbot):
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.tree.hasFocus)
    stops = []
    for _ in range(9):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert page.map.view in stops
    assert page.group_button in stops


def test_where_the_topics_come_after_the_page_the_keyboard_comes_to_the_list_with_them(qtbot):
    page = TopicsPage()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitActive(page)
    page.show_topics(told())
    qtbot.waitUntil(page.tree.hasFocus)
    qtbot.waitUntil(lambda: page.map.view is not None)


def test_where_the_map_cannot_be_loaded_it_says_so_and_the_list_works(qtbot, monkeypatch):
    def missing(_name):
        raise ImportError("no pyqtgraph")

    monkeypatch.setattr(map_loading.importlib, "import_module", missing)
    page = TopicsPage()
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.failed) as told_of:
        page.show()
        page.show_topics(told())
    [report] = told_of.args
    assert report.title == "The map cannot be drawn"
    assert "no pyqtgraph" in report.message
    page.tree.choose(LEASES.id)
    assert page.show_button.isEnabled()
    assert not page.map.lasso_button.isEnabled()


def test_a_page_may_go_while_the_map_is_being_loaded(qtbot, monkeypatch):
    gone, load = threading.Event(), importlib.import_module

    def late(name):
        gone.wait(5)
        return load(name)

    monkeypatch.setattr(map_loading.importlib, "import_module", late)
    page = TopicsPage()
    page.show()
    page.show_topics(told())
    [loader] = QApplication.instance().findChildren(MapLoader)
    with qtbot.waitSignal(loader.destroyed):
        page.deleteLater()
        qtbot.wait(10)
        gone.set()


def test_the_page_is_made_without_what_draws_the_map():
    source = "import bge_desktop.ui.topics_link, sys; sys.exit('numpy' in sys.modules or 'pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], check=False).returncode == 0


# --- connected to the worker ----------------------------------------------------------------------------------------


@pytest.fixture
def linked(stage, qtbot) -> TopicsPage:
    page = TopicsPage()
    qtbot.addWidget(page)
    TopicsLink(stage.bridge, page)
    return page


def test_topics_are_asked_for_while_the_page_is_on_show(linked, stage, qtbot):
    assert not stage.worker.of(ShowTopics)
    linked.show()
    linked.hide()
    assert stage.worker.of(ShowTopics) == [ShowTopics(), ShowTopics(points=False, watch=False)]
    linked.show()
    stage.worker.emit(told())
    qtbot.waitUntil(lambda: linked.model.rowCount() == 2)
    qtbot.waitUntil(lambda: linked.map.view is not None)


def test_what_is_wanted_on_the_page_is_asked_of_the_worker(linked, stage, qtbot):
    linked.show_topics(told(TREE))
    linked.group_button.click()
    linked.model.setData(linked.model.index_of(RECIPES.id), "Kitchen")
    linked.describe_wanted.emit(DescribeDocuments(1, (101,)))
    asked = [own for own in stage.worker.requests if isinstance(own, GroupAnew | RenameTopic | DescribeDocuments)]
    assert asked == [GroupAnew(), RenameTopic(RECIPES.id, "Kitchen"), DescribeDocuments(1, (101,))]
    heard = []
    linked.show_described = heard.append
    stage.worker.emit(DocumentsDescribed(1, ()))
    qtbot.waitUntil(lambda: heard == [DocumentsDescribed(1, ())])
