from __future__ import annotations

import pytest

from bge_desktop.extract.subtitles import looks_like_subtitles, read_subtitles

SRT = "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello,</i>\nall.\n\n2\n01:02:03,004 --> 01:02:05,000\n你好 &amp; 再见\n"


def _cues(source: str) -> list[tuple[str, str]]:
    document = read_subtitles(source.encode())
    return [(document.text[place.start :].split("\n")[0], place.label) for place in document.places]


def test_subrip_with_and_without_its_numbers() -> None:
    expected = [("Hello, all.", "00:00:01"), ("你好 & 再见", "01:02:03")]
    assert _cues(SRT) == expected
    assert _cues("\n".join(line for line in SRT.split("\n") if not line.isdigit())) == expected


def test_a_silence_ends_a_paragraph_and_cues_do_not() -> None:
    times = [("00:00:01.0", "00:00:02.0"), ("00:00:02.5", "00:00:03.0"), ("00:00:30.0", "00:00:31.0")]
    source = "WEBVTT\n\n" + "\n".join(f"{a} --> {b}\ncue {a}\n" for a, b in times)
    assert read_subtitles(source.encode()).text == "cue 00:00:01.0\ncue 00:00:02.5\n\ncue 00:00:30.0"


def test_webvtt_without_hours_and_with_notes_and_styles() -> None:
    source = (
        "WEBVTT\n\nSTYLE\n::cue {color: red}\n\nNOTE hidden\n\nname\n01:02.000 --> 01:03.000 align:start\n<v Anna>Hi\n"
    )
    assert _cues(source) == [("Hi", "00:01:02")]


def test_substation_alpha_in_the_order_of_time() -> None:
    source = (
        "[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:09.00,0:00:10.00,x,{\\b1}Later, \\Nall\n"
    )
    source += "Dialogue: 0,0:00:01.00,0:00:02.00,x,First\nDialogue: broken\n"
    assert _cues(source) == [("First", "00:00:01"), ("Later, all", "00:00:09")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [(SRT, True), ("WEBVTT\n", True), ("[Script Info]\n", True), ("1\n2\n", False), ("a --> b", False)],
)
def test_subtitles_are_known_by_how_they_begin(head: str, expected: bool) -> None:
    assert looks_like_subtitles(head) is expected
