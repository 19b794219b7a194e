from __future__ import annotations

import time

import pytest

from bge_desktop.extract.terminal import as_shown
from bge_desktop.extract.text import counted, read_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mERROR\x1b[0m \x1b[1mdisk\x1b[0mfull", "ERROR diskfull"),
        ("\x1b[38;5;196mred\x1b[38:2::1:2:3mder\x1b[m\x0f", "redder"),
        ("\x1b]0;a title\x07prompt", "prompt"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b(Bplain\x1b)0\x1b=\x1bM", "plain"),
        ("\x1bPq#0;2\x1b\\after", "after"),
        ("\x1b[?25l\x1b[2K50%\x1b[K", "50%"),
        ("file\x1b[1;20Hedit", "file edit"),
        ("\x1b]0;never ended\nnext", "\x1b]0;never ended\nnext"),
    ],
)
def test_escape_sequences_go_as_a_whole(written: str, shown: str) -> None:
    assert as_shown(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("N\bNA\bAM\bME\bE", "NAME"),
        ("_\bu_\bn_\bd and u\b_", "und and u"),
        ("_\bB\bB_\bo\bo\bo", "Bo"),
        ("NAME\b\b\b\bNAME here", "NAME here"),
        ("+\bo item", "o item"),
        ("\b\bstart", "start"),
        ("粗\b粗体\b体", "粗体"),
        ("a\bab\nc\x0cd\bd", "ab\nc\x0cd"),
        ("ls\b\bcat", "cat"),
    ],
)
def test_characters_set_over_each_other_are_one(written: str, shown: str) -> None:
    assert as_shown(written) == shown


def test_files_are_read_as_they_were_shown() -> None:
    log = b"\x1b[31mERROR\x1b[0m d\bdisk\r\nnext\n"
    assert read_text(log).text == "ERROR disk\nnext\n"
    assert counted(log) == "ERROR disk\nnext\n"


@pytest.mark.parametrize("piece", ["\x1b", "\x1b[", "\x1b]", "\x1b[0;", "\b", "a\b", "\x1bP"])
def test_what_is_never_ended_takes_linear_time(piece: str) -> None:
    start = time.perf_counter()
    as_shown(piece * (500_000 // len(piece)))
    assert time.perf_counter() - start < 15
