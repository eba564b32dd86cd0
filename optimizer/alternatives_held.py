"""Smaller problems next to a known plan: most counties keep their joining years, a few are free or are moved.

Where every other county is held the problem is small, and its best plan is one of the whole problem too: what it costs
is never less than the best of all. So a difference found here is the most that a change can cost, not the least.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from models.instance import Instance
from models.plan import Plan
from models.records import NO_LIMIT, Policy
from optimizer.solvers import LARGE


def is_large(instance: Instance) -> bool:
    """Whether a problem has so many whole variables that it is searched as a whole only where nothing else is left."""
    return 2 * len(instance.years) * (len(instance.options) + len(instance.counties)) >= LARGE


def joining_years(plan: Plan) -> dict[str, int]:
    """The year in which each county of the plan joins; those that do not are left out."""
    return {county: year for (county, year), value in plan.select.items() if value > 0.5}


def with_years(instance: Instance, years: Mapping[str, int]) -> Instance:
    """The problem in which these counties join in these years, besides what it has decided itself."""
    return replace(instance, decided={**years, **instance.decided})


def with_moved(instance: Instance, years: Mapping[str, int], moved: Mapping[str, int]) -> Instance:
    """The problem in which some counties join in other years than in a plan and all else stays, but for those that
    must make room: counties that the plan has joining in the years `moved` to, which may take the places left. Where
    one is moved that the plan does not have at all, somebody must go: those of its last year are free as well."""
    crowded = set(moved.values())
    if not moved.keys() <= years.keys():
        crowded |= {max(years.values(), default=instance.last_year)}
    stay = {county: year for county, year in years.items() if county not in moved and year not in crowded}
    return with_years(instance, {**stay, **moved})


def without(instance: Instance, counties: Collection[str]) -> Instance:
    """The problem in which some counties can never join; what was decided of them no longer is."""
    places = {
        code: replace(county, eligible_from=None) if code in counties else county
        for code, county in instance.counties.items()
    }
    decided = {county: year for county, year in instance.decided.items() if county not in counties}
    return replace(instance, counties=places, decided=decided)


def only_restricts(instance: Instance, barred: Instance) -> bool:
    """Whether every plan of `barred`, which has the same problem with counties barred, is one of `instance` too.

    Not so where the rules ask for less once fewer counties are left: exact picks that run out, provinces' least picks,
    and all counties having to join.
    """
    policy = instance.policy
    if policy.join_all or any(province.least_picks for province in instance.provinces.values()):
        return False
    if policy.picks_exact and NO_LIMIT in instance.picks.values():
        return False
    return instance.picks_due == barred.picks_due


def must_join(instance: Instance) -> frozenset[str]:
    """Counties that the rules on who joins alone force into every plan: decided, all that can where all must, and all
    that may where exact picks are as many."""
    last = instance.last_year
    able = {code for code, county in instance.counties.items() if (county.eligible_from or last + 1) <= last}
    everyone = instance.policy.join_all or sum(instance.picks_due.values()) >= len(able)
    return frozenset(able if everyone else instance.decided)


def choosing_only(instance: Instance) -> Instance:
    """The problem with nothing in it but the rules on who joins when: no goods, no plants, no means, no limits of
    policy."""
    policy = Policy(
        picks_exact=instance.policy.picks_exact,
        join_all=instance.policy.join_all,
        build_window=instance.policy.build_window,
        min_plants=0,
        one_per_good=False,
        least_central_share=0.0,
        most_central_share=1.0,
        reserve_carried=False,
    )
    return replace(
        instance,
        policy=policy,
        options={},
        demand={},
        lanes={},
        existing={},
        items={},
        materials={},
        input_supply={},
        local_material={},
        central_material={},
        purses={},
        national_remittance={},
        modernisations={},
        built={},
    )
