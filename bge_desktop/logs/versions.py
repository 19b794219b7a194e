"""What the app runs on, as it heads a log and a crash report."""

from __future__ import annotations

import os
import platform
import sys

import bge_desktop

_PACKAGES = ("PySide6-Essentials", "openvino", "torch", "numpy", "hnswlib", "pypdfium2")


def versions() -> list[str]:
    """Return the versions of the app, of Python and of the system, each with its name."""
    return [f"BGE Desktop {bge_desktop.__version__}", f"Python {platform.python_version()}", _system()]


def library_versions() -> list[str]:
    """Return the versions of what most depends on, each with its name. Takes tens of milliseconds at first."""
    import sqlite3

    packages = [f"{name} {version_of(name) or 'missing'}" for name in _PACKAGES]
    return [f"SQLite {sqlite3.sqlite_version}", *packages]


def version_of(package: str) -> str | None:
    """Return the version of an installed package, None where it is not installed."""
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _system() -> str:
    if sys.platform == "win32":  # platform.uname() starts a program to find out
        own = sys.getwindowsversion()
        return f"Windows {own.major}.{own.minor}.{own.build} {os.environ.get('PROCESSOR_ARCHITECTURE', '')}"
    own = os.uname()
    return f"{own.sysname} {own.release} {own.machine}"
