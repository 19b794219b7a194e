r"""What programs write for a terminal or a line printer, as one saw it there: colours, overstriking.

An escape sequence changes how a text looks, and a backspace sets one character over another: `N\bN` is a bold N,
`_\bN` an underlined one (ECMA-48, and what man and nroff write).
"""

from __future__ import annotations

import re

# A string for the terminal (a title, an address) with its end; the choice of a character set; the rest by its letter.
_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]{0,100}[ -/]{0,5}(?:(?P<move>[A-Hdf])|[@-~])"
    r"|\][^\x07\x1b\n\r]{0,3000}(?:\x07|\x1b\\)"
    r"|[PX^_][^\x1b\n\r]{0,3000}\x1b\\"
    r"|[ -/]{1,3}[0-~]"
    r"|[0-OQ-WYZ\\`-~])"
    r"|[\x0e\x0f]"
)
_LINE_END = re.compile(r"([\n\r\f\v])")


def as_shown(text: str) -> str:
    """Return a text without escape sequences, and with one character wherever several were set over each other.

    The time is linear in its length, and its lines stay where they are.
    """
    if "\x1b" in text:
        text = _SEQUENCE.sub(lambda sequence: " " if sequence["move"] else "", text)
    if "\b" in text:
        text = "".join(_overstruck(line) if "\b" in line else line for line in _LINE_END.split(text))
    return text


def _overstruck(line: str) -> str:
    shown: list[str] = []
    column = 0
    for character in line:
        if character == "\b":
            column = max(0, column - 1)
            continue
        if column == len(shown):
            shown.append(character)
        elif character != "_" or shown[column] == " ":
            shown[column] = character
        column += 1
    return "".join(shown)
