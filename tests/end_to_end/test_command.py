"""The command line's agreed forms, and what it says of bad input."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3

import pytest

from bge_desktop import resources
from bge_desktop.library.library import Library
from tests.end_to_end.command import run, run_json


def test_index_prints_its_counts(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "note.txt").write_text("The boiler was serviced in March.")
    (tmp_path / "docs" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    report = run_json("index", tmp_path / "docs", "--library", tmp_path / "library")
    assert set(report) == {"files", "passages", "embedded_passages", "failed", "in_part", "pending", "seconds"}
    assert (report["files"], report["passages"], report["embedded_passages"]) == (2, 1, 1)
    [failed] = report["failed"]
    assert set(failed) == {"path", "title", "message"}
    assert failed["path"] == str(tmp_path / "docs" / "broken.pdf")


def test_a_newer_library_is_refused_and_nothing_is_made_in_it(tmp_path):
    library = tmp_path / "library"
    Library(str(library)).close()
    with contextlib.closing(sqlite3.connect(library / "library.db")) as db, db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('library', 'm9999', '')")
    before = sorted(os.listdir(library))
    for command in (("index", tmp_path), ("search", "rent"), ("status",)):
        refused = run(*command, "--library", library, check=False)
        assert (refused.returncode, "newer version" in refused.stderr) == (1, True)
    assert sorted(os.listdir(library)) == before


def test_indexing_an_unchanged_folder_embeds_nothing(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "note.txt").write_text("The boiler was serviced in March.")
    run("index", tmp_path / "docs", "--library", tmp_path / "library")
    again = run_json("index", tmp_path / "docs", "--library", tmp_path / "library")
    assert (again["files"], again["embedded_passages"]) == (1, 0)


def test_a_moved_and_a_copied_file_embed_nothing(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "note.txt").write_text("The boiler was serviced in March.")
    run("index", docs, "--library", tmp_path / "library")
    (docs / "note.txt").rename(docs / "moved.txt")
    (docs / "copy.txt").write_text("The boiler was serviced in March.")
    again = run_json("index", docs, "--library", tmp_path / "library")
    assert (again["files"], again["passages"], again["embedded_passages"]) == (2, 1, 0)


def test_search_prints_its_results(sample_library):
    report = run_json(
        "search", "how long before moving out must I give notice", "--library", sample_library, "--limit", 5
    )
    assert set(report) == {"query", "took_ms", "results"}
    assert report["query"] == "how long before moving out must I give notice"
    assert len(report["results"]) == 5
    for result in report["results"]:
        assert set(result) - {"place"} == {"path", "score", "page", "start", "end", "passage", "why"}
        assert result["end"] - result["start"] == len(result["passage"])
        assert result["why"] in {"meaning", "words", "name"}
    paths = [result["path"] for result in report["results"]]
    assert len(set(paths)) == len(paths)
    scores = [result["score"] for result in report["results"]]
    assert scores == sorted(scores, reverse=True)


def test_a_result_from_a_pdf_names_its_page(sample_library):
    results = run_json("search", "pdf", "--library", sample_library, "--limit", 40)["results"]
    assert any(result["page"] for result in results if result["path"].endswith(".pdf"))


def test_status_prints_the_whole_state(sample_library):
    status = run_json("status", "--library", sample_library)
    assert set(status) == {"folders", "files", "passages", "failed", "pending", "models", "bytes"}
    assert [folder["path"] for folder in status["folders"]] == [resources.path("samples")]
    assert sum(model["passages"] for model in status["models"]) == status["passages"]
    assert status["bytes"] > 0


def test_status_tells_a_person_that_a_folder_at_rest_is_up_to_date(sample_library):
    assert run_json("status", "--library", sample_library)["folders"][0]["state"] == "waiting"
    first = run("status", "--library", sample_library).stdout.splitlines()[0]
    assert first.startswith(f"{resources.path('samples')}: up to date, ")


def test_without_json_a_person_can_read_it(sample_library):
    text = run("search", "怎么做红烧肉", "--library", sample_library, "--limit", 2).stdout
    assert text.startswith("1. ")
    assert "2. " in text


@pytest.mark.parametrize(
    "query",
    [
        "   ",
        "",
        "🎉🎉🎉",
        '"',
        "AND OR NOT",
        'a"b',
        "-",
        "*",
        "NEAR(",
        "(",
        "word " * 2000,
        "猫" * 10_000,
        "a\nb\tc",
    ],
    ids=lambda query: repr(query[:8]),
)
def test_any_query_has_a_sensible_answer(sample_library, query):
    report = run_json("search", query, "--library", sample_library)
    assert (report["results"] == []) == (not query.strip())


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path):
    finished = run("index", tmp_path / "nowhere", "--library", tmp_path / "library", "--json", check=False)
    assert finished.returncode == 1
    assert "Folder not found" in finished.stderr
    assert json.loads(finished.stdout)["error"]["path"] == str(tmp_path / "nowhere")


def test_searching_without_a_library_is_a_clear_error(tmp_path):
    finished = run("search", "lease", "--library", tmp_path / "nowhere", check=False)
    assert finished.returncode == 1
    assert "No library" in finished.stderr


def test_a_library_that_is_no_database_is_a_clear_error(tmp_path):
    (tmp_path / "library.db").write_bytes(b"not a database at all" * 100)
    finished = run("status", "--library", tmp_path, check=False)
    assert finished.returncode == 1
    assert "Library is damaged" in finished.stderr


def test_without_a_display_the_window_says_so(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    finished = run("--library", tmp_path, check=False, env=environment)
    assert finished.returncode == 1
    assert "There is no display" in finished.stderr


def test_the_librarys_files_are_the_owners_alone(sample_library):
    for folder, _, names in os.walk(sample_library):
        assert os.stat(folder).st_mode & 0o777 == 0o700
        modes = {name: os.stat(os.path.join(folder, name)).st_mode & 0o777 for name in names}
        assert set(modes.values()) == {0o600}, modes


def test_status_says_what_is_away_and_what_waits_in_a_pause(tmp_path):
    library, docs, single = tmp_path / "library", tmp_path / "docs", tmp_path / "single.txt"
    docs.mkdir()
    (docs / "note.txt").write_text("The boiler was serviced in March.")
    single.write_text("The lease ends in May.")
    assert run("index", docs, single, "--library", library).stdout.startswith("2 files, 2 passages; 2 embedded")
    single.unlink()
    docs.rename(tmp_path / "elsewhere")
    lines = run("status", "--library", library).stdout.splitlines()
    assert lines[:3] == [
        f"{docs}: away, 1 file, 0 failed",
        f"{single}: away (if it was deleted, remove it from the list: bge-desktop remove), 1 file, 0 failed",
        "2 files, 2 passages, 0 files pending",
    ]
    (tmp_path / "elsewhere").rename(docs)
    with contextlib.closing(Library(str(library))) as opened:
        opened.folders.read_again()
        opened.pauses.begin(None)
    assert run("status", "--library", library).stdout.startswith(f"{docs}: paused, 1 file pending, 1 file, 0 failed\n")
