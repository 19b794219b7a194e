"""The bundled encoders: what they are, how they are used, and the check that their files are whole."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from dataclasses import dataclass

from bge_desktop import resources
from bge_desktop.bge.script import Language
from bge_desktop.errors import ModelError

_WHITE_SPACE = re.compile(r"[ \t\r\n\u3000]+")


@dataclass(frozen=True)
class Cosines:
    """Mean and deviation, over documents, of the pooled cosine between a query and the passages of a document."""

    mean: float
    deviation: float


@dataclass(frozen=True)
class Model:
    """A BGE encoder: the CLS vector of the last layer, normalised, is the embedding of a text.

    Attributes:
        name: its published name.
        language: what it reads.
        dimension: the length of its vectors.
        instruction: put in front of a query, and of queries only (the model's card).
        usual: how its cosines are spread; measured on 1,880 manual pages and on the sample documents.
        max_tokens: the most it reads, [CLS] and [SEP] included.
    """

    name: str
    language: Language
    dimension: int
    instruction: str
    usual: Cosines
    max_tokens: int = 512

    @property
    def folder(self) -> str:
        """Where its files are."""
        return resources.path("models", self.name)


BUNDLED: dict[Language, Model] = {
    "en": Model(
        name="bge-small-en-v1.5",
        language="en",
        dimension=384,
        instruction="Represent this sentence for searching relevant passages: ",
        usual=Cosines(0.54, 0.04),
    ),
    "zh": Model(
        name="bge-small-zh-v1.5",
        language="zh",
        dimension=512,
        instruction="为这个句子生成表示以用于检索相关文章：",
        usual=Cosines(0.4, 0.04),
    ),
}


def as_read(text: str) -> str:
    """Return a text as the bundled models read it: they know neither capitals nor how much white space there is."""
    return _WHITE_SPACE.sub(" ", "".join(map(str.lower, text))).strip(" ")


def checked_file(model: Model, name: str) -> str:
    """Return the path of one of the model's files after comparing its SHA256 with the recorded one.

    Raises:
        ModelError: the file is missing, unreadable, or not the one that was shipped.
    """
    checked_content(model, name)
    return os.path.join(model.folder, name)


def checked_content(model: Model, name: str) -> bytes:
    """Return what one of the model's files holds after comparing its SHA256 with the recorded one.

    Raises:
        ModelError: the file is missing, unreadable, or not the one that was shipped.
    """
    path = os.path.join(model.folder, name)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise _damaged(model, path, f"it cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != _checksums().get(f"{model.name}/{name}"):
        raise _damaged(model, path, "its content is not what was shipped")
    return content


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
    own = sorted(f"{name} {digest}" for name, digest in _checksums().items() if name.startswith(model.name + "/"))
    if not own:
        raise _unlisted(model)
    return hashlib.sha256("\n".join(own).encode()).hexdigest()[:16]


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


def _damaged(model: Model, path: str, what: str) -> ModelError:
    message = f"A file of the model {model.name} is damaged: {what}. Install the app again."
    return ModelError("Model is damaged", message, path)
