"""Which of the files that failed are on the list, in which order, and how many there are of each sort."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bge_desktop.messages import Failure, displayable
from bge_desktop.ui.core_texts import in_own_language
from bge_desktop.ui.kind_texts import kind_text
from bge_desktop.ui.paths import shown_folder, shown_name


class Column(IntEnum):
    """What is told of each file."""

    NAME = 0
    REASON = 1
    KIND = 2
    WHEN = 3
    FOLDER = 4


@dataclass(frozen=True)
class FailureFilter:
    """Which failures are wanted.

    Attributes:
        in_part: those of files that were read in part, else of those that could not be read.
        folder: those at or below this path; None for all.
        reason: those with this reason, as `reason_text` returns it; None for all.
    """

    in_part: bool = False
    folder: str | None = None
    reason: str | None = None

    def of(self, failures: Iterable[Failure]) -> list[Failure]:
        """Return those that are wanted, in their order."""
        found = [own for own in failures if own.in_part is self.in_part]
        if self.folder is not None:
            found = [own for own in found if is_within(own.path, self.folder)]
        if self.reason is not None:
            titles = {title for title in {own.title for own in found} if _reason(title) == self.reason}
            found = [own for own in found if own.title in titles]
        return found


def is_within(path: str, folder: str) -> bool:
    """Return whether a path is that of a folder or single file, or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def reason_text(failure: Failure) -> str:
    """Return why, in a few words that a file shares with others."""
    return _reason(failure.title)


def message_text(failure: Failure) -> str:
    """Return what happened, and what one can do."""
    return displayable(in_own_language(failure.message))


def reasons(failures: Iterable[Failure]) -> list[tuple[str, int]]:
    """Return the reasons and how many files each has, the most common first."""
    counts: Counter[str] = Counter()
    for title, count in Counter(own.title for own in failures).items():
        counts[_reason(title)] += count
    return counts.most_common()


def folder_counts(failures: Sequence[Failure], folders: Sequence[str]) -> list[int]:
    """Return how many of the failures each of the folders, or single files, has."""
    counts = Counter(own.path for own in failures)
    wanted = {folder.rstrip(os.sep) for folder in folders}
    for parent, count in Counter(own.path.rpartition(os.sep)[0] for own in failures).items():
        for folder in _upwards(parent):
            if folder in wanted:
                counts[folder] += count
    return [counts[folder.rstrip(os.sep)] for folder in folders]


def ordered(failures: Iterable[Failure], column: Column, *, descending: bool) -> list[Failure]:
    """Return failures in the order of what a column shows; equal ones stay as they are."""
    return sorted(failures, key=_KEYS[column], reverse=descending)


def listed_text(failures: Sequence[Failure]) -> str:
    """Return a line for each failure, for people and spreadsheets: path, reason and message, with tabs between."""
    lines = ((displayable(own.path), reason_text(own), message_text(own)) for own in failures)
    return "\n".join("\t".join(line) for line in lines)


def _reason(title: str) -> str:
    return displayable(in_own_language(title))


def _upwards(path: str) -> Iterator[str]:
    """Yield a path and those above it, without a separator at the end: that of the root is empty."""
    yield path
    while path:
        path = path.rpartition(os.sep)[0]
        yield path


_KEYS: dict[Column, Callable[[Failure], Any]] = {
    Column.NAME: lambda failure: shown_name(failure.path).casefold(),
    Column.REASON: lambda failure: reason_text(failure).casefold(),
    Column.KIND: lambda failure: kind_text(failure.kind).casefold(),
    Column.WHEN: lambda failure: failure.when,
    Column.FOLDER: lambda failure: shown_folder(failure.path).casefold(),
}
