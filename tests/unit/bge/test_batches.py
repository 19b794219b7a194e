from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.bge.batches import next_batch, padded

LENGTHS = st.lists(st.integers(1, 512), min_size=1, max_size=60)


def batches(lengths, budget):
    """All batches of some texts, each begun with the longest that waits."""
    waiting, found = list(range(len(lengths))), []
    while waiting:
        own = [lengths[index] for index in waiting]
        chosen = [waiting[place] for place in next_batch(own, max(own), budget)]
        waiting = [index for index in waiting if index not in chosen]
        found.append(chosen)
    return found


@given(LENGTHS)
def test_every_text_is_in_one_batch(lengths):
    assert sorted(index for batch in batches(lengths, 512) for index in batch) == list(range(len(lengths)))


@given(LENGTHS, st.sampled_from([192, 512, 1024]))
def test_no_batch_pads_beyond_the_budget(lengths, budget):
    for batch in batches(lengths, budget):
        assert len(batch) == 1 or padded(max(lengths[index] for index in batch)) * len(batch) <= budget


@given(LENGTHS, st.data())
def test_a_batch_holds_the_text_it_is_for_and_the_longest_that_fit_it(lengths, data):
    longest = data.draw(st.sampled_from(lengths))
    chosen = [lengths[index] for index in next_batch(lengths, longest, 1024)]
    assert chosen == sorted((own for own in lengths if own <= longest), reverse=True)[: len(chosen)]
    assert chosen[0] == longest


@given(st.integers(1, 512))
def test_lengths_are_rounded_up_so_that_there_are_few_shapes(length):
    assert length <= padded(length) < length + 8
    assert padded(length) % 8 == 0


def test_hundreds_of_passages_pad_next_to_nothing():
    lengths = [20 + 7 * (number * 37 % 34) for number in range(384)]  # 20 to 251 tokens, as real passages have
    used = sum(padded(lengths[batch[0]]) * len(batch) for batch in batches(lengths, 1024))
    assert sum(lengths) / used > 0.9
