"""The real window on the real worker: drop a folder, type, and the passages appear."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent

from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.window import MainWindow
from bge_desktop.worker import Worker


@pytest.fixture
def window(qtbot, tmp_path):
    opened = []

    def load():
        return lambda emit: Worker(str(tmp_path / "library"), emit, device="cpu")

    bridge = Bridge(load)
    main = MainWindow(bridge, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    main._opener.open = opened.append
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
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


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
    assert window.opened == [str(folder / "菜谱.md")]


def test_a_folder_that_vanished_before_the_drop_is_told(qtbot, window, tmp_path):
    drop(window, tmp_path / "nowhere")
    qtbot.waitUntil(window.message_bar.isVisible, timeout=30_000)
