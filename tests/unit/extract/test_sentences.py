from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.extract.sentences import sentences


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["今天下雨。", "我没带伞！", "你呢？", "他说：“走吧。”", "于是我们走了……", "到家已晚；", "睡了"],
        ["It rained.", "I had no umbrella!", "Did you?", '"Let us go."', "(We went.)", "At last 3 p.m. came."],
        ["Dr. Smith paid $3.50 to J. R. Lee, e.g. for tea.", "Fig. 3 shows it; see No. 7 on p. 12.", "End"],
        ["See https://example.org/a.b?c=d for more.", "Wait... what?", "Version 2.0.1 is out."],
        ["他用的是Python 3.11.", "It works.", "真的吗?", "不信!", "好。"],
    ],
)
def test_sentences_are_told_apart(expected: list[str]) -> None:
    separator = "" if expected[0].endswith("。") else " "
    assert _cut(separator.join(expected)) == expected


def test_wrapped_lines_belong_together_and_empty_lines_part() -> None:
    text = "A sentence that is wrapped at the\nend of its line goes on here. And\nanother.\n\nA heading\n\nText."
    assert _cut(text) == [
        "A sentence that is wrapped at the\nend of its line goes on here.",
        "And\nanother.",
        "A heading",
        "Text.",
    ]


def test_list_items_and_short_lines_stand_alone() -> None:
    text = "To buy:\n1. Flour for the cake\n2. Eggs\n- a lemon, and some sugar too\n（一）王小明"
    assert _cut(text) == text.split("\n")


def test_no_cut_between_a_mark_and_what_combines_with_it() -> None:
    assert _cut("好。\u0301再来。") == ["好。\u0301再来。"]


def test_nothing_has_no_sentences() -> None:
    assert _cut("") == []
    assert _cut(" \n\n\t") == []


@given(st.text("aA中 \n.。!?…”)1\u0301\U0001f600", max_size=80))
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    parts = _cut(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part == part.strip() and part for part in parts)


@pytest.mark.parametrize("unit", [". ", "。", '."', "\n", "a. ", "1. ", "x\n", "?!"])
def test_the_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        sentences(text)
        return time.process_time() - started

    assert seconds(400_000) < 0.2 + 12 * seconds(100_000)
