"""Which models there are, from the library and what is installed alone: for the worker, and for a reader beside it."""

from __future__ import annotations

from bge_desktop.bge import model_store
from bge_desktop.bge.models import BUNDLED
from bge_desktop.library.library import Library
from bge_desktop.library.stored_models import LibraryModel
from bge_desktop.messages import AvailableModel, ComingModels, ModelsListed, UsedModel, displayable

# What a vector takes on the disk besides its numbers: its ids, its checksum, and its place in the index.
_OVERHEAD = 40


def available_models() -> tuple[AvailableModel, ...]:
    """Return the models that can be chosen: those that come with the app, then those that were added."""
    bundled = (AvailableModel(own.name, own.dimension, own.max_tokens, is_bundled=True) for own in BUNDLED.values())
    return (*bundled, *map(_added, model_store.listed()))


def _added(own: model_store.StoredModel) -> AvailableModel:
    told, model = own.manifest, own.model
    return AvailableModel(
        model.name,
        model.dimension,
        model.max_tokens,
        is_bundled=False,
        bytes=told.bytes,
        source=displayable(told.source),
        licence=displayable(told.licence),
        reranker=model.folder if model.is_reranker else "",
    )


def models_listed(
    library: Library, available: tuple[AvailableModel, ...], seconds_left: float | None = None
) -> ModelsListed:
    """Return the models of a library.

    Args:
        library: whose.
        available: those that can be chosen.
        seconds_left: about how long the switch that is under way takes.
    """
    former = tuple(_used(own, library.switch.count_former(language)) for language, own in library.switch.former.items())
    return ModelsListed(
        available,
        tuple(_used(own, len(library.vectors[language])) for language, own in library.vectors.in_use.items()),
        _coming(library, seconds_left) if library.switch.is_under_way else None,
        former,
        sum(own.passages * (2 * own.dimension + _OVERHEAD) for own in former),
    )


def _coming(library: Library, seconds_left: float | None) -> ComingModels:
    switch = library.switch
    models = tuple(_used(own, switch.done_of[language]) for language, own in switch.coming.items())
    return ComingModels(models, min(switch.done, switch.total), switch.total, seconds_left, switch.is_return)


def _used(own: LibraryModel, passages: int) -> UsedModel:
    return UsedModel(own.language, own.model.name, own.model.dimension, passages)
