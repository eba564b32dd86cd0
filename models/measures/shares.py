"""Parts of a whole, and how evenly it is divided."""

import math
from collections.abc import Iterable
from itertools import pairwise

NEGLIGIBLE = 1e-6
"""Tonnes, money or labour below this are rounding of the solver, not decisions."""


def share(part: float, total: float) -> float | None:
    """`part / total`, or None where there is nothing, or no limit, to compare with."""
    return part / total if NEGLIGIBLE < total < math.inf else None


def whole(value: float) -> float:
    """The nearest whole number where the value is one but for rounding."""
    nearest = round(value)
    return float(nearest) if math.isclose(value, nearest, abs_tol=NEGLIGIBLE) else value


def mean(values: Iterable[float | None]) -> float | None:
    """Mean of the values that are there, or None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def herfindahl(amounts: Iterable[float]) -> float | None:
    """Herfindahl-Hirschman index of concentration: 1 where one holds all, 1 / n where n hold the same.

    Formula: sum(k, (amount[k] / sum(amounts)) ** 2), without unit; None where there is nothing to hold.
    Source: Hirschman, A. O. (1964), The Paternity of an Index, American Economic Review 54 (5), 761.
    """
    held = list(amounts)
    total = sum(held)
    return sum((amount / total) ** 2 for amount in held) if NEGLIGIBLE < total < math.inf else None


def lorenz(groups: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Lorenz curve of groups of (people, amount a head), from (0, 0) to (1, 1), poorest group first.

    Formula: with groups in order of the amount a head, point k is
        (sum(i <= k, people[i]) / sum(people), sum(i <= k, people[i] * amount[i]) / sum(people * amount)).
    Empty where there are no people or nothing to divide. Within a group all count as provided alike.
    Source: Lorenz, M. O. (1905), Methods of Measuring the Concentration of Wealth, Publications of the American
    Statistical Association 9 (70), 209-219.
    """
    ordered = sorted(groups, key=lambda group: group[1])
    everyone = sum(people for people, _ in ordered)
    everything = sum(people * amount for people, amount in ordered)
    if everyone <= 0 or everything <= 0:
        return ()
    points = [(0.0, 0.0)]
    for people, amount in ordered:
        points.append((points[-1][0] + people / everyone, points[-1][1] + people * amount / everything))
    return tuple(points)


def gini(groups: Iterable[tuple[float, float]]) -> float | None:
    """Gini coefficient of groups of (people, amount a head): 0 where all have the same, towards 1 where one has all.

    Formula: 1 - sum(k, (p[k] - p[k-1]) * (q[k] + q[k-1])) over the points (p, q) of the Lorenz curve: twice the area
    between it and the diagonal, by trapezoids, which is exact since the curve of groups is made of straight lines.
    None where there is nothing to divide.
    Source: Gastwirth, J. L. (1972), The Estimation of the Lorenz Curve and Gini Index, Review of Economics and
    Statistics 54 (3), 306-316.
    """
    curve = lorenz(groups)
    if not curve:
        return None
    return max(0.0, 1 - sum((after[0] - before[0]) * (after[1] + before[1]) for before, after in pairwise(curve)))


def held_by_poorest(curve: tuple[tuple[float, float], ...], people: float) -> float | None:
    """What the poorest part (0 to 1) of the people hold of all, on the straight lines of a Lorenz curve."""
    for before, after in pairwise(curve):
        if people <= after[0]:
            wide = after[0] - before[0]
            return before[1] if wide <= 0 else before[1] + (people - before[0]) / wide * (after[1] - before[1])
    return 1.0 if curve else None
