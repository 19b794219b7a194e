"""Measure the ranges for int8 on real passages, and write them beside the models: `make calibrate`.

python -m tests.calibration LIBRARY

The passages are every so-many-th of a library's, and so the same each time for the same library. The committed ranges
are of the collection that the benchmarks measure on (BGE_DESKTOP_EVAL: manual pages, in English and in Chinese).
"""

from __future__ import annotations

import json
import sys

from bge_desktop.bge.models import BUNDLED, Model, fingerprint
from bge_desktop.bge.quantization import InputRange, path
from bge_desktop.library.library import reading
from tests.calibration.inputs import linear_inputs, weights_by_input
from tests.calibration.ranges import range_of

PASSAGES = 96


def passages(library: str, language: str) -> list[str]:
    """Return some passages of a language, from all over the library."""
    with reading(library) as opened:
        rows = opened.db.execute(
            "SELECT substr(unpacked(d.text), p.start + 1, p.end - p.start) FROM passages p"
            " JOIN documents d ON d.id = p.document_id WHERE p.language = ? ORDER BY p.id",
            [language],
        ).fetchall()
    return [text for (text,) in rows[:: max(1, len(rows) // PASSAGES)]]


def measured(model: Model, texts: list[str]) -> dict[str, InputRange]:
    """Return the range of each input of the model's linear layers."""
    weights = weights_by_input(model)
    return {name: range_of(values, weights[name]) for name, values in linear_inputs(model, texts).items()}


def write(model: Model, ranges: dict[str, InputRange]) -> None:
    """Write the ranges of a model, one input a line."""
    lines = (
        f"  {json.dumps(name)}: " + json.dumps({"step": own.step, "zero": own.zero, "factors": own.factors})
        for name, own in ranges.items()
    )
    with open(path(model), "w", encoding="utf-8") as file:
        file.write(f'{{"fingerprint": "{fingerprint(model)}", "inputs": {{\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    for language, bundled in BUNDLED.items():
        write(bundled, measured(bundled, passages(sys.argv[1], language)))
