import numpy as np
import pytest

from bge_desktop.messages import Mode, Why
from bge_desktop.search.searcher import Searcher
from tests.unit.search.conftest import unit


@pytest.fixture
def searcher(shelf):
    return Searcher(shelf.library)


def names(results):
    return [result.path.removeprefix("/documents/") for result in results]


def test_an_empty_library_has_no_results(searcher):
    assert searcher.search("anything", {"en": unit("en", 0)}, 10) == ()


def test_one_result_a_document_with_its_best_passage(shelf, searcher):
    document = shelf.put("one.txt", "First passage.\n\nSecond passage.", page=7)
    shelf.embed(document, 0, 1)
    shelf.embed(shelf.put("two.txt", "Other."), 2)
    [first, second] = searcher.search("query", {"en": unit("en", 1)}, 10, Mode.DENSE)
    assert (first.passage, first.start, first.end, first.page) == ("Second passage.", 16, 31, 7)
    assert second.passage == "Other."


def test_words_and_meaning_are_fused(shelf, searcher):
    both = shelf.put("both.txt", "The boiler is warm.")
    words = shelf.put("words.txt", "A boiler manual.")
    meaning = shelf.put("meaning.txt", "Heating the house.")
    neither = shelf.put("neither.txt", "Goldfish.")
    for document, axis in [(both, 0), (words, 1), (meaning, 0), (neither, 2)]:
        shelf.embed(document, axis)
    assert names(searcher.search("boiler", {"en": unit("en", 0)}, 10))[0] == "both.txt"
    assert names(searcher.search("boiler", {"en": unit("en", 0)}, 10))[-1] == "neither.txt"


def test_the_reason_is_what_counted_most(shelf, searcher):
    for number in range(6):
        shelf.embed(shelf.put(f"filler {number}.txt", f"Filler {number}."), 10 + number)
    shelf.embed(shelf.put("words.txt", "The boiler manual."), 1)
    shelf.embed(shelf.put("meaning.txt", "Heating."), 0)
    shelf.put("dentist.txt", "")
    why = {result.path: result.why for result in searcher.search("boiler dentist", {"en": unit("en", 0)}, 20)}
    assert why["/documents/words.txt"] is Why.WORDS
    assert why["/documents/meaning.txt"] is Why.MEANING
    assert why["/documents/dentist.txt"] is Why.NAME


def test_without_vectors_words_alone_answer(shelf, searcher):
    shelf.put("one.txt", "The boiler manual.")
    shelf.put("two.txt", "Goldfish.")
    assert names(searcher.search("boiler", {}, 10))[0] == "one.txt"


def test_copies_are_one_result(shelf, searcher):
    shelf.put("a copy.txt", "The boiler manual.", content="same")
    shelf.put("one.txt", "The boiler manual.", content="same")
    [result] = searcher.search("boiler", {}, 10)
    assert (result.path, result.copies) == ("/documents/one.txt", ("/documents/a copy.txt",))


def test_documents_without_a_file_are_not_shown(shelf, searcher):
    shelf.put("one.txt", "The boiler manual.")
    shelf.put("two.txt", "Another boiler.")
    gone = shelf.library.folders.files(shelf.folder)["/documents/one.txt"]
    shelf.library.folders.remove_files([gone])
    assert names(searcher.search("boiler", {}, 10)) == ["two.txt"]


def test_the_same_query_twice_gives_the_same_list(shelf, searcher):
    for number in range(20):
        shelf.embed(shelf.put(f"{number}.txt", "All alike.", content=str(number)), 0)
    vectors = {"en": unit("en", 0)}
    assert searcher.search("alike", vectors, 10) == searcher.search("alike", vectors, 10)


def test_a_mixed_query_compares_both_models_on_one_scale(shelf, searcher):
    for number in range(5):
        shelf.embed(shelf.put(f"en {number}.txt", f"English filler {number}."), 10 + number)
        shelf.embed(shelf.put(f"zh {number}.txt", f"中文填充第{number}篇。"), 10 + number)
    shelf.embed(shelf.put("english.txt", "Memory errors."), 0)
    shelf.embed(shelf.put("chinese.txt", "显存错误。"), 0)
    vectors = {"en": unit("en", 0), "zh": unit("zh", 0)}
    assert set(names(searcher.search("GPU 内存", vectors, 2))) == {"english.txt", "chinese.txt"}


def test_the_graph_and_the_scan_rank_alike(shelf, searcher):
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(60, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for number, vector in enumerate(vectors):
        document = shelf.put(f"{number}.txt", f"Text {number}.")
        [passage] = shelf.library.documents.passages(document)
        shelf.library.store_vectors("en", [passage.id], vector[None])
    scanned = names(searcher.search("?", {"en": vectors[17]}, 10, Mode.DENSE))
    shelf.library.adopt_graph("en", shelf.library.build_graph("en"))
    assert shelf.library.vectors["en"].has_graph
    assert names(searcher.search("?", {"en": vectors[17]}, 10, Mode.DENSE)) == scanned
