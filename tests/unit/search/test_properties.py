"""What holds for every query and every text: exact ranges, the same answer each time, whatever came in which order."""

import random
import zlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.script import language_of
from bge_desktop.library.library import Library
from bge_desktop.library.words import analyse, fold
from bge_desktop.search.queries import understood
from bge_desktop.search.searcher import Searcher
from tests.end_to_end.cases.tables import documents
from tests.unit.search.conftest import Shelf, dense

SIGNS = [
    "👨‍👩‍👧 ",
    "🏳️‍🌈",
    "\r\n",
    "\n",
    "\n\n",
    "e\u0301",
    "か\u3099",
    "ｌｅａｓｅ",
    "；",
    "。",
    " ",
    ". ",
    "\u200b",
    "1️⃣",
    "ﬁ",
    "𠮷",
]
WORDS = [
    "lease",
    "Leases",
    "café",
    "cafe\u0301",
    "租房合同",
    "押金",
    "押金退还",
    "カメラ",
    "ERR_4021-B",
    "naïve",
    "臺灣",
    "Straße",
]
texts = st.lists(st.sampled_from(SIGNS + WORDS), min_size=1, max_size=30).map("".join).filter(str.strip)
queries = st.lists(
    st.sampled_from([*WORDS, "台湾", "lea", "金", "合", '"押金"', "STRASSE", "leasse"]), min_size=1, max_size=3
)


def vector_of(text):
    """Return a unit vector that depends on the text alone."""
    language = language_of(text)
    chance = np.random.default_rng(zlib.crc32(text.encode()))
    vector = chance.normal(size=BUNDLED[language].dimension).astype(np.float32)
    return language, vector / np.linalg.norm(vector)


def fill(library, texts_by_name):
    """Store documents, embedded."""
    shelf = Shelf(library)
    for name, text in texts_by_name:
        for passage in library.documents.passages(shelf.put(name, text)):
            language, vector = vector_of(passage.text)
            library.vectors.store(language, [passage.id], vector[None])


def answers(library, query):
    taken = understood(query)
    return Searcher(library).search(taken, dense(dict([vector_of(taken.text or "?")])), 50).results


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(texts, min_size=1, max_size=4, unique=True), st.lists(queries.map(" ".join), min_size=4, max_size=4))
def test_what_is_shown_is_cut_exactly_out_of_the_text(tmp_path_factory, contents, asked):
    library = Library(str(tmp_path_factory.mktemp("offsets")))
    named = {f"{number}.txt": text for number, text in enumerate(contents)}
    fill(library, named.items())
    for query in asked:
        for result in answers(library, query):
            text = named[result.path.rpartition("/")[2]]
            assert result.passage == text[result.start : result.end]
            check_ranges(result)
    library.close()


def check_ranges(result):
    """Marks are in order, apart, within the passage, and on whole words of it; so is the sentence."""
    edges = [edge for mark in result.marks for edge in (mark.start, mark.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(result.passage) for edge in edges)
    starts = {word.start for word in analyse(result.passage)}
    assert {mark.start for mark in result.marks} <= starts
    if result.sentence:
        assert 0 <= result.sentence.start < result.sentence.end <= len(result.passage)


@pytest.mark.parametrize(
    ("before", "word", "query"),
    [
        ("👨‍👩‍👧🏳️‍🌈 ", "lease", "lease"),
        ("cafe\u0301 e\u0301\u0301 ", "lease", "LEASE"),
        ("one\r\ntwo\r\n", "租房合同", "租房合同"),
        ("ｆｕｌｌ　ｗｉｄｔｈ：", "ｌｅａｓｅ", "lease"),
        ("か\u3099き\u3099", "。cafe\u0301", "café"),
        ("𠮷𠮷。", "臺灣", "台湾"),
        ("1️⃣ ﬁﬂ ½ ", "Straße", "strasse"),
    ],
)
def test_the_marked_words_are_those_that_were_asked_for(shelf, search, before, word, query):
    text = f"{before}{word}; and so on."
    shelf.put("one.txt", text)
    [result] = search(query, {}, 10).results
    marked = [result.passage[mark.start : mark.end] for mark in result.marks]
    assert marked == [word.lstrip("。")]
    assert result.passage == text
    assert fold(marked[0]) in fold(text[result.sentence.start : result.sentence.end])


ASKED = [
    "lease deposit",
    "押金",
    "PyTorch 显存",
    "-lease boiler",
    '"sixty days"',
    "insuranec",
    "ERR_4021-B",
    "王",
    "folder:notes",
]


@pytest.fixture(scope="module")
def libraries(tmp_path_factory):
    """The same documents, stored in two orders; in the second, some of them twice."""
    named = sorted(documents().items())
    other = list(named)
    random.Random(11).shuffle(other)
    both = []
    for order in (named, other):
        library = Library(str(tmp_path_factory.mktemp("order")))
        fill(library, order)
        both.append(library)
    again = both[1]
    [folder] = again.folders.all()
    files = again.folders.files(folder)
    again.folders.remove_files([files[f"/documents/{name}"] for name, _ in other[:40]])
    again.remove_orphans()
    fill(again, other[:40])
    yield both
    for library in both:
        library.close()


@pytest.mark.parametrize("query", ASKED)
def test_the_order_in_which_documents_came_changes_nothing(libraries, query):
    one, other = (answers(library, query) for library in libraries)
    assert [(own.path, own.passage, own.marks) for own in one] == [(own.path, own.passage, own.marks) for own in other]
    assert [own.score for own in one] == pytest.approx([own.score for own in other], abs=1e-6)


@pytest.mark.parametrize("query", ASKED)
def test_the_same_query_twice_gives_the_same_results(libraries, query):
    for library in libraries:
        assert answers(library, query) == answers(library, query)
