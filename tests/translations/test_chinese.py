"""All that the window says is there in simplified Chinese, whole and up to date. `make translations` brings it so far.

What things are called: 资料库 library, 文件夹 folder, 文档 document, 文件 file, 段落 passage, 结果 result, 副本 copy,
语义 meaning, 字词 words, 索引 to index, 语义分析 to embed, 压缩包 archive, 邮件 e-mail, 邮箱文件 mailbox,
附件 attachment, 规则 rules, 筛选 filter, 重新扫描 to rescan, 重试 to retry, 暂停 to pause, 继续 to resume, 未连接 away,
部分读取 read in part, 移除 to remove from the library, 删除 to delete a file, 托盘 tray, 示例 samples, 您 you.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.translations import core_texts
from tests.translations.linguist_file import CHINESE, messages
from tests.translations.window_texts import window_texts

_PLACE = re.compile(r"\{\w*[^{}]*\}")
_CJK = "\u3400-\u9fff"
_SIDE_BY_SIDE = re.compile(f"[{_CJK}][,;:?!]|[{_CJK}][A-Za-z0-9]|[A-Za-z0-9][{_CJK}]")
_DATE = re.compile("y+年M+月d+日")
MESSAGES = messages(CHINESE)


def test_each_text_of_the_window_is_in_the_file_and_nothing_else():
    wanted = window_texts() | {("Core", text) for text in core_texts.collected()}
    there = {(message.context, message.source) for message in MESSAGES}
    assert there - wanted == set(), "left over"
    assert wanted - there == set(), "missing"


def test_what_the_core_tells_is_known_to_the_window():
    with open(core_texts.WRITTEN, encoding="utf-8") as file:
        assert file.read() == core_texts.written(core_texts.collected())


def test_each_text_is_translated_with_its_places():
    for message in MESSAGES:
        assert message.is_finished, message
        assert message.translation.strip(), message
        assert sorted(_PLACE.findall(message.translation)) == sorted(_PLACE.findall(message.source)), message


def test_chinese_has_its_own_punctuation_and_room_around_latin_letters():
    for message in MESSAGES:
        shown = _DATE.sub("", _PLACE.sub("", message.translation))
        assert not _SIDE_BY_SIDE.search(shown), message
        assert message.source.endswith("…") == message.translation.endswith("…"), message
        assert not message.source.endswith(".") or message.translation.endswith(("。", "}")), message


def test_the_file_that_is_shipped_was_made_of_this_one(tmp_path):
    made = str(tmp_path / "made.qm")
    release = os.path.join(os.path.dirname(sys.executable), "pyside6-lrelease")
    subprocess.run([release, "-silent", CHINESE, "-qm", made], check=True)
    with open(made, "rb") as own, open(CHINESE.removesuffix(".ts") + ".qm", "rb") as shipped:
        assert own.read() == shipped.read()
