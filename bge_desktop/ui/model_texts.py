"""Models in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from bge_desktop.messages import AddingProgress, AvailableModel, ComingModels, UsedModel
from bge_desktop.ui.wording import joined, number, passages_text, time_left_text

translate = QCoreApplication.translate


def data_text(size: int) -> str:
    """Return "2.1 GB", given bytes."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def language_text(language: str) -> str:
    """Return of which passages a model is, "en" or "zh"."""
    if language == "zh":
        return translate("Models", "Chinese text")
    return translate("Models", "English text and all other languages")


def used_text(model: UsedModel, device: str) -> str:
    """Return which model is in use, how much it has embedded, and where it runs, where it does."""
    name = translate("Models", "In use: {name}").format(name=model.name)
    runs = translate("Models", "Runs with {device}").format(device=device) if device else translate("Models", "At rest")
    return joined(name, passages_text(model.passages), dimension_text(model.dimension), runs)


def dimension_text(dimension: int) -> str:
    """Return how long a model's vectors are."""
    return translate("Models", "{count} numbers a passage").format(count=number(dimension))


def available_text(model: AvailableModel) -> str:
    """Return where a model that was added is from, and what it takes."""
    size = translate("Models", "takes {size}").format(size=data_text(model.bytes)) if model.bytes else ""
    if model.reranker:
        return joined(model.source, size, model.licence, translate("Models", "for re-ranking"))
    reads = translate("Models", "reads {count} tokens at once").format(count=number(model.max_tokens))
    return joined(model.source, size, model.licence, dimension_text(model.dimension), reads)


def names_text(models: Sequence[UsedModel]) -> str:
    """Return the names of models, each once."""
    return ", ".join(dict.fromkeys(model.name for model in models))


def coming_text(coming: ComingModels) -> str:
    """Return which models are to be used, and how far they are."""
    text = translate("Models", "Reading the passages with {models}: {done} of {total}")
    told = text.format(models=names_text(coming.models), done=number(coming.done), total=number(coming.total))
    return joined(told, _time_left(coming.seconds_left))


def adding_text(progress: AddingProgress) -> str:
    """Return how much of a model is there."""
    text = translate("Models", "Adding {name}: {done} of {total}")
    done, total = data_text(progress.done), data_text(progress.total)
    return joined(text.format(name=progress.name, done=done, total=total), _time_left(progress.seconds_left))


def former_text(models: Sequence[UsedModel], size: int) -> str:
    """Return what is kept of the models that were in use before, and what it takes in bytes."""
    text = translate("Models", "The former models are kept: {models}, {size}")
    return text.format(models=names_text(models), size=data_text(size))


def _time_left(seconds: float | None) -> str:
    return "" if seconds is None else time_left_text(seconds)
