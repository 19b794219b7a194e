"""The app in fp32, in which its vectors equal those of others to rounding."""

from __future__ import annotations

import contextlib
import json
import os

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.settings import cache_folder

_FILE = "precision.json"


def environment(model: Model, folder: str) -> dict[str, str]:
    """Return this process's variables with a cache in which fp32 stands for the precision that is best here.

    Args:
        model: that is to be computed in fp32 on the processor.
        folder: that takes the cache.
    """
    with contextlib.closing(Encoder("cpu", in_background=True)) as encoder:
        encoder.embed_now(model, ["a text"], TextKind.PASSAGE)  # measures what is best, where nobody has yet
    with contextlib.suppress(FileNotFoundError), open(os.path.join(cache_folder(), _FILE), encoding="utf-8") as file:
        kept = json.load(file)
        with open(os.path.join(folder, _FILE), "w", encoding="utf-8") as own:
            json.dump(dict.fromkeys(kept, "fp32"), own)
    return {**os.environ, "BGE_DESKTOP_CACHE": folder}
