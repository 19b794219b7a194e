"""Guessing labels a portion at a time, and learning when something was decided; what learns is another process."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED, fingerprint
from bge_desktop.errors import LibraryError, RequestError, UnderstandingError
from bge_desktop.library.library import Library
from bge_desktop.messages import (
    AddLabel,
    Decision,
    ErrorReport,
    Labels,
    LibraryChanged,
    ListLabels,
    Proposals,
    RemoveLabel,
    RenameLabel,
    SetLabel,
    SetThreshold,
    ShowProposals,
)
from bge_desktop.understand.helper import Answer
from bge_desktop.understand.label_examples import state_of
from bge_desktop.understand.label_training import train
from bge_desktop.understand.spaces import spaces_of
from bge_desktop.worker import guessing
from bge_desktop.worker.labelling import Labelling
from bge_desktop.worker.queue import JobQueue
from tests.unit.search.conftest import Shelf

RECIPES, LETTERS = 0, 1  # the axes of the vectors
NAMES = [f"recipe {number}" for number in range(6)] + [f"letter {number}" for number in range(8)]


class Learning:
    """Takes the place of the helper: learns in this process, when it is told to."""

    def __init__(self):
        self.asked, self.error = [], None

    def ask(self, op, header, payload, done):
        self.asked.append((op, header, payload, done))

    def answer(self):
        op, header, payload, done = self.asked.pop()
        assert op == "learn labels"
        done(self.error or Answer(*train(header, payload)))


class Scene:
    def __init__(self, folder):
        self.library = Library(str(folder))
        self.shelf, self.helper, self.queue, self.told = Shelf(self.library), Learning(), JobQueue(), []
        for name in NAMES:
            self.put(name)
        self.labelling = Labelling(self.library, self.helper, self.queue, self.told.append)

    def put(self, name):
        """Store a document whose vector points where its sort does, but for a little."""
        return self.embed(name, self.shelf.put(f"{name}.txt", name))

    def embed(self, name, document):
        vector = np.zeros(BUNDLED["en"].dimension, np.float32)
        vector[RECIPES if "recipe" in name else LETTERS] = 1.0
        vector[2:] = np.random.default_rng(document).standard_normal(len(vector) - 2) * 0.03
        passages = self.library.documents.passage_ids_of(document)
        self.library.vectors.store("en", passages, (vector / np.linalg.norm(vector))[None])
        return document

    def look(self):
        self.labelling.look()
        self.run()

    def set_waiting(self):
        """Have all passages wait, as a change of the models does."""
        self.library.db.execute("DELETE FROM vectors")
        self.library.db.execute("UPDATE passages SET embedded = 0")

    def embed_all(self):
        for number, name in enumerate(NAMES, 1):
            self.embed(name, number)

    def run(self):
        """Do all jobs that are there, those for later as well."""
        while self.queue._ready or self.queue._later:
            self.queue._later = [(0.0, *job[1:]) for job in self.queue._later]
            self.queue.take()()
            while self.helper.asked:
                self.helper.answer()

    def do(self, request):
        self.labelling.do(request)
        self.run()

    def of(self, kind):
        return [event for event in self.told if isinstance(event, kind)]

    def paths(self, *names):
        return tuple(f"/documents/{name}.txt" for name in names)

    def proposed(self):
        self.do(ShowProposals(self.library.labels.all()[0].id))
        return {own.path for own in self.of(Proposals)[-1].proposals}


@pytest.fixture
def scene(tmp_path):
    own = Scene(tmp_path / "library")
    with contextlib.closing(own.library):
        yield own


def test_three_examples_propose_what_is_like_them(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    assert scene.proposed() == set(scene.paths("recipe 3", "recipe 4", "recipe 5"))
    assert not scene.labelling.is_busy
    assert all(own.passage.startswith("recipe") for own in scene.of(Proposals)[-1].proposals)


def test_two_are_too_few(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1")))
    assert scene.proposed() == set()


def test_decisions_in_a_row_are_learnt_from_once(scene):
    for name in ("recipe 0", "recipe 1", "recipe 2"):
        scene.labelling.do(AddLabel("Recipes", scene.paths(name)))
    assert scene.labelling.is_busy
    asked = []
    scene.helper.ask = lambda *request: asked.append(request)
    scene.run()
    assert len(asked) == 1


def test_what_was_decided_while_it_was_learning_is_learnt_from_as_well(scene):
    scene.labelling.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    scene.queue._later = [(0.0, *job[1:]) for job in scene.queue._later]
    scene.queue.take()()  # which asks
    scene.labelling.do(SetLabel(scene.paths("recipe 3"), "recipes", Decision.NO))
    scene.run()
    state = state_of(scene.library.db, spaces_of(scene.library.models))
    assert scene.library.labels.guesses.learnt_from == state
    assert scene.paths("recipe 3")[0] not in scene.proposed()


def test_a_new_document_is_looked_at_and_only_that(scene, monkeypatch):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    new = scene.put("recipe 9")
    looked_at = []
    real = guessing.document_vectors
    monkeypatch.setattr(guessing, "document_vectors", lambda *a: looked_at.append(a[2].tolist()) or real(*a))
    scene.look()
    assert [number for own in looked_at for number in own] == [new]
    assert scene.paths("recipe 9")[0] in scene.proposed()


def test_a_document_is_looked_at_again_once_all_of_it_is_embedded(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    late = scene.shelf.put("recipe late.txt", "recipe late")
    scene.put("letter 99")
    scene.look()
    assert scene.paths("recipe late")[0] not in scene.proposed()
    vector = np.eye(1, BUNDLED["en"].dimension, RECIPES, dtype=np.float32)
    scene.library.vectors.store("en", scene.library.documents.passage_ids_of(late), vector)
    scene.look()
    assert scene.paths("recipe late")[0] in scene.proposed()


def test_examples_that_waited_for_vectors_are_learnt_from_once_they_have_them(scene):
    scene.set_waiting()
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    assert scene.proposed() == set()
    scene.embed_all()
    scene.look()
    assert scene.proposed() == set(scene.paths("recipe 3", "recipe 4", "recipe 5"))


@pytest.mark.parametrize("is_other_model", [True, False])
def test_what_was_learnt_holds_while_the_examples_wait_for_vectors(scene, is_other_model):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    before = scene.proposed()
    scene.set_waiting()
    if is_other_model:  # what was learnt is no longer for the vectors that there will be
        scene.library.db.execute("UPDATE label_weights SET fingerprint = 'former'")
    scene.labelling = Labelling(scene.library, scene.helper, scene.queue, scene.told.append)
    scene.look()
    assert scene.proposed() == before
    for number, name in enumerate(NAMES, 1):
        if name in ("recipe 5", "letter 1"):
            scene.embed(name, number)
    scene.look()
    assert scene.proposed() == before
    scene.embed_all()
    scene.look()
    assert scene.proposed() == before
    known = scene.library.labels.guesses.weights(fingerprint(BUNDLED["en"]), BUNDLED["en"].dimension)
    assert len(known) == 1


def test_a_label_whose_examples_wait_does_not_hold_up_another(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    before = scene.proposed()
    scene.library.db.execute("UPDATE passages SET embedded = 0 WHERE document_id <= 3")
    scene.do(AddLabel("Letters", scene.paths("letter 0", "letter 1", "letter 2")))
    recipes, letters = (scene.library.labels.find(name) for name in ("Recipes", "Letters"))
    assert len(scene.library.labels.guessed(letters, 9)) == 5
    assert len(scene.library.labels.guessed(recipes, 9)) == len(before)
    scene.embed_all()
    scene.look()
    assert len(scene.library.labels.guessed(recipes, 9)) == len(before)


def test_as_many_passages_that_wait_may_be_others(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    late = scene.shelf.put("recipe late.txt", "recipe late")
    scene.put("letter 98")
    scene.look()
    scene.embed("recipe late", late)
    scene.shelf.put("letter 99.txt", "letter 99")
    scene.look()
    assert scene.paths("recipe late")[0] in scene.proposed()
    waiting = scene.library.labels.guesses.guessed_to + 1
    assert scene.library.documents.passages(waiting)[0].text == "letter 99"


def test_a_document_that_waits_again_is_looked_at_again(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    letter = NAMES.index("letter 0") + 1
    scene.library.db.execute("UPDATE passages SET embedded = 0 WHERE document_id = ?", [letter])
    scene.look()
    scene.embed("recipe after all", letter)
    scene.look()
    assert scene.paths("letter 0")[0] in scene.proposed()


@pytest.mark.parametrize("broken", ["decisions.examples", "guesses.learn", "guesses.record"])
def test_after_a_failure_the_next_look_begins_anew(scene, monkeypatch, broken):
    part, name = broken.split(".")
    owner = getattr(scene.library.labels, part)

    def fail(*_args, **_kept):
        raise LibraryError("No room", "The disk is full.")

    scene.labelling.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    with monkeypatch.context() as disk:
        disk.setattr(owner, name, fail)
        with pytest.raises(LibraryError):
            scene.run()
    assert not scene.labelling.is_busy
    scene.look()
    assert scene.proposed() == set(scene.paths("recipe 3", "recipe 4", "recipe 5"))


def test_a_restart_learns_nothing_again(scene):
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    before = scene.proposed()
    again = Labelling(scene.library, scene.helper, scene.queue, scene.told.append)
    scene.helper.ask = None
    again.look()
    scene.run()
    assert scene.proposed() == before


def test_what_cannot_be_learnt_is_told_once(scene):
    scene.helper.error = UnderstandingError("Documents could not be compared", "Free some memory.")
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    scene.look()
    assert [own.title for own in scene.of(ErrorReport)] == ["Documents could not be compared"]
    scene.helper.error = None
    scene.do(SetLabel(scene.paths("letter 0"), "Recipes", Decision.NO))
    assert scene.proposed()


def test_weights_of_other_models_than_those_in_use_by_now_are_not_taken(scene):
    scene.helper.answer = lambda: scene.helper.asked.pop()[3](Answer({"learnt_from": "x", "labels": {"old": []}}, b""))
    scene.labelling.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    real = Learning.answer
    scene.queue._later = [(0.0, *job[1:]) for job in scene.queue._later]
    scene.queue.take()()
    scene.helper.answer()
    scene.helper.answer = lambda: real(scene.helper)
    scene.run()
    known = scene.library.labels.guesses.weights(fingerprint(BUNDLED["en"]), BUNDLED["en"].dimension)
    assert len(known) == 1


def test_labels_are_told_while_they_are_watched(scene):
    scene.do(ListLabels())
    scene.do(AddLabel("Recipes"))
    label = scene.of(Labels)[-1].labels[0]
    scene.do(RenameLabel(label.id, "Cooking"))
    scene.do(SetThreshold(label.id, 0.5))
    assert [(own.name, own.threshold) for own in scene.of(Labels)[-1].labels] == [("Cooking", 0.5)]
    scene.do(RemoveLabel(label.id))
    assert scene.of(Labels)[-1].labels == ()
    assert scene.of(LibraryChanged)
    scene.do(ListLabels(watch=False))
    count = len(scene.of(Labels))
    scene.do(AddLabel("Letters"))
    assert len(scene.of(Labels)) == count


def test_a_file_that_is_not_in_the_library_is_told(scene):
    with pytest.raises(RequestError, match="Add the folder"):
        scene.labelling.do(AddLabel("Recipes", ("/documents/unknown.txt",)))
    with pytest.raises(RequestError, match="no label"):
        scene.labelling.do(SetLabel(scene.paths("recipe 0"), "Unknown", Decision.NO))


def test_what_changes_no_example_is_not_learnt_from(scene):
    scene.do(AddLabel("Recipes"))
    scene.do(AddLabel("Recipes", scene.paths("recipe 0", "recipe 1", "recipe 2")))
    scene.helper.ask = None
    scene.do(AddLabel("Letters"))
    scene.labelling.do(SetLabel(scene.paths("recipe 0"), "Recipes", Decision.NONE))
    scene.do(SetLabel(scene.paths("recipe 0"), "Recipes", Decision.YES))
    assert not scene.labelling.is_busy


def test_without_any_example_nothing_is_proposed_any_more(scene):
    given = scene.paths("recipe 0", "recipe 1", "recipe 2")
    scene.do(AddLabel("Recipes", given))
    assert scene.proposed()
    scene.do(SetLabel(given, "Recipes", Decision.NONE))
    assert scene.proposed() == set()
