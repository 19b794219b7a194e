"""Which models embed a library's passages: what is asked, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ListModels:
    """Ask for `ModelsListed`, which is told again by itself whenever it has changed, and while a switch goes on."""


@dataclass(frozen=True)
class UseModels:
    """Have other models embed the library's passages: in the background, while those in use go on serving.

    Attributes:
        en, zh: the names of models, as in `ModelsListed.available`, for the passages of each language; "" leaves the
            one that is in use.
    """

    en: str = ""
    zh: str = ""


@dataclass(frozen=True)
class CancelSwitch:
    """Keep the models that are in use; what those to come have embedded is forgotten."""


@dataclass(frozen=True)
class ReturnToFormer:
    """Use those models again that were in use before the last switch: only what came since is embedded."""


@dataclass(frozen=True)
class ForgetFormer:
    """Remove what the models embedded that were in use before the last switch."""


@dataclass(frozen=True)
class AvailableModel:
    """A model that can be chosen.

    Attributes:
        name: by which it is chosen.
        dimension: the length of its vectors.
        max_tokens: the most that it reads of a passage.
        is_bundled: whether it comes with the app.
        bytes: what its files take, where it was added.
        source: where it was added from: a folder, or a name on a hub.
        licence: as the hub names it.
        reranker: the folder of one that puts results in a better order, and embeds nothing; "" of all others.
    """

    name: str
    dimension: int
    max_tokens: int
    is_bundled: bool
    bytes: int = 0
    source: str = ""
    licence: str = ""
    reranker: str = ""


@dataclass(frozen=True)
class UsedModel:
    """A model that embeds, is to embed, or did embed the passages of one language.

    Attributes:
        language: "en" or "zh".
        name: the model's.
        dimension: the length of its vectors.
        passages: how many it has embedded.
    """

    language: str
    name: str
    dimension: int
    passages: int


@dataclass(frozen=True)
class ComingModels:
    """The switch that is under way.

    Attributes:
        models: those that will be in use.
        done, total: how many passages they have embedded, and are to embed.
        seconds_left: about how long that takes; None as long as nobody can tell.
        is_return: whether they were in use before.
    """

    models: tuple[UsedModel, ...]
    done: int
    total: int
    seconds_left: float | None = None
    is_return: bool = False


@dataclass(frozen=True)
class ModelsListed:
    """The models of the library, and those that can be chosen.

    Attributes:
        available: the bundled ones first.
        in_use: one for each language.
        coming: the switch that is under way; None where there is none.
        former: what `ReturnToFormer` would use again; empty where nothing is kept.
        former_bytes: how much room their vectors take.
    """

    available: tuple[AvailableModel, ...]
    in_use: tuple[UsedModel, ...]
    coming: ComingModels | None = None
    former: tuple[UsedModel, ...] = ()
    former_bytes: int = 0


ModelsRequest = ListModels | UseModels | CancelSwitch | ReturnToFormer | ForgetFormer
ModelsEvent = ModelsListed
