"""A person's own data as tasks of `mteb`."""

from __future__ import annotations

import pytest

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.mteb_local import local_tasks
from tests.unit.evaluate.mteb_collections import write_all, write_lines


def test_the_files_of_a_folder_say_which_tasks_there_are(tmp_path):
    tasks = local_tasks(str(write_all(tmp_path / "notes")))
    assert {task.metadata.name: (task.metadata.type, task.metadata.main_score) for task in tasks} == {
        "notes-classification": ("Classification", "accuracy"),
        "notes-clustering": ("Clustering", "v_measure"),
        "notes-pair-classification": ("PairClassification", "cosine_ap"),
        "notes-reranking": ("Reranking", "map_at_1000"),
        "notes-retrieval": ("Retrieval", "ndcg_at_10"),
        "notes-sts": ("STS", "cosine_spearman"),
    }
    assert all(task.data_loaded for task in tasks)


def test_each_folder_in_a_folder_is_a_collection(tmp_path):
    for name in ("b", "a"):
        write_lines(tmp_path / name / "clustering.jsonl", [{"text": "x", "label": 1}, {"text": "y", "label": 2}])
    assert [task.metadata.name for task in local_tasks(str(tmp_path))] == ["a-clustering", "b-clustering"]


def test_retrieval_needs_all_three_of_its_files(tmp_path):
    write_all(tmp_path)
    (tmp_path / "qrels.tsv").unlink()
    assert "Retrieval" not in {task.metadata.type for task in local_tasks(str(tmp_path))}


def test_queries_without_a_judgement_are_left_out(tmp_path):
    write_all(tmp_path)
    (tmp_path / "qrels.tsv").write_text("q1\td1\t1\n")
    [task] = [task for task in local_tasks(str(tmp_path)) if task.metadata.type == "Retrieval"]
    data = task.dataset["default"]["test"]
    assert list(data["queries"]["id"]) == ["q1"]
    assert len(data["corpus"]) == 4
    assert data["relevant_docs"] == {"q1": {"d1": 1}}


def test_reranking_ranks_the_candidates_of_each_query_only(tmp_path):
    write_lines(
        tmp_path / "reranking.jsonl",
        [
            {"query": "a", "positive": ["1"], "negative": ["2", "3"]},
            {"query": "b", "positive": ["4"], "negative": ["1"]},
        ],
    )
    [task] = local_tasks(str(tmp_path))
    data = task.dataset["default"]["test"]
    assert data["top_ranked"] == {"0": ["0-0", "0-1", "0-2"], "1": ["1-0", "1-1"]}
    assert data["relevant_docs"] == {"0": {"0-0": 1, "0-1": 0, "0-2": 0}, "1": {"1-0": 1, "1-1": 0}}
    assert list(data["corpus"]["text"]) == ["1", "2", "3", "4", "1"]


def test_without_a_split_every_second_text_of_a_label_is_for_testing(tmp_path):
    rows = [{"text": text, "label": label} for text, label in ("1a", "2a", "3b", "4a", "5b")]
    write_lines(tmp_path / "classification.jsonl", rows)
    [task] = local_tasks(str(tmp_path))
    assert list(task.dataset["train"]["text"]) == ["1", "3", "4"]
    assert list(task.dataset["test"]["text"]) == ["2", "5"]


def test_a_given_split_holds(tmp_path):
    splits = ("train", "test", "train", "test")
    rows = [{"text": str(row), "label": row % 2, "split": split} for row, split in enumerate(splits)]
    write_lines(tmp_path / "classification.jsonl", rows)
    [task] = local_tasks(str(tmp_path))
    assert list(task.dataset["train"]["text"]) == ["0", "2"]


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("classification", [{"text": "a", "label": 1}, {"text": "b", "label": 1}], "the same “label”"),
        ("clustering", [{"text": "a", "label": 1}], "the same “label”"),
        ("pair-classification", [{"sentence1": "a", "sentence2": "b", "label": 1}], "the same “label”"),
        ("sts", [{"sentence1": "a", "sentence2": "b", "score": 1}], "the same “score”"),
        ("classification", [{"text": "a", "label": 1, "split": "train"}, {"text": "b", "label": 2}], "“split”"),
        ("classification", [{"text": t, "label": t, "split": "test"} for t in "ab"], "“split”"),
    ],
)
def test_data_that_tell_nothing_are_refused(tmp_path, name, rows, told):
    write_lines(tmp_path / f"{name}.jsonl", rows)
    with pytest.raises(RequestError, match=told):
        local_tasks(str(tmp_path))


def test_a_name_that_is_there_twice_is_told(tmp_path):
    write_all(tmp_path)
    write_lines(tmp_path / "queries.jsonl", [{"_id": "q1", "text": "a"}, {"_id": "q1", "text": "b"}])
    with pytest.raises(RequestError, match="same “_id”: q1"):
        local_tasks(str(tmp_path))


def test_a_folder_without_data_and_one_that_is_not_there_are_told(tmp_path):
    with pytest.raises(RequestError, match="layout"):
        local_tasks(str(tmp_path))
    with pytest.raises(RequestError, match="No such file"):
        local_tasks(str(tmp_path / "nowhere"))


def test_changed_data_are_another_revision(tmp_path):
    def revision():
        [task] = local_tasks(str(tmp_path))
        return task.metadata.dataset["revision"]

    path = tmp_path / "sts.jsonl"
    write_lines(path, [{"sentence1": "a", "sentence2": "b", "score": score} for score in (1, 2)])
    before = revision()
    assert revision() == before
    write_lines(path, [{"sentence1": "a", "sentence2": "b", "score": score} for score in (1, 3)])
    assert revision() != before
