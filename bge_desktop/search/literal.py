"""What stands in a text literally, whatever its case, width, accents and line breaks.

The full-text index holds analysed words only ("leases" as "lease"). So it tells which documents may hold a literal,
and their texts tell which do. What the index has no words for (signs alone) is found in no document.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Callable, Iterator

import numpy as np
from sqlite_utils import Database

from bge_desktop.bge.script import CJK_CLASS, is_cjk
from bge_desktop.library.folding import folded
from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.library.words import analyse

StandsAlone = Callable[[str, int, int], bool]
"""Whether a range of a folded text is not only a part of something longer."""
_SPACE = re.compile(r"\s+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_BETWEEN_CJK = re.compile(rf"(?<=[{CJK_CLASS}])\s+(?=[{CJK_CLASS}])")
_WORD = re.compile(rf"[^\W_{CJK_CLASS}]*+")
# The words that a literal begins with tell nearly all; each further one would cost time.
_MOST_WORDS = 12
# Characters that are folded each by itself: letters to letters of the same script, all others not at all.
_PLAIN = re.compile("[\x00-\x7f\u3001\u3002\u4e00-\u9fff]*")
# Signs that do not end a sentence.
_SIGN = r"[^\w\s.!?;。！？；…]"
_BETWEEN_WORDS = rf"(?=\W){_SIGN}{{0,3}}+\s*+{_SIGN}{{0,3}}+"
# So far around a range it is looked at whether it stands alone.
_AROUND = 2


class Text:
    """A text in which literals are looked for: folding it takes longer than all the rest, and is often needless.

    Args:
        text: as it is written.

    Attributes:
        lowered: the text with the letters of ASCII in lower case.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        # as bytes: to look up the lower case of all other characters takes several times as long
        self.lowered = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")

    @functools.cached_property
    def folded(self) -> str:
        """The folded text."""
        return folded(self._text)

    def is_plain(self, start: int, end: int) -> bool:
        """Whether what is found at a range of `lowered` is found in the folded text as well."""
        return _PLAIN.fullmatch(self.lowered, max(start - _AROUND, 0), end + _AROUND) is not None


Holds = Callable[[Text], bool]
"""Whether a text holds what is looked for, in its folded form."""


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a range of a text cuts no word of a spaced script."""
    return not (_is_within_word(text, start) or _is_within_word(text, end))


def holds(literal: str, stands_alone: StandsAlone = is_whole) -> Holds:
    """Return a function that tells whether a text holds a literal.

    White space in it stands for any white space, and where a word follows, for signs within a sentence as well ("well
    known" in "well-known"). Between characters of a script without spaces a line may end, or such a sign may stand
    ("红楼梦第一回" in "《红楼梦》第一回"). Between those and other scripts there may be both, or neither.
    """
    return holds_pattern(_pattern(literal), stands_alone)


def holds_pattern(pattern: re.Pattern[str], stands_alone: StandsAlone) -> Holds:
    """Return a function that tells whether a text has a match of a pattern, of its folded form, that stands alone."""

    def first_in(text: str) -> tuple[int, int] | None:
        match = pattern.search(text)
        while match and not stands_alone(text, *match.span()):
            match = pattern.search(text, _next_start(text, match.start()))
        return match.span() if match else None

    def check(text: Text) -> bool:
        found = first_in(text.lowered)
        if text.lowered.isascii() or (found and text.is_plain(*found)):
            return found is not None
        return first_in(text.folded) is not None

    return check


def expression(literal: str) -> str:
    """Return what the full-text index is asked for to find all documents that hold a literal; "" for nothing.

    The index knows nothing of white space between characters of a script without spaces: around it, the parts of the
    literal are looked for apart.
    """
    normal = unicodedata.normalize("NFKC", literal)
    parts = (_part_expression(part) for part in _BETWEEN_CJK.split(normal))
    return " AND ".join(f"({part})" for part in parts if part)


def exact_expression(literal: str) -> str:
    """Return what the full-text index is asked for to find only documents that hold a literal; "" where it cannot tell.

    Of characters of Han it can: their pairs are what the text has. Of other words it has the stems.
    """
    words = [word.word for word in analyse(literal)] if _HAN.fullmatch(folded(literal)) else []
    return _phrase(words, is_covered=len(words) > 1) if words else ""


def documents_matching(db: Database, match: str, among: Ids | None = None) -> Ids:
    """Return the ids, ascending, of the documents whose words match an expression, of some (each once) or of all."""
    sql = "SELECT rowid AS id FROM document_words WHERE words MATCH ?"
    if among is None:
        return read_ids(db, sql, [match])
    if not len(among):
        return among
    span = [int(among.min()), int(among.max())]  # the index goes through that part of its list alone
    return np.intersect1d(read_ids(db, f"{sql} AND rowid BETWEEN ? AND ?", [match, *span]), among, assume_unique=True)


def documents_holding(db: Database, match: str, check: Holds, among: Ids | None = None, sure: str = "") -> Ids:
    """Return the ids, ascending, of the documents whose words match an expression, and whose text passes a check.

    Args:
        db: the library's database.
        match: an expression for the full-text index.
        check: whether a text holds what is looked for.
        among: ids of documents, each once; others are not looked at. None for all.
        sure: an expression for the full-text index; what matches it as well need not be checked. "" for none.
    """
    candidates = documents_matching(db, match, among)
    is_sure = np.isin(candidates, documents_matching(db, sure, candidates) if sure else ())
    return np.sort(np.append(candidates[is_sure], documents_passing(db, candidates[~is_sure], check)))


def documents_passing(db: Database, candidates: Ids, check: Holds) -> Ids:
    """Return those of some documents, by id, whose text passes a check; ascending."""
    sql = "SELECT id, unpacked(text) FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    rows = db.execute(sql, [json.dumps(candidates.tolist())])
    return np.fromiter((document for document, text in rows if check(Text(text))), np.int64)


def _pattern(literal: str) -> re.Pattern[str]:
    characters = _SPACE.sub(" ", folded(literal)).strip()
    pieces = [re.escape(characters[:1])]
    for at in range(1, len(characters)):
        if characters[at] != " ":
            has_space = characters[at - 1] == " "
            between = _between(characters[at - 1 - has_space], characters[at], has_space=has_space)
            pieces.append(between + re.escape(characters[at]))
    return re.compile("".join(pieces))


def _between(before: str, after: str, *, has_space: bool) -> str:
    """Return the pattern of what may stand between two characters of a literal."""
    if is_cjk(before) != is_cjk(after) and before.isalnum() and after.isalnum():
        return rf"{_SIGN}{{0,2}}+\s*+{_SIGN}{{0,2}}+"
    if has_space:
        return _BETWEEN_WORDS if after.isalnum() else r"\s++"
    if is_cjk(before) and is_cjk(after):
        return rf"(?:\n[ \t]*+|{_SIGN}{{1,2}}+)?+"
    return r"(?:\n[ \t]*+)?+" if is_cjk(before) or is_cjk(after) else ""


def _is_within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at])


def _is_of_word(character: str) -> bool:
    if character.isalnum():
        return not is_cjk(character)
    return unicodedata.category(character) in ("Mn", "Mc")


def _next_start(text: str, start: int) -> int:
    """Return where to look on: what starts within the same word stands no more alone."""
    word = _WORD.match(text, start)
    return max(word.end() if word else 0, start + 1)


def _part_expression(literal: str) -> str:
    """Return what is asked for to find a literal without white space between characters of a script without spaces."""
    words = [(word.word, word.start, word.end) for word, _ in zip(analyse(literal), range(_MOST_WORDS), strict=False)]
    is_covered = len(words) > 1 and words[-1][1] < words[-2][2]
    return " OR ".join(dict.fromkeys(_alternatives([word for word, *_ in words], is_covered=is_covered)))


def _alternatives(words: list[str], *, is_covered: bool) -> Iterator[str]:
    """Yield the phrases that stand in the index for a literal.

    A passage may end between any two characters of a script without spaces; then their pair is not in the index, but
    the first character alone is.

    Args:
        words: the analysed words.
        is_covered: whether the last one is the end of the pair before it.
    """
    if words:
        yield _phrase(words, is_covered=is_covered)
    for at, word in enumerate(words):
        if _is_pair(word):
            is_last_pair = at == len(words) - 1 - is_covered
            yield _phrase([*words[:at], word[0], *words[at + 1 :]], is_covered=is_covered and not is_last_pair)


def _phrase(words: list[str], *, is_covered: bool) -> str:
    """Return a phrase for FTS5. A last character that is covered is left out: in a longer run it is not alone."""
    if is_covered:
        return f'"{" ".join(words[:-1])}"'
    is_beginning = len(words[-1]) == 1 and is_cjk(words[-1])
    return f'"{" ".join(words)}"' + ("*" if is_beginning else "")


def _is_pair(word: str) -> bool:
    return len(word) == 2 and is_cjk(word[0])
