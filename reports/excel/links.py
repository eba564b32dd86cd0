"""Formulas in the tables of the Excel report that follow the plan: which cells refer to where, by table.

A link is a function of the sheets of the plan, a row of the table and its own cells, and gives formulas by column. What
the report's own measures have found stays their stored value, so that the two can be compared.
"""

from collections.abc import Callable, Mapping
from typing import Any

from models.measures.shares import NEGLIGIBLE
from reports.excel.formula import ATOM, BLANK, NOTHING, PRODUCT, Area, Term, least_of, most, total, where
from reports.excel.grid import Block
from reports.excel.plan import PlanSheets

Row = Mapping[str, Any]
Here = Callable[[str], Term]
Link = Callable[[PlanSheets, Row, Here], Mapping[str, Term]]

ALL_YEARS = "all years"


def part_of(part: Term, whole: Term) -> Term:
    """A share, or nothing where there is nothing to share."""
    quotient = part / whole if whole.value else Term(f"{part.within(PRODUCT)}/{whole.within(ATOM)}", 0.0, PRODUCT)
    return where(whole, ">", NEGLIGIBLE, quotient, BLANK)


def allocation(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """What a county gets and gives in a year."""
    place, building, plants = (row["county"], row["year"]), sheets.building, sheets.plants
    found = {
        "central_funds": building.central.at(*place),
        "local_funds": building.local.at(*place),
        "donations": building.donated.at(*place),
        "central_labour": building.central_labour.at(*place),
        "local_labour": building.local_labour.at(*place),
    }
    if place[0] in plants.at:
        found["plants_started"] = total([plants.rows(plants.start, *place)])
    if sheets.materials is not None:
        for code in sheets.instance.materials:
            found[f"central_{code}"] = sheets.materials.central.at((place[0], code), place[1])
            found[f"local_{code}"] = sheets.materials.local.at((place[0], code), place[1])
    return found


def picks_by_province(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """Counties joining."""
    line = sheets.provinces.joining.get(row["province"]) if row["province"] else sheets.nation.joining
    if line is None:
        return {}
    return {**{str(year): line.at(year) for year in sheets.instance.years}, "total": total([line.across()])}


def production(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """Plants running, and their output."""
    if row["plant"] == "existing":
        place = (row["county"], row["good"])
        return {} if sheets.existing is None else {"tonnes": sheets.existing.produce.at(place, row["year"])}
    place = (row["county"], row["plant"])
    return {
        "count": sheets.plants.running.at(place, row["year"]),
        "tonnes": sheets.plants.produce.at(place, row["year"]),
        "utilisation": part_of(here("tonnes"), here("usable")),
    }


def inputs(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """Raw materials."""
    raw, place, year = sheets.raw, (row["county"], row["input"]), row["year"]
    if raw is None:
        return {}
    own, bought = here("local"), here("bought")
    found = {
        "local": raw.local.at(place, year),
        "bought": raw.bought.at(place, year),
        "local_share": part_of(own, own + bought),
        "cost": raw.own_price.at(place) * own + raw.price.at(place) * bought,
    }
    return found if raw.made is None else {**found, "made": raw.made.at(place, year)}


def supply(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """Where a county's goods come from."""
    goods, county, year = sheets.goods, row["county"], row["year"]
    place, lane = (county, row["good"]), (county, county, row["good"])
    own = sheets.lanes.ship.at(lane, year) if lane in sheets.lanes.grid.rows else NOTHING
    existing = NOTHING
    if sheets.existing is not None and place in sheets.existing.grid.rows:
        existing = sheets.existing.produce.at(place, year)
    found = {
        "demand": goods.demand.at(place, year),
        "own_county": own,
        "elsewhere": goods.received.at(place, year) - own,
        "imports": goods.imports.at(place, year),
        "shortage": goods.shortage.at(place, year),
        "made_new": goods.made.at(place, year) - existing,
        "made_existing": existing,
        "sent": goods.sent.at(place, year) - own,
    }
    if goods.taken is not None:
        found["plants_use"] = goods.taken.at(place, year)
    if goods.coverage.known(place, year):
        found["coverage"] = goods.coverage.at(place, year)
    return found


def coverage(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """How much of demand a province, or the nation, meets."""
    goods = sheets.goods

    def area(block: Block) -> Area | None:
        return goods.part(block, row["good"], row["year"], row["province"])

    found: dict[str, Term] = {}
    blocks = {
        "demand": goods.demand,
        "domestic": goods.domestic,
        "imports": goods.imports,
        "shortage": goods.shortage,
        "output": goods.made,
    }
    for name, block in blocks.items():
        cells = area(block)
        if cells is None:
            return {}
        found[name] = total([cells])
    found["coverage"] = part_of(here("domestic"), here("demand"))
    shares = area(goods.coverage)
    if shares is not None and shares.known():
        found["lowest"] = least_of(shares)
    return found


def equity(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """How evenly people are served."""
    if not row["good"]:
        gini = sheets.people.gini(row["year"])
        return {} if gini is None else {"gini": gini}
    areas = [
        sheets.goods.part(block, row["good"], row["year"]) for block in (sheets.goods.domestic, sheets.goods.demand)
    ]
    domestic, demand = areas
    found = {"disparity": here("greatest_province_coverage") - here("least_province_coverage")}
    if domestic is not None and demand is not None:
        found["coverage"] = part_of(total([domestic]), total([demand]))
    return found


def costs(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """The plan's cost by term and year."""
    line = sheets.costs.terms.get(row["term"], sheets.costs.total)
    return {**{str(year): line.at(year) for year in sheets.instance.years}, "total": total([line.across()])}


def who_pays(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """Who pays for construction."""
    members = sheets.instance.counties_of[row["province"]] if row["province"] else tuple(sheets.building.grid.rows)
    if not members:
        return {}
    building = sheets.building

    def paid(block: Block) -> Term:
        if row["year"] == ALL_YEARS:
            return total([block.across(members[0], None, members[-1])])
        return total([block.down(row["year"], (members[0], members[-1]))])

    donated = here("donated") if "donated" in row else paid(building.donated)
    return {
        "central": paid(building.central),
        "local": paid(building.local),
        "donated": paid(building.donated),
        "total": here("central") + here("local") + donated,
        "central_share": part_of(here("central"), here("total")),
        "local_share": part_of(here("local"), here("total")),
        "donated_share": part_of(donated, here("total")),
        "premium": sheets.data.setting("donor_premium") * donated,
    }


def central_budget(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """The centre's money."""
    nation, year = sheets.nation, row["year"]
    if not nation.funds.known(year):
        return {"construction": nation.construction.at(year), "reserve": nation.reserve.at(year)}
    return {
        "funds": nation.funds.at(year),
        "recycled": nation.recycled.at(year),
        "reserve_before": nation.reserve_before.at(year),
        "available": nation.available.at(year),
        "construction": nation.construction.at(year),
        "subsidies": nation.subsidies.at(year),
        "support": nation.support.at(year),
        "reserve": nation.reserve.at(year),
        "lapsed": most(0.0, here("available") - nation.spent.at(year) - here("reserve")),
        "use": part_of(nation.spent.at(year), here("available")),
    }


def national_remittances(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """What counties owe, pay and need back."""
    budgets, nation, year = sheets.budgets, sheets.nation, row["year"]
    if budgets is None:
        return {}
    return {
        "revenue": total([budgets.revenue.down(year)]),
        "due": total([budgets.due.down(year)]),
        "paid": nation.remitted.at(year),
        "shortfall": total([budgets.shortfall.down(year)]),
        "unable": _more_than_rounding(budgets.shortfall.down(year), budgets.due.down(year)),
        "subsidies": nation.subsidies.at(year),
        "subsidised": _more_than_rounding(budgets.subsidy.down(year), budgets.essential.down(year)),
        "net": here("paid") - here("subsidies"),
        "surplus": total([budgets.surplus.down(year)]),
        "funds": total([budgets.fund.down(year)]),
        "recycled": sheets.data.setting("recycled_share") * here("paid"),
    }


def _more_than_rounding(cells: Area, beside: Area) -> Term:
    """How many cells are more than rounding beside others."""
    size = f"({beside.text}>1)*{beside.text}+({beside.text}<=1)"
    pairs = zip(cells.values, beside.values, strict=True)
    value = sum((amount or 0.0) > NEGLIGIBLE * max(1.0, other or 0.0) for amount, other in pairs)
    return Term(f"SUMPRODUCT(--({cells.text}>{NEGLIGIBLE:.15f}*({size})))", float(value))


def county_budgets(sheets: PlanSheets, row: Row, here: Here) -> Mapping[str, Term]:
    """A county's budget."""
    budgets, place = sheets.budgets, (row["county"], row["year"])
    if budgets is None:
        return {}
    found = {
        "income_share": budgets.revenue.at(*place) - budgets.base.at(*place),
        "revenue": budgets.revenue.at(*place),
        "rate_due": budgets.rate.at(*place) * budgets.revenue.at(*place),
        "due": budgets.due.at(*place),
        "paid": budgets.remittance.at(*place),
        "shortfall": budgets.shortfall.at(*place),
        "subsidy": budgets.subsidy.at(*place),
        "draw": budgets.draw.at(*place),
        "local_funds": sheets.building.local.at(*place),
        "surplus": budgets.surplus.at(*place),
        "fund": budgets.fund.at(*place),
    }
    if budgets.earned is not None:
        found["net_income"] = budgets.income.at(*place)
    return found


LINKS: Mapping[str, Link] = {
    link.__name__: link
    for link in (
        allocation,
        picks_by_province,
        production,
        inputs,
        supply,
        coverage,
        equity,
        costs,
        who_pays,
        central_budget,
        national_remittances,
        county_budgets,
    )
}
"""Links by the name of the table; all other tables are as solved."""
