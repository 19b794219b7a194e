"""Contact files: every person or firm is a place, named by its name. Pictures and keys are left out."""

from __future__ import annotations

from bge_desktop.extract.content_lines import Component, components
from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.outline import as_label

_NAMED = (
    ("NICKNAME", "Nickname"),
    ("TITLE", "Title"),
    ("ROLE", "Role"),
    ("TEL", "Phone"),
    ("EMAIL", "E-mail"),
    ("IMPP", "Chat"),
    ("URL", "Web"),
    ("BDAY", "Birthday"),
    ("CATEGORIES", "Categories"),
)


def read_contacts(data: bytes) -> Document:
    """Return the contacts, each with its numbers, addresses and notes."""
    parts = [Part(_text(contact), as_label(_name(contact))) for contact in components(data, frozenset({"VCARD"}))]
    return assembled(parts, parts[0].label if len(parts) == 1 else "", "contact")


def _name(contact: Component) -> str:
    """Return the name as it is to be shown, or made of its parts: the family's first in Chinese, last elsewhere."""
    shown = contact.text("FN")
    if shown:
        return one_line(shown)
    names = next((one.fields for one in contact.all("N")), [])
    family, given, *others = [*names, "", ""]
    if any(character >= "\u2e80" for character in family + given):
        return f"{family}{''.join(others[:1])}{given}"
    whole = one_line(" ".join(filter(None, (*others[1:2], given, *others[:1], family))))
    return whole or _organisation(contact) or next((one.text for one in contact.all("EMAIL")), "")


def _organisation(contact: Component) -> str:
    return next((" ".join(filter(None, one.fields)) for one in contact.all("ORG")), "")


def _text(contact: Component) -> str:
    lines = [_name(contact)]
    organisation = _organisation(contact)
    if organisation and organisation != lines[0]:
        lines.append(f"Organisation: {organisation}")
    for name, shown in _NAMED:
        values = dict.fromkeys(one_line(one.text).removeprefix("tel:") for one in contact.all(name))
        if values:
            lines.append(f"{shown}: {', '.join(values)}")
    lines += [f"Address: {', '.join(filter(None, map(one_line, one.fields)))}" for one in contact.all("ADR")]
    return "\n\n".join(filter(None, ("\n".join(filter(None, lines)), *(one.text for one in contact.all("NOTE")))))
