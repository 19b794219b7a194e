"""`bge-desktop doctor` and `settings`, run as a person runs them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import asdict

import pytest

from bge_desktop.settings import Settings
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json


def examined(library, *, ok=True, **options):
    finished = run("doctor", "--library", library, "--json", check=False, **options)
    report = json.loads(finished.stdout)
    assert finished.returncode == (0 if ok else 1), report
    assert report["ok"] is ok
    for check in report["checks"]:
        assert set(check) == {"name", "state", "found", "advice"}
        assert bool(check["advice"]) == (check["state"] != "ok")
    return {check["name"]: check for check in report["checks"]}


@pytest.fixture
def own(sample_library, tmp_path):
    """A copy of the samples' library, to be spoilt."""
    return shutil.copytree(sample_library, tmp_path / "library")


def test_the_samples_library_is_well(sample_library):
    checks = examined(sample_library)
    assert {check["state"] for check in checks.values()} == {"ok"}
    names = " ".join(checks)
    for name in ("python", "packages", "sqlite", "clock", "files of", "embedding with", "device", "reader", "display"):
        assert name in names
    for name in ("library", "permissions", "writer", "disk space", "settings", "crash reports", "schema", "database"):
        assert name in checks
    for name in ("contents", "index", "graphs of bge-small-zh-v1.5", "inotify"):
        assert name in checks


def test_it_says_one_line_for_each_look_and_what_to_do(own):
    os.chmod(own, 0o755)
    text = run("doctor", "--library", own).stdout
    assert "ok       python: BGE Desktop" in text
    assert "warning  permissions: Other users" in text
    assert "\n         → Close it to them: chmod" in text
    assert text.endswith("Problems: 0, warnings: 1\n")


def test_without_a_library_it_looks_at_the_program(tmp_path):
    checks = examined(tmp_path / "nowhere")
    assert "none" in checks["library"]["found"]
    assert "database" not in checks
    assert not (tmp_path / "nowhere").exists()


def test_it_changes_nothing(own):
    def contents():
        found = {}
        for folder, _, names in os.walk(own):
            for name in names:
                if not name.endswith(("-wal", "-shm")):  # SQLite makes them for a reader as well
                    with open(os.path.join(folder, name), "rb") as file:
                        found[os.path.join(folder, name)] = file.read()
        return found

    before = contents()
    examined(own)
    assert contents() == before


def test_it_works_beside_a_worker(own):
    client = Client(own, watch=True)
    try:
        client.search("boiler")
        assert "at work" in examined(own)["writer"]["found"]
        client.search("boiler")
    finally:
        client.worker.stop(30)
    assert client.errors == []


def test_missing_vectors_are_a_problem(own):
    with sqlite3.connect(own / "library.db") as db:
        db.execute("DELETE FROM vectors WHERE passage_id % 2")
    db.close()
    assert "have no vector" in examined(own, ok=False)["index"]["found"]


def test_a_damaged_database_is_a_problem_and_the_rest_is_looked_at(own):
    (own / "library.db").write_bytes(b"not a database at all" * 1000)
    checks = examined(own, ok=False)
    assert checks["database"]["state"] == "problem"
    assert "disk space" in checks


def test_settings_are_shown_and_changed(tmp_path):
    usual = run_json("settings", "--library", tmp_path)
    assert usual == asdict(Settings())
    assert os.listdir(tmp_path) == []
    changed = run_json("settings", "--library", tmp_path, "--set", "threads=2", "--set", "on_battery=wait")
    assert changed == {**usual, "threads": 2, "on_battery": "wait"}
    assert "threads = 2\n" in run("settings", "--library", tmp_path).stdout
    for wrong in ("threads=many", "threads", "colour=green"):
        finished = run("settings", "--library", tmp_path, "--set", wrong, check=False)
        assert finished.returncode == 1
        assert finished.stderr
    assert run_json("settings", "--library", tmp_path) == changed


@pytest.mark.parametrize("content", ["threads = -1", "threads"])
def test_settings_that_cannot_be_used_are_told_and_stop_no_indexing(tmp_path, content):
    docs, library = tmp_path / "docs", tmp_path / "library"
    docs.mkdir()
    library.mkdir(mode=0o700)
    (docs / "note.txt").write_text("The boiler was serviced in March.")
    (library / "settings.toml").write_text(content)
    finished = run("index", docs, "--library", library)
    assert finished.stdout.startswith("1 file, 1 passage;")
    assert "Settings cannot be used: " in finished.stderr


def test_settings_that_are_damaged_are_told_and_put_aside(tmp_path):
    (tmp_path / "settings.toml").write_text("threads")
    finished = run("settings", "--library", tmp_path)
    assert "Settings cannot be used" in finished.stderr
    assert "threads = 0" in finished.stdout
    assert os.listdir(tmp_path) == ["settings.toml.damaged"]
