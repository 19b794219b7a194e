"""Small random models in the published layout of BGE's: a real tokenizer, made from real text, and random weights."""

from __future__ import annotations

import json
import math
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedModel,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaModel,
)

TEXTS = (
    "The tenant may end the lease with sixty days' notice in writing.",
    "How much notice must I give before moving out of the flat?",
    "Knead the dough, let it rise for an hour, and bake the bread in a hot oven.",
    "The washing machine is still under guarantee: the repair costs nothing.",
    "Print the names of the files in a directory, one on each line.",
    "租客可以提前六十天书面通知房东解除合同。",
    "洗衣机还在保修期内，师傅上门维修不收费。",
    "列出目录中的文件名，每行一个。",
    "把面团揉好，醒发一个小时，然后放进热烤箱里烤。",
)
"""What the tokenizers are made from, unless other texts are given: they know its characters, and its frequent words."""

Pooling = Literal["cls", "mean"]

_ALL_POOLINGS = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")


def save_bert(folder: Path, *, texts: Sequence[str] = TEXTS, pooling: Pooling = "cls", **config: Any) -> Path:
    """Save a BERT encoder and return its folder.

    Args:
        folder: which is made.
        texts: what the vocabulary is made from.
        pooling: of its token vectors.
        config: overrides of `BertConfig`: hidden_size, num_hidden_layers, hidden_act, dtype, max_position_embeddings…
    """
    tokenizer = word_piece(texts)
    network = BertModel(bert_config(tokenizer, **config), add_pooling_layer=False)
    return _save_encoder(folder, network, tokenizer, pooling)


def save_xlm_roberta(folder: Path, *, texts: Sequence[str] = TEXTS, pooling: Pooling = "cls", **config: Any) -> Path:
    """Save an XLM-R encoder, as bge-m3's backbone, and return its folder; the arguments are as of `save_bert`."""
    tokenizer = unigram(texts)
    network = XLMRobertaModel(xlm_roberta_config(tokenizer, **config), add_pooling_layer=False)
    return _save_encoder(folder, network, tokenizer, pooling)


def save_m3(folder: Path, *, texts: Sequence[str] = TEXTS, colbert_size: int | None = None, **config: Any) -> Path:
    """Save an XLM-R encoder with bge-m3's two further heads, random as it is, and return its folder.

    Args:
        folder, texts, config: as of `save_bert`.
        colbert_size: of each of the multi-vectors; the hidden size where it is None.
    """
    save_xlm_roberta(folder, texts=texts, **config)
    size: int = json.loads((folder / "config.json").read_text())["hidden_size"]
    torch.manual_seed(1)
    for name, width in (("sparse_linear", 1), ("colbert_linear", colbert_size or size)):
        torch.save(torch.nn.Linear(size, width).state_dict(), folder / f"{name}.pt")
    return folder


def save_bert_reranker(folder: Path, *, texts: Sequence[str] = TEXTS, labels: int = 1, **config: Any) -> Path:
    """Save a BERT cross-encoder, in the layout of BGE's rerankers, and return its folder.

    Args:
        folder, texts, config: as of `save_bert`.
        labels: that it tells apart; one in a reranker.
    """
    tokenizer = word_piece(texts)
    network = BertForSequenceClassification(bert_config(tokenizer, num_labels=labels, **config))
    return _save(folder, network, tokenizer)


def save_xlm_roberta_reranker(folder: Path, *, texts: Sequence[str] = TEXTS, labels: int = 1, **config: Any) -> Path:
    """Save an XLM-R cross-encoder and return its folder; the arguments are as of `save_bert_reranker`."""
    tokenizer = unigram(texts)
    network = XLMRobertaForSequenceClassification(xlm_roberta_config(tokenizer, num_labels=labels, **config))
    return _save(folder, network, tokenizer)


def bert_config(tokenizer: Tokenizer, **config: Any) -> BertConfig:
    """Return the configuration of a small BERT over a vocabulary."""
    return BertConfig(**{**_SMALL, "max_position_embeddings": 64, "vocab_size": tokenizer.get_vocab_size(), **config})


def xlm_roberta_config(tokenizer: Tokenizer, **config: Any) -> XLMRobertaConfig:
    """Return the configuration of a small XLM-R over a vocabulary: its positions begin behind the padding's number."""
    own = {
        "max_position_embeddings": 66,
        "type_vocab_size": 1,
        "layer_norm_eps": 1e-5,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
    }
    return XLMRobertaConfig(**{**_SMALL, **own, "vocab_size": tokenizer.get_vocab_size(), **config})


_SMALL: Mapping[str, Any] = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
}
_DEVIATION = 0.3  # with less, as is usual, all texts would get nearly the same vector


def word_piece(texts: Sequence[str] = TEXTS, size: int = 1000) -> Tokenizer:
    """Return a tokenizer as BERT's, lower-casing, which knows the characters of texts and their most frequent words.

    They are the same each time, which those of a tokenizer that is trained are not.
    """
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words = Counter(
        word
        for text in texts
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text))
    )
    characters = sorted({*string.ascii_lowercase, *string.digits, *(character for word in words for character in word)})
    pieces = [*characters, *(f"##{own}" for own in characters), *(word for word, _ in words.most_common())]
    known = list(dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *pieces]))[:size]
    tokenizer.model = models.WordPiece({piece: number for number, piece in enumerate(known)}, unk_token="[UNK]")
    tokenizer.add_special_tokens(known[:5])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def unigram(texts: Sequence[str] = TEXTS, size: int = 1000) -> Tokenizer:
    """Return a tokenizer as XLM-R's (SentencePiece), with its numbers of the special tokens.

    It knows the characters of the texts and their most frequent words in Latin letters: they are the same each time,
    which those of a tokenizer that is trained are not.
    """
    special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    characters = Counter(character for text in texts for character in f"▁{text}" if not character.isspace())
    words = Counter(f"▁{word}" for text in texts for word in text.split() if word.isascii())
    counts = (characters + words).most_common(size - len(special) - 1)
    total = sum(count for _, count in counts)
    pieces = [(piece, math.log(count / total)) for piece, count in counts]
    tokenizer = Tokenizer(models.Unigram([*special, *pieces], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.add_special_tokens(["<mask>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("<s>", "</s>")],
    )
    return tokenizer


def rewrite_weights(folder: Path, change: Any) -> None:
    """Replace a saved model's tensors by what `change`, called with them by name, returns."""
    path = folder / "model.safetensors"
    save_file(change(load_file(path)), path, {"format": "pt"})


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file, and the folder that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _save_encoder(folder: Path, network: PreTrainedModel, tokenizer: Tokenizer, pooling: Pooling) -> Path:
    _save(folder, network, tokenizer)
    kinds = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (kind, path) in enumerate(kinds)
    ]
    write_json(folder / "modules.json", modules)
    chosen = {"cls": "cls_token", "mean": "mean_tokens"}[pooling]
    modes = {f"pooling_mode_{own}": own == chosen for own in _ALL_POOLINGS}
    write_json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": network.config.hidden_size, **modes})
    longest = _longest(network.config)
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": longest, "do_lower_case": False})
    return folder


def _save(folder: Path, network: PreTrainedModel, tokenizer: Tokenizer) -> Path:
    _randomise(network)
    return save_trained(folder, network, tokenizer)


def save_trained(folder: Path, network: PreTrainedModel, tokenizer: Tokenizer) -> Path:
    """Save a network as it is, with its tokenizer, and return its folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    network.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    is_bert = network.config.model_type == "bert"
    kind = "BertTokenizer" if is_bert else "XLMRobertaTokenizer"
    told = {"tokenizer_class": kind, "model_max_length": _longest(network.config)}
    write_json(folder / "tokenizer_config.json", {**told, "do_lower_case": True} if is_bert else told)
    return folder


@torch.no_grad()
def _randomise(network: PreTrainedModel) -> None:
    """Give all weights values, biases and those of the normalisation too, the same ones each time."""
    generator = torch.Generator().manual_seed(0)
    for name, weight in network.named_parameters():
        weight.normal_(1.0 if name.endswith("LayerNorm.weight") else 0.0, _DEVIATION, generator=generator)


def _longest(config: Any) -> int:
    """Return the most tokens that a model reads."""
    unused = 0 if config.model_type == "bert" else config.pad_token_id + 1
    return int(config.max_position_embeddings - unused)
