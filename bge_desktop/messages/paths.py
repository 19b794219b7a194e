"""How a path is shown."""

from __future__ import annotations

import re

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def displayable(path: str) -> str:
    """Return `path` with what cannot be shown as U+FFFD: bytes that are not valid UTF-8, and control characters."""
    return _NOT_SHOWN.sub("\ufffd", path)
