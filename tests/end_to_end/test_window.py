"""The real window on the real worker: drop a folder, type, and the passages appear."""

from __future__ import annotations

import os
import zipfile
from email.message import EmailMessage

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.window import MainWindow
from bge_desktop.ui.window_pages import WindowPage
from bge_desktop.worker import Worker
from tests.dragging import drag
from tests.end_to_end.test_topics import BREAD, SAILING


@pytest.fixture
def window(qtbot, tmp_path):
    opened = []

    def load():
        return lambda emit: Worker(str(tmp_path / "library"), emit, device="cpu")

    bridge = Bridge(load)
    opener = Opener(open_url=lambda url: opened.append(url.toLocalFile()) or True, viewer_at=lambda *_: None)
    main = MainWindow(bridge, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), opener)
    main.opened = opened
    qtbot.addWidget(main)
    main.show()
    bridge.start()
    yield main
    bridge.stop()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "papers 文件"
    path.mkdir()
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    (path / "菜谱.md").write_text("# 红烧肉\n\n先焯水，再用小火慢炖一个小时，最后收汁。", encoding="utf-8")
    return path


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    held = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(10, 10), *held))
    QApplication.sendEvent(window, QDropEvent(QPointF(10, 10), *held))


def first_result(window):
    view = window.results.view
    result = view.result_to_open()
    return os.path.basename(result.path) if result else None


def test_drop_type_and_open(qtbot, window, folder):
    drop(window, folder)
    qtbot.waitUntil(lambda: window._progress.files == 2 and not window._progress.busy, timeout=60_000)
    bar = window.search_bar
    qtbot.keyClicks(bar, "how do I move out of my flat")
    qtbot.waitUntil(lambda: first_result(window) == "lease.txt", timeout=30_000)
    bar.clear()
    bar.insert("五花肉怎么做")  # as an input method does; QTest types no more than Latin-1
    qtbot.waitUntil(lambda: first_result(window) == "菜谱.md", timeout=30_000)
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.opened == [str(folder / "菜谱.md")])


def test_a_folder_that_vanished_before_the_drop_is_told(qtbot, window, tmp_path):
    drop(window, tmp_path / "nowhere")
    qtbot.waitUntil(window.message_bar.isVisible, timeout=30_000)


def test_what_was_found_in_an_archive_or_a_message_is_unpacked_and_opened(qtbot, window, folder, tmp_path):
    with zipfile.ZipFile(folder / "old.zip", "w") as archive:
        archive.writestr("garden/2023/roses.txt", "Prune the roses in early spring, above an outward facing bud.")
        archive.writestr("garden/water.sh", "echo the sprinkler waters the lawn at dawn")
    message = EmailMessage()
    message["Subject"] = "Minutes"
    message.set_content("See the file.")
    message.add_attachment("The glacier has lost a third of its ice.", filename="ice.txt")
    (folder / "post.eml").write_bytes(bytes(message))
    drop(window, folder)
    qtbot.waitUntil(lambda: window._progress.files == 4 and not window._progress.busy, timeout=60_000)
    for query, name, text in (("prune the roses", "old.zip", "Prune"), ("ice of the glacier", "post.eml", "glacier")):
        window.search_bar.clear()
        qtbot.keyClicks(window.search_bar, query)
        qtbot.waitUntil(lambda name=name: first_result(window) == name, timeout=30_000)
        qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(window.opened) == 1, timeout=30_000)
        with open(window.opened.pop()) as member:
            assert text in member.read()
    window.search_bar.clear()
    qtbot.keyClicks(window.search_bar, "sprinkler waters the lawn")
    qtbot.waitUntil(lambda: first_result(window) == "old.zip", timeout=30_000)
    qtbot.keyClick(window.search_bar, Qt.Key.Key_Return)
    qtbot.waitUntil(window.message_bar.isVisible, timeout=30_000)
    assert "“water.sh” in" in window.message_bar.text()
    qtbot.waitUntil(lambda: window.opened == [str(folder)])  # no file manager here: the archive's folder is opened
    window._bridge.stop()
    assert not (tmp_path / "library" / "unpacked").exists()


def do(window, name: str, action: str) -> None:
    """Choose an action from the context menu of the result with this name."""
    view = window.results.view
    result = next(result for result in window.results.model.results() if os.path.basename(result.path) == name)
    menu = view.menu_for(result)
    next(entry for entry in menu.actions() if entry.text() == action).trigger()
    menu.close()


def names(window) -> list[str]:
    return [os.path.basename(result.path) for result in window.results.model.results()]


def test_similar_documents_are_found_and_what_is_not_meant_goes(qtbot, window, folder):
    (folder / "rental.txt").write_text("Either party may terminate the tenancy after two months' written notice.")
    (folder / "bread.txt").write_text("Knead the dough for ten minutes, let it rise, and bake the loaf.")
    drop(window, folder)
    qtbot.waitUntil(lambda: window._progress.files == 4 and not window._progress.busy, timeout=60_000)
    qtbot.keyClicks(window.search_bar, "lease")
    qtbot.waitUntil(lambda: first_result(window) == "lease.txt", timeout=30_000)
    do(window, "lease.txt", "Find similar documents")
    qtbot.waitUntil(lambda: first_result(window) == "rental.txt", timeout=30_000)
    assert window.search_bar.text().startswith("like:")
    assert "lease.txt" not in names(window)
    window.search_bar.undo()
    qtbot.waitUntil(lambda: first_result(window) == "lease.txt", timeout=30_000)
    do(window, "lease.txt", "Not like this")
    qtbot.waitUntil(lambda: bool(names(window)) and "lease.txt" not in names(window), timeout=30_000)
    assert window.search_bar.text().startswith("lease -like:")


def lasso(canvas: QWidget) -> None:
    """Draw a line around all that is on the map."""
    area = canvas.rect().adjusted(1, 1, -1, -1)
    corners = (area.topLeft(), area.topRight(), area.bottomRight(), area.bottomLeft())
    drag(canvas, *corners, modifier=Qt.KeyboardModifier.ShiftModifier)


def test_documents_marked_on_the_map_are_listed_and_searched(qtbot, window, folder):
    english = [*BREAD, *SAILING]
    for number, text in enumerate(english):
        (folder / f"{number}.txt").write_text(text)
    drop(window, folder)
    qtbot.waitUntil(lambda: window._progress.files == len(english) + 2 and not window._progress.busy, timeout=60_000)
    window.show_page(WindowPage.TOPICS)
    page = window.pages.currentWidget()
    qtbot.waitUntil(page.group_button.isEnabled, timeout=30_000)
    page.group_button.click()
    qtbot.waitUntil(lambda: page.map.view is not None and bool(page.map.view.overlay.names()), timeout=120_000)
    canvas = page.map.view.overlay.parentWidget()
    qtbot.waitUntil(lambda: canvas.height() > page.height() / 2)  # it has just come into the page
    lasso(canvas)
    # A single Chinese document is in no topic, and not on the map.
    qtbot.waitUntil(lambda: window.results.model.count() == len(english) + 1, timeout=30_000)
    assert "菜谱.md" not in names(window)
    window.search_bar.insert("五花肉怎么做")
    qtbot.waitUntil(lambda: window.answer_label.accessibleName().startswith("15 "), timeout=30_000)
    assert "菜谱.md" not in names(window)
    window.chips.documents_chip.click()
    qtbot.waitUntil(lambda: first_result(window) == "菜谱.md", timeout=30_000)
