"""Fetches models from a hub, when the person says so. For a child process: it speaks over the network.

A model is looked up first, so that a person sees what it is: from then on it is one commit, and no other is fetched.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bge_desktop.bge import manifest, model_store
from bge_desktop.bge.hub_environment import HUB_ENVIRONMENT
from bge_desktop.bge.model_import import Origin, Tell, complete
from bge_desktop.bge.model_layout import CONFIG, needed, read_object
from bge_desktop.bge.models import Model
from bge_desktop.bge.network import network_of
from bge_desktop.errors import ModelError, UnfitModelError
from bge_desktop.settings import models_folder

if TYPE_CHECKING:
    from tqdm import tqdm

_NAME = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}")
_REVISION = re.compile(r"[\w./-]{1,200}")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class HubFile:
    """A file of a model on a hub.

    Attributes:
        name: with "/" between folders.
        size: bytes.
        sha256: of its content; "" where the hub knows that of small files only as git does.
        git: what git calls its content.
    """

    name: str
    size: int
    sha256: str
    git: str


@dataclass(frozen=True)
class HubModel:
    """A model on a hub, at one commit.

    Attributes:
        name: with its owner's, as "BAAI/bge-m3".
        commit: what is fetched, whatever is changed on the hub afterwards.
        licence: as the hub names it; "" where it names none.
        files: those that are needed.
    """

    name: str
    commit: str
    licence: str
    files: Sequence[HubFile]

    @property
    def bytes(self) -> int:
        """What is to be fetched."""
        return sum(own.size for own in self.files)


def look_up(name: str, revision: str = "") -> HubModel:
    """Return a model as it is on the hub now, or at a revision: a branch, a tag, or a commit.

    Raises:
        ModelError: there is none, it cannot be used, or the hub does not answer.
    """
    if not _NAME.fullmatch(name) or not _REVISION.fullmatch(revision or "main") or ".." in name + revision:
        message = f"“{name}” is not how a model is named on a hub: the owner, a slash and the model, as BAAI/bge-m3."
        raise ModelError("No such model", message)
    with _told(name):
        found = _hub().HfApi(_endpoint()).model_info(name, revision=revision or None, files_metadata=True)
        commit = _commit(found)
        wanted = set(needed([own.rfilename for own in found.siblings or []]))
        files = [_file(own) for own in found.siblings or [] if own.rfilename in wanted]
    return HubModel(name, commit, _licence(found), sorted(files, key=lambda own: own.size))


def fetch(found: HubModel, tell: Tell) -> Model:
    """Fetch what `look_up` found into the store, and return the model as it is there.

    What an earlier try has fetched is used. It is kept when this one is interrupted.

    Raises:
        ModelError: it cannot be fetched or used, or there is no room for it.
    """
    with model_store.adding():
        folder = _download_folder(found)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        there = sum(min(own.size, _size(os.path.join(folder, own.name))) for own in found.files)
        model_store.make_sure_of_room(found.bytes - there)
        with _told(found.name):
            _fetch_all(found, folder, tell)
        try:
            return complete(folder, Origin(found.name, found.commit, found.licence), found.name.partition("/")[2])
        except ModelError:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _fetch_all(found: HubModel, folder: str, tell: Tell) -> None:
    done = 0
    for own in found.files:
        _fetch(found, own, folder, functools.partial(_tell_more, tell, done, found.bytes))
        done += own.size
        if own.name == CONFIG:  # the small files come first: what cannot be used is known before the large ones
            network_of(read_object(folder, CONFIG))


def _tell_more(tell: Tell, before: int, total: int, size: int) -> None:
    tell(before + size, total)


def _fetch(found: HubModel, own: HubFile, folder: str, tell: Callable[[int], None]) -> None:
    """Fetch a file, from where an earlier try has ended."""
    from huggingface_hub.file_download import http_get  # `hf_hub_download` begins anew after an interruption

    path = os.path.join(folder, own.name)
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    if _size(path) > own.size:
        os.remove(path)
    with open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        url = _hub().hf_hub_url(found.name, own.name, revision=found.commit, endpoint=_endpoint())
        there = file.tell()
        tell(there)
        if there < own.size:
            http_get(url, file, resume_size=there, expected_size=own.size, tqdm_class=_counter(tell, there))
        file.flush()
        os.fsync(file.fileno())
    if not _is_whole(path, own):
        os.remove(path)
        raise UnfitModelError(f"what came as {own.name} is not what the hub has, and is fetched anew at the next try")


def _is_whole(path: str, own: HubFile) -> bool:
    if own.sha256:
        return manifest.digest(path) == own.sha256
    with open(path, "rb") as file:
        content = file.read()
    digest = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)  # as git does
    return digest.hexdigest() == own.git


def _counter(tell: Callable[[int], None], there: int) -> type[tqdm[Any]]:
    """Return a class of progress bars that shows nothing, and tells how many bytes are there."""
    from tqdm import tqdm as bar

    class Counter(bar):  # type: ignore[misc]
        def __init__(self, *_: object, **__: object) -> None:
            super().__init__(disable=True)
            self._there = there

        def update(self, count: float | None = 1) -> None:
            self._there += int(count or 0)
            tell(self._there)

    return Counter


def _endpoint() -> str | None:
    """Return the address of the hub; None for the usual one."""
    return os.environ.get("HF_ENDPOINT") or None


def _hub() -> Any:
    """Return the package that speaks with the hub."""
    os.environ.update(HUB_ENVIRONMENT)
    import huggingface_hub
    import huggingface_hub.errors  # which it does not import by itself

    return huggingface_hub


def _commit(found: Any) -> str:
    """Return the commit, which becomes a part of a folder's name.

    Raises:
        UnfitModelError: what the hub says is none; the reason, as a part of a sentence.
    """
    commit = str(found.sha)
    if not _COMMIT.fullmatch(commit):
        raise UnfitModelError("the hub names no commit of it")
    return commit


def _file(own: Any) -> HubFile:
    return HubFile(own.rfilename, int(own.size or 0), own.lfs.sha256 if own.lfs else "", str(own.blob_id or ""))


def _licence(found: Any) -> str:
    told = found.card_data.get("license") if found.card_data else None
    tags = (own.removeprefix("license:") for own in found.tags or [] if own.startswith("license:"))
    return str(told) if isinstance(told, str) else next(tags, "")


def _download_folder(found: HubModel) -> str:
    owner, _, name = found.name.partition("/")
    return os.path.join(models_folder(), f"{model_store.FETCHING}{owner}--{name}-{found.commit[:12]}")


def _size(path: str) -> int:
    return os.path.getsize(path) if os.path.isfile(path) else 0


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Have told as a person reads it why a model cannot be fetched."""
    errors = _hub().errors
    try:
        yield
    except (errors.GatedRepoError, errors.RepositoryNotFoundError) as error:
        message = f"The hub has no model “{name}” that everybody may have. Check its name."
        raise ModelError("No such model", message) from error
    except errors.RevisionNotFoundError as error:
        raise ModelError("No such model", f"The hub has no such revision of “{name}”.") from error
    except ValueError as error:
        raise ModelError("Model cannot be used", f"“{name}” cannot be used: {error}.") from error
    except (errors.HTTPError, OSError) as error:
        if getattr(error, "errno", None) and not isinstance(error, ConnectionError):
            raise  # of the disk
        message = f"“{name}” could not be fetched ({type(error).__name__}). What has come is kept: try again later."
        raise ModelError("The hub does not answer", message) from error
