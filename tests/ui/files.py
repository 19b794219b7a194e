"""Files for the tests to open."""

from __future__ import annotations

import os


def make(folder: object, name: str, mode: int = 0o644, text: str = "#!/bin/sh\n") -> str:
    """Write a file and return its path."""
    path = os.path.join(str(folder), name)
    with open(path, "w") as stream:
        stream.write(text)
    os.chmod(path, mode)
    return path
