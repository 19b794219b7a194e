"""What Outlook saved as `.msg`: messages, with those that were forwarded in them, contacts and appointments.

Read with olefile and compressed_rtf: the headers, the text in the best form that there is, and the attachments.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import compressed_rtf
import olefile

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import BombError
from bge_desktop.extract.document import LABEL_BREAK, Document, Part, as_member, assembled, one_line
from bge_desktop.extract.format import Member, Source
from bge_desktop.extract.html import read_html
from bge_desktop.extract.outline import as_label
from bge_desktop.extract.outlook_storage import BINARY, Storage
from bge_desktop.extract.rtf import read_rtf
from bge_desktop.extract.shortfalls import Shortfall

# Property identifiers of [MS-OXPROPS].
_CLASS, _SUBJECT, _BODY, _HTML, _RTF = "001A", "0037", "1000", "1013", "1009"
_SENDER, _SENDER_ADDRESSES = "0C1A", ("5D01", "0C1F")
_SHOWN_NAME, _ADDRESSES, _ROLE = "3001", ("39FE", "3003"), "0C15"
_RECIPIENTS = ((1, "To", "0E04"), (2, "Cc", "0E03"), (3, "Bcc", "0E02"))
_SUBMITTED, _DELIVERED = "0039", "0E06"
_FILE_NAME, _SHORT_FILE_NAME, _CONTENT = "3707", "3704", "3701"
_OF_PERSONS = (
    ("3A4F", "Nickname"),
    ("3A16", "Company"),
    ("3A18", "Department"),
    ("3A17", "Title"),
    *[(identifier, "Phone") for identifier in ("3A08", "3A1B", "3A09", "3A2F", "3A1C", "3A1A", "3A1F")],
    *[(identifier, "Fax") for identifier in ("3A24", "3A25", "3A23")],
    ("3A15", "Address"),
    *[(identifier, "Web") for identifier in ("3A51", "3A50")],
)
_NAMED = (
    *[(number, "E-mail") for number in (0x8083, 0x8093, 0x80A3)],
    *[(number, "Address") for number in (0x801A, 0x801B, 0x801C)],
    (0x8062, "Chat"),
    (0x802B, "Web"),
    (0x8208, "Where"),
)
_CONTACT = "ipm.contact"
_ATTACHMENT, _RECIPIENT = "__attach_version1.0_", "__recip_version1.0_"
_MOST = 500
_LONGEST_ADDRESSES = 2_000
_LARGEST_RTF = 4 << 20  # bytes, packed; unpacked in Python, ten seconds' worth
_LARGE_RTF = Shortfall("Too large", "The text of this message holds too much besides words. Save the message as text.")
_NO_RTF = Shortfall("Damaged file", "The text of this message is damaged. Have it sent again.")


@dataclass(frozen=True)
class _Attachment:
    """What hangs on an item: a file, or another item; or neither, as a link."""

    name: str
    content: bytes | None
    item: Storage | None


def read_outlook_message(source: Source) -> Document:
    """Return an item and what is attached to it.

    Raises:
        OSError, struct.error, ValueError: it is damaged.
    """
    with olefile.OleFileIO(BytesIO(source.data)) as file:
        return _read(Storage(file), source)


def members(source: Source) -> Iterator[Member]:
    """Yield the files that hang on a message, then, as text, the messages that do, after the files on them."""
    with olefile.OleFileIO(BytesIO(source.data)) as file:
        yield from _members(Storage(file), source, "")


def _members(item: Storage, source: Source, label: str) -> Iterator[Member]:
    for one in _attached(item):
        name = f"{label}{one.name}"
        if one.content is not None:
            yield Member(name, partial(BytesIO, one.content))
        elif one.item is not None:
            with source.allowance.member():
                yield from _members(one.item, source, f"{name}{LABEL_BREAK}")
                text = _part(one.item, list(_attached(one.item))).text
            yield Member(name, partial(BytesIO, text.encode("utf-8", "replace")), ending=".txt")


def _read(item: Storage, source: Source) -> Document:
    attached = list(_attached(item))
    is_contact = item.text(_CLASS).lower().startswith(_CONTACT)
    title = one_line(item.text(_SUBJECT)) or one_line(item.text(_SHOWN_NAME))
    parts = [_part(item, attached), *_attachments(attached, source)]
    return assembled(parts, title, "contact" if is_contact else "email")


def _attached(item: Storage) -> Iterator[_Attachment]:
    for one in item.within(_ATTACHMENT, _MOST):
        name = (one.text(_FILE_NAME) or one.text(_SHORT_FILE_NAME)).replace("/", "_")
        within = one.item(_CONTENT)
        subject = one_line(within.text(_SUBJECT)) if within is not None else ""
        name = name or subject or one.text(_SHOWN_NAME).replace("/", "_") or "attachment"
        yield _Attachment(as_label(name), one.data(_CONTENT, BINARY), within)


def _attachments(attached: list[_Attachment], source: Source) -> Iterator[Part]:
    for one in attached:
        if source.allowance.spent is not None:
            return
        if one.content is not None:
            yield as_member(source.read_member(one.name, one.content), one.name)
        elif one.item is not None:
            yield _item_within(one.name, one.item, source)


def _item_within(name: str, item: Storage, source: Source) -> Part:
    try:
        with source.allowance.member():
            return as_member(_read(item, source), name)
    except BombError:
        raise
    except ExtractionError as error:
        return Part("", name, shortfalls=(Shortfall.of(error),))


def _part(item: Storage, attached: list[_Attachment]) -> Part:
    """Return what an item says itself."""
    lines = [one_line(item.text(_SUBJECT)) or one_line(item.text(_SHOWN_NAME)), *_headers(item), *_details(item)]
    if attached:
        lines.append("Attachments: " + ", ".join(one.name for one in attached))
    body, shortfalls = _body(item)
    return Part("\n\n".join(filter(None, ("\n".join(filter(None, lines)), body))), shortfalls=shortfalls)


def _headers(item: Storage) -> Iterator[str]:
    sender = _person(item, _SENDER, _SENDER_ADDRESSES)
    recipients = [(one.number(_ROLE) or 1, one) for one in item.within(_RECIPIENT, _MOST)]
    shown = [("From", sender)]
    for role, word, listed in _RECIPIENTS:
        people = [_person(one, _SHOWN_NAME, _ADDRESSES) for own, one in recipients if own == role]
        shown.append((word, ", ".join(filter(None, people)) or one_line(item.text(listed))))
    yield from (f"{word}: {value[:_LONGEST_ADDRESSES]}" for word, value in shown if value)
    sent = item.moment(_SUBMITTED) or item.moment(_DELIVERED)
    if sent:
        yield f"Date: {sent}"


def _person(storage: Storage, name: str, addresses: tuple[str, ...]) -> str:
    """Return a name and an address, as they stand in mails; of the addresses only one of the internet."""
    known = one_line(storage.text(name))
    address = next((own for each in addresses if "@" in (own := one_line(storage.text(each)))), "")
    if not address or address in known:
        return known
    return f"{known} <{address}>" if known else address


def _details(item: Storage) -> Iterator[str]:
    """Yield what a contact or an appointment says in fields of its own, each value once."""
    identifiers = item.named()
    own = [(identifiers[number], word) for number, word in _NAMED if number in identifiers]
    said = ((word, one_line(item.text(identifier))) for identifier, word in (*_OF_PERSONS, *own))
    yield from dict.fromkeys(f"{word}: {value}" for word, value in said if value)


def _body(item: Storage) -> tuple[str, tuple[Shortfall, ...]]:
    """Return the text of an item in the first of its forms that is there, and what could not be read of it."""
    plain = item.text(_BODY).replace("\r\n", "\n").strip()
    if plain:
        return plain, ()
    page = item.data(_HTML, BINARY) or codecs.BOM_UTF8 + item.text(_HTML).encode("utf-8", "replace")
    written = read_html(page).text
    packed = item.data(_RTF, BINARY)
    if written or not packed:
        return written, ()
    if len(packed) > _LARGEST_RTF:
        return "", (_LARGE_RTF,)
    try:
        return read_rtf(_unpacked(packed)).text, ()
    except ValueError:
        return "", (_NO_RTF,)


def _unpacked(packed: bytes) -> bytes:
    """Return the RTF that is packed in the way of [MS-OXRTFCP]; ValueError where it is damaged."""
    try:
        return bytes(compressed_rtf.decompress(packed))
    except Exception as error:  # the library raises nothing more special
        raise ValueError("damaged RTF") from error
