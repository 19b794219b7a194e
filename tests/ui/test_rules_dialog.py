from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from bge_desktop.messages import FolderRules, SetRules
from bge_desktop.ui.rules_dialog import RulesDialog
from bge_desktop.watch.default_names import DEFAULTS, HIDDEN

FOLDER = "/home/me/caf\udce9"
OLD = FolderRules(("*.log", "caf\udce9/"), ("build", "an older default"), hidden=True, limit_mb=300)


@pytest.fixture
def dialog(qtbot) -> RulesDialog:
    made = RulesDialog(FOLDER, OLD)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def chosen(dialog) -> list[SetRules]:
    heard: list[SetRules] = []
    dialog.rules_chosen.connect(heard.append)
    return heard


def ok(dialog: RulesDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_it_shows_the_rules_that_hold(dialog):
    assert dialog.windowTitle().startswith("Rules for “caf\ufffd”")
    assert dialog.patterns.toPlainText() == "*.log\ncaf\ufffd/"
    assert dialog.hidden_box.isChecked()
    assert dialog.limit_box.value() == 300
    assert dialog.rules() == OLD


def test_ok_without_a_change_changes_nothing(dialog, chosen):
    ok(dialog).click()
    assert chosen == []
    assert not dialog.isVisible()


def test_ok_says_which_rules_are_to_hold_instead_of_which(dialog, chosen):
    dialog.patterns.appendPlainText("\ndrafts/\n")
    dialog.hidden_box.setChecked(False)
    dialog.limit_box.setValue(50)
    dialog.defaults.tick("build", True)
    dialog.defaults.tick("node_modules", False)
    ok(dialog).click()
    new = FolderRules(("*.log", "caf\udce9/", "drafts/"), ("an older default", "node_modules"), False, 50)
    assert chosen == [SetRules(FOLDER, new, instead_of=OLD)]


def test_cancel_and_escape_change_nothing(dialog, chosen, qtbot):
    dialog.limit_box.setValue(50)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert chosen == []


def test_a_line_that_makes_no_sense_is_told_at_once(dialog):
    assert not dialog.error.isVisible()
    dialog.patterns.setPlainText("*.log\n\n!")
    assert dialog.error.text() == "Line 3 makes no sense. Correct it, or take it out."
    assert not ok(dialog).isEnabled()
    dialog.patterns.setPlainText("*.log\n!kept.log")
    assert not dialog.error.isVisible()
    assert ok(dialog).isEnabled()


def test_all_defaults_are_listed_by_reason_but_hidden_files_which_have_a_box(qtbot):
    dialog = RulesDialog(FOLDER, FolderRules())
    qtbot.addWidget(dialog)
    tree = dialog.defaults
    listed = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    assert [item.childCount() for item in listed] == [len(own.patterns) for own in DEFAULTS if own.reason != HIDDEN]
    assert all(item.text(0)[0].isupper() for item in listed)  # each reason has its words
    assert all(item.checkState(0) is Qt.CheckState.Checked for item in listed)
    listed[0].setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.rules().let_in == DEFAULTS[1].patterns


def test_every_control_has_an_accessible_name(dialog):
    assert all(control.accessibleName() for control in (dialog.patterns, dialog.limit_box, dialog.defaults))


@pytest.mark.usefixtures("dark", "large_text")
def test_it_paints_in_the_dark_and_fits_into_a_small_screen(dialog):
    dialog.resize(700, 600)
    QApplication.processEvents()
    assert dialog.size().toTuple() == (700, 600)
    assert dialog.grab().toImage().pixelColor(2, 2).lightness() < 128
