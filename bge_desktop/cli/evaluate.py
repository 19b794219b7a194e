"""`bge-desktop evaluate`: how well queries with a known answer find it."""

from __future__ import annotations

import contextlib

from bge_desktop.bge.encoder import Encoder
from bge_desktop.cli import output
from bge_desktop.evaluate.known_item import KnownItem, Metrics, read_queries
from bge_desktop.evaluate.known_item import evaluate as evaluate_items
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import Mode, displayable


def evaluate(queries: str, library: str, device: str, *, as_json: bool) -> int:
    """Print nDCG@10, MRR@10 and recall@10 of search by meaning, by words, and by both.

    Raises:
        UserError: the queries or the library cannot be read.
    """
    items = read_queries(queries)
    with contextlib.closing(Encoder(device)) as encoder, reading(library) as opened:
        _note_missing(items, opened)
        metrics = evaluate_items(opened, encoder, items)
    if as_json:
        output.say_json({"queries": len(items), "modes": {mode: _as_object(metrics[mode]) for mode in metrics}})
        return 0
    output.say(f"{len(items)} queries\n{'':9}nDCG@10   MRR@10  recall@10")
    for mode in (Mode.DENSE, Mode.LEXICAL, Mode.HYBRID):
        own = metrics[mode]
        output.say(f"{mode:8}  {own.ndcg:6.3f}   {own.mrr:6.3f}   {own.recall:8.3f}")
    return 0


def _note_missing(items: list[KnownItem], library: Library) -> None:
    names = library.folders.file_names()
    missing = sorted({item.file_name for item in items if item.file_name not in names})
    if missing:
        shown = ", ".join(map(displayable, missing[:3])) + (", …" if len(missing) > 3 else "")
        output.note(f"Not in the library, so that no query finds them: {shown}")


def _as_object(metrics: Metrics) -> dict[str, float]:
    return {
        "ndcg@10": round(metrics.ndcg, 4),
        "mrr@10": round(metrics.mrr, 4),
        "recall@10": round(metrics.recall, 4),
    }
