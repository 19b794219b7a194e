"""What says how well passages answer a query, having read both together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.errors import EncoderError, TextsError, UserError

Scores = NDArray[np.float32]
Done = Callable[["Scores | UserError"], None]


class Scorer(Protocol):
    """Scores passages. Higher is better; a score tells something only beside others of the same query."""

    def get_ready(self) -> None:
        """Have loaded what is needed, unless it is already."""

    def score(self, query: str, passages: Sequence[str], done: Done) -> None:
        """Score passages without waiting.

        `done` gets the scores [passages] in their order, or the error. It may be called in another thread, and is not
        called at all where that was given up.
        """

    def give_up(self) -> None:
        """Forget what is not answered yet: a newer query has come."""


class CrossEncoderScorer:
    """Scores with a cross-encoder in an encoder process, or with all scores of a model that has heads (see `m3`).

    Args:
        encoder: the process.
        model: the one or the other.
    """

    def __init__(self, encoder: Encoder, model: Model) -> None:
        self._encoder, self._model = encoder, model

    def get_ready(self) -> None:
        """Have the process started, and the model loaded, unless it runs."""
        if self._encoder.pid is None:
            self._encoder.score(self._model, "", [], lambda _: None)  # what fails is told when something is scored

    def score(self, query: str, passages: Sequence[str], done: Done) -> None:
        """Score passages, as `Scorer` says."""
        self._encoder.score(self._model, query, passages, lambda found: done(self._told(found)))

    def give_up(self) -> None:
        """Let the process stop after the pair in hand."""
        self._encoder.drop(TextKind.PAIR)

    def _told(self, found: Vectors | UserError) -> Scores | UserError:
        if isinstance(found, TextsError):  # what it says is meant for documents
            message = f"The model {self._model.name} does not run here. Free some memory, or choose a smaller one."
            return EncoderError("Re-ranking failed", message)
        return found if isinstance(found, UserError) else found[:, 0]
