"""The rules in steps, from the few that choose counties to all: a conflict among few is found and told sooner.

Leaving rules out only makes room, so that what cannot hold together at one step cannot in the whole either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from models.instance import Instance
from models.problem import BOOKKEEPING
from models.records import NO_LIMIT, BuildOption
from models.rules import RULES, Rule, building, choosing, means, money, policy
from models.tightening import local_means_while_building

EVERYTHING = "everything"
"""Name of the last step."""

CHOOSING: tuple[Rule, ...] = (
    choosing.selected_once,
    choosing.joined_by,
    choosing.picks_per_year,
    choosing.province_picks,
    choosing.decided,
    choosing.eligible_from,
)
"""Rules on who joins when."""

BUILDING: tuple[Rule, ...] = (
    *CHOOSING,
    building.running_plants,
    building.starts_where_selected,
    building.package,
    building.sites,
    building.modernise_existing,
    building.modernisations_per_year,
    means.workers,
    means.construction_labour,
    means.central_labour_pool,
    means.construction_materials,
    means.central_material_pool,
    money.investment_funded,
    money.donation_limit,
    money.central_budget,
    policy.dispersion_cap,
    local_means_while_building,
)
"""Rules on who joins when, what is built there and with whose means; nothing is made or carried yet. The tightening
holds for every plan, and lets parts of joinings show what whole ones come to."""


@dataclass(frozen=True)
class Level:
    """Some of the rules, and the instance as far as they need it; `name` says in words what is looked at."""

    name: str
    instance: Instance
    rules: tuple[Rule, ...]


def levels(instance: Instance) -> Iterator[Level]:
    """The steps, the whole problem last."""
    bare = without_goods(instance)
    yield Level("who joins when", bare, CHOOSING)
    yield Level("who joins when, what is built and with whose means", bare, BUILDING)
    yield Level(EVERYTHING, instance, (*RULES, *BOOKKEEPING, local_means_while_building))


def without_goods(instance: Instance) -> Instance:
    """The instance without demand, lanes and counties' budgets, and with such plants only as packages may ask for; the
    centre has what could come back to it at most."""
    funds = dict(instance.central_funds)
    for year in instance.years:
        if funds[year] < NO_LIMIT:
            funds[year] += instance.policy.recycled_share * most_remitted(instance, year - 1)
    return replace(
        instance,
        demand={},
        lanes={},
        purses={},
        national_remittance={},
        central_funds=funds,
        options=_asked_for(instance),
    )


def _asked_for(instance: Instance) -> Mapping[tuple[str, str], BuildOption]:
    """Plants that a package may ask for: none where no plants are asked for, and of two in a county that do the same
    for a package not the one that takes more of everything."""
    policy = instance.policy
    if policy.min_plants == 0 and not policy.one_per_good:
        return {}
    if policy.dispersion_cap < 1:
        return instance.options  # capacities count as well
    found: dict[tuple[str, str], BuildOption] = {}
    for county, codes in instance.designs_at.items():
        kept: list[str] = []
        for code in codes:
            if not any(_does_as_well(instance, county, other, code) for other in kept):
                kept = [other for other in kept if not _does_as_well(instance, county, code, other)]
                kept.append(code)
        found |= {(county, code): instance.options[county, code] for code in kept}
    return found


def _does_as_well(instance: Instance, county: str, one: str, other: str) -> bool:
    """Whether a plant of one design can stand in a package for each plant of another, and takes no more of anything."""
    policy, (first, second) = instance.policy, (instance.designs[code] for code in (one, other))
    if policy.one_per_good and first.good != second.good:
        return False
    alike = ("lead_years", "lifetime_years", "modernisation")
    if any(getattr(first, name) != getattr(second, name) for name in alike):
        return False
    here, there = instance.options[county, one], instance.options[county, other]
    enough = here.max_plants >= max(policy.min_plants, there.max_plants if policy.one_per_good else 0, 1)
    less = here.investment <= there.investment and here.construction_labour <= there.construction_labour
    less = less and here.workers <= there.workers
    materials = (here.materials.get(code, 0.0) <= there.materials.get(code, 0.0) for code in instance.materials)
    return enough and less and all(materials)


def most_remitted(instance: Instance, year: int) -> float:
    """Most that all counties together could remit in a year, money."""
    total = 0.0
    for index, purse in instance.purses.items():
        if index[1] == year:
            most = instance.revenue_range[index][1]
            owed = most if instance.policy.extra_remittance else max(purse.quota, purse.rate * most)
            total += min(most, owed)
    return total
