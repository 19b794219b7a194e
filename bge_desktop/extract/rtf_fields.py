"""Fields of RTF that put text on the page by themselves: the equations of old Word, which also set readings above."""

from __future__ import annotations

import re

_EQUATION = re.compile(r"\s*EQ\b(.*)", re.DOTALL | re.IGNORECASE)
_ABOVE = re.compile(r"\\s\s*\\up\s*\d+\s*\(([^()]*)\)\s*[,;]([^()]*)")
_SWITCHES = re.compile(r"""\\\*\s*(?:"[^"]*"|\w+)|\\\w+""")


def typeset(instruction: str) -> tuple[str, str]:
    """Return what the instruction of a field puts on the page, and what is read above it; "" for nothing."""
    equation = _EQUATION.match(instruction)
    if equation is None:
        return "", ""
    above = _ABOVE.search(equation[1])
    return (above[2], above[1]) if above else (_SWITCHES.sub(" ", equation[1]).strip(), "")
