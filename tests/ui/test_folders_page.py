from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from bge_desktop.messages import FolderState, FolderStatus, Held
from bge_desktop.ui import wording
from bge_desktop.ui.folders_page import FoldersPage

FOLDER = "/home/me/caf\udce9"
LEFT = Qt.MouseButton.LeftButton


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(qtbot, clock) -> FoldersPage:
    made = FoldersPage(clock=clock)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_folders([watched(FOLDER)])
    made.show()
    qtbot.waitExposed(made)
    return made


def watched(path: str, **more: object) -> FolderStatus:
    values: dict[str, object] = {"state": FolderState.WATCHED, "files": 9, "pending": 0, "failed": 0}
    return FolderStatus(path, **{**values, **more})


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()
    menu.close()


def said(signal) -> list[object]:
    heard: list[object] = []
    signal.connect(heard.append)
    return heard


@pytest.mark.parametrize(
    ("state", "files", "pending", "text", "bar"),
    [
        (FolderState.WAITING, 0, 0, "Waiting", None),
        (FolderState.SCANNING, 10, 0, "Looking for files…", (0, 0)),
        (FolderState.INDEXING, 1234, 234, "Indexing  ·  1,000 of 1,234 files", (1000, 1234)),
        (FolderState.WATCHED, 1, 0, "Up to date  ·  1 file", None),
        (FolderState.POLLED, 2, 0, "Up to date  ·  2 files  ·  looked at every few seconds", None),
        (FolderState.AWAY, 2000, 0, "Away, still searchable  ·  2,000 files", None),
        (FolderState.PAUSED, 12, 3, "Paused  ·  9 of 12 files done", None),
    ],
)
def test_a_folder_says_how_far_it_is(page, state, files, pending, text, bar):
    status = watched(FOLDER, state=state, files=files, pending=pending)
    page.show_folders([status])
    row = page.rows[FOLDER]
    assert row.state_text() == text
    assert row.accessibleName() == "caf\ufffd"
    assert row.accessibleDescription() == f"{text}  ·  /home/me/caf\ufffd"
    assert row.toolTip() == f"/home/me/caf\ufffd\n{wording.state_tip(status)}".strip()
    assert row.progress.isVisible() is (bar is not None)
    if bar and bar[1]:
        assert (row.progress.value(), row.progress.maximum()) == bar


def test_how_long_the_rest_takes_is_told_once_the_pace_is_known(page, clock):
    def seen(second: float, pending: int, held: Held = Held.NOT) -> str:
        clock.now = second
        page.show_folders([watched(FOLDER, state=FolderState.INDEXING, files=1000, pending=pending)], held)
        return page.rows[FOLDER].state_text()

    assert seen(0, 1000) == "Indexing  ·  0 of 1,000 files"
    assert seen(9, 910) == "Indexing  ·  90 of 1,000 files"
    assert seen(10, 900) == "Indexing  ·  100 of 1,000 files  ·  about 2 minutes left"
    assert "left" not in seen(12, 900, Held.BATTERY)
    assert "left" not in seen(14, 890)


def test_passages_that_were_counted_stay_on_show_while_the_folders_go_on(page):
    page.show_passages([watched(FOLDER, passages=5678), watched("/gone", passages=1)])
    assert page.rows[FOLDER].state_text() == "Up to date  ·  9 files  ·  5,678 passages"
    page.show_folders([watched(FOLDER, files=10)])
    assert page.rows[FOLDER].state_text() == "Up to date  ·  10 files  ·  5,678 passages"
    assert list(page.rows) == [FOLDER]


def test_folders_come_go_and_change_places(page, qtbot):
    def shown(*paths: str) -> list[str]:
        page.show_folders([watched(path) for path in paths])
        qtbot.wait(5)
        return sorted(page.rows, key=lambda path: page.rows[path].y())

    assert shown("/a", "/b", FOLDER) == ["/a", "/b", FOLDER]
    assert shown(FOLDER, "/a") == [FOLDER, "/a"]
    assert shown("/x", "/a", "/y") == ["/x", "/a", "/y"]


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Rescan", "rescan"), ("Rules", "rules"), ("Show", "reveal"), ("Remove", "remove"), ("Pause", "pause")],
)
def test_the_menu_of_a_folder_says_what_is_wanted_of_it(page, text, signal):
    heard = said(getattr(page, f"{signal}_wanted"))
    choose(page.rows[FOLDER].make_menu(), text)
    assert heard == [FOLDER]


def test_the_buttons_of_a_folder_say_what_is_wanted_of_it(page, qtbot):
    rescans, pauses, resumes = said(page.rescan_wanted), said(page.pause_wanted), said(page.resume_wanted)
    row = page.rows[FOLDER]
    qtbot.mouseClick(row.rescan_button, LEFT)
    qtbot.mouseClick(row.pause_button, LEFT)
    page.show_folders([watched(FOLDER, state=FolderState.PAUSED)])
    assert row.pause_button.accessibleName() == "Resume caf\ufffd"
    qtbot.mouseClick(row.pause_button, LEFT)
    choose(row.make_menu(), "Resume")
    assert (rescans, pauses, resumes) == ([FOLDER], [FOLDER], [FOLDER, FOLDER])


def test_files_that_could_not_be_read_lead_to_their_list(page, qtbot):
    heard, button = said(page.failures_wanted), page.rows[FOLDER].failed_button
    assert not button.isVisible()
    page.show_folders([watched(FOLDER, failed=3, in_part=1)])
    assert button.text() == "3 not read, 1 in part"
    qtbot.mouseClick(button, LEFT)
    assert heard == [FOLDER]


def test_the_keyboard_alone_does_it_all(page, qtbot):
    removals = said(page.remove_wanted)
    page.show_folders([watched("/a"), watched("/b")])
    page.activateWindow()
    first, second = page.rows["/a"], page.rows["/b"]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert removals == ["/b"]
    qtbot.keyClick(second, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    close_menu()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()
    reached = [first]
    while len(reached) < 4:
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached[1:] == [first.pause_button, first.rescan_button, first.menu_button]


def close_menu() -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_the_menu_comes_by_mouse_by_key_and_by_its_button(page, qtbot, reason):
    row = page.rows[FOLDER]
    QApplication.sendEvent(row, QContextMenuEvent(reason, QPoint(5, 5), row.mapToGlobal(QPoint(5, 5))))
    close_menu()
    qtbot.mouseClick(row.menu_button, LEFT)
    close_menu()


def test_one_button_pauses_all_folders_and_resumes_them_once_all_are_paused(page, qtbot):
    pauses, resumes, button = said(page.pause_wanted), said(page.resume_wanted), page.pause_button
    page.show_folders([watched("/a"), watched("/b", state=FolderState.PAUSED)])
    assert (button.text(), button.accessibleName()) == ("Pause all", "Pause all folders")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    page.show_folders([watched("/a", state=FolderState.PAUSED)])
    assert (button.text(), button.accessibleName()) == ("Resume all", "Resume all folders")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (pauses, resumes) == ([None], [None])


def test_all_folders_can_be_rescanned_and_one_can_be_added(page, qtbot):
    rescans = said(page.rescan_wanted)
    qtbot.mouseClick(page.rescan_button, LEFT)
    assert rescans == [None]
    with qtbot.waitSignal(page.add_wanted):
        qtbot.mouseClick(page.add_button, LEFT)


@pytest.mark.parametrize("held", [Held.BATTERY, Held.LOW_BATTERY, Held.SLOW, Held.PRESENTATION])
def test_it_is_said_why_indexing_stands_back_and_one_may_go_on(page, qtbot, held):
    note = page.held_note
    assert not note.isVisible()
    page.show_folders([watched(FOLDER)], held)
    assert note.isVisible()
    assert note.text() == wording.held_text(held) != ""
    with qtbot.waitSignal(page.index_now_wanted):
        qtbot.mouseClick(note.index_now_button, LEFT)
    page.show_folders([watched(FOLDER)])
    assert not note.isVisible()


def test_without_a_folder_it_invites_to_add_one(page, qtbot):
    assert not page.drop_target.isVisible()
    page.show_folders([])
    assert page.drop_target.isVisible()
    assert not page.pause_button.isEnabled()
    assert not page.rescan_button.isEnabled()
    with qtbot.waitSignal(page.add_wanted):
        qtbot.mouseClick(page.drop_target, LEFT)


def test_every_control_has_an_accessible_name(page):
    page.show_folders([watched(FOLDER, failed=1)])
    row = page.rows[FOLDER]
    buttons = (row.pause_button, row.rescan_button, row.menu_button, row.failed_button)
    assert all(control.accessibleName() for control in (page, row, row.progress, *buttons))


@pytest.mark.usefixtures("dark", "large_text")
def test_it_paints_in_the_dark_and_fits_into_a_narrow_window(page):
    page.show_folders([watched(FOLDER, failed=1200, in_part=300)], Held.LOW_BATTERY)
    page.resize(700, 600)
    QApplication.processEvents()
    image = page.grab().toImage()
    assert image.pixelColor(2, 2).lightness() < 128
    button = page.rows[FOLDER].menu_button
    assert button.mapTo(page, button.rect().topRight()).x() < page.width() == 700


def test_the_focus_goes_to_the_folder_that_follows_one_that_is_removed(page, qtbot):
    page.show_folders([watched("/a"), watched("/b"), watched("/c")])
    qtbot.waitUntil(page.rows["/c"].isVisible)
    page.activateWindow()
    page.rows["/b"].menu_button.setFocus()
    qtbot.waitUntil(page.rows["/b"].menu_button.hasFocus)
    page.show_folders([watched("/a"), watched("/c")])
    assert page.focusWidget() is page.rows["/c"]
    page.show_folders([watched("/a")])
    assert page.focusWidget() is page.rows["/a"]


def test_the_focus_stays_where_it_is_while_another_folder_is_removed(page, qtbot):
    page.show_folders([watched("/a"), watched("/b")])
    page.activateWindow()
    page.add_button.setFocus()
    qtbot.waitUntil(page.add_button.hasFocus)
    page.show_folders([watched("/a")])
    assert page.add_button.hasFocus()
