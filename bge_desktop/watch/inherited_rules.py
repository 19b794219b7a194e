"""What a folder's own rules leave out, said in the rules of a folder above it that it becomes a part of."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\*?\[\]!#])")


def seen_from_above(patterns: Iterable[str], folder: str) -> tuple[str, ...]:
    """Return patterns of a `.gitignore` for a folder above, that leave out the same.

    Args:
        patterns: as they stand in the folder's own rules.
        folder: the folder's path from the one above, with "/" between its parts.
    """
    top = _SPECIAL.sub(r"\\\1", folder)
    return tuple(_moved(pattern, top) for pattern in patterns)


def _moved(pattern: str, top: str) -> str:
    sign, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    is_anchored = "/" in body.rstrip("/")  # else it holds at any depth
    return f"{sign}/{top}/{body.lstrip('/') if is_anchored else f'**/{body}'}"
