"""The tokens of a query: words, quoted phrases, and filters with a name. Linear in the length of the query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bge_desktop.bge.script import is_cjk
from bge_desktop.library.folding import folded

_STRAIGHT, _LEFT, _RIGHT = '"＂', "“„", "”"
_DOUBLE = _STRAIGHT + _LEFT + _RIGHT
_BRACKETS = {"「": "」", "『": "』"}
_MINUS = "-－−"
_KEY = re.compile(r"([^\W\d_]{1,10})[:：]")
_VALUE = re.compile(r"\S*")
# "size: > 100 KB"; of letters that stand alone, capital ones: "size:>1 m" is no more than the start of a word.
_SIZE = re.compile(
    r"\s*+(?:[<>]=?|[≤≥≦≧])\s*+[0-9]\S*+"
    r"(?:(?<=[0-9])\s++(?:[KMGTB]|(?i:[kmgt]i?b|bytes?))(?=[\s,;。、]|\Z))?"
)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_UP_TO_A_MARK = re.compile(rf"\S[^\s{_DOUBLE}「『]*+")
_DOUBLE_MARK = re.compile(f"[{_DOUBLE}]")


@dataclass(frozen=True)
class Token:
    """A piece of a query.

    Attributes:
        raw: as it was typed.
        value: the word; or what stands between quotation marks; or what a filter was given.
        key: which filter it is, "" for words and phrases.
        is_quoted: whether `value` stood in quotation marks.
        is_excluded: whether a minus stood before it.
        is_open: whether a quotation mark in it is never closed.
        is_joined: whether no white space stood before it.
    """

    raw: str
    value: str
    key: str = ""
    is_quoted: bool = False
    is_excluded: bool = False
    is_open: bool = False
    is_joined: bool = False


class _Value(NamedTuple):
    """What a token says, and where it ends."""

    text: str
    end: int
    is_quoted: bool = False
    is_open: bool = False


def tokens(text: str, keys: Mapping[str, str]) -> Iterator[Token]:
    """Yield the tokens of a query in order.

    Args:
        text: what was typed.
        keys: the folded names of filters, and which filter each one is. The value of `size` may have spaces in it.
    """
    scanner, at = _Scanner(text, keys), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        else:
            token = scanner.token(at)
            yield token
            at += len(token.raw)


class _Scanner:
    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        self._text, self._keys = text, keys
        self._half_width = text.translate(_HALF_WIDTH)
        # no end of a quotation is looked for behind the last one, or many open ones would each read to the end
        self._last_double = max(map(text.rfind, _DOUBLE))
        self._last_bracket = {opening: text.rfind(closing) for opening, closing in _BRACKETS.items()}

    def token(self, at: int) -> Token:
        text = self._text
        is_joined = at > 0 and not text[at - 1].isspace()
        is_excluded = not is_joined and text[at] in _MINUS
        start = at + is_excluded
        key, start = ("", start) if is_joined else self._key(start)
        value = self._quoted(start) or (self._value(key, start) if key else self._bare(at, start))
        raw = text[at : value.end]
        return Token(raw, value.text, key, value.is_quoted, is_excluded, value.is_open, is_joined)

    def _key(self, at: int) -> tuple[str, int]:
        """Return which filter is named here, and where its value starts; "" where none is."""
        name = _KEY.match(self._text, at)
        key = self._keys.get(folded(name[1]), "") if name else ""
        return (key, name.end()) if name and key else ("", at)

    def _quoted(self, at: int) -> _Value | None:
        """Return the quotation that starts here."""
        end = self._closing(at) if self._opens(at) else None
        return None if end is None else _Value(self._text[at + 1 : end], end + 1, is_quoted=True)

    def _closing(self, at: int) -> int | None:
        """Return where the quotation mark that closes the one here stands."""
        mark = self._text[at]
        if mark in _BRACKETS:
            return self._text.find(_BRACKETS[mark], at) if at < self._last_bracket[mark] else None
        closing = _DOUBLE_MARK.search(self._text, at + 1) if at < self._last_double else None
        return closing.start() if closing else None

    def _opens(self, at: int) -> bool:
        """Whether a quotation mark stands here that may open a quotation: not that of 5" or of a quotation's end."""
        mark = self._text[at : at + 1]
        before = self._text[at - 1 : at] or " "
        if mark and mark in _STRAIGHT:
            return is_cjk(before) or not before.isalnum()
        if mark == _RIGHT:  # some keyboards write it on both sides
            return not before.isalnum() and before not in _DOUBLE
        return bool(mark) and (mark in _LEFT or mark in _BRACKETS)

    def _value(self, key: str, at: int) -> _Value:
        """Return the value of a filter: a size with its unit, or else what stands there up to white space."""
        size = _SIZE.match(self._half_width, at) if key == "size" else None
        value = size or _VALUE.match(self._text, at)
        assert value is not None  # it matches nothing, too
        return _Value(self._text[at : value.end()], value.end(), is_open=self._opens(at))

    def _bare(self, at: int, start: int) -> _Value:
        """Return the word that starts at `at`, without what stands before `start`; it ends where a quotation starts."""
        end, is_open = at, False
        while end < len(self._text) and not self._text[end].isspace():
            if end > at and self._quoted(end):
                break
            is_open = is_open or self._opens(end)
            part = _UP_TO_A_MARK.match(self._text, end)
            assert part is not None  # it is no white space
            end = part.end()
        return _Value(self._text[start:end], end, is_open=is_open)
