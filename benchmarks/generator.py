"""Instances of any size that resemble the shipped case, made from a seed.

    generate(Size(counties=1000, provinces=30, years=10, goods=5, tightness=1.0, seed=1))

All mechanisms are on: both scales, lanes within provinces, existing plants and their modernisation, crowding out,
intermediate products, raw materials, package items, picks, central and local means, donors, support bases, counties'
budgets, quotas, stipends, and a tail. The same size and seed give the same instance with the same NumPy. Where people
live is drawn in `generated_places`, what can be built is listed in `generated_menu`.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.generated_menu import (
    FIBRE,
    INTERMEDIATE,
    MATERIALS,
    SCALES,
    STEEL,
    SUPPLY,
    TIMBER,
    Menu,
    menu,
)
from benchmarks.generated_places import Place, capital_of, places
from models.instance import Instance
from models.records import NO_LIMIT, BuildOption, County, ExistingPlant, Lane, Policy, Province, Purse

FIRST_YEAR = 2027
TAIL_YEARS = 10
DISCOUNT_RATE = 0.08

PICKED = 1.1
"""Counties that the picks of all years would suffice for, as a share of the counties there are."""

SITES_EACH = 15
"""A province has one candidate site for provincial plants, and one more for each so many counties."""

MILLS_EACH = 3
"""One province in so many has a site for a mill of cloth."""

MEANS: Mapping[str, float] = {"funds": 0.66, "labour": 0.66, "cement": 0.74, "steel": 1.05, "currency": 0.41}
"""What the centre has at tightness 1: money, labour and materials as a share of what a year's picks would take with
one county plant of each good and all items, import currency as a share of what importing all demand would take."""

RISES = 0.035
"""Yearly rise of the centre's money and materials."""

BURDENED = 0.04
"""Share of counties whose quota is most of what they take in, so that they may be unable to pay it."""

REMITTED = 0.92
"""National target of remittances as a share of what counties owe on their base revenue and can pay."""

SIZE = re.compile(r"(\d+)x(\d+)x(\d+)x(\d+)(?:t([0-9.]+))?(?:s(\d+))?")


@dataclass(frozen=True)
class Size:
    """What a generated instance is to be. Central means are divided by `tightness`; 0: the centre's means have no
    limit."""

    counties: int
    provinces: int
    years: int = 10
    goods: int = 5
    tightness: float = 1.0
    seed: int = 0

    @property
    def name(self) -> str:
        """The size in one word, such as `180x13x10x5t1s0`: counties, provinces, years, goods, tightness, seed."""
        return f"{self.counties}x{self.provinces}x{self.years}x{self.goods}t{self.tightness:g}s{self.seed}"


def size_of(name: str) -> Size:
    """The size of a name as `Size.name` gives it; tightness and seed may be left out. Raises `ValueError`."""
    found = SIZE.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} is no size: COUNTIESxPROVINCESxYEARSxGOODS, then tTIGHTNESS and sSEED if wanted")
    counties, provinces, years, goods = (int(part) for part in found.groups()[:4])
    return Size(counties, provinces, years, goods, float(found[5] or 1.0), int(found[6] or 0))


def generate(size: Size) -> Instance:
    """The instance of a size. Raises `ValueError` for a size that cannot be, such as more provinces than counties."""
    if min(size.years, size.goods) < 1 or size.tightness < 0:
        raise ValueError(f"{size.name}: at least one year and one good, and a tightness of 0 or more")
    draw = np.random.default_rng(size.seed)
    years = tuple(range(FIRST_YEAR, FIRST_YEAR + size.years))
    country = places(size.counties, size.provinces, draw)
    offer = menu(size.goods, years, draw)
    picks = math.ceil(PICKED * size.counties / size.years)
    capital = capital_of(country)
    ground = np.exp(draw.normal(0, 0.5, len(country))).tolist()
    counties = {
        place.code: _county(place, capital, rise)
        for place, rise in zip(country, draw.choice([0.0, 0.06, 0.12], len(country)), strict=True)
    }
    sites = _sites(country)
    demand = {
        (place.code, code, year): place.people * ware.norm / 1000 * (1 + ware.growth) ** (year - FIRST_YEAR)
        for place in country
        for code, ware in offer.wares.items()
        for year in years
    }
    demand |= {
        (place.code, INTERMEDIATE, year): 0.0 for place in country for year in years if INTERMEDIATE in offer.goods
    }
    purses = _purses(country, years, draw)
    return Instance(
        title=f"Generated {size.name}",
        variant="hybrid",
        currency="thousands",
        years=years,
        tail_years=TAIL_YEARS,
        discount_rate=DISCOUNT_RATE,
        policy=_policy(),
        provinces=_provinces(country, picks, size.counties),
        counties=counties,
        goods=offer.goods,
        scales=SCALES,
        designs=offer.designs,
        materials=MATERIALS,
        inputs=offer.inputs,
        items=offer.items,
        options=dict(_options(country, sites, counties, offer)),
        demand=demand,
        lanes=_lanes(country, sites, offer),
        existing=_existing(country, offer, draw),
        input_supply=_supply(country, sites, offer, ground),
        local_material={
            (place.code, code): round(tonnes * place.people, 1)
            for place in country
            for code, tonnes in (("cement", 0.002), ("steel", 0.0002))
        },
        decided={},
        picks=dict.fromkeys(years, float(picks)),
        purses=purses,
        national_remittance=_targets(purses, years),
        modernisations=dict.fromkeys(years, NO_LIMIT),
        **_central(size, years, picks, counties, offer, demand),
    )


def _county(place: Place, capital: Place, rise: float) -> County:
    people, urban = place.people, place.urban
    return County(
        code=place.code,
        name=place.code.upper(),
        local_name=place.code,
        province=place.province,
        kind="city" if place.seat else "county",
        population=people,
        latitude=place.latitude,
        longitude=place.longitude,
        eligible_from=FIRST_YEAR,
        workers=float(round(people * (0.011 + 0.015 * urban))),
        market_product=round(1.0 + 0.85 * urban, 2),
        local_funds=float(round(300 + people * (2.5 + 3.5 * urban) / 1000)),
        local_labour=float(round(0.002 * people)),
        site_cost_index=round(1 + rise + 0.03 * place.distance(capital) / 100, 2),
        donations=float(round(people * (0.2 + 1.3 * urban) / 1000)),
    )


def _sites(country: Sequence[Place]) -> dict[str, tuple[Place, ...]]:
    """Candidate sites of each province: its most populous counties."""
    members: dict[str, list[Place]] = {}
    for place in country:
        members.setdefault(place.province, []).append(place)
    return {province: tuple(found[: 1 + len(found) // SITES_EACH]) for province, found in members.items()}


def _mills(sites: Mapping[str, Sequence[Place]]) -> list[Place]:
    return [found[0] for number, found in enumerate(sites.values()) if number % MILLS_EACH == 0]


def _options(
    country: Sequence[Place], sites: Mapping[str, Sequence[Place]], counties: Mapping[str, County], offer: Menu
) -> Mapping[tuple[str, str], BuildOption]:
    """County plants and modernisations everywhere, provincial plants at sites, mills at theirs."""
    large = {place.code for found in sites.values() for place in found}
    mills = {place.code for place in _mills(sites)}
    found: dict[tuple[str, str], BuildOption] = {}
    for place in country:
        for code, design in offer.designs.items():
            where = mills if design.good == INTERMEDIATE else large
            if design.scale == "provincial" and place.code not in where:
                continue
            capacity, investment, variable_cost, labour, cement, workers = offer.sizes[code]
            found[place.code, code] = BuildOption(
                capacity=capacity,
                investment=investment * counties[place.code].site_cost_index,
                fixed_cost=0.05 * investment,
                variable_cost=variable_cost,
                construction_labour=labour,
                workers=workers,
                max_plants=1 if design.scale == "provincial" or design.modernisation else 8 if place.seat else 4,
                materials={"cement": cement, "steel": STEEL * cement},
            )
    return found


def _lanes(
    country: Sequence[Place], sites: Mapping[str, Sequence[Place]], offer: Menu
) -> dict[tuple[str, str, str], Lane]:
    """Every county to itself, sites to every county of their province."""
    freight = {code: offer.wares[code].freight if code in offer.wares else 0.0002 for code in offer.goods}
    found = {(place.code, place.code, good): Lane(0.0, 0.0) for place in country for good in offer.goods}
    mills = {place.code for place in _mills(sites)}
    for end in country:
        for site in sites[end.province]:
            if site.code != end.code:
                away = site.distance(end)
                for good in offer.goods:
                    if good != INTERMEDIATE or site.code in mills:
                        found[site.code, end.code, good] = Lane(away, freight[good] * away)
    return found


def _existing(country: Sequence[Place], offer: Menu, draw: np.random.Generator) -> dict[tuple[str, str], ExistingPlant]:
    """Plants that stand already: a share of demand that differs from place to place, none in the smallest."""
    found = {}
    smallest_first = np.argsort([place.people for place in country])
    for code, ware in offer.wares.items():
        without = set(smallest_first[: int(ware.missing * len(country))].tolist())
        size = np.clip(draw.lognormal(-0.1, 0.45, len(country)), 0.2, 2.0) * ware.existing * ware.norm / 1000
        for number, place in enumerate(country):
            if number not in without:
                capacity = float(round(size[number] * place.people, 1))
                found[place.code, code] = ExistingPlant(capacity, ware.existing_cost, 0.3)
    return found


def _supply(
    country: Sequence[Place], sites: Mapping[str, Sequence[Place]], offer: Menu, ground: Sequence[float]
) -> dict[tuple[str, str], float]:
    """Raw materials of the county's own."""
    found = {}
    for place, rise in zip(country, ground, strict=True):
        for code in offer.inputs:
            if code in SUPPLY:
                found[place.code, code] = float(round(SUPPLY[code] * (1 - place.urban) * place.people, 1))
            elif code == "timber":
                found[place.code, code] = float(round(TIMBER * rise, 1))
    for place in _mills(sites) if "fibre" in offer.inputs else ():
        found[place.code, "fibre"] = FIBRE
    return found


def _purses(country: Sequence[Place], years: Sequence[int], draw: np.random.Generator) -> dict[tuple[str, int], Purse]:
    """Budgets of counties, 1 % more each year; cities owe the greater quota."""
    found = {}
    noise = draw.lognormal(0, 0.08, (len(country), 2))
    burdened = draw.uniform(size=len(country)) < BURDENED
    burden = draw.uniform(0.7, 1.1, len(country))
    for number, (place, (richer, dearer)) in enumerate(zip(country, noise, strict=True)):
        revenue = place.people * (0.026 + 0.031 * place.urban) * float(richer)
        essential = place.people * (0.0235 + 0.005 * place.urban) * float(dearer)
        quota = revenue * (float(burden[number]) if burdened[number] else 0.24 if place.seat else 0.07)
        for year in years:
            growth = 1.01 ** (year - FIRST_YEAR)
            found[place.code, year] = Purse(growth * revenue, growth * min(essential, revenue), growth * quota, 0.15)
    return found


def _targets(purses: Mapping[tuple[str, int], Purse], years: Sequence[int]) -> dict[int, float]:
    found = dict.fromkeys(years, 0.0)
    for (_, year), purse in purses.items():
        found[year] += REMITTED * min(purse.base_revenue, max(purse.quota, purse.rate * purse.base_revenue))
    return found


def _provinces(country: Sequence[Place], picks: int, counties: int) -> dict[str, Province]:
    people: dict[str, list[float]] = {}
    for place in country:
        people.setdefault(place.province, []).append(place.people)
    return {
        code: Province(
            code=code,
            name=code.upper(),
            local_name=code,
            least_picks=0,
            most_picks=float(math.ceil(1.3 * picks * len(found) / counties)),
            support_uplift=0.05,
            support_cost=float(round(1500 + 0.0005 * sum(found))),
        )
        for code, found in people.items()
    }


def _central(
    size: Size,
    years: Sequence[int],
    picks: int,
    counties: Mapping[str, County],
    offer: Menu,
    demand: Mapping[tuple[str, str, int], float],
) -> dict[str, Any]:
    """The centre's means of each year: `MEANS` of what is needed, divided by the tightness."""
    index = sum(county.site_cost_index for county in counties.values()) / len(counties)
    plants = [offer.sizes[f"{code}-county"] for code in offer.wares]
    items = offer.items.values()
    needed = {
        "funds": index * (sum(plant[1] for plant in plants) + sum(item.investment for item in items)),
        "labour": sum(plant[3] for plant in plants) + sum(item.construction_labour for item in items),
        "cement": sum(plant[4] for plant in plants) + sum(item.materials["cement"] for item in items),
    }
    needed["steel"] = STEEL * needed["cement"]
    wanted = sum(
        offer.goods[good].import_currency * tonnes for (_, good, year), tonnes in demand.items() if year == years[0]
    )
    totals = {name: picks * amount for name, amount in needed.items()} | {"currency": wanted}
    middle = (years[0] + years[-1]) / 2

    def means(name: str, year: int, rises: float = 0.0) -> float:
        if size.tightness == 0:
            return NO_LIMIT
        return float(round(MEANS[name] * totals[name] / size.tightness * (1 + rises * (year - middle))))

    return {
        "central_funds": {year: means("funds", year, RISES) for year in years},
        "central_labour": {year: means("labour", year) for year in years},
        "central_material": {(code, year): means(code, year, RISES) for code in MATERIALS for year in years},
        "import_currency": {year: means("currency", year) for year in years},
    }


def _policy() -> Policy:
    return Policy(
        picks_exact=True,
        join_all=False,
        build_window=1,
        min_plants=0,
        one_per_good=False,
        least_central_share=0.5,
        most_central_share=1.0,
        reserve_carried=True,
        existing_held=True,
        plant_income_share=0.2,
        stipend_share=0.1,
        least_stipend=0.6,
        recycled_share=0.12,
        fund_share=0.5,
        donor_premium=0.2,
        most_donated_share=0.1,
        subsidy_penalty=0.1,
        shortfall_penalty=1.0,
        local_input_share=0.1,
        local_input_scope="nation",
        support_lead=2,
    )
