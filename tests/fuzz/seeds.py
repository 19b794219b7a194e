"""The files that are mutated: the test files of every format, and the samples."""

from __future__ import annotations

import os
from dataclasses import dataclass

from bge_desktop import resources

_FORMATS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "formats")
_NOT_SEEDS = ("make_", "expected-")


@dataclass(frozen=True)
class Seed:
    """A well-formed file."""

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        """What its format is counted under."""
        return os.path.splitext(self.name)[1].lower() or "none"


def all_seeds() -> list[Seed]:
    """Return all of them, in the order of their names."""
    return [seed for top in (_FORMATS, resources.path("samples")) for seed in _below(top)]


def _below(top: str) -> list[Seed]:
    seeds = []
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            if not name.startswith(_NOT_SEEDS):
                with open(os.path.join(folder, name), "rb") as stream:
                    seeds.append(Seed(name, stream.read()))
    return seeds
