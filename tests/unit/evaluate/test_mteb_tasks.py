"""The public tasks: those that the published numbers are means of, and what names, types and groups mean."""

from __future__ import annotations

from collections import Counter

import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.errors import RequestError
from bge_desktop.evaluate.mteb_local import local_tasks
from bge_desktop.evaluate.mteb_published import PUBLISHED
from bge_desktop.evaluate.mteb_tasks import GROUPS, chosen, group, public_tasks
from tests.unit.evaluate.mteb_collections import write_all


def names(tasks):
    return [task.metadata.name for task in tasks]


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda own: own.model)
def test_the_published_average_is_that_of_the_types_by_how_many_tasks_the_group_has_of_each(published):
    counts = Counter(task.metadata.type for task in group(published.group))
    assert counts.keys() == published.scores.keys()
    mean = sum(counts[name] * score for name, score in published.scores.items()) / counts.total()
    assert mean == pytest.approx(published.average, abs=0.01)


def test_the_published_models_are_the_bundled_ones_and_each_has_its_group():
    assert {own.model for own in PUBLISHED} == {model.name for model in BUNDLED.values()}
    assert [len(group(name)) for name in GROUPS] == [56, 35]


def test_each_group_is_of_one_language():
    for name, languages in (("mteb-en", ["eng"]), ("c-mteb", ["cmn", "cmo"])):  # "cmo" is how `mteb` spells zh-CN
        assert {language for task in group(name) for language in task.languages} <= set(languages)


def test_names_types_and_groups_are_understood_and_no_task_is_there_twice():
    assert names(public_tasks(["STS12", "SciFact", "STS12"], ["mteb-en"])) == ["STS12", "SciFact"]
    assert names(public_tasks(["PairClassification"], ["c-mteb"])) == ["Ocnli", "Cmnli"]
    assert len(public_tasks(["PairClassification", "Ocnli"], GROUPS)) == 5
    assert len(public_tasks(["c-mteb", "Retrieval"], ["c-mteb"])) == 35
    assert len(public_tasks(GROUPS, ["c-mteb"])) == 56 + 35  # those with a part in each language are in both


def test_tasks_of_neither_group_are_there_too():
    assert names(public_tasks(["NanoNQRetrieval"], GROUPS)) == ["NanoNQRetrieval"]


@pytest.mark.parametrize(
    ("name", "meant"), [("T2Retrival", "T2Retrieval"), ("cmteb", "c-mteb"), ("retrieval", "Retrieval")]
)
def test_an_unknown_name_is_told_with_what_may_be_meant(name, meant):
    with pytest.raises(RequestError, match=f"“{name}” .*{meant}"):
        public_tasks([name], GROUPS)


def test_local_tasks_are_chosen_by_name_and_type(tmp_path):
    tasks = local_tasks(str(write_all(tmp_path / "notes")))
    assert chosen(tasks, []) == tasks
    assert names(chosen(tasks, ["STS", "notes-retrieval"])) == ["notes-retrieval", "notes-sts"]
    with pytest.raises(RequestError, match="Did you mean notes-sts"):
        chosen(tasks, ["STS", "note-sts"])
    with pytest.raises(RequestError):
        chosen(tasks, ["STS12"])
