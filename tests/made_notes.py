"""Files that are made up: any number of notes, half of them in English and half in Chinese."""

from __future__ import annotations

import os
import random

_ENGLISH = """
    boiler invoice lease tenant notice deposit garden roof insurance doctor holiday ticket train school report meeting
    budget server backup recipe dough oven bicycle repair letter contract payment bank account summer winter kitchen
"""
_CHINESE = """
    锅炉 发票 租约 房东 押金 花园 屋顶 保险 医生 假期 车票 火车 学校 报告 会议 预算 服务器 备份 菜谱 面团 烤箱 自行车
    修理 信件 合同 付款 银行 账户 夏天 冬天 厨房 暖气
"""
_WORDS = 9
_SENTENCES = 30
"""About 2 KB."""


def make_notes(folder: str, count: int, *, in_a_folder: int = 100) -> None:
    """Write text files of about 2 KB into folders below `folder`, the same ones each time."""
    chance = random.Random(count)
    for number in range(count):
        below = os.path.join(folder, f"{number // in_a_folder:02}")
        os.makedirs(below, exist_ok=True)
        with open(os.path.join(below, f"note {number}.txt"), "w", encoding="utf-8") as file:
            file.write(f"Note {number}\n\n{_text(chance, is_chinese=number % 2 == 0)}\n")


def _text(chance: random.Random, *, is_chinese: bool) -> str:
    words, between, end = (_CHINESE, "", "。") if is_chinese else (_ENGLISH, " ", ". ")
    sentences = (between.join(chance.choices(words.split(), k=_WORDS)) for _ in range(_SENTENCES))
    return "".join(sentence.capitalize() + end for sentence in sentences)
