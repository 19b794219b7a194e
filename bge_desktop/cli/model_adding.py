"""`bge-desktop models add`, `download` and `remove`: the models that can be chosen besides those of the app."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from bge_desktop.bge import model_store
from bge_desktop.bge.model_adding import outcome_of
from bge_desktop.cli import output
from bge_desktop.errors import RequestError
from bge_desktop.library.models_used import make_sure_unused
from bge_desktop.messages import AddingProgress, AddModel, FetchModel, LookUpModel, ModelFound, displayable


def add(folder: str, *, as_json: bool) -> int:
    """Copy the model in a folder to those that can be chosen.

    Raises:
        UserError: it cannot be used, or there is no room for it.
    """
    return _tell(added(folder), as_json=as_json)


def added(folder: str) -> str:
    """Copy the model in a folder to those that can be chosen and return its name.

    Raises:
        UserError: it cannot be used, or there is no room for it.
    """
    return _brought(AddModel(os.path.abspath(folder)))


def download(name: str, revision: str, *, is_agreed: bool, as_json: bool) -> int:
    """Fetch a model from a hub, once the person has seen what it is and agreed.

    Raises:
        UserError: there is none, it cannot be used, nobody could be asked, or the hub does not answer.
    """
    found = outcome_of(LookUpModel(name, revision), lambda _: None)
    assert isinstance(found, ModelFound)
    for line in _described(found):
        output.note(line)
    if not is_agreed and not _agrees(found):
        output.note("Nothing was downloaded.")
        return 1
    return _tell(_brought(FetchModel(found.name, found.commit)), as_json=as_json)


def remove(name: str, library: str, *, as_json: bool) -> int:
    """Remove a model that was added, unless the library, or one's own, has vectors of it.

    Raises:
        UserError: there is no such model, it is used, or it cannot be removed.
    """
    make_sure_unused(model_store.find(name), library)
    model_store.remove(name)
    if as_json:
        output.say_json({"removed": name})
    else:
        output.say(f"Removed the model {name}.")
    return 0


def _brought(request: AddModel | FetchModel) -> str:
    with _bar() as bar:
        name = outcome_of(request, bar.show)
    assert isinstance(name, str)
    return name


def _tell(name: str, *, as_json: bool) -> int:
    model = model_store.find(name)
    if as_json:
        told = {"name": name, "dimension": model.dimension, "max_tokens": model.max_tokens, "path": model.folder}
        output.say_json(told)
    else:
        output.say(f"Added {name}.")
        use = f"settings --set reranker={model.folder}" if model.is_reranker else f"models use {name}"
        output.say(f"To use it: bge-desktop {displayable(use)}")
    return 0


def _described(found: ModelFound) -> list[str]:
    return [
        f"{displayable(found.name)}: {found.bytes / 1e6:,.0f} MB to download",
        f"   licence: {displayable(found.licence) or 'not told'}",
        f"   revision: {displayable(found.commit)}",
    ]


def _agrees(found: ModelFound) -> bool:
    if not sys.stdin.isatty():
        raise RequestError("Nobody can be asked", f"Without a terminal, add --yes to download {found.name}.")
    output.note("Download it? The hub learns its name and your address; nothing of yours is sent. [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


class _Bar:
    """Shows how many bytes are there."""

    def __init__(self) -> None:
        self._bar = tqdm(unit="B", unit_scale=True, desc="Adding", disable=None, leave=False)

    def show(self, progress: AddingProgress) -> None:
        self._bar.total, self._bar.n = progress.total, progress.done
        self._bar.refresh()

    def close(self) -> None:
        self._bar.close()


@contextmanager
def _bar() -> Iterator[_Bar]:
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()
