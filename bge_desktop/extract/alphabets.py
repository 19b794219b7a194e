"""How much text looks like a language that is written with an alphabet: which letters, and which of them often.

The single-byte character sets give a letter to nearly every byte, so that any of them decodes anything. What tells
them apart is which letters come out: those of one language, or of none. A language counts as a whole: þ and ı are both
letters, but nobody writes them in one sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

MARKS = frozenset("‘’‚‛“”„‹›«»–—…•·§°±²³µ¿¡½¼¾€£¥©®™№ªº´×\xa0")
"""Signs beside the letters that people use in any language."""

_PLAIN = re.compile("[0-9A-Za-z]")
_MARK, _USUAL, _RARE, _RARE_BUT_LATIN, _FOREIGN = 0.6, 1.0, 0.2, 0.5, -1.0
_CAPITAL = 0.8  # what is read in the wrong set of the same script often comes out in capitals
# How many letters more must speak for a Latin set that is not the Western one, and for another script: the bytes of two
# or three Chinese characters are letters of Greek or Thai, too.
_LESS_FREQUENT, _OTHER_SCRIPT = 0.5, 2.0


@dataclass(frozen=True)
class _Alphabet:
    """The letters of a language beside a-z: those that are frequent in it, and the rest; all small."""

    usual: frozenset[str]
    rare: frozenset[str]
    is_latin: bool

    def value(self, letter: str) -> float:
        """Return how well one character that is not ASCII fits."""
        small = letter if letter in self.usual else letter.lower()
        part = 1.0 if small == letter else _CAPITAL
        if small in self.usual:
            return _USUAL * part
        if small in self.rare:
            return (_RARE_BUT_LATIN if self.is_latin else _RARE) * part
        return _MARK if letter in MARKS else _FOREIGN


def _latin(usual: str, rare: str = "") -> _Alphabet:
    return _Alphabet(frozenset(usual), frozenset(rare), is_latin=True)


def _other(usual: str, rare: str) -> _Alphabet:
    return _Alphabet(frozenset(usual), frozenset(rare), is_latin=False)


def _block(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


_WESTERN = (
    _latin("éèêàçô", "âæëîïœùûüÿ"),  # French
    _latin("äöüß"),  # German
    _latin("áéíñóúü"),  # Spanish
    _latin("ãõáéíóúâêôàç"),  # Portuguese
    _latin("àèéìíîòóù"),  # Italian
    _latin("åäöé"),  # Swedish, Finnish
    _latin("æøåéô"),  # Danish, Norwegian
    _latin("áðéíóúýþæö"),  # Icelandic
    _latin("äöüõšž"),  # Estonian
    _latin("àèéíïòóúüç·"),  # Catalan
)
_CENTRAL = (
    _latin("ąćęłńóśźż"),  # Polish
    _latin("áčďéěíňóřšťúůýž"),  # Czech
    _latin("áäčďéíĺľňóôŕšťúýž"),  # Slovak
    _latin("áéíóöőúüű"),  # Hungarian
    _latin("ăâîşţ"),  # Romanian
    _latin("čćđšž"),  # Croatian, Slovene
)
_TURKISH = (_latin("çğıöşüİ", "âîû"),)
_BALTIC = (_latin("ąčęėįšųūž"), _latin("āčēģīķļņšūž"), _latin("äöüõšž"))
_CYRILLIC = (
    _other("оеаинтсрвлкмдпу", "яыьгзбчйхжшюцщэфъё"),  # Russian, Bulgarian
    _other("оеаинтсрвлкмдпуі", "яїьгзбчйхжшюцщєфґ"),  # Ukrainian
)
_GREEK = (_other("αοιετσνηυρπκμλςωίόάέ", "γδθβφχξζψήύώϊϋΐΰ"),)
_HEBREW = (_other("יוהלאמרתבשנם", "דחקעפכצטזסגןךףץ" + _block(0x5B0, 0x5C2)),)
_ARABIC = (_other("اليمنرتبوسعدكهةف", "جحخذزشصضطظغقءآأؤإئىپچژگ؟،؛" + _block(0x64B, 0x652)),)
_THAI = (_other("านรอกเงมยลวดทสห่้ีัิ", _block(0xE01, 0xE5B)),)

# What nobody writes in Thai: a vowel or a tone that stands on no consonant, a leading vowel before anything but one.
_CONSONANT = "\u0e01-\u0e2e"
_STRAY_THAI = re.compile(
    f"(?<![{_CONSONANT}\u0e31-\u0e3a\u0e47-\u0e4e])[\u0e30-\u0e3a\u0e47-\u0e4e]|[\u0e40-\u0e44](?![{_CONSONANT}])"
)

LANGUAGES = {
    "cp1252": _WESTERN,
    "iso8859-15": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859-2": _CENTRAL,
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
    "cp1251": _CYRILLIC,
    "koi8-r": _CYRILLIC,
    "koi8-u": _CYRILLIC,
    "iso8859-5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1253": _GREEK,
    "iso8859-7": _GREEK,
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
    "iso8859-6": _ARABIC,
    "cp874": _THAI,
}
"""The single-byte character sets, the more frequent before those that differ from them in a few letters only."""

_SMALL = frozenset().union(*(one.usual | one.rare for languages in LANGUAGES.values() for one in languages))
LETTERS = _SMALL | {letter.upper() for letter in _SMALL}
"""All the letters of these languages that are not ASCII."""


def score(text: str, encoding: str) -> float:
    """Return how plausible `text` is in the best of the languages of `encoding`, one of `LANGUAGES`.

    It is the mean over the characters that are not ASCII: 1 for prose, below 0 for letters of no language.
    """
    counts = Counter(character for character in text if character > "\x7f")
    total = counts.total()
    if not total:
        return 0.0
    is_thin = len(_PLAIN.findall(text)) * 3 >= total  # Latin text is mostly plain letters
    fitting = (_mean(counts, one) for one in LANGUAGES[encoding] if is_thin or not one.is_latin)
    return max(fitting, default=_FOREIGN) - _doubt(text, LANGUAGES[encoding]) / total


def _mean(counts: Counter[str], alphabet: _Alphabet) -> float:
    return sum(alphabet.value(character) * number for character, number in counts.items()) / counts.total()


def _doubt(text: str, languages: tuple[_Alphabet, ...]) -> float:
    """Return how many letters' worth speaks against a text in these languages, whichever its letters."""
    pairs = [(before, letter) for before, letter in pairwise(text) if letter > "\x7f"]
    odd = sum(letter.isupper() and before.islower() for before, letter in pairs)
    if languages is _THAI:
        odd += len(_STRAY_THAI.findall(text))
    if not languages[0].is_latin:
        return odd + _OTHER_SCRIPT
    adjacent = sum(before > "\x7f" for before, _ in pairs)
    return odd + adjacent / 2 + (0 if languages is _WESTERN else _LESS_FREQUENT)
