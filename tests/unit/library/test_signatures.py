import random

import numpy as np
import pytest

from bge_desktop.library.library import Library
from bge_desktop.library.signatures import Signature, signature
from bge_desktop.library.words import analysed

WORDS = [f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}x" for n in range(3000)]


def of(text):
    return Signature.read(stored(text))


def stored(text):
    return signature(analysed(text).split())


def prose(n, seed=0):
    rng = random.Random(seed)
    return [rng.choice(WORDS) for _ in range(n)]


def shingles(words):
    analysed_words = analysed(" ".join(words)).split()
    return {tuple(analysed_words[start : start + 4]) for start in range(len(analysed_words) - 3)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Lease, signed.", "the lease signed"),
        ("臺灣的頭髮很乾。", "台湾的头发很干。"),
        ("Ｌｅａｓｅ ２０２４", "lease 2024"),
        ("two  words\nand more", "two words and more"),
    ],
)
def test_differences_of_writing_make_none(one, other):
    assert stored(one) == stored(other)


def test_other_words_and_another_order_make_another_signature():
    assert len({stored(text) for text in ("a b c d e", "a b c d f", "e d c b a", "a b c d e e", "")}) == 5


@pytest.mark.parametrize("changed", [0, 1, 3, 20, 400])
@pytest.mark.parametrize("length", [60, 400, 5000, 40_000])
def test_resemblance_is_that_of_the_shingles(length, changed):
    words = prose(length)
    others = list(words)
    for place in range(min(changed, length)):
        others[place * length // max(changed, 1) % length] = WORDS[place]
    one, other = shingles(words), shingles(others)
    expected = len(one & other) / len(one | other)
    found = of(" ".join(words)).resemblance(of(" ".join(others)))
    # what it is worth below is of no account: such documents do not say the same
    assert found == pytest.approx(expected, abs=0.01) if expected > 0.9 else found < 0.93


@pytest.mark.parametrize("length", [60, 5000])
def test_documents_of_other_lengths_can_be_compared(length):
    words = prose(length)
    longer = [*words, *prose(length * 30, seed=1)]
    one, other = of(" ".join(words)), of(" ".join(longer))
    assert len(one.odd) < len(other.odd)
    assert one.resemblance(other) == other.resemblance(one) < 0.5
    assert one.differences(other)[0].tolist() == (-other.differences(one)[0]).tolist()


def test_what_is_used_more_often_is_counted():
    one, other = of("rent rent rent 2024 cat"), of("rent dog dog")
    words, numbers = one.differences(other)
    assert (sorted(words[words != 0].tolist()), numbers[numbers != 0].tolist()) == ([-2, 1, 2], [1])
    words, numbers = other.differences(one)
    assert (sorted(words[words != 0].tolist()), numbers[numbers != 0].tolist()) == ([-2, -1, 2], [-1])
    assert not np.any(one.differences(one))
    assert sorted(filter(None, one.differences(of(""))[0].tolist())) == [1, 3]


def test_how_often_is_known_of_words_that_are_used_very_often():
    differences, _ = of("rent " * 1003).differences(of("rent " * 1000))
    assert differences.sum() == 3


def test_that_of_a_long_document_takes_little_room():
    words = prose(100_000)
    assert len(signature(words)) < 0.15 * len(words)
    assert len(signature(words[:1000])) < 600


def test_it_is_stored_with_its_document_and_goes_with_it(desk):
    kept, gone = desk.put("a.txt", "rent\nlease"), desk.put("b.txt", "other")
    found = desk.library.documents.signatures.of([kept, gone, 99])
    assert found.keys() == {kept, gone}
    assert found[kept].word_count == 2
    desk.remove("b.txt")
    desk.library.remove_orphans()
    assert desk.library.documents.signatures.of([kept, gone]).keys() == {kept}


def test_missing_ones_are_made_when_the_library_is_opened(desk, folder):
    documents = [desk.put(f"{n}.txt", f"rent {n}") for n in range(3)]
    before = {n: own.shingles.tolist() for n, own in desk.library.documents.signatures.of(documents).items()}
    desk.library.db.execute("DELETE FROM signatures WHERE document_id > ?", [documents[0]])
    desk.library.close()
    again = Library(folder)
    try:
        after = again.documents.signatures.of(documents)
        assert {n: own.shingles.tolist() for n, own in after.items()} == before
        again.documents.refresh_words()
        assert {n: own.shingles.tolist() for n, own in again.documents.signatures.of(documents).items()} == before
    finally:
        again.close()


def test_hashes_are_spread_evenly():
    shingles_of_prose = of(" ".join(prose(5000, seed=3)))
    share = len(shingles_of_prose.shingles) / shingles_of_prose.shingle_count
    assert shingles_of_prose.shingles[-1] / np.iinfo(np.uint32).max == pytest.approx(share, rel=0.5)
    expected = (1 - np.exp(-2 * shingles_of_prose.shingle_count / len(shingles_of_prose.odd))) / 2
    assert shingles_of_prose.odd.mean() == pytest.approx(expected, rel=0.05)
