"""What a confined process cannot do, asked of libc itself, past all that Python would refuse."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bge_desktop.extract import confinement

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")

# Each line of a test is a call of libc that must fail with EPERM or EACCES, or that must not fail.
_PRELUDE = """
import ctypes, errno, os, sys, threading
from bge_desktop.extract.confinement import confine
scratch, other, parent = sys.argv[1].encode(), sys.argv[2].encode(), os.getppid()
libc = ctypes.CDLL(None, use_errno=True)
fences = confine(sys.argv[1])

def call(name, *arguments):
    ctypes.set_errno(0)
    given = getattr(libc, name)(*arguments)
    return given, errno.errorcode.get(ctypes.get_errno(), "")

def refused(name, *arguments):
    given, error = call(name, *arguments)
    assert given == -1 and error in ("EPERM", "EACCES"), (name, arguments, given, error)

def works(name, *arguments):
    given, error = call(name, *arguments)
    assert given >= 0, (name, arguments, given, error)
    return given
"""


def _run(code: str, *arguments: object) -> str:
    command = [sys.executable, "-W", "error", "-c", _PRELUDE + code, *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    scratch, other = tmp_path / "scratch", tmp_path / "other"
    scratch.mkdir()
    other.mkdir()
    (other / "file").write_text("words")
    return scratch, other


def test_both_fences_stand_here(folders: tuple[Path, Path]) -> None:
    assert _run("print(fences)", *folders).strip() == "Confinement(files=True, system_calls=True)"


def test_nothing_is_written_outside_of_the_scratch_folder(folders: tuple[Path, Path]) -> None:
    code = """
path, new = other + b"/file", other + b"/new"
for flags in (os.O_WRONLY, os.O_RDWR, os.O_RDONLY | os.O_TRUNC):
    refused("open", path, flags)
refused("open", new, os.O_WRONLY | os.O_CREAT, 0o600)
refused("open", b"/dev/shm/new", os.O_WRONLY | os.O_CREAT, 0o600)
refused("unlink", path)
refused("rename", path, new)
refused("link", path, new)
refused("symlink", b"/", new)
refused("mkdir", new, 0o700)
refused("rmdir", other)
refused("mkfifo", new, 0o600)
refused("truncate", path, 0)
refused("chmod", path, 0o777)
refused("chown", path, 0, 0)
refused("utimensat", -100, path, None, 0)
refused("setxattr", path, b"user.a", b"b", 1, 0)
refused("rename", scratch, new)
"""
    _run(code, *folders)
    assert os.listdir(folders[1]) == ["file"]
    assert (folders[1] / "file").read_text() == "words"


def test_everything_is_read_and_the_scratch_folder_is_written(folders: tuple[Path, Path]) -> None:
    code = """
assert open(other + b"/file").read() == "words"
assert os.listdir(other) == [b"file"]
assert open("/proc/self/statm").read()
os.mkdir(scratch + b"/folder")
with open(scratch + b"/folder/a", "w") as stream:
    stream.write("a")
os.remove(scratch + b"/folder/a")
os.rmdir(scratch + b"/folder")
import tempfile
with tempfile.TemporaryFile(dir=scratch) as stream:
    stream.write(b"a")
"""
    _run(code, *folders)


def test_there_is_no_network(folders: tuple[Path, Path]) -> None:
    code = """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, 40):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        refused("socket", family, kind, 0)
pair = (ctypes.c_int * 2)()
refused("socketpair", socket.AF_UNIX, socket.SOCK_STREAM, 0, pair)
refused("connect", 0, b"", 0)
refused("syscall", 425, 8, None)
"""
    _run(code, *folders)


def test_no_program_and_no_process_is_started(folders: tuple[Path, Path]) -> None:
    code = """
arguments = (ctypes.c_char_p * 2)(b"/bin/true", None)
refused("execv", b"/bin/true", arguments)
refused("execve", b"/bin/true", arguments, None)
refused("fork")
refused("vfork")
refused("unshare", 0x10000000)
assert libc.posix_spawn(None, b"/bin/true", None, None, arguments, None) in (errno.EPERM, errno.EACCES)
"""
    _run(code, *folders)


def test_other_processes_are_neither_seen_into_nor_stopped(folders: tuple[Path, Path]) -> None:
    code = """
refused("ptrace", 16, parent, None, None)
refused("kill", parent, 0)
refused("kill", -1, 0)
refused("prlimit", parent, 0, None, None)
refused("shmget", 1, 1, 0o1600)
works("kill", os.getpid(), 0)
"""
    _run(code, *folders)


def _without_capabilities() -> None:
    """As the user of a desktop, even where the tests run as root: with them, the kernel lets one read any memory."""
    drop_from_bounding_set = 24
    for capability in range(64):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.mark.parametrize(("fence", "seen"), [("", True), ("confine(sys.argv[1])", False)])
def test_the_environment_of_the_parent_cannot_be_read(folders: tuple[Path, Path], fence: str, seen: bool) -> None:
    child = f"""
import os, sys
from bge_desktop.extract.confinement import confine
{fence}
try:
    print(b"TOKEN=secret" in open(f"/proc/{{os.getppid()}}/environ", "rb").read())
except PermissionError:
    print(False)
"""
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]], env={})"
    done = subprocess.run(
        [sys.executable, "-c", parent, child, str(folders[0])],
        env={**os.environ, "TOKEN": "secret"},
        check=True,
        capture_output=True,
        text=True,
        preexec_fn=_without_capabilities,
    )
    assert done.stdout.strip() == str(seen)


def test_threads_libraries_and_aborting_still_work(folders: tuple[Path, Path]) -> None:
    code = """
done = []
threads = [threading.Thread(target=done.append, args=(number,)) for number in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(done) == 3
import sqlite3, lxml.etree, pypdfium2
import signal, resource, time
signal.alarm(0)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
time.sleep(0)
"""
    _run(code, *folders)
    command = [sys.executable, "-c", _PRELUDE + "os.abort()", *map(str, folders)]
    assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == -6


def test_threads_from_before_are_confined_with_the_rest(folders: tuple[Path, Path]) -> None:
    code = _PRELUDE.replace(
        "fences =",
        """
go, verdicts = threading.Event(), []
def early():
    go.wait()
    verdicts.append(libc.socket(2, 1, 0))
thread = threading.Thread(target=early)
thread.start()
fences =""",
    )
    command = [sys.executable, "-c", code + "go.set(); thread.join(); assert verdicts == [-1]", *map(str, folders)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_without_landlock_nothing_is_written_at_all(folders: tuple[Path, Path]) -> None:
    prelude = _PRELUDE.replace("fences =", "import bge_desktop.extract.confinement as c\nc._ASK_VERSION = 99\nfences =")
    code = """
assert fences == (False, True)
assert open(other + b"/file").read() == "words"
refused("open", other + b"/file", os.O_WRONLY)
refused("open", scratch + b"/new", os.O_WRONLY | os.O_CREAT, 0o600)
refused("open", scratch, os.O_RDWR | 0o20000000 | os.O_DIRECTORY, 0o600)
refused("unlink", other + b"/file")
refused("execv", b"/bin/true", (ctypes.c_char_p * 2)(b"/bin/true", None))
os.listdir(other)
"""
    command = [sys.executable, "-c", prelude + code, *map(str, folders)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_a_scratch_folder_that_is_not_there_leaves_nothing_to_write_to(folders: tuple[Path, Path]) -> None:
    _run('refused("open", other + b"/new", os.O_WRONLY | os.O_CREAT, 0o600)', folders[0] / "gone", folders[1])


def test_elsewhere_it_says_that_there_is_no_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert confinement.confine("/tmp") == (False, False)
