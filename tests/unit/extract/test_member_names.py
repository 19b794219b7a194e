from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

from bge_desktop.extract.member_names import guess, readable, tar_name, zip_names


def _entry(raw: bytes, *, utf8: bool = False, extra: bytes = b"") -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(raw.decode("utf-8" if utf8 else "cp437"))
    entry.flag_bits = 0x800 if utf8 else 0
    entry.extra = extra
    return entry


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["会议纪要.docx", "预算/2024年度报销明细表.xlsx"], "gb18030"),
        (["简历.doc"], "gb18030"),
        (["會議紀錄.docx", "預算表與報銷明細.xlsx"], "big5"),
        (["会議の議事録.docx", "経費のまとめ.xlsx"], "cp932"),
        (["报告.pdf", "會議.pdf", "ノート.pdf"], "utf-8"),
        (["Übersicht.pdf", "café.txt", "señal.doc"], "cp437"),
    ],
)
def test_names_in_an_unknown_character_set_are_read(names: list[str], encoding: str) -> None:
    entries = [_entry(name.encode(encoding)) for name in names]
    assert zip_names([*entries, _entry(b"plain.txt")]) == [*names, "plain.txt"]


def test_names_that_say_their_character_set_are_believed() -> None:
    raw = "报告.pdf".encode("gb18030")
    field = struct.pack("<BL", 1, zlib.crc32(raw)) + "报告（终稿）.pdf".encode()
    extra = struct.pack("<HHH", 0x5455, 2, 0) + struct.pack("<HH", 0x7075, len(field)) + field
    assert zip_names([_entry("表.txt".encode(), utf8=True)]) == ["表.txt"]
    assert zip_names([_entry(raw, extra=extra)]) == ["报告（终稿）.pdf"]
    outdated = extra.replace(struct.pack("<L", zlib.crc32(raw)), b"\0\0\0\0")
    assert zip_names([_entry(raw, extra=outdated)]) == ["报告.pdf"]
    assert zip_names([_entry(raw, extra=b"\x75\x70\xff")]) == ["报告.pdf"]


def test_no_names_are_no_names() -> None:
    assert guess([]) == []
    assert guess([b"", "报告\n".encode("gb18030")]) == ["", "报告_"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("folder\\file.txt", "folder/file.txt"),
        ("./a/./b//c.txt", "a/b/c.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("line\nbreak\x1b[0m.txt", "line\ufffdbreak\ufffd[0m.txt"),
        ("x" * 400 + ".txt", "x" * 246 + ".txt"),
    ],
)
def test_a_name_is_shown_on_one_line_and_leads_nowhere(name: str, shown: str) -> None:
    assert readable(name) == shown


def test_a_name_in_a_tar_file_is_utf8_or_guessed() -> None:
    assert tar_name("报告.pdf") == "报告.pdf"
    assert (
        tar_name("会议纪要与报销单.pdf".encode("gb18030").decode("utf-8", "surrogateescape")) == "会议纪要与报销单.pdf"
    )
