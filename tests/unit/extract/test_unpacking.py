from __future__ import annotations

import os
import stat
import sys
import threading
import time
from pathlib import Path

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.unpacking import Unpacker, safe_name
from tests.unit.extract.test_archives import make_zip

# Stands in for the real reader where a test needs one that crashes, hangs or lies.
_STAND_IN = """
import os, time
from bge_desktop.processes import ParentChannel
channel = ParentChannel()
channel.reply({"ready": True})
for request, _ in channel.requests():
    match request["label"]:
        case "crash": os.abort()
        case "hang": time.sleep(600)
        case "nonsense": channel.reply({"id": 0})
        case name: channel.reply({"id": 0, "name": name}, b"words")
"""


pytestmark = pytest.mark.usefixtures("nothing_is_left_behind")


@pytest.fixture
def unpacker(tmp_path: Path) -> Unpacker:
    return Unpacker(str(tmp_path / "private"), timeout=30.0)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bge_desktop.processes.child_command", lambda role: [sys.executable, "-c", _STAND_IN])


def test_a_member_becomes_a_file_of_its_own_for_its_person_alone(tmp_path: Path, unpacker: Unpacker) -> None:
    (tmp_path / "a.zip").write_bytes(make_zip([("one/a.txt", b"1"), ("two/a.txt", b"2")]))
    first, second = (unpacker.unpack(str(tmp_path / "a.zip"), label) for label in ("one/a.txt", "two/a.txt"))
    assert (Path(first).read_bytes(), Path(second).read_bytes()) == (b"1", b"2")
    assert Path(first).name == Path(second).name == "a.txt"
    modes = [stat.S_IMODE(os.stat(name).st_mode) for name in (tmp_path / "private", Path(first).parent, first)]
    assert os.name != "posix" or modes == [0o700, 0o700, 0o400]


def test_what_is_not_in_a_container_is_opened_where_it_is_and_what_is_missing_has_a_reason(
    tmp_path: Path, unpacker: Unpacker
) -> None:
    (tmp_path / "a.md").write_text("# Heading")
    (tmp_path / "a.zip").write_bytes(make_zip([("a.txt", b"1")]))
    assert unpacker.unpack(str(tmp_path / "a.md"), "Heading") == str(tmp_path / "a.md")
    with pytest.raises(ExtractionError, match="Not found in the file") as caught:
        unpacker.unpack(str(tmp_path / "a.zip"), "b.txt")
    assert caught.value.path == str(tmp_path / "a.zip")
    assert not (tmp_path / "private").exists()


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\Windows\\evil.txt", "a/../../evil.txt"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, unpacker: Unpacker, name: str) -> None:
    unpacked = Path(unpacker.unpack("/a.zip", name))
    assert unpacked.parent.parent == tmp_path / "private"
    assert unpacked.name.endswith("evil.txt")


@pytest.mark.usefixtures("stand_in")
def test_a_name_of_emoji_is_short_enough(unpacker: Unpacker) -> None:
    assert Path(unpacker.unpack("/a.zip", "\U0001f600" * 120 + ".txt")).read_bytes() == b"words"


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("label", "title"), [("crash", "Cannot be opened"), ("nonsense", "Cannot be opened"), ("hang", "Took too long")]
)
def test_a_reader_that_crashes_hangs_or_lies_is_a_reason(tmp_path: Path, label: str, title: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        Unpacker(str(tmp_path / "private"), timeout=1.0 if label == "hang" else 30.0).unpack("/a.zip", label)
    assert (caught.value.title, caught.value.path) == (title, "/a.zip")


@pytest.mark.usefixtures("stand_in")
def test_what_is_being_unpacked_is_given_up_when_the_app_ends(unpacker: Unpacker) -> None:
    failed: list[ExtractionError] = []

    def unpack() -> None:
        try:
            unpacker.unpack("/a.zip", "hang")
        except ExtractionError as error:
            failed.append(error)

    thread = threading.Thread(target=unpack)
    thread.start()
    time.sleep(0.5)
    unpacker.close()
    thread.join(20)
    assert [error.title for error in failed] == ["Cannot be opened"]


def test_a_disk_without_room_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(make_zip([("a.txt", b"1")]))
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(ExtractionError, match="could not be written"):
        Unpacker(str(tmp_path / "taken")).unpack(str(tmp_path / "a.zip"), "a.txt")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("notes/报告 2024.pdf", "报告 2024.pdf"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("photo\u202egpj.exe", "photo_gpj.exe"),
        ("..", "member"),
        ("", "member"),
        (" . hidden. ", "hidden"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("line\nbreak.txt", "line_break.txt"),
        ("x" * 300 + ".pdf", "x" * 56 + ".pdf"),
        ("x." + "y" * 300, "x." + "y" * 19),
    ],
)
def test_a_name_is_one_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe
