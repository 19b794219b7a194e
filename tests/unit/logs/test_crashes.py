"""Crash reports: real processes that die in all ways, and what the next start finds of them."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import time

import psutil
import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED
from bge_desktop.extract.reader_child import ReaderChild
from bge_desktop.logs.files import log_folder
from bge_desktop.logs.reports import kept_reports, take_report

SCRIPT = """
import faulthandler, os, signal, sys, threading
from bge_desktop.logs.crashes import recorded

class Odd:
    def __del__(self):
        raise ValueError("diagnosis")

def stumble():
    raise KeyError("/home/ada/diagnosis.txt")

def in_thread():
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()

def in_hook():
    try:
        stumble()
    except KeyError:
        sys.excepthook(*sys.exc_info())

def abort():
    os.abort()

def hang():
    print("ready", flush=True)
    threading.Event().wait()

def refuse():
    from bge_desktop.errors import UserError
    raise UserError("Folder not found", "diagnosis")

with recorded(sys.argv[1], "a test") as report:
    report.add_to_head(["Later 1.0"])
    {act}
"""


def run(library, act):
    command = [sys.executable, "-c", SCRIPT.replace("{act}", act), str(library)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def library(tmp_path):
    return str(tmp_path / "library")


def test_a_good_end_leaves_nothing(library):
    assert run(library, "pass").returncode == 0
    assert os.listdir(log_folder(library)) == []
    assert take_report(library) is None
    assert stat.S_IMODE(os.stat(library).st_mode) == stat.S_IMODE(os.stat(log_folder(library)).st_mode) == 0o700


@pytest.mark.parametrize("act", ["sys.exit(3)", "refuse()", "os.kill(os.getpid(), signal.SIGINT)"])
def test_an_end_that_is_told_elsewhere_is_no_crash(library, act):
    assert run(library, act).returncode != 0
    assert take_report(library) is None
    assert os.listdir(log_folder(library)) == []


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("faulthandler._sigsegv()", ["Fatal Python error: Segmentation fault", 'File "<string>", line']),
        ("abort()", ["Fatal Python error: Aborted", "in abort"]),
        ("stumble()", ["The main thread met an exception that nothing caught:", "KeyError", "in stumble"]),
    ],
)
def test_a_crash_leaves_a_report(library, act, words):
    assert run(library, act).returncode != 0
    report = take_report(library)
    assert report.is_crash
    for word in (*words, "# BGE Desktop 0", "# Python 3", "# Later 1.0", "# a test"):
        assert word in report.text
    with open(report.path) as kept:
        assert kept.read() == report.text
    assert stat.S_IMODE(os.stat(report.path).st_mode) == 0o600
    assert os.path.basename(report.path).startswith("crash-20")
    for secret in ("diagnosis", "/home/ada", os.getcwd(), os.path.expanduser("~/"), sys.prefix):
        assert secret not in report.text


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("in_thread()", ["A thread met an exception", "KeyError", "threading.py:", "in stumble"]),
        ("in_hook()", ["The main thread met an exception", "KeyError", "in stumble"]),
        ("Odd()", ["What could not raise it met an exception", "ValueError", "in Odd.__del__"]),
    ],
)
def test_what_the_process_outlives_is_reported_as_no_crash(library, act, words):
    finished = run(library, act)
    assert finished.returncode == 0
    assert "Traceback" in finished.stderr  # a terminal shows it as ever
    report = take_report(library)
    assert not report.is_crash
    for word in words:
        assert word in report.text
    assert "diagnosis" not in report.text


def test_what_happens_again_and_again_is_told_once(library):
    run(library, "[in_hook() for _ in range(50)]")
    assert take_report(library).text.count("KeyError") == 1


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_was_killed_has_not_crashed(library, number):
    with subprocess.Popen([sys.executable, "-c", SCRIPT.replace("{act}", "hang()"), library], stdout=-1) as process:
        assert process.stdout.readline() == b"ready\n"
        assert take_report(library) is None
        assert len(os.listdir(log_folder(library))) == 1  # it is still there, and may crash yet
        process.send_signal(number)
    assert take_report(library) is None
    assert os.listdir(log_folder(library)) == []


def test_a_report_of_a_dead_process_whose_number_is_in_use_again_is_found(library):
    os.makedirs(log_folder(library))
    for number, began in ((os.getpid(), 10**18), (10**8, time.time_ns())):
        with open(os.path.join(log_folder(library), f"running-{number}-{began}.txt"), "w") as file:
            file.write("# BGE Desktop\nFatal Python error: Aborted\n")
        assert take_report(library).is_crash


def test_the_newest_is_shown_once_and_a_few_are_kept(library):
    os.makedirs(log_folder(library))
    for number in range(8):
        path = os.path.join(log_folder(library), f"running-{10**8 + number}-1.txt")
        with open(path, "w") as file:
            file.write(f"# BGE Desktop\nFatal Python error: {number}\n")
        os.utime(path, (1.7e9 + number, 1.7e9 + number))
    assert "Fatal Python error: 7" in take_report(library).text
    assert take_report(library) is None
    assert [os.path.basename(path)[-6:] for path in kept_reports(library)] == [f"{n:02}.txt" for n in range(23, 28)]


def test_paths_in_a_dump_are_cut_to_places_in_the_program(library):
    os.makedirs(log_folder(library))
    lines = [
        "# BGE Desktop 0.1.0",
        "Fatal Python error: Segmentation fault",
        f'  File "{os.path.dirname(os.path.dirname(log_folder.__code__.co_filename))}/ui/app.py", line 12 in run',
        '  File "/home/ada "secret" lovelace/x.py", line 3 in f',
        '  Binary file "/home/ada/.venv/lib/libQt6Core.so.6", at qt_assert+0x12 [0x7f]',
        '  File "C:\\Users\\Ada\\x.py", line 3 in f',
    ]
    with open(os.path.join(log_folder(library), "running-100000000-1.txt"), "w") as file:
        file.write("\n".join(lines))
    assert take_report(library).text.splitlines() == [
        *lines[:2],
        '  File "bge_desktop/ui/app.py", line 12 in run',
        '  File "x.py", line 3 in f',
        '  Binary file "libQt6Core.so.6", at qt_assert+0x12 [0x7f]',
        '  File "x.py", line 3 in f',
    ]


def test_a_report_that_is_no_text_is_no_trouble(library):
    os.makedirs(os.path.join(log_folder(library), "running-100000000-2.txt"))
    with open(os.path.join(log_folder(library), "running-100000000-1.txt"), "wb") as file:
        file.write(os.urandom(300_000))
    assert take_report(library).is_crash


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("role", ["encoder", "reader"])
def test_a_helper_that_crashes_leaves_where_it_was(library, role, monkeypatch):
    os.makedirs(library)
    path = os.path.join(library, "helpers.txt")
    monkeypatch.setenv("BGE_DESKTOP_CRASH_FILE", path)
    helper = ReaderChild() if role == "reader" else Encoder("cpu")
    with contextlib.closing(helper):
        if role == "reader":
            helper.wait_until_ready()
        else:
            helper.embed_now(BUNDLED["en"], ["a"], TextKind.QUERY)
        pid = helper._child.pid if role == "reader" else helper.pid
        process = psutil.Process(pid)
        process.send_signal(signal.SIGSEGV)
        process.wait(30)  # it dies of it
    with open(path, "rb") as file:
        text = file.read()
    assert b"Segmentation fault" in text
    assert f"{role}_process.py".encode() in text
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_what_helpers_leave_is_limited(library):
    os.makedirs(log_folder(library))
    path = os.path.join(log_folder(library), "helpers.txt")
    for _ in range(2):
        with open(path, "wb") as file:
            file.truncate(300_000)
        run(library, "pass")
    assert sorted(os.listdir(log_folder(library))) == ["helpers.txt.1"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such folder")
def test_where_nothing_can_be_written_the_process_runs_all_the_same():
    assert run("/dev/null/library", "print('done')").stdout == "done\n"
    assert take_report("/dev/null/library") is None
