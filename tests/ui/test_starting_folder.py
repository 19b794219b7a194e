from __future__ import annotations

from PySide6.QtCore import QStandardPaths

from bge_desktop.messages import AddFolder
from bge_desktop.ui.folder_actions import QFileDialog
from bge_desktop.ui.starting_folder import StartingFolder

DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


def test_at_first_it_is_the_documents_then_where_the_last_choice_was():
    start = StartingFolder()
    assert start.path() == QStandardPaths.writableLocation(DOCUMENTS) != ""
    start.note_choice("/home/me/work/list.csv")
    assert start.path() == "/home/me/work"


def test_without_documents_it_is_the_home(monkeypatch):
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda own: "" if own is DOCUMENTS else "/home/me")
    assert StartingFolder().path() == "/home/me"


def test_the_question_for_a_folder_begins_where_the_last_one_was(window, stage, monkeypatch):
    began = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: began.append(given[2]) or "/d/Papers")
    window.header.add_wanted.emit()
    window.header.add_wanted.emit()
    assert began == [QStandardPaths.writableLocation(DOCUMENTS), "/d"]
    assert stage.worker.of(AddFolder) == [AddFolder("/d/Papers")] * 2
