"""A smallest set of limits that cannot hold together.

Elastic filter first, unless the problem is large: whatever gives way in the cheapest change is held from then on, until
what is held cannot hold. Then limits are dropped, many at once and at last one by one, while what is left still cannot
hold. The set that remains is irreducible: without any one of its limits there is a plan, as far as the rules that were
looked at go. What was found with parts of plants is narrowed with parts of plants, and whole ones may conflict in fewer
limits: finding these is left to `narrowed_whole`.
Where there are very many limits, those of a kind (the workers of every county) are held and dropped together.
Source: J. W. Chinneck, Feasibility and Infeasibility in Optimization (2008), chapter 6; for problems with whole numbers
O. Guieu and J. W. Chinneck, INFORMS Journal on Computing 11 (1999).
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from inputs.origins import Address
from optimizer.conflict.problem import ConflictProblem, OutOfTime

MANY = 60
"""Limits up to which each is looked at for itself."""

SHEETS_OF_PLACES = ("Counties", "CountyMaterials", "CountyInputs", "Decided", "Provinces", "Designs")
"""Sheets whose columns are kinds of limits, with one for each place."""

Unit = tuple[Address, ...]
"""Limits that are held and dropped together."""


@dataclass(frozen=True)
class Conflict:
    """Limits that cannot hold together. Empty where even without any limit there is no plan.

    `needed`: it is proven that none can be left out; with `by_kind`, that no kind of them can. `whole`: parts of plants
    and joinings would do, and only whole numbers of them conflict. `in_parts`: that none can be left out is proven only
    where parts count; without one of them there may still be no plan with whole plants.
    """

    limits: tuple[Address, ...]
    needed: bool
    by_kind: bool
    whole: bool
    in_parts: bool


def smallest_conflict(problem: ConflictProblem, *, whole: bool, guess: Collection[Address] = ()) -> Conflict:
    """A smallest set of limits that cannot hold together.

    `guess` are limits that may be enough, with those of counties, to make a conflict; a large problem tries them first.

    When the time is over, what is known so far: limits of which some may not be needed. Raises `OutOfTime` when not
    even that is known.
    """
    by_kind = len(problem.limits) > MANY
    units = list(_kinds(problem.limits) if by_kind else ((limit,) for limit in problem.limits))
    found = _guessed(problem, units, whole, guess) if problem.large else _filtered(problem, units, whole)
    kept, needed = _narrowed(problem, found, whole)
    several = len(_limits(kept)) > len(kept)
    conflict = Conflict(_limits(kept), needed, needed and by_kind and several, whole, in_parts=not whole)
    return narrowed(problem, conflict) if needed and len(conflict.limits) <= MANY else conflict


def _guessed(problem: ConflictProblem, units: Sequence[Unit], whole: bool, guess: Collection[Address]) -> list[Unit]:
    """The units of the guess and those of counties where these cannot hold, or else all."""
    likely = [unit for unit in units if unit[0].sheet in SHEETS_OF_PLACES or not set(unit).isdisjoint(guess)]
    if guess and not problem.can_hold(_limits(likely), whole=whole):
        return likely
    return list(units)


def _filtered(problem: ConflictProblem, units: Sequence[Unit], whole: bool) -> list[Unit]:
    """What gave way in one cheapest change after the other, until it cannot hold."""
    unit_of = {limit: unit for unit in units for limit in unit}
    found: list[Unit] = []
    while problem.can_hold(_limits(found), whole=whole):
        given = problem.least_change(_limits(found), whole=whole)
        changed = given.changes if given is not None else ()
        fresh = [unit for unit in dict.fromkeys(unit_of[limit] for limit in changed) if unit not in found]
        if not fresh:
            break
        found += fresh
    return found


def narrowed(problem: ConflictProblem, conflict: Conflict) -> Conflict:
    """The conflict without the limits that it does not need in this problem, each looked at for itself."""
    kept, needed = _narrowed(problem, [(limit,) for limit in conflict.limits], conflict.whole)
    by_kind = not needed and conflict.by_kind and conflict.needed
    return Conflict(_limits(kept), needed, by_kind, conflict.whole, in_parts=not conflict.whole)


def narrowed_whole(problem: ConflictProblem, conflict: Conflict) -> Conflict:
    """The conflict without the limits that it does not need where only whole plants and joinings count; as it is where
    the time is over first, or where it is not even known what it needs in parts."""
    if not conflict.in_parts or not (conflict.needed or conflict.by_kind):
        return conflict
    units = list(_kinds(conflict.limits) if conflict.by_kind else ((limit,) for limit in conflict.limits))
    kept, needed = _narrowed(problem, units, True)
    if not needed:
        return conflict
    # fewer than were needed with parts can hold with parts, so that only whole numbers of them conflict
    return replace(conflict, limits=_limits(kept), whole=len(kept) < len(units), in_parts=False)


def _narrowed(problem: ConflictProblem, found: Sequence[Unit], whole: bool) -> tuple[list[Unit], bool]:
    kept = list(found)
    size = max(1, len(kept) // 2)
    try:
        while True:
            place = 0
            while place < len(kept):
                fewer = kept[:place] + kept[place + size :]
                if problem.can_hold(_limits(fewer), whole=whole):
                    place += size
                else:
                    kept = fewer
            if size == 1:
                return kept, True
            size //= 2
    except OutOfTime:
        return kept, False


def _kinds(limits: Iterable[Address]) -> Iterable[Unit]:
    found: dict[Hashable, list[Address]] = {}
    for limit in limits:
        key: Hashable = limit
        if limit.sheet in SHEETS_OF_PLACES:
            key = (limit.sheet, limit.column)
        found.setdefault(key, []).append(limit)
    return [tuple(members) for members in found.values()]


def _limits(units: Iterable[Unit]) -> Unit:
    return tuple(limit for unit in units for limit in unit)
