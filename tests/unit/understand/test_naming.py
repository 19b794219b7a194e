"""The words that name topics, in both languages."""

from __future__ import annotations

from bge_desktop.understand.naming import Vocabulary, colours, name, words
from bge_desktop.understand.terms import Terms


def test_words_are_the_same_in_all_forms_and_shown_as_they_are_mostly_written() -> None:
    terms = Terms()
    assert terms.of("The TENANTS and the tenant's lease") == terms.of("tenant leases")
    for text in ("PostgreSQL tables", "postgresql table", "PostgreSQL"):
        terms.of(text)
    assert terms.shown("postgresql") == "PostgreSQL"


def test_stop_words_numbers_and_counted_things_name_nothing() -> None:
    terms = Terms()
    assert terms.of("It was the one that they could have, 2024 or 12 of 7") == set()
    assert terms.of("我们可以使用这个，如果没有三个，就是一把") == set()
    assert {"租金", "房东"} <= terms.of("房东说，租金可以每个月支付。")


def test_traditional_characters_are_the_same_word() -> None:
    terms = Terms()
    assert terms.of("合约") == terms.of("合約")


def vocabulary() -> tuple[Terms, Vocabulary]:
    terms = Terms()
    topics = [
        ["the lease of a flat with rent", "rent and lease of a flat", "a lease: rent, deposit, flat"],
        ["the lease of a car with engine", "an engine and a car lease", "car engine lease and insurance"],
    ]
    return terms, Vocabulary([[terms.of(text) for text in texts] for texts in topics])


def test_what_all_topics_have_names_none() -> None:
    terms, known = vocabulary()
    assert words(known.telling([0]), terms)[:2] == ("flat", "rent")
    assert words(known.telling([0]), terms)[-1] == "lease"
    assert name(known.telling([0]), terms, ()) == ("flat, rent", ("flat", "rent"))
    assert name(known.telling([1]), terms, ())[0] == "car, engine"


def test_a_name_is_not_given_twice() -> None:
    terms, known = vocabulary()
    first, _ = name(known.telling([0]), terms, ())
    second, _ = name(known.telling([0]), terms, {first})
    third, _ = name(known.telling([0]), terms, {first, second})
    assert len({first, second, third}) == 3
    assert second.startswith(first)


def test_the_name_of_the_topic_above_counts_less() -> None:
    _, known = vocabulary()
    assert known.telling([0], known=("flat",))[0][0] == "rent"


def test_topics_without_a_word_have_a_name_all_the_same() -> None:
    terms = Terms()
    empty = Vocabulary([[set()], [set()]]).telling([0])
    assert name(empty, terms, ())[0] != name(empty, terms, {name(empty, terms, ())[0]})[0]


def test_siblings_have_different_colours_as_long_as_there_are_any() -> None:
    parents = {0: None, 1: None, 2: 0, 3: 0, 4: 1, 5: 1}
    found = colours(parents, {3: 5}, 12)
    assert found[3] == 5
    assert len({found[0], found[1]}) == len({found[2], found[3]}) == len({found[4], found[5]}) == 2
    assert set(colours(dict.fromkeys(range(30)), {}, 12).values()) == set(range(12))
