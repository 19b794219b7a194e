"""What goes wrong on real machines: the disk is full, the process is killed, the cache is damaged."""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import time

import numpy as np
import pytest

from bge_desktop import resources
from bge_desktop.bge.encoder import Encoder
from bge_desktop.library.library import Library
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.searcher import Searcher
from tests.end_to_end.command import COMMAND, run_json
from tests.graphs import graph_files, make_graphs

SAMPLES = resources.path("samples")


def embedded(library):
    """How many passages the library has a vector of."""
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(library / "library.db")) as db,
    ):
        return db.execute("SELECT count(*) FROM vectors").fetchone()[0]
    return 0


def test_a_killed_run_is_taken_up_where_it_was(tmp_path):
    library = tmp_path / "library"
    process = subprocess.Popen([COMMAND, "index", SAMPLES, "--library", library], stderr=subprocess.DEVNULL)
    while embedded(library) == 0:
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = embedded(library)
    again = run_json("index", SAMPLES, "--library", library)
    assert (again["files"], again["failed"]) == (32, [])
    assert again["embedded_passages"] == again["passages"] - before == embedded(library) - before


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path):
    disk, library = tmp_path / "disk", tmp_path / "disk" / "library"
    disk.mkdir()
    # a small disk of its own, in a namespace of its own; the library is copied out of it before it vanishes
    script = (
        f'mount -t tmpfs -o size=700k disk "{disk}" || exit 77; '
        f'"{COMMAND}" index "{SAMPLES}" --library "{library}" --json; status=$?; '
        f'cp -r "{library}" "{tmp_path}/rescued"; exit $status'
    )
    finished = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    if finished.returncode == 77 or "unshare failed" in finished.stderr:
        pytest.skip("this system lets nobody mount a small disk")
    assert finished.returncode == 1, finished.stderr
    assert "The disk is full" in finished.stderr
    assert "Traceback" not in finished.stderr
    again = run_json("index", SAMPLES, "--library", tmp_path / "rescued")
    assert (again["files"], again["failed"]) == (32, [])


@pytest.mark.parametrize("damage", ["truncated", "emptied", "flipped", "deleted"])
def test_a_damaged_graph_is_built_anew_from_the_database(sample_library, tmp_path, damage):
    library = tmp_path / "library"
    shutil.copytree(sample_library, library)
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        make_graphs(opened)
    kept, [damaged, *_] = graph_files(str(library), "zh"), graph_files(str(library), "en")
    spoil(pathlib.Path(damaged), damage)
    with contextlib.closing(Library(str(library), exact_limit=10)) as opened:
        assert best(opened, "how do I end my rent contract") == "Tenancy agreement - 18 Harbour Row.pdf"
        make_graphs(opened)
        assert opened.vectors["en"].has_graph
        assert graph_files(str(library), "zh") == kept
        assert damaged not in graph_files(str(library), "en")
        assert best(opened, "how do I end my rent contract") == "Tenancy agreement - 18 Harbour Row.pdf"


def best(library, query):
    """The name of the best document for a query."""
    with contextlib.closing(Encoder("cpu")) as encoder:
        vectors = query_vectors(library, encoder, [query])[0]
    return os.path.basename(Searcher(library).search(understood(query), vectors, 1).results[0].path)


def spoil(path, damage):
    """Do to a file what disks and people do."""
    data = np.fromfile(path, np.uint8)
    if damage == "deleted":
        path.unlink()
    elif damage == "flipped":
        data[len(data) // 2] ^= 0x10
        data.tofile(path)
    else:
        os.truncate(path, 0 if damage == "emptied" else len(data) // 2)


def test_every_error_of_a_broken_file_has_its_reason(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "fine.txt").write_text("The boiler was serviced in March.")
    (docs / "broken.docx").write_bytes(b"PK\x03\x04" + b"\0" * 500)
    (docs / "empty.txt").write_bytes(b"")
    (docs / "photo.heic").write_bytes(bytes(range(256)) * 20)
    os.mkfifo(docs / "pipe.txt")
    os.symlink("/etc", docs / "link")
    report = run_json("index", docs, "--library", tmp_path / "library")
    assert report["files"] == 4
    assert {os.path.basename(failed["path"]) for failed in report["failed"]} == {"broken.docx"}
    assert all(failed["message"] for failed in report["failed"])
    found = run_json("search", "photo", "--library", tmp_path / "library")["results"]
    assert (os.path.basename(found[0]["path"]), found[0]["why"]) == ("photo.heic", "name")


def test_a_file_that_was_itself_added_may_be_a_link(tmp_path):
    (tmp_path / "boiler.txt").write_text("The boiler was serviced in March.")
    link = tmp_path / "linked.txt"
    link.symlink_to("boiler.txt")
    report = run_json("index", link, "--library", tmp_path / "library")
    assert (report["files"], report["failed"]) == (1, [])
    [found] = run_json("search", "boiler", "--library", tmp_path / "library")["results"]
    assert found["path"] == str(link)
