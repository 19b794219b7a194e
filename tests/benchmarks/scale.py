"""How much is measured: all of it, or with QUICK=1 less of everything, for a first look."""

from __future__ import annotations

import os
from typing import TypeVar

IS_QUICK = bool(os.environ.get("BGE_DESKTOP_BENCH_QUICK"))
_Amount = TypeVar("_Amount")


def of(full: _Amount, quick: _Amount) -> _Amount:
    """Return the amount that this run is to take."""
    return quick if IS_QUICK else full


ROUNDS = of(5, 3)
"""In which those that are compared take turns."""
