"""The name of a sheet as the heading of its text, in all formats of workbooks alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bge_desktop.extract.document import Part

# What programs call a sheet that nobody has named, and a name of one character, which nobody would search for.
_TELLS_NOTHING = re.compile(
    r".?|(?:sheet|tabelle|feuil|feuille|hoja|foglio|planilha|blad|ark|taul|arkusz|лист|工作表|シート|sheet_)\s*\d*",
    re.IGNORECASE,
)


def under_name(name: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts of a sheet, the first that has text below the sheet's name, which belongs to its first place."""
    heading = "" if _TELLS_NOTHING.fullmatch(name) else f"{name}\n"
    for part in parts:
        yield _headed(part, heading) if part.text and heading else part
        heading = "" if part.text else heading


def _headed(part: Part, heading: str) -> Part:
    moved = tuple(replace(place, start=place.start + len(heading)) for place in part.places)
    first = tuple(replace(place, start=0, is_cell=False) for place in part.places[:1])
    return replace(part, text=heading + part.text, places=first + moved)
