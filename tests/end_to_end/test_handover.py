"""One writer for each library: what other processes are asked for beside it is handed over to it, or waits for it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from bge_desktop.handover import ADDRESS_FILE
from bge_desktop.library.library import Library
from bge_desktop.messages import AddFolder, LibraryBusy
from tests.end_to_end.client import Client
from tests.end_to_end.command import COMMAND, run, run_json

WAITING = "Another BGE Desktop is writing to this library"


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "docs"
    path.mkdir()
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    (path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    return path


@pytest.fixture
def library(tmp_path):
    return tmp_path / "library"


@pytest.fixture
def window(library):
    """The worker of an open window."""
    own = Client(library)
    wait_for_writer(library)
    yield own
    own.worker.stop()


def wait_for_writer(library):
    wait_until(lambda: (library / ADDRESS_FILE).exists())


def wait_until(condition):
    """The deadline is generous: no test here is a timed one."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def start(*arguments):
    return subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process):
    """The exit status, the standard output and the standard error of a process."""
    output, errors = process.communicate(timeout=120)
    return process.returncode, output, errors


# --- beside an open window ----------------------------------------------------------------------------------------


def test_index_prints_what_it_would_have_printed_itself(window, library, folder, tmp_path):
    report = run_json("index", folder, "--library", library)
    assert set(report) == {"files", "passages", "embedded_passages", "failed", "in_part", "pending", "seconds"}
    assert (report["files"], report["passages"], report["embedded_passages"]) == (2, 1, 1)
    assert [os.path.basename(failed["path"]) for failed in report["failed"]] == ["broken.pdf"]
    assert window.worker._indexing.embedded == 1  # it was done there
    other = tmp_path / "other"
    other.mkdir()
    (other / "boiler.txt").write_text("The boiler was serviced in March.")
    again = run_json("index", folder, other, "--library", library)
    assert (again["files"], again["passages"], again["embedded_passages"]) == (3, 2, 1)
    assert run_json("index", folder, "--library", library)["embedded_passages"] == 0


def test_the_folder_is_watched_from_then_on(window, library, folder):
    run("index", folder, "--library", library)
    (folder / "dentist.txt").write_text("Root canal treatment on the second of May.")
    window.wait_for(lambda: "dentist.txt" in window.names("tooth appointment"))


def test_an_error_of_the_request_is_the_commands_and_not_the_windows(window, library, folder):
    run("index", folder, "--library", library)
    run("rules", folder, "--library", library, "--add", "drafts/")
    (folder / "drafts").mkdir()
    finished = run("index", folder / "drafts", "--library", library, "--json", check=False)
    assert finished.returncode == 1
    assert "Left out by the rules" in finished.stderr
    assert json.loads(finished.stdout)["error"]["path"] == str(folder / "drafts")
    window.search("lease")
    assert window.errors == []


def test_failed_files_are_tried_again(window, library, folder):
    run("index", folder, "--library", library)
    (folder / "broken.pdf").write_text("Not a PDF, but a text about the boiler.")
    (folder / "broken.pdf").rename(folder / "text.txt")
    assert run_json("failures", "--library", library, "--retry")["failed"] == []
    assert "text.txt" in window.names("boiler")


def test_rules_hold_at_once(window, library, folder):
    run("index", folder, "--library", library)
    report = run_json("rules", folder, "--library", library, "--add", "lease.txt")
    assert report["left_out"] == ["lease.txt"]
    window.wait_for(lambda: "lease.txt" not in window.names("lease"))


def test_of_rules_that_change_at_once_none_is_lost(window, library, folder):
    run("index", folder, "--library", library)
    patterns = {f"*.{number}" for number in range(3)}
    processes = [start("rules", folder, "--library", library, "--add", pattern) for pattern in patterns]
    assert [ended(process)[0] for process in processes] == [0] * len(patterns)
    assert set(run_json("rules", folder, "--library", library)["left_out"]) == patterns


def test_the_windows_work_goes_on_when_the_command_is_interrupted(window, library, tmp_path):
    papers = many_papers(tmp_path, 400)  # the command must not be done before it is interrupted
    process = start("index", papers, "--library", library)
    window.wait_for(lambda: window.worker._indexing.embedded > 0)
    process.send_signal(signal.SIGINT)
    status, _, errors = ended(process)
    assert status == 130, errors
    assert window.worker.wait_until_idle(120)
    assert window.worker._indexing.embedded == len(os.listdir(papers))


def many_papers(tmp_path, count=120):
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(count):
        (papers / f"{number}.txt").write_text(f"Paper {number} tells of the {number * 7}th harbour and its ships. " * 8)
    return papers


# --- beside another command ---------------------------------------------------------------------------------------


def test_two_that_index_at_once_both_succeed(library, tmp_path):
    papers, others = many_papers(tmp_path), tmp_path / "others"
    others.mkdir()
    (others / "lease.txt").write_text("The tenant may end the lease.")
    processes = [start("index", path, "--library", library, "--json") for path in (papers, others, papers)]
    for process in processes:
        status, output, errors = ended(process)
        assert status == 0, errors
        assert "Traceback" not in errors
        assert json.loads(output)["failed"] == []
    state = run_json("status", "--library", library)
    assert (state["files"], state["pending"], state["passages"]) == (121, 0, 121)
    assert sum(model["passages"] for model in state["models"]) == 121


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_command_goes_on_by_itself_when_the_writer_is_killed(library, tmp_path):
    papers = many_papers(tmp_path)
    writer = start("index", papers, "--library", library)
    wait_for_writer(library)
    command = start("index", papers, "--library", library, "--json")
    wait_until(lambda: (library / "library.db-wal").exists() and passages(library) > 0)
    writer.kill()
    ended(writer)
    status, output, errors = ended(command)
    assert status == 0, errors
    assert (json.loads(output)["files"], json.loads(output)["passages"]) == (120, 120)


def passages(library):
    finished = run("status", "--library", library, "--json", check=False)
    if finished.returncode:
        assert "No library" in finished.stderr, finished.stderr
        return 0
    return sum(model["passages"] for model in json.loads(finished.stdout)["models"])


@pytest.mark.parametrize("command", ["index", "rules"])
def test_a_writer_that_does_not_listen_is_waited_for(library, folder, command):
    run("index", folder, "--library", library)
    arguments = (folder, "--library", library) if command == "index" else (folder, "--library", library, "--add", "*.x")
    with contextlib.closing(Library(str(library))):
        process = start(command, *arguments)
        line = process.stderr.readline()
        assert WAITING in line
        assert run_json("search", "lease", "--library", library)["results"]
        assert process.poll() is None
    status, _, errors = ended(process)
    assert status == 0, errors
    assert WAITING not in errors  # it is said once


# --- windows ------------------------------------------------------------------------------------------------------


def test_a_window_waits_for_a_library_that_is_busy_and_goes_on_by_itself(library, folder):
    held = Library(str(library))
    window = Client(library)
    window.worker.submit(AddFolder(str(folder)))
    assert next_of(window, LibraryBusy).is_busy
    held.close()
    assert not next_of(window, LibraryBusy).is_busy
    assert window.worker.wait_until_idle(60)
    assert window.names("moving out of my flat")[0] == "lease.txt"
    window.worker.stop()
    assert window.errors == []


def next_of(client, kind):
    while not isinstance(event := client.events.get(timeout=60), kind):
        pass
    return event


def test_a_window_that_waits_can_be_closed(library):
    with contextlib.closing(Library(str(library))):
        window = Client(library)
        assert next_of(window, LibraryBusy).is_busy
        window.worker.stop()
        assert not window.worker._thread.is_alive()


def open_window(library, *folders):
    return start("open", *folders, "--library", library)


def close(window):
    """End a window, and return what it complained of."""
    window.send_signal(signal.SIGTERM)
    status, _, errors = ended(window)
    assert status == 0, errors
    return [line for line in errors.splitlines() if "This plugin does not support" not in line]


def folders_of(library):
    return sorted(folder["path"] for folder in run_json("status", "--library", library)["folders"])


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_second_start_hands_over_its_folder_and_leaves(library, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    window = open_window(library, folder)
    wait_for_writer(library)
    assert ended(open_window(library, other))[0] == 0
    wait_until(lambda: folders_of(library) == sorted(map(str, (folder, other))))
    assert window.poll() is None
    assert close(window) == []


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_of_two_started_in_one_moment_one_stays_and_has_both_folders(library, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    windows = [open_window(library, path) for path in (folder, other)]
    wait_until(lambda: any(window.poll() is not None for window in windows))
    [left] = [window for window in windows if window.poll() is not None]
    [stays] = [window for window in windows if window is not left]
    assert left.returncode == 0
    ended(left)
    wait_until(lambda: folders_of(library) == sorted(map(str, (folder, other))))
    assert close(stays) == []


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_for_another_library_there_is_another_window(library, tmp_path):
    windows = [open_window(path) for path in (library, tmp_path / "another")]
    wait_for_writer(library)
    wait_for_writer(tmp_path / "another")
    assert [close(window) for window in windows] == [[], []]


# --- readers ------------------------------------------------------------------------------------------------------


def test_readers_are_served_at_every_moment(library, folder, tmp_path):
    """While the library is created, filled, emptied and left, again and again."""
    run("index", folder, "--library", tmp_path / "warm")
    finished, is_over = [], threading.Event()

    def read(*arguments):
        while not is_over.is_set():
            finished.append(run(*arguments, "--library", library, check=False))

    commands = [("status",), ("search", "lease"), ("similar", folder / "lease.txt"), ("failures",)]
    readers = [threading.Thread(target=read, args=arguments) for arguments in commands]
    for reader in readers:
        reader.start()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The {number}th letter about the boiler.")
        run("index", folder, "--library", library)
    is_over.set()
    for reader in readers:
        reader.join()
    failed = {process.stderr for process in finished if process.returncode}
    assert all(error.startswith(("No library", "Not in the library")) for error in failed), failed
    assert any(process.returncode == 0 for process in finished)


def test_a_bare_path_is_opened_as_a_desktop_hands_it_over(library, folder):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    finished = run(folder, check=False, env=environment)
    if sys.platform.startswith("linux"):
        assert "There is no display" in finished.stderr
