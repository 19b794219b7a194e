"""Which public tasks of `mteb` are meant by names, types and groups; loading their data is `mteb`'s own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.mteb_published import PUBLISHED

Task: TypeAlias = Any
"""An `mteb.AbsTask`."""

GROUPS = tuple(own.group for own in PUBLISHED)
_BENCHMARKS = {"mteb-en": "MTEB(eng, v1)", "c-mteb": "MTEB(cmn, v1)"}
# The published means of C-MTEB are over 35 tasks: also over the Chinese part of these, which `mteb` counts elsewhere.
_CHINESE_PARTS = (
    ("STS22", "zh"),
    ("AmazonReviewsClassification", "zh"),
    ("MassiveIntentClassification", "zh-CN"),
    ("MassiveScenarioClassification", "zh-CN"),
)


def group(name: str) -> list[Task]:
    """Return the tasks of a group, those that the published numbers are means of.

    Args:
        name: one of `GROUPS`.
    """
    import mteb

    tasks = list(mteb.get_benchmark(_BENCHMARKS[name]).tasks)
    if name == "c-mteb":
        tasks += [mteb.get_task(own, hf_subsets=[part], eval_splits=["test"]) for own, part in _CHINESE_PARTS]
    return tasks


def public_tasks(wanted: Iterable[str], groups: Sequence[str]) -> list[Task]:
    """Return the tasks that are wanted, each once, without their data.

    Args:
        wanted: names of tasks, names of groups, and types: a type stands for all such tasks of `groups`.
        groups: those that fit the model.

    Raises:
        RequestError: there is no such task, group or type.
    """
    found: dict[tuple[str, ...], Task] = {}
    for name in wanted:
        for task in _meant(name, groups):
            found.setdefault((_name(task), *task.hf_subsets), task)
    return list(found.values())


def chosen(tasks: Sequence[Task], wanted: Sequence[str]) -> list[Task]:
    """Return those of some tasks that have a wanted name or type; all where nothing is wanted.

    Raises:
        RequestError: none of them has it.
    """
    found = [task for task in tasks if not wanted or _name(task) in wanted or _type(task) in wanted]
    for name in wanted:
        if not any(name in (_name(task), _type(task)) for task in tasks):
            raise _unknown(name, [_name(task) for task in tasks])
    return found


def _meant(name: str, groups: Sequence[str]) -> list[Task]:
    import mteb

    if name in GROUPS:
        return group(name)
    if of_type := [task for own in groups for task in group(own) if _type(task) == name]:
        return of_type
    try:
        return [mteb.get_task(name)]
    except KeyError as error:
        raise _unknown(name, [task.metadata.name for task in mteb.get_tasks()]) from error


def _unknown(name: str, known: Sequence[str]) -> RequestError:
    near = difflib.get_close_matches(name, [*known, *GROUPS], n=3)
    meant = f" Did you mean {', '.join(near)}?" if near else ""
    return RequestError("There is no such task", f"“{name}” is no task, type or group.{meant}")


def _name(task: Task) -> str:
    return str(task.metadata.name)


def _type(task: Task) -> str:
    return str(task.metadata.type)
