"""The page of the labels: what it shows and says, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QInputDialog, QPushButton

from bge_desktop.messages import (
    AddLabel,
    Decision,
    Label,
    Labels,
    ListLabels,
    Proposal,
    Proposals,
    RemoveLabel,
    RenameLabel,
    SetLabel,
    SetThreshold,
    ShowProposals,
)
from bge_desktop.ui.label_boxes import LabelRemovalBox
from bge_desktop.ui.labels_link import LabelsLink
from bge_desktop.ui.labels_model import LabelColumn, LabelsModel
from bge_desktop.ui.labels_page import LabelsPage
from bge_desktop.ui.proposals_model import ProposalRow, ProposalsModel

RECIPES = Label(2, "Recipes", 0, None, documents=31, proposed=3, examples=12)
TAX = Label(3, "Tax", 1, 0.8, documents=2, proposed=0, examples=2)


def proposal(name, confidence, **more):
    values = {"folder": "/home/me", "title": "A title", "passage": "Bake it for an hour."}
    return Proposal(f"/home/me/{name}", confidence=confidence, **{**values, **more})


THREE = (proposal("cake.txt", 0.93), proposal("bread.txt", 0.8), proposal("soup.txt", 0.4, applied=True))


@pytest.fixture
def page(qtbot):
    own = LabelsPage()
    qtbot.addWidget(own)
    own.resize(900, 600)
    own.show_labels(Labels((RECIPES, TAX)))
    own.show()
    qtbot.waitExposed(own)
    own.show_proposals(Proposals(RECIPES.id, THREE, 5))
    return own


def names(page):
    model = page.panel.view.model()
    return [model.proposal(row).path.removeprefix("/home/me/") for row in range(model.rowCount())]


def press(qtbot, widget, key):
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, key)


def test_the_models_are_sound(qtbot):
    labels, proposals = LabelsModel(), ProposalsModel()
    for model in (labels, proposals):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    labels.become((RECIPES, TAX))
    labels.become((RECIPES,))
    proposals.become([ProposalRow(own) for own in THREE])
    proposals.become([ProposalRow(own) for own in THREE[1:]])
    assert labels.rowCount() == 1
    assert proposals.rowCount() == 2


def test_a_label_shows_its_numbers_and_its_proposals_best_first(page):
    cells = [page.model.index(0, column).data() for column in LabelColumn]
    assert cells == ["Recipes", "31", "3"]
    assert page.model.index(1, LabelColumn.PROPOSED).data() == "–"
    assert names(page) == ["cake.txt", "bread.txt", "soup.txt"]
    assert page.panel.shown_label.accessibleName() == "3 of 5 documents"
    row = page.panel.view.model().index(0, 0).data()
    assert "93 %" in row
    assert "cake.txt" in row
    assert "Bake it" in row


def test_enter_accepts_delete_rejects_and_the_next_row_is_current(page, qtbot):
    view = page.panel.view
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(page.decided) as accepted:
        press(qtbot, view, Qt.Key.Key_Return)
    assert accepted.args == [("/home/me/cake.txt",), "Recipes", Decision.YES]
    assert names(page) == ["bread.txt", "soup.txt"]
    assert view.currentIndex().row() == 0
    press(qtbot, view, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.decided) as rejected:
        press(qtbot, view, Qt.Key.Key_Delete)
    assert rejected.args == [("/home/me/soup.txt",), "Recipes", Decision.NO]
    assert view.currentIndex().row() == 0


def test_several_are_decided_at_once(page, qtbot):
    view = page.panel.view
    view.selectAll()
    with qtbot.waitSignal(page.decided) as decided:
        page.panel.accept_button.click()
    assert len(decided.args[0]) == 3
    assert names(page) == []
    assert page.panel.accept_button.isHidden() or not page.panel.accept_button.isEnabled()


def test_the_menu_of_a_proposal_decides_and_opens(page, qtbot):
    view = page.panel.view
    view.setCurrentIndex(view.model().index(1, 0))
    menu = view.menu()
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(page.open_wanted) as opened:
        actions["Open"].trigger()
    assert opened.args == ["/home/me/bread.txt"]
    with qtbot.waitSignal(page.decided) as rejected:
        actions["Reject"].trigger()
    assert rejected.args == [("/home/me/bread.txt",), "Recipes", Decision.NO]
    menu.close()


def test_what_is_selected_outlives_new_proposals(page):
    view = page.panel.view
    view.setCurrentIndex(view.model().index(1, 0))
    page.show_proposals(Proposals(RECIPES.id, (proposal("pie.txt", 0.95), *THREE), 6))
    assert [own.path for own in view.selected()] == ["/home/me/bread.txt"]
    page.show_proposals(Proposals(TAX.id, (), 0))  # of a label that was chosen before
    assert len(names(page)) == 4


def test_the_threshold_is_off_by_default_and_chosen_in_percent(page, qtbot):
    assert not page.panel.by_itself.isChecked()
    assert not page.panel.percent.isEnabled()
    with qtbot.waitSignal(page.threshold_wanted) as wanted:
        page.panel.by_itself.click()
    assert wanted.args == [RECIPES.id, 0.9]
    with qtbot.waitSignal(page.threshold_wanted) as wanted:
        page.panel.percent.setValue(75)
    assert wanted.args == [RECIPES.id, 0.75]
    with qtbot.waitSignal(page.threshold_wanted) as wanted:
        page.panel.by_itself.click()
    assert wanted.args == [RECIPES.id, None]
    with qtbot.assertNotEmitted(page.threshold_wanted):
        page.table.choose(TAX.id)
    assert page.panel.percent.value() == 80


def test_empty_states_say_what_to_do(page):
    page.table.choose(TAX.id)
    assert page.panel.pages.currentWidget() is page.panel.too_few
    page.show_labels(Labels((Label(TAX.id, "Tax", 1, examples=3),), is_learning=True))
    assert page.panel.pages.currentWidget() is page.panel.learning
    page.show_labels(Labels((Label(TAX.id, "Tax", 1, examples=3),)))
    assert page.panel.pages.currentWidget() is page.panel.nothing
    page.show_labels(Labels(()))
    assert page.nothing.isVisible()
    assert not page.remove_button.isEnabled()


def test_a_new_label_is_asked_for_by_name_and_chosen(page, qtbot):
    page.add_button.click()
    dialog = page.findChild(QInputDialog)
    dialog.setTextValue("  Travel ")
    with qtbot.waitSignal(page.add_wanted) as added:
        dialog.accept()
    assert added.args == ["Travel"]
    page.show_labels(Labels((RECIPES, TAX, Label(9, "Travel", 2))))
    assert page.table.chosen().name == "Travel"


def test_renaming_and_removing_ask_first(page, qtbot):
    page.table.choose(RECIPES.id)
    press(qtbot, page.table, Qt.Key.Key_F2)
    dialog = page.findChild(QInputDialog)
    assert dialog.textValue() == "Recipes"
    dialog.setTextValue("Cooking")
    with qtbot.waitSignal(page.rename_wanted) as renamed:
        dialog.accept()
    assert renamed.args == [RECIPES.id, "Cooking"]
    page.remove_button.click()
    box = page.findChild(LabelRemovalBox)
    assert "31 documents" in box.informativeText()
    with qtbot.waitSignal(page.remove_wanted) as removed:
        qtbot.mouseClick(box.remove_button, Qt.MouseButton.LeftButton)
    assert removed.args == [RECIPES.id]


def test_the_documents_of_a_label_are_shown_by_a_query(page, qtbot):
    page.show_labels(Labels((Label(5, "Home & garden", 0, documents=2, examples=2),)))
    for show in (page.panel.show_button.click, lambda: press(qtbot, page.table, Qt.Key.Key_Return)):
        with qtbot.waitSignal(page.query_wanted) as wanted:
            show()
        assert wanted.args == ['label:"Home & garden"']


def test_buttons_and_lists_have_names(page):
    assert page.table.accessibleName() == "Labels"
    assert page.panel.view.accessibleName() == "Proposals"
    assert all(button.text() for button in page.findChildren(QPushButton))


def test_the_link_asks_while_the_page_is_on_show_and_passes_on_what_is_decided(qtbot, stage):
    page = LabelsPage()
    qtbot.addWidget(page)
    LabelsLink(stage.bridge, page)
    page.show()
    qtbot.waitUntil(lambda: ListLabels() in stage.worker.requests)
    stage.worker.emit(Labels((RECIPES, TAX)))
    qtbot.waitUntil(lambda: ShowProposals(RECIPES.id) in stage.worker.requests)
    stage.worker.emit(Proposals(RECIPES.id, THREE, 3))
    qtbot.waitUntil(lambda: names(page) == ["cake.txt", "bread.txt", "soup.txt"])
    page.add_wanted.emit("Travel")
    page.rename_wanted.emit(TAX.id, "Taxes")
    page.remove_wanted.emit(TAX.id)
    page.threshold_wanted.emit(TAX.id, 0.7)
    page.decided.emit(("/home/me/cake.txt",), "Recipes", Decision.NO)
    wanted = [
        AddLabel("Travel"),
        RenameLabel(TAX.id, "Taxes"),
        RemoveLabel(TAX.id),
        SetThreshold(TAX.id, 0.7),
        SetLabel(("/home/me/cake.txt",), "Recipes", Decision.NO),
    ]
    qtbot.waitUntil(lambda: stage.worker.requests[-len(wanted) :] == wanted)
