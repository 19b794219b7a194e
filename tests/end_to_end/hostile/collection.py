"""All hostile inputs: importing the modules registers them."""

from __future__ import annotations

from tests.end_to_end.hostile import (  # noqa: F401
    archive_inputs,
    mail_inputs,
    media_inputs,
    office_inputs,
    pdf_inputs,
    text_inputs,
    xml_inputs,
)
from tests.end_to_end.hostile.inputs import INPUTS

# They take seconds each, and so are left to `make fuzz`.
_SLOW = frozenset(
    {
        *(
            "form draws itself.pdf",
            "forms draw forms.pdf",
            "many pages of much.pdf",
            "the same page again and again.pdf",
        ),
        *("a hundred thousand members.zip", "ten thousand times the same chapter.epub", "ten thousand mails.mbox"),
        *(
            "many attributes.svg",
            "many substitutions.rst",
            "many tags.yaml",
            "fifty thousand events.ics",
            "ten thousand empty.tar",
        ),
        *("a cell of 10 MB.csv", "a million columns.csv", "deep brackets.md"),
        *("sectors in circles.doc", "folder beyond the end.doc", "sectors in circles.ppt", "folder beyond the end.ppt"),
        *("one string in every cell.xlsx", "mark of a megabyte.eml", "200 MB of zeros.txt"),
    }
)

QUICK = tuple(own for own in INPUTS.values() if own.name not in _SLOW)
SLOW = tuple(own for own in INPUTS.values() if own.name in _SLOW)
