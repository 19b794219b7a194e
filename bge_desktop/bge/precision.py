"""The precision to compute in on a processor: which come into question, which is chosen, and what was chosen before."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bge_desktop.own_files import read_json, replacing
from bge_desktop.settings import cache_folder

Precision = Literal["bf16", "fp16", "int8", "fp32"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

_FILE = "precision.json"
_MOST = 32  # choices that are kept, the newest: of past versions and settings, too
# int8 loses some hundredths of a cosine's last digits, so it must be worth it: integer instructions make it more than
# twice as fast as fp32. Without them it is little faster, and sums of products overflow on the way.
_WORTH: Mapping[Precision, float] = {"int8": 1.5}
# The least cosine to fp32. What overflows or is badly emulated is far below.
_AGREEMENT: Mapping[Precision, float] = {"bf16": 0.999, "fp16": 0.999, "int8": 0.98, "fp32": 1.0}


@dataclass(frozen=True)
class Trial:
    """How a precision did.

    Attributes:
        tokens_s: tokens a second.
        agreement: the least cosine of its vectors to those of fp32.
    """

    tokens_s: float
    agreement: float


def candidates(capabilities: Collection[str]) -> tuple[Precision, ...]:
    """Return the precisions that a processor may do well, by what OpenVINO says of it; the first is safe unmeasured."""
    halves: Sequence[Precision] = [half for half in ("bf16", "fp16") if half.upper() in capabilities]
    if halves:
        return (*halves, "fp32")
    return ("fp32", "int8") if "INT8" in capabilities else ("fp32",)


def best(trials: Mapping[Precision, Trial]) -> Precision:
    """Return the fastest precision that agrees with fp32, which is among them, and is enough faster to be worth it."""
    speeds = {
        precision: trial.tokens_s / _WORTH.get(precision, 1.0)
        for precision, trial in trials.items()
        if precision == "fp32" or trial.agreement >= _AGREEMENT[precision]
    }
    return max(speeds, key=speeds.__getitem__)


def kept(key: str) -> Precision | None:
    """Return what was chosen before under a key; None where nothing was, or the file that tells is spoilt."""
    choice = _choices().get(key)
    return choice if choice in PRECISIONS else None


def keep(key: str, choice: Precision) -> None:
    """Keep what was chosen; where that cannot be written, the next start measures again."""
    folder = cache_folder()
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with replacing(os.path.join(folder, _FILE)) as path, open(path, "w", encoding="utf-8") as file:
            json.dump(dict([*_choices().items(), (key, choice)][-_MOST:]), file, indent=1)


def _choices() -> dict[str, Precision]:
    told = read_json(os.path.join(cache_folder(), _FILE))
    return told if isinstance(told, dict) else {}
