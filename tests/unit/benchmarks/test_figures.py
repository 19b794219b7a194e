"""The numbers that the benchmarks make of measurements."""

import pytest

from tests.benchmarks.figures import percentiles, ratio_of_rounds, rounded, taking_turns


def test_percentiles_and_the_largest():
    assert percentiles(range(101)) == {"p50": 50.0, "p95": 95.0, "p99": 99.0, "worst": 100.0}


def test_all_take_turns():
    order = []
    times = taking_turns(2, {"a": lambda: order.append("a") or 1.0, "b": lambda: order.append("b") or 2.0})
    assert order == ["a", "b", "a", "b"]
    assert times == {"a": [1.0, 1.0], "b": [2.0, 2.0]}


def test_a_slow_round_slows_both_so_that_the_ratio_stays():
    assert ratio_of_rounds([2.0, 20.0, 2.0], [1.0, 10.0, 1.0]) == 2.0


@pytest.mark.parametrize(("value", "told"), [(1234.5, 1234.0), (12.345, 12.3), (0.0123456, 0.0123), (0, 0)])
def test_three_digits_count(value, told):
    assert rounded(value) == told
