from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QKeySequenceEdit,
    QSpinBox,
    QWidget,
)

from bge_desktop.settings import Settings, load, save
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.settings_dialog import SettingsDialog

CONTROLS = (QAbstractButton, QComboBox, QSpinBox, QDoubleSpinBox, QKeySequenceEdit)


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return str(tmp_path / "library")


@pytest.fixture
def choices(library, qtbot):
    save(library, Settings())
    own = Choices(library, Settings())
    yield own
    own.close()


@pytest.fixture
def make_dialog(choices, library, qtbot, tmp_path):
    made = []

    def make():
        places = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        dialog = SettingsDialog(choices, library, places)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.close_background()


@pytest.fixture
def dialog(make_dialog):
    return make_dialog()


def control(page, name):
    return next(own for own in page.findChildren(QWidget) if own.accessibleName() == name and isinstance(own, CONTROLS))


def stored(library, qtbot, **values):
    qtbot.waitUntil(lambda: load(library)[0] == Settings(**values))


def test_a_box_that_is_checked_holds_at_once(dialog, library, qtbot):
    dialog.list.setCurrentRow(dialog.pages.indexOf(dialog.performance))
    box = control(dialog.performance, "Index during presentations and films")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    stored(library, qtbot, during_presentations=True)


def test_the_words_of_a_box_check_it_too(dialog, library, qtbot):
    words = next(own for own, box in dialog.general._clicked_by.items() if box is dialog.general.tray_box)
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    stored(library, qtbot, close_to_tray=True)


@pytest.mark.parametrize(
    ("page", "name", "words", "values"),
    [
        ("general", "Language", "简体中文", {"language": "zh"}),
        ("performance", "On battery", "Wait for mains power", {"on_battery": "wait"}),
    ],
)
def test_what_is_chosen_from_a_list_holds_at_once(dialog, library, qtbot, page, name, words, values):
    box = control(getattr(dialog, page), name)
    box.setCurrentText(words)
    box.activated.emit(box.currentIndex())
    stored(library, qtbot, **values)


def test_a_number_that_is_typed_holds_once_it_is_whole(dialog, library, qtbot, choices):
    dialog.list.setCurrentRow(dialog.pages.indexOf(dialog.performance))
    heard = []
    choices.changed.connect(lambda settings: heard.append(settings.memory_mb))
    box = control(dialog.performance, "Memory of a reader")
    box.selectAll()
    qtbot.keyClicks(box, "3000")
    assert heard == []
    qtbot.keyClick(box, Qt.Key.Key_Return)
    stored(library, qtbot, memory_mb=3000)
    assert heard == [3000]


def test_the_other_numbers_reach_the_file(dialog, library, qtbot):
    control(dialog.performance, "Processor threads").setValue(3)
    control(dialog.performance, "Free memory after").setValue(7.5)
    stored(library, qtbot, threads=3, idle_minutes=7.5)
    assert control(dialog.performance, "Processor threads").specialValueText() == "Chosen by the app"


def test_what_changes_elsewhere_is_shown(dialog, choices, library, qtbot):
    save(library, Settings(threads=5, language="zh", keep_history=False, quick_search_keys="Ctrl+Alt+K"))
    with qtbot.waitSignal(choices.changed):
        choices.read_again()
    assert control(dialog.performance, "Processor threads").value() == 5
    assert control(dialog.general, "Language").currentText() == "简体中文"
    assert not control(dialog.privacy, "Remember past searches").isChecked()
    assert dialog.general.keys.keySequence().toString() == "Ctrl+Alt+K"


def test_what_cannot_be_written_is_told_and_the_control_goes_back(dialog, qtbot, monkeypatch):
    def full(_file):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    box = control(dialog.performance, "Processor threads")
    box.setValue(3)
    qtbot.waitUntil(dialog.message_bar.isVisible)
    assert "No space left" in dialog.message_bar.text()
    assert box.value() == 0


# --- keys ---------------------------------------------------------------------------------------------------------


def test_keys_are_pressed_to_choose_them_and_backspace_takes_them_away(dialog, library, qtbot):
    keys = dialog.general.keys
    keys.setFocus()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(keys, Qt.Key.Key_Space, modifiers)
    stored(library, qtbot, quick_search_keys="Ctrl+Alt+Space")
    qtbot.keyClick(keys, Qt.Key.Key_Backspace)
    stored(library, qtbot)
    assert keys.keySequence().isEmpty()


def test_keys_that_cannot_be_are_told_and_what_was_comes_back(dialog, choices, library, qtbot):
    choices.change(quick_search_keys="Ctrl+Alt+K")
    keys = dialog.general.keys
    keys.setFocus()
    qtbot.keyClick(keys, Qt.Key.Key_A)
    qtbot.waitUntil(dialog.message_bar.isVisible)
    assert "keys such as" in dialog.message_bar.text()
    assert keys.keySequence().toString() == "Ctrl+Alt+K"
    stored(library, qtbot, quick_search_keys="Ctrl+Alt+K")


def test_tab_leaves_the_field_for_keys(dialog, qtbot):
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.general.keys.setFocus()
    qtbot.waitUntil(dialog.general.keys.hasFocus)
    qtbot.keyClick(dialog.general.keys, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not dialog.general.keys.hasFocus())


def test_why_keys_do_not_work_is_said(dialog):
    dialog.general.show_keys_state("Another program has these keys.")
    assert dialog.general._keys_note.isVisible()
    dialog.general.show_keys_state("")
    assert not dialog.general._keys_note.isVisible()


# --- start at login -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="entries of Linux desktops")
def test_start_at_login_is_the_systems_own_entry(dialog, make_dialog, tmp_path, qtbot):
    entry = tmp_path / "config" / "autostart" / "bge-desktop.desktop"
    dialog.general.login_box.click()
    qtbot.waitUntil(entry.exists)
    another = make_dialog()
    qtbot.waitUntil(another.general.login_box.isChecked)
    another.general.login_box.click()
    qtbot.waitUntil(lambda: not entry.exists())


@pytest.mark.skipif(sys.platform != "linux", reason="entries of Linux desktops")
def test_an_entry_that_cannot_be_written_is_told_and_the_box_goes_back(dialog, tmp_path, qtbot):
    (tmp_path / "config").write_text("no folder")
    dialog.general.login_box.click()
    qtbot.waitUntil(dialog.message_bar.isVisible)
    assert dialog.message_bar.text().startswith("Start at login could not be changed")
    qtbot.waitUntil(lambda: not dialog.general.login_box.isChecked())


# --- the rest -----------------------------------------------------------------------------------------------------


def test_without_a_tray_the_choice_is_not_offered_and_it_is_said(dialog):
    dialog.general.set_tray_available(False)
    assert not dialog.general.tray_box.isEnabled()
    assert dialog.general._tray_note.isVisible()
    dialog.general.set_tray_available(True)
    assert dialog.general.tray_box.isEnabled()
    assert not dialog.general._tray_note.isVisible()


def test_what_others_do_is_asked_of_them(dialog, library, qtbot):
    dialog.hide()
    with qtbot.waitSignal(dialog.status_wanted):
        dialog.show()
    with qtbot.waitSignal(dialog.folders_wanted):
        button(dialog.folders, "Show folders").click()
    with qtbot.waitSignal(dialog.clear_history_wanted):
        dialog.privacy.clear_button.click()
    with qtbot.waitSignal(dialog.reveal_wanted, check_params_cb=lambda path: path == library):
        control(dialog.privacy, "Show in folder: Library").click()
    with qtbot.waitSignal(dialog.reveal_wanted, check_params_cb=lambda path: path == os.path.join(library, "logs")):
        control(dialog.privacy, "Show in folder: Logs").click()


def button(page, text):
    return next(own for own in page.findChildren(QAbstractButton) if own.text() == text)


def test_the_page_is_remembered(dialog, make_dialog):
    dialog.list.setCurrentRow(dialog.pages.indexOf(dialog.privacy))
    assert dialog.pages.currentWidget() is dialog.privacy
    another = make_dialog()
    assert another.pages.currentWidget() is another.privacy


@pytest.mark.parametrize("value", ["99", "-1", "nonsense"])
def test_a_page_that_is_none_is_the_first(tmp_path, make_dialog, value):
    (tmp_path / "window.ini").write_text(f"[settings]\npage={value}\n")
    assert make_dialog().list.currentRow() == 0


def test_the_wheel_over_a_control_scrolls_the_page_and_changes_nothing(dialog, qtbot):
    dialog.list.setCurrentRow(dialog.pages.indexOf(dialog.performance))
    box = control(dialog.performance, "Processor threads")
    at = QPointF(box.rect().center())
    wheel = QWheelEvent(
        at,
        QPointF(box.mapToGlobal(box.rect().center())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.value() == 0


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(dialog):
    for page in map(dialog.pages.widget, range(dialog.pages.count())):
        for kind in CONTROLS:
            for own in page.findChildren(kind):
                if own.objectName().startswith("qt_") or isinstance(own.parent(), QKeySequenceEdit | QComboBox):
                    continue  # parts of Qt's own controls
                if own.parent().__class__.__name__ == "QLineEdit":
                    continue
                assert own.accessibleName() or own.text(), own
                assert own.focusPolicy() & Qt.FocusPolicy.TabFocus, own


def test_large_text_needs_no_more_than_the_screen(dialog, qapp, qtbot):
    before = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(2 * larger.pointSizeF())
    try:
        qapp.setFont(larger)
        dialog.list.setCurrentRow(0)
        assert dialog.sizeHint().width() <= dialog.screen().availableSize().width()
        assert dialog.list.width() >= dialog.list.fontMetrics().horizontalAdvance("Performance")
    finally:
        qapp.setFont(before)
