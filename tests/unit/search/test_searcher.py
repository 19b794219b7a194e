import numpy as np

from bge_desktop.messages import Mode, Why
from tests.graphs import make_graphs
from tests.unit.search.conftest import unit


def names(results):
    return [result.path.removeprefix("/documents/") for result in results]


def test_an_empty_library_has_no_results(search):
    assert search("anything", {"en": unit("en", 0)}, 10).results == ()


def test_one_result_a_document_with_its_best_passage(shelf, search):
    document = shelf.put("one.txt", "First passage.\n\nSecond passage.", page=7)
    shelf.embed(document, 0, 1)
    shelf.embed(shelf.put("two.txt", "Other."), 2)
    [first, second] = search("query", {"en": unit("en", 1)}, 10, Mode.DENSE).results
    assert (first.passage, first.start, first.end, first.page) == ("Second passage.", 16, 31, 7)
    assert second.passage == "Other."


def test_words_and_meaning_are_fused(shelf, search):
    both = shelf.put("both.txt", "The boiler is warm.")
    words = shelf.put("words.txt", "A boiler manual.")
    meaning = shelf.put("meaning.txt", "Heating the house.")
    neither = shelf.put("neither.txt", "Goldfish.")
    for document, axis in [(both, 0), (words, 1), (meaning, 0), (neither, 2)]:
        shelf.embed(document, axis)
    assert names(search("boiler", {"en": unit("en", 0)}, 10).results)[0] == "both.txt"
    assert names(search("boiler", {"en": unit("en", 0)}, 10).results)[-1] == "neither.txt"


def test_the_reason_is_what_counted_most(shelf, search):
    for number in range(6):
        shelf.embed(shelf.put(f"filler {number}.txt", f"Filler {number}."), 10 + number)
    shelf.embed(shelf.put("words.txt", "The boiler manual."), 1)
    shelf.embed(shelf.put("meaning.txt", "Heating."), 0)
    shelf.put("dentist.txt", "")
    why = {result.path: result.why for result in search("boiler dentist", {"en": unit("en", 0)}, 20).results}
    assert why["/documents/words.txt"] is Why.WORDS
    assert why["/documents/meaning.txt"] is Why.MEANING
    assert why["/documents/dentist.txt"] is Why.NAME


def test_without_vectors_words_alone_answer(shelf, search):
    shelf.put("one.txt", "The boiler manual.")
    shelf.put("two.txt", "Goldfish.")
    assert names(search("boiler", {}, 10).results)[0] == "one.txt"


def test_copies_are_one_result(shelf, search):
    shelf.put("a copy.txt", "The boiler manual.", content="same")
    shelf.put("one.txt", "The boiler manual.", content="same")
    [result] = search("boiler", {}, 10).results
    assert (result.path, result.copies) == ("/documents/one.txt", ("/documents/a copy.txt",))


def test_documents_without_a_file_are_not_shown(shelf, search):
    shelf.put("one.txt", "The boiler manual.")
    shelf.put("two.txt", "Another boiler.")
    gone = shelf.library.folders.files(shelf.folder)["/documents/one.txt"]
    shelf.library.folders.remove_files([gone])
    assert names(search("boiler", {}, 10).results) == ["two.txt"]


def test_the_same_query_twice_gives_the_same_list(shelf, search):
    for number in range(20):
        shelf.embed(shelf.put(f"{number}.txt", "All alike.", content=str(number)), 0)
    vectors = {"en": unit("en", 0)}
    assert search("alike", vectors, 10).results == search("alike", vectors, 10).results


def test_a_mixed_query_compares_both_models_on_one_scale(shelf, search):
    for number in range(5):
        shelf.embed(shelf.put(f"en {number}.txt", f"English filler {number}."), 10 + number)
        shelf.embed(shelf.put(f"zh {number}.txt", f"中文填充第{number}篇。"), 10 + number)
    shelf.embed(shelf.put("english.txt", "Memory errors."), 0)
    shelf.embed(shelf.put("chinese.txt", "显存错误。"), 0)
    vectors = {"en": unit("en", 0), "zh": unit("zh", 0)}
    assert set(names(search("GPU 内存", vectors, 2).results)) == {"english.txt", "chinese.txt"}


def test_the_graph_and_the_scan_rank_alike(shelf, search):
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(60, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for number, vector in enumerate(vectors):
        document = shelf.put(f"{number}.txt", f"Text {number}.")
        [passage] = shelf.library.documents.passages(document)
        shelf.library.vectors.store("en", [passage.id], vector[None])
    scanned = names(search("?", {"en": vectors[17]}, 10, Mode.DENSE).results)
    make_graphs(shelf.library, "en", limit=20)
    assert shelf.library.vectors["en"].has_graph
    assert names(search("?", {"en": vectors[17]}, 10, Mode.DENSE).results) == scanned


def test_the_one_document_with_an_identifier_comes_first(shelf, search):
    for number in range(8):
        shelf.embed(shelf.put(f"{number}.txt", f"Errors, errors and more errors of the B kind, {number}: ERR 4021."), 0)
    shelf.embed(shelf.put("wanted.txt", "Seen once: ERR_4021-B."), 5)
    found = search("ERR_4021-B errors", {"en": unit("en", 0)}, 10).results
    assert names(found)[0] == "wanted.txt"


def test_a_phrase_must_stand_word_for_word(shelf, search):
    shelf.embed(shelf.put("apart.txt", "The report is annual. 年度的报告。"), 0)
    shelf.embed(shelf.put("together.txt", "The annual report. 年度报告。"), 1)
    vectors = {"en": unit("en", 0)}
    assert names(search('"annual report"', vectors, 10).results) == ["together.txt"]
    assert names(search("“年度报告”", vectors, 10).results) == ["together.txt"]


def test_a_phrase_that_nothing_holds_is_searched_as_words_and_said(shelf, search):
    shelf.put("apart.txt", "The report is annual.")
    shelf.put("other.txt", "Goldfish.")
    found = search('"annual report"', {}, 10)
    assert names(found.results) == ["apart.txt"]
    assert found.hints == ("No document holds “annual report” word for word.",)


def test_filters_alone_list_what_they_allow(shelf, search):
    shelf.put("lease.pdf", "Rent.")
    shelf.put("notes.txt", "Notes.")
    assert names(search("name:lease", {}, 10).results) == ["lease.pdf"]
    assert search("name:nowhere", {}, 10).results == ()


def test_an_excluded_word_leaves_documents_out(shelf, search):
    shelf.embed(shelf.put("draft.txt", "The lease, a draft."), 0)
    shelf.embed(shelf.put("final.txt", "The lease, signed."), 1)
    assert names(search("lease -draft", {"en": unit("en", 0)}, 10).results) == ["final.txt"]


def test_a_misspelt_word_finds_its_document_and_is_said(shelf, search):
    shelf.put("lease.txt", "The landlord pays for the boiler.")
    shelf.put("other.txt", "Goldfish.")
    found = search("landlrod", {}, 10)
    assert names(found.results) == ["lease.txt"]
    assert found.hints == ("“landlrod” is in no document; searched for “landlord”.",)


def test_what_cannot_be_understood_is_searched_as_text_and_said(shelf, search):
    shelf.put("size.txt", "A big size.")
    found = search("size:big", {}, 10)
    assert names(found.results) == ["size.txt"]
    assert found.hints


def test_a_selective_filter_is_not_thinned_by_the_graph(shelf, search):
    rng = np.random.default_rng(3)
    for number in range(700):
        document = shelf.put(f"{number}.txt" if number % 100 else f"{number} wanted.txt", f"Text {number}.")
        [passage] = shelf.library.documents.passages(document)
        vector = rng.normal(size=(1, 384)).astype(np.float32)
        shelf.library.vectors.store("en", [passage.id], vector / np.linalg.norm(vector))
    vectors = {"en": unit("en", 0)}
    scanned = names(search("name:wanted", vectors, 20, Mode.DENSE).results)
    make_graphs(shelf.library, "en", limit=300)
    assert names(search("name:wanted", vectors, 20, Mode.DENSE).results) == scanned
    assert len(scanned) == 7


def test_a_phrase_in_traditional_characters_finds_the_simplified(shelf, search):
    shelf.put("simple.txt", "台湾的头发很干。")
    shelf.put("other.txt", "金鱼。")
    assert names(search("「臺灣的頭髮」", {}, 10).results) == ["simple.txt"]


def test_neither_language_has_an_advantage(shelf, search):
    """The same documents in both languages, alike near to a mixed query: both of a pair come before the next pair."""
    pairs = [("rent", "租金"), ("cake", "蛋糕"), ("train", "火车"), ("doctor", "医生"), ("garden", "花园")]
    for axis, (english, chinese) in enumerate(pairs):
        shelf.embed(shelf.put(f"{axis} en.txt", f"All about the {english}."), axis)
        shelf.embed(shelf.put(f"{axis} zh.txt", f"关于{chinese}的一切。"), axis)
    for axis, (english, chinese) in enumerate(pairs):
        vectors = {"en": unit("en", axis), "zh": unit("zh", axis)}
        first, second, *_ = names(search(f"{english} {chinese}", vectors, 10).results)
        assert {first, second} == {f"{axis} en.txt", f"{axis} zh.txt"}


def test_of_several_copies_the_one_asked_for_by_name_is_shown(shelf, search):
    shelf.put("trip.txt", "Lisbon in May.", content="same")
    shelf.put("holiday copy.txt", "Lisbon in May.", content="same")
    [result] = search("name:holiday", {}, 10).results
    assert (result.path, result.why) == ("/documents/holiday copy.txt", Why.NAME)
    [result] = search("Lisbon holiday", {}, 10).results
    assert result.path == "/documents/holiday copy.txt"
    [result] = search("Lisbon", {}, 10).results
    assert (result.path, result.copies) == ("/documents/trip.txt", ("/documents/holiday copy.txt",))


def test_a_result_names_the_place_of_what_was_looked_for(shelf, search):
    shelf.put("pond.py", "def one: return bittern; def two: return moorhen")
    shelf.put("other.txt", "Goldfish.")
    packed = '[[25,5,"3: def two"]]'
    shelf.library.db.execute("UPDATE passages SET place = 'line 1: def one', places = ? WHERE id = 1", [packed])
    [result] = search("bittern", {}, 1).results
    assert (result.place, len(result.places)) == ("line 1: def one", 2)
    [result] = search("moorhen", {}, 1).results
    assert result.place == "line 3: def two"


def test_a_passage_of_which_only_the_start_is_known_is_at_its_start(shelf, search):
    shelf.put("sheet.xlsx", "bittern | moorhen", page=3)
    shelf.library.db.execute("UPDATE passages SET place = 'S!A1'")
    [result] = search("moorhen", {}, 1).results
    assert (result.place, result.page) == ("S!A1", 3)


def test_it_is_told_how_many_documents_were_found_however_few_are_asked_for(shelf, search):
    for number in range(5):
        shelf.put(f"{number}.txt", f"The boiler manual of house {number}.")
    shelf.put("other.txt", "Goldfish.")
    few, all_ = search("boiler", {}, 2), search("boiler", {}, 10)
    assert (len(few.results), few.total, few.is_ranked) == (2, 5, True)
    assert (len(all_.results), all_.total) == (5, 5)
    by_type = search("type:text", {}, 2)
    assert (len(by_type.results), by_type.total, by_type.is_ranked) == (2, 6, False)


def test_where_all_are_given_those_that_are_folded_are_not_counted(shelf, search):
    for name in ("one.txt", "two.txt"):
        shelf.put(name, "The boiler manual. " * 60)
    found = search("boiler", {}, 10)
    assert (len(found.results), found.total) == (1, 1)


def test_a_result_tells_how_many_passages_its_document_has(shelf, search):
    shelf.put("three.txt", "The boiler.\n\nThe pump.\n\nThe valve.")
    shelf.put("boiler.bin", "")
    counts = {result.path: result.passages for result in search("boiler", {}, 10).results}
    assert counts == {"/documents/three.txt": 3, "/documents/boiler.bin": 0}
