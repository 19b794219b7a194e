"""What is known of English words apart from the library: common ones, how they end, and what has two spellings.

The library's index holds stems ("insur"), to which a slip in an ending ("insuranec") is not near. The common words are
those that the English model's vocabulary has whole: they tell what stands behind most stems, and that a word which the
library lacks is a right one nevertheless.
"""

from __future__ import annotations

import bisect
import functools
import json
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from bge_desktop.bge.models import BUNDLED, checked_file
from bge_desktop.errors import ModelError

_SHORTEST = 4
_SHORTEST_STEM = 3

# Endings of words, by what may be left of them: Snowball's English algorithm (Porter2) takes off more of longer words.
_ENDINGS_BY_REST = {
    "": """
        s es e ed er ers or ors ing ings ly ion ions ation ations ate ated ates ating ization ize ized izes izing
        alization alize alized alizes alizing ance ances ence ences ancy ency ment ments ement ements ness ful fully
        able ably ible al ally ial ially ic ics ical ically ive ively ingly edly ity ities ous ously ent ant ism ist
        ists less
        """,
    "e": "es ed ing",
    "i": "y ies ied ily iness",
    "al": "ally",
    "anc": "ance ances ancy",
    "ant": "ants antly",
    "at": "ation ations ate ated ates ating",
    "abl": "able ably ability",
    "enc": "ence ences ency",
    "ent": "ents ently",
    "er": "ers ery",
    "ibl": "ible ibly ibility",
    "ic": "ics ical ically",
    "is": "isation ise ised ises ising",
    "iti": "ity ities",
    "iv": "ive ives ively",
    "iz": "ization izations ize ized izes izing",
    "ment": "ments mental",
    "or": "ors ory",
    "ous": "ously ousness",
}
_ENDINGS = [(ending, rest) for rest, endings in _ENDINGS_BY_REST.items() for ending in endings.split()]
_NEAR_IN_LENGTH = [[own for own in _ENDINGS if abs(len(own[0]) - length) <= 1] for length in range(10)]

# British and American endings, and the like; each stands for the other.
_SPELLINGS = (("our", "or"), ("tre", "ter"), ("is", "iz"), ("ys", "yz"), ("ogue", "og"), ("ce", "se"), ("ll", "l"))


@functools.cache
def common_words() -> Mapping[int, Sequence[str]]:
    """Return the words of four letters and more that the English model knows as one: about 20,000, by length, sorted.

    Nothing where the model's file is damaged: the encoder, which cannot do without it, says so.
    """
    try:
        path = checked_file(BUNDLED["en"], "tokenizer.json")
    except ModelError:
        return {}
    with open(path, encoding="utf-8") as file:
        vocabulary = json.load(file)["model"]["vocab"]
    words: dict[int, list[str]] = {}
    for word in sorted(vocabulary):
        if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
            words.setdefault(len(word), []).append(word)
    return words


def is_common(word: str) -> bool:
    """Whether a word in lower case is a common one."""
    same = common_words().get(len(word), ())
    at = bisect.bisect_left(same, word)
    return at < len(same) and same[at] == word


def other_spellings(word: str) -> Iterator[str]:
    """Yield the common words that are a word's spelling in another country: "colour" for "color"."""
    for pair in _SPELLINGS:
        for own, other in (pair, pair[::-1]):
            at = word.rfind(own, 2)
            changed = word[:at] + other + word[at + len(own) :]
            if at >= 0 and is_common(changed):
                yield changed


def without_a_slip(word: str) -> Iterator[tuple[str, str]]:
    """Yield what a word may be if there is a slip in its ending, and how it may be analysed: "insurance", "insur"."""
    for cut in range(max(_SHORTEST_STEM, len(word) + 1 - len(_NEAR_IN_LENGTH)), len(word) + 1):
        for ending, rest in _NEAR_IN_LENGTH[len(word) - cut]:
            if OSA.distance(word[cut:], ending, score_cutoff=1) <= 1:
                yield word[:cut] + ending, word[:cut] + rest


def without_ending(word: str) -> list[tuple[str, str, str]]:
    """Return a misspelt word without the longest ending that it has, if any, and that: "insru", "ance", "".

    The analysis takes off less where the slip is before the ending, whose place in the word it goes by. The last string
    is what is left of the ending ("happi", "iness", "i").
    """
    bare = ((word.removesuffix(ending) + rest, ending, rest) for ending, rest in _ENDINGS if word.endswith(ending))
    return sorted((own for own in bare if len(own[0]) >= _SHORTEST), key=lambda own: (len(own[0]), own))[:1]
