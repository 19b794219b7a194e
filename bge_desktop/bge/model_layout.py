"""The files of a published model: which of them are needed, and where its weights are."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable
from typing import Any

from bge_desktop.errors import UnfitModelError
from bge_desktop.own_files import content

CONFIG, WEIGHTS, INDEX = "config.json", "model.safetensors", "model.safetensors.index.json"
TOKENIZER, WORD_PIECES, SENTENCE_PIECES = "tokenizer.json", "vocab.txt", "sentencepiece.bpe.model"
PICKLED_HEADS = ("sparse_linear.pt", "colbert_linear.pt")
"""BGE-M3's further layers: small enough to be read with nothing but tensors allowed in them, and kept otherwise."""

_NEEDED = (
    CONFIG,
    TOKENIZER,
    WORD_PIECES,
    SENTENCE_PIECES,
    "tokenizer_config.json",
    "special_tokens_map.json",
    "modules.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    *PICKLED_HEADS,
    "sparse_linear.safetensors",
    "colbert_linear.safetensors",
    "LICENSE",
)
_SHARD = re.compile(r"[\w.-]+-\d+-of-\d+\.safetensors")
_POOLING = re.compile(r"\d+_\w+/config\.json")
_PICKLED = (".bin", ".pt", ".pth", ".pkl", ".ckpt")
_LARGEST_JSON = 1 << 26  # bytes: a list of all tensors of a large model, or the vocabulary of one of all languages
_LARGEST = 64  # shards


def needed(names: Collection[str]) -> list[str]:
    """Return those of a model's files, named with "/" between folders, that this app uses.

    Raises:
        UnfitModelError: there are no weights that it can read; the reason, as a part of a sentence.
    """
    if CONFIG not in names:
        raise UnfitModelError("config.json is missing")
    if INDEX in names:
        shards = sorted(own for own in names if _SHARD.fullmatch(own))
        weights = [INDEX, *shards]
    elif WEIGHTS in names:
        weights = [WEIGHTS]
    else:
        raise UnfitModelError(_without_weights(names))
    return [*weights, *(own for own in sorted(names) if own in _NEEDED or _POOLING.fullmatch(own))]


def files_in(folder: str) -> list[str]:
    """Return the names of the files in a folder and those right below it, with "/" between folders.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        found = [f"{own.name}/config.json" if own.is_dir() else own.name for own in entries]
    # a pipe, which is no file either, would be read for ever
    return sorted(own for own in found if os.path.isfile(os.path.join(folder, own)))


def weight_files(folder: str) -> list[str]:
    """Return the names of the files that hold the weights.

    Raises:
        UnfitModelError: the list of them is damaged, or one is missing; the reason, as a part of a sentence.
    """
    if not os.path.exists(os.path.join(folder, INDEX)):
        return _there(folder, [WEIGHTS])
    try:
        names = sorted(set(map(str, read_object(folder, INDEX)["weight_map"].values())))
    except (KeyError, AttributeError) as error:
        raise UnfitModelError(f"its {INDEX} is damaged") from error
    if not 0 < len(names) <= _LARGEST or not all(_SHARD.fullmatch(own) for own in names):
        raise UnfitModelError(f"its {INDEX} names files that are none of weights")
    return _there(folder, names)


def read_json(folder: str, name: str) -> Any:
    """Return what a JSON file of a model holds; None where it is not there.

    Raises:
        UnfitModelError: it is damaged; the reason, as a part of a sentence.
        OSError: it cannot be read.
    """
    try:
        return json.loads(content(os.path.join(folder, name), _LARGEST_JSON))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError) as error:
        raise UnfitModelError(f"its {name} is damaged") from error


def read_object(folder: str, name: str) -> dict[str, Any]:
    """Return the object that a JSON file of a model holds; an empty one where the file is not there.

    Raises:
        UnfitModelError, OSError: as of `read_json`, and where the file holds something else.
    """
    found = read_json(folder, name)
    if not isinstance(found, dict | None):
        raise UnfitModelError(f"its {name} is damaged")
    return found or {}


def _there(folder: str, names: Iterable[str]) -> list[str]:
    found = list(names)
    if missing := [own for own in found if not os.path.isfile(os.path.join(folder, own))]:
        raise UnfitModelError(f"{missing[0]} is missing")
    return found


def _without_weights(names: Collection[str]) -> str:
    pickled = [own for own in sorted(names) if own.endswith(_PICKLED) and own not in PICKLED_HEADS]
    if not pickled:
        return f"{WEIGHTS} is missing"
    return (
        f"this model's weights are pickled ({pickled[0]}), which can run code when they are read: look for a revision"
        f" that has {WEIGHTS}, or save them as that with a program that you trust them to"
    )
