"""Sheets of the Excel report with what is chosen: who joins, which plants start, what they and existing ones make."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from models.instance import Instance
from models.plan import Plan
from models.records import NO_LIMIT
from reports.columns import county_order
from reports.excel.cells import Book
from reports.excel.formula import NOTHING, Area, Term, least, term, total
from reports.excel.grid import COUNT, FINE, SHARE, Block, Grid
from reports.excel.plan_data import DataSheet, place_names

JOINING, PLANTS, EXISTING = "Plan joining", "Plan plants", "Plan existing"


@dataclass(frozen=True)
class JoiningSheet:
    """Counties: `select` is 1 in the year of joining, `joined` 1 from then on."""

    grid: Grid
    population: Block
    select: Block
    joined: Block


@dataclass(frozen=True)
class PlantSheet:
    """Plants by county and design; `built` is plants' worth of construction work, `made_least` and `made_most` what
    running plants can make without and with a support base (None: without limit)."""

    grid: Grid
    figures: dict[str, Block]
    materials: dict[str, Block]
    start: Block
    built: Block
    running: Block
    produce: Block
    quota: Block | None
    at: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """First and last row of each county that may build."""
    of: dict[tuple[str, str], tuple[Any, Any]] = field(default_factory=dict)
    """First and last row of each county and good."""
    in_province: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """First and last row of each province."""

    def rows(self, column: Block, county: str, year: int | None = None) -> Area:
        """A county's part of a column."""
        return column.down(year, self.at[county])


@dataclass(frozen=True)
class ExistingSheet:
    """Industry older than the plan, by county and good."""

    grid: Grid
    capacity: Block
    cost: Block
    crowded_out: Block
    usual: Block
    produce: Block
    at: dict[str, list[tuple[str, str]]]


def joining_sheet(book: Book, sheet: Any, instance: Instance, plan: Plan) -> JoiningSheet:
    """Who joins, and when."""
    rows = {code: (*names, instance.counties[code].province) for code, names in place_names(instance).items()}
    grid = Grid(book, sheet, JOINING, ("county", "code", "province"), rows, instance.years)
    population = grid.add_column(
        "population", "persons", "data", lambda county: instance.counties[county].population, COUNT
    )
    select = grid.plan("joins", "1 = yes", plan.select, COUNT)
    joined = grid.add(
        "has joined",
        "1 = yes",
        "formula",
        lambda county, year: total([select.across(county, (instance.first_year, year))]),
        COUNT,
    )
    return JoiningSheet(grid, population, select, joined)


def plant_sheet(book: Book, sheet: Any, instance: Instance, plan: Plan, data: DataSheet) -> PlantSheet:
    """Which plants start, run and make what."""
    order, goods = county_order(instance), {good: rank for rank, good in enumerate(instance.goods)}
    places = sorted(instance.options, key=lambda place: (order[place[0]], goods[instance.designs[place[1]].good]))
    rows = {
        (county, code): (
            f"{instance.counties[county].name}, {instance.designs[code].name}",
            county,
            instance.counties[county].province,
            code,
            instance.designs[code].good,
            instance.designs[code].scale,
        )
        for county, code in places
    }
    headings = ("county and plant", "county", "province", "design", "good", "scale")
    grid = Grid(book, sheet, PLANTS, headings, rows, instance.years)
    options, designs, money = instance.options, instance.designs, instance.currency or "money"

    def column(title: str, unit: str, name: str, number_format: str = FINE) -> Block:
        def figure(place: tuple[str, str]) -> float | str:
            value: float = getattr(options[place], name)
            return "no limit" if value == NO_LIMIT else value

        return grid.add_column(title, unit, "data", figure, number_format)

    figures = {
        "capacity": column("capacity of one", "t/yr", "capacity"),
        "max_plants": column("most plants", "plants", "max_plants", COUNT),
        "modernisation": grid.add_column(
            "modernises", "1 = yes", "data", lambda place: float(designs[place[1]].modernisation), COUNT
        ),
        "investment": column("cost of one", money, "investment"),
        "parts": grid.add_column(
            "paid and built over", "years", "data", lambda place: float(designs[place[1]].construction_years), COUNT
        ),
        "fixed_cost": column("fixed cost of one", f"{money}/yr", "fixed_cost"),
        "variable_cost": column("cost of output", f"{money}/t", "variable_cost"),
        "labour": column("labour to build one", "person-years", "construction_labour"),
        "workers": column("workers of one", "persons", "workers"),
        "market_product": grid.add_column(
            "worker's product elsewhere",
            f"{money}/yr",
            "data",
            lambda place: instance.counties[place[0]].market_product,
            FINE,
        ),
    }

    def tonnes(code: str, place: tuple[str, str]) -> float:
        return options[place].materials.get(code, 0.0)

    materials = {
        code: grid.add_column(f"{material.name} to build one", "t", "data", partial(tonnes, code), FINE)
        for code, material in instance.materials.items()
    }
    start = grid.plan("plants started", "plants", plan.start, COUNT)

    def built(place: tuple[str, str], year: int) -> Term:
        begun = list(instance.under_construction(place[1], year))
        return total([start.across(place, (begun[0], begun[-1]))]) / figures["parts"].at(place)

    def running(place: tuple[str, str], year: int) -> Term | None:
        begun = list(instance.running(place[1], year))
        return total([start.across(place, (begun[0], begun[-1]))]) if begun else None

    works = grid.add("being built", "plants' worth", "formula", built, FINE)
    runs = grid.add("running", "plants", "formula", running, COUNT)
    produce = grid.plan("output", "t/yr", plan.produce)
    quota = None
    if any(due > 0 for due in instance.quota.values()):
        quota = grid.add(
            "quota of one plant", "t/yr", "data", lambda place, year: instance.quota[*place, year] or None, FINE
        )
    found = PlantSheet(grid, figures, materials, start, works, runs, produce, quota)
    for place in rows:
        county, good = place[0], designs[place[1]].good
        found.at[county] = (found.at.get(county, (place, place))[0], place)
        found.of[county, good] = (found.of.get((county, good), (place, place))[0], place)
        province = instance.counties[county].province
        found.in_province[province] = (found.in_province.get(province, (place, place))[0], place)
    return found


def most_output(
    instance: Instance, data: DataSheet, plants: PlantSheet, place: tuple[str, str], year: int, uplift: Term
) -> Term | None:
    """What a place's running plants can make with utilisation raised by `uplift`; None where there is no limit."""
    share = data.at("utilisation", place[1], str(year))
    raised = least(1.0, share + uplift) if uplift is not NOTHING else share
    if instance.options[place].capacity == NO_LIMIT:
        return None if raised.value > 0 else term(0.0)
    return raised * plants.figures["capacity"].at(place) * plants.running.at(place, year)


def existing_sheet(book: Book, sheet: Any, instance: Instance, plan: Plan, demand: Block) -> ExistingSheet:
    """Industry that stood before the plan."""
    order, goods = county_order(instance), {good: rank for rank, good in enumerate(instance.goods)}
    places = sorted(instance.existing, key=lambda place: (order[place[0]], goods[place[1]]))
    rows = {
        (county, good): (f"{instance.counties[county].name}, {instance.goods[good].name}", county, good)
        for county, good in places
    }
    grid = Grid(book, sheet, EXISTING, ("county and good", "county", "good"), rows, instance.years)
    known, money = instance.existing, instance.currency or "money"
    capacity = grid.add_column("capacity", "t/yr", "data", lambda place: known[place].capacity, FINE)
    cost = grid.add_column("cost of output", f"{money}/t", "data", lambda place: known[place].variable_cost, FINE)
    crowded = grid.add_column("lost by joining", "share", "data", lambda place: known[place].crowded_out, SHARE)
    usual = grid.add(
        "usual output",
        "t/yr",
        "formula",
        lambda place, year: least(capacity.at(place), demand.at(place, year)),
    )
    produce = grid.plan("output", "t/yr", plan.produce_existing)
    at: dict[str, list[tuple[str, str]]] = {county: [] for county in instance.counties}
    for place in rows:
        at[place[0]].append(place)
    return ExistingSheet(grid, capacity, cost, crowded, usual, produce, at)
