"""The language of queries: what a person can type besides words.

Everything may be typed in full width (`ｔｙｐｅ：ｐｄｆ`), in upper or lower case, in simplified or traditional
characters, and in any order.

| typed | meaning |
|---|---|
| `"annual report"` `“年报”` `「年报」` `『年报』` | this phrase, word for word |
| `-draft` `-"first draft"` | without this word, or this phrase; the minus stands at the start or after a space |
| `type:pdf` `kind:word` `类型:网页` | `pdf`, `word`, `documents` (`docx`, `odt`, `rtf`), `web`, `text`, `python` |
| `type:py` `ext:txt` | files with this ending |
| `folder:work` `in:"my work"` `文件夹:工作` | below a folder of this name; `work/2024` and `/home/me/work` go, too |
| `name:lease` `名称:合同` | with this in the file's name |
| `name:*.md` `name:IMG_????` `folder:2024*` | the whole name: `*` is any characters, `?` one; endings may be left out |
| `after:2024` `after:2024-05` `after:2024-05-01` | changed on that day or later; also `2024/05/01`, `2024年5月` |
| `before:2024-05` | changed before that; of a month or a year, the first day is meant |
| `date:2024-05` `日期:今天` | changed within that time |
| `after:7d` `date:2w` `3m` `1y` `today` `yesterday` | days, weeks, months, years ago; `date:2w` is the last two weeks |
| `lang:zh` `语言:英文` | documents that are mostly Chinese (`zh`), or English (`en`) |
| `size:>1MB` `size:<=200k` `大小: > 1 G` | of this size |
| `label:tax` `标签:"home and garden"` `label:none` | with this label; without any |
| `topic:lease` `主题:租约` `topic:"annual report"` | in a topic of this name, or with this among its words |
| `-type:pdf` `-folder:old` `-name:copy` `-label:tax` | not of this kind, folder or name, or with this label |
| `-topic:lease` | in no such topic |
| `like:lease.pdf` `相似:"~/my work/租约.pdf"` | similar to this file: its name, its path, or its `file://` address |
| `-like:draft.txt` | not this file, and what is similar to it last |

The same filter several times means any of its values (`type:pdf type:word`, or `type:pdf,word`; so with `folder:`,
`name:`, `label:` and `topic:`, where a name that has the comma in it is found, too); different filters all hold. A
folder may be written with backslashes. What is not of this language is text: `http://x`, `std::vector`, `10:30`, `5"`,
`well-known`, `--help`, and a minus before a number, which is a negative one (`-"5"` leaves out a number). So is what
looks like it and cannot be understood (`size:big`, a quotation mark that is never closed), and a hint says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bge_desktop.bge.script import Language, is_cjk
from bge_desktop.library.words import analyse
from bge_desktop.search.query_filters import can_be_excluded, is_being_typed, understood_parts
from bge_desktop.search.query_keys import EXAMPLES, KEYS
from bge_desktop.search.query_tokens import Token, tokens
from bge_desktop.search.query_values import Period, Sizes


@dataclass(frozen=True)
class Filters:
    """What files and documents must be; an empty filter lets everything pass.

    Attributes:
        kinds, without_kinds: kinds of document ("pdf"), or endings with a dot (".xlsx").
        folders, without_folders: names of folders, or paths of several names, as typed, wildcards included.
        names, without_names: parts of files' names, or whole names with wildcards, as typed.
        labels, without_labels: names of labels, as typed; "none" for no label at all.
        topics, without_topics: names of topics, or words of theirs, as typed; with the topics below them.
        languages: of most passages of the document.
        after: files changed on this day or later.
        before: files changed before this day.
        dates: files changed within any of these.
        least_bytes, most_bytes: the size of the file, both included.
        documents: the ids of those that are looked at; None for all.
    """

    kinds: tuple[str, ...] = ()
    without_kinds: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    without_folders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    without_names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    without_labels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    without_topics: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    after: dt.date | None = None
    before: dt.date | None = None
    dates: tuple[Period, ...] = ()
    least_bytes: int | None = None
    most_bytes: int | None = None
    documents: tuple[int, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()


@dataclass(frozen=True)
class Query:
    """A query, taken apart.

    Attributes:
        text: what is searched by meaning and by words: free words and what phrases hold, in order.
        phrases: what documents must hold word for word.
        excluded: words that documents must not hold, in any of their forms.
        filters: what files and documents must be.
        hints: what could not be understood, in plain words.
        excluded_phrases: what documents must not hold word for word.
        like, unlike: files, as typed, that documents are to be similar to, or not.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    hints: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()

    @property
    def is_restricted(self) -> bool:
        """Whether some documents may be left out."""
        return bool(self.phrases or self.excluded or self.excluded_phrases) or not self.filters.is_empty


def parse(text: str, today: dt.date) -> Query:
    """Take a query apart; any text is a query.

    Args:
        text: what was typed.
        today: the day from which `yesterday`, `7d` and the like are counted.
    """
    found = _Found(today)
    for token in tokens(text, KEYS):
        if not is_being_typed(token, text):
            found.add(token)
    return found.query()


def shown(typed: str) -> str:
    """Return something that was typed as hints show it: on one line, and not too long."""
    line = " ".join(typed.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


_FIELDS = {
    "type": "kinds",
    "ext": "kinds",
    "folder": "folders",
    "name": "names",
    "label": "labels",
    "topic": "topics",
    "lang": "languages",
    "date": "dates",
}
_NUMBER = re.compile(r"[\d.,:/]+\D{0,3}")  # with a unit: -5, -40%, -18°C
_LONGEST_SHOWN = 40
# More of a kind is a paste, and more than the database takes in one question.
_MOST, _MOST_HINTS = 64, 5


class _Found:
    """What a query was found to say so far."""

    def __init__(self, today: dt.date) -> None:
        self._today = today
        self._text: list[str] = []
        self._phrases: list[str] = []
        self._excluded: list[str] = []
        self._excluded_phrases: list[str] = []
        self._lists: dict[str, list[object]] = {}
        self._periods: dict[str, list[Period]] = {"after": [], "before": []}
        self._sizes: list[Sizes] = []
        self._like: list[str] = []
        self._unlike: list[str] = []
        self._hints: list[str] = []

    def add(self, token: Token) -> None:
        if token.is_open:
            self._add_text(token)
            self._hint(f"{shown(token.raw)} is searched as text: the second quotation mark is missing.")
        elif token.key:
            self._add_filter(token)
        elif token.is_quoted:
            self._add_phrase(token)
        elif token.is_excluded and _can_be_excluded(token.value):
            self._excluded.append(token.value)
        else:
            self._add_text(token)

    def query(self) -> Query:
        return Query(
            text="".join(self._text),
            phrases=self._first(self._phrases),
            excluded=self._first(self._excluded),
            excluded_phrases=self._first(self._excluded_phrases),
            like=self._first(self._like),
            unlike=self._first(self._unlike),
            filters=self._filters(),
            hints=tuple(dict.fromkeys(self._hints))[-_MOST_HINTS:],  # after the others: a hint may come with them
        )

    def _filters(self) -> Filters:
        lists: dict[str, Any] = {name: self._first(values) for name, values in self._lists.items()}
        least = [sizes.least for sizes in self._sizes if sizes.least is not None]
        most = [sizes.most for sizes in self._sizes if sizes.most is not None]
        return Filters(
            **lists,
            after=min((period.start for period in self._periods["after"]), default=None),
            before=max((period.start for period in self._periods["before"]), default=None),
            least_bytes=min(least, default=None),
            most_bytes=max(most, default=None),
        )

    def _add_phrase(self, token: Token) -> None:
        phrase = " ".join(token.value.split())
        if any(True for _ in analyse(phrase)):
            (self._excluded_phrases if token.is_excluded else self._phrases).append(phrase)
            if not token.is_excluded:
                self._append(phrase, token.is_joined)
        elif phrase:
            self._add_text(token)
            self._hint(f"{shown(token.raw)} holds no word that could be looked for exactly.")

    def _add_filter(self, token: Token) -> None:
        parts = understood_parts(token, self._today)
        if parts is None:
            self._add_text(token)
            self._hint(f"{shown(token.raw)} is searched as text: write it like {EXAMPLES[token.key]}.")
        elif token.is_excluded and not can_be_excluded(token.key):
            self._add_text(token)
            only = "a minus goes before words, type:, folder:, name:, label:, topic: and like: only"
            self._hint(f"{shown(token.raw)} is searched as text: {only}.")
        else:
            for part in parts:
                self._put(token, part.value)

    def _put(self, token: Token, value: object) -> None:
        if isinstance(value, Sizes):
            self._sizes.append(value)
        elif isinstance(value, Period) and token.key in self._periods:
            self._periods[token.key].append(value)
        elif token.key == "like":
            (self._unlike if token.is_excluded else self._like).append(str(value))
        else:
            name = ("without_" if token.is_excluded else "") + _FIELDS[token.key]
            self._lists.setdefault(name, []).append(value)

    def _add_text(self, token: Token) -> None:
        self._append(token.raw, token.is_joined)

    def _append(self, text: str, is_joined: bool) -> None:
        """Add to what is searched as text; a quotation within Chinese stays a part of what is around it."""
        before = self._text[-1][-1] if self._text else ""
        is_joined = is_joined and is_cjk(before) and is_cjk(text[0])
        self._text.append(text if is_joined or not before else f" {text}")

    def _first(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Return the values once each, as many as a query may have."""
        unique = tuple(dict.fromkeys(values))
        if len(unique) > _MOST:
            self._hint(f"Only the first {_MOST} phrases, excluded words and values of each filter are used.")
        return unique[:_MOST]

    def _hint(self, hint: str) -> None:
        self._hints.append(hint)


def _can_be_excluded(word: str) -> bool:
    """Whether a minus before this leaves it out: not before a number, which is negative then, nor before options."""
    return bool(word) and word[0].isalnum() and not _NUMBER.fullmatch(word)
