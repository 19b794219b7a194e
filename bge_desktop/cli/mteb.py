"""`bge-desktop mteb`: how well an encoder does on the tasks of MTEB and C-MTEB, or on such tasks of one's own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

from tqdm import tqdm

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.model_folder import read_model
from bge_desktop.bge.models import BUNDLED, Model
from bge_desktop.cli import output
from bge_desktop.errors import RequestError
from bge_desktop.evaluate import mteb_package
from bge_desktop.evaluate.mteb_encoder import AppEncoder
from bge_desktop.evaluate.mteb_local import local_tasks
from bge_desktop.evaluate.mteb_published import PUBLISHED, Published
from bge_desktop.evaluate.mteb_report import Report, mean, published_tasks
from bge_desktop.evaluate.mteb_run import Failure, Score, run
from bge_desktop.evaluate.mteb_tasks import GROUPS, Task, chosen, public_tasks
from bge_desktop.messages import displayable


@dataclass(frozen=True)
class Wanted:
    """What is to be evaluated.

    Attributes:
        model: the name of a bundled one, or the folder of another.
        tasks: names, types and groups; of one's own data, all where there are none.
        data: a folder of one's own data, whose layout `mteb_layout` describes; None for public tasks.
        results: a folder that keeps `mteb`'s results, or None.
    """

    model: str
    tasks: Sequence[str]
    data: str | None
    results: str | None


def mteb(wanted: Wanted, device: str, *, as_json: bool) -> int:
    """Run tasks and print their scores, beside the published ones of the bundled models.

    Args:
        wanted: what is to be evaluated.
        device: where to embed.
        as_json: whether to print one object for scripts.

    Returns:
        0, or 1 where a task could not be run.

    Raises:
        UserError: `mteb` is not installed, the model cannot be read, or there is no such task.
    """
    mteb_package.prepare(is_online=wanted.data is None)
    model = _model(wanted.model)
    report = _report(model, _tasks(wanted, model), wanted.results, device)
    for failure in report.failures:
        output.note(displayable(f"{failure.task}: {failure.error}"))
    if as_json:
        output.say_json(report.as_object())
    elif report.scores:
        _print(report)
    return 1 if report.failures else 0


def _model(name: str) -> Model:
    for model in BUNDLED.values():
        if model.name == name:
            return model
    if os.path.isdir(name):
        return read_model(name)
    names = " or ".join(model.name for model in BUNDLED.values())
    raise RequestError("There is no such model", f"“{displayable(name)}” is neither {names} nor a folder with a model.")


def _tasks(wanted: Wanted, model: Model) -> list[Task]:
    if wanted.data is not None:
        return chosen(local_tasks(wanted.data), wanted.tasks)
    if not wanted.tasks:
        raise RequestError("No tasks are named", f"Name tasks, types or groups ({', '.join(GROUPS)}) with --tasks.")
    own = [published.group for published in PUBLISHED if published.model == model.name]
    return public_tasks(wanted.tasks, own or GROUPS)


def _report(model: Model, tasks: Sequence[Task], results: str | None, device: str) -> Report:
    with (
        contextlib.closing(Encoder(device)) as encoder,
        tqdm(unit=" texts", disable=None, leave=False) as bar,
    ):
        outcomes = list(run(AppEncoder(encoder, model, bar.update), tasks, results, bar.set_description))
    scores = [outcome for outcome in outcomes if isinstance(outcome, Score)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return Report(model.name, scores, failures)


def _print(report: Report) -> None:
    width = max(len(score.task) for score in report.scores)
    for score in report.scores:
        output.say(f"{displayable(score.task):{width}}  {score.type:18}  {score.metric:16}  {score.percent:6.2f}")
    output.say("")
    heads = "".join(f"  {own.model + ' on ' + own.group:>29}" for own in PUBLISHED)
    output.say(f"{'':18}  {report.model[:20]:>20}{heads}")
    for name, scores in report.by_type().items():
        _print_row(name, f"{mean(scores):.2f} of {len(scores)}", [_told(own, name) for own in PUBLISHED])
    everything = f"{report.average:.2f} of {len(report.scores)}"
    _print_row("average", everything, [f"{own.average:.2f} of {_count(own)}" for own in PUBLISHED])
    for own in PUBLISHED:
        over = f"the {_count(own)} tasks of {own.group}, {report.run_of(own)} of which were run"
        output.say(f"What is published of {own.model} are means over {over}.")


def _print_row(name: str, own: str, published: Sequence[str]) -> None:
    output.say(f"{name:18}  {own:>20}" + "".join(f"  {told:>29}" for told in published))


def _told(published: Published, kind: str) -> str:
    tasks = published_tasks(published).get(kind, ())
    return f"{published.scores[kind]:.2f} of {len(tasks)}" if tasks else "–"


def _count(published: Published) -> int:
    return sum(map(len, published_tasks(published).values()))
