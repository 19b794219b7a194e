"""Which script a text is written in, and so which model reads it."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["en", "zh"]

# Han with its extensions A-H and compatibility forms, kana, bopomofo and hangul: what is written without spaces
# between words, or what the English model's vocabulary cannot tell apart.
_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u30ff\u3100-\u312f\u3131-\u318f\u31a0-\u31bf\u31f0-\u31ff"
CJK_CLASS = _CJK + "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"

_CJK_CHARACTER = re.compile(f"[{CJK_CLASS}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")

# A page of English with one Chinese name in it is still English: a passage counts as Chinese from one CJK character
# for each twenty Latin words on. (Technical Chinese may hold ten words of English for a character of its own.)
_WORDS_PER_CHARACTER = 20


def is_cjk(character: str) -> bool:
    """Whether a character belongs to a script that is written without spaces between words."""
    return bool(_CJK_CHARACTER.match(character))


def language_of(text: str) -> Language:
    """Return the language of the model that embeds `text`: "zh" where CJK text carries it, else "en"."""
    characters = len(_CJK_CHARACTER.findall(text))
    if not characters:
        return "en"
    return "zh" if characters * _WORDS_PER_CHARACTER >= len(_LATIN_WORD.findall(text)) else "en"


def query_languages(query: str) -> tuple[Language, ...]:
    """Return the models that a query goes to: by its script, and to both where it is mixed."""
    has_cjk, has_latin = bool(_CJK_CHARACTER.search(query)), bool(_LATIN_WORD.search(query))
    if has_cjk:
        return ("zh", "en") if has_latin else ("zh",)
    return ("en",)
