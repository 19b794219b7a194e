"""A look whether Qt starts, for a process of its own: where a library is missing, Qt ends the process."""

from __future__ import annotations

import sys

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication


def serve() -> int:
    """Start Qt, print its version, and return the exit status."""
    QApplication(sys.argv[:1])
    if sys.stdout is not None:
        sys.stdout.write(qVersion())
    return 0
