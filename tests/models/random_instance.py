"""Small problems drawn at random, the same for the same seed, that between them have all that a problem can have.

Windows of 0 to 2 years, leads and lifetimes that end within the plan, crowding out, means of the counties and the
centre with and without limit, modernisation, a provincial scale confined to a site with several lanes, unlimited
capacity, the least number of plants, one of each good, exact picks, decided and barred counties.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from models.instance import Instance
from models.records import (
    NO_LIMIT,
    BuildOption,
    ExistingPlant,
    Input,
    Lane,
    Material,
    PackageItem,
    Policy,
    Province,
    Scale,
)
from tests.models.tiny_instance import design, option, tiny_instance

GOODS = ("food", "cloth")


def random_instance(seed: int) -> Instance:
    """The problem of a seed."""
    draw = Random(seed)
    counties = ("alder", "birch", "cedar", "dogwood")[: draw.randint(2, 4)]
    goods = GOODS[: draw.randint(1, 2)]
    base = tiny_instance(counties, draw.randint(2, 6 - len(counties)), goods)
    years, town = base.years, draw.choice(counties)
    demand = {key: float(draw.randint(0, 3) * 5 + draw.randint(1, 5)) for key in base.demand}
    designs = dict(_designs(draw, goods))
    existing = {
        (county, good): ExistingPlant(draw.randint(1, 12), draw.choice([1, 4, 12]), draw.choice([0, 0.25, 1]))
        for county in counties
        for good in goods
        if draw.random() < 0.5
    }
    options = {
        (county, code): _option(draw, code)
        for county in counties
        for code, made in designs.items()
        if made.scale == "county" or county == town
        if not made.modernisation or (county, made.good) in existing or draw.random() < 0.2
    }
    lanes = dict(base.lanes)
    for good in goods:
        lanes |= {
            (town, end, good): Lane(10, draw.choice([0.5, 2, 20]))
            for end in counties
            if end != town and draw.random() < 0.6
        }
    changes: dict[str, Any] = {
        "tail_years": draw.randint(0, 3),
        "discount_rate": draw.choice([0.0, 0.1]),
        "policy": _policy(draw),
        "provinces": {
            "north": Province("north", "North", "north", draw.choice([0, 0, 1]), draw.choice([1, 2, NO_LIMIT])),
            "south": Province("south", "South", "south", 0, draw.choice([1, NO_LIMIT])),
        },
        "counties": {
            code: replace(
                county,
                province=draw.choice(["north", "south"]),
                eligible_from=draw.choice([2027, 2027, 2027, 2028, None]),
                workers=draw.choice([8, 15, NO_LIMIT]),
                market_product=draw.choice([0, 0.5]),
                local_funds=draw.choice([0, 20, 60, NO_LIMIT]),
                local_labour=draw.choice([0, 5, NO_LIMIT]),
                site_cost_index=draw.choice([1.0, 1.5]),
            )
            for code, county in base.counties.items()
        },
        # Imports may run out of currency only where demand may be short.
        "goods": {
            code: replace(good, import_price=draw.choice([4, 10]), shortage_penalty=draw.choice([15, 40]))
            for code, good in base.goods.items()
        },
        "scales": {"county": Scale("county", "County"), "provincial": Scale("provincial", "Provincial")},
        "designs": designs,
        "materials": {"steel": Material("steel", "Steel")},
        "inputs": {"grain": Input("grain", "Grain", local_price=draw.choice([0.5, 2]), bought_price=1)},
        "items": {
            "clinic": PackageItem("clinic", "Clinic", draw.choice(years), draw.choice([0, 15]), 3, {"steel": 2}),
        }
        if draw.random() < 0.6
        else {},
        "options": options,
        "demand": demand,
        "lanes": lanes,
        "existing": existing,
        "input_supply": {(county, "grain"): draw.choice([4, 30]) for county in counties if draw.random() < 0.5},
        "local_material": {(county, "steel"): 4 for county in counties if draw.random() < 0.5},
        "decided": {},
        "picks": {year: draw.choice([1, 1, 2, NO_LIMIT]) for year in years},
        "central_funds": _means(draw, years, 120),
        "central_labour": _means(draw, years, 30),
        "central_material": {("steel", year): amount for year, amount in _means(draw, years, 15).items()},
        "import_currency": _means(draw, years, 30),
    }
    found = replace(base, **changes)
    free = [code for code, county in found.counties.items() if county.eligible_from == 2027]
    return replace(found, decided={free[0]: draw.choice(years)}) if free and draw.random() < 0.2 else found


def _designs(draw: Random, goods: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for good in goods:
        for kind, scale in (("plain", "county"), ("large", "county"), ("modern", "county"), ("joint", "provincial")):
            if kind != "plain" and draw.random() < 0.4:
                continue
            code = f"{good}-{kind}"
            yield (
                code,
                design(
                    code,
                    good,
                    scale=scale,
                    modernisation=kind == "modern",
                    lead_years=draw.randint(0, 2),
                    lifetime_years=draw.choice([1, 2, NO_LIMIT, NO_LIMIT]),
                    utilisation=draw.choice([0.8, 1.0]),
                    inputs={"grain": draw.choice([0.5, 1])} if draw.random() < 0.5 else {},
                ),
            )


def _option(draw: Random, code: str) -> BuildOption:
    size = {"plain": 1, "modern": 1, "large": 2, "joint": 4}[code.split("-")[1]]
    return option(
        capacity=draw.choice([6.0, 8.0, 11.0, NO_LIMIT if size > 1 else 9.0]) * size,
        investment=float(draw.choice([20, 35, 50]) * size),
        fixed_cost=draw.choice([0.0, 2.0]),
        variable_cost=draw.choice([0.0, 1.0, 3.0]),
        construction_labour=4.0 * size,
        workers=3.0 * size,
        max_plants=draw.randint(1, 3),
        materials={"steel": 2.0 * size} if draw.random() < 0.7 else {},
    )


def _policy(draw: Random) -> Policy:
    return Policy(
        picks_exact=draw.random() < 0.3,
        join_all=draw.random() < 0.2,
        build_window=draw.randint(0, 2),
        min_plants=draw.choice([0, 0, 1, 2]),
        one_per_good=draw.random() < 0.3,
        least_central_share=draw.choice([0.0, 0.3]),
        most_central_share=draw.choice([0.8, 1.0]),
        reserve_carried=draw.random() < 0.5,
    )


def _means(draw: Random, years: tuple[int, ...], amount: float) -> dict[int, float]:
    """Means of each year: all without limit, all limited, or some of the years."""
    share = draw.choice([0.0, 0.8, 1.0])
    return {year: amount if draw.random() < share else NO_LIMIT for year in years}
