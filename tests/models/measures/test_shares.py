"""Shares, concentration and inequality, by arithmetic in the head."""

import math

import pytest

from models.measures.shares import gini, held_by_poorest, herfindahl, lorenz, mean, share, whole


def test_share_needs_something_to_compare_with() -> None:
    assert share(1.0, 4.0) == 0.25
    assert share(1.0, 0.0) is None
    assert share(1.0, math.inf) is None


def test_whole() -> None:
    assert whole(2.0000001) == 2.0
    assert whole(0.4) == 0.4


def test_mean_of_what_is_there() -> None:
    assert mean([1.0, None, 2.0]) == 1.5
    assert mean([None]) is None


def test_herfindahl() -> None:
    assert herfindahl([5.0]) == 1.0
    assert herfindahl([2.0, 2.0, 2.0, 2.0]) == 0.25
    # (3/4) ** 2 + (1/4) ** 2
    assert herfindahl([3.0, 0.0, 1.0]) == pytest.approx(10 / 16)
    assert herfindahl([0.0]) is None
    assert herfindahl([]) is None
    assert herfindahl([math.inf, 1.0]) is None


def test_lorenz_curve_starts_with_the_poorest() -> None:
    # Six people have 1 each and four have 3: the six have 6 of 18.
    assert lorenz([(4, 3), (6, 1)]) == ((0, 0), (0.6, pytest.approx(1 / 3)), (1, 1))


def test_gini() -> None:
    assert gini([(5, 2), (7, 2)]) == pytest.approx(0)
    # One in four has all: 1 - 3/4 * 0 - 1/4 * 1.
    assert gini([(1, 8), (3, 0)]) == pytest.approx(0.75)
    # 1 - 0.6 * 1/3 - 0.4 * (1/3 + 1).
    assert gini([(4, 3), (6, 1)]) == pytest.approx(4 / 15)


def test_gini_is_half_the_mean_difference_relative_to_the_mean() -> None:
    """The definition by differences between all pairs of people gives the same."""
    groups = [(3, 0.2), (5, 1.0), (1, 0.7), (4, 0.0)]
    people = [amount for count, amount in groups for _ in range(count)]
    differences = sum(abs(one - other) for one in people for other in people) / len(people) ** 2
    assert gini(groups) == pytest.approx(differences / (2 * sum(people) / len(people)))


def test_nothing_to_divide_has_no_inequality() -> None:
    assert lorenz([(4, 0.0)]) == ()
    assert gini([(4, 0.0), (2, 0.0)]) is None
    assert gini([(0, 3.0)]) is None
    assert gini([]) is None


def test_held_by_poorest() -> None:
    curve = lorenz([(4, 3), (6, 1)])
    assert held_by_poorest(curve, 0.0) == 0
    # Half of the way to the corner at 60 %.
    assert held_by_poorest(curve, 0.3) == pytest.approx(1 / 6)
    assert held_by_poorest(curve, 0.6) == pytest.approx(1 / 3)
    assert held_by_poorest(curve, 0.8) == pytest.approx(2 / 3)
    assert held_by_poorest(curve, 1.0) == 1
    assert held_by_poorest((), 0.5) is None
