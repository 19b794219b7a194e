import numpy as np

from bge_desktop.library.growing import GrowingArray


def test_numbers_are_added_behind_the_others():
    growing = GrowingArray([1, 2])
    for number in range(3, 50):
        growing.extend([number])
    growing.extend(np.array([50, 51]))
    growing.extend([])
    assert growing.filled.tolist() == list(range(1, 52))
    assert len(growing) == 51


def test_what_was_handed_out_stays_as_it_was():
    first = np.array([1, 2])
    growing = GrowingArray(first)
    handed_out = growing.filled
    first[:] = 0
    growing.extend([3])
    assert handed_out.tolist() == [1, 2]
    assert growing.filled.tolist() == [1, 2, 3]
