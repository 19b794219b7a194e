"""What a person may choose, and where the app keeps things."""

from __future__ import annotations

import os
from typing import Literal, get_args

import platformdirs

Device = Literal["auto", "cpu", "cuda", "mps"]
DEVICES: tuple[str, ...] = get_args(Device)


def default_library() -> str:
    """Return the folder of the person's own library."""
    return os.path.join(platformdirs.user_data_dir("bge-desktop", appauthor=False), "library")
