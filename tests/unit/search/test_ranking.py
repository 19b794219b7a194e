import dataclasses

import numpy as np
import pytest

from bge_desktop.library.library import Library
from bge_desktop.search.fusion import DENSE, HYBRID, LEXICAL
from bge_desktop.search.queries import understood
from bge_desktop.search.ranking import Ranking
from bge_desktop.search.searcher import Searcher
from tests.graphs import make_graphs
from tests.unit.search.conftest import Shelf, dense, unit


@pytest.fixture
def ranked(shelf):
    for number in range(4):
        shelf.embed(shelf.put(f"{number}.txt", f"The boiler manual, {'boiler ' * number}."), number)
    shelf.embed(shelf.put("meaning.txt", "Heating the house."), 9)

    def ranked(query, weights):
        taken = understood(query)
        words = Searcher(shelf.library).words(taken)
        return Ranking(shelf.library, taken, words, dense({"en": unit("en", 9)}), weights)

    return ranked


@pytest.mark.parametrize("query", ["boiler", "-house", "boiler type:txt", "heating"])
@pytest.mark.parametrize("weights", [HYBRID, DENSE, LEXICAL, dataclasses.replace(HYBRID, passage=0.0, name=9.0)])
def test_other_weights_rank_as_if_they_had_been_given_at_first(ranked, query, weights):
    first = ranked(query, HYBRID)
    before = first.total.copy()
    other, anew = first.with_weights(weights), ranked(query, weights)
    np.testing.assert_array_equal(other.total, anew.total)
    np.testing.assert_array_equal(other.order(), anew.order())
    assert other.best_passages(other.order()) == anew.best_passages(anew.order())
    np.testing.assert_array_equal(first.total, before)


def test_through_the_graph_documents_rank_as_by_the_exact_scan(tmp_path):
    random = np.random.default_rng(3)
    centres = random.normal(size=(40, 384))
    totals = []
    for limit in (10**6, 100):
        library = Library(str(tmp_path / str(limit)), exact_limit=limit)
        shelf, draw = Shelf(library), np.random.default_rng(4)
        for number in range(400):
            passages = library.documents.passages(shelf.put(f"{number}.txt", "\n\n".join(["Words."] * 5)))
            vectors = centres[number % 40] + draw.normal(size=(5, 384))
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            library.vectors.store("en", [passage.id for passage in passages], vectors.astype(np.float32))
        make_graphs(library)
        query = (centres[7] / np.linalg.norm(centres[7])).astype(np.float32)
        meaning = understood("meaning")
        totals.append(Ranking(library, meaning, Searcher(library).words(meaning), dense({"en": query}), DENSE))
        assert library.vectors["en"].has_graph is (limit == 100)
        library.close()
    exact, near = totals
    assert near.order()[:10].tolist() == exact.order()[:10].tolist()
    np.testing.assert_allclose(near.total[near.order()[:10]], exact.total[exact.order()[:10]], atol=0.05)


@pytest.mark.parametrize("query", ["boiler", "-house", "boiler -house", "heating", "-boiler -heating"])
@pytest.mark.parametrize("weights", [HYBRID, LEXICAL])
@pytest.mark.parametrize("sorted_first", [1, 2, 100])
def test_portions_are_the_order_whichever_part_is_sorted_first(ranked, query, weights, sorted_first, monkeypatch):
    monkeypatch.setattr("bge_desktop.search.best_first._SORTED_FIRST", sorted_first)
    ranking = ranked(query, weights)
    portions = [portion.tolist() for portion in ranking.portions(2)]
    assert [row for portion in portions for row in portion] == ranking.order().tolist()
    assert max(map(len, portions), default=0) <= 2
    assert ranking.found == len(ranking.order())
