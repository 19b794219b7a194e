from __future__ import annotations

import struct

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import place_at
from bge_desktop.extract.formats import extract
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
