"""Looks at the models: whether their files are whole, and whether they embed as they should."""

from __future__ import annotations

import contextlib
import glob
import os
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from bge_desktop.bge import model_store
from bge_desktop.bge.encoder import Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.model_store import StoredModel
from bge_desktop.bge.models import BUNDLED, checked_file, listed_files
from bge_desktop.bge.script import Language
from bge_desktop.doctor.check import Check, ok, problem
from bge_desktop.errors import ModelError, UserError

# Two sentences that mean nearly the same, and the cosine of their vectors as the model's authors' code gives it.
PAIRS: Mapping[Language, tuple[str, str, float]] = {
    "en": ("The tenant must give notice in writing.", "A renter has to announce leaving by letter.", 0.841),
    "zh": ("租客必须书面通知房东。", "房客搬走前要写信告知。", 0.753),
}
_NEAR = 0.01  # more than half precision and different devices make of it, far less than another model would

Embed = Callable[[Language, list[str]], Vectors]


def files() -> Iterator[Check]:
    """Look whether each file of the models is the one that was shipped, or added."""
    for model in BUNDLED.values():
        name = f"files of {model.name}"
        try:
            paths = [checked_file(model, own) for own in listed_files(model)]
        except ModelError as error:
            yield problem(name, f"{error.title}: {os.path.basename(error.path or '')}.", error.message)
        else:
            size = sum(map(os.path.getsize, paths))
            yield ok(name, f"All {len(paths)} are whole ({size / 1e6:,.0f} MB).")
    yield from map(_added, model_store.listed())


def encoders(device: str) -> Iterator[Check]:
    """Look whether the encoder process starts on a device, and embeds what it should."""
    names: list[str] = []
    with contextlib.closing(Encoder(device, names.append)) as encoder:
        for language in BUNDLED:
            yield from embedding(language, lambda own, texts: encoder.embed_now(BUNDLED[own], texts, TextKind.PASSAGE))
    yield from _device(names, bool(glob.glob("/dev/nvidia[0-9]*")))


def embedding(language: Language, embed: Embed) -> Iterator[Check]:
    """Look whether a model's vectors of two sentences are what they should be.

    Args:
        language: the model's.
        embed: returns the vectors [n, dimension] of n texts.
    """
    model = BUNDLED[language]
    one, other, expected = PAIRS[language]
    try:
        first, second = embed(language, [one, other])
    except UserError as error:
        yield problem(f"embedding with {model.name}", f"{error.title}.", error.message)
        return
    cosine = float(np.dot(first, second))
    if abs(cosine - expected) <= _NEAR and len(first) == model.dimension:
        yield ok(f"embedding with {model.name}", f"Two sentences have a cosine of {cosine:.3f}, as they should.")
    else:
        found = f"Two sentences have a cosine of {cosine:.3f} in {len(first)} numbers; {expected:.3f} was expected."
        advice = 'Use the device "cpu" (bge-desktop --device cpu). If that does not help, install the app again.'
        yield problem(f"embedding with {model.name}", found, advice)


def _added(stored: StoredModel) -> Check:
    """Look whether the files of a model that was added are as they were then."""
    name, files = f"files of {stored.model.name}", stored.manifest.files
    if damaged := model_store.damaged_files(stored):
        advice = "Remove the model and add it again: bge-desktop models remove, bge-desktop models add."
        return problem(name, f"{', '.join(damaged)}: not as it was when the model was added.", advice)
    return ok(name, f"All {len(files)} are whole ({stored.manifest.bytes / 1e6:,.0f} MB).")


def _device(names: list[str], has_card: bool) -> Iterator[Check]:
    """Say where the encoder runs, by what it said of itself; there is nothing to say where it does not run."""
    if names:
        is_unused = has_card and "processor" in names[0]
        card = " A graphics card is there, which this torch does not use: searches are as good without." * is_unused
        yield ok("device", f"{names[0]}.{card}")
