import random
import string
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bge_desktop.bge.script import is_cjk
from bge_desktop.library.characters import JOINERS, simplified
from bge_desktop.library.words import Word, analyse, analysed, fold, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deposit", "deposit"),
        ("deposits", "deposit"),
        ("companies", "company"),
        ("Café", "cafe"),
        ("Ｌｅａｓｅ", "lease"),  # full width
        ("ﬁnal", "final"),  # ligature
        ("STRASSE", "straße"),
        ("Ⅳ", "iv"),
        ("½", "1 2"),
    ],
)
def test_forms_of_a_word_are_one_word(one, other):
    assert analysed(one) == analysed(other) != ""


@pytest.mark.parametrize("text", ["Résumé ångström", "Ελλάδα", "がぎぐ ガイド", "한국어 문서", "हिन्दी", "Việt Nam"])
def test_decomposed_text_has_the_words_of_composed_text(text):
    assert analysed(unicodedata.normalize("NFD", text)) == analysed(text)


@pytest.mark.parametrize(("odd", "plain"), [("⽂⼈", "文人"), ("ｶﾞｲﾄﾞ", "ガイド"), ("豈敢", "豈敢"), ("㍿", "株式会社")])
def test_cjk_compatibility_forms_are_folded(odd, plain):
    assert analysed(odd) == analysed(plain)


def test_vowel_signs_do_not_divide_words():
    assert [word.word for word in analyse("हिन्दी भाषा")] == [normalise("हिन्दी"), normalise("भाषा")]


def test_han_becomes_pairs_and_its_last_character():
    assert list(analyse("租房合同")) == [Word("租房", 0, 2), Word("房合", 1, 3), Word("合同", 2, 4), Word("同", 3, 4)]
    assert list(analyse("茶")) == [Word("茶", 0, 1)]


def test_scripts_divide_words_where_they_meet():
    assert analysed("用Python3写app") == "用 python3 写 app"


def test_punctuation_and_underscores_divide_words():
    assert analysed("snake_case, e.g. «x-ray»！好。") == "snake case e g x ray 好"


def test_emoji_are_no_words_and_shift_no_offsets():
    text = "🏳️‍🌈 rent 1️⃣ 房租"
    assert [(word.word, text[word.start : word.end]) for word in analyse(text)] == [
        ("rent", "rent"),
        ("1", "1"),
        ("房租", "房租"),
        ("租", "租"),
    ]


def test_offsets_cover_whole_graphemes():
    text = "x " + unicodedata.normalize("NFD", "Málaga が")
    assert [text[word.start : word.end] for word in analyse(text)] == ["x", "Ma\u0301laga", "か\u3099"]


@pytest.mark.parametrize("text", ["", "   ", "!?…", "🙂", "\u0301", "_"])
def test_nothing_to_index(text):
    assert analysed(text) == ""


def test_every_letter_and_digit_of_unicode_gives_words_that_the_index_takes_whole():
    characters = [character for character in map(chr, range(sys.maxunicode)) if character.isalnum()]
    words = [word.word for word in analyse(" ".join(characters))]
    assert len(words) >= len(characters)
    separators = set(string.printable) - set(string.ascii_letters + string.digits)
    assert not [word for word in words if not word or separators.intersection(word)]


_TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aZé\u0301ｶﾞ漢字か\u3099 ,。½㌀")))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_TEXTS)
def test_analysed_is_analyse_without_offsets(text):
    words = list(analyse(text))
    assert analysed(text) == " ".join(word.word for word in words)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_TEXTS.map(lambda text: unicodedata.normalize("NFKC", text)))
def test_offsets_are_exact_in_composed_text(text):
    for word in analyse(text):
        own = text[word.start : word.end]
        seen = "".join(character for character in own if character not in JOINERS and not character.isspace())
        assert word.word == (simplified(seen) if is_cjk(own) else normalise(own))


def test_fold_and_stem_are_lower_case_ascii_for_latin_words():
    letters = random.Random(1)
    for _ in range(200):
        word = "".join(letters.choices("AEIOUaeiouÄÖÜéèñß", k=letters.randint(1, 12)))
        assert fold(word).isascii()
        assert fold(word) == fold(fold(word)) == fold(word.upper())


def test_a_word_goes_on_behind_a_full_line():
    text = "变量的名\n    字，见下"
    assert [(word.word, text[word.start : word.end]) for word in analyse(text)][3:5] == [
        ("名字", "名\n    字"),
        ("字", "字"),
    ]


def test_a_paragraph_ends_a_word():
    assert [word.word for word in analyse("名\n\n字")] == ["名", "字"]


def test_traditional_and_simplified_characters_are_the_same_words():
    assert [word.word for word in analyse("臺灣的頭髮")] == [word.word for word in analyse("台湾的头发")]
    text = "👍 臺灣"
    assert [text[word.start : word.end] for word in analyse(text)] == ["臺灣", "灣"]
