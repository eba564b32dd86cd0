"""Key figures of the summary as formulas over the plan, by the words that name the figure."""

from collections.abc import Mapping

from reports.excel.formula import Term, added, least_of, product_sum, total
from reports.excel.links import part_of
from reports.excel.plan import PlanSheets

SCALE = 5
"""Column of the sheet of plants with the code of the scale."""


def summary_links(sheets: PlanSheets) -> Mapping[str, Term]:
    """Formulas of the figures that follow the plan; the others tell how the search ended."""
    return {**_choices(sheets), **_means(sheets), **_results(sheets), **_budgets(sheets), **_aims(sheets)}


def _aims(sheets: PlanSheets) -> Mapping[str, Term]:
    nation = sheets.nation
    found = {
        "Cost of the plan": total([sheets.costs.total.across()]),
        "Central money": product_sum(nation.capital_weight.across(), nation.spent.across()),
    }
    if any(sheets.people.uncovered.whole().known()):
        found["People not covered"] = total([sheets.people.uncovered.whole()])
    return found


def _choices(sheets: PlanSheets) -> Mapping[str, Term]:
    instance, joining, plants, last = sheets.instance, sheets.joining, sheets.plants, sheets.instance.last_year
    found = {"Counties joining": total([sheets.nation.joining.across()])}
    if joining.grid.rows:
        found["People in them"] = product_sum(joining.population.down(), joining.joined.down(last))
    found |= {f"Joining in {year}": sheets.nation.joining.at(year) for year in instance.years}
    codes = plants.grid.cells(2, SCALE, len(plants.grid.rows) + 1, SCALE)
    rows: dict[str, int] = {}
    for (_, code), row in plants.grid.rows.items():
        rows.setdefault(instance.designs[code].scale, row + 2)
    whole = plants.start.whole()
    width = len(instance.years)
    for code, scale in instance.scales.items():
        if code in rows:
            value = sum(
                sum(count or 0.0 for count in whole.values[row * width : (row + 1) * width])
                for (_, design), row in plants.grid.rows.items()
                if instance.designs[design].scale == code
            )
            text = f"SUMPRODUCT(({codes}={plants.grid.cell(rows[code], SCALE)})*{whole.text})"
            found[f"Plants of scale: {scale.name}"] = Term(text, value)
    if sheets.provinces.support:
        found["Support bases"] = added(total([line.across()]) for line in sheets.provinces.support.values())
    return found


def _means(sheets: PlanSheets) -> Mapping[str, Term]:
    building, materials = sheets.building, sheets.materials
    blocks = {
        "Central funds": building.central,
        "Local funds": building.local,
        "Donations": building.donated,
        "Central labour": building.central_labour,
        "Local labour": building.local_labour,
    }
    found = {name: total([block.whole()]) for name, block in blocks.items()}
    if materials is not None:
        for code, material in sheets.instance.materials.items():
            first, last = materials.at[code][0], materials.at[code][-1]
            found[f"Central {material.name}"] = total([materials.central.across(first, None, last)])
            found[f"Local {material.name}"] = total([materials.local.across(first, None, last)])
    return found


def _results(sheets: PlanSheets) -> Mapping[str, Term]:
    instance, goods, year = sheets.instance, sheets.goods, sheets.instance.last_year
    found: dict[str, Term] = {}
    for code, good in instance.goods.items():
        domestic, demand = (goods.part(block, code, year) for block in (goods.domestic, goods.demand))
        if domestic is not None and demand is not None and sum(demand.known()) > 0:
            found[f"{good.name}: demand met at home"] = part_of(total([domestic]), total([demand]))
    gini = sheets.people.gini(year)
    if gini is not None:
        found["Gini coefficient"] = gini
    if all(people or 0.0 for people in sheets.people.people.down(year).values):
        found["Least covered county"] = least_of(sheets.people.covered.down(year))
    if sheets.plants.grid.rows:
        workers, running = sheets.plants.figures["workers"].down(), sheets.plants.running.down(year)
        found["Workers drawn from markets"] = product_sum(workers, running)
    if sheets.existing is not None:
        found["Output of existing industry"] = total([sheets.existing.produce.down(year)])
    if sheets.raw is not None:
        own = product_sum(sheets.raw.own_price.down(), sheets.raw.local.down(year))
        found["Raw materials of the county itself"] = part_of(own, total([sheets.raw.cost.down(year)]))
    return found


def _budgets(sheets: PlanSheets) -> Mapping[str, Term]:
    if sheets.budgets is None:
        return {}
    return {
        "Remitted to the centre": total([sheets.nation.remitted.across()]),
        "Owed and not paid": total([sheets.budgets.shortfall.whole()]),
        "Subsidies of the centre": total([sheets.nation.subsidies.across()]),
    }
