"""What is left out of a folder: shown and changed by the command, and in step while the worker runs."""

from __future__ import annotations

import os

import pytest

from bge_desktop.messages import AddFolder, FolderRules, SetRules
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A folder, and a library of it."""
    base = tmp_path_factory.mktemp("rules")
    folder, library = base / "docs", base / "library"
    for name in ("lease.txt", ".plan.txt", ".ssh/config", "build/house.txt", "drafts/poem.txt", "large.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"words of {name}")
    (folder / "large.txt").write_text("words of large.txt" + "\n" * (2 << 20))
    run("index", folder, "--library", library)
    return folder, library


def state(folder, library):
    """What is found after the next scan, if only by its name, and what has failed."""
    failed = {
        os.path.relpath(failure["path"], folder)
        for failure in run_json("index", folder, "--library", library)["failed"]
    }
    found = run_json("search", "words", "--library", library, "--limit", 50)["results"]
    return {os.path.relpath(result["path"], folder) for result in found}, failed


def test_the_rules_have_their_agreed_form(indexed):
    folder, library = indexed
    report = run_json("rules", folder, "--library", library)
    assert set(report) == {"path", "left_out", "let_in", "hidden", "limit_mb", "ignore_files", "defaults"}
    assert (report["path"], report["left_out"], report["let_in"]) == (str(folder), [], [])
    assert (report["hidden"], report["limit_mb"]) == (False, 200)
    assert report["ignore_files"] == [".gitignore", ".bgeignore"]
    [secrets] = [group for group in report["defaults"] if group["reason"] == "keys and credentials"]
    assert ".ssh" in secrets["folders"]
    assert "*.pem" in secrets["files"]


def test_a_person_reads_what_holds(indexed):
    folder, library = indexed
    text = run("rules", folder, "--library", library).stdout
    assert text.startswith(f"{folder}\n   hidden files: left out\n   largest file: 200 MB\n")
    assert "version control: .git, .hg" in text


def test_changed_rules_hold_at_the_next_scan(indexed):
    folder, library = indexed
    assert state(folder, library) == ({"lease.txt", "drafts/poem.txt", "large.txt"}, set())
    changes = ("--add", "drafts/", "--remove", "build", "--hidden", "yes", "--limit-mb", "1")
    text = run("rules", folder, "--library", library, *changes).stdout
    assert "   left out here: drafts/\n   let in here: build\n" in text
    assert state(folder, library) == ({"lease.txt", ".plan.txt", "build/house.txt", "large.txt"}, {"large.txt"})
    changes = ("--remove", "drafts/", "--add", "build", "--hidden", "no", "--limit-mb", "200")
    report = run_json("rules", folder, "--library", library, *changes)
    assert (report["left_out"], report["let_in"], report["hidden"], report["limit_mb"]) == ([], [], False, 200)
    assert state(folder, library) == ({"lease.txt", "drafts/poem.txt", "large.txt"}, set())


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (("--add", "[z-a]"), "makes no sense"),
        (("--add", " "), "makes no sense"),
        (("--remove", "*.xyz"), "There is no pattern"),
        (("--remove", ".*"), "There is no pattern"),
    ],
)
def test_patterns_that_cannot_be_are_clear_errors(indexed, arguments, title):
    folder, library = indexed
    finished = run("rules", folder, "--library", library, *arguments, check=False)
    assert finished.returncode == 1
    assert title in finished.stderr


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x"])
def test_a_limit_that_cannot_be_is_wrong_usage(limit):
    assert run("rules", "/", "--limit-mb", limit, check=False).returncode == 2


def test_a_folder_that_was_not_added_is_a_clear_error(indexed, tmp_path):
    finished = run("rules", tmp_path, "--library", indexed[1], check=False)
    assert finished.returncode == 1
    assert "Not a folder of the library" in finished.stderr


def test_rules_that_change_while_the_folder_is_watched_hold_at_once(tmp_path):
    folder = tmp_path / "docs"
    (folder / ".notes").mkdir(parents=True)
    (folder / "lease.txt").write_text("The tenant may end the lease.")
    (folder / ".notes" / "piano.txt").write_text("The piano was tuned in June.")
    client = Client(tmp_path / "library")
    client.worker.submit(AddFolder(str(folder)))
    assert client.worker.wait_until_idle(60)
    assert client.names("piano") == ["lease.txt"] or client.names("piano") == []
    client.worker.submit(SetRules(str(folder), FolderRules(("lease.txt",), hidden=True)))
    client.wait_for(lambda: client.names("piano") == ["piano.txt"])
    (folder / ".notes" / "garden.txt").write_text("The hedge was cut in May.")  # watched from now on, too
    client.wait_for(lambda: "garden.txt" in client.names("hedge"))
    client.worker.submit(SetRules(str(folder), FolderRules()))
    client.wait_for(lambda: set(client.names("piano")) == {"lease.txt"})
    client.worker.stop()
    assert client.errors == []
