"""Numbers and dates of a spreadsheet as a person sees them there (ECMA-376, part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Show = Callable[[float], str]
_Field = Callable[[dt.datetime, float], str]

# What the numbers stand for that have no code of their own; dates in the order that sorts, for 14 and 22 depend on
# the system's settings. 27 to 58 are those of Chinese systems.
_DAY_AND_TIME = "yyyy-mm-dd hh:mm"
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "hh:mm",
    21: "hh:mm:ss",
    22: _DAY_AND_TIME,
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
}

_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]|_.|\*.|(y+|m+|d+|h+|s+|am/pm|a/p)|([^;])', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_DECIMALS = re.compile(r"\.(0+)")
_DAY = 86_400  # seconds
_NOON = 12
_LONGEST_CODE = 255  # as Excel has it


def shower(code: str, from_1904: bool = False) -> Show:
    """Return the function that shows numbers in the format that `code` describes.

    Dates, times and percentages are shown as it says, all else plainly: without separators, rounded to 15 digits.

    Args:
        code: as "yyyy-mm-dd" or "0.0%".
        from_1904: whether days are counted from 1904, as by old programs for the Mac.
    """
    tokens = list(_tokens(code[:_LONGEST_CODE]))
    if any(token.is_field for token in tokens):
        return _date_shower(tokens, _EPOCH_1904 if from_1904 else _EPOCH)
    if any(token.text == "%" for token in tokens):
        decimals = _DECIMALS.search(code)
        digits = len(decimals[1]) if decimals else 0
        return lambda value: f"{value:.{digits}%}"
    return plain


def plain(value: float) -> str:
    """Return a number as a spreadsheet shows it by default."""
    return f"{value:.15g}"


class _Token(NamedTuple):
    """A field of a date ("yyyy", "[h]"), or text between fields."""

    is_field: bool
    text: str


def _tokens(code: str) -> Iterator[_Token]:
    """Yield the pieces of the first section of a code; the next, after a semicolon, is for negative numbers."""
    end = 0
    for match in _TOKEN.finditer(code):
        if match.start() != end:
            return
        end = match.end()
        quoted, escaped, bracketed, field, text = match.groups()
        if field:
            yield _Token(True, field.lower())
        elif bracketed and _ELAPSED.fullmatch(bracketed):
            yield _Token(True, f"[{bracketed[0].lower()}]")
        elif not bracketed:
            yield _Token(False, quoted or escaped or text or "")


def _date_shower(tokens: list[_Token], epoch: dt.datetime) -> Show:
    pieces = list(_pieces(tokens))

    def show(value: float) -> str:
        try:
            moment = epoch + dt.timedelta(seconds=round(value * _DAY))
        except (OverflowError, ValueError):  # before the first or after the last of all years; no number
            return plain(value)
        return "".join(piece if isinstance(piece, str) else piece(moment, value) for piece in pieces).strip()

    return show


def _pieces(tokens: list[_Token]) -> Iterator[str | _Field]:
    """Yield text as it is and the functions for fields. An "m" next to hours or seconds is minutes, else a month."""
    fields = [index for index, token in enumerate(tokens) if token.is_field]
    has_halves = any("/" in tokens[index].text for index in fields)
    for index, token in enumerate(tokens):
        if not token.is_field:
            yield token.text
            continue
        at = fields.index(index)
        around = [tokens[fields[near]].text.strip("[")[0] for near in (at - 1, at + 1) if 0 <= near < len(fields)]
        yield _field(token.text, around, has_halves)


def _field(text: str, around: list[str], has_halves: bool) -> _Field:
    width = min(len(text), 4)
    if text[0] == "h" and has_halves:
        return lambda moment, _: f"{(moment.hour - 1) % 12 + 1:0{width}d}"
    if text in ("m", "mm") and not {"h", "s"}.isdisjoint(around):
        return lambda moment, _: f"{moment.minute:0{width}d}"
    return _FIELDS[text[:4] if text[0] in "ymd" else text[:2] if text[0] in "hs" else text]


_FIELDS: dict[str, _Field] = {
    **dict.fromkeys(("y", "yy"), lambda moment, _: f"{moment.year % 100:02d}"),
    **dict.fromkeys(("yyy", "yyyy"), lambda moment, _: f"{moment.year:04d}"),
    "m": lambda moment, _: f"{moment.month}",
    "mm": lambda moment, _: f"{moment.month:02d}",
    "mmm": lambda moment, _: calendar.month_abbr[moment.month],
    "mmmm": lambda moment, _: calendar.month_name[moment.month],
    "d": lambda moment, _: f"{moment.day}",
    "dd": lambda moment, _: f"{moment.day:02d}",
    "ddd": lambda moment, _: calendar.day_abbr[moment.weekday()],
    "dddd": lambda moment, _: calendar.day_name[moment.weekday()],
    "h": lambda moment, _: f"{moment.hour}",
    "hh": lambda moment, _: f"{moment.hour:02d}",
    "s": lambda moment, _: f"{moment.second}",
    "ss": lambda moment, _: f"{moment.second:02d}",
    "am/pm": lambda moment, _: "AM" if moment.hour < _NOON else "PM",
    "a/p": lambda moment, _: "A" if moment.hour < _NOON else "P",
    "[h]": lambda _, value: f"{round(value * _DAY) // 3600}",
    "[m]": lambda _, value: f"{round(value * _DAY) // 60}",
    "[s]": lambda _, value: f"{round(value * _DAY)}",
}
