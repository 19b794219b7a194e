r"""Exact names in a query, and the documents in which they stand.

An identifier is what a person copies rather than words: the code of an error or an invoice (`ERR_4021-B`), a function
(`libfoo_init()`), a telephone number or an ISBN, an e-mail address, a path (`/etc/hosts`, `C:\Users\x`), a version, a
name in CamelCase. Who types one wants the document that has it, not its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
from sqlite_utils import Database

from bge_desktop.bge.script import is_cjk
from bge_desktop.library.ids import Ids
from bge_desktop.search.literal import (
    Holds,
    StandsAlone,
    documents_matching,
    documents_passing,
    expression,
    holds,
    holds_pattern,
)
from bge_desktop.search.names import holding_in_name

# More than a few identifiers are a paste, not a question; and no name is longer than a line of text.
_MOST = 8
_LONGEST = 200

# A name in one of so many documents counts for hardly anything, and to look into a text for it takes 0.1 ms.
_MOST_HOLDING = 500

_FEWEST_DIGITS, _FEWEST_SPACED_DIGITS = 5, 7
_NUMBER = re.compile(r"(?<![\w.@/#-])\+?\(?\d(?:[ ()-]{0,2}\d){4,17}(?:-?[Xx])?(?![\w@/:-]|\.\d)", re.ASCII)
# Of thousands, as in a price; the years of our time are no names.
_THOUSANDS = re.compile(r"(?<![\w.,@/#-])(?<!\d[ )])(?!19\d\d|20\d\d)[1-9]\d{3}(?![\w@/:-]|[.,]\d| ?[(\d])", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\+?[\d ()-]*\d(?:-?[Xx])?", re.ASCII)
_NOT_OF_NUMBER = re.compile(r"[^\dx]", re.ASCII)
_NUMBERED = re.compile(r"[A-Za-z]+\d+(?:[A-Za-z]+\d*)*", re.ASCII)
# White space and punctuation that may stand between the digits of a number.
_GAP = r"[\s()./-]{0,3}+"

# A path may hold any letters where white space stands before it; all else ends where another script begins.
_PIECE = re.compile(r"(?<!\S)(?:~|\.{1,2})?/[^\s\"'<>|,;]+|[\w./:@#+~\\()-]+", re.ASCII)
_CAMEL = r"[a-z]{2,}\d*(?:[A-Z][a-z\d]+)+|(?:[A-Z][a-z\d]+){3,}"
_SHAPES = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # an e-mail address
    r"[A-Za-z][A-Za-z\d+.-]*://.+",  # an address on the web
    r"(?:~|\.{1,2})?/.*\w.*",  # a path
    r"[A-Za-z]:[\\/].+|\\\\.+",  # a path on Windows
    r"[\w.:-]*\w\([^()]*\)",  # a function
    r"\w+(?:::\w+)+",  # a name within another
    r"(?:[\w-]*[^\W_])_[\w-]+",  # parts of a name joined by a low line
    _CAMEL,
    r"[vV]\d+(?:\.\d+)+|\d+(?:\.\d+){2,}",  # a version, an address on a network
    r"(?:[\w-]+\.)*[\w-]{2,}\.[A-Za-z][A-Za-z\d]{1,4}",  # the name of a file
    r"\d+(?:[/.-]\d+)*/\d{2,}(?:[/.-]\d+)*",  # a number with a year
)
_CALL = re.compile(r"[^()]*\w\([^()]*\)")
_SHAPE = re.compile("|".join(_SHAPES), re.ASCII | re.DOTALL)
_CODE = re.compile(r"[A-Za-z\d]+(?:[-./#][A-Za-z\d]+)*", re.ASCII)
# 10km, 3rd, 5pm, and the like: a number with a unit is no name.
_MEASURE = re.compile(r"[\d.,]+[A-Za-z]{1,3}", re.ASCII)


def identifiers(text: str) -> tuple[str, ...]:
    """Return the parts of a query that are exact names rather than words, in order, in ordinary width."""
    normal = unicodedata.normalize("NFKC", text)
    found = [*_numbers(normal), *_names(normal)]
    return tuple(dict.fromkeys(name for _, name in sorted(found) if len(name) <= _LONGEST))[:_MOST]


def holding(db: Database, identifier: str) -> Ids:
    """Return the ids, ascending, of the documents in which an identifier stands, and not only a part of a longer one.

    It stands in the text, or in the name of a file. Upper and lower case are the same. A number may be written with
    other spaces and dashes, and a function with arguments. A name of letters and digits is looked for with others only
    where it stands nowhere as it is.
    """
    if _WHOLE_NUMBER.fullmatch(identifier):
        return _holding_spaced(db, _NOT_OF_NUMBER.sub("", identifier.lower()))
    name = identifier.removesuffix("()")
    match = expression(name)
    found = _holding(db, match, holds(name, _boundaries(name))) if match else np.empty(0, np.int64)
    return _holding_spaced(db, name.lower()) if not len(found) and _NUMBERED.fullmatch(name) else found


def _holding_spaced(db: Database, characters: str) -> Ids:
    return _holding(db, _spaced_expression(characters), _holds_spaced(characters))


def _holding(db: Database, match: str, check: Holds) -> Ids:
    return np.union1d(_in_text(db, match, check), holding_in_name(db, match, check))


def _in_text(db: Database, match: str, check: Holds) -> Ids:
    """Return the documents whose text passes a check; none where its words stand in so many that it names none."""
    candidates = documents_matching(db, match)
    if len(candidates) > _MOST_HOLDING:
        return np.empty(0, np.int64)
    return documents_passing(db, candidates, check)


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    yield from ((number.start(), number[0]) for number in _THOUSANDS.finditer(text))
    for number in _NUMBER.finditer(text):
        digits = sum(character.isdigit() for character in number[0])
        if digits >= (_FEWEST_SPACED_DIGITS if " " in number[0] else _FEWEST_DIGITS):
            yield number.start(), number[0]


def _names(text: str) -> Iterator[tuple[int, str]]:
    for piece in _PIECE.finditer(text):
        name = _trimmed(piece[0])
        if len(name) <= _LONGEST and (_SHAPE.fullmatch(name) or _is_code(name)):
            yield piece.start(), name


def _trimmed(piece: str) -> str:
    """Return a piece of a text without the punctuation of the sentence around it."""
    piece = piece.lstrip("():+#@").rstrip(".:+#@-(\\/?!")
    return piece if _CALL.fullmatch(piece) else piece.rstrip(")").rstrip(".:-")


def _is_code(name: str) -> bool:
    """Whether letters and digits are mixed as in no word: `INV-2024-017`, `RFC2616`, `E-17`; but not in `MP3`."""
    digits = sum(character.isdigit() for character in name)
    letters = sum(character.isalpha() for character in name)
    is_joined = "-" in name
    is_long = digits + letters >= (3 if is_joined and digits >= 2 else 4) and digits >= (1 if is_joined else 2)
    return bool(is_long and letters and _CODE.fullmatch(name) and not _MEASURE.fullmatch(name))


def _boundaries(name: str) -> StandsAlone:
    """Return what tells whether a name stands alone: nothing that would belong to it goes on before or after it."""
    joints = "-.@" if any(sign in name for sign in ".@/\\") else "-"

    def goes_on(text: str, inside: int, outside: int, beyond: int) -> bool:
        next_to = text[outside : outside + 1] if outside >= 0 else ""
        if _is_of_name(next_to):
            return True
        further = text[beyond : beyond + 1] if beyond >= 0 else ""
        return bool(next_to) and next_to in joints and _is_of_name(text[inside]) and _is_of_name(further)

    def stand_alone(text: str, start: int, end: int) -> bool:
        return not (goes_on(text, start, start - 1, start - 2) or goes_on(text, end - 1, end, end + 1))

    return stand_alone


def _is_of_name(character: str) -> bool:
    return character == "_" or (character.isalnum() and not is_cjk(character))


def _holds_spaced(characters: str) -> Holds:
    pattern = rf"(?<![0-9a-z]){_GAP.join(characters)}(?![0-9a-z])"
    if characters.isdigit() and characters[0] != "0":
        pattern += rf"|(?<![0-9a-z,]){int(characters):,}(?![0-9a-z]|,\d)"
    return holds_pattern(re.compile(pattern), lambda _text, _start, _end: True)


def _spaced_expression(characters: str) -> str:
    """Return what the full-text index is asked for: a number as one word, or any two words that it may end with."""
    count = len(characters)
    ends = (f'"{characters[start:cut]} {characters[cut:]}"' for cut in range(1, count) for start in range(cut))
    return " OR ".join([f'"{characters}"', *ends])
