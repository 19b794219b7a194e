"""What came of running tasks, beside what is published."""

from __future__ import annotations

from bge_desktop.errors import UserError
from bge_desktop.evaluate.mteb_published import PUBLISHED
from bge_desktop.evaluate.mteb_report import Report, published_tasks
from bge_desktop.evaluate.mteb_run import Failure, Score

ENGLISH, CHINESE = PUBLISHED
REPORT = Report(
    "a model",
    [
        Score("STS12", "STS", "cosine_spearman", 80.0),
        Score("BQ", "STS", "cosine_spearman", 60.0),
        Score("own-retrieval", "Retrieval", "ndcg_at_10", 10.0),
    ],
    [Failure("STS13", UserError("Task could not be run", "why"))],
)


def test_means_are_over_tasks():
    assert REPORT.average == 50
    assert {name: len(own) for name, own in REPORT.by_type().items()} == {"STS": 2, "Retrieval": 1}


def test_how_many_of_the_tasks_of_the_published_numbers_were_run_is_known():
    assert [REPORT.run_of(own) for own in PUBLISHED] == [1, 1]


def test_a_script_gets_all_of_it():
    told = REPORT.as_object()
    assert told["tasks"][0] == {"name": "STS12", "type": "STS", "metric": "cosine_spearman", "score": 80.0}
    assert told["types"] == {"STS": {"tasks": 2, "score": 70.0}, "Retrieval": {"tasks": 1, "score": 10.0}}
    assert told["average"] == 50.0
    assert told["failed"] == [{"name": "STS13", "title": "Task could not be run", "message": "why"}]
    assert told["published"][1]["types"]["PairClassification"] == {"score": 70.41, "tasks": ["Ocnli", "Cmnli"]}


def test_without_scores_there_is_no_average():
    told = Report("a model", [], REPORT.failures).as_object()
    assert (told["tasks"], told["types"], told["average"]) == ([], {}, None)


def test_the_tasks_of_the_published_numbers_are_named():
    assert len(published_tasks(ENGLISH)["Retrieval"]) == 15
    assert "T2Retrieval" in published_tasks(CHINESE)["Retrieval"]
