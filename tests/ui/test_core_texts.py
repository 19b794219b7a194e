from __future__ import annotations

import re

import pytest

from bge_desktop.extract.shortfalls import Shortfall, in_words
from bge_desktop.messages import ErrorReport, Progress, SearchAnswer, Typing
from bge_desktop.messages.previews import NoPreview
from bge_desktop.ui.core_sources import TEXTS
from bge_desktop.ui.core_texts import event_in_own_language, in_own_language, place_in_own_language

DAMAGED = "This file is damaged or incomplete. Open it in the program that made it and save it again."
IN_CHINESE = "此文件已损坏或不完整。请用创建它的程序打开并重新保存。"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Too large", "过大"),
        (
            "This file is larger than 200 MB. Split it to make it searchable.",
            "此文件超过 200 MB。请拆分文件，以便搜索。",
        ),
        # a text within a text
        (
            "This file holds more than 20 million characters. Split or unpack it to make all of it searchable.",
            "此文件超过 2000 万个字符。请拆分或解压，以便搜索全部内容。",
        ),
        (
            "Only the first 3 of 1200 pages were read: all of them would take too long.",
            "只读取了 1200 页中的前 3 页：全部读取会花费太长时间。",
        ),
        ("“lease” is in no document; searched for “leash”.", "没有文档包含“lease”；已改为搜索“leash”。"),
        ('In settings.toml, “threads” must be a whole number from 0 to 256. Until it is, the usual value holds.',
         "在 settings.toml 中，“threads”必须为：0 到 256 之间的整数。在更正之前使用默认值。"),
        # sentences one after another
        (f"{DAMAGED} It is put aside until it changes, or until you have this very file tried again.",
         f"{IN_CHINESE}在文件更改或您手动重试它之前，会先搁置。"),
        ("What nobody has written", "What nobody has written"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_the_core_tells_is_shown_in_the_persons_language(chinese, told, shown):
    assert in_own_language(told) == shown


def test_what_was_not_read_of_a_file_is_told_member_by_member(chinese):
    shortfalls = [
        Shortfall("Read in part", "Pictures in it are damaged."),
        *(Shortfall("Damaged file", DAMAGED, f"{number}.doc") for number in range(5)),
        Shortfall("Too large", "The text of this message holds too much besides words. Save the message as text.", "a"),
    ]
    assert in_own_language(in_words(shortfalls)) == (
        f"其中的图片已损坏。0.doc, 1.doc, 2.doc 等，另有 2 个：文件已损坏。{IN_CHINESE}"
        "a：过大。此邮件正文包含过多文字以外的内容。请将邮件另存为文本。"
    )


def filled(text: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: "Too large" if place[1] == "title" else "17", text)


def test_each_text_is_found_again_with_what_stands_in_its_places(chinese):
    for text in TEXTS:
        shown = in_own_language(filled(text))
        assert shown != filled(text)
        assert shown.count("17") >= filled(text).count("17"), text


def test_in_english_nothing_is_changed(qapp):
    for text in TEXTS:
        assert in_own_language(text) == text
        assert in_own_language(filled(text)) == filled(text)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("line 12: total", "第 12 行：total"),
        ("message 3: Too large › notes", "邮件 3：过大 › 备注"),
        ("Sheet1!B7", "Sheet1!B7"),
        ("line dance.mp3", "line dance.mp3"),
        ("work/notes.txt › line 4", "work/notes.txt › 第 4 行"),
        ("", ""),
    ],
)
def test_the_words_of_a_place_are_translated_and_its_names_are_not(chinese, place, shown):
    assert place_in_own_language(place) == shown


def test_each_event_tells_in_the_persons_language(chinese):
    told = Progress(encoder="OpenVINO bf16 on the processor")
    assert event_in_own_language(told) == Progress(encoder="OpenVINO bf16（处理器）")
    assert event_in_own_language(ErrorReport("Damaged file", DAMAGED, "/d")) == ErrorReport(
        "文件已损坏", IN_CHINESE, "/d"
    )
    assert event_in_own_language(NoPreview(1, "/d", "Damaged file", DAMAGED)) == NoPreview(
        1, "/d", "文件已损坏", IN_CHINESE
    )
    answer = SearchAnswer("x", 1, (), 1.0, hints=("No folder here is called “x”.",))
    assert event_in_own_language(answer).hints == ("没有名为“x”的文件夹。",)
    assert event_in_own_language(Typing()) == Typing()
