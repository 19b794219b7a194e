from __future__ import annotations

import pytest

from bge_desktop.extract.pdf_characters import characters


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ([], []),
        ([0x61, 2, 0x62], ["a", "", "b"]),
        ([0x61, 2, 0x42], ["a", "-", "B"]),
        ([0x61, 2], ["a", "-"]),
        ([0xFB01, 0x2F00], ["fi", "一"]),
        ([0xD83D, 0xDE00, 0x61], ["😀", "", "a"]),
        ([0x1F600], ["😀"]),
        ([0xD83D, 0x61, 0xDE00], ["\ufffd", "a", "\ufffd"]),
        ([0, 0xFFFFFFFF, 0x61], ["", "", "a"]),
    ],
)
def test_codes_are_what_a_person_would_type(codes: list[int], text: list[str]) -> None:
    assert characters(codes) == text
