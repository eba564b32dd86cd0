"""Measures of a variant that several tables and charts of a comparison tell of, each worked out once."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

from models.measures.attribution import GoodCharge, SupplyCost, charges_by_good, supply_costs
from models.measures.equity import Equity, equity
from models.measures.sources import Supply, sources
from models.measures.supply import coverage_by_county, domestic_supply, national_coverage
from models.plan import Plan
from reports.columns import plan_of
from reports.comparison import Compared, Comparison

Told = TypeVar("Told", Compared, Comparison)
Found = TypeVar("Found")


def once(find: Callable[[Told], Found]) -> Callable[[Told], Found]:
    """Keep what a function finds of a variant or a comparison with it, and find it only once."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def kept(told: Told) -> Found:
        known: dict[str, Found] = vars(told)
        if name not in known:
            known[name] = find(told)
        return known[name]

    return kept


def its_plan(compared: Compared) -> Plan:
    """The plan of a variant that has one; raises `ValueError` for one that has none."""
    return plan_of(compared.result)


@once
def costs_of_supply(compared: Compared) -> Mapping[tuple[str, str], SupplyCost]:
    """What supplying each county with each good costs, by (county, good)."""
    return supply_costs(compared.instance, its_plan(compared), _charges(compared))


@once
def _charges(compared: Compared) -> tuple[GoodCharge, ...]:
    return charges_by_good(compared.instance, its_plan(compared))


@once
def costs_by_good(compared: Compared) -> Mapping[tuple[str, str], float]:
    """Discounted cost by (term, good); the good is blank where a cost is for none in particular."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for charge in _charges(compared):
        found[charge.term, charge.good] += charge.amount
    return found


@once
def costs_by_term(compared: Compared) -> Mapping[str, float]:
    """Discounted cost by term, of the terms that the result has; empty without a plan."""
    found: dict[str, float] = {}
    for charge in compared.result.charges:
        found[charge.term] = found.get(charge.term, 0.0) + charge.amount
    return found


@once
def last_sources(compared: Compared) -> Mapping[tuple[str, str], Supply]:
    """Where each county has each good from in the last year, by (county, good)."""
    return sources(compared.instance, its_plan(compared), compared.instance.last_year)


@once
def evenness(compared: Compared) -> tuple[Equity, ...]:
    """Inequality of coverage by year and good, all goods together last."""
    return equity(compared.instance, its_plan(compared))


@once
def coverage(compared: Compared) -> Mapping[tuple[str, int], float]:
    """Domestic supply relative to demand in the whole country, by (good or `ALL_GOODS`, year)."""
    return national_coverage(compared.instance, domestic_supply(compared.instance, its_plan(compared)))


@once
def county_coverage(compared: Compared) -> Mapping[tuple[str, str, int], float]:
    """Domestic supply relative to demand, by (county, good or `ALL_GOODS`, year)."""
    return coverage_by_county(compared.instance, its_plan(compared))
