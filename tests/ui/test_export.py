from __future__ import annotations

import csv
import errno
import os
import stat

import pytest
from PySide6.QtWidgets import QFileDialog

from bge_desktop.messages import SearchAnswer, Why
from bge_desktop.ui.export import Exporter, write_csv
from bge_desktop.ui.results_pane import ResultsPane


def read(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def target(tmp_path) -> str:
    return str(tmp_path / "Results.csv")


def test_a_row_tells_all_of_a_result(make_result, target):
    result = make_result("/d/租约.pdf", "One,\n“two”", page=None, place="S!B7", why=Why.WORDS, score=0.123456)
    write_csv([result, make_result(page=7)], target)
    first, second = read(target)
    date = first.pop("Date")
    assert date.startswith("2023-11-1")
    assert len(date) == len("2023-11-14T22:13:20+00:00")
    assert first == {
        "Path": "/d/租约.pdf",
        "Name": "租约.pdf",
        "Folder": "/d",
        "Score": "0.1235",
        "Page": "",
        "Place": "S!B7",
        "Passage": "One,\n“two”",
        "Reason": "Words",
    }
    assert second["Page"] == "7"


def test_a_spreadsheet_knows_the_file_for_utf8(make_result, target):
    write_csv([make_result()], target)
    with open(target, "rb") as file:
        assert file.read(3) == b"\xef\xbb\xbf"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_is_taken_for_a_formula(make_result, target, begin):
    formula = begin + "1+1"
    write_csv([make_result(f"/d/{formula}", formula, place=formula, score=-1.0)], target)
    row = read(target)[0]
    for column in ("Name", "Place", "Passage"):
        assert not row[column].startswith(begin)
    assert row["Score"] == "-1.0"


def test_what_is_not_text_does_not_stop_the_export(make_result, target):
    write_csv([make_result("/d/caf\udce9.txt", "a\ud800b\x00", modified=1e300)], target)
    row = read(target)[0]
    assert (row["Name"], row["Passage"], row["Date"]) == ("caf\ufffd.txt", "a\ufffdb\ufffd", "")


def test_a_file_is_replaced_as_a_whole_and_others_have_the_usual_rights_to_it(make_result, target, tmp_path):
    for name in ("Results.csv", "Results.csv.new", "usual"):
        (tmp_path / name).write_text("mine")
    write_csv([make_result()], target)
    assert len(read(target)) == 1
    assert (tmp_path / "Results.csv.new").read_text() == "mine"
    assert sorted(os.listdir(tmp_path)) == ["Results.csv", "Results.csv.new", "usual"]
    assert stat.S_IMODE(os.stat(target).st_mode) == stat.S_IMODE(os.stat(tmp_path / "usual").st_mode)


def test_where_the_disk_is_full_the_file_is_as_it_was(make_result, target, tmp_path, monkeypatch):
    (tmp_path / "Results.csv").write_text("mine")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_csv([make_result()], target)
    assert os.listdir(tmp_path) == ["Results.csv"]
    assert (tmp_path / "Results.csv").read_text() == "mine"


def test_a_list_that_cannot_be_written_is_told(make_result, qtbot, tmp_path):
    exporter = Exporter()
    path = str(tmp_path / "gone" / "Results.csv")
    with qtbot.waitSignal(exporter.failed) as failed:
        exporter.export([make_result()], path)
    report = failed.args[0]
    assert (report.title, report.path) == ("The list was not exported", path)
    assert "No such file or directory" in report.message


def test_the_button_asks_for_a_file_and_writes_the_list_in_its_order(make_result, qtbot, target):
    pane = ResultsPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_answer(SearchAnswer("x", 1, (make_result("/d/b.pdf"), make_result("/d/a.pdf")), 1.0))
    pane.header.export_button.click()
    dialog = pane.findChild(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.selectFile(target)
    with qtbot.waitSignal(pane.exported) as exported:
        dialog.accept()
    assert exported.args == [target, 2]
    assert [row["Name"] for row in read(target)] == ["b.pdf", "a.pdf"]
