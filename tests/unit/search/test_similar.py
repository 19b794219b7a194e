import numpy as np
import pytest

from bge_desktop.search.similar import likeness
from tests.graphs import make_graphs
from tests.unit.search.conftest import unit

FILLER = ["cake", "train", "goldfish", "violin", "tax", "rain", "cheese", "saddle"]


@pytest.fixture
def filled(shelf):
    for axis, word in enumerate(FILLER):
        shelf.embed(shelf.put(f"{word}.txt", f"All about the {word}, nothing else."), 20 + axis)
    return shelf


@pytest.fixture
def scores(filled):
    def scores(*documents, allowed=None):
        rows = filled.library.catalogue.rows_of_documents(np.array(documents))
        return likeness(filled.library, rows, allowed)

    return scores


def score_of(shelf, found, document):
    return found.documents[shelf.library.catalogue.rows_of_documents(np.array([document]))[0]]


def test_what_shares_passages_is_alike_and_the_rest_is_not(filled, scores):
    given = filled.put("given.txt", "First passage.\n\nSecond passage.\n\nThird passage.")
    both, one = filled.put("both.txt", "One.\n\nTwo."), filled.put("one.txt", "Only.\n\nUnlike.")
    filled.embed(given, 0, 1, 2)
    filled.embed(both, 0, 1)
    filled.embed(one, 1, 9)
    found = scores(given)
    assert score_of(filled, found, given) == -np.inf
    others = found.documents[: len(FILLER)]
    assert score_of(filled, found, both) > score_of(filled, found, one) > others.max()
    assert score_of(filled, found, both) > 0.5
    assert (others < 0.25).all()


def test_a_passage_that_everything_resembles_says_little(filled, scores):
    for number in range(12):
        filled.embed(filled.put(f"licence {number}.txt", "About something.\n\nThe licence."), 30 + number, 5)
    given = filled.put("given.txt", "The boiler.\n\nThe licence.")
    wanted = filled.put("wanted.txt", "Another boiler.\n\nNo licence.")
    filled.embed(given, 0, 5)
    filled.embed(wanted, 0, 60)
    assert score_of(filled, scores(given), wanted) == scores(given).documents.max()


def test_each_is_shown_by_the_passage_that_is_most_like_the_given_one(filled, scores):
    given, other = filled.put("given.txt", "One.\n\nTwo."), filled.put("other.txt", "Far.\n\nNear.\n\nAway.")
    filled.embed(given, 0, 0)
    filled.embed(other, 7, 0, 8)
    [shown, *_] = scores(given).passages
    near = filled.library.documents.passage_ids_of(other)[1]
    assert shown.passages[np.argmax(shown.scores)] == near


def test_words_find_what_the_vectors_cannot_compare(filled, scores):
    given = filled.put("given.txt", "How semop and semget work.\n\nsemop again, semget again.")
    filled.embed(given, 0, 1)
    chinese = filled.put("中文.txt", "信号量 semop 与 semget 的用法。")
    waiting = filled.put("waiting.txt", "semop and semget, not embedded yet.")
    unrelated = filled.put("无关.txt", "金鱼的饲养方法。")
    filled.embed(chinese, 0)
    filled.embed(unrelated, 1)
    found = scores(given)
    assert (
        score_of(filled, found, chinese)
        > score_of(filled, found, unrelated)
        == found.documents[1:].min(where=np.isfinite(found.documents[1:]), initial=np.inf)
    )
    assert score_of(filled, found, waiting) > score_of(filled, found, unrelated)


def test_a_document_that_is_not_embedded_yet_is_compared_by_its_words(filled, scores):
    given = filled.put("given.txt", "The saddle of a horse, a leather saddle.")
    best = int(np.argmax(scores(given).documents))
    assert filled.library.catalogue.documents[best] == FILLER.index("saddle") + 1


def test_without_vectors_and_words_there_is_nothing_to_say(filled, scores):
    assert scores(filled.put("scan.pdf", "")) is None


def test_several_documents_count_as_one(filled, scores):
    one, two = filled.put("a/readme.txt", "One."), filled.put("b/readme.txt", "Two.")
    like_one, like_two = filled.put("like one.txt", "Three."), filled.put("like two.txt", "Four.")
    for document, axis in [(one, 0), (two, 1), (like_one, 0), (like_two, 1)]:
        filled.embed(document, axis)
    found = scores(one, two)
    assert score_of(filled, found, one) == score_of(filled, found, two) == -np.inf
    first = score_of(filled, found, like_one)
    assert first == pytest.approx(score_of(filled, found, like_two))
    assert first > found.documents[: len(FILLER)].max() + 0.5


def test_the_only_document_is_like_no_other(shelf):
    document = shelf.put("only.txt", "All alone in the library.")
    shelf.embed(document, 0)
    found = likeness(shelf.library, np.array([0]))
    assert found is None or found.documents.tolist() == [-np.inf]


def test_a_very_long_document_is_compared_as_well(filled, scores):
    given = filled.put("given.txt", "\n\n".join(f"Passage {n}." for n in range(300)))
    long = filled.put("long.txt", "\n\n".join(f"Part {n}." for n in range(500)))
    filled.embed(given, *([0] * 300))
    filled.embed(long, *([0] * 500))
    assert score_of(filled, scores(given), long) == scores(given).documents.max()


@pytest.mark.parametrize("is_filtered", [False, True])
def test_the_graph_and_the_scan_agree_on_what_is_most_alike(shelf, is_filtered):
    rng = np.random.default_rng(7)
    centres = rng.normal(size=(20, 384))
    for number in range(60):
        document = shelf.put(f"{number}.txt", "\n\n".join(f"Text {number} {part}." for part in range(4)))
        vectors = (centres[number % 20] + 0.7 * rng.normal(size=(4, 384))).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        shelf.library.vectors.store("en", shelf.library.documents.passage_ids_of(document), vectors)
    allowed = np.arange(60) % 3 == 0 if is_filtered else None
    scanned = likeness(shelf.library, np.array([17]), allowed)
    make_graphs(shelf.library, "en", limit=50)
    through_graph = likeness(shelf.library, np.array([17]), allowed)
    shown = np.flatnonzero(allowed) if is_filtered else np.arange(60)
    for found in (scanned, through_graph):
        assert {37, 57} & set(shown) <= set(shown[np.argsort(-found.documents[shown])[:2]])
    np.testing.assert_allclose(scanned.documents[shown], through_graph.documents[shown], atol=1e-4)


def test_the_vectors_of_passages_are_the_same_with_and_without_a_graph(filled):
    ids = filled.library.catalogue.passages_of_rows(np.arange(4))
    asked = np.array([*ids[::-1], 999_999])
    held = filled.library.vectors.of("en", asked)
    make_graphs(filled.library, "en", limit=3)
    read = filled.library.vectors.of("en", asked)
    assert held[0].tolist() == read[0].tolist() == ids.tolist()
    np.testing.assert_array_equal(held[1], read[1])
    np.testing.assert_array_equal(held[1][0], unit("en", 20))
