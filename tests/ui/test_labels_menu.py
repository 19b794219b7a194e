"""Labels in the list of results: in the menu, and as pills in the rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QInputDialog, QStyleOptionViewItem

from bge_desktop.messages import AddLabel, Decision, Label, LabelOfDocument, Labels, ListLabels, SetLabel, Standing
from bge_desktop.ui.canvas import Canvas
from bge_desktop.ui.label_pills import label_text, paint_labels, percent, shown_labels
from bge_desktop.ui.labels_menu import LabelsMenu
from bge_desktop.ui.result_labels import ResultLabels
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView
from bge_desktop.ui.theme import Type

TAX, RECIPES = Label(1, "Tax & co", 0, None, 3, 1, 3), Label(2, "Recipes", 1, 0.9, 5, 0, 5)
HAS_TAX = LabelOfDocument(1, "Tax & co", 0)
MAY_BE_TAX = LabelOfDocument(1, "Tax & co", 0, Standing.PROPOSED, 0.62)
HAS_RECIPES = LabelOfDocument(2, "Recipes", 1, Standing.APPLIED, 0.95)


@pytest.fixture
def view(qtbot):
    own = ResultsView(ResultsModel())
    own.model().setParent(own)
    qtbot.addWidget(own)
    own.labels = (TAX, RECIPES)
    return own


def labels_menu(view, *results):
    return next(iter(view.menu_for(*results).findChildren(LabelsMenu)))


def actions(menu):
    return {own.text(): own for own in menu.actions() if own.text()}


def test_a_check_stands_before_what_all_of_the_results_have(view, make_result):
    menu = labels_menu(view, make_result("/d/a", labels=(HAS_TAX,)), make_result("/d/b", labels=(HAS_TAX, HAS_RECIPES)))
    assert {text: own.isChecked() for text, own in actions(menu).items()} == {
        "Tax && co": True,
        "Recipes": False,
        "New label…": False,
    }


@pytest.mark.parametrize(
    ("labels", "text", "decision"),
    [
        ((), "Tax && co", Decision.YES),
        ((HAS_TAX,), "Tax && co", Decision.NONE),
        ((HAS_RECIPES,), "Recipes", Decision.NO),
        ((MAY_BE_TAX,), "Tax && co\t62 %", Decision.YES),
        ((MAY_BE_TAX,), "Not “Tax && co”", Decision.NO),
    ],
)
def test_a_click_gives_a_label_takes_it_away_or_rejects_it(view, make_result, qtbot, labels, text, decision):
    menu = labels_menu(view, make_result("/d/a", labels=labels), make_result("/d/a", start=90, labels=labels))
    with qtbot.waitSignal(view.label_decided) as decided:
        actions(menu)[text].trigger()
    name = "Recipes" if "Recipes" in text else "Tax & co"
    assert decided.args == [("/d/a",), name, decision]


def test_a_new_label_is_asked_for_by_its_name(view, make_result, qtbot):
    actions(labels_menu(view, make_result("/d/a"), make_result("/d/b")))["New label…"].trigger()
    dialog = view.window().findChild(QInputDialog)
    dialog.setTextValue("Travel")
    with qtbot.waitSignal(view.label_added) as added:
        dialog.accept()
    assert added.args == ["Travel", ("/d/a", "/d/b")]


def test_the_link_offers_the_librarys_labels_and_passes_on_what_is_decided(view, stage, qtbot):
    ResultLabels(stage.bridge, view)
    assert stage.worker.requests[-1] == ListLabels()
    stage.worker.emit(Labels((RECIPES,)))
    qtbot.waitUntil(lambda: view.labels == (RECIPES,))
    view.label_decided.emit(("/d/a",), "Recipes", Decision.NO)
    view.label_added.emit("Travel", ("/d/a",))
    wanted = [SetLabel(("/d/a",), "Recipes", Decision.NO), AddLabel("Travel", ("/d/a",))]
    assert stage.worker.requests[-2:] == wanted


def test_a_proposal_says_how_sure_it_is_and_an_unlikely_one_is_left_to_the_page(qapp):
    assert label_text(MAY_BE_TAX) == "Tax & co 62 %"
    assert label_text(HAS_RECIPES) == "Recipes"
    assert percent(0.999) == "99 %"
    unlikely = LabelOfDocument(1, "Tax", 0, Standing.PROPOSED, 0.4)
    assert shown_labels((HAS_TAX, unlikely, HAS_RECIPES)) == [HAS_TAX, HAS_RECIPES]


@pytest.fixture
def canvas(qapp):
    image = QImage(600, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter, option = QPainter(image), QStyleOptionViewItem()
    option.rect, option.palette, option.font = QRect(0, 0, 600, 30), QApplication.palette(), QApplication.font()
    yield Canvas(painter, option)
    painter.end()


def test_pills_take_half_of_the_line_at_most_and_the_rest_is_counted(canvas):
    many = [LabelOfDocument(own, f"A rather long name {own}", own) for own in range(6)]
    for width in (600, 300, 120):
        line = QRect(0, 0, width, 30)
        rest = canvas.metrics(Type.SMALL).horizontalAdvance("+6") + 8
        assert 0 < paint_labels(canvas, many, line) <= width // 2 + rest
    assert paint_labels(canvas, (), QRect(0, 0, 600, 30)) == 0
