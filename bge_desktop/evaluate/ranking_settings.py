"""Settings of the ranking that differ from the shipped ones, as a person writes them into a TOML file."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.text_file import read_text
from bge_desktop.search.fusion import DENSE, HYBRID, Weights, reciprocal_rank_fusion
from bge_desktop.search.ranking import Ids, Ranking

_TITLE = "Settings cannot be used"
_TABLE = "ranking"
_METHOD = "fusion"
_WEIGHTS = tuple(field.name for field in dataclasses.fields(Weights))
# Beyond all reason, and far from where sums of scores overflow.
_LARGEST = 1_000_000

_BM25 = Weights(dense=0.0, passage=1.0, document=0.0, name=0.0, exact=0.0)


class Fusion(StrEnum):
    """How the parts of a ranking become one list."""

    SCORES = "scores"
    RRF = "rrf"


@dataclass(frozen=True)
class RankingSettings:
    """How documents are ranked.

    Attributes:
        weights: how much each score counts, where scores are fused.
        fusion: of scores, as shipped; or reciprocal rank fusion of the lists by meaning and by BM25 of passages, in
            which no weight counts.
    """

    weights: Weights = HYBRID
    fusion: Fusion = Fusion.SCORES

    def order(self, ranking: Ranking) -> Ids:
        """Return the rows of the documents that are found, best first, of a ranking by whatever weights."""
        if self.fusion is Fusion.SCORES:
            return ranking.with_weights(self.weights).order()
        return reciprocal_rank_fusion([ranking.with_weights(part).order() for part in (DENSE, _BM25)])

    def as_object(self) -> dict[str, str | float]:
        """Return all that counts, as it could stand in a file."""
        weights = dataclasses.asdict(self.weights) if self.fusion is Fusion.SCORES else {}
        return {_METHOD: str(self.fusion), **weights}


def read_settings(path: str) -> RankingSettings:
    """Read settings from the table `ranking` of a TOML file; what it leaves out is as shipped.

    Raises:
        RequestError: the file cannot be read, is not TOML, or holds what is no setting.
    """
    text = read_text(path, _TITLE)
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers too long and brackets too deep are no TOMLDecodeError
        raise RequestError(_TITLE, f"The file is not TOML: {error}. Correct it there.", path) from error
    try:
        return _settings(tables)
    except ValueError as error:
        raise RequestError(_TITLE, str(error), path) from error


def _settings(tables: Mapping[str, Any]) -> RankingSettings:
    for name in tables:
        if name != _TABLE:
            raise ValueError(f"It holds “{name}”; all settings stand below [{_TABLE}].")
    values = tables.get(_TABLE, {})
    if not isinstance(values, dict):
        raise ValueError(f"“{_TABLE}” must be a table: begin it with [{_TABLE}].")
    for key in values:
        if key not in (_METHOD, *_WEIGHTS):
            raise ValueError(f"“{key}” is no setting; these are: {', '.join((_METHOD, *_WEIGHTS))}.")
    weights = {key: _weight(key, value) for key, value in values.items() if key != _METHOD}
    return _chosen(_fusion(values.get(_METHOD, Fusion.SCORES)), weights)


def _chosen(fusion: Fusion, weights: Mapping[str, float]) -> RankingSettings:
    if fusion is Fusion.RRF and weights:
        raise ValueError(f'With {_METHOD} = "{fusion}" no weight counts: remove {", ".join(weights)}.')
    changed = dataclasses.replace(HYBRID, **weights)
    if not any(dataclasses.astuple(changed)):
        raise ValueError("All weights are 0, so that nothing would be found. Give one of them a larger number.")
    return RankingSettings(changed, fusion)


def _fusion(value: Any) -> Fusion:
    if value not in list(Fusion):
        allowed = " or ".join(f'"{fusion}"' for fusion in Fusion)
        raise ValueError(f"“{_METHOD}” must be {allowed}.")
    return Fusion(value)


def _weight(key: str, value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (is_number and 0 <= value <= _LARGEST):  # false of nan, too
        raise ValueError(f"“{key}” must be a number from 0 to {_LARGEST:,}.")
    return float(value)
