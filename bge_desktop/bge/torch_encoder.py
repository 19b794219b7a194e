"""The encoder on a GPU, with torch: straight from the safetensors weights, without padding but in attention."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import embedding, gelu, layer_norm, linear, normalize, relu, scaled_dot_product_attention

from bge_desktop.bge.m3 import Outputs
from bge_desktop.bge.models import Model
from bge_desktop.bge.network import Activation
from bge_desktop.bge.weights import read

_NAMES = {
    ("cuda", torch.bfloat16): "PyTorch bf16 on the graphics card (CUDA)",
    ("cuda", torch.float16): "PyTorch fp16 on the graphics card (CUDA)",
    ("mps", torch.float32): "PyTorch fp32 on the graphics card (Metal)",
    ("cpu", torch.float32): "PyTorch fp32 on the processor",
}
_ACTIVATIONS: Mapping[Activation, Callable[[torch.Tensor], torch.Tensor]] = {
    "gelu": gelu,
    "gelu_tanh": functools.partial(gelu, approximate="tanh"),
    "relu": relu,
}
_BUDGETS = {"cuda": 16_384, "mps": 4_096, "cpu": 512}  # a GPU wants many tokens to have all of it at work


class TorchEncoder:
    """Embeds token ids with torch.

    On CUDA in bf16 where the card has it, else in fp16; elsewhere in single precision. (fp16 on a processor runs at a
    quarter of fp32's speed; on Metal it has not been measured.) On a processor it is what the tests run.

    Args:
        model: the encoder to load.
        device: "cuda", "mps" or "cpu".
        threads: how many threads of the processor to compute with; 0 leaves it to torch.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """

    def __init__(self, model: Model, device: str, threads: int = 0) -> None:
        if threads:
            torch.set_num_threads(threads)
        self._device, precision = torch.device(device), _precision(device)
        self.name, self.budget = _NAMES[device, precision], _BUDGETS[device]
        self._pooling = model.pooling
        self._network, weights = read(model)
        self._weights = {name: torch.tensor(own).to(self._device, precision) for name, own in weights.items()}

    @torch.inference_mode()
    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return normalised vectors of texts, [batch, dimension], of padded token ids, [batch, length]."""
        texts = Texts(mask, self._network.heads, self._device)
        hidden = self.hidden(token_ids, texts, only_cls=self._pooling == "cls").float()
        pooled = hidden if self._pooling == "cls" else texts.mean(hidden)
        vectors: NDArray[np.float32] = normalize(pooled, dim=-1).cpu().numpy()
        return vectors

    @torch.inference_mode()
    def outputs(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Outputs:
        """Return all that a model with heads gives of texts, of padded token ids, [batch, length]."""
        texts = Texts(mask, self._network.heads, self._device)
        hidden = self.hidden(token_ids, texts, only_cls=False)
        says = texts.padded(relu(self._linear(hidden, "sparse_linear")))[..., 0]
        multi = texts.padded(normalize(self._linear(hidden, "colbert_linear").float(), dim=-1))[:, 1:]
        found = normalize(hidden[texts.first].float(), dim=-1), says.float(), multi
        return Outputs(*(own.cpu().numpy() for own in found))

    def hidden(
        self, token_ids: NDArray[np.int64], texts: Texts, types: NDArray[np.int64] | None = None, *, only_cls: bool
    ) -> torch.Tensor:
        """Return what the last layer holds of all tokens, [tokens, size], or of the [CLS] of each text, [batch, size].

        Args:
            token_ids: padded, [batch, length].
            texts: where the tokens are.
            types: of the tokens, [batch, length]; without them, every token has type 0, as in a single text.
            only_cls: whether no other token's is used.
        """
        hidden = self._embeddings(token_ids, texts, types)
        last = self._network.layers - 1
        for layer in range(self._network.layers):
            hidden = self._layer(hidden, texts, f"encoder.layer.{layer}", only_cls=only_cls and layer == last)
        return hidden

    def _embeddings(self, token_ids: NDArray[np.int64], texts: Texts, types: NDArray[np.int64] | None) -> torch.Tensor:
        words = embedding(texts.of(token_ids), self._weights["embeddings.word_embeddings.weight"])
        positions = texts.positions + self._network.first_position
        placed = embedding(positions, self._weights["embeddings.position_embeddings.weight"])
        kinds = self._weights["embeddings.token_type_embeddings.weight"]
        typed = kinds[0] if types is None else embedding(texts.of(types), kinds)
        return self._norm(words + placed + typed, "embeddings.LayerNorm")

    def _layer(self, hidden: torch.Tensor, texts: Texts, name: str, *, only_cls: bool) -> torch.Tensor:
        """Return what a layer makes of tokens, [tokens, size]: of all, or of the [CLS] of each text, [batch, size]."""
        queries = hidden[texts.first] if only_cls else hidden
        attended = self._attention(queries, hidden, texts, f"{name}.attention.self")
        attended = self._norm(
            self._linear(attended, f"{name}.attention.output.dense") + queries, f"{name}.attention.output.LayerNorm"
        )
        inner = self._linear(attended, f"{name}.intermediate.dense")
        inner = _ACTIVATIONS[self._network.activation](inner)
        return self._norm(self._linear(inner, f"{name}.output.dense") + attended, f"{name}.output.LayerNorm")

    def _attention(self, queries: torch.Tensor, hidden: torch.Tensor, texts: Texts, name: str) -> torch.Tensor:
        key, value = (texts.apart(self._linear(hidden, f"{name}.{part}")) for part in ("key", "value"))
        query = self._linear(queries, f"{name}.query")
        if queries is hidden:
            return texts.joined(texts.merged(scaled_dot_product_attention(texts.apart(query), key, value, texts.mask)))
        attended = scaled_dot_product_attention(texts.by_heads(query[:, None]), key, value, texts.mask)
        return texts.merged(attended)[:, 0]

    def _linear(self, values: torch.Tensor, name: str) -> torch.Tensor:
        return linear(values, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, values: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return layer_norm(values, weight.shape, weight, bias, self._network.epsilon)


class Texts:
    """Where the tokens of a batch are: joined without padding, [tokens, size], or apart for attention.

    Args:
        mask: [batch, length], 1 where there is a token.
        heads: of attention.
        device: where to compute.

    Attributes:
        mask: what attention may look at, [batch, 1, 1, length].
        first: the joined token at which each text begins, [batch].
        positions: of the joined tokens in their texts, [tokens].
    """

    def __init__(self, mask: NDArray[np.int64], heads: int, device: torch.device) -> None:
        self._batch, self._length = mask.shape
        self._heads = heads
        places, lengths = np.flatnonzero(mask), mask.sum(axis=1)
        self._places = torch.from_numpy(places).to(device)
        self.positions = torch.from_numpy(places % self._length).to(device)
        self._lengths = torch.from_numpy(lengths).to(device)
        self.first = torch.from_numpy(np.cumsum(lengths) - lengths).to(device)
        self.mask = torch.from_numpy(mask).to(device).bool()[:, None, None]

    def of(self, numbers: NDArray[np.int64]) -> torch.Tensor:
        """Return what there is to each token in [batch, length], without padding, [tokens]."""
        return torch.from_numpy(numbers).to(self._places.device).flatten()[self._places]

    def mean(self, values: torch.Tensor) -> torch.Tensor:
        """Return the mean over the tokens of each text, [batch, size], of [tokens, size]."""
        summed = values.new_zeros(self._batch, values.shape[1]).index_add_(0, self._places // self._length, values)
        return summed / self._lengths[:, None]

    def joined(self, values: torch.Tensor) -> torch.Tensor:
        """Return the tokens of [batch, length, size] without padding, [tokens, size]."""
        return values.flatten(0, 1)[self._places]

    def apart(self, values: torch.Tensor) -> torch.Tensor:
        """Return joined tokens as [batch, heads, length, size of a head], with zeros for padding."""
        return self.by_heads(self.padded(values))

    def padded(self, values: torch.Tensor) -> torch.Tensor:
        """Return joined tokens as [batch, length, size], with zeros for padding."""
        padded = values.new_zeros(self._batch * self._length, values.shape[1]).index_copy_(0, self._places, values)
        return padded.view(self._batch, self._length, -1)

    def by_heads(self, values: torch.Tensor) -> torch.Tensor:
        """Return [batch, tokens, size] as [batch, heads, tokens, size of a head]."""
        return values.view(*values.shape[:2], self._heads, -1).transpose(1, 2)

    @staticmethod
    def merged(values: torch.Tensor) -> torch.Tensor:
        """Return [batch, heads, tokens, size of a head] as [batch, tokens, size]."""
        return values.transpose(1, 2).flatten(2)


def _precision(device: str) -> torch.dtype:
    if device != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
