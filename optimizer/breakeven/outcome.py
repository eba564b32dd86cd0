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
    low = [part.end for part in found if part.proven and part.lower == below and first <= part.end <= place]
    high = [part.start for part in found if part.proven and part.lower == above and place <= part.start <= last]
    low += [value for value in left if value >= first and verdict(duel.curves, value)[1]]
    high += [value for value in right if value <= last and verdict(duel.curves, value)[1]]
    at_left, at_right = max(left, default=first), min(right, default=last)
    return Crossing(
        estimate=place,
        low=at_left,
        high=at_right,
        proven_low=max(low, default=None),
        proven_high=min(high, default=None),
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
    inside = [value for value in duel.both_solved() if part.start <= value <= part.end]
    proven = inside and all(verdict(duel.curves, value) == (part.lower, True) for value in inside)
    return "proven at solved values" if proven and not duel.concave else "not proven"
