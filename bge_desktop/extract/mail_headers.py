"""The headers of messages, as people read them: encoded words, parameters and dates.

The email package's own header classes fail on headers that real mail has, and take minutes for some that are made to
harm; its parser leaves headers alone under the policy `compat32`, and they are decoded here, in linear time.
"""

from __future__ import annotations

import binascii
import quopri
import re
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import one_line

_LONGEST = 20_000
_ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\n]{0,5000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
_PARAMETER = re.compile(
    r""";\s*([\w-]{1,60})(\*\d{1,3})?(\*)?\s*=\s*("(?:[^"\\]|\\.){0,2000}"?|[^;\s]{0,2000}(?:\s[^;=\s]+)*)"""
)
_QUOTED_PAIR = re.compile(r"\\(.)")
_HEADER_LINE = re.compile(r"([!-9;-~]{1,78}):|[ \t]+\S|>?From ")
_SURE = frozenset({"from", "received", "return-path", "message-id", "delivered-to", "mime-version"})
_LIKELY = frozenset({"to", "subject", "date", "sender", "reply-to", "cc", "content-type"})


def looks_like_message(head: str) -> bool:
    """Tell whether a text begins with the headers of a message: at least two of those that every message has."""
    names: set[str] = set()
    for line in head.split("\n"):
        found = _HEADER_LINE.match(line)
        if not found:
            break
        names.add((found[1] or "").lower())
    return bool(names & _SURE) and len(names & (_SURE | _LIKELY)) >= 3


def header(message: Message, name: str) -> str:
    """Return a header as one line of text, whatever it is encoded in; "" where there is none."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            return one_line(decoded_header(str(value)[:_LONGEST]))
    return ""


def decoded_header(raw: str) -> str:
    """Return the text of a header: of its encoded words (RFC 2047), and of bytes that should not be there."""
    text = decode(raw.encode("ascii", "surrogateescape")) if _has_bytes(raw) else raw
    pieces: list[str] = []
    pending: tuple[str, bytes] = ("", b"")  # neighbours are joined first: some programs cut within a character
    position = 0
    text = _BETWEEN_WORDS.sub(r"\1", text)
    for word in _ENCODED_WORD.finditer(text):
        charset, content = word[1].lower(), _content(word[2], word[3])
        if word.start() == position and charset == pending[0]:
            pending = (charset, pending[1] + content)
        else:
            pieces += (_decoded(pending), text[position : word.start()])
            pending = (charset, content)
        position = word.end()
    return "".join((*pieces, _decoded(pending), text[position:]))


def parameter(message: Message, header_name: str, name: str) -> str:
    """Return a parameter of a header, such as a file's name: plain, encoded, or in pieces (RFC 2231)."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == header_name), "")
    plain, charset = "", ""
    pieces: list[bytes] = []
    for key, index, star, value in _PARAMETER.findall(f";{raw[:_LONGEST].partition(';')[2]}"):
        if key.lower() != name:
            continue
        bare = _QUOTED_PAIR.sub(r"\1", value.strip('"')) if value.startswith('"') else value
        if star and bare.count("'") >= 2 and not pieces:
            charset, _, bare = bare.split("'", 2)
        if star or index:
            pieces.append(unquote_to_bytes(bare) if star else bare.encode("utf-8", "surrogateescape"))
        else:
            plain = plain or bare
    return one_line(decode(b"".join(pieces), charset) if pieces else decoded_header(plain))


def date(message: Message) -> str:
    """Return when a message was sent, as "2026-11-25 14:00", in the sender's time; or what its header says."""
    stated = header(message, "Date")
    try:
        return parsedate_to_datetime(stated).strftime("%Y-%m-%d %H:%M")
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return stated[:60]


def _has_bytes(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text) and not any("\x7f" < c < "\ud800" for c in text)


def _content(encoding: str, encoded: str) -> bytes:
    data = encoded.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4)) or data
    except binascii.Error:
        return data


def _decoded(word: tuple[str, bytes]) -> str:
    charset, content = word
    return decode(content, charset) if content else ""
