from __future__ import annotations

import struct
from pathlib import Path

import compressed_rtf
import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import place_at
from bge_desktop.extract.formats import extract
from bge_desktop.extract.members import Unpacked, member_at
from tests.unit.extract.ole_files import ole_file

_SENT = 0x00390040
_TICKS = (1_795_588_800 + 11_644_473_600) * 10_000_000  # 2026-11-25 06:40 UTC


def _message(**streams: bytes) -> bytes:
    return ole_file(
        {
            "__properties_version1.0": bytes(32) + struct.pack("<IIQ", _SENT, 6, _TICKS),
            "__substg1.0_0037001F": "会议纪要 Minutes".encode("utf-16-le"),
            "__substg1.0_0C1A001E": "王小明".encode("gb18030"),
            "__substg1.0_0E04001F": "Anna".encode("utf-16-le"),
            **streams,
        }
    )


def test_headers_text_and_attachments() -> None:
    attachment = "__attach_version1.0_#00000000"
    data = _message(
        **{
            "__substg1.0_1000001F": "The heron\r\nwaits.".encode("utf-16-le"),
            f"{attachment}/__substg1.0_3707001F": "plan.txt".encode("utf-16-le"),
            f"{attachment}/__substg1.0_37010102": "苍鹭在等候。".encode() + b" " * 4096,
        }
    )
    document = extract("a.msg", data)
    assert (document.kind, document.title) == ("email", "会议纪要 Minutes")
    head = "会议纪要 Minutes\nFrom: 王小明\nTo: Anna\nDate: 2026-11-25 06:40 UTC\nAttachments: plan.txt\n\n"
    assert document.text.startswith(f"{head}The heron\nwaits.")
    place = place_at(document.places, document.text.index("苍鹭"))
    assert place is not None
    assert place.label == "plan.txt"


def test_a_page_is_read_where_there_is_no_plain_text() -> None:
    page = "<html><body><p>Words</p></body></html>"
    assert "\n\nWords" in extract("a.msg", _message(**{"__substg1.0_10130102": page.encode()})).text


def test_a_truncated_message_is_read_or_damaged() -> None:
    data = _message(**{"__substg1.0_1000001F": "words".encode("utf-16-le")})
    for length in range(520, len(data), len(data) // 7):
        try:
            extract("a.msg", data[:length])
        except ExtractionError as error:
            assert error.title == "Damaged file"  # noqa: PT017


def test_something_else_is_no_message() -> None:
    assert extract("a.ole", ole_file({"Contents": b"x"})).kind == "other"
    with pytest.raises(ExtractionError, match="password"):
        extract("a.msg", ole_file({"EncryptedPackage": b"x"}))


def _wide(**texts: str) -> dict[str, bytes]:
    """Return the streams of properties of text, each named by "p" and its identifier."""
    return {f"__substg1.0_{name[1:]}001F": text.encode("utf-16-le") for name, text in texts.items()}


def _below(folder: str, streams: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": data for name, data in streams.items()}


def _recipient(number: int, role: int, **texts: str) -> dict[str, bytes]:
    fixed = bytes(8) + struct.pack("<IIQ", 0x0C150003, 6, role)
    return _below(f"__recip_version1.0_#{number:08X}", {"__properties_version1.0": fixed, **_wide(**texts)})


def test_people_have_their_addresses() -> None:
    streams = {
        **_wide(p0C1A="Li Lei", p0C1F="/O=FIRM/CN=LI", p5D01="li@example.org", p0E03="only listed"),
        **_recipient(0, 1, p3001="Anna", p3003="anna@example.org"),
        **_recipient(1, 1, p3001="bob@example.org", p39FE="bob@example.org"),
        **_recipient(2, 3, p3001="Cai", p3003="/O=FIRM/CN=CAI"),
    }
    text = extract("a.msg", ole_file({"__properties_version1.0": bytes(32), **streams})).text
    people = "From: Li Lei <li@example.org>\nTo: Anna <anna@example.org>, bob@example.org\nCc: only listed\nBcc: Cai"
    assert text == people


def _forwarding(levels: int) -> dict[str, bytes]:
    """Return a message with a file, in a message in a message and so on."""
    attachment = "__attach_version1.0_#00000000"
    streams = {**_wide(p0037="innermost", p1000="The heron."), **_below(attachment, _wide(p3707="deep.txt"))}
    streams[f"{attachment}/__substg1.0_37010102"] = b"In deep water.".ljust(4096)
    for level in range(levels):
        streams = {
            **_wide(p0037=f"level {level}"),
            **_below(attachment, _wide(p3707="" if level else "forwarded")),
            **_below(f"{attachment}/__substg1.0_3701000D", streams),
        }
    return {"__properties_version1.0": bytes(32), **streams}


def test_a_message_that_was_forwarded_is_read_with_what_hangs_on_it(tmp_path: Path) -> None:
    data = ole_file(_forwarding(2))
    document = extract("a.msg", data)
    labels = {}
    for words in ("The heron.", "In deep water."):
        place = place_at(document.places, document.text.index(words))
        assert place is not None
        labels[words] = place.label
    assert labels == {
        "The heron.": "level 0 › forwarded",
        "In deep water.": "level 0 › forwarded › deep.txt",
    }
    (tmp_path / "a.msg").write_bytes(data)
    deep = member_at(str(tmp_path / "a.msg"), labels["In deep water."])
    assert deep is not None
    assert deep.data.rstrip() == b"In deep water."
    text = "innermost\nAttachments: deep.txt\n\nThe heron."
    assert member_at(str(tmp_path / "a.msg"), labels["The heron."]) == Unpacked(
        "level 0 › forwarded.txt", text.encode()
    )


def test_messages_in_messages_without_end_are_not_followed() -> None:
    document = extract("a.msg", ole_file(_forwarding(9)))
    assert "level 4" in document.text
    assert [shortfall.title for shortfall in document.shortfalls] == ["Nested too deep"]


def test_a_text_that_there_is_as_packed_rtf_only_is_read() -> None:
    packed = compressed_rtf.compress(rb"{\rtf1\ansi\ansicpg1252 The heron \u31199?.\par}")
    assert extract("a.msg", _message(**{"__substg1.0_10090102": packed})).text.endswith("The heron 租.")
    damaged = packed[:20] + b"x" + packed[21:]
    document = extract("a.msg", _message(**{"__substg1.0_10090102": damaged}))
    assert [shortfall.title for shortfall in document.shortfalls] == ["Damaged file"]


def test_a_contact_has_its_numbers_and_addresses() -> None:
    names = struct.pack("<IHHIHH", 0x8083, 0, 7, 0x8208, 1, 8)  # the second is named by a text
    streams = {
        **_wide(p001A="IPM.Contact", p3001="韩梅梅", p3A08="+49 30 1234567", p3A16="Reed & Co."),
        **_wide(p8007="han@example.org", p8008="a text of another program"),
        "__nameid_version1.0/__substg1.0_00030102": names,
    }
    document = extract("a.msg", ole_file({"__properties_version1.0": bytes(32), **streams}))
    assert (document.kind, document.title) == ("contact", "韩梅梅")
    assert document.text == "韩梅梅\nCompany: Reed & Co.\nPhone: +49 30 1234567\nE-mail: han@example.org"
