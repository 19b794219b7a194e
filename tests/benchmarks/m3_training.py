"""Makes a small M3: a bundled encoder in XLM-R's layout, with heads that are trained on pairs of texts.

The encoder stays as it is. The heads learn from negatives in the batch, each by its own score, as section 3.3 of
arXiv 2402.03216 has it, without the distillation of one by the others.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import cross_entropy, normalize, relu

from bge_desktop.bge import tokenizer
from bge_desktop.bge.m3 import HEADS
from bge_desktop.bge.m3_conversion import convert_heads
from bge_desktop.bge.models import Cosines, Model

_QUERY_LENGTH, _LENGTH = 32, 96  # tokens that the heads learn from
_BATCH, _ROUNDS, _RATE = 16, 4, 2e-3
# Lexical scores are not bounded as cosines are; sharper ones drive all weights under zero, from where none returns.
_SPARSE_TEMPERATURE, _MULTI_TEMPERATURE = 0.3, 0.02
_FIRST_WEIGHT = 0.3  # of each token, nearly


def as_xlm_roberta(model: Model, folder: Path) -> Model:
    """Save a bundled encoder in XLM-R's layout and return it: its positions begin behind the padding's number."""
    folder.mkdir()
    config = json.loads(Path(model.folder, "config.json").read_text())
    kind = {"model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"]}
    positions = config["max_position_embeddings"] + 1
    (folder / "config.json").write_text(json.dumps({**config, **kind, "max_position_embeddings": positions}))
    weights = load_file(Path(model.folder, "model.safetensors"))
    name = "embeddings.position_embeddings.weight"
    weights[name] = torch.cat([weights[name][:1], weights[name]])
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    shutil.copy(Path(model.folder, "tokenizer.json"), folder)
    return Model(
        f"m3 of {model.name}", model.dimension, model.instruction, Cosines(0.5, 0.1),
        architecture="xlm-roberta", location=str(folder), recorded="m3", has_heads=True,
    )  # fmt: skip


class _Texts:
    """What an encoder holds of each token of texts.

    Attributes:
        hidden: [texts, length, size].
        ids, mask: [texts, length].
    """

    def __init__(self, network: torch.nn.Module, model: Model, texts: Sequence[str], length: int) -> None:
        encoded = [ids[: length - 1] + ids[-1:] for ids in tokenizer.encode(model, texts)]
        ids, mask = tokenizer.pad(encoded)
        self.ids, self.mask = torch.from_numpy(ids), torch.from_numpy(mask)
        with torch.inference_mode():
            parts = zip(self.ids.split(64), self.mask.split(64), strict=True)
            self.hidden = torch.cat([network(own, mask).last_hidden_state.half() for own, mask in parts])


class _Heads(torch.nn.Module):
    def __init__(self, size: int, special: torch.Tensor, tokens: int) -> None:
        super().__init__()
        self.sparse_linear, self.colbert_linear = torch.nn.Linear(size, 1), torch.nn.Linear(size, size)
        torch.nn.init.eye_(self.colbert_linear.weight)
        torch.nn.init.zeros_(self.colbert_linear.bias)
        torch.nn.init.constant_(self.sparse_linear.bias, _FIRST_WEIGHT)
        self._special, self._tokens = special, tokens

    def losses(self, queries: _Texts, passages: _Texts, rows: torch.Tensor) -> torch.Tensor:
        hidden = [own.hidden[rows].float() for own in (queries, passages)]
        masks, ids = [own.mask[rows] for own in (queries, passages)], [own.ids[rows] for own in (queries, passages)]
        sparse = [self._sparse(*own) for own in zip(hidden, ids, strict=True)]
        query, passage = (normalize(self.colbert_linear(own[:, 1:]), dim=-1) for own in hidden)
        cosines = torch.einsum("qin,pjn->qipj", query, passage)
        cosines = cosines.masked_fill(masks[1][None, None, :, 1:] == 0, -1.0).amax(-1)
        own = masks[0][:, 1:, None]
        multi, lexical = (cosines * own).sum(1) / own.sum(1), sparse[0] @ sparse[1].T
        right = torch.arange(len(rows))
        by_sparse = cross_entropy(lexical / _SPARSE_TEMPERATURE, right)
        return by_sparse + cross_entropy(multi / _MULTI_TEMPERATURE, right)

    def _sparse(self, hidden: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        weights = relu(self.sparse_linear(hidden))[..., 0]
        weights = weights.masked_fill(torch.isin(ids, self._special), 0.0)
        return torch.zeros(len(ids), self._tokens).scatter_reduce(1, ids, weights, "amax")


def train_heads(model: Model, pairs: Sequence[tuple[str, str]]) -> None:
    """Train the heads of a model on queries and the passages that answer them, and save them beside the encoder."""
    from transformers import XLMRobertaModel

    torch.manual_seed(0)
    network = XLMRobertaModel.from_pretrained(model.folder, add_pooling_layer=False, dtype=torch.float32).eval()
    queries = _Texts(network, model, [model.instruction + query for query, _ in pairs], _QUERY_LENGTH)
    passages = _Texts(network, model, [passage for _, passage in pairs], _LENGTH)
    names = (tokenizer.load(model).token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]", "[UNK]"))
    heads = _Heads(model.dimension, torch.tensor(list(names)), network.config.vocab_size)
    optimizer = torch.optim.AdamW(heads.parameters(), lr=_RATE)
    for _ in range(_ROUNDS):
        for rows in torch.randperm(len(pairs)).split(_BATCH):
            optimizer.zero_grad()
            heads.losses(queries, passages, rows).backward()
            optimizer.step()
    for name in HEADS:
        torch.save(getattr(heads, name).state_dict(), Path(model.folder, f"{name}.pt"))
    convert_heads(model.folder)
