"""`bge-desktop evaluate`: metrics, how sure their differences are, and other settings of the ranking."""

from __future__ import annotations

import json
import os

import pytest

from tests.end_to_end.command import run, run_json

QUERIES = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "samples.tsv")
METRICS = ["ndcg@10", "mrr@10", "recall@10"]


@pytest.fixture(scope="module")
def against_rrf(sample_library, tmp_path_factory):
    """The whole report, with reciprocal rank fusion beside the shipped ranking."""
    settings = tmp_path_factory.mktemp("settings") / "rrf.toml"
    settings.write_text('[ranking]\nfusion = "rrf"\n')
    return run_json("evaluate", QUERIES, "--against", settings, "--library", sample_library)


def test_every_mode_is_measured(against_rrf):
    assert against_rrf["queries"] == 30
    assert list(against_rrf["modes"]) == ["dense", "lexical", "hybrid"]
    for metrics in against_rrf["modes"].values():
        assert list(metrics) == METRICS
        assert 0 < metrics["mrr@10"] <= metrics["ndcg@10"] <= metrics["recall@10"] <= 1


def test_the_differences_are_those_of_the_metrics_within_their_intervals(against_rrf):
    others = {**against_rrf["modes"], "against": against_rrf["against"]["hybrid"]}
    hybrid = others.pop("hybrid")
    found = {(own["over"], own["metric"]): own for own in against_rrf["differences"]}
    assert list(found) == [(over, metric) for over in ("dense", "lexical", "against") for metric in METRICS]
    for (over, metric), own in found.items():
        assert own["of"] == "hybrid"
        assert own["difference"] == pytest.approx(hybrid[metric] - others[over][metric], abs=2e-4)
        assert own["low"] <= own["difference"] <= own["high"]


def test_other_settings_are_told_with_their_metrics(against_rrf):
    assert against_rrf["against"]["settings"] == {"fusion": "rrf"}
    assert list(against_rrf["against"]["hybrid"]) == METRICS


def test_without_other_settings_there_is_no_word_of_them(sample_library):
    report = run_json("evaluate", QUERIES, "--library", sample_library)
    assert set(report) == {"queries", "modes", "differences"}
    assert {own["over"] for own in report["differences"]} == {"dense", "lexical"}


def test_a_person_reads_a_table_and_which_differences_are_not_clear(sample_library, tmp_path):
    (tmp_path / "same.toml").write_text("[ranking]\n")
    finished = run("evaluate", QUERIES, "--against", tmp_path / "same.toml", "--library", sample_library)
    lines = finished.stdout.splitlines()
    assert [line.split()[0] for line in lines[:6]] == ["30", "nDCG@10", "dense", "lexical", "hybrid", "settings"]
    assert "hybrid over settings  nDCG@10   +0.000 (95 %: +0.000 to +0.000)  no clear difference" in lines
    assert len(lines) == 6 + 9


def test_only_meaning_against_the_shipped_ranking_is_as_the_dense_mode(sample_library, tmp_path):
    (tmp_path / "dense.toml").write_text("[ranking]\npassage = 0\ndocument = 0\nname = 0\nexact = 0\n")
    report = run_json("evaluate", QUERIES, "--against", tmp_path / "dense.toml", "--library", sample_library)
    assert report["against"]["hybrid"] == report["modes"]["dense"]


@pytest.mark.parametrize("content", [b"[ranking]\ntitle = 1", b"[ranking", b"\xff\xfe", None])
def test_settings_that_cannot_be_used_are_a_clear_error(sample_library, tmp_path, content):
    path = tmp_path / "settings.toml"
    if content is not None:
        path.write_bytes(content)
    finished = run("evaluate", QUERIES, "--against", path, "--library", sample_library, "--json", check=False)
    assert finished.returncode == 1
    assert str(path) in finished.stderr
    assert json.loads(finished.stdout)["error"]["title"] == "Settings cannot be used"


def test_a_wrong_line_of_queries_is_named(sample_library, tmp_path):
    (tmp_path / "queries.tsv").write_text("a query\tfile.txt\nno tab here\n")
    finished = run("evaluate", tmp_path / "queries.tsv", "--library", sample_library, check=False)
    assert finished.returncode == 1
    assert "Line 2" in finished.stderr


def test_files_that_are_not_in_the_library_are_named(sample_library, tmp_path):
    (tmp_path / "queries.tsv").write_text("a query\tnowhere.txt\n")
    finished = run("evaluate", tmp_path / "queries.tsv", "--library", sample_library)
    assert "Not in the library, so that no query finds them: nowhere.txt" in finished.stderr
    assert "hybrid over dense     nDCG@10   +0.000" in finished.stdout
