"""Mailboxes of the form mbox: message by message, so that only one of them is in memory beside the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from bge_desktop.extract.allowance import SpentError
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, Part, assembled
from bge_desktop.extract.format import Member, Source
from bge_desktop.extract.mail import FAILURES, message_parts, parse
from bge_desktop.extract.mail_headers import header, looks_like_message
from bge_desktop.extract.outline import as_label
from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.extract.text import without_blobs

# A line that begins with "From ", ends with a year or a zone, and follows an empty one; then a header.
_SEPARATOR = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{0,200}\d\d:\d\d[^\n]{0,60}\n(?=[!-9;-~]{1,78}:|>From )"
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADERS = 1 << 16
_REMOVED = 0x0008  # in X-Mozilla-Status: deleted, but still in the file until the folder is compacted
_LONGEST_UNPARSED = 200_000


def looks_like_mbox(head: str) -> bool:
    """Tell whether a text begins as a mailbox does: with the line before a message, and headers."""
    if not head.startswith("From ") or not _SEPARATOR.match(head.encode("ascii", "ignore")):
        return False
    return looks_like_message(head.partition("\n")[2])


def read_mbox(source: Source) -> Document:
    """Return all messages and what is attached to them; places are named "message 3: Minutes"."""
    return assembled(_parts(source), kind="email")


def members(source: Source) -> Iterator[Member]:
    """Yield the messages, by the names of their places."""
    for number, data in _messages(source.data):
        yield Member(_label(number, data), lambda data=data: BytesIO(data), ending=".eml")  # type: ignore[misc]


def _parts(source: Source) -> Iterator[Part]:
    try:
        for number, data in _messages(source.data):
            source.allowance.check_time()
            for index, part in enumerate(_message(number, data, source)):
                source.allowance.text(0 if index else len(part.text))  # attachments were counted when they were read
                yield part
            if source.allowance.spent is not None:
                raise source.allowance.spent
    except SpentError as error:  # what was read by then is worth having
        yield Part("", shortfalls=(Shortfall.of(error),))


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each message, from 1, and its source without the line before it."""
    separators = _SEPARATOR.finditer(data)
    before = next(separators, None)
    number = 0
    while before is not None:
        after = next(separators, None)
        message = data[before.end() : after.start() if after else len(data)]
        number += 1
        if not _is_removed(message):
            yield number, _QUOTED_FROM.sub(rb"\1", message)
        before = after


def _message(number: int, data: bytes, source: Source) -> Iterator[Part]:
    label = _label(number, data)
    try:
        yield from message_parts(parse(data), source, label)
    except FAILURES:
        yield Part(without_blobs(decode(data[:_LONGEST_UNPARSED])), label)


def _label(number: int, data: bytes) -> str:
    end = re.search(rb"\r?\n\r?\n", data[:_HEADERS])
    subject = header(parse(data[: end.start() if end else _HEADERS] + b"\n\n"), "Subject")
    return as_label(f"message {number}: {subject}" if subject else f"message {number}")


def _is_removed(message: bytes) -> bool:
    status = re.search(rb"^X-Mozilla-Status: ([0-9A-Fa-f]{4})", message[:_HEADERS], re.MULTILINE)
    return status is not None and bool(int(status[1], 16) & _REMOVED)
