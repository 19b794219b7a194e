"""Where the files that come with the program are: models, icons, samples."""

from __future__ import annotations

import os
import sys


def path(*parts: str) -> str:
    """Return the path of a bundled file or folder, e.g. `path("models", "SHA256SUMS")`."""
    root = getattr(sys, "_MEIPASS", None) or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return os.path.join(root, "resources", *parts)
