"""The counts beside the filters, from a real folder and as it changes."""

from __future__ import annotations

import pytest

from bge_desktop.messages import Facets, Search, SearchAnswer


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    (path / "合同").mkdir(parents=True)
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    (path / "合同" / "菜谱.md").write_text("红烧肉先焯水，再用小火慢炖一个小时，最后收汁。", encoding="utf-8")
    return path


def ask(client, query):
    """Return the generation of a query that is submitted with its facets."""
    client.generation += 1
    client.worker.submit(Search(query, client.generation, facets=True))
    return client.generation


def facets_of(client, generation):
    """Return the facets of a generation, and the answers that came before them."""
    answers = []
    while True:
        event = client.events.get(timeout=60)
        if isinstance(event, SearchAnswer) and event.generation == generation:
            answers.append(event)
        if isinstance(event, Facets):
            assert event.generation == generation
            return event, answers


def kinds(client, query):
    return {own.value: own.count for own in facets_of(client, ask(client, query))[0].kinds}


def test_facets_follow_the_complete_answer(client, folder):
    facets, answers = facets_of(client, ask(client, "how do I move out"))
    assert [answer.complete for answer in answers][-1]
    assert [(own.value, own.count) for own in facets.folders] == [(str(folder), 2), (str(folder / "合同"), 1)]
    assert [(own.value, own.count) for own in facets.languages] == [("zh", 1), ("en", 1)]
    assert (facets.dates[0].value, facets.dates[0].count) == ("today", 2)


def test_a_blank_query_has_facets_and_no_results(client):
    facets, answers = facets_of(client, ask(client, "  "))
    assert [answer.results for answer in answers] == [()]
    assert {own.value for own in facets.kinds} == {"text", "markdown"}


def test_only_the_newest_query_has_facets(client):
    ask(client, "type:text one")
    newest = ask(client, "lang:zh two")
    assert facets_of(client, newest)[0].kinds[0].value == "markdown"


def test_the_counts_follow_the_disk(client, folder):
    assert kinds(client, "") == {"text": 1, "markdown": 1}
    (folder / "notes.md").write_text("Feed the goldfish.")
    client.wait_for(lambda: kinds(client, "") == {"text": 1, "markdown": 2})
