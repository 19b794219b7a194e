import numpy as np
import pytest

from bge_desktop.evaluate.bootstrap import Interval, paired_bootstrap


def test_of_many_queries_the_interval_is_that_of_the_normal_distribution():
    differences = np.random.default_rng(1).normal(0.05, 0.3, 400)
    interval = paired_bootstrap(differences)
    half = 1.96 * differences.std() / np.sqrt(len(differences))
    assert interval.difference == differences.mean()
    assert interval.low == pytest.approx(differences.mean() - half, abs=0.05 * half)
    assert interval.high == pytest.approx(differences.mean() + half, abs=0.05 * half)


def test_a_few_values_of_many_queries_are_drawn_as_often_as_they_stand_there():
    differences = np.repeat([-0.5, 0.0, 1.0], [10_000, 20_000, 20_000])
    interval = paired_bootstrap(differences)
    half = 1.96 * differences.std() / np.sqrt(len(differences))
    assert interval.difference == pytest.approx(0.3)
    np.testing.assert_allclose([interval.low, interval.high], [0.3 - half, 0.3 + half], atol=0.1 * half)


def test_of_simulated_comparisons_about_95_of_100_hold_the_true_difference():
    generator = np.random.default_rng(2)
    values, chances = [-0.4, 0.0, 0.6], [0.2, 0.5, 0.3]
    true = np.dot(values, chances)
    intervals = [paired_bootstrap(generator.choice(values, 200, p=chances)) for _ in range(200)]
    assert 0.9 <= np.mean([own.low <= true <= own.high for own in intervals]) <= 0.99


def test_skewed_differences_have_a_skewed_interval():
    interval = paired_bootstrap(np.array([0.0] * 28 + [1.0] * 2))
    assert interval.high - interval.difference > interval.difference - interval.low
    assert interval.low == 0


def test_the_same_differences_give_the_same_interval_in_any_order():
    differences = np.random.default_rng(3).normal(size=50)
    assert paired_bootstrap(differences) == paired_bootstrap(differences)
    turned = paired_bootstrap(differences[::-1])
    assert (turned.low, turned.high) == (paired_bootstrap(differences).low, paired_bootstrap(differences).high)


def test_turning_the_comparison_round_turns_the_interval_round():
    differences = np.random.default_rng(4).normal(0.1, 0.2, 200)
    one, other = paired_bootstrap(differences), paired_bootstrap(-differences)
    np.testing.assert_allclose([one.low, one.high], [-other.high, -other.low], atol=0.002)


def test_no_difference_at_all_is_no_clear_one():
    interval = paired_bootstrap(np.zeros(1000))
    assert (interval.difference, interval.low, interval.high) == (0, 0, 0)
    assert not interval.is_clear


@pytest.mark.parametrize(("queries", "is_clear"), [(1, False), (5, False), (6, True)])
def test_up_to_five_queries_tell_nothing(queries, is_clear):
    interval = paired_bootstrap(np.full(queries, 0.5))
    assert (interval.low, interval.high) == (0.5, 0.5)
    assert interval.is_clear == is_clear


def test_memory_stays_bounded_where_all_differences_are_different(monkeypatch):
    differences = np.random.default_rng(5).normal(0.05, 0.3, 300)
    at_once = paired_bootstrap(differences)
    monkeypatch.setattr("bge_desktop.evaluate.bootstrap._COUNTS", 1000)
    in_portions = paired_bootstrap(differences)
    assert (in_portions.low, in_portions.high) == pytest.approx((at_once.low, at_once.high), abs=1e-11)


def test_differences_that_cancel_out_are_none():
    gain = 1 / np.log2(3) - 1 / np.log2(10)
    interval = paired_bootstrap(np.array([gain, -gain, 0.1, -0.1, 0.3, -0.3] * 3))
    assert interval.low < 0 < interval.high
    assert interval.difference == pytest.approx(0)


@pytest.mark.parametrize(
    ("low", "high", "is_clear"), [(0.01, 0.1, True), (-0.2, -0.1, True), (0, 0.1, False), (-0.1, 0.1, False)]
)
def test_a_difference_is_clear_where_the_interval_leaves_out_zero(low, high, is_clear):
    assert Interval(0.05, low, high, queries=100).is_clear == is_clear
