"""Running tasks: scores, results that are kept, and what cannot be run."""

from __future__ import annotations

import pytest

from bge_desktop.errors import EncoderError, RequestError
from bge_desktop.evaluate.mteb_encoder import AppEncoder
from bge_desktop.evaluate.mteb_local import local_tasks
from bge_desktop.evaluate.mteb_run import Failure, Score, run
from bge_desktop.evaluate.mteb_tasks import public_tasks
from tests.unit.evaluate.mteb_collections import MODEL, QUERIES, WordEncoder, write_all, write_lines


@pytest.fixture
def tasks(tmp_path):
    return local_tasks(str(write_all(tmp_path / "notes")))


def of_type(tasks, name):
    return [task for task in tasks if task.metadata.type == name]


def test_an_encoder_that_knows_words_solves_tasks_of_all_types(tasks):
    names = []
    outcomes = list(run(AppEncoder(WordEncoder(), MODEL), tasks, None, names.append))
    assert names == [task.metadata.name for task in tasks]
    assert all(isinstance(outcome, Score) for outcome in outcomes), outcomes
    percents = {outcome.type: outcome.percent for outcome in outcomes}
    assert percents.pop("STS") > 80
    assert percents == dict.fromkeys(
        ("Classification", "Clustering", "PairClassification", "Reranking", "Retrieval"), pytest.approx(100)
    )


def test_the_instruction_reaches_the_queries_of_retrieval_alone(tasks):
    encoder = WordEncoder()
    list(run(AppEncoder(encoder, MODEL), tasks, None))
    instructed = [text for texts in encoder.asked for text in texts if text.startswith(MODEL.instruction)]
    assert sorted(instructed) == sorted(MODEL.instruction + query for query in QUERIES)


def test_kept_results_are_not_run_again_until_the_data_change(tmp_path, tasks):
    kept, encoder = str(tmp_path / "kept"), WordEncoder()
    sts = of_type(tasks, "STS")
    [first] = run(AppEncoder(encoder, MODEL), sts, kept)
    before = len(encoder.asked)
    [again] = run(AppEncoder(encoder, MODEL), of_type(local_tasks(str(tmp_path / "notes")), "STS"), kept)
    assert again.percent == pytest.approx(first.percent, abs=0.001)
    assert len(encoder.asked) == before
    write_lines(
        tmp_path / "notes" / "sts.jsonl",
        [
            {"sentence1": "a b", "sentence2": other, "score": score}
            for other, score in (("a b", 0), ("a c", 1), ("d", 2))
        ],
    )
    [changed] = run(AppEncoder(encoder, MODEL), of_type(local_tasks(str(tmp_path / "notes")), "STS"), kept)
    assert changed.percent == pytest.approx(-100)


def test_a_folder_for_results_that_cannot_be_made_is_told(tmp_path, tasks):
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match="Results cannot be kept"):
        list(run(AppEncoder(WordEncoder(), MODEL), tasks, str(tmp_path / "file" / "kept")))


def test_a_task_that_fails_leaves_the_others(tasks):
    [broken], sts = of_type(tasks, "Retrieval"), of_type(tasks, "STS")
    broken.dataset = {}
    failure, score = run(AppEncoder(WordEncoder(), MODEL), [broken, *sts], None)
    assert isinstance(failure, Failure)
    assert failure.task == "notes-retrieval"
    assert "KeyError" in failure.error.message
    assert isinstance(score, Score)


def test_an_encoder_that_fails_ends_it(tasks):
    error = EncoderError("Embedding failed", "The process ended.")
    assert list(run(AppEncoder(WordEncoder(error), MODEL), tasks, None)) == [Failure(tasks[0].metadata.name, error)]


@pytest.mark.parametrize("name", ["STSBenchmark", "SciFact", "CQADupstackRetrieval"])
def test_a_hub_that_is_out_of_reach_ends_it_in_words(name, tasks):
    public = public_tasks([name], ["mteb-en"])
    [failure] = run(AppEncoder(WordEncoder(), MODEL), [*public, *tasks], None)
    assert failure.task == name
    assert failure.error.title == "Data sets are out of reach"
    assert "could not be downloaded" in failure.error.message
    assert "Connect to the internet" in failure.error.message
