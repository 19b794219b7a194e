"""The same documents in English and in Chinese: neither language has an advantage."""

from __future__ import annotations

import pytest

from tests.end_to_end.cases.tables import cases


def pair_of(name):
    """Return the document's name without its language and ending."""
    return name.rsplit(".", 2)[0]


def test_every_document_of_the_pairs_stands_in_both_languages():
    wanted = [name for _, name in cases("pairs")]
    assert len({pair_of(name) for name in wanted}) >= 12
    assert sum(".en." in name for name in wanted) == sum(".zh." in name for name in wanted) == len(wanted) / 2


@pytest.mark.parametrize(("query", "wanted"), cases("pairs"))
def test_the_translation_is_no_better_answer_than_the_document_in_the_language_of_the_query(ranked, query, wanted):
    found = ranked(query, limit=200)
    [translation] = [name for name in found if pair_of(name) == pair_of(wanted) and name != wanted]
    assert found.index(wanted) == 0 < found.index(translation)


@pytest.mark.parametrize(("query", "pair"), cases("mixed"))
def test_a_mixed_query_finds_both_before_all_others(ranked, query, pair):
    assert {pair_of(name) for name in ranked(query)[:2]} == {pair}


def test_a_mixed_query_prefers_neither_language(ranked):
    """Of fourteen fair coins, fewer than four or more than ten heads fall one time in seventeen."""
    english = sum(".en." in ranked(query)[0] for query, _ in cases("mixed"))
    assert 4 <= english <= len(cases("mixed")) - 4


def test_a_mixed_query_sees_both_languages_alike_near(results):
    """The better of a pair leads by little, and by as little where it is the English one."""
    leads = {"en": [], "zh": []}
    for query, _ in cases("mixed"):
        first, second, third, *_ = results(query)
        assert second.score - third.score > first.score - second.score
        leads["en" if ".en." in first.path else "zh"].append(first.score - second.score)
    means = [sum(own) / len(own) for own in leads.values()]
    assert abs(means[0] - means[1]) < 0.5


@pytest.mark.parametrize(("query", "pair"), cases("shared"))
def test_a_name_that_stands_in_both_finds_both(ranked, query, pair):
    assert [pair_of(name) for name in ranked(query)[:2]].count(pair) == 2
