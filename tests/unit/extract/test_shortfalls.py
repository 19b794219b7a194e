from __future__ import annotations

from bge_desktop.extract.shortfalls import Shortfall, in_words


def test_members_with_one_reason_are_told_together() -> None:
    locked = [Shortfall("Protected", "Unpack this.", f"{letter}.txt") for letter in "abcde"]
    damaged = Shortfall("Damaged file", "Save it anew.", "x.pdf")
    assert in_words([damaged]) == "x.pdf: Damaged file. Save it anew."
    assert (
        in_words([*locked, damaged])
        == "a.txt, b.txt, c.txt and 2 more: Protected. Unpack this. x.pdf: Damaged file. Save it anew."
    )


def test_the_file_itself_needs_no_name() -> None:
    assert in_words([Shortfall("Too large", "Split it.")]) == "Split it."


def test_of_many_reasons_the_first_are_told() -> None:
    reasons = [Shortfall("Damaged", f"Reason {number}.", "a") for number in range(7)]
    assert in_words(reasons).endswith("a: Damaged. Reason 4. There are 2 more reasons.")
    assert in_words(reasons[:6]).endswith("a: Damaged. Reason 4. There is one more reason.")
    assert in_words(reasons[:5]).endswith("a: Damaged. Reason 4.")
