"""What an export in the IAMC form holds: each variable with its unit, its meaning and where its figures come from."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.instance import Instance
from models.measures.equity import equity
from models.measures.labour import labour_drawn
from models.measures.plants import Utilisation, existing_output, utilisation
from models.measures.purses import budgets
from models.measures.raw_materials import material_value
from models.measures.supply import (
    ALL_GOODS,
    arrivals,
    coverage_by_county,
    coverage_by_province,
    domestic_supply,
    national_coverage,
)
from models.measures.transport import haulage
from models.plan import Plan, Result
from reports.columns import (
    COUNTIES,
    DISCOUNTED,
    INDEX,
    KILOMETRES,
    MONEY_YEAR,
    PERSON_YEARS,
    PERSONS,
    PLANTS,
    SHARE,
    TONNE_KM,
    TONNES_YEAR,
    Concerns,
    Unit,
    always,
    plan_of,
)
from reports.mechanisms import has_budgets, has_donors, has_existing

Level = Literal["county", "province", "nation"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a variable: further parts of the variable's name, the place, the year.

    `code` is a county's or a province's, and blank for the nation.
    """

    parts: tuple[str, ...]
    level: Level
    code: str
    year: int
    value: float


Figures = Iterator[Figure]


@dataclass(frozen=True)
class Variable:
    """A variable of the export, or several that differ in the parts `<...>` of their name.

    Where it `adds_up`, figures are of counties, and those of provinces and the nation are their sums, given in every
    year; else figures of every level come from the measure. `concerns`: whether a problem has what it tells of.
    """

    name: str
    unit: Unit
    meaning: str
    figures: Callable[[Instance, Result], Figures]
    adds_up: bool = True
    concerns: Concerns = always


EXISTING = "Existing industry"
"""Stands for industry older than the plan where a variable is by scale."""


def labels(table: Mapping[str, Any]) -> Mapping[str, str]:
    """A name for each code that can stand in a variable's name: without `|`, and with its code where it is shared."""
    names = {code: entry.name.replace("|", "/").strip() or code for code, entry in table.items()}
    shared = [name for name, count in Counter([*names.values(), EXISTING]).items() if count > 1]
    return {code: f"{name} ({code})" if name in shared else name for code, name in names.items()}


def _of_plan(family: str) -> Callable[[Instance, Result], Figures]:
    """A decision by county and year."""

    def figures(instance: Instance, result: Result) -> Figures:
        for (county, year), value in getattr(plan_of(result), family).items():
            yield Figure((), "county", county, year, value)

    return figures


def _construction(instance: Instance, result: Result) -> Figures:
    plan = plan_of(result)
    for family in (plan.central_funds, plan.local_funds, plan.donations):
        for (county, year), money in family.items():
            yield Figure((), "county", county, year, money)


def _by_good(values: Callable[[Instance, Plan], Mapping[tuple[str, str, int], float]]) -> Any:
    """Tonnes by county, good and year."""

    def figures(instance: Instance, result: Result) -> Figures:
        goods = labels(instance.goods)
        for (county, good, year), tonnes in values(instance, plan_of(result)).items():
            yield Figure((goods[good],), "county", county, year, tonnes)

    return figures


def _of_plants(amount: Callable[[Utilisation], float]) -> Callable[[Instance, Result], Figures]:
    """What plants of the plan are or make, by scale and good."""

    def figures(instance: Instance, result: Result) -> Figures:
        goods, scales = labels(instance.goods), labels(instance.scales)
        for (county, code, year), used in utilisation(instance, plan_of(result)).items():
            design = instance.designs[code]
            yield Figure((scales[design.scale], goods[design.good]), "county", county, year, amount(used))

    return figures


def _started(instance: Instance, result: Result) -> Figures:
    goods, scales = labels(instance.goods), labels(instance.scales)
    for (county, code, year), plants in plan_of(result).start.items():
        design = instance.designs[code]
        yield Figure((scales[design.scale], goods[design.good]), "county", county, year, plants)


def _existing(part: str) -> Callable[[Instance, Result], Figures]:
    def figures(instance: Instance, result: Result) -> Figures:
        goods = labels(instance.goods)
        for (county, good, year), found in existing_output(instance, plan_of(result)).items():
            yield Figure((goods[good],), "county", county, year, getattr(found, part))

    return figures


def _coverage(instance: Instance, result: Result) -> Figures:
    plan, goods = plan_of(result), labels(instance.goods)

    def parts(good: str) -> tuple[str, ...]:
        return () if good == ALL_GOODS else (goods[good],)

    for (county, good, year), covered in coverage_by_county(instance, plan).items():
        yield Figure(parts(good), "county", county, year, covered)
    for (province, good, year), covered in coverage_by_province(instance, plan).items():
        yield Figure(parts(good), "province", province, year, covered)
    for (good, year), covered in national_coverage(instance, domestic_supply(instance, plan)).items():
        yield Figure(parts(good), "nation", "", year, covered)


def _gini(instance: Instance, result: Result) -> Figures:
    goods = labels(instance.goods)
    for found in equity(instance, plan_of(result)):
        if found.gini is not None:
            parts = () if found.good == ALL_GOODS else (goods[found.good],)
            yield Figure(parts, "nation", "", found.year, found.gini)


def _freight(instance: Instance, result: Result) -> Figures:
    goods = labels(instance.goods)
    for (good, year), moved in haulage(instance, plan_of(result)).items():
        yield Figure((goods[good],), "nation", "", year, moved.tonne_km + moved.tonne_km_within)


def _mean_haul(instance: Instance, result: Result) -> Figures:
    goods = labels(instance.goods)
    for (good, year), moved in haulage(instance, plan_of(result)).items():
        if moved.mean_haul is not None:
            yield Figure((goods[good],), "nation", "", year, moved.mean_haul)


def _workers(instance: Instance, result: Result) -> Figures:
    for (county, year), drawn in labour_drawn(instance, plan_of(result)).items():
        yield Figure((), "county", county, year, drawn.workers)


def _materials(part: str) -> Callable[[Instance, Result], Figures]:
    def figures(instance: Instance, result: Result) -> Figures:
        for (county, year), value in material_value(instance, plan_of(result)).items():
            yield Figure((), "county", county, year, getattr(value, part))

    return figures


def _budget(part: str) -> Callable[[Instance, Result], Figures]:
    def figures(instance: Instance, result: Result) -> Figures:
        for budget in budgets(instance, plan_of(result)):
            yield Figure((), "county", budget.county, budget.year, getattr(budget, part))

    return figures


def _charges(instance: Instance, result: Result) -> Figures:
    for charge in result.charges:
        yield Figure((), "county", charge.county, charge.year, charge.amount)


def _charges_by_term(instance: Instance, result: Result) -> Figures:
    for charge in result.charges:
        term = charge.term.replace("_", " ").capitalize()
        yield Figure((term,), "county", charge.county, charge.year, charge.amount)


def _demand(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    return instance.demand


def _imports(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    return plan.imports


def _shortage(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    return plan.shortage


def _elsewhere(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    return arrivals(plan)[1]


def _own(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    return arrivals(plan)[0]


VARIABLES: tuple[Variable, ...] = (
    Variable("Counties|Joining", COUNTIES, "counties that join the programme in the year", _of_plan("select")),
    Variable("Plants|Started|<scale>|<good>", PLANTS, "plants whose construction starts", _started),
    Variable("Plants|Running|<scale>|<good>", PLANTS, "plants running", _of_plants(lambda used: used.running)),
    Variable(
        "Capacity|<scale>|<good>",
        TONNES_YEAR,
        "full capacity of running plants",
        _of_plants(lambda used: used.capacity),
    ),
    Variable(
        "Capacity|Existing industry|<good>",
        TONNES_YEAR,
        "usable capacity of industry older than the plan",
        _existing("capacity"),
        concerns=has_existing,
    ),
    Variable("Output|<scale>|<good>", TONNES_YEAR, "output of running plants", _of_plants(lambda used: used.output)),
    Variable(
        "Output|Existing industry|<good>",
        TONNES_YEAR,
        "output of industry older than the plan",
        _existing("output"),
        concerns=has_existing,
    ),
    Variable("Demand|<good>", TONNES_YEAR, "what people want", _by_good(_demand)),
    Variable("Supply|Domestic|<good>", TONNES_YEAR, "domestic output that people get", _by_good(domestic_supply)),
    Variable(
        "Supply|Own county|<good>", TONNES_YEAR, "output of the county that made it, people and plants", _by_good(_own)
    ),
    Variable(
        "Supply|Other counties|<good>", TONNES_YEAR, "output from elsewhere, people and plants", _by_good(_elsewhere)
    ),
    Variable("Supply|Imports|<good>", TONNES_YEAR, "imports from abroad", _by_good(_imports)),
    Variable("Shortage|<good>", TONNES_YEAR, "demand not met", _by_good(_shortage)),
    Variable(
        "Coverage|<good>",
        SHARE,
        "domestic supply as a share of demand; Coverage alone: the mean over goods",
        _coverage,
        adds_up=False,
    ),
    Variable(
        "Gini of coverage|<good>",
        INDEX,
        "how unevenly people are covered; alone: of the mean over goods",
        _gini,
        adds_up=False,
    ),
    Variable("Freight|<good>", TONNE_KM, "tonnes times distance of domestic supply", _freight, adds_up=False),
    Variable("Mean haul|<good>", KILOMETRES, "distance that a tonne travels on average", _mean_haul, adds_up=False),
    Variable("Labour|Operation", PERSONS, "workers of running plants", _workers),
    Variable("Labour|Construction|Central", PERSON_YEARS, "labour that the centre sends", _of_plan("central_labour")),
    Variable("Labour|Construction|Local", PERSON_YEARS, "labour that counties give", _of_plan("local_labour")),
    Variable("Investment", MONEY_YEAR, "money for construction, whoever gives it, not discounted", _construction),
    Variable("Investment|Central funds", MONEY_YEAR, "part of the centre", _of_plan("central_funds")),
    Variable("Investment|Local funds", MONEY_YEAR, "part of the counties", _of_plan("local_funds")),
    Variable("Investment|Donations", MONEY_YEAR, "part of donors", _of_plan("donations"), concerns=has_donors),
    Variable("Raw materials|Own", MONEY_YEAR, "value of raw materials of the county's own", _materials("local")),
    Variable("Raw materials|Bought", MONEY_YEAR, "value of raw materials bought elsewhere", _materials("bought")),
    Variable("Raw materials|Made", MONEY_YEAR, "value of goods used as raw materials", _materials("made")),
    Variable("County budget|Revenue", MONEY_YEAR, "what counties take in", _budget("revenue"), concerns=has_budgets),
    Variable("County budget|Due", MONEY_YEAR, "what they owe the centre", _budget("due"), concerns=has_budgets),
    Variable("County budget|Remitted", MONEY_YEAR, "what they remit", _budget("paid"), concerns=has_budgets),
    Variable(
        "County budget|Not paid", MONEY_YEAR, "what they owe and cannot pay", _budget("shortfall"), concerns=has_budgets
    ),
    Variable("County budget|Subsidy", MONEY_YEAR, "what they need back", _budget("subsidy"), concerns=has_budgets),
    Variable("Cost", DISCOUNTED, "all that the plan costs; the last year also stands for those after it", _charges),
    Variable("Cost|<term>", DISCOUNTED, "part of that, by cost term", _charges_by_term),
)
"""Every variable, in the order of the export."""


def concerning(instance: Instance) -> Iterable[Variable]:
    """The variables of which a problem has anything."""
    return (variable for variable in VARIABLES if variable.concerns(instance))
