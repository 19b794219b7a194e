from __future__ import annotations

import codecs
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.extract.charset import beginning, decode, decode_exactly, is_binary

SIMPLIFIED = "我们下个月去成都旅行，请把护照放在抽屉里。"
TRADITIONAL = "請在星期五以前把報告寄給我，謝謝您的幫忙。"
JAPANESE = "来週の会議は午後三時から始まります。"
KOREAN = "내일 회의는 오후 세 시에 시작합니다."
GERMAN = "Der Müller in Köln grüßt die Bäckerin für süße Brötchen."
FRENCH = "L’été dernier, nous avons dîné près d’une forêt — c’était très agréable."
RUSSIAN = (
    "Договор аренды квартиры заключён между хозяином и жильцом на один год. Плата вносится первого числа каждого "
    "месяца, а залог возвращается после проверки квартиры."
)

SAMPLES = [
    pytest.param(SIMPLIFIED, "gb18030", id="gb18030"),
    pytest.param(TRADITIONAL, "big5", id="big5"),
    pytest.param(JAPANESE, "shift_jis", id="shift-jis"),
    pytest.param(JAPANESE, "euc_jp", id="euc-jp"),
    pytest.param(KOREAN, "cp949", id="euc-kr"),
    pytest.param(GERMAN, "latin-1", id="latin-1"),
    pytest.param(FRENCH, "cp1252", id="windows-1252"),
    pytest.param(SIMPLIFIED, "utf-8", id="utf-8"),
    pytest.param(SIMPLIFIED, "utf-16-le", id="utf-16-le-chinese"),
    pytest.param(TRADITIONAL, "utf-16-be", id="utf-16-be-chinese"),
    pytest.param(GERMAN, "utf-16-le", id="utf-16-le-german"),
    pytest.param(GERMAN, "utf-16-be", id="utf-16-be-german"),
]


@pytest.mark.parametrize(("sentence", "encoding"), SAMPLES)
def test_one_sentence_is_enough(sentence: str, encoding: str) -> None:
    data = sentence.encode(encoding)
    assert not is_binary(data)
    assert decode(data) == sentence


@pytest.mark.parametrize(("sentence", "encoding"), SAMPLES)
def test_long_texts_with_much_ascii_among_them(sentence: str, encoding: str) -> None:
    text = "".join(f"{number}. see https://example.org/a?b={number}\n{sentence}\n\n" for number in range(2_000))
    data = text.encode(encoding)
    assert not is_binary(data)
    assert decode(data) == text


@pytest.mark.parametrize("text", ["第1章 café", "naïve", "价格：￥120（含税）", "会議"])
def test_short_texts_in_utf8_are_never_a_guess(text: str) -> None:
    assert decode(text.encode()) == text


def test_other_character_sets_are_left_to_the_detector() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(mark: bytes, encoding: str) -> None:
    data = mark + "a\r\n中".encode(encoding)
    assert not is_binary(data)
    assert decode(data) == "a\n中"


def test_utf8_with_a_damaged_byte_stays_utf8() -> None:
    assert decode(f"{SIMPLIFIED}\n".encode() + b"\xff" + SIMPLIFIED.encode()) == f"{SIMPLIFIED}\n\ufffd{SIMPLIFIED}"


def test_a_declared_character_set_is_believed_only_where_it_fits() -> None:
    assert decode("Привет".encode("koi8-r"), "KOI8-R") == "Привет"
    assert decode(SIMPLIFIED.encode("gb18030"), "euc-jp") == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(), "gb2312") == SIMPLIFIED
    assert decode(GERMAN.encode("latin-1"), "no-such-charset") == GERMAN


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0" * 9, id="program"),
        pytest.param(random.Random(1).randbytes(5_000), id="noise"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01", id="picture"),
        pytest.param(b"name\0size\0date\0owner\0group\0mode\0", id="nuls"),
        pytest.param(bytes(1000), id="zeros"),
    ],
)
def test_what_is_not_text_is_binary(data: bytes) -> None:
    assert is_binary(data)


def test_nothing_is_text() -> None:
    assert not is_binary(b"")
    assert decode(b"") == ""


@given(st.binary(max_size=300))
def test_any_bytes_decode_to_something(data: bytes) -> None:
    is_binary(data)
    assert "\r" not in decode(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


def _cases() -> list[tuple[str, str, str]]:
    """Return (language, character set, text), a short and a long text for each."""
    path = os.path.join(os.path.dirname(__file__), "..", "..", "data", "cases", "charsets.tsv")
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [(language, name, text) for language, names, *texts in rows for name in names.split() for text in texts]


@pytest.mark.parametrize(("language", "encoding", "text"), _cases(), ids=lambda value: value[:12])
def test_real_sentences_of_many_languages_in_their_character_sets(language: str, encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert not is_binary(data)
    assert decode(data) == text


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 100


@pytest.mark.parametrize(
    "text", ["boîte", "Müller", "café", "“quoted”", "£5 – 10", "20°C", "São Paulo", "naïve", "©2024"]
)
def test_a_single_western_word_is_not_taken_for_another_script(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_what_programs_declare_blindly_is_not_believed() -> None:
    assert decode(SIMPLIFIED.encode("gb18030"), "iso-8859-1") == SIMPLIFIED


def test_page_breaks_are_kept_where_lines_are_counted() -> None:
    assert decode_exactly(b"a\r\n\x0cb") == "a\r\n\x0cb"


@pytest.mark.parametrize("word", ["租房合同", "会议纪要", "计划", "发票清单", "家庭照片", "读书笔记", "工作总结"])
def test_a_name_of_a_few_chinese_characters_is_not_taken_for_another_script(word: str) -> None:
    assert decode(word.encode("gb18030")) == word


@pytest.mark.parametrize("word", ["會議記錄", "報告", "家庭照片", "讀書筆記", "工作計畫"])
def test_nor_is_one_in_traditional_characters(word: str) -> None:
    assert decode(word.encode("big5")) == word


@pytest.mark.parametrize(("text", "encoding"), [("简历", "gb18030"), ("𠀀丂㐀", "gb18030"), ("房租收據", "big5")])
def test_a_few_characters_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_nuls_are_taken_out(encoding: str) -> None:
    lines = f"2026-11-25 14:00 The heron waits.\n{SIMPLIFIED}\n".encode(encoding) * 20
    after_a_power_failure = lines + bytes(300) + lines
    assert not is_binary(after_a_power_failure)
    assert decode(after_a_power_failure) == (lines + lines).decode(encoding)
    assert not is_binary(b"text before\0\0 and after")
    assert decode(b"text before\0\0 and after") == "text before and after"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"page one\x0cpage two\x1a", "page one\npage two"),
        (SIMPLIFIED.encode("gb18030") + b"\r\n\x1a\x1a", f"{SIMPLIFIED}\n"),
        (b"ding\x07 dong\n" * 3, "ding\x07 dong\n" * 3),
        (b"one\x0btwo", "one\ntwo"),
        (b"a heron\x01 waits", "a heron\x01 waits"),
        ("苍鹭在等\x02".encode(), "苍鹭在等\x02"),
    ],
)
def test_a_few_control_characters_make_no_text_binary(data: bytes, text: str) -> None:
    assert not is_binary(data)
    assert decode(data) == text


@pytest.mark.parametrize(
    "data", [b"\x01\x02ab", b"ab\x03", bytes(range(1, 32)) + b"a sentence stands here", b"\x01\xe9" * 9]
)
def test_short_data_is_no_text(data: bytes) -> None:
    assert is_binary(data)


def test_short_noise_is_seldom_taken_for_text() -> None:
    noise = random.Random(1)
    assert sum(not is_binary(noise.randbytes(64)) for _ in range(200)) < 10


def test_text_in_utf16_with_few_nuls_is_no_damaged_text() -> None:
    data = (SIMPLIFIED * 9 + "\n").encode("utf-16-le")
    assert not is_binary(data)
    assert decode(data) == SIMPLIFIED * 9 + "\n"


@pytest.mark.parametrize(("text", "encoding"), [(SIMPLIFIED, "gb18030"), (GERMAN, "cp1252")])
def test_lines_in_another_character_set_than_the_others_are_read(text: str, encoding: str) -> None:
    own, other = f"{text}\n".encode(), f"{text}\n".encode(encoding)
    for first, second in ((30, 30), (3000, 3), (3, 3000)):
        assert decode(own * first + other * second) == f"{text}\n" * (first + second)
        assert decode(other * first + own * second) == f"{text}\n" * (first + second)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "cp1252"])
def test_the_beginning_of_a_long_text_ends_with_a_line(encoding: str) -> None:
    line = f"{GERMAN if encoding == 'cp1252' else SIMPLIFIED}\n"
    data = (line * 100_000).encode(encoding)
    start = beginning(data, 1_000_000)
    text = decode(start)
    assert data.startswith(start)
    assert 1_000_000 <= len(text) + len(line) < 2_200_000
    assert encoding == "utf-16-le" or text.endswith("\n")
    assert beginning(data, len(data)) == data
    assert beginning(b"a" * 3_000_000, 1_500_000) == b"a" * (2 << 20)
