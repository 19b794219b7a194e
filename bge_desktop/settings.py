"""Where the app keeps things."""

from __future__ import annotations

import os

import platformdirs


def default_library() -> str:
    """Return the folder of the person's own library."""
    return os.path.join(platformdirs.user_data_dir("bge-desktop", appauthor=False), "library")
