"""Which of the given choices must be left out, as few as possible, for a plan to exist."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.instance import Instance
from models.plan import Result, Status
from optimizer.alternatives import alternative
from optimizer.alternatives_held import choosing_only, is_large, joining_years, with_years
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool

ANY_PLAN = 0.5
"""Gap asked for where any plan will do."""


@dataclass(frozen=True)
class Keepable:
    """Choices that can be kept together, and the number that every plan must leave out, as far as it is proven."""

    years: Mapping[str, int]
    least_dropped: int


def keepable_by_choosing(instance: Instance, years: Mapping[str, int], options: SolveOptions) -> Keepable:
    """As many choices as the rules on choosing let stand together, what is built and paid for left aside.

    It is a small problem at any size: the greatest number is proven. Among sets of the same size, choices named first
    are kept.
    """
    return _most_kept(choosing_only(instance), years, options) or Keepable({}, 0)


def keepable(
    instance: Instance, years: Mapping[str, int], by_choosing: Keepable, options: SolveOptions, pool: RunPool
) -> Keepable:
    """As many of the choices `years` as can be kept in a plan that keeps every rule.

    `by_choosing` are those that the rules on choosing let stand together, and no plan makes all of these. Proven to be
    the most where the problem is small. A large one is asked without all choices of a year, then without those of
    several, and what was left out is put back one at a time.
    """
    if not is_large(instance):
        found = _most_kept(instance, years, options)
        if found is not None:
            return found
    quick = replace(options, gap=max(options.gap, ANY_PLAN))

    def exists(kept: Mapping[str, int], name: str) -> bool:
        found = pool.solve([Run(name, with_years(instance, kept), quick)])
        return name in found and found[name].plan is not None

    left = _without_years(by_choosing.years, exists)
    # Those that the rules on choosing left out come last: they may take the places of others that cannot stay.
    for county, year in {**by_choosing.years, **years}.items():
        if county not in left and exists({**left, county: year}, f"with {county} again"):
            left[county] = year
    # Another set of those that the rules on choosing allow may lose nothing more: no more than their number is proven.
    least = max(1, by_choosing.least_dropped)
    return Keepable({county: year for county, year in years.items() if county in left}, least)


def _without_years(years: Mapping[str, int], exists: Callable[[Mapping[str, int], str], bool]) -> dict[str, int]:
    """The choices less those of one year, or of as many years, the last first, as it takes."""
    given = sorted(set(years.values()))
    by_size = sorted(given, key=lambda year: sum(1 for when in years.values() if when == year))
    for year in by_size:
        left = {county: when for county, when in years.items() if when != year}
        if exists(left, f"without the choices of {year}"):
            return left
    for first in reversed(given):
        left = {county: when for county, when in years.items() if when < first}
        if not left or exists(left, f"without the choices from {first} on"):
            return left
    return {}


def _most_kept(instance: Instance, years: Mapping[str, int], options: SolveOptions) -> Keepable | None:
    """The greatest number of choices in one plan; None where no plan was found, or fewer were not ruled out."""
    count = len(years)
    # Less than one choice in all, so that it decides among sets of the same size only.
    weights: dict[tuple[str | int, ...], float] = {
        (county, year): -1.0 - (count - place) / (2.0 * count * (count + 1))
        for place, (county, year) in enumerate(years.items())
    }
    found: Result = alternative(instance, replace(options, gap=0.0), None, weights)
    if found.plan is None or found.status is not Status.SOLVED:
        return None
    joins = joining_years(found.plan)
    kept = {county: year for county, year in years.items() if joins.get(county) == year}
    return Keepable(kept, count - len(kept))


def keepable_plants(
    instance: Instance,
    built: Mapping[tuple[str, str, int], float],
    counties: Sequence[str],
    options: SolveOptions,
    pool: RunPool,
) -> tuple[str, ...]:
    """Counties whose given plants can stand together, put together one at a time; `instance` has the joining years."""
    quick = replace(options, gap=max(options.gap, ANY_PLAN))
    kept: list[str] = []
    for county in counties:
        tried = {index: plants for index, plants in built.items() if index[0] in (*kept, county)}
        name = f"with the plants of {county}"
        found = pool.solve([Run(name, replace(instance, built=tried), quick)])
        if name in found and found[name].plan is not None:
            kept.append(county)
    return tuple(kept)
