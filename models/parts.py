"""Parts of a problem planned alone: one good with what it is made of, or one province.

A part is an `Instance` of its own. It answers "what would be best for this good, or this province, by itself", which
is not what a plan of the whole does for it: the whole shares means out as it likes, a part has a share fixed here.
Costs of parts do not add up to that of the whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import floor
from typing import TypeVar

from models.instance import Instance
from models.records import NO_LIMIT, County, Policy

Key = TypeVar("Key")

ONLY_GOOD = (
    "A good is planned alone, with the goods it is made of. It has all means of centre and counties for itself: "
    "picks, funds, labour, materials, import currency, workers. What is asked of all goods together is not asked of "
    "it: package items, the least share of own raw materials, the least stipend, counties' budgets, caps on the whole "
    "nation; of the fewest plants of a joining county it keeps its part, rounded down. People's demand for the goods "
    "it is made of, and existing plants of these, are left out."
)
"""What `only_good` does, for readers of results."""

ONLY_PROVINCE = (
    "A province is planned alone: nothing comes in from other provinces or goes to them. Of the centre's money, "
    "labour, materials and import currency it has its share of the people; of the yearly picks its share of the "
    "counties that may join, in whole numbers; of modernisations its share of existing plants; of the target of "
    "remittances its share of what counties owe. Limits between provinces and caps on the nation fall away."
)
"""What `only_province` does, for readers of results."""


def goods_of(instance: Instance, good: str) -> tuple[str, ...]:
    """A good and, after it, all goods that it is made of, through every stage, in the order of the instance.

    Raises `KeyError` for a good that the instance does not have.
    """
    found = {instance.goods[good].code}
    before: set[str] = set()
    while found != before:
        before = set(found)
        for design in instance.designs.values():
            if design.good in before:
                parts = (instance.inputs[entry].good for entry, tonnes in design.inputs.items() if tonnes > 0)
                found |= {part for part in parts if part is not None}
    return (good, *(code for code in instance.goods if code in found and code != good))


def only_good(instance: Instance, good: str) -> Instance:
    """The problem of one good planned alone.

    Kept: the good and all goods that it is made of (`goods_of`), their designs and lanes; every county, year, lane and
    choice already made; the centre's and the counties' means in full, for the good has first claim on them. People's
    demand for a good that it is made of is set to 0, and existing plants of such a good are left out with their
    modernisation: they serve that demand.

    Left out, for it concerns all goods together: package items; `local_input_share` and `least_stipend`, which one
    good may miss where others make up for it; `min_plants`, of which the whole number of plants remains that comes on
    one of the goods that people want; caps on the whole nation's Gini coefficient, uncovered people and cost.
    `one_per_good` stays as it is. Counties' budgets are not planned: a county
    whose budget was gives at most what its base revenue leaves after remittance and essential expenditure, in its
    poorest year; remittances do not add to central funds and subsidies do not burden them.
    Raises `KeyError` for a good that the instance does not have.
    """
    kept = goods_of(instance, good)
    designs = {
        code: design
        for code, design in instance.designs.items()
        if design.good == good or (design.good in kept and not design.modernisation)
    }
    used = {entry for design in designs.values() for entry in design.inputs}
    wanted = {ware for (_, ware, _), tonnes in instance.demand.items() if tonnes > 0}
    policy = replace(
        _without_caps(instance.policy),
        min_plants=instance.policy.min_plants // max(1, len(wanted)),
        local_input_share=0.0,
        least_stipend=0.0,
        plant_income_share=0.0,
        recycled_share=0.0,
    )
    return replace(
        instance,
        policy=policy,
        counties={code: _giving(instance, county) for code, county in instance.counties.items()},
        goods={code: ware for code, ware in instance.goods.items() if code in kept},
        designs=designs,
        inputs={code: entry for code, entry in instance.inputs.items() if code in used},
        items={},
        options={place: option for place, option in instance.options.items() if place[1] in designs},
        demand={key: tonnes if key[1] == good else 0.0 for key, tonnes in instance.demand.items() if key[1] in kept},
        lanes={key: lane for key, lane in instance.lanes.items() if key[2] in kept},
        existing={key: plant for key, plant in instance.existing.items() if key[1] == good},
        input_supply={key: tonnes for key, tonnes in instance.input_supply.items() if key[1] in used},
        purses={},
        national_remittance={},
        built={key: plants for key, plants in instance.built.items() if key[1] in designs},
    )


def only_province(instance: Instance, province: str) -> Instance:
    """The problem of one province planned alone.

    Kept: its counties, with all that is theirs; lanes within it; every good, design, item and setting. Shared out:

    - central funds, labour, materials and import currency of each year: by population (by number of counties where
      no population is given)
    - picks: by number of counties that may join at all, in whole numbers whose sum over the years follows the exact
      share; at least what choices already made and `least_picks` ask in a year, at most `most_picks`
    - modernisations: by number of existing plants, in whole numbers likewise
    - the target of remittances: by base revenue of the year

    `dispersion_cap` and `disparity_limit`, which compare provinces, are lifted, and so are caps on the whole nation's
    Gini coefficient, uncovered people and cost.
    Raises `ValueError` for a province without counties, `KeyError` for one that the instance does not have.
    """
    members = instance.counties_of[province]
    if not members:
        raise ValueError(f"the province {province} has no counties")
    inside = frozenset(members)
    share = _share(instance, inside, lambda county: county.population) or len(inside) / len(instance.counties)
    policy = replace(_without_caps(instance.policy), dispersion_cap=1.0, disparity_limit=NO_LIMIT)
    return replace(
        instance,
        policy=policy,
        provinces={province: instance.provinces[province]},
        counties={code: county for code, county in instance.counties.items() if code in inside},
        options={key: option for key, option in instance.options.items() if key[0] in inside},
        demand={key: tonnes for key, tonnes in instance.demand.items() if key[0] in inside},
        lanes={key: lane for key, lane in instance.lanes.items() if key[0] in inside and key[1] in inside},
        existing={key: plant for key, plant in instance.existing.items() if key[0] in inside},
        input_supply={key: tonnes for key, tonnes in instance.input_supply.items() if key[0] in inside},
        local_material={key: tonnes for key, tonnes in instance.local_material.items() if key[0] in inside},
        decided={code: year for code, year in instance.decided.items() if code in inside},
        picks=_picks(instance, province, inside),
        central_funds=_part(instance.central_funds, share),
        central_labour=_part(instance.central_labour, share),
        central_material=_part(instance.central_material, share),
        import_currency=_part(instance.import_currency, share),
        purses={key: purse for key, purse in instance.purses.items() if key[0] in inside},
        national_remittance=_remittances(instance, inside),
        modernisations=_modernisations(instance, inside),
        built={key: plants for key, plants in instance.built.items() if key[0] in inside},
    )


def least_cost(instance: Instance) -> Instance:
    """The same problem with least cost as its objective."""
    policy: Policy = replace(instance.policy, objective="least cost", objective_from=0)
    return replace(instance, policy=policy)


def _without_caps(policy: Policy) -> Policy:
    """A policy without limits on the plan of the whole nation, which no part of it can be held to."""
    return replace(policy, gini_cap=1.0, uncovered_cap=NO_LIMIT, cost_cap=NO_LIMIT)


def _giving(instance: Instance, county: County) -> County:
    """A county whose budget is no longer planned, with what its budget leaves as the most that it gives."""
    left = []
    for year in instance.years:
        purse = instance.purses.get((county.code, year))
        if purse is not None:
            due = min(purse.base_revenue, max(purse.quota, purse.rate * purse.base_revenue))
            left.append(max(0.0, purse.base_revenue - due - purse.essential))
    return replace(county, local_funds=min(county.local_funds, *left)) if left else county


def _share(instance: Instance, inside: frozenset[str], size: Callable[[County], float]) -> float:
    """What counties have of all, 0 where there is nothing at all."""
    whole = sum(size(county) for county in instance.counties.values())
    return sum(size(county) for code, county in instance.counties.items() if code in inside) / whole if whole else 0.0


def _part(means: Mapping[Key, float], share: float) -> dict[Key, float]:
    return {key: amount if amount == NO_LIMIT else amount * share for key, amount in means.items()}


def _picks(instance: Instance, province: str, inside: frozenset[str]) -> dict[int, float]:
    bounds = instance.provinces[province]
    share = _share(instance, inside, lambda county: float(county.eligible_from is not None))
    found: dict[int, float] = {}
    exact = given = 0.0
    for year in instance.years:
        if instance.picks[year] == NO_LIMIT:
            found[year] = NO_LIMIT
            continue
        exact += share * instance.picks[year]
        decided = sum(1 for code, when in instance.decided.items() if code in inside and when == year)
        least = max(bounds.least_picks, decided)
        found[year] = max(least, min(bounds.most_picks, floor(exact + 0.5) - given, instance.picks[year]), 0)
        given += found[year]
    return found


def _modernisations(instance: Instance, inside: frozenset[str]) -> dict[int, float]:
    share = sum(1 for place in instance.existing if place[0] in inside) / max(1, len(instance.existing))
    found: dict[int, float] = {}
    exact = given = 0.0
    for year, most in instance.modernisations.items():
        if most == NO_LIMIT:
            found[year] = NO_LIMIT
            continue
        exact += share * most
        found[year] = max(0.0, floor(exact + 0.5) - given)
        given += found[year]
    return found


def _remittances(instance: Instance, inside: frozenset[str]) -> dict[int, float]:
    """Of each year's target, the part of what all counties owe, and can pay without plants, that is owed `inside`."""
    found = {}
    for year, target in instance.national_remittance.items():
        owed = {
            code: min(purse.base_revenue, max(purse.quota, purse.rate * purse.base_revenue))
            for (code, when), purse in instance.purses.items()
            if when == year
        }
        whole = sum(owed.values())
        found[year] = target * sum(amount for code, amount in owed.items() if code in inside) / whole if whole else 0.0
    return found
