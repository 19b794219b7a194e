"""The log of a real run on good and hostile files: what was done stands in it, and not a word of theirs."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import signal
import stat
import subprocess
import time

import pytest

from bge_desktop import resources
from bge_desktop.library.library import reading
from bge_desktop.logs import log, traces
from bge_desktop.logs.files import log_folder
from bge_desktop.logs.log import log_path
from bge_desktop.logs.reports import take_report
from bge_desktop.messages import FolderState, Search
from bge_desktop.worker import dispatch, event_log, worker
from bge_desktop.worker.searching import Searching
from tests.end_to_end.client import Client
from tests.end_to_end.command import COMMAND, run
from tests.end_to_end.hostile.collection import QUICK

QUERIES = (
    "termination of the tenancy",
    "洗衣机坏了",
    '"sixty days" type:pdf',
    "zanzibar clove harvest",
    "like:lease.txt",
)
EVERY, LARGEST = 12, 16_384
_WORD = re.compile(r"[^\W\d_]{3,}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The samples, files with telling names, and one of so many hostile files."""
    folder = tmp_path_factory.mktemp("private") / "diagnosis 诊断"
    shutil.copytree(resources.path("samples"), folder / "samples")
    (folder / "zanzibar holiday.txt").write_text("The clove harvest of Zanzibar begins in September.")
    (folder / "broken payslip.pdf").write_bytes(b"%PDF-1.7\nsalary")
    with open(os.path.join(os.fsencode(folder), b"caf\xe9 \xff.txt"), "wb") as file:
        file.write(b"A quokka sleeps.")
    (folder / "hostile").mkdir()
    for own in QUICK[::EVERY]:
        path = folder / "hostile" / own.name
        own.make(str(path))
        if path.stat().st_blocks * 512 > LARGEST:
            path.unlink()
    return folder


@pytest.fixture(scope="module")
def library(documents, tmp_path_factory):
    """Its library: indexed by the command, then searched beside a worker that watches, and once meets a fault."""
    library = tmp_path_factory.mktemp("library") / "library"
    run("index", documents, "--library", library)
    for query in QUERIES[:2]:
        run("search", query, "--library", library)
    client = Client(library)
    try:
        for query in QUERIES:
            client.search(query)
        _fail_with(client, f"{documents}: the clove harvest")
    finally:
        client.worker.stop(30)
    return str(library)


def _fail_with(client, secret):
    """Have the worker meet a fault whose message must not be told."""
    original = Searching.search

    def fails(*_):
        raise ValueError(secret)

    Searching.search = fails
    try:
        client.worker.submit(Search("zanzibar", client.generation + 1))
        client.wait_for(lambda: "Something went wrong" in _titles(client.events))
    finally:
        Searching.search = original


def _titles(events):
    return [getattr(events.get(), "title", "") for _ in range(events.qsize())]


def text_of(folder):
    texts = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def words(text):
    return {word.lower() for word in _WORD.findall(text)}


@pytest.fixture(scope="module")
def own_words(tmp_path_factory):
    """What a log may say whatever the documents: what it says of one file, and the words of the modules that write."""
    base = tmp_path_factory.mktemp("control")
    (base / "docs").mkdir()
    (base / "docs" / "x.txt").write_text("x")
    run("index", base / "docs", "--library", base / "library")
    sources = map(inspect.getsource, (dispatch, event_log, log, traces, worker))
    others = " ".join(["test fails", *FolderState])
    return words(text_of(log_folder(str(base / "library")))).union(*map(words, sources), words(others))


def test_it_tells_what_was_done(library):
    text = text_of(log_folder(library))
    for told in ("Start. BGE Desktop", "Embedding runs with OpenVINO", "files", "passages", "End"):
        assert told in text
    assert re.search(r"Of the newest \d+ that failed or were read in part: .*Damaged file \(\d+\)", text)
    assert "The worker met a fault\n    ValueError\n" in text
    assert "bge_desktop/worker/worker.py:" in text


def test_no_word_of_a_document_a_name_or_a_query_is_in_it(library, documents, own_words):
    with reading(library) as opened:
        rows = opened.db.execute("SELECT title || ' ' || unpacked(text) FROM documents").fetchall()
        names = [os.fsdecode(row[0]) for row in opened.db.execute("SELECT path FROM files")]
        titles = [row[0] for row in opened.db.execute("SELECT title FROM failures UNION SELECT title FROM shortfalls")]
    names = [os.path.relpath(name, documents.parent).encode(errors="replace").decode() for name in names]
    private = set().union(*map(words, (*(row[0] for row in rows), *names, *QUERIES)))
    assert len(private) > 1000
    assert {"zanzibar", "clove", "quokka", "payslip", "diagnosis", "tenancy"} <= private - own_words
    text = text_of(log_folder(library))
    leaked = words(text) & private - own_words - set().union(*map(words, titles))
    assert leaked == set()
    assert not _CHINESE.search(text)
    assert str(documents) not in text


def test_the_kinds_of_failures_are_ours(library, documents):
    """They are told in the log, so that none may hold what stands in a file."""
    with reading(library) as opened:
        titles = [row[0] for row in opened.db.execute("SELECT title FROM failures UNION SELECT title FROM shortfalls")]
    assert titles
    assert all(len(title) < 60 and title.isascii() for title in titles)
    assert not any(os.path.basename(path) in title for title in titles for path in os.listdir(documents / "hostile"))


def test_it_is_the_owners_alone(library):
    for folder, _, names in os.walk(log_folder(library)):
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        assert {stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) for name in names} == {0o600}


def test_who_only_reads_writes_no_log(library):
    before = text_of(log_folder(library))
    run("search", "boiler", "--library", library)
    run("status", "--library", library)
    run("doctor", "--library", library, check=False)
    assert text_of(log_folder(library)) == before


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_command_that_crashed_leaves_a_report_and_nothing_is_lost(tmp_path):
    docs, library = tmp_path / "docs", str(tmp_path / "library")
    docs.mkdir()
    (docs / "zanzibar.txt").write_text("The clove harvest of Zanzibar begins in September.")
    with subprocess.Popen([COMMAND, "index", docs, "--library", library], stderr=subprocess.DEVNULL) as process:
        # by then the command waits for its worker, and the reader is only just being started
        while not os.path.exists(log_path(library)) or "Folder 1 of 1" not in text_of(log_folder(library)):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGSEGV)
    assert process.returncode == -signal.SIGSEGV
    report = take_report(library)
    assert report.is_crash
    for told in ("Segmentation fault", "bge_desktop/cli/work.py", "SQLite 3", "a command"):
        assert told in report.text
    assert not words(report.text) & {"zanzibar", "docs", "clove"}
    assert run("index", docs, "--library", library).stdout.startswith("1 file,")
    assert take_report(library) is None
    assert "Crash reports that are kept: 1." in run("doctor", "--library", library).stdout


def test_a_log_that_cannot_be_written_disturbs_no_indexing(documents, tmp_path):
    library = tmp_path / "library"
    library.mkdir(mode=0o700)
    (library / "logs").write_text("no folder")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "note.txt").write_text("The boiler was serviced in March.")
    assert run("index", tmp_path / "docs", "--library", library).stdout.startswith("1 file,")
    assert not os.path.exists(log_path(str(library)))
