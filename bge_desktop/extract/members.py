"""Find one member of an archive, a mailbox or a message, so that it can be opened in its own program.

This runs in a reader process: `unpacking` is its parent's side.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance, BombError, SpentError
from bge_desktop.extract.archives import content
from bge_desktop.extract.containers import DAMAGED
from bge_desktop.extract.document import LABEL_BREAK
from bge_desktop.extract.format import Format, Member, Source
from bge_desktop.extract.formats import Reading, format_of
from bge_desktop.extract.regular_files import opened, read_up_to

LARGEST = 100 << 20
"""Bytes of a member that can be opened apart: it travels to the parent in one piece."""

_LARGEST_CONTAINER = 1 << 30
_DEEPEST = 5
_HEAD = 4096
_ARCHIVE = "archive"

_TOO_LARGE = (
    "Too large to open",
    f"What is larger than {LARGEST >> 20} MB is not unpacked from here. Open the archive itself.",
)
_NOT_THERE = (
    "Not found in the file",
    "The file does not hold this any more, or not in a form that can be read. Open the archive or mailbox itself.",
)
_NOT_OPENED = "This could not be unpacked ({reason}). Open the archive or mailbox itself."


@dataclass(frozen=True)
class Unpacked:
    """A member: what to call a file of it, as its container has it, and its content."""

    name: str
    data: bytes


def may_hold_members(path: str) -> bool:
    """Tell by the name of a file and its first bytes whether it may hold others that can be opened apart.

    Raises:
        OSError: it cannot be read.
    """
    with opened(os.path.realpath(path)) as stream:
        return format_of(path, stream.read(_HEAD)).members is not None


def member_at(path: str, label: str) -> Unpacked | None:
    """Return the member that a place lies in; None where the file is none that holds members.

    Args:
        path: the file.
        label: of a place in it: names of members, each in the one before, with " › " between them. What follows the
            last of them, as the cell of a sheet, is not looked at.

    Raises:
        ExtractionError: there is no such member, or it cannot be unpacked.
    """
    try:
        with opened(os.path.realpath(path)) as stream:
            return _followed(path, label, _content(stream))
    except ExtractionError as error:
        raise ExtractionError(error.title, error.message, path) from error
    except DAMAGED as error:
        reason = getattr(error, "strerror", None) or error
        raise ExtractionError("Cannot be opened", _NOT_OPENED.format(reason=reason), path) from error


def _content(stream: BinaryIO) -> bytes:
    data = read_up_to(stream, _LARGEST_CONTAINER)
    if data is None:
        raise ExtractionError(*_TOO_LARGE)
    return data


def _followed(path: str, label: str, data: bytes) -> Unpacked | None:
    """Follow a label as far as it names members."""
    if format_of(path, data).members is None:
        return None
    reading = Reading(Allowance(len(data)))
    found, rest = Unpacked(path, data), label
    for depth in range(_DEEPEST):
        step = _next(reading, found, rest)
        if step is None and not depth:
            raise ExtractionError(*_NOT_THERE)
        if step is None:
            break
        found, rest = step
    if len(found.data) > LARGEST:
        raise ExtractionError(*_TOO_LARGE)
    return found


def _next(reading: Reading, held: Unpacked, label: str) -> tuple[Unpacked, str] | None:
    """Return the member that a label begins with, and the rest of the label."""
    format_ = format_of(held.name, held.data)
    if format_.members is None or not label:
        return None
    found = _found(format_, reading.source(held.name, held.data), label)
    if found is None:
        return None
    member, data = found
    return Unpacked(member.name + member.ending, data), label[len(member.name) + len(LABEL_BREAK) :]


def _found(format_: Format, source: Source, label: str) -> tuple[Member, bytes] | None:
    """Return the member that a label begins with, and its content; of an archive, the last one of that name."""
    assert format_.members is not None
    found = None
    try:
        for member in _up_to_damage(format_.members(source)):
            if f"{label}{LABEL_BREAK}".startswith(f"{member.name}{LABEL_BREAK}"):
                found = member, content(member)[0]  # which can be had only until the next one is asked for
                if format_.kind != _ARCHIVE:
                    break
    except SpentError:
        if found is None:
            raise
    return found


def _up_to_damage(members: Iterator[Member]) -> Iterator[Member]:
    try:
        yield from members
    except (BombError, SpentError):
        raise
    except ExtractionError:  # the rest is cut off
        return
