from __future__ import annotations

import itertools
import os
import threading

import pytest
from PySide6.QtCore import Qt

from bge_desktop.ui.folder_size import FolderSize, FolderSizes, folder_size
from tests.ui.files import make


@pytest.fixture
def folder(tmp_path) -> str:
    os.makedirs(tmp_path / "d" / "node_modules")
    for name in ("a.txt", "b.pdf", ".hidden", "node_modules/c.js"):
        make(tmp_path / "d", name, text="12345")
    return str(tmp_path / "d")


def test_files_are_counted_without_those_that_are_left_out(folder):
    assert folder_size(folder) == FolderSize(2, 10)


def test_of_very_many_files_a_part_is_counted(folder):
    assert folder_size(folder, most_files=1) == FolderSize(1, 5, is_all=False)
    assert folder_size(folder, most_files=2) == FolderSize(2, 10)


def test_after_ten_seconds_a_part_has_been_counted(folder):
    assert folder_size(folder, clock=itertools.count(step=6).__next__) == FolderSize(1, 5, is_all=False)


def test_it_can_be_given_up(folder):
    assert folder_size(folder, lambda: True) == FolderSize(is_all=False)


def test_folders_that_are_there_are_told_first_and_then_counted(qapp, qtbot, folder, tmp_path):
    told: list[object] = []
    sizes = FolderSizes()
    sizes.found.connect(told.append)
    sizes.counted.connect(lambda path, size: told.append((path, size)))
    empty = os.path.join(os.fsencode(tmp_path), b"caf\xe9")
    os.mkdir(empty)
    sizes.start([folder, str(tmp_path / "none"), os.fsdecode(empty)])
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [
        folder,
        os.fsdecode(empty),
        (folder, FolderSize(2, 10)),
        (os.fsdecode(empty), FolderSize()),
    ]


def test_once_stopped_it_emits_nothing_any_more(qapp, folder):
    sizes = FolderSizes()
    told: list[object] = []
    sizes.found.connect(told.append, Qt.ConnectionType.DirectConnection)
    sizes.start([folder] * 1000)
    sizes.stop()
    count = len(told)
    for thread in threading.enumerate():
        if thread.name == "folder-sizes":
            thread.join(5)
            assert not thread.is_alive()
    assert len(told) == count < 1000
