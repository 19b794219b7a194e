import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.library.signatures import Signature, signature
from bge_desktop.library.words import analysed
from bge_desktop.search.near_duplicates import Folding, say_the_same

WORDS = """
    tenant landlord notice rent deposit boiler repair garden window writing month agreement property council letter
    water heating access key meter damage insurance claim payment account address period clause schedule furniture
"""
VOCABULARY = WORDS.split()


def of(text):
    return Signature.read(signature(analysed(text).split()))


def prose(words, seed=0):
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(VOCABULARY)} {rng.choice('abcdefghijklmnop')}{rng.choice(VOCABULARY)}"
                    for _ in range(words // 2))  # fmt: skip


LEASE = prose(1200)
MANUAL = prose(500, seed=4)
INVOICE = (
    "Gannet Bay Design, 4 Quay Street. Invoice {number}. Date {date}. For the attention of the accounts department. "
    "Design work as agreed, {hours} hours at 45.00 an hour: {total}.00. Please pay within thirty days by bank transfer "
    "to the account below, quoting the number of this invoice. Late payments bear interest at the statutory rate. "
    "Account 00112233, sort code 40-11-22. Thank you for your business; it is a pleasure to work with you."
)


def replaced(text, old, new, times=1):
    return text.replace(old, new, times)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEASE, LEASE),
        (LEASE, LEASE.upper()),
        (LEASE, f"Saved on 20 May 2024 from the archive of the council, page printed by the clerk\n\n{LEASE}"),
        (LEASE, f"{LEASE}\n\nA new clause: {prose(30, seed=9)}"),
        (LEASE, f"{LEASE[:3000]} One sentence was put in between here for good measure. {LEASE[3000:]}"),
        (LEASE + " Rent: 1200 pounds.", LEASE + " Rent: 1250 pounds."),
        (INVOICE, f"Forwarded message from accounts\n\n{INVOICE}"),
        ("臺灣的頭髮很乾，" * 30, "台湾的头发很干，" * 30),
        ("lorem ipsum dolor", "Lorem, ipsum — dolor!"),
    ],
)
def test_versions_and_saved_copies_say_the_same(one, other):
    assert say_the_same(of(one), of(other))
    assert say_the_same(of(other), of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEASE, prose(1200, seed=1)),
        (
            INVOICE.format(number="2024-017", date="3 May", hours=12, total=540),
            INVOICE.format(number="2024-018", date="9 June", hours=20, total=900),
        ),
        (f"sha256sum {MANUAL} sha256sum computes 256 bits", f"sha384sum {MANUAL} sha384sum computes 384 bits"),
        (f"toupper makes upper {MANUAL} upper toupper", f"tolower makes lower {MANUAL} lower tolower"),
        (f"Dear Anna, {MANUAL} Best wishes to Anna Smith", f"Dear Ruth, {MANUAL} Best wishes to Ruth Smith"),
        (LEASE, LEASE[: len(LEASE) // 2]),
        ("buy milk and bread", "buy milk and butter"),
        ("buy milk and bread", "buy milk and bread today"),
        ("年度报告第一章", "年度报告第二章"),
    ],
)
def test_what_shares_a_template_does_not(one, other):
    assert not say_the_same(of(one), of(other))
    assert not say_the_same(of(other), of(one))


def test_many_changed_words_make_another_document():
    words = LEASE.split()
    for place in range(0, len(words), 40):
        words[place] = "changed" + VOCABULARY[place % len(VOCABULARY)]
    assert not say_the_same(of(LEASE), of(" ".join(words)))


def folded(texts, limit):
    folding = Folding(limit)
    signatures = {number: of(text) for number, text in enumerate(texts)}
    folding.add(list(signatures), signatures)
    return folding


def test_the_best_ranked_one_is_shown():
    assert folded([LEASE + " new", MANUAL, LEASE, LEASE + " more"], 9).under == {0: [2, 3], 1: []}


def test_folding_does_not_thin_the_list():
    found = folded([LEASE, LEASE + " new", MANUAL, LEASE + " more", "third", LEASE], 2)
    assert found.under == {0: [1, 3, 5], 2: []}
    assert found.is_full


def test_documents_without_words_are_shown_each_by_itself():
    assert folded(["", "…", ""], 9).under == {0: [], 1: [], 2: []}
    folding = Folding(5)
    folding.add([7, 8], {})
    assert folding.under == {7: [], 8: []}
    assert not folding.is_full


texts = st.lists(st.sampled_from([LEASE, LEASE + " new", MANUAL, MANUAL + " x", "a b", "a b c", "", INVOICE]))


@given(texts, st.integers(1, 12))
def test_no_document_is_lost(texts, limit):
    folding = folded(texts, limit)
    seen = [number for head, others in folding.under.items() for number in (head, *others)]
    assert len(seen) == len(set(seen))
    assert list(folding.under) == sorted(folding.under)
    if not folding.is_full:
        assert sorted(seen) == list(range(len(texts)))
    else:
        assert len(folding.under) == limit
