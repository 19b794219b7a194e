"""`bge-desktop mteb` on the sample documents with the real weights, beside sentence-transformers and arithmetic."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import subprocess
import sys
from collections import defaultdict

import numpy as np
import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.script import language_of
from bge_desktop.evaluate import mteb_package
from bge_desktop.evaluate.known_item import read_queries
from bge_desktop.evaluate.mteb_encoder import AppEncoder
from bge_desktop.evaluate.mteb_local import local_tasks
from bge_desktop.evaluate.mteb_run import run as run_tasks
from bge_desktop.library.library import reading
from tests import fp32
from tests.end_to_end.command import run, run_json
from tests.small_models import save_bert
from tests.unit.evaluate.mteb_collections import write_all

QUERIES = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "samples.tsv")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
PAIRS, OTHERS = 10, 4  # enough for a score: sentence-transformers embeds them all, too
TYPES = ["Classification", "Clustering", "PairClassification", "Reranking", "Retrieval", "STS"]
EQUAL = 0.2  # percent: what rounding in fp32 may make of a score

mteb_package.prepare(is_online=False)
pytestmark = pytest.mark.timeout(600)  # sentence-transformers takes its time


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def data(sample_library, language, tmp_path_factory):
    """Tasks of all types, made from the sample documents of a language."""
    folder = tmp_path_factory.mktemp("mteb") / "samples"
    folder.mkdir()
    documents = {
        name: own for name, own in sample_documents(sample_library).items() if language_of(own[1][0]) == language
    }
    write_searched(folder, documents)
    passages = [(name, label, text) for name, (label, texts) in documents.items() for text in texts]
    labelled = [{"text": text, "label": label} for _, label, text in passages]
    write_lines(folder / "classification.jsonl", labelled)
    write_lines(folder / "clustering.jsonl", labelled)
    pairs = near_and_far(passages)
    write_lines(folder / "sts.jsonl", pairs)
    write_lines(folder / "pair-classification.jsonl", [{**pair, "label": int(pair["score"] == 2)} for pair in pairs])
    return str(folder)


def near_and_far(passages):
    """Return as many pairs of passages of one document (2), of one folder (1), and of two (0)."""
    pairs = defaultdict(list)
    for own, other in itertools.combinations(passages, 2):
        score = (own[1] == other[1]) + (own[0] == other[0])
        pairs[score].append({"sentence1": own[2], "sentence2": other[2], "score": score})
    return [pair for same in pairs.values() for pair in random.Random(1993).sample(same, min(len(same), PAIRS))]


def sample_documents(library):
    """Return the folder and the passages of each document, by its name."""
    with reading(library) as opened:
        rows = opened.db.execute("SELECT min(path), document_id FROM files GROUP BY document_id").fetchall()
        found = {}
        for path, number in rows:
            folder, name = os.path.split(os.fsdecode(path))
            found[name] = (os.path.basename(folder), [own.text for own in opened.documents.passages(number)])
    return found


def write_searched(folder, documents):
    asked = [(row, item) for row, item in enumerate(read_queries(QUERIES)) if item.file_name in documents]
    whole = {name: "\n".join(texts) for name, (_, texts) in documents.items()}
    write_lines(folder / "corpus.jsonl", [{"_id": name, "text": text} for name, text in whole.items()])
    write_lines(folder / "queries.jsonl", [{"_id": str(row), "text": item.query} for row, item in asked])
    (folder / "qrels.tsv").write_text("".join(f"{row}\t{item.file_name}\t1\n" for row, item in asked), encoding="utf-8")
    write_lines(folder / "reranking.jsonl", [candidates(item, documents) for _, item in asked])


def candidates(item, documents):
    """Return a query with the beginning of its document, and with those of some others."""
    begins = {name: texts[0] for name, (_, texts) in documents.items()}
    right = begins.pop(item.file_name)
    return {"query": item.query, "positive": [right], "negative": list(begins.values())[:OTHERS]}


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def report(data, language):
    return run_json("mteb", "--model", BUNDLED[language].name, "--data", data)


def by_type(report):
    return {task["type"]: task["score"] for task in report["tasks"]}


def test_tasks_of_all_types_are_scored(report):
    assert [task["type"] for task in report["tasks"]] == TYPES
    assert report["failed"] == []
    assert report["average"] == pytest.approx(np.mean(list(by_type(report).values())))
    assert by_type(report)["Retrieval"] > 80


@pytest.mark.parametrize("language", ["zh"], indirect=True, scope="module")  # `make bench` compares both
def test_sentence_transformers_scores_the_same(data, language, tmp_path):
    model = BUNDLED[language]
    report = run_json("mteb", "--model", model.name, "--data", data, env=fp32.environment(model, str(tmp_path)))
    finished = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.mteb_peer", data, model.folder, model.instruction],
        capture_output=True,
        text=True,
        timeout=500,
        check=True,
        cwd=ROOT,
    )
    theirs = json.loads(finished.stdout)
    assert {task["name"]: task["score"] for task in report["tasks"]} == pytest.approx(theirs, abs=EQUAL)


class Recorder:
    """Passes on to an encoder, and keeps the vectors by text."""

    def __init__(self, encoder):
        self._encoder, self.vectors = encoder, {}

    def embed_now(self, model, texts, kind):
        vectors = self._encoder.embed_now(model, texts, kind)
        self.vectors.update(zip(texts, vectors, strict=True))
        return vectors


def test_ndcg_is_what_its_formula_says(data, language):
    with contextlib.closing(Encoder("cpu")) as encoder:
        recorder = Recorder(encoder)
        tasks = [task for task in local_tasks(data) if task.metadata.type == "Retrieval"]
        [score] = run_tasks(AppEncoder(recorder, BUNDLED[language]), tasks, None)
    split = tasks[0].dataset["default"]["test"]
    documents = np.array([recorder.vectors[text.strip()] for text in split["corpus"]["text"]])
    ids, gains = list(split["corpus"]["id"]), []
    for query in split["queries"]:
        cosines = documents @ recorder.vectors[BUNDLED[language].instruction + query["text"]]
        [right] = split["relevant_docs"][query["id"]]
        rank = 1 + np.count_nonzero(cosines > cosines[ids.index(right)])
        gains.append(1 / np.log2(rank + 1) if rank <= 10 else 0.0)
    assert score.percent / 100 == pytest.approx(round(float(np.mean(gains)), 5), abs=1e-6)  # `mteb` gives five digits


@pytest.fixture
def notes(tmp_path):
    """A few texts, which are quick to embed."""
    return write_all(tmp_path / "notes")


def test_a_person_reads_a_table_beside_the_published_numbers(notes, tmp_path):
    arguments = (
        "--model",
        "bge-small-en-v1.5",
        "--data",
        notes,
        "--tasks",
        "STS,Clustering",
        "--output",
        tmp_path / "kept",
    )
    finished = run("mteb", *arguments)
    lines = finished.stdout.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["notes-clustering", "notes-sts"]
    [clustering] = [line for line in lines if line.startswith("Clustering")]
    assert "of 1" in clustering
    assert "43.82 of 11" in clustering
    assert "44.18 of 4" in clustering
    assert lines[-1].endswith("the 35 tasks of c-mteb, 0 of which were run.")
    assert run("mteb", *arguments).stdout == finished.stdout  # from the results that were kept


def test_a_model_in_a_folder_is_evaluated(notes, tmp_path):
    folder = save_bert(tmp_path / "random-bert")
    report = run_json("mteb", "--model", folder, "--data", notes, "--tasks", "STS")
    assert report["model"] == "random-bert"
    assert list(by_type(report)) == ["STS"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--model", "bge-large", "--tasks", "STS12"], "neither bge-small-en-v1.5 or bge-small-zh-v1.5"),
        (["--model", "bge-small-en-v1.5"], "Name tasks"),
        (["--model", "bge-small-en-v1.5", "--tasks", "STS21"], "“STS21” is no task"),
        (["--model", "bge-small-en-v1.5", "--data", "nowhere"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_told(arguments, told):
    finished = run("mteb", *arguments, "--json", check=False)
    assert finished.returncode == 1
    assert told in finished.stderr
    assert told in json.loads(finished.stdout)["error"]["message"]


def test_public_tasks_that_cannot_be_downloaded_are_told():
    finished = run("mteb", "--model", "bge-small-zh-v1.5", "--tasks", "BQ,ATEC", "--json", check=False)
    assert finished.returncode == 1
    assert "could not be downloaded" in finished.stderr
    report = json.loads(finished.stdout)
    assert [own["name"] for own in report["failed"]] == ["BQ"]
    assert report["tasks"] == []
