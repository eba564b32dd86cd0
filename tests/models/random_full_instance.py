"""Small problems drawn at random that have the later mechanisms as well: those of `random_instance` and, besides,

prices, quotas and stipends, donors, counties' budgets of poor and rich, support bases in provinces, an intermediate
good, a least share of raw materials of the county's own, existing plants held to their output, modernisation anywhere
and a figure of it, utilisation by year, a floor, limits on disparity and dispersion, and most objectives.
`random_capped_instance` has the other objectives, and caps on unevenness, on the uncovered and on cost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from models.instance import Instance
from models.records import NO_LIMIT, BuildOption, Design, Input, Objective, Policy, Purse
from tests.models.random_instance import random_instance

OBJECTIVES: tuple[Objective, ...] = ("greatest coverage", "greatest least coverage", "least central funds")
FURTHER_OBJECTIVES: tuple[Objective, ...] = ("greatest even coverage", "least concentration")
LARGEST = 40.0
"""Tonnes a year of plants without limit where a share of capacity is limited."""


def random_full_instance(seed: int) -> Instance:
    """The problem of a seed: that of `random_instance`, with more."""
    plain, draw = random_instance(seed), Random(f"full {seed}")
    budgets = draw.random() < 0.75
    policy = _policy(draw, plain, budgets)
    inputs = dict(plain.inputs)
    if "cloth" in plain.goods and draw.random() < 0.8:
        inputs["canvas"] = Input("canvas", "Canvas", local_price=3, bought_price=draw.choice([5, 40]), good="cloth")
    found = replace(
        plain,
        policy=policy,
        provinces={
            code: replace(province, support_uplift=draw.choice([0, 0.1, 0.4]), support_cost=draw.choice([2, 15]))
            for code, province in plain.provinces.items()
        },
        counties={
            code: replace(
                county,
                population=draw.choice([1_000, 3_000, 8_000]),
                donations=draw.choice([0, 0, 10, 40, NO_LIMIT]),
                priority_fund=draw.choice([0, 0, 15]),
            )
            for code, county in plain.counties.items()
        },
        goods={
            code: replace(
                good,
                import_price=None if draw.random() < 0.1 else good.import_price,
                state_price=draw.choice([2.0, 4.0, 9.0]),
                market_price=draw.choice([3.0, 5.0, 8.0]),
            )
            for code, good in plain.goods.items()
        },
        designs={code: _design(draw, plain, design, "canvas" in inputs) for code, design in plain.designs.items()},
        inputs=inputs,
        options=_limited(plain.options) if policy.dispersion_cap < 1 else plain.options,
        modernisations={year: draw.choice([0, 1, 1, NO_LIMIT]) for year in plain.years} if draw.random() < 0.5 else {},
    )
    if "canvas" in inputs:
        own = {(county, "canvas"): 2.0 for county in found.counties if draw.random() < 0.2}
        found = replace(found, input_supply={**found.input_supply, **own})
    return _with_budgets(draw, found) if budgets else found


def random_capped_instance(seed: int) -> Instance:
    """The full problem of a seed with caps on unevenness, on the uncovered or on cost, and an objective on evenness or
    concentration, or least cost."""
    found, draw = random_full_instance(seed), Random(f"capped {seed}")
    people = sum(county.population for county in found.counties.values()) * len(found.years)
    policy = replace(
        found.policy,
        objective=draw.choice(("least cost", *FURTHER_OBJECTIVES)),
        gini_cap=draw.choice([1.0, 0.2, 0.4]),
        gini_cap_from=draw.choice(found.years),
        uncovered_cap=draw.choice([NO_LIMIT, 0.9 * people]),
        cost_cap=draw.choice([NO_LIMIT, 4_000.0]),
        coverage_weight=draw.choice([0.2, 1.0]),
    )
    if policy.objective == "least concentration":
        found = replace(found, options=_limited(found.options))
    return replace(found, policy=policy)


def _policy(draw: Random, plain: Instance, budgets: bool) -> Policy:
    return replace(
        plain.policy,
        coverage_floor=draw.choice([0, 0, 0, 0, 0, 0.2]),
        coverage_floor_from=plain.last_year,
        objective=draw.choice(OBJECTIVES) if draw.random() < 0.5 else "least cost",
        objective_from=draw.choice(plain.years),
        existing_held=draw.random() < 0.3,
        modernise_anywhere=draw.random() < 0.3,
        plant_income_share=draw.choice([0, 0.5, 1]) if budgets else 0,
        stipend_share=draw.choice([0.1, 0.3]),
        least_stipend=draw.choice([0, 0, 0.5]),
        recycled_share=draw.choice([0, 0.5, 1]),
        fund_share=draw.choice([0, 0.5, 1]),
        extra_remittance=draw.random() < 0.3,
        donor_premium=draw.choice([0, 0.25]),
        most_donated_share=draw.choice([0.4, 1]),
        subsidy_penalty=draw.choice([0, 0.1]),
        shortfall_penalty=draw.choice([0, 1]),
        local_input_share=draw.choice([0, 0, 0.3]),
        local_input_scope=draw.choice(["county", "province", "nation"]),
        support_lead=draw.randint(0, 1),
        disparity_limit=draw.choice([NO_LIMIT, NO_LIMIT, NO_LIMIT, 0.3, 0.6]),
        disparity_from=draw.choice(plain.years),
        dispersion_cap=draw.choice([1, 1, 1, 1, 0.6, 0.8]),
    )


def _design(draw: Random, plain: Instance, design: Design, canvas: bool) -> Design:
    """Cloth is made of no canvas: no good is needed to make itself."""
    used = {"canvas": 0.25} if canvas and design.good == "food" and draw.random() < 0.7 else {}
    return replace(
        design,
        quota=draw.choice([0, 0, 0.3, 0.7]),
        yearly_utilisation={year: draw.choice([0, 0.5, 0.9]) for year in plain.years if draw.random() < 0.15},
        inputs={**design.inputs, **used},
    )


def _limited(options: Mapping[tuple[str, str], BuildOption]) -> dict[tuple[str, str], BuildOption]:
    return {place: replace(option, capacity=min(LARGEST, option.capacity)) for place, option in options.items()}


def _with_budgets(draw: Random, found: Instance) -> Instance:
    """Four counties in five have a budget; half of those give what is left of it, and no more is said of that."""
    planned = [county for county in found.counties if draw.random() < 0.8]
    counties: dict[str, Any] = dict(found.counties)
    for code in planned:
        if draw.random() < 0.5:
            counties[code] = replace(counties[code], local_funds=NO_LIMIT)
    purses = {(county, year): purse for county in planned for year, purse in _purses(draw, found.years)}
    targets = {year: 3.0 for year in found.years if planned and draw.random() < 0.1}
    return replace(found, counties=counties, purses=purses, national_remittance=targets)


def _purses(draw: Random, years: tuple[int, ...]) -> Iterator[tuple[int, Purse]]:
    """The budget of a poor or a rich county, of which some have a bad year."""
    revenue, essential = draw.choice([(4.0, 12.0), (20.0, 15.0), (60.0, 20.0), (150.0, 60.0)])
    quota, rate = draw.choice([0.0, 0.1, 0.5, 1.1]) * revenue, draw.choice([0.0, 0.2, 0.5])
    for year in years:
        yield year, Purse(revenue * draw.choice([0.4, 1, 1, 1.3]), essential, quota, rate)
