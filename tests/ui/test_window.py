from __future__ import annotations

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox

from bge_desktop import resources
from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    FolderState,
    FolderStatus,
    Held,
    IndexNow,
    MemberUnpacked,
    Pause,
    Presenting,
    Progress,
    RemoveFolder,
    Rescan,
    Resume,
    Retry,
    Search,
    SearchAnswer,
    Sentences,
    Span,
    Typing,
    UnpackMember,
)
from bge_desktop.ui import theme
from bge_desktop.ui.result_drag import mime_of as mime_of_results
from bge_desktop.ui.result_menu import ResultMenu
from bge_desktop.ui.window_pages import WindowPage
from tests.ui.files import make

FOLDER = "/home/me/Documents"
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def click_menu(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()
    menu.close()


def choose(window, text: str) -> None:
    """Choose something in the menu of the window."""
    next(action for action in window.header.menu_button.menu().actions() if action.text() == text).trigger()


def press_in_box(qtbot, window, text: str) -> None:
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 1
    button = next(button for button in boxes[0].buttons() if text in button.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# --- typing -------------------------------------------------------------------------------------------------------


def test_quick_keystrokes_become_few_queries_and_each_says_that_someone_types(window, stage, qtbot):
    qtbot.keyClicks(window.search_bar, "deposit")
    qtbot.waitUntil(lambda: stage.worker.was_asked("deposit"))
    assert len(stage.worker.of(Search)) < 7
    assert len(stage.worker.of(Typing)) == 7


def test_a_query_of_ten_thousand_characters_is_asked_and_shown(window, stage, ask, make_result):
    query = "押金 deposit 😀 " * 667
    ask(query, make_result())
    assert stage.worker.newest_search().query == query
    window.grab()


@pytest.mark.parametrize("query", [" ", "\t  ", "\u3000"])
def test_spaces_are_no_query(window, stage, ask, make_result, qtbot, query):
    ask("deposit", make_result())
    window.search_bar.setText(query)
    qtbot.waitUntil(lambda: window.results.pages.currentWidget() is window.results.hint)
    assert stage.worker.newest_search().query == query  # of which there are facets only
    assert window.answer_label.text() == ""


def test_escape_clears_and_the_results_go(window, ask, make_result, qtbot):
    ask("deposit", make_result())
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.results.pages.currentWidget() is window.results.hint)
    assert window.search_bar.text() == ""
    assert window.results.model.rowCount() == 0


def test_the_clear_button_is_there_only_while_there_is_something_to_clear(window):
    clear = window.search_bar.clear_button
    assert not clear.isVisible()
    window.search_bar.setText("a")
    assert clear.isVisible()
    clear.click()
    assert window.search_bar.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_L])
def test_shortcuts_lead_to_the_search_bar(window, ask, make_result, qtbot, key):
    ask("deposit", make_result())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.results.view.enter()
    qtbot.keyClick(window.results.view, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.search_bar.hasFocus)
    assert window.search_bar.selectedText() == "deposit"


# --- results ------------------------------------------------------------------------------------------------------


def test_results_and_their_time_are_shown(window, ask, make_result):
    ask("deposit", make_result(), make_result("/home/me/Documents/租约.docx"))
    assert window.results.pages.currentWidget() is window.results.view
    assert window.results.model.rowCount() == 2
    assert window.answer_label.text() == "2 documents in 12 ms"


def test_no_result_is_said_only_when_the_answer_is_complete(window, ask):
    ask("deposit", complete=False)
    assert window.results.pages.currentWidget() is window.results.hint
    ask("deposit ")
    assert window.results.pages.currentWidget() is window.results.nothing


def test_esc_in_the_results_gives_up_the_query(window, ask, make_result, qtbot):
    ask("deposit", make_result())
    window.results.view.enter()
    qtbot.keyClick(window.results.view, Qt.Key.Key_Escape)
    assert window.search_bar.text() == ""


def test_the_same_query_again_keeps_selection_and_place(window, stage, ask, make_result, qtbot):
    results = [make_result(f"{FOLDER}/{number}.txt") for number in range(30)]
    first = ask("deposit", *results)
    view = window.results.view
    qtbot.waitUntil(lambda: not view.visualRect(window.results.model.index(29)).isEmpty())  # all is laid out
    view.setCurrentIndex(window.results.model.index(12))
    place = view.verticalScrollBar().value()
    assert place > 0
    with qtbot.waitSignal(stage.bridge.answered):
        stage.worker.emit(replace(first, results=(*results[:20], make_result(f"{FOLDER}/new.txt"), *results[20:])))
    assert view.currentIndex().row() == 12
    assert view.verticalScrollBar().value() == place


def test_a_better_answer_to_another_query_starts_at_the_top(window, ask, make_result):
    results = [make_result(f"{FOLDER}/{number}.txt") for number in range(30)]
    ask("deposit", *results)
    window.results.view.setCurrentIndex(window.results.model.index(12))
    ask("deposits", results[1], results[0], *results[2:])
    assert not window.results.view.currentIndex().isValid()
    assert window.results.view.verticalScrollBar().value() == 0


def test_sentences_are_added_to_the_rows_on_show(window, stage, ask, make_result, qtbot):
    answer = ask("deposit", make_result())
    with qtbot.waitSignal(window.results.model.dataChanged):
        stage.worker.emit(Sentences(answer.generation, ((make_result().path, Span(0, 3)),)))
    assert window.results.model.results()[0].sentence == Span(0, 3)


def test_down_enters_the_list_and_up_leaves_it(window, ask, make_result, qtbot):
    ask("deposit", make_result(), make_result(FOLDER + "/b.txt"))
    window.activateWindow()
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Down)
    view = window.results.view
    qtbot.waitUntil(view.hasFocus)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.waitUntil(window.search_bar.hasFocus)


def test_down_without_results_stays(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.search_bar.hasFocus)
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Down)
    assert window.search_bar.hasFocus()


# --- opening ------------------------------------------------------------------------------------------------------


@pytest.fixture
def documents(tmp_path, make_result):
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    for path in paths:
        with open(path, "w") as stream:
            stream.write("x")
    return [make_result(path) for path in paths]


def test_enter_in_the_search_bar_opens_the_first_or_the_selected_result(window, ask, documents, opened, qtbot):
    ask("deposit", *documents)
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [url.rsplit("/")[-1] for url in opened] == ["a.txt"])
    window.results.view.setCurrentIndex(window.results.model.index(1))
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: [url.rsplit("/")[-1] for url in opened] == ["a.txt", "b.txt"])


def test_enter_without_results_opens_nothing(window, opened, qtbot):
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
    qtbot.wait(20)
    assert opened == []


def test_enter_and_double_click_in_the_list_open(window, ask, documents, opened, qtbot):
    ask("deposit", *documents)
    view = window.results.view
    view.enter()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened) == 1)
    where = view.visualRect(window.results.model.index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: [url.rsplit("/")[-1] for url in opened] == ["a.txt", "b.txt"])


def test_a_document_that_is_gone_is_told_in_the_bar_which_can_be_closed(window, ask, make_result, qtbot):
    ask("deposit", make_result("/nowhere/lease.pdf"))
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.message_bar.text().startswith("File not found\n/nowhere/lease.pdf was moved or deleted")
    assert window.message_bar.is_alarm()
    assert QApplication.activeModalWidget() is None
    qtbot.mouseClick(window.message_bar.close_button, Qt.MouseButton.LeftButton)
    assert not window.message_bar.isVisible()


def test_a_result_in_an_archive_is_unpacked_by_the_worker_and_then_opened(
    window, stage, ask, make_result, opened, qtbot, tmp_path
):
    archive, report = make(tmp_path, "a.zip", text="PK"), make(tmp_path, "report.pdf", 0o400, text="%PDF")
    ask("deposit", make_result(archive, place="work/report.pdf", page=3))
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
    wanted = UnpackMember(archive, "work/report.pdf", 3)
    qtbot.waitUntil(lambda: stage.worker.of(UnpackMember) == [wanted])
    assert window.cursor().shape() == Qt.CursorShape.BusyCursor
    stage.worker.emit(MemberUnpacked(wanted.path, wanted.place, wanted.page, report))
    qtbot.waitUntil(lambda: [url.rsplit("/")[-1] for url in opened] == ["report.pdf"])
    assert window.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_what_cannot_be_unpacked_is_told_in_the_bar(window, stage, ask, make_result, opened, qtbot, tmp_path):
    ask("deposit", make_result(make(tmp_path, "a.zip", text="PK"), place="work/report.pdf"))
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(stage.worker.of(UnpackMember)))
    stage.worker.emit(ErrorReport("Not found in the file", "Open the archive itself.", str(tmp_path / "a.zip")))
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert opened == []


def test_the_context_menu_opens_reveals_copies_and_removes(window, stage, ask, documents, opened, qtbot):
    ask("deposit", *documents)
    view, result = window.results.view, documents[0]
    click_menu(view.menu_for(result), "Open")
    qtbot.waitUntil(lambda: len(opened) == 1)
    with qtbot.waitSignal(view.reveal_wanted) as wanted:
        click_menu(view.menu_for(result), "Show in folder")
    assert wanted.args == [result.path]
    click_menu(view.menu_for(result), "Copy path")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == result.path)
    click_menu(view.menu_for(result), "Remove folder")
    press_in_box(qtbot, window, "Remove")
    assert stage.worker.of(RemoveFolder) == [RemoveFolder(result.folder)]


@pytest.fixture
def listed(window, ask, make_result, qtbot):
    """The list of two results, the second one selected, with the keyboard's focus."""
    ask("lease", make_result("/d/lease.pdf"), make_result("/d/my notes.md"))
    window.activateWindow()
    window.results.view.enter()
    qtbot.waitUntil(window.results.view.hasFocus)
    qtbot.keyClick(window.results.view, Qt.Key.Key_Down)
    return window.results.view


def test_similar_documents_are_asked_for_in_the_search_bar_where_it_can_be_undone(window, stage, listed, qtbot):
    click_menu(listed.menu_for(window.results.model.results()[0]), "Find similar documents")
    qtbot.waitUntil(lambda: stage.worker.was_asked("like:/d/lease.pdf"))
    assert window.search_bar.text() == "like:/d/lease.pdf"
    qtbot.waitUntil(window.search_bar.hasFocus)
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stage.worker.was_asked("lease"))
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Escape)
    assert window.search_bar.text() == ""


def test_what_is_not_meant_is_left_out_in_the_search_bar_where_it_can_be_undone(window, stage, listed, qtbot):
    click_menu(listed.menu_for(window.results.model.results()[1]), "Not like this")
    qtbot.waitUntil(lambda: stage.worker.was_asked('lease -like:"/d/my notes.md"'))
    qtbot.waitUntil(window.search_bar.hasFocus)
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stage.worker.was_asked("lease"))


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "wanted"),
    [
        (Qt.Key.Key_Return, NO_KEYS, "open_wanted"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "open_wanted"),
        (Qt.Key.Key_Return, CTRL, "reveal_wanted"),
        (Qt.Key.Key_C, CTRL, "copy_wanted"),
        (Qt.Key.Key_F, CTRL | SHIFT, "similar_wanted"),
        (Qt.Key.Key_N, CTRL | SHIFT, "unlike_wanted"),
    ],
)
def test_the_keys_in_the_menu_act_on_the_selected_row(listed, qtbot, key, modifiers, wanted):
    with qtbot.waitSignal(getattr(listed, wanted)) as asked:
        qtbot.keyClick(listed, key, modifiers)
    [of] = asked.args
    assert getattr(of, "path", of) == "/d/my notes.md"


def test_the_keys_do_nothing_while_no_row_is_selected(window, listed, qtbot):
    window.results.view.forget_place()
    with qtbot.assertNotEmitted(listed.similar_wanted):
        qtbot.keyClick(listed, Qt.Key.Key_F, CTRL | SHIFT)


def test_shift_f10_opens_the_menu_of_the_selected_row_once(listed, qtbot):
    for _ in range(2):
        qtbot.keyClick(listed, Qt.Key.Key_F10, SHIFT)
    menus = [menu for menu in listed.findChildren(ResultMenu) if menu.isVisible()]
    assert len(menus) == 1
    with qtbot.waitSignal(listed.open_wanted) as wanted:
        click_menu(menus[0], "Open")
    assert [result.path for result in wanted.args] == ["/d/my notes.md"]


def test_the_menu_selects_the_row_that_it_is_for(window, listed, qtbot):
    where = listed.visualRect(window.results.model.index(0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Other, where, listed.mapToGlobal(where))
    QApplication.sendEvent(listed.viewport(), event)
    QApplication.activePopupWidget().close()
    assert listed.currentIndex().row() == 0


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_the_context_menu_comes_by_mouse_and_by_key(window, ask, documents, qtbot, reason):
    ask("deposit", *documents)
    view = window.results.view
    view.enter()
    where = view.visualRect(window.results.model.index(0)).center()
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, where, view.mapToGlobal(where)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_there_is_no_context_menu_beside_the_rows(window, ask, documents):
    ask("deposit", *documents)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 10_000), QPoint(5, 10_000))
    QApplication.sendEvent(window.results.view.viewport(), event)
    assert QApplication.activePopupWidget() is None


def test_removing_the_folder_of_a_file_added_by_itself_removes_the_file(window, stage, make_result, qtbot, progress):
    path = FOLDER + "/lease.pdf"
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(replace(progress, folders=(FolderStatus(path, FolderState.WATCHED, 1, 0, 0),)))
    click_menu(window.results.view.menu_for(make_result(path, folder=FOLDER)), "Remove folder")
    press_in_box(qtbot, window, "Remove")
    assert stage.worker.of(RemoveFolder) == [RemoveFolder(path)]


# --- folders ------------------------------------------------------------------------------------------------------


def test_the_first_start_invites_and_takes_a_folder_or_the_samples(make_window, stage, qtbot, monkeypatch):
    window = make_window()
    assert window.pages.currentWidget() is window.welcome
    assert not window.search_bar.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/home/me/Notes/")
    qtbot.mouseClick(window.welcome.drop_target, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.welcome.samples_button, Qt.MouseButton.LeftButton)
    chosen = os.path.normpath("/home/me/Notes")
    assert stage.worker.of(AddFolder) == [AddFolder(chosen), AddFolder(resources.path("samples"))]


def test_the_window_goes_between_first_start_and_results(make_window, stage, qtbot, progress):
    window = make_window()
    stage.worker.emit(progress)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.search_page)
    assert window.search_bar.isVisible()
    stage.worker.emit(Progress())
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.welcome)


def test_a_progress_while_typing_takes_no_focus(window, stage, qtbot, progress, ask, make_result):
    ask("deposit", make_result())
    window.activateWindow()
    window.results.view.enter()
    qtbot.waitUntil(window.results.view.hasFocus)
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(replace(progress, files=1300))
    assert window.results.view.hasFocus()


def test_no_folder_chosen_adds_none(window, stage, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    choose(window, "Add a folder…")
    assert stage.worker.of(AddFolder) == []


def test_the_library_line_counts_and_says_where_embedding_runs(window):
    assert window.library_label.text() == "Up to date  ·  1,234 files  ·  5,678 passages  ·  OpenVINO on CPU"


def test_removing_says_what_goes_and_what_stays_and_cancels_by_default(window, stage, qtbot):
    window.library.folders.remove_wanted.emit(FOLDER)
    box = window.findChildren(QMessageBox)[0]
    assert box.informativeText() == (
        "1,234 files will no longer be found, and what the library knows of them is deleted."
        f" The documents themselves are left alone, in {FOLDER}."
    )
    assert all(button.icon().isNull() for button in box.buttons())
    assert box.width() > theme.letter_width(box.fontMetrics()) * 60
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert stage.worker.of(RemoveFolder) == []


def show(window, stage, qtbot, *states: FolderState, held: Held = Held.NOT) -> None:
    folders = tuple(FolderStatus(f"/{place}", state, 9, 4, 0) for place, state in enumerate(states))
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(Progress(folders, pending=4, held=held))


def test_the_screen_is_looked_at_only_while_there_is_something_to_index(window, stage, qtbot, progress):
    show(window, stage, qtbot, FolderState.INDEXING)
    assert window._presentation._timer.isActive()
    window._presentation.changed.emit(True)
    assert stage.worker.of(Presenting) == [Presenting(True)]
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(progress)
    assert not window._presentation._timer.isActive()


# --- pages --------------------------------------------------------------------------------------------------------


def test_the_page_of_the_library_comes_and_goes_with_a_key_and_typing_leads_back(window, qtbot):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL_SHIFT)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.library)
    assert window.header.page_buttons[WindowPage.LIBRARY].isChecked()
    assert window.chips.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL_SHIFT)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.search_page)
    choose(window, "Folders and failures")
    assert window.pages.currentWidget() is window.library
    window.search_bar.setText("deposit")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.search_page)
    assert not window.header.page_buttons[WindowPage.LIBRARY].isChecked()


def test_an_open_page_of_the_library_stays_while_it_changes(window, stage, qtbot, progress):
    window.show_page(WindowPage.LIBRARY)
    with qtbot.waitSignal(stage.bridge.progressed):
        stage.worker.emit(replace(progress, files=1300))
    assert window.pages.currentWidget() is window.library


def test_what_is_wanted_on_the_page_of_the_library_is_asked_of_the_worker(window, stage):
    folders, failures = window.library.folders, window.library.failures
    folders.rescan_wanted.emit(FOLDER)
    folders.pause_wanted.emit(FOLDER)
    folders.resume_wanted.emit(None)
    folders.index_now_wanted.emit()
    failures.retry_wanted.emit((f"{FOLDER}/a.pdf",))
    wanted = [Rescan(FOLDER), Pause(FOLDER), Resume(None), IndexNow(), Retry((f"{FOLDER}/a.pdf",))]
    assert stage.worker.requests[-5:] == wanted


def test_the_menu_tells_what_is_wanted(window, qtbot):
    for text, signal in (("Settings…", window.settings_wanted), ("Quit", window.quit_wanted)):
        with qtbot.waitSignal(signal):
            choose(window, text)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_that_has_the_focus(window, stage, ask, make_result, qtbot, key):
    ask("deposit type:pdf", make_result())
    heading = window.search_page.filters.groups["type"].heading
    for button in (window.header.page_buttons[WindowPage.LIBRARY], window.chips.chips[0], heading):
        button.setFocus()
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)
        window.show_page(WindowPage.SEARCH)


# --- drag and drop ------------------------------------------------------------------------------------------------


def mime_of(*urls: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    return mime


def drag_over(window, mime: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NO_KEYS)
    QApplication.sendEvent(window, event)
    return event


def drop(window, mime: QMimeData) -> None:
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NO_KEYS)
    QApplication.sendEvent(window, event)


def test_dropped_folders_and_files_are_added(window, stage):
    mime = mime_of("file:///home/me/Notes/", "file:///home/me/caf%E9.txt")
    assert drag_over(window, mime).isAccepted()
    assert window.drop_highlight.isVisible()
    assert window.drop_highlight.geometry() == window.rect()
    drop(window, mime)
    assert not window.drop_highlight.isVisible()
    assert stage.worker.of(AddFolder) == [AddFolder("/home/me/Notes"), AddFolder("/home/me/caf\udce9.txt")]


def test_results_that_are_dragged_over_their_own_window_are_not_added(window, make_result):
    assert not drag_over(window, mime_of_results([make_result()])).isAccepted()


def test_the_highlight_goes_when_the_mouse_leaves_and_never_comes_for_text(window):
    drag_over(window, mime_of("file:///home/me"))
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drop_highlight.isVisible()
    mime = QMimeData()
    mime.setText("a word")
    assert not drag_over(window, mime).isAccepted()
    assert not drag_over(window, mime_of("https://example.org")).isAccepted()
    assert not window.drop_highlight.isVisible()


def test_a_folder_dropped_on_the_search_bar_is_for_the_window(window):
    assert not window.search_bar.acceptDrops()


# --- messages, looks, place ---------------------------------------------------------------------------------------


def test_errors_wait_for_each_other_and_are_not_repeated(window, stage, qtbot):
    for title in ("First", "Second", "First"):
        stage.worker.emit(ErrorReport(title, "What to do.", "/x"))
    qtbot.waitUntil(window.message_bar.isVisible)
    qtbot.wait(10)
    assert window.message_bar.text() == "First\nWhat to do."
    flags = [label.textInteractionFlags() for label in window.message_bar.findChildren(QLabel) if label.text()]
    assert all(flag & Qt.TextInteractionFlag.TextSelectableByMouse for flag in flags)
    window.message_bar.close_button.click()
    assert window.message_bar.text() == "Second\nWhat to do."
    window.message_bar.close_button.click()
    assert not window.message_bar.isVisible()


def test_every_page_paints_in_the_dark(window, dark, ask, make_result, stage, qtbot):
    ask("deposit", make_result())
    window.drop_highlight.appear()
    window.message_bar.show_report(ErrorReport("Title", "Message"))
    image = window.grab().toImage()
    assert image.pixelColor(2, image.height() - 2).lightness() < 128
    window.pages.setCurrentWidget(window.welcome)
    window.grab()


def test_the_window_comes_back_where_it_was(window, make_window, tmp_path):
    window.resize(700, 500)
    window.close()
    again = make_window()
    assert again.size().toTuple() == (700, 500)
    assert again.pages.currentWidget() is again.search_page
    assert (tmp_path / "window.ini").exists()


def test_an_answer_is_painted_before_the_next_key(window, ask, make_result):
    ask("deposit", *(make_result(f"{FOLDER}/{number}.txt", "The deposit. " * 80) for number in range(20)))
    answer = SearchAnswer("other", 1, tuple(make_result(f"{FOLDER}/{n}.md", "Other. " * 80) for n in range(20)), 1.0)
    window.show_answer(answer)
    window.repaint()
    assert window.results.model.rowCount() == 20
