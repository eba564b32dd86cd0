"""How industry is spread over the country, and what would be left of supply if a province's plants were lost."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE, herfindahl, share
from models.measures.supply import ALL_GOODS, domestic_supply, national_coverage
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How new capacity of a good is spread, and how much coverage hangs on one province.

    `new_capacity` (t/yr), `largest_share` and `herfindahl` are None where capacity is unlimited, and for all goods
    together, whose tonnes do not add up. `counties` have new plants. `coverage` and `coverage_left` are shares of the
    nation's demand in a year, the latter without the plants of `worst_province`.
    """

    good: str
    new_capacity: float | None
    largest_province: str | None
    largest_share: float | None
    herfindahl: float | None
    counties: int
    coverage: float | None
    worst_province: str | None
    coverage_left: float | None


def new_capacity(instance: Instance, plan: Plan) -> Mapping[tuple[str, str], float]:
    """Capacity started in all plan years, tonnes per year at full utilisation, by province and good.

    Formula: sum(c in p, d of g, t, capacity[c,d] * start[c,d,t]); modernisations count, as in `dispersion_cap`.
    """
    found = {(province, good): 0.0 for province in instance.provinces for good in instance.goods}
    for (county, design, _), plants in plan.start.items():
        if plants > NEGLIGIBLE:
            place = (instance.counties[county].province, instance.designs[design].good)
            found[place] += instance.options[county, design].capacity * plants
    return found


def plants_started(instance: Instance, plan: Plan) -> Mapping[tuple[str, str], float]:
    """Plants started in all plan years, modernisations included, by county and good; zero left out."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for (county, design, _), plants in plan.start.items():
        if plants > NEGLIGIBLE:
            found[county, instance.designs[design].good] += plants
    return found


def coverage_without(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    """The nation's coverage if the plants of one province were lost, by that province, good (or all) and year.

    Nothing is planned anew: what new and existing plants of the province sent is missing, and everything else goes
    where it went. Output lost elsewhere for want of intermediate products is not counted.

    Formula: sum(j, max(0, domestic_supply[j,g,t] - sum(c in p, ship[c,j,g,t]))) / sum(j, demand[j,g,t]); for all goods
        the mean over those with demand.
    """
    lost: dict[str, dict[tuple[str, str, int], float]] = {code: defaultdict(float) for code in instance.provinces}
    for (origin, destination, good, year), tonnes in plan.ship.items():
        lost[instance.counties[origin].province][destination, good, year] += tonnes
    supplied = domestic_supply(instance, plan)
    found: dict[tuple[str, str, int], float] = {}
    for province, sent in lost.items():
        left = {place: max(0.0, tonnes - sent.get(place, 0.0)) for place, tonnes in supplied.items()}
        for (good, year), covered in national_coverage(instance, left).items():
            found[province, good, year] = covered
    return found


def dispersion(instance: Instance, plan: Plan, year: int | None = None) -> tuple[Dispersion, ...]:
    """Spread of new capacity, and coverage of a year (the last, unless given) left without the worst province,
    by good, all goods together last."""
    when = instance.last_year if year is None else year
    capacity = new_capacity(instance, plan)
    plants = plants_started(instance, plan)
    covered = national_coverage(instance, domestic_supply(instance, plan))
    without = coverage_without(instance, plan)
    return tuple(
        _dispersion(instance, good, when, capacity, plants, covered.get((good, when)), without)
        for good in (*instance.goods, ALL_GOODS)
    )


def _dispersion(
    instance: Instance,
    good: str,
    year: int,
    capacity: Mapping[tuple[str, str], float],
    plants: Mapping[tuple[str, str], float],
    covered: float | None,
    without: Mapping[tuple[str, str, int], float],
) -> Dispersion:
    held = {} if good == ALL_GOODS else {province: capacity[province, good] for province in instance.provinces}
    total = sum(held.values())
    known = bool(held) and total < math.inf
    largest = max(held, key=lambda province: held[province]) if known and total > NEGLIGIBLE else None
    left = {province: without[province, good, year] for province in instance.provinces if covered is not None}
    worst = min(left, key=lambda province: left[province], default=None)
    return Dispersion(
        good=good,
        new_capacity=total if held else None,
        largest_province=largest,
        largest_share=None if largest is None else share(held[largest], total),
        herfindahl=herfindahl(held.values()) if known else None,
        counties=len({county for county, made in plants if good in (made, ALL_GOODS)}),
        coverage=covered,
        worst_province=worst,
        coverage_left=None if worst is None else left[worst],
    )
