"""What a search for break-even came to, in the words of the reports."""

from collections.abc import Iterator
from itertools import pairwise
from math import isfinite

from optimizer.breakeven.curve import Curve, Section, crossings, verdict
from optimizer.breakeven.search import Duel
from reports.breakeven_findings import Comparison, Crossing, Extent, Piece, Proof, Range, Standing, Stretch


def comparison_of(duel: Duel, extent: Extent, code: str, name: str) -> Comparison:
    """A finished search as a comparison."""
    last = [found for side in duel.sides for found in side.solved.values()]
    known = sorted({value for side in duel.sides for value in side.solved})
    return Comparison(
        extent=extent,
        code=code,
        name=name,
        shapes=(duel.curves[0].shape, duel.curves[1].shape),
        standings=tuple(standing(duel, value) for value in known),
        stretches=_stretches(duel),
        crossings=crossings_of(duel),
        solves=duel.solves,
        seconds=sum(side.seconds for side in duel.sides),
        gap=max((found.gap for found in last if found.gap is not None), default=None),
        ended=duel.ended,
        pieces=tuple(_pieces(duel)),
    )


def standing(duel: Duel, value: float) -> Standing:
    """Both variants at a value."""
    one, other = duel.sides
    cheaper, proven = verdict(duel.curves, value)
    costs = tuple(Range(curve.lower(value), curve.upper(value)) for curve in duel.curves)
    return Standing(value, (costs[0], costs[1]), cheaper, proven, (one.is_solved(value), other.is_solved(value)))


def crossings_of(duel: Duel) -> tuple[Crossing, ...]:
    """Where the cheaper variant changes, ascending."""
    places = crossings(duel.sections())
    limits = [duel.terms.start, *(place for place, _, _ in places), duel.terms.end]
    return tuple(
        _crossing(duel, place, below, above, limits[number], limits[number + 2])
        for number, (place, below, above) in enumerate(places)
    )


def _crossing(duel: Duel, place: float, below: int, above: int, first: float, last: float) -> Crossing:
    known = duel.both_solved()
    near = 2.1 * duel.terms.resolution(place)
    left = [value for value in known if value <= place and verdict(duel.curves, value)[0] == below]
    right = [value for value in known if value >= place and verdict(duel.curves, value)[0] == above]
    found = duel.sections()
    # at an end of the range nothing short of it counts; between crossings it is said from where to where
    before = found[:1] if first == duel.terms.start else [part for part in found if first <= part.start < place]
    after = found[-1:] if last == duel.terms.end else [part for part in found if place < part.end <= last]
    low = next((part for part in reversed(before) if part.proven and part.lower == below), None)
    high = next((part for part in after if part.proven and part.lower == above), None)
    low_values = [value for value in left if value >= first and verdict(duel.curves, value)[1]]
    high_values = [value for value in right if value <= last and verdict(duel.curves, value)[1]]
    at_left, at_right = max(left, default=first), min(right, default=last)
    return Crossing(
        estimate=place,
        low=at_left,
        high=at_right,
        proven_from=None if low is None else low.start,
        proven_low=None if low is None else low.end,
        proven_high=None if high is None else high.start,
        proven_to=None if high is None else high.end,
        proven_at_low=max(low_values, default=None) if low is None else None,
        proven_at_high=min(high_values, default=None) if high is None else None,
        cheaper_below=below,
        cheaper_above=above,
        below=standing(duel, at_left) if left and place - at_left <= near else None,
        above=standing(duel, at_right) if right and at_right - place <= near else None,
    )


def _stretches(duel: Duel) -> tuple[Stretch, ...]:
    if not duel.both_solved():
        return ()
    return tuple(
        Stretch(part.start, part.end, part.lower, "proven" if part.proven else _proof(duel, part))
        for part in duel.sections()
    )


def _proof(duel: Duel, part: Section) -> Proof:
    """Of a section that is not proven throughout: curves that are not concave may be proven at solved values."""
    inside = [verdict(duel.curves, value) for value in duel.both_solved() if part.start <= value <= part.end]
    # where both are proven to cost the same, as the first value may be, nothing speaks against the rest
    proven = (part.lower, True) in inside and all(found in ((part.lower, True), (None, True)) for found in inside)
    return "proven at solved values" if proven and not duel.concave else "not proven"


def _pieces(duel: Duel) -> Iterator[Piece]:
    """The whole range in pieces over which the bounds of both curves are straight."""
    if not duel.both_solved():
        return
    one, other = duel.curves
    inside = {value for curve in duel.curves for value in curve.breaks() if one.start < value < one.end}
    for left, right in pairwise(sorted({one.start, one.end, *inside})):
        first, second = _straight(one, left, right), _straight(other, left, right)
        yield Piece(left, right, (first[0], second[0]), (first[1], second[1]))


def _straight(curve: Curve, left: float, right: float) -> tuple[Range, Range]:
    """The bounds of a curve at both ends of a piece, as they are inside of it: at the ends they may jump."""
    third = (right - left) / 3
    near, far = left + third, right - third
    lowers, uppers = (curve.lower(near), curve.lower(far)), (curve.upper(near), curve.upper(far))
    at_left = Range(_extended(*lowers), _extended(*uppers))
    return at_left, Range(_extended(*reversed(lowers)), _extended(*reversed(uppers)))


def _extended(near: float, far: float) -> float:
    """The end of a straight piece of which `near` is a third away, `far` two thirds."""
    return 2 * near - far if isfinite(near) and isfinite(far) else near
