"""The app's own encoder as a model that `mteb` evaluates: what the encoder process makes of texts, and nothing else."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model, fingerprint

# The models' cards: the instruction is for a short query that is to find longer passages, and only for that. The two
# sides of the other tasks (also of reranking, whose English queries are titles like the candidates) are alike.
_INSTRUCTED = "Retrieval"
_QUERY = "query"
_PORTION = 256  # texts: enough to fill the encoder's batches, few enough to show how far it is


class AppEncoder:
    """A model of the app in the form of `mteb.models.EncoderProtocol`.

    Args:
        encoder: the process that embeds.
        model: with which it embeds.
        on_texts: called with how many texts have been embedded since the last call.
    """

    def __init__(self, encoder: Encoder, model: Model, on_texts: Callable[[int], object] = lambda _: None) -> None:
        self._encoder, self._model, self._on_texts = encoder, model, on_texts

    @functools.cached_property
    def mteb_model_meta(self) -> Any:
        """What `mteb` writes down of the model: `mteb.models.ModelMeta`."""
        from mteb.models import ModelMeta
        from mteb.models.model_meta import ScoringFunction

        described = {
            "name": f"bge-desktop/{self._model.name}",
            "revision": fingerprint(self._model),
            "max_tokens": self._model.max_tokens,
            "embed_dim": self._model.dimension,
            "similarity_fn_name": ScoringFunction.COSINE,
            "use_instructions": bool(self._model.instruction),
        }
        return ModelMeta.create_empty(described)

    def encode(
        self,
        inputs: Iterable[Mapping[str, Sequence[str]]],
        *,
        task_metadata: Any,
        prompt_type: str | None = None,
        **_: object,
    ) -> Vectors:
        """Return the normalised vectors [texts, dimension] of the texts in batches of a task.

        Args:
            inputs: batches, each with the texts under "text".
            task_metadata: of the task: `mteb.abstasks.TaskMetadata`.
            prompt_type: "query" or "document" where a task has two sides, else None.

        Raises:
            UserError: they cannot be embedded.
        """
        instruction = self._instruction(task_metadata.type, prompt_type)
        return self._embedded([instruction + text for batch in inputs for text in batch["text"]])

    def similarity(self, vectors: Any, others: Any) -> Any:
        """Return the cosines [vectors, others] of normalised vectors, be they arrays or tensors."""
        return vectors @ others.T

    def similarity_pairwise(self, vectors: Any, others: Any) -> Any:
        """Return the cosines [vectors] of normalised vectors with those in the same place, as `similarity`."""
        return (vectors * others).sum(-1)

    def _instruction(self, task_type: str, prompt_type: str | None) -> str:
        if task_type != _INSTRUCTED:
            return ""
        return self._model.instruction if prompt_type == _QUERY else self._model.passage_instruction

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        """Embed texts in portions of like length: a batch is as long as its longest.

        All are sent as queries without an instruction, since those are cut at what the model reads. That is how MTEB's
        scores are measured; passages are read in parts.
        """
        model = dataclasses.replace(self._model, instruction="")
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        vectors = np.empty((len(texts), self._model.dimension), np.float32)
        for start in range(0, len(order), _PORTION):
            portion = order[start : start + _PORTION]
            vectors[portion] = self._encoder.embed_now(model, [texts[index] for index in portion], TextKind.QUERY)
            self._on_texts(len(portion))
        return vectors
