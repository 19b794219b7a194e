"""`bge-desktop evaluate`: how well queries with a known answer find it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

from tqdm import tqdm

from bge_desktop.bge.encoder import Encoder
from bge_desktop.cli import output
from bge_desktop.evaluate.known_item import RERANKED, Difference, KnownItem, differences, read_queries
from bge_desktop.evaluate.known_item import evaluate as evaluate_items
from bge_desktop.evaluate.metrics import Ranks, means
from bge_desktop.evaluate.ranking_settings import RankingSettings, read_settings
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import Mode, displayable
from bge_desktop.search.fusion import WEIGHTS
from bge_desktop.search.reranking import chosen_scorer
from bge_desktop.settings import read

_MODES = (Mode.DENSE, Mode.LEXICAL, Mode.HYBRID)
_AGAINST = "against"
_SHOWN = {"ndcg@10": "nDCG@10", "mrr@10": "MRR@10", _AGAINST: "settings"}


def evaluate(queries: str, against: str | None, library: str, device: str, *, as_json: bool) -> int:
    """Print nDCG@10, MRR@10 and recall@10 of search by meaning, by words, and by both, and how sure differences are.

    Where a reranker is chosen in the settings, what it makes of the last is measured, too, with all the time it takes.

    Args:
        queries: the file with the queries.
        against: a file with settings to compare the shipped ones with, or None.
        library: the folder of the library.
        device: where to embed.
        as_json: whether to print one object for scripts.

    Raises:
        UserError: the queries, the settings or the library cannot be read.
    """
    items = read_queries(queries)
    settings = read_settings(against) if against is not None else None
    ranks = _ranks(items, settings, library, device)
    compared = differences(ranks, of=Mode.HYBRID)
    if as_json:
        output.say_json(_as_object(ranks, compared, settings))
        return 0
    output.say("1 query" if len(items) == 1 else f"{len(items):,} queries")
    _print_means(ranks)
    _print_differences(compared)
    return 0


def _ranks(items: list[KnownItem], settings: RankingSettings | None, library: str, device: str) -> dict[str, Ranks]:
    rankings = {str(mode): RankingSettings(WEIGHTS[mode]) for mode in _MODES}
    if settings is not None:
        rankings[_AGAINST] = settings
    with contextlib.closing(Encoder(device)) as encoder, reading(library) as opened:
        _note_missing(items, opened)
        scorer = chosen_scorer(read(library)[0], encoder, opened)
        with tqdm(total=len(items), unit=" queries", desc="Evaluating", disable=None, leave=False) as bar:
            return evaluate_items(opened, encoder, items, rankings, scorer, on_query=bar.update)


def _note_missing(items: list[KnownItem], library: Library) -> None:
    names = library.folders.documents_by_name()
    missing = sorted({item.file_name for item in items if item.file_name not in names})
    if missing:
        shown = ", ".join(map(displayable, missing[:3])) + (", …" if len(missing) > 3 else "")
        output.note(f"Not in the library, so that no query finds them: {shown}")


def _print_means(ranks: Mapping[str, Ranks]) -> None:
    output.say(f"{'':9}{'nDCG@10':>8} {'MRR@10':>8} {'recall@10':>10}")
    for name, own in ranks.items():
        ndcg, mrr, recall = means(own).values()
        output.say(f"{_shown(name):9}{ndcg:8.3f} {mrr:8.3f} {recall:10.3f}")


def _print_differences(compared: Sequence[Difference]) -> None:
    for difference in compared:
        own = difference.interval
        output.say(
            f"{difference.of} over {_shown(difference.over):9} {_shown(difference.metric):9} {own.difference:+.3f}"
            f" (95 %: {own.low:+.3f} to {own.high:+.3f}){'' if own.is_clear else '  no clear difference'}"
        )


def _shown(name: str) -> str:
    return _SHOWN.get(name, name)


def _as_object(
    ranks: Mapping[str, Ranks], compared: Sequence[Difference], settings: RankingSettings | None
) -> dict[str, object]:
    found: dict[str, object] = {
        "queries": len(ranks[Mode.HYBRID]),
        "modes": {mode: _rounded(means(ranks[mode])) for mode in (*_MODES, RERANKED) if mode in ranks},
        "differences": [_difference_as_object(difference) for difference in compared],
    }
    if settings is not None:
        found[_AGAINST] = {"settings": settings.as_object(), Mode.HYBRID: _rounded(means(ranks[_AGAINST]))}
    return found


def _difference_as_object(difference: Difference) -> dict[str, object]:
    own = difference.interval
    numbers = _rounded({"difference": own.difference, "low": own.low, "high": own.high})
    return {"metric": difference.metric, "of": difference.of, "over": difference.over, **numbers}


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
