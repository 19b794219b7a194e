"""Which documents are measured on."""

from tests.benchmarks.sample import SampleDocument, evenly, texts_of

_DOCUMENTS = [SampleDocument(f"/{number}", (f"{number} a", f"{number} b")) for number in range(100)]


def test_they_are_spread_over_all_with_about_as_many_passages():
    chosen = evenly(_DOCUMENTS, 20)
    assert [own.path for own in chosen] == ["/0", "/11", "/22", "/33", "/44", "/55", "/66", "/77", "/88", "/99"]
    assert len(texts_of(chosen)) == 20


def test_all_where_there_are_fewer():
    assert evenly(_DOCUMENTS, 1000) == _DOCUMENTS


def test_one_at_least():
    assert len(evenly(_DOCUMENTS, 0)) == 1
