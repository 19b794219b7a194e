"""How a published model makes one vector of a text: its pooling, its limit, and what stands in front of a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bge_desktop.bge.model_layout import read_json, read_object
from bge_desktop.bge.models import BUNDLED, Pooling
from bge_desktop.errors import UnfitModelError

_MODULES = {"Transformer", "Pooling", "Normalize"}
_MODES = "cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"
_POOLINGS: Mapping[str, Pooling] = {"cls_token": "cls", "cls": "cls", "mean_tokens": "mean", "mean": "mean"}
# What the models' cards say, and their files do not.
_INSTRUCTIONS = (
    (re.compile(r"bge-(small|base|large)-en"), (BUNDLED["en"].instruction, "")),
    (re.compile(r"bge-(small|base|large)-zh"), (BUNDLED["zh"].instruction, "")),
    (re.compile(r"\be5-(small|base|large)(?!.*instruct)"), ("query: ", "passage: ")),
)
_LONGEST_INSTRUCTION = 1000  # characters
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")


@dataclass(frozen=True)
class Instructions:
    """What is put in front of a query, and of a passage."""

    query: str
    passage: str


def read_pooling(folder: str, size: int, names: Collection[str]) -> Pooling:
    """Return how a model's token vectors become one.

    Args:
        folder: the model's.
        size: of what the last layer holds of a token.
        names: by which the model is known.

    Raises:
        UnfitModelError: in a way that this app cannot compute; the reason, as a part of a sentence.
        OSError: a file cannot be read.
    """
    config = read_object(folder, f"{_pooling_folder(folder)}/config.json")
    if not config:  # as sentence-transformers does, but for BGE, whose cards all say [CLS]
        return "cls" if any("bge" in own.lower() for own in names) else "mean"
    own = config.get("word_embedding_dimension", config.get("embedding_dimension", size))
    if own != size:
        raise UnfitModelError(f"its pooling is of {own} numbers, its weights are of {size}")
    modes = _modes(config)
    if len(modes) != 1 or modes[0] not in _POOLINGS:
        raise UnfitModelError(f"its pooling ({', '.join(modes) or 'none'}) is none that this app can compute")
    return _POOLINGS[modes[0]]


def read_max_tokens(folder: str, positions: int) -> int:
    """Return the most tokens that a model reads of a text, given for how many it has positions.

    Raises:
        UnfitModelError: a file is damaged, or the model wants texts that are changed before; the reason.
        OSError: a file cannot be read.
    """
    own, tokenizer = (read_object(folder, name) for name in ("sentence_bert_config.json", "tokenizer_config.json"))
    limits = [own.get("max_seq_length"), tokenizer.get("model_max_length")]
    return int(min([positions, *(limit for limit in limits if isinstance(limit, int | float) and limit > 2)]))


def read_instructions(folder: str, names: Collection[str]) -> Instructions:
    """Return what a model wants in front of texts: by its own file, else by the names that it is known by.

    Raises:
        UnfitModelError: the file is damaged; the reason.
        OSError: it cannot be read.
    """
    prompts = read_object(folder, "config_sentence_transformers.json").get("prompts")
    told = prompts if isinstance(prompts, dict) else {}
    texts = {name: text for name, text in told.items() if isinstance(text, str)}
    if any(len(text) > _LONGEST_INSTRUCTION for text in texts.values()):
        raise UnfitModelError("what it wants in front of a text is longer than a text")
    passage = next((texts[name] for name in _DOCUMENT_PROMPTS if texts.get(name)), "")
    if texts.get("query") or passage:
        return Instructions(texts.get("query", ""), passage)
    found = (own for pattern, own in _INSTRUCTIONS if any(pattern.search(name.lower()) for name in names))
    return Instructions(*next(found, ("", "")))


def _pooling_folder(folder: str) -> str:
    """Return the name of the folder with the pooling's configuration.

    Raises:
        UnfitModelError: the model consists of further parts.
    """
    modules = read_json(folder, "modules.json") or []
    try:
        kinds = [(str(own["type"]).rpartition(".")[2], str(own["path"])) for own in modules]
    except (TypeError, KeyError) as error:
        raise UnfitModelError("its modules.json is damaged") from error
    if foreign := [kind for kind, _ in kinds if kind not in _MODULES]:
        raise UnfitModelError(f"it has a part, “{foreign[0]}”, that this app cannot compute")
    return next((path for kind, path in kinds if kind == "Pooling" and re.fullmatch(r"[\w-]+", path)), "1_Pooling")


def _modes(config: Mapping[str, Any]) -> Sequence[str]:
    if "pooling_mode" in config:
        own = config["pooling_mode"]
        return [str(mode) for mode in own] if isinstance(own, list) else [str(own)]
    return [mode for mode in _MODES if config.get(f"pooling_mode_{mode}")]
