"""Every figure that a comparison tells of a variant, from the measures that the report of one plan uses too."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.costs import COSTS
from models.instance import Instance
from models.measures.attribution import SupplyCost
from models.measures.dispersion import dispersion
from models.measures.funding import central_budget, payments
from models.measures.labour import labour_drawn
from models.measures.plants import Utilisation, utilisation
from models.measures.purses import remittances
from models.measures.raw_materials import MaterialValue, material_value
from models.measures.self_sufficiency import SelfSupply, self_supply
from models.measures.shares import NEGLIGIBLE, mean, share
from models.measures.supply import ALL_GOODS
from models.measures.transport import Haulage, haulage
from models.plan import Plan
from reports.choices import joining, starting
from reports.columns import (
    COUNTIES,
    DISCOUNTED,
    INDEX,
    KILOMETRES,
    MONEY,
    PERSON_YEARS,
    PERSONS,
    PLANTS,
    SHARE,
    TONNE_KM,
    TONNES,
    TONNES_YEAR,
    Unit,
)
from reports.comparison import Compared
from reports.comparison.measured import costs_of_supply, coverage, evenness
from reports.facts import FINE_SHARE, SECONDS
from reports.mechanisms import has_budgets, has_existing, has_raw_materials, has_support, has_workers
from reports.summary import AIMS

NAME = Unit("name", dtype="object")
WORDS = Unit("words", dtype="object")
MONEY_TONNE = Unit("{currency} discounted / t", "#,##0.00")
TONNES_NOW = Unit("t/yr", "#,##0")
COUNTY_YEARS = Unit("counties times years", "#,##0")
PLACES = Unit("places", "#,##0")
LANES = Unit("lanes", "#,##0")
CURRENCY = Unit("foreign currency", "#,##0")
COST_BY_TERM = "Cost by term"
"""The section that has every term of the model, whether or not a problem has it."""

CALENDAR = Unit("year", "0")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a variant: in which section, what, how much or which, in its unit. None: there is none."""

    section: str
    name: str
    unit: Unit
    value: float | str | None


def figures(compared: Compared) -> Iterator[Figure]:
    """All figures of a variant, in the order in which they are read; without a plan only those that need none."""
    yield from _outcome(compared)
    yield from _problem(compared.instance)
    plan = compared.plan
    if plan is not None:
        instance = compared.instance
        for part in (
            _costs(compared),
            _cost_per_tonne(compared, plan),
            _plants(instance, plan),
            _money(instance, plan),
            _means(instance, plan),
            _supply(instance, plan),
            _coverage(compared),
            _evenness(compared),
            _spread(instance, plan),
            _transport(instance, plan),
            _own(instance, plan),
            _budgets(instance, plan),
        ):
            yield from part


def _outcome(compared: Compared) -> Iterator[Figure]:
    section, result, instance = "What it came to", compared.result, compared.instance
    aim = AIMS[instance.policy.objective]
    yield Figure(section, "Status", WORDS, result.status.value)
    yield Figure(section, "Objective", WORDS, instance.policy.objective)
    yield Figure(section, aim.figure, aim.unit, result.objective)
    yield Figure(section, f"{aim.figure}: proven bound", aim.unit, result.bound)
    yield Figure(section, "Gap", FINE_SHARE, result.gap)
    yield Figure(section, "Plan taken over from", NAME, compared.plan_of or None)
    yield Figure(section, "Time of solving", SECONDS, result.seconds)


def _problem(instance: Instance) -> Iterator[Figure]:
    section = "What may be chosen"
    for code, scale in instance.scales.items():
        places = sum(1 for _, design in instance.options if instance.designs[design].scale == code)
        yield Figure(section, f"Places for plants, {scale.name}", PLACES, places)
    yield Figure(section, "Lanes", LANES, len(instance.lanes))
    yield Figure(section, "Counties whose year is fixed beforehand", COUNTIES, len(instance.decided))


def _costs(compared: Compared) -> Iterator[Figure]:
    section = COST_BY_TERM
    terms = {cost.__name__: 0.0 for cost in COSTS}
    for charge in compared.result.charges:
        terms[charge.term] += charge.amount
    for term, amount in terms.items():
        yield Figure(section, term.replace("_", " "), DISCOUNTED, amount)
    yield Figure(section, "Cost in all", DISCOUNTED, sum(terms.values()))


def _cost_per_tonne(compared: Compared, plan: Plan) -> Iterator[Figure]:
    """Making and moving what comes from plants of the country, relative to its tonnes, both discounted."""
    section, instance = "Cost per tonne of domestic output, plants and transport", compared.instance
    tonnes: dict[str, float] = defaultdict(float)
    for (_, _, made, year), sent in plan.ship.items():
        tonnes[made] += instance.running_weight[year] * sent
    cost: dict[str, float] = defaultdict(float)
    for (_, made), supply in costs_of_supply(compared).items():
        cost[made] += _domestic(supply)
    for code, good in instance.goods.items():
        yield Figure(section, good.name, MONEY_TONNE, share(cost[code], tonnes[code]))


def _domestic(supply: SupplyCost) -> float:
    return supply.construction + supply.running + supply.transport


def _plants(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section, year = "Plants", instance.last_year
    yield Figure(section, "Counties joining", COUNTIES, len(joining(instance, plan)))
    started: dict[str, float] = defaultdict(float)
    for _, design, _, count in starting(instance, plan):
        started[instance.designs[design].scale] += count
    for code, scale in instance.scales.items():
        yield Figure(section, f"Plants started, {scale.name}", PLANTS, started[code])
    used: dict[str, Utilisation] = {code: Utilisation() for code in instance.scales}
    for (_, design, when), found in utilisation(instance, plan).items():
        if when == year:
            used[instance.designs[design].scale] += found
    for code, scale in instance.scales.items():
        yield Figure(section, f"Utilisation of capacity in {year}, {scale.name}", SHARE, used[code].used_share)
    if has_support(instance):
        founded = sum(1 for value in plan.support.values() if value > 0.5)
        yield Figure(section, "Support bases founded", Unit("bases", "#,##0"), founded)


def _money(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section, known = "Central money, not discounted", central_budget(instance, plan)
    yield Figure(section, "Spent in all years", MONEY, sum(budget.spent for budget in known))
    for budget in known:
        yield Figure(section, f"Spent in {budget.year}", MONEY, budget.spent)
    paid = list(payments(instance, plan).values())
    total = sum(payment.total for payment in paid)
    part = share(sum(payment.central for payment in paid), total)
    yield Figure(section, "The centre's share of construction", SHARE, part)


def _means(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section = "Greatest need of means in a year"
    labour: dict[int, float] = defaultdict(float)
    for family in (plan.central_labour, plan.local_labour):
        for (_, year), amount in family.items():
            labour[year] += amount
    yield from _peak(section, "Labour for construction", PERSON_YEARS, labour)
    for code, material in instance.materials.items():
        tonnes: dict[int, float] = defaultdict(float)
        for taken in (plan.central_material, plan.local_material):
            for (_, entry, year), amount in taken.items():
                if entry == code:
                    tonnes[year] += amount
        yield from _peak(section, material.name, TONNES, tonnes)
    if has_workers(instance):
        workers: dict[int, float] = defaultdict(float)
        for (_, year), drawn in labour_drawn(instance, plan).items():
            workers[year] += drawn.workers
        yield from _peak(section, "Workers drawn from markets", PERSONS, workers)


def _peak(section: str, name: str, unit: Unit, by_year: Mapping[int, float]) -> Iterator[Figure]:
    """The most in a year, and the first year with as much."""
    most = max(by_year.values(), default=0.0)
    first = min((year for year, amount in by_year.items() if amount >= most * (1 - 1e-9)), default=None)
    yield Figure(section, name, unit, most)
    yield Figure(section, f"{name}: in the year", CALENDAR, first if most > NEGLIGIBLE else None)


def _supply(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section, year = "Imports and what is not met", instance.last_year
    money = currency = 0.0
    last: dict[str, float] = defaultdict(float)
    lacking: dict[str, float] = defaultdict(float)
    for (_, wanted, when), tonnes in plan.imports.items():
        money += tonnes * (instance.goods[wanted].import_price or 0.0)
        currency += tonnes * instance.goods[wanted].import_currency
        last[wanted] += tonnes if when == year else 0.0
    for (_, wanted, when), tonnes in plan.shortage.items():
        lacking[wanted] += tonnes if when == year else 0.0
    yield Figure(section, "Imports in all years, not discounted", MONEY, money)
    yield Figure(section, "Foreign currency for them", CURRENCY, currency)
    for code, good in instance.goods.items():
        yield Figure(section, f"Imports in {year}, {good.name}", TONNES_YEAR, last[code])
        yield Figure(section, f"Not met in {year}, {good.name}", TONNES_YEAR, lacking[code])


def _coverage(compared: Compared) -> Iterator[Figure]:
    section, instance = "Coverage: domestic supply as a share of demand", compared.instance
    covered = coverage(compared)
    by_year = [covered.get((ALL_GOODS, year)) for year in instance.years]
    yield Figure(section, "Mean of all years and goods", SHARE, mean(by_year))
    for year, part in zip(instance.years, by_year, strict=True):
        yield Figure(section, f"{year}, mean of goods", SHARE, part)
    for code, good in instance.goods.items():
        yield Figure(section, f"{instance.last_year}, {good.name}", SHARE, covered.get((code, instance.last_year)))


def _evenness(compared: Compared) -> Iterator[Figure]:
    """All goods together in the last year, which are last among the measures."""
    instance, found = compared.instance, evenness(compared)[-1]
    section = f"How evenly people are served in {instance.last_year}"
    yield Figure(section, "Gini coefficient of coverage", INDEX, found.gini)
    place = None
    if found.least_county is not None:
        county = instance.counties[found.least_county]
        place = f"{county.name}, {instance.provinces[county.province].name}"
    yield Figure(section, "Worst county (the first, if several are as bad)", NAME, place)
    yield Figure(section, "Coverage of the worst county", SHARE, found.least_county_coverage)
    yield Figure(section, "Counties with no more", COUNTIES, found.least_counties)
    yield Figure(section, "Worst province", NAME, _province(instance, found.least_province))
    yield Figure(section, "Coverage of the worst province", SHARE, found.least_province_coverage)
    yield Figure(section, "Gap between best and worst province", SHARE, found.disparity)


def _spread(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section = "How industry is spread"
    *goods, whole = dispersion(instance, plan)
    yield Figure(section, "Counties with new plants", COUNTIES, whole.counties)
    for found in goods:
        name = instance.goods[found.good].name
        yield Figure(section, f"{name}: largest share of a province", SHARE, found.largest_share)
        yield Figure(section, f"{name}: that province", NAME, _province(instance, found.largest_province))
        yield Figure(section, f"{name}: Herfindahl index", INDEX, found.herfindahl)
    year = instance.last_year
    yield Figure(section, f"Coverage left in {year} without the worst province", SHARE, whole.coverage_left)
    yield Figure(section, "Worst province to lose", NAME, _province(instance, whole.worst_province))


def _province(instance: Instance, code: str | None) -> str | None:
    return None if code is None else instance.provinces[code].name


def _transport(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section, year = "Transport", instance.last_year
    known = haulage(instance, plan)
    every = sum(known.values(), Haulage())
    last = sum((found for (_, when), found in known.items() if when == year), Haulage())
    yield Figure(section, "Haulage in all years", Unit("t km", "#,##0"), every.tonne_km + every.tonne_km_within)
    yield Figure(section, f"Haulage in {year}", TONNE_KM, last.tonne_km + last.tonne_km_within)
    yield Figure(section, f"Sent to other counties in {year}", TONNES_NOW, last.sent)
    yield Figure(section, f"Mean haul in {year}", KILOMETRES, last.mean_haul)


def _own(instance: Instance, plan: Plan) -> Iterator[Figure]:
    section, year = f"From the county itself in {instance.last_year}", instance.last_year
    used = sum(
        (found for (_, _, when), found in self_supply(instance, plan).items() if when == year),
        SelfSupply(0.0, 0.0, 0.0),
    )
    yield Figure(section, "Goods made in the county that uses them, by weight", SHARE, used.own_share)
    if has_raw_materials(instance):
        values = material_value(instance, plan).items()
        total = sum((value for (_, when), value in values if when == year), MaterialValue())
        yield Figure(section, "Raw materials of the county itself, by value", SHARE, total.local_share)
    if has_existing(instance):
        made = sum(tonnes for (_, _, when), tonnes in plan.produce_existing.items() if when == year)
        yield Figure(section, "Output of existing industry", TONNES_YEAR, made)


def _budgets(instance: Instance, plan: Plan) -> Iterator[Figure]:
    if not has_budgets(instance):
        return
    section, known = "Counties and the centre, all years, not discounted", remittances(instance, plan)
    yield Figure(section, "Owed to the centre", MONEY, sum(found.due for found in known))
    yield Figure(section, "Remitted", MONEY, sum(found.paid for found in known))
    yield Figure(section, "Owed and not paid", MONEY, sum(found.shortfall for found in known))
    yield Figure(section, "Counties unable to remit in full", COUNTY_YEARS, sum(found.unable for found in known))
    yield Figure(section, "Subsidies of the centre", MONEY, sum(found.subsidies for found in known))
