import numpy as np
import pytest

from bge_desktop.messages import Mode, Why
from tests.unit.search.conftest import unit

FILLER = ["cake", "train", "goldfish", "violin", "tax", "rain", "cheese", "saddle"]


@pytest.fixture
def filled(shelf):
    for axis, word in enumerate(FILLER):
        shelf.embed(shelf.put(f"{word}.txt", f"All about the {word}, nothing else."), 20 + axis)
    for name, text, axis in [
        ("boiler.txt", "Heating the house.", 0),
        ("heating.txt", "A warm home.", 0),
        ("work/plan.txt", "The plan for the year.", 1),
        ("work/schedule.txt", "Months and weeks.", 1),
    ]:
        shelf.embed(shelf.put(name, text), axis)
    return shelf


def names(found):
    return [result.path.removeprefix("/documents/") for result in found.results]


@pytest.mark.parametrize(
    "typed",
    ["boiler.txt", "BOILER.txt", "/documents/boiler.txt", "documents/boiler.txt", "file:///documents/boiler.txt"],
)
def test_the_most_similar_come_first_and_the_file_itself_not_at_all(filled, search, typed):
    found = search(f"like:{typed}", {}, 20)
    assert names(found)[0] == "heating.txt"
    assert len(found.results) == len(FILLER) + 3
    assert "boiler.txt" not in names(found)
    assert found.hints == ()
    first = found.results[0]
    assert (first.why, first.passage) == (Why.MEANING, "A warm home.")


def test_copies_of_the_file_are_left_out_too(filled, search):
    filled.put("copy.txt", "Heating the house.", content="boiler.txt")
    assert not {"copy.txt", "boiler.txt"} & set(names(search("like:boiler.txt", {}, 20)))


@pytest.mark.parametrize("mode", list(Mode))
def test_text_and_likeness_both_count(filled, search, mode):
    both = filled.put("both.txt", "A cake for a warm home.")
    [passage] = filled.library.documents.passage_ids_of(both)
    filled.library.vectors.store("en", [passage], (unit("en", 0) + unit("en", 20))[None] / np.float32(2**0.5))
    vectors = {"en": (unit("en", 20) + unit("en", 60)) / np.float32(2**0.5)}
    alone = {result.path: result.score for result in search("cake", vectors, 20, mode).results}
    together = {result.path: result.score for result in search("cake like:boiler.txt", vectors, 20, mode).results}
    gained = {path: together[path] - alone.get(path, 0.0) for path in together}
    assert max(gained, key=gained.__getitem__) == "/documents/heating.txt"
    assert gained["/documents/both.txt"] > gained["/documents/cake.txt"]
    assert together["/documents/both.txt"] > together["/documents/train.txt"]


def test_likeness_to_several_files_counts(filled, search):
    found = names(search("like:boiler.txt like:work/plan.txt", {}, 2))
    assert set(found) == {"heating.txt", "work/schedule.txt"}


def test_all_documents_of_a_name_count(filled, search):
    filled.embed(filled.put("a/notes.txt", "One."), 0)
    filled.embed(filled.put("b/notes.txt", "Two."), 1)
    found = names(search("like:notes.txt", {}, 4))
    assert set(found) == {"boiler.txt", "heating.txt", "work/plan.txt", "work/schedule.txt"}
    assert names(search("like:a/notes.txt", {}, 2)) == ["boiler.txt", "heating.txt"]


def test_filters_hold(filled, search):
    assert names(search("like:boiler.txt folder:work", {}, 20)) == ["work/plan.txt", "work/schedule.txt"]
    assert "train.txt" not in names(search("like:boiler.txt -train", {}, 20))


def test_what_is_not_wanted_goes_last_and_the_rest_stays_as_it_is(filled, search):
    vectors = {"en": unit("en", 0)}
    before, after = search("house", vectors, 20), search("house -like:boiler.txt", vectors, 20)
    assert names(before)[:2] == ["boiler.txt", "heating.txt"]
    assert names(after).index("heating.txt") > 0
    assert "boiler.txt" not in names(after)
    kept = {result.path: result.score for result in before.results}
    for result in after.results:
        is_similar = result.path == "/documents/heating.txt"
        assert (result.score < kept[result.path]) if is_similar else (result.score == kept[result.path])


def test_unwanted_alone_lists_the_rest(filled, search):
    found = search("-like:boiler.txt", {}, 20)
    assert len(found.results) == len(FILLER) + 3
    assert names(found)[-1] == "heating.txt"


def test_a_file_that_is_not_in_the_library_is_said(filled, search):
    found = search("cake like:nowhere.txt -like:/elsewhere.txt", {}, 20)
    assert names(found) == ["cake.txt"]
    assert found.hints == (
        "“nowhere.txt” is not in the library, so like: says nothing.",
        "“/elsewhere.txt” is not in the library, so -like: says nothing.",
    )
    assert search("like:nowhere.txt", {}, 20).results == ()
    assert names(search("like:nowhere.txt name:cake", {}, 20)) == ["cake.txt"]


def test_a_file_without_text_is_said(filled, search):
    filled.put("scan.pdf", "")
    found = search("like:scan.pdf", {}, 20)
    assert found.hints == ("“scan.pdf” holds no text that others could be compared with.",)
    assert found.results == ()


def test_more_files_than_can_be_compared_are_said(filled, search):
    for number in range(9):
        filled.put(f"{number}.txt", f"Number {number}.")
    found = search(" ".join(f"like:{number}.txt" for number in range(9)), {}, 5)
    assert found.hints == ("Only the first 8 files of like: are used.",)


def test_near_duplicates_are_folded_under_the_best(filled, search):
    text = " ".join(f"The boiler {word} {other}." for word in FILLER for other in FILLER)
    filled.put("manual.txt", text)
    filled.put("saved.txt", f"Saved from the web.\n\n{text}")
    filled.put("copy of saved.txt", "", content="saved.txt")
    found = search("boiler manual", {}, 20)
    assert found.results[0].path == "/documents/manual.txt"
    assert set(found.results[0].near_duplicates) == {"/documents/saved.txt", "/documents/copy of saved.txt"}
    paths = [path for own in found.results for path in (own.path, *own.copies, *own.near_duplicates)]
    assert len(paths) == len(set(paths))
