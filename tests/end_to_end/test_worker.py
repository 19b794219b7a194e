"""The worker with the real encoder on a real folder: what changes on the disk shows in the results."""

from __future__ import annotations

import os
import re
import signal
import time

import psutil
import pytest

from bge_desktop.messages import AddFolder, ErrorReport, Progress, RemoveFolder, Search, Typing
from tests.end_to_end.client import Client


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    (path / "菜谱.txt").write_text("红烧肉先焯水，再用小火慢炖一个小时，最后收汁。", encoding="utf-8")
    return path


def test_a_question_finds_its_document_in_either_language(client):
    assert client.names("how do I move out of my flat")[0] == "lease.txt"
    assert client.names("五花肉怎么做才好吃")[0] == "菜谱.txt"


def test_a_new_file_is_found(client, folder):
    (folder / "dentist.txt").write_text("Root canal treatment on the second of May at Dr Ferro's.")
    client.wait_for(lambda: client.names("tooth appointment")[0] == "dentist.txt")


def test_a_changed_file_is_found_by_its_new_content_alone(client, folder):
    (folder / "lease.txt").write_text("Feed the goldfish twice a week, and never more.")
    client.wait_for(lambda: client.search("goldfish").results[0].passage.startswith("Feed"))
    assert all("tenant" not in result.passage for result in client.search("tenant lease").results)


def test_a_deleted_file_is_gone(client, folder):
    (folder / "lease.txt").unlink()
    client.wait_for(lambda: "lease.txt" not in client.names("moving out"))


def test_a_moved_file_keeps_its_vectors(client, folder):
    (folder / "archive").mkdir()
    (folder / "lease.txt").rename(folder / "archive" / "contract.txt")
    client.wait_for(lambda: client.names("moving out")[0] == "contract.txt")
    client.worker.wait_until_idle(60)
    assert client.worker._indexing._embedding.embedded == 2


def test_a_removed_folder_is_forgotten(client, folder):
    client.worker.submit(RemoveFolder(str(folder)))
    client.wait_for(lambda: client.names("moving out") == [])
    assert (folder / "lease.txt").exists()


def test_a_query_is_answered_after_the_encoder_was_killed(client):
    client.names("moving out")
    os.kill(client.worker._query_encoder.pid, signal.SIGKILL)
    assert client.names("how can I leave my flat early")[0] == "lease.txt"


def test_a_query_that_the_models_read_alike_is_not_embedded_again(client):
    asked = []
    embed = client.worker._query_encoder.embed_fully
    client.worker._query_encoder.embed_fully = lambda model, texts, *rest: (
        asked.append(texts),
        embed(model, texts, *rest),
    )
    assert client.names("how do I move out")[0] == client.names("  How do I  MOVE out ")[0] == "lease.txt"
    assert asked.count(["how do I move out"]) == 1
    assert sum(len(texts) == 1 and "move out" in texts[0].lower() for texts in asked) == 1


def test_the_encoder_of_queries_starts_with_the_first_key(client):
    assert client.worker._query_encoder.pid is None
    client.worker.submit(Typing())
    client.wait_for(lambda: client.worker._query_encoder.pid is not None)


def test_passages_and_queries_have_processes_of_their_own(client):
    assert client.names("moving out")[0] == "lease.txt"
    queries, passages = (own.pid for own in (client.worker._query_encoder, client.worker._passage_encoder))
    assert queries != passages
    assert psutil.Process(queries).nice() < psutil.Process(passages).nice()


def test_only_the_newest_query_is_answered(client):
    for generation, query in enumerate(["l", "le", "lea", "leas"], 100):
        client.worker.submit(Search(query, generation))
    client.generation = 103
    assert client.search("lease").generation == 104


def test_progress_ends_with_all_done(tmp_path, folder):
    own = Client(tmp_path / "another")
    own.worker.submit(AddFolder(str(folder)))
    own.worker.wait_until_idle(60)
    time.sleep(0.5)
    own.worker.stop()
    progress = []
    while not own.events.empty():
        event = own.events.get()
        progress += [event] if isinstance(event, Progress) else []
    assert (progress[-1].files, progress[-1].pending, progress[-1].busy) == (2, 0, False)
    assert re.fullmatch("OpenVINO (bf16|fp16|int8|fp32) on the processor", progress[-1].encoder)


def test_a_folder_that_is_not_there_is_reported(tmp_path):
    own = Client(tmp_path / "library")
    own.worker.submit(AddFolder(str(tmp_path / "nowhere")))
    assert own.worker.wait_until_idle(60)
    own.worker.stop()
    reports = []
    while not own.events.empty():
        event = own.events.get()
        reports += [event] if isinstance(event, ErrorReport) else []
    assert [report.title for report in reports] == ["Folder not found"]
