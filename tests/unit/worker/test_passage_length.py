"""How long passages are wanted, and what becomes of documents that are divided otherwise."""

from __future__ import annotations

import dataclasses

import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.extract.passages import PASSAGE_TOKENS
from bge_desktop.library.library import Library
from bge_desktop.library.stored_models import StoredModels
from bge_desktop.settings import Settings
from bge_desktop.worker.passage_length import PassageLength
from tests.unit.search.conftest import Shelf

LONG = Settings(long_passages=True)


@pytest.fixture
def library(tmp_path):
    opened = Library(str(tmp_path / "library"))
    yield opened
    opened.close()


def use(library, max_tokens):
    """Have a model of another length be in use for Chinese and for English."""
    stored = StoredModels(library.db)
    stored.plan(
        {own: dataclasses.replace(model, location="/m", max_tokens=max_tokens) for own, model in BUNDLED.items()}
    )
    stored.take_effect()
    library.vectors.replace(stored.current(), {own: library.vectors.empty_index(BUNDLED[own]) for own in BUNDLED})


@pytest.mark.parametrize(("max_tokens", "tokens"), [(8_192, 6_144), (512, 384), (128, PASSAGE_TOKENS)])
def test_long_passages_are_most_of_what_the_models_read(library, max_tokens, tokens):
    assert PassageLength(library, Settings()).tokens == PASSAGE_TOKENS
    use(library, max_tokens)
    assert PassageLength(library, Settings()).tokens == PASSAGE_TOKENS
    assert PassageLength(library, LONG).tokens == tokens


def test_documents_are_read_again_when_another_length_is_wanted_and_once(library):
    document = Shelf(library).put("lease.txt", "The lease.")
    length = PassageLength(library, Settings())
    assert not length.follow()
    use(library, 8_192)
    assert not length.follow()
    length.use(LONG)
    assert length.follow()
    assert not length.follow()
    assert [file.path for file in library.folders.pending(10)] == ["/documents/lease.txt"]
    assert library.documents.find("lease.txt") is None
    assert library.documents.passages(document)[0].text == "The lease."
    assert not PassageLength(library, LONG).follow()
    length.use(Settings())
    assert length.follow()
