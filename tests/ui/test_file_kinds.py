from __future__ import annotations

import os

import pytest

from bge_desktop.ui.file_kinds import Container, Kind, container_named, kind_of, kind_of_member
from tests.ui.files import make


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_is_a_program_is_seen_by_its_permissions_and_behind_links(tmp_path):
    assert kind_of(make(tmp_path, "tool", 0o755)) is Kind.PROGRAM
    assert kind_of(make(tmp_path, "notes.py", 0o755)) is Kind.PROGRAM
    assert kind_of(make(tmp_path, "from-a-usb-stick.pdf", 0o755)) is Kind.DOCUMENT
    assert kind_of(make(tmp_path, "notes.py")) is Kind.DOCUMENT
    os.symlink(make(tmp_path, "evil.sh"), tmp_path / "report.pdf")
    assert kind_of(str(tmp_path / "report.pdf")) is Kind.PROGRAM
    os.mkdir(tmp_path / "Tool.app")
    assert kind_of(str(tmp_path / "Tool.app")) is Kind.PROGRAM


ENDINGS = "desktop exe sh bat js jar app lnk py PS1 vbs pl iso url hta settingcontent-ms".split()  # noqa: SIM905


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_any_system_runs_is_a_program_in_an_archive(tmp_path, ending):
    assert kind_of_member(make(tmp_path, f"a.{ending}", text="words")) is Kind.PROGRAM


@pytest.mark.parametrize(
    "start", [b"#!/bin/sh\n", b"MZ\x90\0", b"\x7fELF\2", b"[Desktop Entry]\n", b"\xcf\xfa\xed\xfe"]
)
def test_a_program_in_an_archive_is_known_by_how_it_begins(tmp_path, start):
    (tmp_path / "report.pdf").write_bytes(start)
    assert kind_of_member(str(tmp_path / "report.pdf")) is Kind.PROGRAM


def test_a_document_in_an_archive_is_one(tmp_path):
    assert kind_of_member(make(tmp_path, "report.pdf", 0o400, text="%PDF-1.7")) is Kind.DOCUMENT
    assert kind_of_member(make(tmp_path, "README", text="")) is Kind.DOCUMENT
    assert kind_of_member(str(tmp_path / "gone.exe")) is Kind.GONE


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("a.zip", Container.ARCHIVE),
        ("a.TAR.GZ", Container.ARCHIVE),
        ("a.msg", Container.MESSAGE),
        ("a.mbox", Container.MAILBOX),
        ("a.xlsx", None),
        ("zip", None),
    ],
)
def test_what_holds_files_is_known_by_its_name(name, container):
    assert container_named(name) is container
