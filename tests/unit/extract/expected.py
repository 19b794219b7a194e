"""What the files of `tests/data/formats` hold: phrases, and the places at which they stand."""

from __future__ import annotations

import csv
from pathlib import Path

FILES = Path(__file__).parents[2] / "data" / "formats"


def rows(kind: str) -> list[dict[str, str]]:
    """Return the rows of `expected-KIND.tsv`, by the names of its columns."""
    with open(FILES / f"expected-{kind}.tsv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
