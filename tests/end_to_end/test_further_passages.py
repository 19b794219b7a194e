"""The further passages of a result, by meaning and in order."""

from __future__ import annotations

import pytest

from bge_desktop.messages import FindPassages, FoundPassages

TEXTS = (
    "The tenant may end the lease with sixty days' notice in writing.",
    "Goldfish are fed twice a day, and their water is changed on Sundays.",
    "Whoever moves out earlier pays the rent until a new tenant has been found.",
)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    filler = " ".join(f"Item {number} of the inventory is a chair." for number in range(60))
    (path / "lease.md").write_text("\n\n".join(f"# Part {n}\n\n{text}\n\n{filler}" for n, text in enumerate(TEXTS)))
    (path / "other.txt").write_text("Root canal treatment on the second of May at Dr Ferro's.")
    return path


def next_found(client):
    while not isinstance(event := client.events.get(timeout=60), FoundPassages):
        pass
    return event


def test_passages_that_answer_come_in_order(client, folder):
    answer = client.search("how much notice before moving out of the flat")
    client.worker.submit(FindPassages(answer.generation, str(folder / "lease.md")))
    found = next_found(client)
    assert (found.generation, found.path) == (answer.generation, str(folder / "lease.md"))
    starts = [own.start for own in found.passages]
    assert starts == sorted(starts)
    assert len(starts) > 1
    assert any("sixty days" in own.passage for own in found.passages)
    assert answer.results[0].start in starts


def test_a_request_of_an_older_query_is_not_answered(client, folder):
    old = client.search("notice before moving out")
    new = client.search("moving out early")
    for answer in (old, new):
        client.worker.submit(FindPassages(answer.generation, str(folder / "lease.md")))
    assert next_found(client).generation == new.generation
