"""Sheets of the Excel report with what construction takes and who gives it, and with the budgets of counties."""

from dataclasses import dataclass
from typing import Any

from models.instance import Instance
from models.plan import Plan
from models.records import NO_LIMIT
from reports.columns import county_order
from reports.excel.cells import Book
from reports.excel.formula import NOTHING, Term, added, most, product_sum, term, total
from reports.excel.grid import FINE, SHARE, Block, Grid
from reports.excel.plan_choices import ExistingSheet, JoiningSheet, PlantSheet
from reports.excel.plan_data import DataSheet, place_names
from reports.excel.plan_supply import RawSheet

BUILDING, MATERIALS, BUDGETS = "Plan building", "Plan materials", "Plan budgets"


@dataclass(frozen=True)
class BuildingSheet:
    """Money and labour for construction, by county: what it takes, what centre, county and donors give."""

    grid: Grid
    site_index: Block
    most_local: Block
    most_donated: Block
    most_labour: Block
    cost: Block
    central: Block
    local: Block
    donated: Block
    paid: Block
    labour: Block
    central_labour: Block
    local_labour: Block


@dataclass(frozen=True)
class MaterialSheet:
    """Construction materials by county and material."""

    grid: Grid
    most_local: Block
    needed: Block
    central: Block
    local: Block
    at: dict[str, list[tuple[str, str]]]
    """Rows of each material, which follow one another."""


@dataclass(frozen=True)
class BudgetSheet:
    """Counties whose budgets are planned. `earned` is None where no income of plants counts."""

    grid: Grid
    earned: Block | None
    base: Block
    income: Block
    revenue: Block
    quota: Block
    rate: Block
    essential: Block
    due: Block
    remittance: Block
    shortfall: Block
    subsidy: Block
    draw: Block
    surplus: Block
    fund: Block
    opening: Block


def building_sheet(
    book: Book, sheet: Any, instance: Instance, plan: Plan, data: DataSheet, joining: JoiningSheet, plants: PlantSheet
) -> BuildingSheet:
    """What construction costs in money and labour, and who gives it."""
    grid = Grid(book, sheet, BUILDING, ("county", "code"), place_names(instance), instance.years)
    counties, money = instance.counties, instance.currency or "money"

    def bound(title: str, unit: str, name: str) -> Block:
        def figure(county: str) -> float | str:
            value: float = getattr(counties[county], name)
            return "no limit" if value == NO_LIMIT else value

        return grid.add_column(title, unit, "data", figure, FINE)

    index = grid.add_column("site cost index", "", "data", lambda county: counties[county].site_cost_index, FINE)
    most_local = bound("own money at most", f"{money}/yr", "local_funds")
    most_donated = bound("donors give at most", f"{money}/yr", "donations")
    most_labour = bound("own labour at most", "person-years/yr", "local_labour")

    def items(county: str, year: int, what: str) -> Term:
        due = [data.at("items", item.code, what) for item in instance.due_items(year)]
        return added(due) * joining.select.at(county, year) if due else NOTHING

    def cost(county: str, year: int) -> Term:
        found = items(county, year, "cost")
        if found is not NOTHING:
            found = found * index.at(county)
        return _for_plants(plants, "investment", county, year) + found

    def labour(county: str, year: int) -> Term:
        return _for_plants(plants, "labour", county, year) + items(county, year, "labour")

    price = grid.add("cost of construction", money, "formula", cost)
    central = grid.plan("central funds", money, plan.central_funds)
    local = grid.plan("local funds", money, plan.local_funds)
    donated = grid.plan("donations", money, plan.donations)
    paid = grid.add(
        "paid by all three",
        money,
        "formula",
        lambda county, year: central.at(county, year) + local.at(county, year) + donated.at(county, year),
    )
    work = grid.add("labour needed", "person-years", "formula", labour)
    central_labour = grid.plan("central labour", "person-years", plan.central_labour)
    local_labour = grid.plan("local labour", "person-years", plan.local_labour)
    return BuildingSheet(
        grid, index, most_local, most_donated, most_labour, price, central, local, donated, paid, work,
        central_labour, local_labour,
    )  # fmt: skip


def _for_plants(plants: PlantSheet, figure: str, county: str, year: int) -> Term:
    """What a county's plants under construction take of something."""
    if county not in plants.at:
        return NOTHING
    return product_sum(plants.rows(plants.figures[figure], county), plants.rows(plants.built, county, year))


def material_sheet(
    book: Book, sheet: Any, instance: Instance, plan: Plan, data: DataSheet, joining: JoiningSheet, plants: PlantSheet
) -> MaterialSheet:
    """Where materials come from."""
    rows = {
        (county, material): (f"{instance.counties[county].name}, {instance.materials[material].name}", county, material)
        for material in instance.materials
        for county in county_order(instance)
    }
    grid = Grid(book, sheet, MATERIALS, ("county and material", "county", "material"), rows, instance.years)
    bound = grid.add_column(
        "the county has", "t/yr", "data", lambda place: instance.local_material.get(place, 0.0), FINE
    )

    def needed(place: tuple[str, str], year: int) -> Term:
        county, material = place
        items = [data.at("items", item.code, material) for item in instance.due_items(year)]
        found = added(items) * joining.select.at(county, year) if items else NOTHING
        if county in plants.at:
            column = plants.rows(plants.materials[material], county)
            found = product_sum(column, plants.rows(plants.built, county, year)) + found
        return found

    need = grid.add("needed", "t", "formula", needed)
    central = grid.plan("from the centre", "t", plan.central_material)
    local = grid.plan("from the county", "t", plan.local_material)
    at: dict[str, list[tuple[str, str]]] = {code: [] for code in instance.materials}
    for place in rows:
        at[place[1]].append(place)
    return MaterialSheet(grid, bound, need, central, local, at)


def budget_sheet(
    book: Book,
    sheet: Any,
    instance: Instance,
    plan: Plan,
    data: DataSheet,
    plants: PlantSheet,
    existing: ExistingSheet | None,
    raw: RawSheet | None,
) -> BudgetSheet:
    """What counties take in, owe, pay and keep."""
    planned = {county for county, _ in instance.purses}
    rows = {county: names for county, names in place_names(instance).items() if county in planned}
    grid = Grid(book, sheet, BUDGETS, ("county", "code"), rows, instance.years)
    purses, money = instance.purses, instance.currency or "money"
    unit = f"{money}/yr"

    def known(title: str, what: str, name: str, number_format: str = FINE) -> Block:
        return grid.add(
            title,
            what,
            "data",
            lambda county, year: getattr(purses[county, year], name) if (county, year) in purses else None,
            number_format,
        )

    earned = _earned(instance, data, plants) if instance.policy.plant_income_share > 0 else None

    def income(county: str, year: int) -> Term | None:
        if (county, year) not in purses:
            return None
        found = NOTHING
        if earned is not None and county in plants.at:
            found = total([plants.rows(earned, county, year)])
        if raw is not None and county in raw.at:
            found = found - total([raw.cost.down(year, raw.at[county])])
        if existing is not None:
            for place in existing.at[county]:
                gain = data.at("goods", place[1], "market price") - existing.cost.at(place)
                found = found - gain * (existing.usual.at(place, year) - existing.produce.at(place, year))
        return found

    base = known("base revenue", unit, "base_revenue")
    net = grid.add(
        "income of plants there",
        unit,
        "formula",
        lambda county, year: income(county, year) if earned is not None else None,
        FINE,
    )

    def takes_in(county: str, year: int) -> Term | None:
        if (county, year) not in purses:
            return None
        found = base.at(county, year)
        if earned is not None:
            found = found + data.setting("plant_income_share") * net.at(county, year)
        return found

    revenue = grid.add("revenue", unit, "formula", takes_in, FINE)
    quota = known("quota of remittance", unit, "quota")
    rate = known("rate of remittance", "share", "rate", SHARE)

    def owed(county: str, year: int) -> Term | None:
        if (county, year) not in purses:
            return None
        return most(quota.at(county, year), rate.at(county, year) * revenue.at(county, year))

    due = grid.add("owed to the centre", unit, "formula", owed, FINE)
    remittance = grid.plan("remitted", unit, plan.remittance)
    shortfall = grid.plan("owed and not paid", unit, plan.remittance_shortfall)
    subsidy = grid.plan("subsidy", unit, plan.subsidy)
    opening = grid.add_column(
        "in its fund at first", money, "data", lambda county: instance.counties[county].priority_fund, FINE
    )
    draw = grid.plan("drawn from its fund", unit, plan.draw)
    essential = known("essential expenditure", unit, "essential")
    surplus = grid.plan("surplus", unit, plan.surplus)
    fund = grid.plan("in its fund", money, plan.priority_fund)
    return BudgetSheet(
        grid, earned, base, net, revenue, quota, rate, essential, due, remittance, shortfall, subsidy, draw, surplus,
        fund, opening,
    )  # fmt: skip


def _earned(instance: Instance, data: DataSheet, plants: PlantSheet) -> Block:
    """What running plants of a row earn, before raw materials."""

    def figure(place: tuple[str, str], year: int) -> Term:
        good = instance.designs[place[1]].good
        kept = (term(1.0) - data.setting("stipend_share")) * data.at("goods", good, "market price")
        output, running = plants.produce.at(place, year), plants.running.at(place, year)
        costs = plants.figures["variable_cost"].at(place), plants.figures["fixed_cost"].at(place)
        found = (kept - costs[0]) * output - costs[1] * running
        if plants.quota is not None and plants.quota.known(place, year):
            owed = plants.quota.at(place, year) * running
            found = found + (data.at("goods", good, "state price") - kept) * owed
        return found

    unit = f"{instance.currency or 'money'}/yr"
    return plants.grid.add("earned before raw materials", unit, "formula", figure, FINE)
