"""Settings that are changed while the app is open hold at once, and cost nothing of what is under way."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import psutil
import pytest

from bge_desktop.messages import (
    AddFolder,
    ErrorReport,
    Held,
    LibraryStatus,
    Progress,
    ReloadSettings,
    ReportStatus,
    SettingsChanged,
)
from bge_desktop.settings import Settings, save, settings_path
from bge_desktop.worker.power import Power
from tests.end_to_end.client import Client
from tests.end_to_end.command import run

USUAL = Settings()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    for number in range(40):
        text = "\n\n".join(f"Of the {number}th lake, note {line}: its water is deep and clear." for line in range(30))
        (path / f"lake {number}.txt").write_text(text)
    return path


@pytest.fixture
def library(tmp_path):
    return str(tmp_path / "library")


@pytest.fixture
def client(library):
    own = Client(library)
    yield own
    own.worker.stop()


def change(client, library, **values):
    save(library, replace(USUAL, **values))
    client.worker.submit(ReloadSettings())


def heard(client, kind, timeout=60.0):
    """Return the next event of a kind."""
    while not isinstance(event := client.events.get(timeout=timeout), kind):
        pass
    return event


def threads_of(encoder):
    with contextlib.suppress(psutil.NoSuchProcess):
        return encoder.pid and psutil.Process(encoder.pid).environ()["BGE_DESKTOP_THREADS"]


def test_threads_change_in_the_middle_of_the_work_and_nothing_is_lost(client, library, folder):
    heard(client, Progress)
    client.worker.submit(AddFolder(str(folder)))
    client.wait_for(lambda: client.worker._passage_encoder.pid is not None)
    for threads in (1, 2):
        change(client, library, threads=threads)
        heard(client, SettingsChanged)
        client.wait_for(lambda threads=threads: threads_of(client.worker._passage_encoder) == str(threads))
    assert client.worker.wait_until_idle(120)
    client.worker.submit(ReportStatus())
    status = heard(client, LibraryStatus)
    assert (status.files, status.pending, status.failed) == (40, 0, 0)
    assert status.embedded == status.passages == sum(model.passages for model in status.models)
    assert "lake 7.txt" in client.names("the 7th lake")


def test_on_battery_indexing_waits_and_goes_on_as_the_settings_say(client, library, folder):
    change(client, library, on_battery="wait")
    heard(client, SettingsChanged)
    client.worker._indexing.manners._look = lambda: Power(True, 80.0)
    client.worker.submit(AddFolder(str(folder)))
    while heard(client, Progress).held is not Held.BATTERY:
        pass
    change(client, library, on_battery="normally")
    while (progress := heard(client, Progress)).pending:
        pass
    assert progress.held is Held.NOT


def test_what_the_command_sets_holds_at_once_in_an_open_window(client, library, folder):
    client.worker.submit(AddFolder(str(folder)))
    assert client.worker.wait_until_idle(120)
    client.names("a lake")
    before = client.worker._query_encoder.pid
    finished = run("settings", "--library", library, "--set", "threads=1", "--set", "language=zh")
    assert "Holds from now on." in finished.stderr
    heard(client, SettingsChanged)
    client.wait_for(lambda: not psutil.pid_exists(before))
    client.names("another lake")
    assert threads_of(client.worker._query_encoder) == "1"


def test_what_the_command_sets_without_a_window_holds_from_the_next_start_on(library):
    finished = run("settings", "--library", library, "--set", "close_to_tray=true")
    assert "Holds from the next start on." in finished.stderr


def test_a_file_that_cannot_be_used_is_told_and_the_usual_settings_hold(client, library):
    change(client, library, threads=2)
    heard(client, SettingsChanged)
    with open(settings_path(library), "w") as file:
        file.write("threads = 999")
    client.worker.submit(ReloadSettings())
    assert "“threads” must be a whole number from 0 to 256" in heard(client, ErrorReport).message
    heard(client, SettingsChanged)
