"""`bge-desktop models`: which models embed a library's passages, and the change to others."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from typing import Literal

from bge_desktop.bge import model_store
from bge_desktop.cli import output
from bge_desktop.cli.model_adding import added
from bge_desktop.cli.work import settled, until_done
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import (
    AvailableModel,
    CancelSwitch,
    ForgetFormer,
    ModelsListed,
    ReturnToFormer,
    UsedModel,
    UseModels,
    displayable,
)
from bge_desktop.worker.models_listed import available_models, models_listed


def list_models(library: str, *, as_json: bool) -> int:
    """Print the models of the library, and those that can be chosen.

    Raises:
        LibraryError: there is no library, or it cannot be read.
    """
    with reading(library) as opened:
        found = models_listed(opened, available_models())
    if as_json:
        output.say_json(dataclasses.asdict(found))
    else:
        _print(found)
    return 0


def use(model: str, language: Literal["en", "zh", "both"], library: str, device: str, *, as_json: bool) -> int:
    """Have a model embed the passages of a language or of both, wait until it is in use, and print what is.

    1 is returned where that was cancelled meanwhile, or another model was chosen.

    Raises:
        UserError: there is no such model, there is no library, or it cannot be written.
    """
    with reading(library):  # so that none is made by chance
        name = added(model) if os.path.isdir(model) else model_store.find_encoder(model).name
    chosen = UseModels(**{own: name for own in ("en", "zh") if language in (own, "both")})
    until_done(library, device, [chosen])
    list_models(library, as_json=as_json)
    return in_use(library, chosen)


def in_use(library: str, chosen: UseModels) -> int:
    """Return 0 where what was chosen is in use, else 1, which is told: it was cancelled, or another was chosen."""
    with reading(library) as opened:
        others = [own for own, model in opened.models.items() if getattr(chosen, own) not in ("", model.name)]
    if others:
        output.note("It did not come into use: the change was cancelled, or another was chosen meanwhile.")
    return 1 if others else 0


def cancel(library: str, *, as_json: bool) -> int:
    """Keep the models that are in use, and print what is.

    Raises:
        UserError: there is no library, or it cannot be written.
    """
    with reading(library) as opened:
        if not opened.switch.is_under_way:
            output.note("No change of models is under way.")
    settled(library, CancelSwitch(), _cancel)
    return list_models(library, as_json=as_json)


def return_to_former(library: str, device: str, *, as_json: bool) -> int:
    """Have those models be in use again that were before the last change, and print what is.

    Raises:
        UserError: there are none, there is no library, or it cannot be written.
    """
    with reading(library):
        pass
    until_done(library, device, [ReturnToFormer()])
    return list_models(library, as_json=as_json)


def forget(library: str, *, as_json: bool) -> int:
    """Remove what the former models embedded, and print what is left.

    Raises:
        UserError: there is no library, or it cannot be written.
    """
    with reading(library) as opened:
        if not opened.switch.former:
            output.note("No former models are kept.")
    settled(library, ForgetFormer(), _forget)
    return list_models(library, as_json=as_json)


def _cancel(library: Library) -> None:
    library.switch.cancel()
    _tidy(library)


def _forget(library: Library) -> None:
    library.switch.forget_former()
    _tidy(library)


def _tidy(library: Library) -> None:
    """Have all be gone that is of no more use."""
    while library.switch.remove_some():
        pass
    if library.tidying.is_asked:
        for _ in library.tidy():
            pass


def _print(found: ModelsListed) -> None:
    _print_used("in use", found.in_use)
    if coming := found.coming:
        _print_used("to come back" if coming.is_return else "to come", coming.models)
        output.say(f"  {coming.done:,} of {output.counted(coming.total, 'passage')} embedded")
    _print_used("former", found.former)
    if found.former:
        output.say(f"  {found.former_bytes / 1e6:,.1f} MB; bge-desktop models return, or models forget")
    for own in found.available:
        output.say(_available(own))


def _available(own: AvailableModel) -> str:
    if own.reranker:
        return f"for re-ranking: {own.name} (bge-desktop settings --set reranker={displayable(own.reranker)})"
    where = "comes with the app" if own.is_bundled else "added"
    return f"available: {own.name} ({own.dimension} numbers, up to {own.max_tokens:,} tokens; {where})"


def _print_used(what: str, models: Sequence[UsedModel]) -> None:
    for own in models:
        output.say(f"{what}, {own.language}: {own.name}, {output.counted(own.passages, 'passage')} embedded")
