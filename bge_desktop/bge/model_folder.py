"""Reads the model in a folder, in the layout in which BGE and others are published. Light: reads no weights."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from bge_desktop.bge import manifest
from bge_desktop.bge.m3 import has_heads
from bge_desktop.bge.model_layout import CONFIG, TOKENIZER, files_in, needed, read_object, weight_files
from bge_desktop.bge.models import Cosines, Model
from bge_desktop.bge.network import Network, Shape, canonical, network_of
from bge_desktop.bge.sentence_config import read_instructions, read_max_tokens, read_pooling
from bge_desktop.errors import ModelError, UnfitModelError

_UNMEASURED = Cosines(0.5, 0.05)  # near those of many models: a library measures its own when it takes one in use
_CAPITALS = " ".join(string.ascii_uppercase)
_PRECISIONS = ("F32", "F16", "BF16")
_CACHED = re.compile(r"models--(?:.*--)?(.+)")  # a folder of Hugging Face's cache


def read_model(folder: str) -> Model:
    """Return the encoder in a folder, which is made sure to be one that this app can run.

    All of its files are read once for its fingerprint, unless that was recorded when it was brought in.

    Raises:
        ModelError: it is none that can be run, with the reason.
    """
    with readable(folder):
        network = check_encoder(folder)
        tokenizer, names = read_tokenizer(folder, network), known_names(folder)
        instructions = read_instructions(folder, names)
        return Model(
            name=names[0],
            dimension=network.size,
            instruction=instructions.query,
            passage_instruction=instructions.passage,
            usual=_UNMEASURED,
            max_tokens=read_max_tokens(folder, network.max_tokens),
            architecture=network.architecture,
            pooling=read_pooling(folder, network.size, names),
            is_uncased=tokenizer.encode(_CAPITALS).ids == tokenizer.encode(_CAPITALS.lower()).ids,
            padding=network.padding,
            has_heads=has_heads(folder, names[0]),
            location=os.path.abspath(folder),
            recorded=_fingerprint(folder),
        )


def check_folder(folder: str) -> None:
    """Make sure that there is an encoder in a folder that this app can run, but for what its tokenizer is made of.

    Raises:
        ModelError: there is none, with the reason.
    """
    with readable(folder):
        network = check_encoder(folder)
        read_pooling(folder, network.size, known_names(folder))
        has_heads(folder, known_names(folder)[0])


def check_encoder(folder: str) -> Network:
    """Return the network in a folder, as `check_weights` does, where it is one that makes vectors.

    Raises:
        UnfitModelError, OSError: as of `check_weights`, and where it is another one.
    """
    network = check_weights(folder)
    if is_reranker(folder):
        raise UnfitModelError("it is a re-ranking model, which makes no vectors of texts")
    return network


def is_reranker(folder: str) -> bool:
    """Return whether there is a cross-encoder in a folder, by what its configuration calls it.

    Raises:
        UnfitModelError: the configuration is damaged; the reason, as a part of a sentence.
        OSError: it cannot be read.
    """
    return "SequenceClassification" in str(read_object(folder, CONFIG).get("architectures"))


def check_weights(folder: str) -> Network:
    """Return the network in a folder, whose tensors are all there and fit its configuration.

    Raises:
        UnfitModelError: they do not, or it is none that this app can run; the reason, as a part of a sentence.
        OSError: a file cannot be read.
    """
    needed(files_in(folder))
    network = network_of(read_object(folder, CONFIG))
    _compare(network.tensors(), tensor_shapes(folder))
    return network


def tensor_shapes(folder: str) -> Mapping[str, Shape]:
    """Return the shapes of the tensors in a folder's weights, by their `canonical` names.

    Raises:
        UnfitModelError: a file is damaged or missing, or holds numbers of a kind that this app cannot compute with.
        OSError: a file cannot be read.
    """
    found: dict[str, Shape] = {}
    for name in weight_files(folder):
        try:
            with safe_open(os.path.join(folder, name), "np") as file:
                slices = {own: file.get_slice(own) for own in file.keys()}  # noqa: SIM118 - it is no mapping
                found |= {canonical(own): _shape(own, part) for own, part in slices.items()}
        except SafetensorError as error:
            raise UnfitModelError(f"{name} is damaged ({error})") from error
    return found


def read_tokenizer(folder: str, network: Network) -> Tokenizer:
    """Return the tokenizer in a folder, whose tokens the network knows.

    Raises:
        UnfitModelError: there is none, or it is damaged or of another model; the reason, as a part of a sentence.
    """
    path = os.path.join(folder, TOKENIZER)
    if not os.path.isfile(path):
        raise UnfitModelError(f"{TOKENIZER} is missing")
    try:
        tokenizer = Tokenizer.from_file(path)
    except Exception as error:  # tokenizers raises nothing more precise
        raise UnfitModelError(f"its {TOKENIZER} is damaged") from error
    if tokenizer.get_vocab_size() > network.tokens:
        raise UnfitModelError(
            f"its tokenizer has {tokenizer.get_vocab_size()} tokens, its weights know {network.tokens}"
        )
    if len(tokenizer.encode("").ids) != 2:
        raise UnfitModelError("its tokenizer does not put a token before and one behind each text")
    tokenizer.no_truncation()
    return tokenizer


def known_names(folder: str) -> list[str]:
    """Return the names by which the model in a folder is known, that of where it is from first.

    They are the same where the model was and once it is added, whatever its folder is called there.

    Raises:
        UnfitModelError: its configuration is damaged; the reason, as a part of a sentence.
        OSError: it cannot be read.
    """
    told = read_object(folder, CONFIG).get("_name_or_path")
    return [*_names_in(source_of(folder)), *(_names_in(told) if isinstance(told, str) else [])]


def source_of(folder: str) -> str:
    """Return where the model in a folder is from: a folder or a name on a hub, as recorded; else the folder itself."""
    own = manifest.read(folder)
    return own.source if own else os.path.abspath(folder)


def _names_in(place: str) -> list[str]:
    """Return what names a model in its path, or in its name on a hub: not its owner, nor the folders above it."""
    parts = re.split(r"[/\\]", place.rstrip("/\\"))
    cached = [match[1] for part in reversed(parts) if (match := _CACHED.fullmatch(part))]
    return [*cached, parts[-1]]


def _fingerprint(folder: str) -> str:
    if own := manifest.read(folder):
        return own.fingerprint
    names = needed(files_in(folder))
    return manifest.fingerprint_of({name: manifest.digest(os.path.join(folder, name)) for name in names})


def _compare(wanted: Mapping[str, Shape], found: Mapping[str, Shape]) -> None:
    for name, shape in wanted.items():
        if name not in found:
            raise UnfitModelError(f"its weights lack “{name}”")
        if found[name] != shape:
            own, other = ("×".join(map(str, sizes)) for sizes in (found[name], shape))
            raise UnfitModelError(f"“{name}” has {own} numbers in its weights, {other} by its config.json")


def _shape(name: str, part: Any) -> Shape:
    kind = part.get_dtype()
    if kind not in _PRECISIONS and not name.endswith("position_ids"):
        raise UnfitModelError(
            f"“{name}” is stored as {kind}, which this app cannot compute with (F32, F16 and BF16 it can)"
        )
    return tuple(part.get_shape())


@contextmanager
def readable(folder: str) -> Iterator[None]:
    """Have what is wrong with a folder told as a person reads it."""
    try:
        yield
    except OSError as error:
        message = f"The folder cannot be read ({error.strerror}). Check that it is there, and its permissions."
        raise ModelError("Model cannot be read", message, folder) from error
    except ValueError as error:
        raise ModelError("Model cannot be used", f"This model cannot be used: {error}.", folder) from error
