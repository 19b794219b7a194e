"""Answering a query while the models of the library change."""

import dataclasses
from collections import deque

import numpy as np
import pytest

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.models import BUNDLED
from bge_desktop.errors import ModelError
from bge_desktop.library.library import Library
from bge_desktop.messages import ErrorReport, FindPassages, FoundPassages, Search, SearchAnswer
from bge_desktop.worker.queue import JobQueue
from bge_desktop.worker.searching import Searching
from tests.unit.library.conftest import Desk, vector_of

OTHER = dataclasses.replace(BUNDLED["en"], name="other", dimension=8, location="/models/other", recorded="1a2b")


class HeldEncoder:
    """One that answers when it is told to."""

    pid = 1

    def __init__(self):
        self.asked = deque()

    def embed_fully(self, model, texts, done, kind):
        self.asked.append((model, texts, done))

    def drop(self, kind):
        pass

    def answer(self, error=None):
        model, texts, done = self.asked.popleft()
        done(error or Embeddings(np.stack([vector_of(text, model.dimension) for text in texts])))


class Asking:
    """A library, what answers queries in it, and what it has said."""

    def __init__(self, library):
        self.library, self.encoder, self.queue, self.said = library, HeldEncoder(), JobQueue(), []
        self.searching = Searching(library, self.encoder, self.queue, self.said.append)

    def work(self):
        """Do the jobs that are ready."""
        while self.queue._ready:
            self.queue.take()()

    def answer(self, error=None):
        self.encoder.answer(error)
        self.work()

    def change(self, **models):
        switch = self.library.switch
        switch.begin(models)
        while not switch.is_covered:
            for passage, language in switch.next(100):
                dimension = switch.coming[language].model.dimension
                switch.store(language, [passage.id], vector_of(passage.text, dimension)[None])
        while not switch.load_some():
            pass
        switch.take_effect()

    @property
    def answers(self):
        return [event for event in self.said if isinstance(event, SearchAnswer) and event.complete]


@pytest.fixture
def asking(tmp_path):
    library = Library(str(tmp_path / "library"))
    desk = Desk(library)
    for number in range(3):
        desk.put(f"{number}.txt", f"document number {number}")
    desk.put("z.txt", "租房")
    desk.embed()
    yield Asking(library)
    library.close()


def test_a_query_whose_vector_comes_after_the_change_is_asked_anew(asking):
    asking.searching.search(Search("number", 1))
    asking.change(en=OTHER)
    asking.answer()
    assert asking.answers == []
    [(model, texts, _)] = asking.encoder.asked
    assert (model, texts) == (OTHER, ["number"])
    asking.answer()
    [answer] = asking.answers
    assert (answer.generation, len(answer.results)) == (1, 4)


def test_a_query_that_was_embedded_before_the_change_is_embedded_again(asking):
    asking.searching.search(Search("number", 1))
    asking.answer()
    asking.change(en=OTHER)
    asking.searching.search(Search("number", 2))
    [(model, _, _)] = asking.encoder.asked
    assert model == OTHER
    asking.answer()
    assert [answer.generation for answer in asking.answers] == [1, 2]


def test_passages_of_a_list_of_before_the_change_are_found_by_their_words(asking):
    asking.searching.search(Search("number", 1))
    asking.answer()
    asking.change(en=OTHER)
    path = asking.answers[0].results[0].path
    asking.searching.find_passages(FindPassages(1, path))
    [found] = [event for event in asking.said if isinstance(event, FoundPassages)]
    assert found.path == path


def test_one_model_of_both_languages_embeds_a_query_once_and_finds_in_both(asking):
    asking.change(en=OTHER, zh=OTHER)
    asking.searching.search(Search("租房", 1))
    assert [model for model, _, _ in asking.encoder.asked] == [OTHER]
    asking.answer()
    assert len(asking.answers[0].results) == 4
    asking.searching.search(Search("租房", 2))
    assert not asking.encoder.asked


def test_what_keeps_a_model_from_embedding_is_told_once_and_words_are_found(asking):
    error = ModelError("Model is damaged", "Its files are gone.", "/models/other")
    for generation in (1, 2):
        asking.searching.search(Search(f"document {generation}", generation))
        asking.answer(error)
    assert [event for event in asking.said if isinstance(event, ErrorReport)] == [
        ErrorReport(error.title, error.message, error.path)
    ]
    assert all(answer.results for answer in asking.answers)
    asking.searching.search(Search("document", 3))
    asking.answer()
    asking.searching.search(Search("another", 4))
    asking.answer(error)
    assert sum(isinstance(event, ErrorReport) for event in asking.said) == 2
