"""The encoders: what they are, how they are used, and the check that their files are whole."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import os
import re
from dataclasses import dataclass
from typing import Literal

from bge_desktop import resources
from bge_desktop.bge import manifest
from bge_desktop.bge.script import Language
from bge_desktop.errors import ModelError

Architecture = Literal["bert", "xlm-roberta"]
Pooling = Literal["cls", "mean"]

_WHITE_SPACE = re.compile(r"[ \t\r\n\u3000]+")


@dataclass(frozen=True)
class Cosines:
    """Mean and deviation, over documents, of the pooled cosine between a query and the passages of a document."""

    mean: float
    deviation: float


@dataclass(frozen=True)
class Model:
    """An encoder: what the last layer holds of a text, pooled and normalised, is the embedding of the text.

    Attributes:
        name: its published name.
        dimension: the length of its vectors.
        instruction: put in front of a query (the model's card).
        usual: how its cosines are spread; of the bundled ones, over 1,880 manual pages and the sample documents.
        max_tokens: the most it reads, [CLS] and [SEP] included.
        architecture: how its layers are put together.
        pooling: whether the vector of [CLS] is the embedding, or the mean over all tokens.
        is_uncased: whether it knows no capitals.
        passage_instruction: put in front of a passage; BGE's models want none.
        padding: the number of the token that fills up shorter texts.
        has_heads: whether it gives lexical weights and multi-vectors as well, as BGE-M3 does (see `m3`).
        is_reranker: whether it is a cross-encoder, which reads a query and a passage as one text: what it gives of them
            is no vector, but one number that says how well the passage answers.
        location: the folder of its files; "" for a bundled one.
        recorded: its fingerprint, as it was when it was brought in; "" for a bundled one.
    """

    name: str
    dimension: int
    instruction: str
    usual: Cosines
    max_tokens: int = 512
    architecture: Architecture = "bert"
    pooling: Pooling = "cls"
    is_uncased: bool = False
    passage_instruction: str = ""
    padding: int = 0
    has_heads: bool = False
    is_reranker: bool = False
    location: str = ""
    recorded: str = ""

    @property
    def folder(self) -> str:
        """Where its files are."""
        return self.location or resources.path("models", self.name)

    @property
    def is_bundled(self) -> bool:
        """Whether it comes with the app."""
        return not self.location

    def described(self) -> str:
        """Return all of this as text, for another process or a database."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)


BUNDLED: dict[Language, Model] = {
    "en": Model(
        name="bge-small-en-v1.5",
        dimension=384,
        instruction="Represent this sentence for searching relevant passages: ",
        usual=Cosines(0.54, 0.04),
        is_uncased=True,
    ),
    "zh": Model(
        name="bge-small-zh-v1.5",
        dimension=512,
        instruction="为这个句子生成表示以用于检索相关文章：",
        usual=Cosines(0.4, 0.04),
        is_uncased=True,
    ),
}


@functools.lru_cache(16)
def described_as(description: str) -> Model:
    """Return the model of a description that `Model.described` made."""
    values = json.loads(description)
    return Model(**{**values, "usual": Cosines(**values["usual"])})


def as_read(model: Model, text: str) -> str:
    """Return a text as a model reads it: no model knows how much white space there is, some know no capitals."""
    cased = "".join(map(str.lower, text)) if model.is_uncased else text
    return _WHITE_SPACE.sub(" ", cased).strip(" ")


def checked_file(model: Model, name: str) -> str:
    """Return the path of one of the model's files once it is known to be the one that was recorded.

    Raises:
        ModelError: the file is missing, unreadable, or another one.
    """
    if model.is_bundled:
        checked_content(model, name)
    return _recorded_file(model, name)


def checked_content(model: Model, name: str) -> bytes:
    """Return what one of the model's files holds once it is known to be the one that was recorded.

    Raises:
        ModelError: the file is missing, unreadable, or another one.
    """
    path = _recorded_file(model, name)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise _unreadable(model, path, error) from error
    if model.is_bundled and hashlib.sha256(content).hexdigest() != _checksums().get(f"{model.name}/{name}"):
        raise _damaged(model, path, "its content is not what was shipped")
    return content


def _recorded_file(model: Model, name: str) -> str:
    """Return the path of a file; of a model that was brought in, once it is known to be as it was then."""
    path = os.path.join(model.folder, name)
    own = None if model.is_bundled else manifest.read(model.folder)
    try:
        if own and not own.holds(model.folder, name):
            raise _damaged(model, path, "its content is not what was added")
    except OSError as error:
        raise _unreadable(model, path, error) from error
    return path


def listed_files(model: Model) -> list[str]:
    """Return the names of the model's files, as they were shipped.

    Raises:
        ModelError: the list of checksums is missing or does not know the model.
    """
    names = [name.partition("/")[2] for name in _checksums() if name.startswith(model.name + "/")]
    if not names:
        raise _unlisted(model)
    return names


@functools.cache
def fingerprint(model: Model) -> str:
    """Return a short text that changes whenever the vectors of the model would: taken from its files' checksums.

    Raises:
        ModelError: the list of checksums is missing or does not know the model.
    """
    if model.recorded:
        return model.recorded
    own = {name: digest for name, digest in _checksums().items() if name.startswith(model.name + "/")}
    if not own:
        raise _unlisted(model)
    return manifest.fingerprint_of(own)


@functools.cache
def _checksums() -> dict[str, str]:
    path = resources.path("models", "SHA256SUMS")
    try:
        with open(path, encoding="utf-8") as file:
            pairs = [line.split(maxsplit=1) for line in file if line.strip()]
    except OSError as error:
        message = f"The list of model files cannot be read ({error.strerror}). Install the app again."
        raise ModelError("Model files are missing", message, path) from error
    return {name.strip(): digest for digest, name in pairs}


def _unlisted(model: Model) -> ModelError:
    return _damaged(model, resources.path("models", "SHA256SUMS"), "it does not list the model")


def _unreadable(model: Model, path: str, error: OSError) -> ModelError:
    return _damaged(model, path, f"it cannot be read ({error.strerror})")


def _damaged(model: Model, path: str, what: str) -> ModelError:
    advice = "Install the app again." if model.is_bundled else "Remove the model and add it again."
    return ModelError("Model is damaged", f"A file of the model {model.name} is damaged: {what}. {advice}", path)
