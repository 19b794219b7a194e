"""Brings a model into the store: copied, in a form that can run no code, and recorded. For a child process."""

from __future__ import annotations

import dataclasses
import os
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bge_desktop.bge import manifest, model_store
from bge_desktop.bge.m3 import has_heads
from bge_desktop.bge.m3_conversion import convert_heads
from bge_desktop.bge.manifest import Manifest
from bge_desktop.bge.model_folder import check_folder, is_reranker, known_names, read_model, readable, source_of
from bge_desktop.bge.model_layout import files_in, needed
from bge_desktop.bge.models import Model
from bge_desktop.bge.reranker_folder import check_reranker, read_reranker
from bge_desktop.bge.tokenizer_files import make_tokenizer
from bge_desktop.errors import ModelError
from bge_desktop.settings import models_folder

Tell = Callable[[int, int], None]
"""Takes how many bytes are there, and how many there will be."""

_BLOCK = 1 << 22  # bytes


@dataclass(frozen=True)
class Origin:
    """Where a model is from: as of `Manifest`."""

    source: str
    revision: str = ""
    licence: str = ""


def add_folder(folder: str, tell: Tell) -> Model:
    """Copy the model in a folder into the store and return it as it is there.

    Raises:
        ModelError: it cannot be used, or there is no room for it.
    """
    _check(folder)
    with model_store.adding():
        names = needed(files_in(folder))
        total = sum(os.path.getsize(os.path.join(folder, name)) for name in names)
        model_store.make_sure_of_room(total)
        target = os.path.join(models_folder(), f"{model_store.ADDING}{uuid.uuid4().hex}")
        _copy_all(folder, target, names, lambda done: tell(done, total))
        return complete(target, Origin(source_of(folder)), known_names(folder)[0])


def complete(folder: str, origin: Origin, name: str) -> Model:
    """Have the files of a model, in a folder of the store, be a model of it; return the model.

    Args:
        folder: with the files as they were published.
        origin: where they are from.
        name: that the model should have.

    Raises:
        ModelError: it cannot be used.
        OSError: a file cannot be read or written.
    """
    make_tokenizer(folder)
    if has_heads(folder, name):
        convert_heads(folder)
    files = {own: manifest.record(folder, own, _digest(folder, own)) for own in _kept(folder)}
    recorded = Manifest(origin.source, origin.revision, origin.licence, files)
    recorded.write(folder)  # by what its names and its fingerprint are read
    model = dataclasses.replace(_read(folder), name=name)
    dataclasses.replace(recorded, model=model.described()).write(folder)
    return model_store.put(folder, name)


def _check(folder: str) -> None:
    with readable(folder):
        is_pair_model = is_reranker(folder)
    (check_reranker if is_pair_model else check_folder)(folder)


def _read(folder: str) -> Model:
    return read_reranker(folder) if is_reranker(folder) else read_model(folder)


def _kept(folder: str) -> Collection[str]:
    try:
        return needed(files_in(folder))
    except ValueError as error:
        raise ModelError("Model cannot be used", f"This model cannot be used: {error}.", folder) from error


def _digest(folder: str, name: str) -> str:
    return manifest.digest(os.path.join(folder, name))


def _copy_all(folder: str, target: str, names: Collection[str], tell: Callable[[int], None]) -> None:
    os.mkdir(target, 0o700)
    done = 0
    for name in names:
        own = os.path.join(target, name)
        os.makedirs(os.path.dirname(own), mode=0o700, exist_ok=True)
        with open(os.path.join(folder, name), "rb") as source, open(own, "xb", opener=_private) as copy:
            while block := source.read(_BLOCK):
                copy.write(block)
                done += len(block)
                tell(done)
            copy.flush()
            os.fsync(copy.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
