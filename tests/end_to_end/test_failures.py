"""Files that fail: told with their reasons, tried again when asked, and put aside where they end their readers."""

from __future__ import annotations

import os
import re
import sys
import zipfile

import pytest

from bge_desktop import processes
from bge_desktop.messages import AddFolder, Rescan, Retry
from tests.end_to_end.client import Client
from tests.end_to_end.command import run, run_json

# The real reader, but that it notes each file it is given, and that one by the name of "crash…" ends it.
READER = """
import os
from bge_desktop.extract import reader_process
notes = os.open({notes!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)  # before writing is forbidden
answer = reader_process.answer
def answer_or_crash(request, *more):
    name = os.path.basename(request["path"])
    os.write(notes, name.encode() + b"\\n")
    if name.startswith("crash"):
        os.abort()
    return answer(request, *more)
reader_process.answer = answer_or_crash
reader_process.serve()
"""


@pytest.fixture
def attempts(tmp_path, monkeypatch):
    """How often each file has been given to a reader by now."""
    notes, command = tmp_path / "notes", processes.child_command
    notes.touch()
    stand_in = [sys.executable, "-c", READER.format(notes=str(notes))]
    monkeypatch.setattr(processes, "child_command", lambda role: stand_in if role == "reader" else command(role))
    return lambda name: notes.read_text().split("\n").count(name)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    (path / "crash.txt").write_text("A file that ends whoever reads it.")
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    os.utime(path / "lease.txt", (0, 0))  # of a file that has only just changed, the content would be in doubt
    return path


def work(library, *requests):
    """Start the app anew, have it do what is asked and settle, and return the failures that it then knows."""
    client = Client(library, watch=False)
    for request in requests:
        client.worker.submit(request)
    assert client.worker.wait_until_idle(90)
    assert client.names("moving out")[0] == "lease.txt"
    client.worker.stop()
    assert client.errors == []
    return run_json("failures", "--library", library)["failed"]


def test_a_file_that_kills_its_reader_is_read_again_only_when_it_changes_or_is_named(tmp_path, folder, attempts):
    library, crashing = tmp_path / "library", folder / "crash.txt"
    [failed] = work(library, AddFolder(str(folder)))
    assert (failed["path"], failed["title"]) == (str(crashing), "The file made its reader crash")
    assert "put aside until it changes" in failed["message"]
    assert attempts("crash.txt") == 2

    work(library)
    work(library, Rescan(), Rescan(str(folder)), Retry())
    assert attempts("crash.txt") == 2

    work(library, Retry((str(crashing),)))
    assert attempts("crash.txt") == 4

    crashing.write_text("A file that has changed, and still ends whoever reads it.")
    work(library)
    assert attempts("crash.txt") == 6
    assert attempts("lease.txt") == 1

    crashing.rename(folder / "mended.txt")
    assert work(library) == []
    assert attempts("mended.txt") == 1


@pytest.fixture
def failed(tmp_path):
    """A library with two failed files: its folder, and that of the documents."""
    folder, library = tmp_path / "docs", tmp_path / "library"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7\nnothing more")
    run("index", folder, "--library", library)
    return library, folder


def test_the_failures_have_their_agreed_form(failed):
    library, folder = failed
    report = run_json("failures", "--library", library)
    assert (set(report), report["in_part"]) == ({"failed", "in_part"}, [])
    assert {failure["path"] for failure in report["failed"]} == {str(folder / "a.pdf"), str(folder / "b.pdf")}
    for failure in report["failed"]:
        assert set(failure) == {"path", "kind", "title", "message", "when"}
        assert failure["kind"] == "pdf"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", failure["when"])


def test_a_person_reads_them(failed, tmp_path):
    library, folder = failed
    text = run("failures", "--library", library).stdout
    assert f"{folder}/a.pdf  [pdf, 20" in text
    assert "Copy or download the file again" in text or "save it again" in text


def test_one_failed_file_or_all_are_tried_again(failed):
    library, folder = failed
    (folder / "a.pdf").write_text("words after all")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\nnothing more!")
    assert [
        failure["path"] for failure in run_json("failures", "--retry", folder / "a.pdf", "--library", library)["failed"]
    ] == [str(folder / "b.pdf")]
    (folder / "b.pdf").write_text("words again")
    assert run_json("failures", "--library", library, "--retry") == {"failed": [], "in_part": []}
    assert run("failures", "--library", library).stdout == "No file failed.\n"


def test_a_file_that_was_read_in_part_is_found_and_listed_and_has_not_failed(tmp_path):
    folder, library = tmp_path / "docs", tmp_path / "library"
    folder.mkdir()
    for name in ("a.zip", "copy.zip"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr(zipfile.ZipInfo("heron.txt"), "The heron waits by the old mill pond.")
            archive.writestr(zipfile.ZipInfo("scan.pdf"), b"%PDF-1.7\nnothing more")
    indexed = run_json("index", folder, "--library", library)
    assert (indexed["files"], indexed["failed"]) == (2, [])
    assert {own["path"] for own in indexed["in_part"]} == {str(folder / "a.zip"), str(folder / "copy.zip")}

    for arguments in ((), ("--retry",), ("--retry", folder / "a.zip")):
        report = run_json("failures", "--library", library, *arguments)
        assert (len(report["in_part"]), report["failed"]) == (2, [])
        for own in report["in_part"]:
            assert (own["title"], own["kind"]) == ("Read in part", "archive")
            assert own["message"].startswith("scan.pdf: ")
    assert run_json("status", "--library", library)["failed"] == 0
    [result] = run_json("search", "heron at the pond", "--library", library)["results"]
    assert "damaged" not in result["passage"].lower()

    for name in ("a.zip", "copy.zip"):
        (folder / name).rename(folder / f"moved {name}")
    assert len(run_json("index", folder, "--library", library)["in_part"]) == 2
    (folder / "moved a.zip").write_text("Not an archive any more.")
    (folder / "moved copy.zip").unlink()
    assert run_json("index", folder, "--library", library)["in_part"] == []


def test_a_file_that_did_not_fail_is_a_clear_error(failed):
    library, folder = failed
    finished = run("failures", "--retry", folder / "c.pdf", "--library", library, check=False)
    assert finished.returncode == 1
    assert "Not among the failed files" in finished.stderr
