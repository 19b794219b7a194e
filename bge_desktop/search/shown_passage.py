"""What is shown of a passage that was found."""

from __future__ import annotations

from bge_desktop.extract.passage_places import unpacked
from bge_desktop.library.documents import StoredPassage
from bge_desktop.messages import FoundPassage, PassagePlace
from bge_desktop.messages.results import place_at
from bge_desktop.search import snippets
from bge_desktop.search.lexical import WordQuery


def shown_passage(passage: StoredPassage, words: WordQuery) -> FoundPassage:
    """Return a passage with the words that were looked for, and its sentence and place that tell the most of them."""
    marks, sentence = snippets.snippet(passage.text, words)
    places = places_of(passage)
    return FoundPassage(
        start=passage.start,
        end=passage.end,
        page=passage.page,
        place=place_at(places, snippets.hit(passage.text, words, sentence, places)),
        passage=passage.text,
        marks=marks,
        sentence=sentence,
    )


def places_of(passage: StoredPassage) -> tuple[PassagePlace, ...]:
    """Return where in the file the pieces of a passage stand."""
    return unpacked(passage.places, passage.place, passage.text)
