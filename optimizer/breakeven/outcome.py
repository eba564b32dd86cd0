"""What a search for break-even came to, in the words of the reports."""

from optimizer.breakeven.curve import Section, crossings, verdict
from optimizer.breakeven.search import Duel
from reports.breakeven_findings import Comparison, Crossing, Extent, Proof, Range, Standing, Stretch


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
