from __future__ import annotations

import sys
import threading

import pytest
import shiboken6

from bge_desktop.messages import MemberUnpacked, UnpackMember
from bge_desktop.ui import opening
from bge_desktop.ui.opening import Opener
from bge_desktop.ui.paths import file_url
from bge_desktop.ui.viewers import Spot
from tests.ui.files import make


@pytest.fixture
def urls():
    return []


@pytest.fixture
def commands():
    """The commands that were started; where a test puts False in front, none can be."""
    return []


@pytest.fixture
def opener(qtbot, urls, commands, monkeypatch):
    monkeypatch.setattr(opening, "show_in_file_manager", lambda path, otherwise: otherwise())

    def viewer_at(path: str, spot: Spot) -> list[str] | None:
        return ["viewer", path, str(spot.page), str(spot.line)] if spot != Spot() else None

    def start(command: list[str]) -> bool:
        commands.append(command)
        return commands[0] is not False

    return Opener(open_url=lambda url: urls.append(url) or True, viewer_at=viewer_at, start=start)


def test_a_document_is_opened(opener, urls, tmp_path, qtbot):
    path = make(tmp_path, "a b #1.pdf")
    opener.open(path)
    qtbot.waitUntil(lambda: urls == [file_url(path)])


@pytest.mark.parametrize(
    ("act", "missing"), [("open", "no program for this kind of file"), ("reveal", "no file manager")]
)
def test_it_is_said_what_the_system_does_not_have(opener, tmp_path, qtbot, act, missing):
    opener._open_url = lambda _url: False
    with qtbot.waitSignal(opener.failed) as failed:
        getattr(opener, act)(make(tmp_path, "a.pdf"))
    assert missing in failed.args[0].message
    assert str(tmp_path) in failed.args[0].message


def test_a_folder_that_nothing_opens_wants_a_file_manager(opener, tmp_path, qtbot):
    opener._open_url = lambda _url: False
    with qtbot.waitSignal(opener.failed) as failed:
        opener.open(str(tmp_path))
    assert "no file manager" in failed.args[0].message


def test_an_opener_that_goes_while_it_looks_leaves_quietly(tmp_path, qtbot):
    looking, going = threading.Event(), threading.Event()

    def viewer_at(_path: str, _spot: Spot) -> None:
        looking.set()
        assert going.wait(5)

    opener, faults = Opener(viewer_at=viewer_at), []
    before, threading.excepthook = threading.excepthook, faults.append
    opener._look(print, make(tmp_path, "a.pdf"), Spot(1))
    [thread] = [own for own in threading.enumerate() if own.name == "look-at-file"]
    assert looking.wait(5)
    shiboken6.delete(opener)
    going.set()
    thread.join(5)
    threading.excepthook = before
    assert faults == []


@pytest.mark.skipif(sys.platform != "linux", reason="only there names are any bytes")
def test_a_name_that_is_not_utf8_is_opened(opener, urls, tmp_path, qtbot):
    path = make(tmp_path, "caf\udce9.txt")
    opener.open(path)
    qtbot.waitUntil(lambda: len(urls) == 1)
    assert urls[0].toEncoded().data().endswith(b"/caf%E9.txt")


@pytest.mark.parametrize("name", ["a.exe", "a.BAT", "a.desktop", "a.jar", "a.ps1", "a.exe.", "a.exe "])
def test_a_program_is_shown_in_its_folder_instead(opener, urls, commands, tmp_path, qtbot, make_result, name):
    path = make(tmp_path, name)
    opener.open(path)
    opener.open_result(make_result(path, page=None, place="line 3"))
    qtbot.waitUntil(lambda: urls == [file_url(str(tmp_path))] * 2)
    assert commands == []


def test_a_folder_is_opened_and_a_file_is_revealed_in_its_folder(opener, urls, tmp_path, qtbot):
    opener.reveal(str(tmp_path))
    opener.reveal(make(tmp_path, "a.pdf"))
    qtbot.waitUntil(lambda: urls == [file_url(str(tmp_path))] * 2)


@pytest.mark.parametrize("action", ["open", "reveal"])
def test_a_file_that_is_gone_is_reported(opener, urls, tmp_path, qtbot, action):
    with qtbot.waitSignal(opener.failed) as failed:
        getattr(opener, action)(str(tmp_path / "gone.pdf"))
    assert failed.args[0].title == "File not found"
    assert "gone.pdf was moved or deleted" in failed.args[0].message
    assert urls == []


def test_a_kind_without_a_program_is_reported(qtbot, tmp_path):
    opener = Opener(open_url=lambda url: False)
    with qtbot.waitSignal(opener.failed) as failed:
        opener.open(make(tmp_path, "a.xyz"))
    assert failed.args[0].title == "Could not open"


# --- at a place ---------------------------------------------------------------------------------------------------


def test_a_result_is_opened_at_its_page(opener, urls, commands, tmp_path, qtbot, make_result):
    path = make(tmp_path, "a.pdf")
    opener.open_result(make_result(path, page=7))
    qtbot.waitUntil(lambda: commands == [["viewer", path, "7", "None"]])
    assert urls == []


def test_without_a_viewer_for_the_page_the_file_is_opened_as_usual(
    opener, urls, commands, tmp_path, qtbot, make_result
):
    path = make(tmp_path, "a.pdf")
    opener.open_result(make_result(path, page=None))
    qtbot.waitUntil(lambda: urls == [file_url(path)])
    assert commands == []


def test_a_viewer_that_does_not_start_costs_only_the_page(opener, urls, commands, tmp_path, qtbot, make_result):
    commands.append(False)
    path = make(tmp_path, "a.pdf")
    opener.open_result(make_result(path, page=7))
    qtbot.waitUntil(lambda: urls == [file_url(path)])


def test_a_place_is_asked_for_before_anything_is_opened(opener, urls, commands, tmp_path, qtbot, make_result):
    path = make(tmp_path, "a.zip", text="PK")
    with qtbot.waitSignal(opener.member_wanted) as wanted:
        opener.open_result(make_result(path, page=3, place="work/report.pdf"))
    assert wanted.args == [UnpackMember(path, "work/report.pdf", 3)]
    assert (urls, commands) == ([], [])


def test_an_archive_that_is_gone_is_not_asked_for(opener, qtbot, tmp_path, make_result):
    with qtbot.assertNotEmitted(opener.member_wanted), qtbot.waitSignal(opener.failed) as failed:
        opener.open_result(make_result(str(tmp_path / "gone.zip"), place="a.txt"))
    assert failed.args[0].title == "File not found"


def test_a_member_is_opened_at_its_page_and_one_without_places_as_usual(opener, urls, commands, tmp_path, qtbot):
    report, photo = make(tmp_path, "report.pdf", 0o400, text="%PDF"), make(tmp_path, "photo.jpg", 0o400, text="\xff")
    opener.open_unpacked(MemberUnpacked("/d/a.zip", "work/report.pdf", 3, report))
    qtbot.waitUntil(lambda: commands == [["viewer", report, "3", "None"]])
    opener.open_unpacked(MemberUnpacked("/d/a.zip", "photo.jpg", None, photo))
    qtbot.waitUntil(lambda: urls == [file_url(photo)])


def test_a_place_that_is_in_no_other_file_is_opened_there(opener, urls, commands, tmp_path, qtbot):
    code, sheet = make(tmp_path, "notes.c", text="int x;"), make(tmp_path, "a.xlsx")
    opener.open_unpacked(MemberUnpacked(code, "line 120: def load_index", None, code))
    qtbot.waitUntil(lambda: commands == [["viewer", code, "None", "120"]])
    opener.open_unpacked(MemberUnpacked(sheet, "Sheet1!B7", None, sheet))
    qtbot.waitUntil(lambda: urls == [file_url(sheet)])


@pytest.mark.parametrize("name", ["setup.exe", "install.sh", "tool.py", "link.desktop", "page.lnk", "app.jar", "run"])
def test_a_program_in_an_archive_is_refused_and_the_archive_shown(opener, urls, commands, tmp_path, qtbot, name):
    archive = make(tmp_path, "a.zip", text="PK")
    (tmp_path / "unpacked").mkdir()
    program = make(tmp_path / "unpacked", name, 0o400)
    with qtbot.waitSignal(opener.failed) as failed:
        opener.open_unpacked(MemberUnpacked(archive, f"tools/{name} › line 3", None, program))
    qtbot.waitUntil(lambda: urls == [file_url(str(tmp_path))])
    assert failed.args[0].title == "Not opened"
    assert f"“{name}” in {archive} is a program or a script" in failed.args[0].message
    assert commands == []
