from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.bge.batches import by_tokens

LENGTHS = st.lists(st.integers(1, 512), max_size=60)


@given(LENGTHS)
def test_every_text_is_in_one_batch(lengths):
    assert sorted(index for batch in by_tokens(lengths, 512) for index in batch) == list(range(len(lengths)))


@given(LENGTHS)
def test_no_batch_pads_beyond_the_budget(lengths):
    for batch in by_tokens(lengths, 512):
        assert len(batch) == 1 or max(lengths[index] for index in batch) * len(batch) <= 512


def test_texts_of_like_length_share_a_batch():
    assert by_tokens([10, 500, 12, 490], budget=1000) == [[1, 3], [2, 0]]
