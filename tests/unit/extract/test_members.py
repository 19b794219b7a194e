from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import members
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.members import Unpacked, may_hold_members, member_at
from tests.unit.extract.test_archives import make_tar, make_zip

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MAIL = b"From: a@b.c\r\nSubject: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nwords\r\n"


def _archive(folder: Path, files: list[tuple[str, bytes]]) -> str:
    path = folder / "a.zip"
    path.write_bytes(make_zip(files))
    return str(path)


def test_a_member_is_found_by_the_label_of_a_place(tmp_path: Path) -> None:
    path = _archive(tmp_path, [("notes/a.txt", b"words"), ("notes/b.txt", b"others")])
    assert member_at(path, "notes/b.txt") == Unpacked("notes/b.txt", b"others")


def test_a_member_of_a_member_is_followed_as_far_as_the_label_names_members(tmp_path: Path) -> None:
    inner = make_tar([("deep/sheet.xlsx", b"cells")])
    path = _archive(tmp_path, [("inner.tar", inner)])
    for label in ("inner.tar › deep/sheet.xlsx › Sheet1!B7", "inner.tar › deep/sheet.xlsx"):
        assert member_at(path, label) == Unpacked("deep/sheet.xlsx", b"cells")
    assert member_at(path, "inner.tar") == Unpacked("inner.tar", inner)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_several_members_of_one_name_the_last_is_opened(tmp_path: Path) -> None:
    twice = [("a.txt", b"old words"), ("b.txt", b"others"), ("a.txt", b"new words")]
    (tmp_path / "a.tar").write_bytes(make_tar(twice))
    for path in (_archive(tmp_path, twice), str(tmp_path / "a.tar")):
        assert member_at(path, "a.txt") == Unpacked("a.txt", b"new words")


def test_what_was_found_is_opened_though_the_archive_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "Allowance", partial(Allowance, unpacked=1 << 20))
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(make_tar([("a.txt", b"words"), ("b.txt", bytes(2 << 20))])))
    assert member_at(str(path), "a.txt") == Unpacked("a.txt", b"words")


def test_a_message_of_a_mailbox_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    path = tmp_path / "post.mbox"
    separator = b"From a@b.c Mon Jan  1 00:00:00 2024\n"
    path.write_bytes(separator + MAIL % b"run.exe" + b"\n" + separator + MAIL % b"Minutes")
    found = member_at(str(path), "message 2: Minutes")
    assert found is not None
    assert found.name == "message 2: Minutes.eml"
    assert b"Subject: Minutes" in found.data
    misleading = member_at(str(path), "message 1: run.exe")
    assert misleading is not None
    assert misleading.name == "message 1: run.exe.eml"


def test_a_place_in_a_file_that_holds_no_others_is_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("# Heading\n\nwords")
    assert member_at(str(tmp_path / "plain.md"), "Heading") is None
    assert member_at(str(FORMATS / "office.xlsx"), "Sheet1!B7") is None


@pytest.mark.parametrize(
    ("name", "may"),
    [
        *[(name, True) for name in ("archive.zip", "archive.tar", "archive.tar.gz", "archive.tar.xz", "heron.txt.bz2")],
        *[(name, True) for name in ("mail.eml", "mail.mbox", "mail-named.txt")],
        *[(name, False) for name in ("office.xlsx", "office.docx", "office.doc", "notes.md", "settings.toml")],
    ],
)
def test_the_name_and_the_first_bytes_tell_what_may_hold_others(name: str, may: bool) -> None:
    assert may_hold_members(str(FORMATS / name)) is may


def test_what_cannot_be_unpacked_has_a_reason(tmp_path: Path) -> None:
    path = _archive(tmp_path, [("a.txt", b"words")])
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04")
    for archive in (path, tmp_path / "cut.zip", tmp_path / "gone.zip", tmp_path):
        with pytest.raises(ExtractionError) as caught:
            member_at(str(archive), "b.txt")
        assert caught.value.path == str(archive)
        assert "Open the archive" in caught.value.message


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = _archive(tmp_path, [("a.txt", bytes(40 << 20))])
    with pytest.raises(ExtractionError, match="Unpacks without end"):
        member_at(path, "a.txt")


def test_a_member_that_is_too_large_for_the_way_to_the_parent_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _archive(tmp_path, [("a.txt", b"words"), ("b.txt", b"more words")])
    monkeypatch.setattr(members, "LARGEST", 5)
    assert member_at(path, "a.txt") == Unpacked("a.txt", b"words")
    with pytest.raises(ExtractionError, match="Too large to open"):
        member_at(path, "b.txt")
