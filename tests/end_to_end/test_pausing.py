"""Pausing, with the real worker and encoder: nothing goes on that is paused, and all of it afterwards."""

from __future__ import annotations

import contextlib
import os

import pytest

from bge_desktop.library.library import Library, reading
from bge_desktop.messages import AddFolder, ErrorReport, FolderState, Held, Pause, Progress, Rescan, Resume
from tests.end_to_end.client import Client
from tests.end_to_end.command import run


@pytest.fixture
def folders(tmp_path):
    for name in ("letters", "recipes"):
        (tmp_path / name).mkdir()
    (tmp_path / "letters" / "lease.txt").write_text("The tenant may end the lease with sixty days' notice.")
    (tmp_path / "recipes" / "stew.txt").write_text("Braise the beef for three hours in red wine.")
    return tmp_path / "letters", tmp_path / "recipes"


def write_new(folders):
    (folders[0] / "dentist.txt").write_text("Root canal treatment at Dr Ferro's.")
    (folders[1] / "soup.txt").write_text("Boil the pumpkin with ginger.")


def start(tmp_path, **options):
    return Client(tmp_path / "library", **options)


def stop(client):
    client.worker.stop()
    assert client.errors == []


def paths(tmp_path):
    with reading(str(tmp_path / "library")) as library:
        return {os.path.basename(path) for path in library.folders.documents_by_name()}


def last_progress(client):
    """The newest progress, after the worker has stopped."""
    client.worker.stop()
    told = []
    while not client.events.empty():
        event = client.events.get()
        assert not isinstance(event, ErrorReport), event
        told += [event] if isinstance(event, Progress) else []
    return told[-1]


@pytest.fixture
def indexed(tmp_path, folders):
    client = start(tmp_path)
    for folder in folders:
        client.worker.submit(AddFolder(str(folder)))
    assert client.worker.wait_until_idle(60)
    yield client
    stop(client)


def test_a_paused_folder_stays_as_it_is_and_the_others_go_on(indexed, folders):
    indexed.worker.submit(Pause(str(folders[0])))
    write_new(folders)
    indexed.wait_for(lambda: "soup.txt" in indexed.names("soup"))
    assert "dentist.txt" not in indexed.names("dentist")
    assert indexed.names("when does the lease end")[0] == "lease.txt"


def test_what_changed_during_a_pause_is_found_when_it_ends(indexed, folders):
    indexed.worker.submit(Pause(str(folders[0])))
    assert indexed.worker.wait_until_idle(60)
    write_new(folders)
    (folders[0] / "lease.txt").unlink()
    indexed.worker.submit(Resume(str(folders[0])))
    indexed.wait_for(lambda: "dentist.txt" in indexed.names("dentist"))
    indexed.wait_for(lambda: "lease.txt" not in indexed.names("lease"))


def test_all_are_paused_and_one_may_go_on_alone(indexed, folders):
    indexed.worker.submit(Pause())
    indexed.worker.submit(Resume(str(folders[1])))
    write_new(folders)
    indexed.wait_for(lambda: "soup.txt" in indexed.names("soup"))
    assert "dentist.txt" not in indexed.names("dentist")
    indexed.worker.submit(Resume())
    indexed.wait_for(lambda: "dentist.txt" in indexed.names("dentist"))


def test_a_pause_outlives_the_app(tmp_path, indexed, folders):
    indexed.worker.submit(Pause())
    assert indexed.worker.wait_until_idle(60)
    stop(indexed)
    write_new(folders)
    again = start(tmp_path)
    assert again.worker.wait_until_idle(60)
    assert {folder.state for folder in last_progress(again).folders} == {FolderState.PAUSED}
    assert paths(tmp_path) == {"lease.txt", "stew.txt"}


def test_what_waits_is_not_done_at_a_start_but_after_the_pause(tmp_path, folders):
    run("index", folders[0], "--library", tmp_path / "library")
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        library.folders.set_state(
            [file.id for file in library.folders.files(library.folders.all()[0]).values()], "pending"
        )
        library.pauses.begin(None)
    client = start(tmp_path)
    assert client.worker.wait_until_idle(60)
    told = last_progress(client)
    assert (told.pending, told.busy, told.held) == (1, False, Held.PAUSED)
    again = start(tmp_path)
    again.worker.submit(Resume())
    assert again.worker.wait_until_idle(60)
    stop(again)
    with reading(str(tmp_path / "library")) as library:
        assert library.folders.pending(1) == []


def test_what_a_person_asks_for_is_done_though_it_is_paused(indexed, folders):
    indexed.worker.submit(Pause())
    write_new(folders)
    indexed.worker.submit(Rescan(str(folders[0])))
    assert indexed.worker.wait_until_idle(60)
    assert "dentist.txt" in indexed.names("dentist")
    assert "soup.txt" not in indexed.names("soup")


def test_the_commands_pause_and_resume(tmp_path, folders):
    library = tmp_path / "library"
    run("index", *folders, "--library", library)
    assert run("pause", folders[0], "--library", library).stdout == f"paused: {folders[0]}\n"
    write_new(folders)
    run("index", folders[1], "--library", library)
    assert paths(tmp_path) == {"lease.txt", "stew.txt", "soup.txt"}
    run("index", folders[0], "--library", library)
    assert "dentist.txt" in paths(tmp_path)
    assert run("resume", "--library", library).stdout == "Nothing is paused.\n"


def test_the_commands_reach_the_open_app(tmp_path, indexed, folders):
    run("pause", "--library", tmp_path / "library")
    write_new(folders)
    assert indexed.worker.wait_until_idle(60)
    assert "soup.txt" not in indexed.names("soup")
    run("resume", folders[1], "--library", tmp_path / "library")
    indexed.wait_for(lambda: "soup.txt" in indexed.names("soup"))
    assert "dentist.txt" not in indexed.names("dentist")
