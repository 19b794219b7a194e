"""How a model's cosines are spread over the documents of a library: what is usual, where few of them tell."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass

from bge_desktop.bge.models import BUNDLED, Cosines, Model
from bge_desktop.bge.script import Language


@dataclass(frozen=True)
class Spread:
    """Means and deviations of cosines over documents.

    Attributes:
        query: between a query and the passages of a document, pooled.
        nearest: between a passage and the nearest one of a document.
        whole: between the mean vectors of two documents.
    """

    query: Cosines
    nearest: Cosines
    whole: Cosines

    def described(self) -> str:
        """Return it as text, for a database."""
        return json.dumps(dataclasses.asdict(self))


# Between passages of 1,880 manual pages, and between the means of their vectors.
_MEASURED: Mapping[Language, Spread] = {
    "en": Spread(BUNDLED["en"].usual, nearest=Cosines(0.646, 0.049), whole=Cosines(0.736, 0.051)),
    "zh": Spread(BUNDLED["zh"].usual, nearest=Cosines(0.631, 0.055), whole=Cosines(0.753, 0.048)),
}
# So much nearer than a query are, with the bundled models, a passage and the mean of a document.
_PASSAGE_NEARER, _MEAN_NEARER = 0.15, 0.25


def spread_of(model: Model, language: Language) -> Spread:
    """Return what is usual of a model where nobody has measured it on the documents at hand.

    Args:
        model: the encoder.
        language: of the passages that it reads.
    """
    if model == BUNDLED[language]:
        return _MEASURED[language]
    usual = model.usual
    return Spread(
        usual,
        nearest=Cosines(min(usual.mean + _PASSAGE_NEARER, 1.0), usual.deviation),
        whole=Cosines(min(usual.mean + _MEAN_NEARER, 1.0), usual.deviation),
    )


def spread_described_as(description: str) -> Spread:
    """Return the spread of a description that `Spread.described` made.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    values = json.loads(description)
    return Spread(**{name: Cosines(**values[name]) for name in ("query", "nearest", "whole")})
