"""What is proven and what is known of least cost over a range of values, and where one curve lies below another.

Both bounds of a curve are straight between finitely many values, so that everything here is exact: crossings and the
ends of what is proven are intersections of straight lines, not points of a grid.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import inf, isfinite, isnan

from optimizer.breakeven.shape import Shape

DUST = 1e-9
"""Relative difference of costs that counts as none."""

MARGIN = 1e-6
"""Part of its cost by which a plan must lie below another curve's bound to be proven cheaper: the solver's tolerances
could explain less."""

ROUNDING = 1e-12
"""Difference of values, relative to the range and to the values, that rounding explains."""

Point = tuple[float, float]


@dataclass
class Curve:
    """Least cost z over values from `start` to `end`, between a lower and an upper bound, by its shape.

    Constant and concave: a plan is a straight line above z everywhere, and between proven values z lies above their
    chord. Rising: z lies above what is proven at lower values and below plans of higher ones; falling: the other way
    round. Free: each value stands for itself, and between solved ones nothing is proven. Where no plan can be, both
    bounds are infinite.
    """

    start: float
    end: float
    shape: Shape
    lines: list[Point] = field(default_factory=list)
    """Costs of each plan at the start and at the end."""
    proven: dict[float, float] = field(default_factory=dict)
    """Proven lower bounds by value."""
    known: dict[float, float] = field(default_factory=dict)
    """Cost of the best plan known by value, where the curve is not concave."""

    @property
    def concave(self) -> bool:
        """Whether plans are straight lines."""
        return self.shape in ("constant", "concave")

    def add_line(self, at_start: float, at_end: float) -> None:
        """Take in a plan that keeps every rule at all values, by its costs at both ends."""
        self.lines.append((at_start, at_end))

    def add_cost(self, value: float, cost: float) -> None:
        """Take in a plan that keeps every rule at one value."""
        self.known[value] = min(cost, self.known.get(value, inf))

    def add_bound(self, value: float, bound: float) -> None:
        """Take in a proven lower bound at a value; infinity says that there is no plan."""
        self.proven[value] = max(bound, self.proven.get(value, -inf))
        if bound == inf:
            self.known[value] = inf

    @property
    def without_plan(self) -> bool:
        """Whether it is proven that there is no plan at any value."""
        return self.concave and inf in self.proven.values()

    def upper(self, value: float) -> float:
        """What z is known not to lie above at a value: the cost of a plan, infinite where none is known."""
        if self.concave:
            share = (value - self.start) / (self.end - self.start)
            return min((one + (other - one) * share for one, other in self.lines), default=inf)
        return min(self._worse(self.known, value), default=inf)

    def lower(self, value: float) -> float:
        """What z is proven not to lie below at a value."""
        if self.without_plan:
            return inf
        if self.concave:
            return _between(self._hull(), value, -inf)
        return max(self._better(self.proven, value), default=-inf)

    def guess(self, value: float) -> float:
        """What z is likely to be at a value: that of the best plan, between solved values on the straight line between
        theirs where plans do not hold there."""
        if self.concave:
            return self.upper(value)
        return _between([(place, self.upper(place)) for place in sorted(self.known)], value, inf)

    def _worse(self, known: Mapping[float, float], value: float) -> Iterator[float]:
        """What is known at values at which z is no less."""
        return (cost for place, cost in known.items() if place == value or self._is_side(place > value))

    def _better(self, known: Mapping[float, float], value: float) -> Iterator[float]:
        """What is known at values at which z is no more."""
        return (cost for place, cost in known.items() if place == value or self._is_side(place < value))

    def _is_side(self, towards_rise: bool) -> bool:
        return self.shape == ("rising" if towards_rise else "falling")

    def breaks(self) -> Iterator[float]:
        """Values between which both bounds are straight; more than these may be given."""
        yield from self.proven
        yield from self.known
        span = self.end - self.start
        for (start, end), (other_start, other_end) in combinations(self.lines, 2):
            rise = (end - start) - (other_end - other_start)
            if rise:
                share = (other_start - start) / rise
                if 0 < share < 1:
                    yield self.start + share * span

    def _hull(self) -> Sequence[Point]:
        """The least concave function above the proven bounds, by its corners."""
        corners: list[Point] = []
        for point in sorted(item for item in self.proven.items() if isfinite(item[1])):
            while len(corners) > 1 and _turns_up(corners[-2], corners[-1], point):
                corners.pop()
            corners.append(point)
        return corners


def _turns_up(first: Point, middle: Point, last: Point) -> bool:
    """Whether the middle of three points lies on or below the chord of the others."""
    return (middle[1] - first[1]) * (last[0] - first[0]) <= (last[1] - first[1]) * (middle[0] - first[0])


def _between(points: Sequence[Point], value: float, otherwise: float) -> float:
    """The straight line between the points at both sides of a value; beyond them, `otherwise`."""
    place = bisect_left(points, (value, -inf))
    if place < len(points) and points[place][0] == value:
        return points[place][1]
    if place in (0, len(points)):
        return otherwise
    (left, low), (right, high) = points[place - 1], points[place]
    return low + (high - low) * (value - left) / (right - left)


@dataclass(frozen=True, slots=True)
class Section:
    """Values from `start` to `end` at which the same is known: which curve is lower by the best guess (0 or 1, None
    where both are the same or no plan is known), and whether that is proven."""

    start: float
    end: float
    lower: int | None
    proven: bool


def verdict(curves: tuple[Curve, Curve], value: float) -> tuple[int | None, bool]:
    """Which curve is lower at a value, by proof or else by the best guess of both, and whether that is proven."""
    lowers, uppers = [curve.lower(value) for curve in curves], [curve.upper(value) for curve in curves]
    one, other = (curve.guess(value) for curve in curves)
    finite = [abs(cost) for cost in (*uppers, one, other) if isfinite(cost)]
    small = DUST * max(finite, default=0.0)
    for place in (0, 1):
        if uppers[place] + _margin(uppers[place]) < lowers[1 - place]:
            return place, True
    if lowers[0] == lowers[1] == inf:
        return None, True
    if isnan(one) or isnan(other) or one == other == inf:
        return None, False
    if abs(one - other) <= small:
        # the same by the best plans: proven to be when nothing can lie below either
        return None, all(upper <= lower + small for upper in uppers for lower in lowers)
    return (0 if one < other else 1), False


def sections(curves: tuple[Curve, Curve]) -> list[Section]:
    """The whole range, cut where it changes which curve is lower or whether that is proven."""
    start, end = curves[0].start, curves[0].end
    one, other = curves
    corners = sorted({start, end, *(value for curve in curves for value in curve.breaks() if start < value < end)})
    cuts = {*corners}
    for left, right in pairwise(corners):
        # bounds may jump at the corners of a curve that is not concave, so they are taken inside
        near, far = left + (right - left) / 3, right - (right - left) / 3
        for above, below, least in (
            (one.guess, other.guess, 0.0),
            (one.upper, other.lower, _margin(one.upper(near))),
            (other.upper, one.lower, _margin(other.upper(near))),
        ):
            root = _root((near, above(near) + least - below(near)), (far, above(far) + least - below(far)))
            if root is not None and left < root < right:
                cuts.add(root)
    found: list[Section] = []
    for left, right in pairwise(_apart(sorted(cuts))):
        lower, proven = verdict(curves, (left + right) / 2)
        if found and (found[-1].lower, found[-1].proven) == (lower, proven):
            found[-1] = Section(found[-1].start, right, lower, proven)
        else:
            found.append(Section(left, right, lower, proven))
    return found


def _apart(cuts: Sequence[float]) -> list[float]:
    """Ascending values without those that rounding alone tells from others; the first and the last stay as they are."""
    first, last = cuts[0], cuts[-1]
    least = ROUNDING * max(last - first, abs(first), abs(last))
    kept = [first]
    kept += [cut for before, cut in pairwise(cuts[:-1]) if cut - before > least and cut - first > least]
    return [*(cut for cut in kept if cut == first or last - cut > least), last]


def _margin(cost: float) -> float:
    return MARGIN * abs(cost) if isfinite(cost) else 0.0


def _root(one: Point, other: Point) -> float | None:
    """Where the straight line through two points is 0."""
    if not (isfinite(one[1]) and isfinite(other[1])) or one[1] == other[1]:
        return None
    return one[0] - one[1] * (other[0] - one[0]) / (other[1] - one[1])


def crossings(found: Iterable[Section]) -> list[tuple[float, int, int]]:
    """Values at which the best plans change sides: the value, which curve is lower below it, and which above it.

    Where curves are the same in between, the middle of that.
    """
    changes = []
    last: Section | None = None
    for section in found:
        if section.lower is None:
            continue
        if last is not None and last.lower is not None and section.lower != last.lower:
            changes.append(((last.end + section.start) / 2, last.lower, section.lower))
        last = section
    return changes
