import random

import numpy as np
import pytest

from bge_desktop.library.signatures import Signature, signature
from bge_desktop.library.words import analysed

WORDS = [f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}x" for n in range(3000)]


def of(text):
    return Signature.read(signature(text))


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
    assert signature(one) == signature(other)


def test_other_words_and_another_order_make_another_signature():
    assert len({signature(text) for text in ("a b c d e", "a b c d f", "e d c b a", "a b c d e e", "")}) == 5


@pytest.mark.parametrize("changed", [0, 1, 3, 20, 400])
@pytest.mark.parametrize("length", [60, 400, 5000])
def test_resemblance_is_that_of_the_shingles(length, changed):
    words = prose(length)
    others = list(words)
    for place in range(min(changed, length)):
        others[place * length // max(changed, 1) % length] = WORDS[place]
    one, other = shingles(words), shingles(others)
    expected = len(one & other) / len(one | other)
    found = of(" ".join(words)).resemblance(of(" ".join(others)))
    is_exact = len(one | other) <= 512
    assert found == pytest.approx(expected, abs=1e-9 if is_exact else 0.06)


def test_what_is_used_more_often_is_counted():
    one, other = of("rent rent rent 2024 cat"), of("rent dog dog")
    more, have_digits = one.more_often(other)
    assert sorted(zip(more.tolist(), have_digits.tolist(), strict=True)) == [(1, False), (1, True), (2, False)]
    more, have_digits = other.more_often(one)
    assert (more.tolist(), have_digits.tolist()) == ([2], [False])
    assert one.more_often(one)[0].tolist() == []
    assert of("").more_often(one)[0].tolist() == []
    assert sorted(one.more_often(of(""))[0].tolist()) == [1, 1, 3]


def test_of_very_long_documents_only_what_both_hold_is_compared():
    words = [f"{chr(97 + n % 26)}q{n}" for n in range(9000)]
    one, other = of(" ".join(words)), of(" ".join([*words[:8000], *words]))
    assert len(one.hashes) == 4096
    assert one.more_often(other)[0].sum() == 0
    assert 3000 < other.more_often(one)[0].sum() < 4096


def test_it_is_stored_with_its_document_and_goes_with_it(desk):
    kept, gone = desk.put("a.txt", "rent\nlease"), desk.put("b.txt", "other")
    found = desk.library.documents.signatures.of([kept, gone, 99])
    assert found.keys() == {kept, gone}
    assert found[kept].word_count == 2
    desk.remove("b.txt")
    desk.library.remove_orphans()
    assert desk.library.documents.signatures.of([kept, gone]).keys() == {kept}


def test_missing_ones_are_made_when_the_library_is_opened(desk, folder):
    from bge_desktop.library.library import Library

    documents = [desk.put(f"{n}.txt", f"rent {n}") for n in range(3)]
    before = {n: own.shingles.tolist() for n, own in desk.library.documents.signatures.of(documents).items()}
    desk.library.db.execute("DELETE FROM signatures WHERE document_id > ?", [documents[0]])
    desk.library.close()
    again = Library(folder)
    try:
        after = again.documents.signatures.of(documents)
        assert {n: own.shingles.tolist() for n, own in after.items()} == before
        again.documents.refresh_words()
        assert again.documents.signatures.of(documents) == {}
    finally:
        again.close()


def test_hashes_are_spread_evenly():
    shingles_of_prose = of(" ".join(prose(5000, seed=3)))
    share = len(shingles_of_prose.shingles) / shingles_of_prose.shingle_count
    assert shingles_of_prose.shingles[-1] / np.iinfo(np.uint32).max == pytest.approx(share, rel=0.15)
