"""The encoder on a GPU, with torch: BERT straight from the safetensors weights, without padding but in attention."""

from __future__ import annotations

import json

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from torch.nn.functional import embedding, gelu, layer_norm, linear, normalize, scaled_dot_product_attention

from bge_desktop.bge.models import Model, checked_content

_NAMES = {
    ("cuda", torch.bfloat16): "PyTorch bf16 on the graphics card (CUDA)",
    ("cuda", torch.float16): "PyTorch fp16 on the graphics card (CUDA)",
    ("mps", torch.float32): "PyTorch fp32 on the graphics card (Metal)",
    ("cpu", torch.float32): "PyTorch fp32 on the processor",
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
        config = json.loads(checked_content(model, "config.json"))
        self._layers: int = config["num_hidden_layers"]
        self._heads: int = config["num_attention_heads"]
        self._epsilon: float = config["layer_norm_eps"]
        weights = load(checked_content(model, "model.safetensors"))
        self._weights = {name: weight.to(self._device, precision) for name, weight in weights.items()}

    @torch.inference_mode()
    def embed(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return normalised [CLS] vectors, [batch, dimension], of padded token ids, [batch, length]."""
        texts = _Texts(mask, self._heads, self._device)
        hidden = self._embeddings(texts.joined(torch.from_numpy(token_ids).to(self._device)[..., None]), texts)
        for layer in range(self._layers):
            hidden = self._layer(hidden, texts, f"encoder.layer.{layer}", only_cls=layer == self._layers - 1)
        vectors: NDArray[np.float32] = normalize(hidden.float(), dim=-1).cpu().numpy()
        return vectors

    def _embeddings(self, token_ids: torch.Tensor, texts: _Texts) -> torch.Tensor:
        words = embedding(token_ids[:, 0], self._weights["embeddings.word_embeddings.weight"])
        positions = embedding(texts.positions, self._weights["embeddings.position_embeddings.weight"])
        types = self._weights["embeddings.token_type_embeddings.weight"][0]  # every token of a single text has type 0
        return self._norm(words + positions + types, "embeddings.LayerNorm")

    def _layer(self, hidden: torch.Tensor, texts: _Texts, name: str, *, only_cls: bool) -> torch.Tensor:
        """Return what a layer makes of tokens, [tokens, size]: of all, or of the [CLS] of each text, [batch, size]."""
        queries = hidden[texts.first] if only_cls else hidden
        attended = self._attention(queries, hidden, texts, f"{name}.attention.self")
        attended = self._norm(
            self._linear(attended, f"{name}.attention.output.dense") + queries, f"{name}.attention.output.LayerNorm"
        )
        inner = gelu(self._linear(attended, f"{name}.intermediate.dense"))
        return self._norm(self._linear(inner, f"{name}.output.dense") + attended, f"{name}.output.LayerNorm")

    def _attention(self, queries: torch.Tensor, hidden: torch.Tensor, texts: _Texts, name: str) -> torch.Tensor:
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
        return layer_norm(values, weight.shape, weight, bias, self._epsilon)


class _Texts:
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
        self.first = torch.from_numpy(np.cumsum(lengths) - lengths).to(device)
        self.mask = torch.from_numpy(mask).to(device).bool()[:, None, None]

    def joined(self, values: torch.Tensor) -> torch.Tensor:
        """Return the tokens of [batch, length, size] without padding, [tokens, size]."""
        return values.flatten(0, 1)[self._places]

    def apart(self, values: torch.Tensor) -> torch.Tensor:
        """Return joined tokens as [batch, heads, length, size of a head], with zeros for padding."""
        padded = values.new_zeros(self._batch * self._length, values.shape[1]).index_copy_(0, self._places, values)
        return self.by_heads(padded.view(self._batch, self._length, -1))

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
