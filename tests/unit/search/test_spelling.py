import random
import re
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bge_desktop.library.library import Library
from bge_desktop.library.words import normalise
from bge_desktop.search.spelling import Spelling
from tests.end_to_end.cases.tables import documents
from tests.unit.search.conftest import Shelf

TEXT = """
The boiler manual explains the thermostat and its temperature. A receipt for the apartment was received separately.
The accommodation committee recommended the necessary maintenance. The environment of the government is definitely
public. The occurrence of an address in the calendar is embarrassing. The library opens in February on Wednesday.
Insurance, mortgage, dentist, invoice, schedule, guarantee, restaurant, vaccination, kitchen, 慢炖牛肉 and Müller.
"""


@pytest.fixture(scope="module")
def spelling(tmp_path_factory):
    library = Library(str(tmp_path_factory.mktemp("library")))
    Shelf(library).put("one.txt", TEXT)
    yield Spelling(library.db)
    library.close()


@pytest.mark.parametrize(
    ("misspelt", "right"),
    [
        ("biler", "boiler"),
        ("manaul", "manual"),
        ("thermostst", "thermostat"),
        ("temprature", "temperature"),
        ("reciept", "receipt"),
        ("appartment", "apartment"),
        ("recieved", "received"),
        ("seperately", "separately"),
        ("acommodation", "accommodation"),
        ("comittee", "committee"),
        ("reccomended", "recommended"),
        ("neccessary", "necessary"),
        ("maintainance", "maintenance"),
        ("enviroment", "environment"),
        ("goverment", "government"),
        ("defintely", "definitely"),
        ("occurence", "occurrence"),
        ("adress", "address"),
        ("calender", "calendar"),
        ("embarassing", "embarrassing"),
        ("libary", "library"),
        ("febuary", "February"),
        ("wendesday", "Wednesday"),
        ("inshurance", "insurance"),
        ("morgage", "mortgage"),
        ("invocie", "invoice"),
        ("shedule", "schedule"),
        ("resturant", "restaurant"),
        ("vacination", "vaccination"),
        ("ktichen", "kitchen"),
        ("mullr", "Müller"),
        ("insuranec", "insurance"),
        ("insuracne", "insurance"),
        ("insruance", "insurance"),
        ("guarnatee", "guarantee"),
        ("vaccinatoin", "vaccination"),
        ("necesasry", "necessary"),
        ("recommendde", "recommended"),
        ("explians", "explains"),
        ("accomodatoin", "accommodation"),
    ],
)
def test_a_misspelt_word_is_put_right(spelling, misspelt, right):
    assert spelling.corrections(misspelt)[0] == normalise(right)


@pytest.mark.parametrize("word", ["", "the", "teh", "xyzzy", "4021", "inv0ice", "慢炖", "牛", "boilerroom", "a" * 500])
def test_what_is_near_to_no_word_is_left_alone(spelling, word):
    assert spelling.corrections(word) == []


def test_an_analysed_word_will_do(spelling):
    assert spelling.corrections(normalise("temprature")) == [normalise("temperature")]


def test_the_likeliest_come_first(shelf):
    shelf.put("one.txt", "boat\n\nboat\n\nbolt\n\ncoat")
    spelling = Spelling(shelf.library.db)
    assert spelling.corrections("bota") == ["boat"]
    assert spelling.corrections("boaat") == ["boat"]
    assert spelling.corrections("boxt") == ["boat", "bolt"]
    assert spelling.corrections("boxt", limit=1) == ["boat"]
    assert spelling.corrections("obat") == ["boat"]


@pytest.mark.parametrize(
    ("misspelt", "right"),
    [
        ("tennancy", "tenancy"),
        ("drizle", "drizzle"),
        ("stomry", "stormy"),
        ("fialed", "failed"),
        ("wakled", "walked"),
        ("plannted", "planted"),
        ("notihng", "nothing"),
        ("chvies", "chives"),
    ],
)
def test_the_slip_that_is_usual_comes_before_words_that_are_common_here(shelf, misspelt, right):
    common = "ten tends drill drilling story fill filled wall plan planned note choice"
    shelf.put("one.txt", "\n\n".join(f"{common} {number}" for number in range(9)) + f"\n\n{right}")
    assert Spelling(shelf.library.db).corrections(misspelt)[0] == normalise(right)


@pytest.mark.parametrize("word", ["postage", "salad", "friction", "quilt", "Outfits", "underwater", "columnist"])
def test_a_right_word_that_the_library_lacks_is_left_alone(shelf, word):
    shelf.put("one.txt", "postal portage sala fraction function quiet quilts2 outfil underlay columnlist")
    assert Spelling(shelf.library.db).corrections(word) == []


@pytest.mark.parametrize("misspelt", ["resturant", "columnsit", "frictoin"])
def test_a_slip_of_a_word_that_the_library_lacks_stands_for_no_other(shelf, misspelt):
    shelf.put("one.txt", "restore fruition column")
    assert Spelling(shelf.library.db).corrections(misspelt) == []


def test_a_right_word_finds_its_other_spelling(shelf):
    shelf.put("one.txt", "The colour of the theatre.")
    spelling = Spelling(shelf.library.db)
    assert spelling.corrections("color") == ["colour"]
    assert spelling.corrections("theater") == ["theatr"]


def test_words_written_together_are_divided(shelf):
    shelf.put("one.txt", "The insurance policy of the boiler room.")
    spelling = Spelling(shelf.library.db)
    assert spelling.corrections("insurancepolicy") == ["insur polici"]
    assert spelling.corrections("boilerroom") == ["boiler room"]


def slips(words, seed):
    """Yield each word with one slip at random, its kind in turn."""
    chance = random.Random(seed)
    for number, word in enumerate(words):
        at, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
        before, after = word[:at], word[at:]
        kinds = (after[1::-1] + after[2:], after[1:], letter + after, letter + after[1:])
        yield word, before + kinds[number % len(kinds)]


def test_nine_of_ten_slips_are_put_right(tmp_path):
    library = Library(str(tmp_path))
    texts = documents()
    for name, text in texts.items():
        Shelf(library).put(name, text)
    spelling = Spelling(library.db)
    words = sorted({word for text in texts.values() for word in re.findall(r"\b[a-z]{6,}\b", text)})
    found = [
        normalise(word) in spelling.corrections(misspelt) or normalise(word) == normalise(misspelt)
        for word, misspelt in slips(words, seed=7)
    ]
    library.close()
    assert len(found) > 250
    assert sum(found) / len(found) > 0.9


def test_words_that_came_later_are_known(shelf):
    spelling = Spelling(shelf.library.db)
    assert spelling.corrections("biler") == []
    document = shelf.put("one.txt", "The boiler.")
    assert spelling.corrections("biler") == ["boiler"]
    shelf.library.folders.remove_files(shelf.library.folders.files(shelf.folder).values())
    shelf.library.remove_orphans()
    assert document
    assert spelling.corrections("biler") == []


def test_words_are_read_in_portions(shelf):
    shelf.put("one.txt", "boiler kitchen dentist 42 慢炖")
    spelling = Spelling(shelf.library.db)
    assert [spelling.read_some(2), spelling.read_some(2), spelling.read_some(2)] == [False, True, True]
    assert spelling.corrections("kichen") == ["kitchen"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_any_word_can_be_asked_for(spelling, word):
    spelling.corrections(word)


def test_a_portion_ends_when_it_has_taken_its_time(shelf, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.spelling._PORTION_S", 0.0)
    shelf.put("one.txt", "boiler kitchen dentist")
    spelling = Spelling(shelf.library.db)
    assert [spelling.read_some() for _ in range(4)] == [False, False, False, True]
    assert spelling.corrections("kichen") == ["kitchen"]
