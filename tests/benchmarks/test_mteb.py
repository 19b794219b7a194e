"""Tasks of `mteb` on manual pages: the app scores what sentence-transformers does, and about what its search finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bge_desktop.bge.models import BUNDLED
from tests import fp32
from tests.benchmarks import mteb_data
from tests.benchmarks.conftest import run_json_long
from tests.benchmarks.table import Bar, Row

_NAMES = {"en": "English", "zh": "Chinese"}
_EQUAL = 0.2  # percent
_NEAR = 5.0  # percent: the library has the pages of both languages, and their ends, too


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tasks_of_all_types_beside_sentence_transformers(language, documents, query_files, table, tmp_path):
    model, data = BUNDLED[language], str(tmp_path / "manual-pages")
    mteb_data.write_all(data, _pages(documents, language), query_files[language])
    theirs = _by_sentence_transformers(model, data)
    as_it_is = _scores(model, data, dict(os.environ))
    in_fp32 = _scores(model, data, fp32.environment(model, str(tmp_path)))
    for name, their in theirs.items():
        what = f"{_NAMES[language]}: {name.removeprefix('manual-pages-')}"
        peer = "sentence-transformers"
        table.add(Row("mteb", what, as_it_is[name], "%", peer, their, more_is_better=True, digits=4))
    _add_difference(table, f"{_NAMES[language]}: the largest difference, as it embeds here", as_it_is, theirs, None)
    bar = Bar(at_most=_EQUAL)
    assert _add_difference(table, f"{_NAMES[language]}: the largest difference in fp32", in_fp32, theirs, bar) <= _EQUAL


@pytest.mark.parametrize("language", ["en", "zh"])
def test_retrieval_beside_search_by_meaning(language, documents, query_files, library, table, tmp_path):
    data = str(tmp_path / "all-pages")
    mteb_data.write_retrieval(data, _pages(documents, language), query_files[language])
    [score] = _scores(BUNDLED[language], data, dict(os.environ)).values()
    dense = 100 * run_json_long("evaluate", query_files[language], "--library", library)["modes"]["dense"]["ndcg@10"]
    what = f"{_NAMES[language]}: nDCG@10, pages cut at 512 tokens"
    table.add(Row("mteb", what, score, "%", "search by meaning, whole pages", dense, more_is_better=True))
    assert score == pytest.approx(dense, abs=_NEAR)


def _pages(documents, language):
    return os.path.join(documents, "manpages", language)


def _scores(model, data, environment):
    report = run_json_long("mteb", "--model", model.name, "--data", data, env=environment)
    assert report["failed"] == []
    return {task["name"]: task["score"] for task in report["tasks"]}


def _by_sentence_transformers(model, data):
    command = [sys.executable, "-m", "tests.benchmarks.mteb_peer", data, model.folder, model.instruction]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=True)
    return json.loads(finished.stdout)


def _add_difference(table, what, own, theirs, bar):
    largest = max(abs(own[name] - their) for name, their in theirs.items())
    table.add(Row("mteb", what, largest, "%", "" if bar else "sentence-transformers", bar=bar))
    return largest
