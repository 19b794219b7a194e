from __future__ import annotations

import time
from itertools import pairwise

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from bge_desktop.extract.passages import Passage, sentences, split

ALPHABET = "aB中国 \n\n\n.。，,;！?…”1-\t" + "\u0301\u200d\ufe0f👩🇩🇪🏽क\u094d각"


def _words(texts: list[str]) -> list[int]:
    """A token for each word, and for each Chinese character."""
    return [len(regex.findall(r"\p{Han}|[^\s\p{Han}]+", text)) for text in texts]


def _characters(texts: list[str]) -> list[int]:
    return [sum(not character.isspace() for character in text) for text in texts]


def _cut(text: str, limit: int, starts: tuple[int, ...] = ()) -> list[str]:
    return [text[part.start : part.end] for part in split(text, _words, limit, starts)]


def test_paragraphs_are_packed_whole() -> None:
    assert _cut("one two three.\n\nfour five.\n\nsix seven eight nine.", 5) == [
        "one two three.\n\nfour five.",
        "six seven eight nine.",
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    assert _cut("One two three. Four five six! Seven eight? 第一句话。第二句话。", 7) == [
        "One two three. Four five six!",
        "Seven eight? 第一句话。",
        "第二句话。",
    ]


def test_a_long_sentence_is_cut_at_commas_then_between_words() -> None:
    assert _cut("one two, three four five, six seven eight nine ten eleven twelve", 5) == [
        "one two, three four five,",
        "six seven eight nine ten",
        "eleven twelve",
    ]
    assert _cut("天气很好，我们去公园，然后回家", 6) == ["天气很好，", "我们去公园，", "然后回家"]


def test_a_long_word_is_cut_between_graphemes() -> None:
    family, flag = "👩‍👩‍👧‍👦", "🇨🇳"
    text = (family + flag + "e\u0301") * 3
    parts = [
        text[part.start : part.end]
        for part in split(text, lambda texts: [9 * len(regex.findall(r"\X", t)) for t in texts], 18)
    ]
    assert parts == [family + flag, "e\u0301" + family, flag + "e\u0301", family + flag, "e\u0301"]


def test_a_heading_stays_with_what_follows() -> None:
    text = "a b c d e.\n\nHeading\n\nSmaller heading\n\nf g h i."
    assert _cut(text, 8) == ["a b c d e.", "Heading\n\nSmaller heading\n\nf g h i."]


def test_a_heading_stays_with_a_paragraph_that_is_cut() -> None:
    assert _cut("a b c d e.\n\nHeading\nF g h. I j k.", 6) == ["a b c d e.", "Heading\nF g h.", "I j k."]


def test_no_passage_crosses_a_page() -> None:
    text = "one.\n\ntwo.\n\nthree."
    assert _cut(text, 9, (0, 6)) == ["one.", "two.\n\nthree."]
    assert _cut(text, 9, (0, 2, 2, 4)) == ["on", "e.", "two.\n\nthree."]


def test_a_few_last_words_get_company() -> None:
    text = " ".join(f"A{index} b c d." for index in range(9))
    assert [len(part.split()) for part in _cut(text, 33)] == [28, 8]


def test_a_run_of_letters_that_counts_as_one_token_is_still_cut() -> None:
    parts = split("x" * 10_000, lambda texts: [1] * len(texts), 16)
    assert max(part.end - part.start for part in parts) <= 16 * 16


def test_nothing_gives_no_passages() -> None:
    assert split("", _words) == []
    assert split(" \n\n ", _words) == []


def test_tokens_are_counted_in_few_calls() -> None:
    calls: list[int] = []

    def count(texts: list[str]) -> list[int]:
        calls.append(len(texts))
        return _words(texts)

    split("A sentence of a few words. " * 500 + "\n\n" + "字" * 3_000 + "\n\nend", count, 32)
    assert len(calls) <= 9


def test_the_sentences_are_public_here_too() -> None:
    assert sentences("A b. C d.") == [(0, 4), (5, 9)]


@given(
    st.text(ALPHABET, max_size=200),
    st.integers(1, 12),
    st.lists(st.integers(1, 200), max_size=4),
    st.sampled_from([_words, _characters]),
)
def test_passages_hold_everything_once_and_keep_the_rules(
    text: str, limit: int, breaks: list[int], count: object
) -> None:
    pages = (0, *sorted(offset for offset in breaks if offset <= len(text)))
    parts = split(text, count, limit, pages)  # type: ignore[arg-type]
    assert "".join("".join(text[part.start : part.end] for part in parts).split()) == "".join(text.split())
    assert all(above.end <= below.start for above, below in pairwise(parts))
    for part in parts:
        _check(text, part, limit, pages, count)


def _check(text: str, part: Passage, limit: int, pages: tuple[int, ...], count: object) -> None:
    piece = text[part.start : part.end]
    assert piece
    assert piece == piece.strip()
    assert not any(part.start < page < part.end for page in pages)
    assert count([piece])[0] <= limit or len(regex.findall(r"\X", piece)) == 1  # type: ignore[operator]


@given(st.text(ALPHABET, max_size=120), st.integers(1, 6))
def test_no_grapheme_is_cut(text: str, limit: int) -> None:
    # \X takes a consonant behind a flag and a virama for a part of the flag; UAX #29, GB9c, does not
    assume(not regex.search(r"\p{RI}\p{Mn}", text))
    parts = split(text, _characters, limit)
    owner = {offset: index for index, part in enumerate(parts) for offset in range(part.start, part.end)}
    for grapheme in regex.finditer(r"\X", text):
        owners = {owner[offset] for offset in range(*grapheme.span()) if not text[offset].isspace()}
        assert len(owners) <= 1


@given(st.text(ALPHABET, max_size=300))
def test_cutting_is_the_same_every_time(text: str) -> None:
    assert split(text, _words, 7) == split(text, _words, 7)


@pytest.mark.parametrize(
    "unit", ["word ", "\n", "a", "中", "。", "a\n\n", " ", "\u0301", "🇩🇪", "x\n", '{"a":1,', "?!", "\n        "]
)
def test_the_time_is_linear(unit: str) -> None:
    def once(text: str) -> float:
        started = time.process_time()
        split(text, lambda texts: [len(text) // 4 + 1 for text in texts])
        return time.process_time() - started

    def seconds(length: int) -> float:
        # the least of some: what else goes on in this process, as collecting garbage, is not counted
        return min(once(f"a{unit * (length // len(unit))}b") for _ in range(3))

    assert seconds(400_000) < 0.2 + 12 * seconds(100_000)
