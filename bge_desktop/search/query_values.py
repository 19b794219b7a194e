"""The values of the query language's filters: dates, sizes, languages and lists, as a person writes them.

What is read is folded before. Each function that reads a value returns None where it does not understand it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from bge_desktop.bge.script import Language

_LANGUAGES: dict[str, Language] = {
    **dict.fromkeys(("en", "eng", "english", "英文", "英语"), "en"),
    **dict.fromkeys(("zh", "cn", "chinese", "中文", "汉语", "华语", "国语"), "zh"),
}
_DATE = re.compile(r"([0-9]{4})(?:([-/.年])([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")
_AGO = re.compile(r"([0-9]{1,4})([dwmy])")
_SIZE = re.compile(r"([<>]=?|[≤≥≦≧])\s*([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?:([kmgt])(i?)b?|b(?:ytes?)?)?")
_SEPARATOR = re.compile("[,，、|]")
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_POWERS = {"k": 1, "m": 2, "g": 3, "t": 4}
# What SQLite and every file system can count.
_MOST_BYTES = 2**63 - 1


@dataclass(frozen=True)
class Period:
    """Whole days: from `start` on, up to the day before `end`."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Sizes:
    """Sizes of files in bytes, `least` and `most` included; None where there is no such bound."""

    least: int | None = None
    most: int | None = None


def listed(value: str) -> list[str]:
    """Return the values of a list, `pdf,word`."""
    return _SEPARATOR.split(value)


def alternatives(name: str) -> list[str]:
    """Return the names that a list may mean, and at the end the whole, which may be one name with a comma in it."""
    return list(dict.fromkeys([*filter(str.strip, listed(name)), name]))


def language(value: str) -> Language | None:
    """Return a language of passages."""
    return _LANGUAGES.get(value)


def period(value: str, today: dt.date) -> Period | None:
    """Return a year, a month, a day, or the time from so many days, weeks, months or years ago until today."""
    days = _DAYS.get(value)
    if days is not None:
        return _day(today - dt.timedelta(days))
    ago = _AGO.fullmatch(value)
    if ago:
        return Period(_before(today, int(ago[1]), ago[2]), today + dt.timedelta(1))
    date = _DATE.fullmatch(value)
    if date is None:
        return None
    return _calendar_period(int(date[1]), *(None if part is None else int(part) for part in date.group(3, 4)))


def sizes(value: str) -> Sizes | None:
    """Return the sizes that ">1MB", "<=200k" and the like allow. 1 kB is 1,000 bytes, 1 KiB is 1,024."""
    found = _SIZE.fullmatch(value)
    if found is None:
        return None
    comparison, number, unit, binary = found.groups()
    exact = float(number) * (1024 if binary else 1000) ** _POWERS.get(unit, 0)
    size = min(round(exact), _MOST_BYTES - 1)
    if comparison[0] in ">≥≧":
        return Sizes(least=size + (comparison == ">"))
    return Sizes(most=size - (comparison == "<"))


def _day(day: dt.date) -> Period:
    return Period(day, day + dt.timedelta(1))


def _calendar_period(year: int, month: int | None, day: int | None) -> Period | None:
    try:
        start = dt.date(year, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return _day(start)
        end = dt.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    except (ValueError, OverflowError):  # no such month or day; or the end of all dates
        return None
    return Period(start, end)


def _before(today: dt.date, number: int, unit: str) -> dt.date:
    """Return the day so many days, weeks, months or years before today, as near as the calendar has it."""
    try:
        if unit in "dw":
            return today - dt.timedelta(number * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):  # before the first of all dates
        return dt.date.min
