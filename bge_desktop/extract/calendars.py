"""Calendar files: every event, task and journal entry is a place, named by its date and summary."""

from __future__ import annotations

import re

from bge_desktop.extract.content_lines import Component, Property, components
from bge_desktop.extract.document import Document, Part, assembled, one_line
from bge_desktop.extract.outline import as_label

_COMPONENTS = frozenset({"VEVENT", "VTODO", "VJOURNAL"})
_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?\d\d)?(Z?))?")
_NAME_OF_CALENDAR = re.compile(rb"^X-WR-CALNAME[^:\n]*:([^\r\n]{1,200})", re.MULTILINE)


def read_calendar(data: bytes) -> Document:
    """Return the entries, each with when, where, who and what about."""
    parts = [Part(_text(entry), _label(entry)) for entry in components(data, _COMPONENTS)]
    name = _NAME_OF_CALENDAR.search(data)
    title = name[1].decode("utf-8", "replace") if name else (parts[0].label if len(parts) == 1 else "")
    return assembled(parts, one_line(title), "calendar")


def _label(entry: Component) -> str:
    day = _moment(next(iter(entry.all("DTSTART") or entry.all("DUE")), None))[:10]
    return as_label(f"{day} {entry.text('SUMMARY')}")


def _text(entry: Component) -> str:
    start, end = (_moment(next(iter(entry.all(name)), None)) for name in ("DTSTART", "DTEND"))
    due = _moment(next(iter(entry.all("DUE")), None))
    who = ", ".join(filter(None, (_person(one) for name in ("ORGANIZER", "ATTENDEE") for one in entry.all(name))))
    lines = (
        ("", entry.text("SUMMARY")),
        ("When: ", _period(start, end)),
        ("Due: ", due),
        ("Where: ", one_line(entry.text("LOCATION"))),
        ("Who: ", who),
        ("Categories: ", ", ".join(one.text for one in entry.all("CATEGORIES"))),
        ("", entry.text("URL")),
    )
    stated = "\n".join(f"{name}{value}" for name, value in lines if value)
    notes = [one.text for name in ("DESCRIPTION", "COMMENT") for one in entry.all(name)]
    return "\n\n".join(filter(None, (stated, *notes)))


def _period(start: str, end: str) -> str:
    if not end or end == start:
        return start
    return f"{start} – {end[11:] if end[:10] == start[:10] and end[11:] else end}"


def _moment(stated: Property | None) -> str:
    """Return "2026-11-25 14:00", with UTC where it is; or what stands there."""
    if stated is None:
        return ""
    found = _MOMENT.match(stated.value.strip())
    if not found:
        return one_line(stated.text)[:40]
    time = f" {found[4]}:{found[5]}" if found[4] else ""
    return f"{found[1]}-{found[2]}-{found[3]}{time}{' UTC' if found[6] else ''}"


def _person(stated: Property) -> str:
    address = re.sub(r"(?i)^mailto:", "", stated.value.strip())
    name = stated.parameters.get("CN", "")
    return f"{name} <{address}>" if name and name != address else address
