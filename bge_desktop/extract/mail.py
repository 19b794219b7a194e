"""E-mail messages: who wrote to whom, when and what about; the text; and what is attached, read by its own format.

The plain form of a text is preferred over the other ones of it. Quoted replies stay: they are often all that is left of
a message. Nothing that a message refers to is fetched.
"""

from __future__ import annotations

import base64
import codecs
import email
import mimetypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from functools import partial
from io import BufferedIOBase, BytesIO

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import uuencoded
from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import LABEL_BREAK, Document, Part, as_member, assembled
from bge_desktop.extract.format import Member, Source
from bge_desktop.extract.html import read_html
from bge_desktop.extract.mail_headers import date, header, parameter
from bge_desktop.extract.outline import as_label
from bge_desktop.extract.shortfalls import Shortfall
from bge_desktop.extract.text import without_blobs

FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the email package raises on messages that are not as they should be."""

_UNDECODABLE = ("Damaged file", "This attachment could not be decoded. Have it sent again.")
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_ADDRESSES = (("From", "From"), ("To", "To"), ("Cc", "Cc"))
_LENGTH = re.compile(rb"\A\d{1,10}[ \t]*\r?\n")  # what Apple Mail puts before a message
_LONGEST_ADDRESSES = 2_000
_NO_DIGIT = re.compile(r"[^A-Za-z0-9+/]+")
_SOFT_BREAK = re.compile(r"(?<=[^\s-]) \n(?![>\s]|-- )")


@dataclass(frozen=True)
class Attachment:
    """A file that hangs on a message, or stands in its text.

    Attributes:
        name: of the file.
        content: returns its bytes; of a message its source. It may raise `FAILURES`.
    """

    name: str
    content: Callable[[], bytes]


def parse(data: bytes) -> Message:
    """Return a message, its headers as they stand in the file.

    Raises:
        RecursionError and others of `FAILURES`: it is made to do harm.
    """
    return email.message_from_bytes(_LENGTH.sub(b"", data, count=1))


def read_mail(source: Source) -> Document:
    """Return a message: its headers and its text, then its attachments, each a place with its name."""
    message = parse(source.data)
    return assembled(message_parts(message, source, ""), header(message, "Subject"), "email")


def read_web_archive(source: Source) -> Document:
    """Return the page that a browser saved as `.mhtml`, without what it is made of."""
    message = parse(source.data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    return _page(page) if page else read_mail(source)


def is_web_archive(head: str) -> bool:
    """Tell whether a message is a page that a browser saved."""
    return "multipart/related" in head and ("Snapshot-Content-Location:" in head or "Saved by" in head)


def members(source: Source) -> Iterator[Member]:
    """Yield the attachments of a message."""
    for attachment in attachments(parse(source.data)):
        yield Member(attachment.name, lambda held=attachment: _opened(held))  # type: ignore[misc]


def message_parts(message: Message, source: Source, label: str) -> Iterator[Part]:
    """Yield a message's headers and text as one part, then one for each attachment that holds text."""
    attached = list(attachments(message))
    yield Part(_text(message, attached), label)
    for attachment in attached:
        if source.allowance.spent is not None:
            return
        yield _attached_part(attachment, source, label)


def attachments(message: Message) -> Iterator[Attachment]:
    """Yield the files that hang on a message; pictures that belong to its text and signatures are none."""
    for part, is_body in _leaves(message):
        kind = part.get_content_type()
        if _is_text(part):
            yield from _within_text(part) if is_body and kind == "text/plain" else ()
            continue
        if kind in _SIGNATURES or (part["Content-ID"] and kind.startswith("image/")):
            continue
        name = file_name(part) or _name_by_kind(part, kind)
        if name:
            yield _attachment(name, partial(_content_of_file, part))


def file_name(part: Message) -> str:
    """Return the name of an attachment, or ""."""
    return parameter(part, "content-disposition", "filename") or parameter(part, "content-type", "name")


def content_of(part: Message) -> bytes:
    """Return the decoded content of a part; what cannot be decoded is left as it is."""
    if str(part["Content-Transfer-Encoding"] or "").strip().lower() == "base64":
        return _from_base64(part)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _from_base64(part: Message) -> bytes:
    """Return what a part in base64 says, as far as it goes: its end may be cut off, or followed by something else."""
    encoded = part.get_payload()
    digits = _NO_DIGIT.sub("", encoded.partition("=")[0]) if isinstance(encoded, str) else ""
    whole = digits[: len(digits) - (len(digits) % 4 == 1)]
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _content_of_file(part: Message) -> bytes:
    messages = _children(part) if part.get_content_type() == "message/rfc822" else []
    return messages[0].as_bytes() if messages else content_of(part)


def _within_text(part: Message) -> Iterator[Attachment]:
    for file in uuencoded.found_in(content_of(part)):
        yield _attachment(decode(file.name), lambda data=file.data: data)  # type: ignore[misc]


def _attachment(name: str, content: Callable[[], bytes]) -> Attachment:
    return Attachment(as_label(name.replace("/", "_")), content)


def _attached_part(attachment: Attachment, source: Source, label: str) -> Part:
    name = LABEL_BREAK.join(filter(None, (label, attachment.name)))
    try:
        return as_member(source.read_member(attachment.name, attachment.content()), name)
    except FAILURES:
        return Part("", name, shortfalls=(Shortfall(*_UNDECODABLE),))


def _text(message: Message, attached: list[Attachment]) -> str:
    lines = [header(message, "Subject")]
    lines += [
        f"{shown}: {value[:_LONGEST_ADDRESSES]}" for name, shown in _ADDRESSES if (value := header(message, name))
    ]
    lines += [f"Date: {sent}" for sent in (date(message),) if sent]
    if attached:
        lines.append("Attachments: " + ", ".join(attachment.name for attachment in attached))
    body = [_body(part) for part, is_body in _leaves(message) if is_body and _is_text(part)]
    return "\n\n".join(filter(None, ("\n".join(filter(None, lines)), *body)))


def _leaves(message: Message) -> Iterator[tuple[Message, bool]]:
    """Yield the parts that hold something, and whether their text is to be read; not by recursion, however deep."""
    waiting = [(message, True)]
    while waiting:
        part, is_body = waiting.pop()
        children = [] if part.get_content_maintype() == "message" else _children(part)
        if not children:
            yield part, is_body
            continue
        chosen = _preferred(children) if part.get_content_subtype() == "alternative" else None
        waiting += [(child, is_body and chosen in (None, child)) for child in reversed(children)]


def _children(part: Message) -> list[Message]:
    content = part.get_payload()
    return [child for child in content if isinstance(child, Message)] if isinstance(content, list) else []


def _preferred(forms: list[Message]) -> Message | None:
    """Return the form of a text that is to be read: the plain one, unless it is empty; else the best, the last."""
    plain = (part for part in forms if part.get_content_type() == "text/plain" and content_of(part).strip())
    page = (part for part in forms if part.get_content_type() in ("text/html", "multipart/related", "multipart/mixed"))
    return next(plain, None) or next(page, None) or (forms[-1] if forms else None)


def _is_text(part: Message) -> bool:
    if part.get_content_maintype() == "multipart":
        return True  # its parts could not be told apart: what there is is read as text
    is_shown = "attachment" not in str(part["Content-Disposition"] or "").lower() and not file_name(part)
    return is_shown and part.get_content_type() in ("text/plain", "text/html", "text/enriched")


def _body(part: Message) -> str:
    if part.get_content_type() == "text/html":
        return _page(part).text
    text = without_blobs(decode(uuencoded.without(content_of(part)), _charset(part))).strip()
    return _SOFT_BREAK.sub(" ", text) if parameter(part, "content-type", "format").lower() == "flowed" else text


def _page(part: Message) -> Document:
    """Return a page of a message, whose character set the message states, not the page."""
    charset = _charset(part)
    content = content_of(part)
    return read_html(codecs.BOM_UTF8 + decode(content, charset).encode("utf-8", "replace") if charset else content)


def _charset(part: Message) -> str:
    return parameter(part, "content-type", "charset")


def _name_by_kind(part: Message, kind: str) -> str:
    if kind == "message/rfc822":
        subject = next((header(message, "Subject") for message in _children(part)), "")
        return f"{subject or 'message'}.eml"
    if kind == "text/calendar":
        return "invitation.ics"
    if kind.startswith(("message/", "text/")) and kind != "text/csv":
        return ""
    return f"attachment{mimetypes.guess_extension(kind) or ''}"


def _opened(attachment: Attachment) -> BufferedIOBase:
    try:
        return BytesIO(attachment.content())
    except FAILURES as error:
        raise ExtractionError(*_UNDECODABLE) from error
