import pytest

from bge_desktop.bge import models
from bge_desktop.errors import ModelError
from bge_desktop.library.words import normalise
from bge_desktop.search import english


@pytest.mark.parametrize("word", ["insurance", "landlord", "boiler", "kitchen", "colour", "color"])
def test_common_words_are_known(word):
    assert english.is_common(word)


@pytest.mark.parametrize("word", ["", "the", "insuranec", "landlrod", "慢炖", "##ing", "insurance "])
def test_what_is_no_common_word_is_told_apart(word):
    assert not english.is_common(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("color", "colour"), ("theatre", "theater"), ("organise", "organize"), ("defence", "defense")],
)
def test_either_spelling_gives_the_other(word, other):
    assert other in english.other_spellings(word)
    assert word in english.other_spellings(other)


@pytest.mark.parametrize(
    ("misspelt", "word"),
    [
        ("insuranec", "insurance"),
        ("reimbursemnet", "reimbursement"),
        ("tenacy", "tenancy"),
        ("initializps", "initializes"),
        ("policeis", "policies"),
        ("carefuly", "carefully"),
        ("possibilty", "possibility"),
        ("dishwashre", "dishwasher"),
    ],
)
def test_a_slip_in_an_ending_is_undone(misspelt, word):
    assert (word, normalise(word)) in english.without_a_slip(misspelt)


@pytest.mark.parametrize(("misspelt", "stem"), [("insruance", "insru"), ("calbration", "calbr"), ("xpired", "xpir")])
def test_the_longest_ending_is_taken_off(misspelt, stem):
    [(bare, ending, rest)] = english.without_ending(misspelt)
    assert bare == stem
    assert misspelt.removesuffix(ending) + rest == bare


def test_a_damaged_model_leaves_no_common_words(monkeypatch):
    def damaged(model, name):
        raise ModelError("Model is damaged", "Install the app again.")

    monkeypatch.setattr(english, "checked_file", damaged)
    english.common_words.cache_clear()
    assert english.common_words() == {}
    assert models.checked_file(models.BUNDLED["en"], "tokenizer.json")
    english.common_words.cache_clear()
