"""The plan's cost by term and year as formulas, on the sheet `Plan nation` of the Excel report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.excel.formula import NOTHING, Area, Term, added, product_sum, total
from reports.excel.grid import FINE, Block, Line

if TYPE_CHECKING:
    from reports.excel.plan import PlanSheets


@dataclass(frozen=True)
class CostLines:
    """Discounted money by term and year, under the names of `models.costs.COSTS`, and their sum."""

    terms: Mapping[str, Line]
    total: Line


def cost_lines(sheets: "PlanSheets") -> CostLines:
    """Write a line for each term of the cost, and their sum."""
    instance, nation = sheets.instance, sheets.nation
    nation.sheet.section("Cost of the plan")
    unit = f"{instance.currency or 'money'} discounted to {instance.first_year}"
    lines = {
        name: nation.sheet.add(name.replace("_", " "), unit, "formula", _of(sheets, figure))
        for name, figure in TERMS.items()
    }
    whole = nation.sheet.add(
        "all cost terms", unit, "formula", lambda year: total([line.at(year) for line in lines.values()])
    )
    return CostLines(lines, whole)


def _of(sheets: "PlanSheets", figure: Callable[["PlanSheets", int], Term]) -> Callable[[int], Term]:
    return lambda year: figure(sheets, year)


def _investment(sheets: "PlanSheets", year: int) -> Term:
    """What is paid in the year; in the last one also what is still to be paid after it, as it is worth then."""
    instance, plants = sheets.instance, sheets.plants
    paid = sheets.nation.capital_weight.at(year) * total([sheets.building.cost.down(year)])
    late = {place for place in plants.grid.rows if instance.designs[place[1]].construction_years > 1}
    if year < instance.last_year or not late:
        return paid
    later = plants.grid.add_column(
        "paid after the last year",
        f"{instance.currency or 'money'}, discounted",
        "formula",
        lambda place: _paid_later(sheets, place) if place in late else None,
        FINE,
    )
    return paid + total([later.down()])


def _paid_later(sheets: "PlanSheets", place: tuple[str, str]) -> Term:
    instance, plants = sheets.instance, sheets.plants
    parts = instance.designs[place[1]].construction_years
    terms = []
    for year in instance.years:
        due = range(max(year, instance.last_year + 1), year + parts)
        weight = sum((1 + instance.discount_rate) ** -(when - instance.first_year) for when in due)
        if weight:
            terms.append(plants.start.at(place, year) * weight)
    if not terms:
        return NOTHING
    each = plants.figures["investment"].at(place) / plants.figures["parts"].at(place)
    return each * added(terms)


def _operation(sheets: "PlanSheets", year: int) -> Term:
    plants, existing = sheets.plants, sheets.existing
    parts = []
    if plants.grid.rows:
        parts.append(product_sum(plants.figures["fixed_cost"].down(), plants.running.down(year)))
        parts.append(product_sum(plants.figures["variable_cost"].down(), plants.produce.down(year)))
    if existing is not None:
        parts.append(product_sum(existing.cost.down(), existing.produce.down(year)))
    return sheets.nation.running_weight.at(year) * added(parts)


def _inputs(sheets: "PlanSheets", year: int) -> Term:
    raw = sheets.raw
    if raw is None:
        return NOTHING
    own = product_sum(raw.own_price.down(), raw.local.down(year))
    return sheets.nation.running_weight.at(year) * (own + product_sum(raw.price.down(), raw.bought.down(year)))


def _labour(sheets: "PlanSheets", year: int) -> Term:
    plants = sheets.plants
    if not plants.grid.rows:
        return NOTHING
    staff = plants.figures["market_product"].down(), plants.figures["workers"].down(), plants.running.down(year)
    return sheets.nation.running_weight.at(year) * product_sum(*staff)


def _transport(sheets: "PlanSheets", year: int) -> Term:
    if not sheets.lanes.grid.rows:
        return NOTHING
    haulage = product_sum(sheets.lanes.cost.down(), sheets.lanes.ship.down(year))
    return sheets.nation.running_weight.at(year) * haulage


def _at_price(sheets: "PlanSheets", block: Block, price: str, year: int) -> Term:
    parts = []
    for good in sheets.instance.goods:
        area: Area | None = sheets.goods.part(block, good, year)
        if area is not None:
            parts.append(sheets.data.at("goods", good, price) * total([area]))
    return sheets.nation.running_weight.at(year) * added(parts)


def _imports(sheets: "PlanSheets", year: int) -> Term:
    return _at_price(sheets, sheets.goods.imports, "import price", year)


def _shortage(sheets: "PlanSheets", year: int) -> Term:
    return _at_price(sheets, sheets.goods.shortage, "shortage penalty", year)


def _donor_premium(sheets: "PlanSheets", year: int) -> Term:
    given = total([sheets.building.donated.down(year)])
    return sheets.nation.capital_weight.at(year) * sheets.data.setting("donor_premium") * given


def _subsidy(sheets: "PlanSheets", year: int) -> Term:
    penalty = sheets.data.setting("subsidy_penalty")
    return sheets.nation.capital_weight.at(year) * penalty * sheets.nation.subsidies.at(year)


def _remittance_shortfall(sheets: "PlanSheets", year: int) -> Term:
    if sheets.budgets is None:
        return NOTHING
    penalty = sheets.data.setting("shortfall_penalty")
    return sheets.nation.capital_weight.at(year) * penalty * total([sheets.budgets.shortfall.down(year)])


def _support(sheets: "PlanSheets", year: int) -> Term:
    return sheets.nation.capital_weight.at(year) * sheets.nation.support.at(year)


TERMS: Mapping[str, Callable[["PlanSheets", int], Term]] = {
    "investment": _investment,
    "operation": _operation,
    "inputs": _inputs,
    "labour": _labour,
    "transport": _transport,
    "imports": _imports,
    "shortage": _shortage,
    "donor_premium": _donor_premium,
    "subsidy": _subsidy,
    "remittance_shortfall": _remittance_shortfall,
    "support": _support,
}
"""Formulas of the cost terms, under the names of `models.costs.COSTS`."""
