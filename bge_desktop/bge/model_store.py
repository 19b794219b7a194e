"""The models that the person has added: each in a folder of its own, with what is recorded of it."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from filelock import FileLock, Timeout

from bge_desktop.bge import manifest
from bge_desktop.bge.manifest import Manifest
from bge_desktop.bge.models import BUNDLED, Model, described_as
from bge_desktop.errors import ModelError
from bge_desktop.own_files import clear_the_way, sync_folder
from bge_desktop.settings import models_folder

ADDING, FETCHING, REMOVED = ".adding-", ".fetching-", ".removed-"
"""How the names begin of folders of what is being copied, of what has come from a hub so far, and of what is gone."""
_LOCK = ".lock"
_LONGEST_NAME = 80  # characters: a path has an end, on Windows after some 260 of them
_KEPT_S = 30 * 24 * 3600  # seconds for which what has come of a model waits for the rest
_SPARE = 256 << 20  # bytes that are left free: a full disk stops every other program


@dataclass(frozen=True)
class StoredModel:
    """A model that was added.

    Attributes:
        model: what it is.
        manifest: what is recorded of it.
    """

    model: Model
    manifest: Manifest


def listed() -> list[StoredModel]:
    """Return the models that were added, by name; what is recorded is read of them and nothing else."""
    try:
        with os.scandir(models_folder()) as entries:
            names = sorted(own.name for own in entries if not own.name.startswith("."))
    except OSError:
        return []
    return [own for name in names if (own := _stored(name))]


def find(name: str) -> Model:
    """Return a model by its name: one that comes with the app, or that was added.

    Raises:
        ModelError: there is none of this name.
    """
    known = [*BUNDLED.values(), *(own.model for own in listed())]
    for model in known:
        if model.name == name:
            return model
    message = f"There is no model “{name}”. There are: {', '.join(own.name for own in known)}."
    raise ModelError("No such model", message)


def find_encoder(name: str) -> Model:
    """Return a model by its name, one that makes vectors.

    Raises:
        ModelError: there is none of this name, or it makes none.
    """
    model = find(name)
    if model.is_reranker:
        raise ModelError("No such model", f"{name} is a re-ranking model, which makes no vectors of texts.")
    return model


def damaged_files(stored: StoredModel) -> list[str]:
    """Return the names of a model's files that are not as they were when it was added; all of each is read."""
    return [name for name in stored.manifest.files if not _holds(stored, name)]


def remove(name: str) -> None:
    """Remove a model that was added; nothing may use it any more.

    Raises:
        ModelError: as `take_away`.
    """
    discard(take_away(name))


def take_away(name: str) -> str:
    """Have a model that was added be there no more; return the folder that its files are in now, for `discard`.

    Raises:
        ModelError: there is none of this name that was added, or it cannot be removed.
    """
    model = find(name)
    if model.is_bundled:
        raise ModelError("Model stays", f"{name} comes with the app, and is not removed.")
    gone = os.path.join(models_folder(), f"{REMOVED}{uuid.uuid4().hex}")
    try:
        os.rename(model.folder, gone)
    except OSError as error:
        message = f"It cannot be removed ({error.strerror}). Close other windows of the app and try again."
        raise ModelError("Model not removed", message, model.folder) from error
    return gone


def discard(gone: str) -> None:
    """Remove the files of a model that was taken away: seconds, for a large one."""
    shutil.rmtree(gone, ignore_errors=True)


def clean() -> None:
    """Remove what is left of models that were not added to the end, and of removed ones.

    Raises:
        ModelError: a model is being added.
    """
    with adding():
        pass


@contextmanager
def adding() -> Iterator[None]:
    """Hold the store for one who adds a model, and remove what one before left half done.

    Raises:
        ModelError: another model is being added, or the folder cannot be made.
    """
    folder = models_folder()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        path = os.path.join(folder, _LOCK)
        clear_the_way(path)
        with FileLock(path, timeout=0, mode=0o600):
            _remove_leftovers(folder)
            try:
                yield
            finally:
                _remove_leftovers(folder)
    except Timeout as error:
        raise ModelError("Model not added", "Another model is being added. Wait until it is done.") from error
    except OSError as error:
        message = f"A file cannot be read or written ({error.strerror}). Make room, or check the permissions."
        raise ModelError("Model not added", message, error.filename or folder) from error


def make_sure_of_room(wanted: int) -> None:
    """Make sure that so many bytes fit onto the disk.

    Raises:
        ModelError: they do not.
        OSError: the disk cannot be asked.
    """
    free = shutil.disk_usage(models_folder()).free
    if free < wanted + _SPARE:
        message = f"It takes {wanted / 1e6:,.0f} MB, and {free / 1e6:,.0f} MB of the disk are free. Make room first."
        raise ModelError("Not enough room", message, models_folder())


def unused_name(wanted: str) -> str:
    """Return a name for a folder that no model has, near to the one that is wanted."""
    taken = {own.name.lower() for own in BUNDLED.values()}
    name = re.sub(r"[^\w.+-]+", "-", wanted)[:_LONGEST_NAME].strip(".-") or "model"
    found, number = name, 1
    while found.lower() in taken or os.path.lexists(os.path.join(models_folder(), found)):
        number += 1
        found = f"{name}-{number}"
    return found


def put(folder: str, wanted: str) -> Model:
    """Have a complete folder of the store, with what is recorded, be a model of it; return the model.

    Where the same one is there already, that one is returned, and the folder removed.

    Args:
        folder: in the store.
        wanted: the name that it should have; another one, where that is taken.

    Raises:
        OSError: it cannot be renamed.
    """
    own = manifest.read(folder)
    assert own is not None
    if same := next((stored for stored in listed() if stored.manifest.fingerprint == own.fingerprint), None):
        shutil.rmtree(folder, ignore_errors=True)
        return same.model
    name = unused_name(wanted)
    os.rename(folder, os.path.join(models_folder(), name))
    sync_folder(models_folder())
    return find(name)


def _stored(name: str) -> StoredModel | None:
    folder = os.path.join(models_folder(), name)
    own = manifest.read(folder)
    if own is None:
        return None
    try:
        model = described_as(own.model)
    except (ValueError, TypeError, KeyError):
        return None
    return StoredModel(dataclasses.replace(model, name=name, location=folder, recorded=own.fingerprint), own)


def _holds(stored: StoredModel, name: str) -> bool:
    try:
        return stored.manifest.holds(stored.model.folder, name, in_full=True)
    except OSError:
        return False


def _remove_leftovers(folder: str) -> None:
    with os.scandir(folder) as entries:
        left = [own.path for own in entries if own.name.startswith((ADDING, REMOVED)) or _is_given_up(own)]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _is_given_up(entry: os.DirEntry[str]) -> bool:
    """Return whether nobody has gone on for long with fetching what is in a folder."""
    return entry.name.startswith(FETCHING) and entry.stat().st_mtime < time.time() - _KEPT_S
