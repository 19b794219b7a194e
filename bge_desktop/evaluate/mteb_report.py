"""What came of running tasks of `mteb`, by type and on average, beside what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bge_desktop.evaluate.mteb_published import PUBLISHED, Published
from bge_desktop.evaluate.mteb_run import Failure, Score
from bge_desktop.evaluate.mteb_tasks import group

_DIGITS = 6


@dataclass(frozen=True)
class Report:
    """The scores of a model, and what could not be run.

    Attributes:
        model: its name.
        scores: of the tasks that were run.
        failures: the others.
    """

    model: str
    scores: Sequence[Score]
    failures: Sequence[Failure]

    @property
    def average(self) -> float:
        """The mean over all tasks, in percent, as MTEB takes it."""
        return mean(self.scores)

    def by_type(self) -> dict[str, list[Score]]:
        """Return the scores by the type of the task, in the order of their first."""
        found: dict[str, list[Score]] = {}
        for score in self.scores:
            found.setdefault(score.type, []).append(score)
        return found

    def run_of(self, published: Published) -> int:
        """Return how many of the tasks that published scores are means of were run."""
        names = {name for own in published_tasks(published).values() for name in own}
        return sum(score.task in names for score in self.scores)

    def as_object(self) -> dict[str, object]:
        """Return all of it for scripts."""
        return {
            "model": self.model,
            "tasks": [_as_object(score) for score in self.scores],
            "types": {name: _mean_as_object(own) for name, own in self.by_type().items()},
            "average": round(self.average, _DIGITS) if self.scores else None,
            "failed": [
                {"name": own.task, "title": own.error.title, "message": own.error.message} for own in self.failures
            ],
            "published": [_published_as_object(own) for own in PUBLISHED],
        }


def published_tasks(published: Published) -> Mapping[str, Sequence[str]]:
    """Return the names of the tasks that published scores are means of, by their type."""
    found: dict[str, list[str]] = {}
    for task in group(published.group):
        found.setdefault(str(task.metadata.type), []).append(str(task.metadata.name))
    return found


def mean(scores: Sequence[Score]) -> float:
    """Return the mean of scores, in percent."""
    return fmean(score.percent for score in scores)


def _as_object(score: Score) -> dict[str, object]:
    return {"name": score.task, "type": score.type, "metric": score.metric, "score": round(score.percent, _DIGITS)}


def _failure_as_object(failure: Failure) -> dict[str, object]:
    return {"name": failure.task, "title": failure.error.title, "message": failure.error.message}


def _mean_as_object(scores: Sequence[Score]) -> dict[str, object]:
    return {"tasks": len(scores), "score": round(mean(scores), _DIGITS)}


def _published_as_object(published: Published) -> dict[str, object]:
    tasks = published_tasks(published)
    types = {name: {"score": score, "tasks": tasks[name]} for name, score in published.scores.items()}
    return {"model": published.model, "group": published.group, "average": published.average, "types": types}
