"""Runs tasks of `mteb` on the app's own encoder."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bge_desktop.errors import RequestError, UserError
from bge_desktop.evaluate.mteb_encoder import AppEncoder
from bge_desktop.evaluate.mteb_tasks import Task

# What the published scores of a type are, where `mteb` has come to take another for the main one.
_AS_PUBLISHED = {"PairClassification": "cosine_ap"}


@dataclass(frozen=True)
class Score:
    """What a model scored on a task.

    Attributes:
        task: its name.
        type: its type.
        metric: the name of its main score.
        percent: the mean of its main score over its splits and languages; of correlations, 100 is the best, too.
    """

    task: str
    type: str
    metric: str
    percent: float


@dataclass(frozen=True)
class Failure:
    """A task that could not be run, and why."""

    task: str
    error: UserError


def run(
    model: AppEncoder, tasks: Sequence[Task], results: str | None, on_task: Callable[[str], object] = lambda _: None
) -> Iterator[Score | Failure]:
    """Run tasks one after the other, and yield what came of each.

    The last is a failure where no further task can be run: the texts cannot be embedded, or no data set is in reach.

    Args:
        model: that is evaluated.
        tasks: of `mteb_tasks` or `mteb_local`.
        results: a folder that takes `mteb`'s own results as JSON, or None. What it has from before is not run again.
        on_task: called with the name of each task before it is run.

    Raises:
        RequestError: the folder cannot be made.
    """
    import datasets

    datasets.disable_progress_bars()
    cache = _cache(results) if results else None
    for task in tasks:
        name = str(task.metadata.name)
        on_task(name)
        try:
            yield _score(model, task, cache)
        except UserError as error:
            yield Failure(name, error)
            return
        except ConnectionError as error:
            yield Failure(name, _out_of_reach(error))
            return
        except Exception as error:  # noqa: BLE001 - whatever a data set and its code hold: one task must not end all
            yield Failure(name, UserError("Task could not be run", f"{type(error).__name__}: {error}"))


def _cache(results: str) -> Any:
    import mteb

    try:
        return mteb.ResultCache(results)
    except OSError as error:
        raise RequestError("Results cannot be kept", f"The system says: {error.strerror}.", results) from error


def _out_of_reach(error: ConnectionError) -> UserError:
    message = f"Its data set could not be downloaded ({error}). Connect to the internet, and try again."
    return RequestError("Data sets are out of reach", message)


def _score(model: AppEncoder, task: Task, cache: Any) -> Score:
    import mteb

    quietly = {"show_progress_bar": False}
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # they are for those who add tasks, as that there is a newer version of this one
        # with public_only=False, a data set that is not there is an error; else `mteb` would go on without data
        [result] = mteb.evaluate(
            model,
            task,
            cache=cache,
            overwrite_strategy="always" if _is_stale(model, task, cache) else "only-missing",
            encode_kwargs=quietly,
            co2_tracker=False,
            public_only=False,
            show_progress_bar=False,
        ).task_results
    metric = _AS_PUBLISHED.get(task.metadata.type, str(task.metadata.main_score))
    value = result.get_score(getter=lambda scores: scores[metric])
    return Score(str(task.metadata.name), str(task.metadata.type), metric, 100 * float(value))


def _is_stale(model: AppEncoder, task: Task, cache: Any) -> bool:
    """Whether the result that is kept of a task is of other data, which `mteb` would overlook."""
    kept = cache.load_task_result(task.metadata.name, model.mteb_model_meta) if cache else None
    return kept is not None and kept.dataset_revision != task.metadata.revision
