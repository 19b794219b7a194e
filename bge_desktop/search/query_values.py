"""The values of the query language's filters: kinds of file, dates, sizes and languages, as a person writes them.

Each function returns None where it does not understand the value.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from bge_desktop.bge.script import Language
from bge_desktop.extract.code_languages import ENDINGS as CODE_ENDINGS

KINDS: dict[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "docx": ("docx", "docm", "dotx", "dotm", "doc", "dot", "wps"),
    "html": ("htm", "html", "xhtml", "shtml"),
    "markdown": ("md", "markdown", "mdown", "mkd", "mdx", "rmd", "qmd"),
    "text": ("txt", "text"),
    "slides": ("pptx", "pptm", "ppsx", "potx", "ppt", "pps", "odp", "otp", "fodp"),
    "sheet": ("xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ods", "ots", "fods", "csv", "tsv", "tab"),
    "odt": ("odt", "ott", "fodt"),
    "rtf": ("rtf",),
    "book": ("epub", "mobi", "azw", "azw3"),
    "email": ("eml", "emlx", "mbox", "mbx", "msg"),
    "calendar": ("ics", "ical", "ifb", "vcs"),
    "contact": ("vcf", "vcard"),
    "subtitles": ("srt", "vtt", "ass", "ssa"),
    "bookmarks": ("url", "desktop", "webloc"),
    "man": ("man", "mdoc"),
    "latex": ("tex", "latex", "ltx"),
    "rst": ("rst", "rest"),
    "org": ("org",),
    "asciidoc": ("adoc", "asciidoc"),
    "notebook": ("ipynb",),
    "data": ("json", "jsonl", "ndjson", "yaml", "yml", "toml", "ini", "xml"),
    "archive": ("zip", "tar", "tgz", "tbz2", "txz", "tzst", "gz", "bz2", "xz", "zst", "7z", "rar"),
    "image": ("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp", "avif", "heic", "heif", "svg", "psd"),
    "audio": ("mp3", "flac", "ogg", "oga", "opus", "m4a", "m4b", "wav", "aiff", "aif", "wma", "aac"),
    "video": ("mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "mpg", "mpeg", "ogv"),
    "code": tuple(ending.removeprefix(".") for ending in CODE_ENDINGS if ending.startswith(".")),
}
"""The kinds of document, and the endings of files that are taken for one whatever was found in them."""

# "type:py" asks for Python, not for code of any language
_BROAD_KINDS = frozenset({"code", "data", "archive", "slides", "sheet", "book", "image", "audio", "video"})
_KIND_NAMES = {
    **{kind: kind for kind in KINDS},
    **{ending: kind for kind, endings in KINDS.items() for ending in endings if kind not in _BROAD_KINDS},
    **dict.fromkeys(("word", "文档"), "docx"),
    **dict.fromkeys(("slide", "presentation", "powerpoint", "演示文稿", "幻灯片"), "slides"),
    **dict.fromkeys(("sheets", "spreadsheet", "excel", "表格", "电子表格"), "sheet"),
    **dict.fromkeys(("ebook", "books", "电子书", "书"), "book"),
    **dict.fromkeys(("images", "picture", "photo", "图片", "照片", "图像"), "image"),
    **dict.fromkeys(("sound", "music", "音频", "音乐", "录音"), "audio"),
    **dict.fromkeys(("videos", "film", "movie", "视频", "影片"), "video"),
    **dict.fromkeys(("web", "网页"), "html"),
    **dict.fromkeys(("文本", "纯文本"), "text"),
    **dict.fromkeys(("mail", "e-mail", "邮件", "电子邮件"), "email"),
    **dict.fromkeys(("日历", "日程"), "calendar"),
    **dict.fromkeys(("contacts", "联系人", "通讯录"), "contact"),
    **dict.fromkeys(("subtitle", "字幕"), "subtitles"),
    **dict.fromkeys(("bookmark", "书签"), "bookmarks"),
    **dict.fromkeys(("manual", "手册"), "man"),
    **dict.fromkeys(("jupyter", "笔记本"), "notebook"),
    "数据": "data",
    **dict.fromkeys(("archives", "压缩包", "压缩文件", "归档"), "archive"),
    **dict.fromkeys(("source", "代码", "源代码"), "code"),
}
_LANGUAGES: dict[str, Language] = {
    **dict.fromkeys(("en", "eng", "english", "英文", "英语"), "en"),
    **dict.fromkeys(("zh", "cn", "chinese", "中文", "汉语"), "zh"),
}
_ENDING = re.compile(r"\.?([^\W_][\w+-]{0,11})")
_DATE = re.compile(r"([0-9]{4})(?:([-/.年])([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")
_AGO = re.compile(r"([0-9]{1,4})([dwmy])")
_SIZE = re.compile(r"([<>]=?|[≤≥]) ?([0-9]{1,12}(?:\.[0-9]{1,6})?) ?(?:([kmgt])(i?)b?|b)?")
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


def kind(value: str) -> str | None:
    """Return a kind of document ("pdf", …), or the ending that files have, with its dot (".xlsx")."""
    ending = _ENDING.fullmatch(value)
    if ending is None:
        return None
    return f".{ending[1]}" if value.startswith(".") else _KIND_NAMES.get(value, f".{value}")


def ending(value: str) -> str | None:
    """Return the ending that files have, with its dot."""
    found = _ENDING.fullmatch(value)
    return f".{found[1]}" if found else None


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
    return _calendar_period(int(date[1]), int(date[3] or 0), int(date[4] or 0)) if date else None


def sizes(value: str) -> Sizes | None:
    """Return the sizes that ">1MB", "<=200k" and the like allow. 1 kB is 1,000 bytes, 1 KiB is 1,024."""
    found = _SIZE.fullmatch(value)
    if found is None:
        return None
    comparison, number, unit, binary = found.groups()
    exact = float(number) * (1024 if binary else 1000) ** _POWERS.get(unit, 0)
    size = min(round(exact), _MOST_BYTES - 1)
    if comparison in (">", ">=", "≥"):
        return Sizes(least=size + (comparison == ">"))
    return Sizes(most=size - (comparison == "<"))


def _day(day: dt.date) -> Period:
    return Period(day, day + dt.timedelta(1))


def _calendar_period(year: int, month: int, day: int) -> Period | None:
    try:
        start = dt.date(year, month or 1, day or 1)
        if day:
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
