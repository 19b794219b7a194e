"""The lines that calendars (RFC 5545) and contacts (vCard 2.1 to 4.0, RFC 6350) are made of.

Own and forgiving rather than a library: real files fold lines within a character, mix character sets, leave out what
must be there, and lose their ends; a calendar library gives up all of such a file, and what can be read is worth more.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bge_desktop.extract.charset import decode

_FOLD = re.compile(rb"\r?\n[ \t]")
_SOFT_BREAK = re.compile(rb"=[ \t]*\r?\n")
_QUOTED_PRINTABLE = re.compile(
    rb"^[^:\n]*QUOTED-PRINTABLE[^:\n]*:[^\n]*(?:(?<==)\n[^\n]*|(?<==\r)\n[^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_LINE = re.compile(r'(?:[\w-]{1,60}\.)?([\w-]{1,60})((?:;[^:";\n]{0,300}(?:"[^"\n]{0,300}"[^:";\n]{0,300})*)*):(.*)')
_PARAMETER = re.compile(r';([\w-]+)(?:=("[^"]*"|[^;:"]*))?')
_ESCAPE = re.compile(r"\\([\\;,nN:\"])")
_LONGEST_VALUE = 200_000


@dataclass
class Property:
    """A line: its name in capitals, its parameters in capitals, and its value as it stands in the file."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a person reads it."""
        return unescaped(self.value).strip()

    @property
    def fields(self) -> list[str]:
        """The parts of a value such as a name or an address."""
        return [unescaped(part).strip() for part in re.split(r"(?<!\\);", self.value)]


@dataclass
class Component:
    """What stands between BEGIN and END: an event, a contact. What is nested in it, as an alarm is, is left out."""

    name: str
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Return the properties of a name, those without a value left out."""
        return [one for one in self.properties if one.name == name and one.value.strip()]

    def text(self, name: str) -> str:
        """Return the text of the first property of a name, or ""."""
        return next((one.text for one in self.all(name)), "")


def components(data: bytes, names: frozenset[str]) -> Iterator[Component]:
    """Yield the components of these names, in their order; of one that is never closed, what there is."""
    current: Component | None = None
    inside = 0  # of the current component, how deep we are in others
    for one in _properties(data):
        if one.name in ("BEGIN", "END"):
            value = one.value.strip().upper()
            is_border = value in names or (one.name == "END" and not inside)
            if current and is_border:
                yield current
            if is_border:
                current, inside = (Component(value) if one.name == "BEGIN" else None), 0
            else:
                inside += 1 if one.name == "BEGIN" else -1
        elif current and not inside:
            current.properties.append(one)
    if current:
        yield current


def unescaped(text: str) -> str:
    """Return a value with its escapes undone."""
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] in "nN" else escape[1], text) if "\\" in text else text


def _properties(data: bytes) -> Iterator[Property]:
    joined = _QUOTED_PRINTABLE.sub(lambda line: _SOFT_BREAK.sub(b"", line[0]), data) if b"PRINTABLE" in data else data
    for line in decode(_FOLD.sub(b"", joined)).split("\n"):
        found = _LINE.match(line[:_LONGEST_VALUE])
        if found:
            parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(found[2])}
            yield Property(found[1].upper(), parameters, _decoded(parameters, found[3]))


def _decoded(parameters: dict[str, str], value: str) -> str:
    """Return the value of a line of vCard 2.1, which may be quoted-printable, in a character set of its own."""
    encoding = parameters.get("ENCODING", "").upper()
    if encoding == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in parameters:
        return decode(quopri.decodestring(value.encode("latin-1", "replace")), parameters.get("CHARSET"))
    return "" if encoding in ("B", "BASE64") else value
