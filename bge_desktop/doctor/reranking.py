"""Looks at the reranker that the settings name: whether it runs, and for how many results its time is enough."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.reranker_folder import read_reranker
from bge_desktop.bge.scoring import CrossEncoderScorer
from bge_desktop.doctor.check import Check, ok, warning
from bge_desktop.search.reranking import DEPTH, scored_now
from bge_desktop.settings import read

_NAME = "re-ranking"
_QUERY = "how much notice must I give"
_PASSAGE = "The tenant may end the lease with sixty days' notice in writing. " * 12  # as long as most are
_PASSAGES = 3
_FEW = 5


def chosen(library: str, device: str) -> Iterator[Check]:
    """Score some passages with the reranker of a library's settings; where none is chosen, there is nothing to say.

    Raises:
        UserError: it cannot be used.
    """
    settings, _ = read(library)
    if not settings.reranker:
        return
    model = read_reranker(settings.reranker)
    with contextlib.closing(Encoder(device)) as encoder:
        scorer = CrossEncoderScorer(encoder, model)
        scored_now(scorer, _QUERY, [_PASSAGE])  # it is loaded by then
        started = time.perf_counter()
        scored_now(scorer, _QUERY, [_PASSAGE] * _PASSAGES)
        took_ms = (time.perf_counter() - started) * 1000 / _PASSAGES
    yield _told(model.name, took_ms, settings.reranking_ms)


def _told(name: str, took_ms: float, budget_ms: int) -> Check:
    reached = min(DEPTH, math.floor(budget_ms / took_ms))
    found = (
        f"{name} takes {took_ms:,.0f} ms for a passage: in {budget_ms:,} ms, it looks at {reached} of {DEPTH} results."
    )
    if reached < _FEW:
        return warning(_NAME, found, "Choose a smaller one, or give it more time (bge-desktop settings).")
    return ok(_NAME, found)
