"""The limit of embedding on a processor: the app's own graph in its precision, over perfectly packed batches.

The tokens of the texts are cut into rows of one length, the texts' mean, so that nothing is padded; and of the numbers
of tokens that a batch may have, the quickest counts. Neither tokenising nor a process of its own is in it.

python -m tests.benchmarks.limit LANGUAGE TEXTS
"""

from __future__ import annotations

import os
import sys
import time

import numpy as np

from bge_desktop.bge import devices, tokenizer
from bge_desktop.bge.models import BUNDLED
from tests.benchmarks.peers.serving import lines_of, serve

_BUDGETS = (256, 512, 1024, 2048, 4096, 8192)


def packed(token_ids: list[list[int]]) -> np.ndarray:
    """Return the same tokens in as many rows of one length, [n, length]; what is left over at the end is dropped."""
    flat = np.fromiter((token for own in token_ids for token in own), np.int64)
    length = len(flat) // len(token_ids)
    return flat[: len(token_ids) * length].reshape(len(token_ids), length)


def main() -> None:
    """Load the model and serve."""
    language, texts_path = sys.argv[1:]
    model = BUNDLED[language]
    encoder = devices.load(model, "cpu")
    rows = packed(tokenizer.encode(model, lines_of(texts_path)))
    best: list[int] = []

    def seconds(budget: int) -> float:
        size = max(1, budget // rows.shape[1])
        started = time.perf_counter()
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            encoder.embed(batch, np.ones_like(batch))
        return time.perf_counter() - started

    def encode() -> dict[str, object]:
        if not best:
            times = {budget: seconds(budget) for budget in _BUDGETS}
            best.append(min(times, key=times.__getitem__))
        return {"seconds": seconds(best[0]), "budget": best[0], "tokens": int(rows.size), "encoder": encoder.name}

    serve({"encode": encode})


if __name__ == "__main__":
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    main()
