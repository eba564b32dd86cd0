"""Sheets of the Excel report on the nation and on provinces, a row a quantity and a column a year."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from models.instance import Instance
from models.plan import Plan
from models.records import NO_LIMIT
from reports.excel.cells import Book
from reports.excel.formula import NOTHING, Term, added, total
from reports.excel.grid import COUNT, FINE, SHARE, Line, YearSheet
from reports.excel.plan_choices import JoiningSheet, PlantSheet
from reports.excel.plan_data import DataSheet
from reports.excel.plan_means import BudgetSheet, BuildingSheet, MaterialSheet
from reports.excel.plan_supply import GoodSheet

NATION, PROVINCES = "Plan nation", "Plan provinces"


@dataclass(frozen=True)
class ProvinceSheet:
    """Provinces: counties joining, support bases founded, and whether one is at work."""

    sheet: YearSheet
    joining: dict[str, Line]
    support: dict[str, Line]
    at_work: dict[str, Line]


@dataclass(frozen=True)
class NationSheet:
    """The nation: weights of years, who joins, the centre's means and its budget, and what counties remit."""

    sheet: YearSheet
    capital_weight: Line
    running_weight: Line
    picks: Line
    joining: Line
    funds: Line
    recycled: Line
    reserve_before: Line
    available: Line
    construction: Line
    subsidies: Line
    support: Line
    spent: Line
    reserve: Line
    labour: Line
    labour_used: Line
    materials: dict[str, Line]
    materials_used: dict[str, Line]
    currency: Line
    currency_used: Line
    remitted: Line
    coverage: dict[str, Line]


def province_sheet(book: Book, sheet: Any, instance: Instance, plan: Plan, joining: JoiningSheet) -> ProvinceSheet:
    """Joining and support bases by province."""
    found = YearSheet(book, sheet, PROVINCES, instance.years)
    found.section("Counties joining")
    spans = {code: (members[0], members[-1]) for code, members in instance.counties_of.items() if members}
    names = instance.provinces

    def joins_in(code: str, year: int) -> Term:
        return total([joining.select.down(year, spans[code])])

    joins = {
        code: found.add(f"{names[code].name}: joining", "counties", "formula", partial(joins_in, code), COUNT)
        for code in spans
    }
    bases = [code for code in spans if names[code].support_uplift > 0]
    if not bases:
        return ProvinceSheet(found, joins, {}, {})
    found.section("Technical support bases")

    def founded(code: str, year: int) -> float:
        return plan.support.get((code, year), 0.0)

    support = {
        code: found.add(f"{names[code].name}: base founded", "1 = yes", "plan", partial(founded, code), COUNT)
        for code in bases
    }
    lead = instance.policy.support_lead

    def works(code: str, year: int) -> Term:
        return added(support[code].at(past) for past in instance.years if past + lead <= year)

    at_work = {
        code: found.add(f"{names[code].name}: base at work", "1 = yes", "formula", partial(works, code), COUNT)
        for code in bases
    }
    return ProvinceSheet(found, joins, support, at_work)


def _central_material(instance: Instance, code: str, year: int) -> float | str:
    """Tonnes of a material that the centre has."""
    tonnes = instance.central_material[code, year]
    return "no limit" if tonnes == NO_LIMIT else tonnes


def _given(materials: MaterialSheet, code: str, year: int) -> Term:
    """Tonnes of a material that it gives."""
    rows = materials.at[code]
    return total([materials.central.down(year, (rows[0], rows[-1]))])


def _coverage(goods: GoodSheet, code: str) -> Callable[[int], Term | None]:
    """A good's domestic supply as a share of the nation's demand."""

    def figure(year: int) -> Term | None:
        domestic, demand = goods.part(goods.domestic, code, year), goods.part(goods.demand, code, year)
        if domestic is None or demand is None or sum(demand.known()) <= 0:
            return None
        return total([domestic]) / total([demand])

    return figure


def nation_sheet(
    book: Book,
    sheet: Any,
    instance: Instance,
    plan: Plan,
    data: DataSheet,
    joining: JoiningSheet,
    plants: PlantSheet,
    building: BuildingSheet,
    materials: MaterialSheet | None,
    budgets: BudgetSheet | None,
    goods: GoodSheet,
    provinces: ProvinceSheet,
) -> NationSheet:
    """What the centre has, gives, spends and keeps."""
    lines = YearSheet(book, sheet, NATION, instance.years)
    money, first = instance.currency or "money", instance.first_year

    def limit(values: Any, year: Any) -> float | str:
        value: float = values[year]
        return "no limit" if value == NO_LIMIT else value

    lines.section("Worth of a year's money")
    capital = lines.add(
        f"money paid once, discounted to {first}", "", "data", lambda year: instance.capital_weight[year], FINE
    )
    running = lines.add(
        "running costs, the last year's for the tail too", "", "data", lambda year: instance.running_weight[year], FINE
    )
    lines.section("Who joins")
    picks = lines.add("joining at most", "counties", "data", lambda year: limit(instance.picks, year), COUNT)
    joins = lines.add("joining", "counties", "formula", lambda year: total([joining.select.down(year)]), COUNT)
    lines.section("Remittances of counties")
    remitted = lines.add(
        "remitted",
        money,
        "formula",
        lambda year: NOTHING if budgets is None else total([budgets.remittance.down(year)]),
    )
    lines.section("The centre's money")
    row = lines.next  # a year's money hangs on what the year before left, further down
    funds = lines.add("central funds of the year", money, "data", lambda year: limit(instance.central_funds, year))
    recycled = lines.add(
        "of last year's remittances",
        money,
        "formula",
        lambda year: NOTHING if year == first else data.setting("recycled_share") * remitted.at(year - 1),
    )
    kept_in = row + 8

    def before(year: int) -> Term:
        if year == first:
            return NOTHING
        return Term(lines.cell(kept_in, lines.column(year - 1)), plan.reserve.get((year - 1,), 0.0))

    reserve_before = lines.add("kept from the year before", money, "formula", before)
    available = lines.add(
        "there is",
        money,
        "formula",
        lambda year: funds.at(year) + recycled.at(year) + reserve_before.at(year) if funds.known(year) else None,
    )
    construction = lines.add("for construction", money, "formula", lambda year: total([building.central.down(year)]))
    subsidies = lines.add(
        "for subsidies",
        money,
        "formula",
        lambda year: NOTHING if budgets is None else total([budgets.subsidy.down(year)]),
    )
    support = lines.add(
        "for support bases",
        money,
        "formula",
        lambda year: added(
            data.at("provinces", code, "support cost") * line.at(year) for code, line in provinces.support.items()
        ),
    )
    spent = lines.add(
        "spent", money, "formula", lambda year: construction.at(year) + subsidies.at(year) + support.at(year)
    )
    reserve = lines.add("kept for the next year", money, "plan", lambda year: plan.reserve.get((year,), 0.0))
    assert reserve.row == kept_in
    lines.section("The centre's labour and materials")
    labour = lines.add("central labour", "person-years", "data", lambda year: limit(instance.central_labour, year))
    labour_used = lines.add(
        "given to counties", "person-years", "formula", lambda year: total([building.central_labour.down(year)])
    )
    has, used = {}, {}
    if materials is not None:
        for code, material in instance.materials.items():
            there = partial(_central_material, instance, code)
            has[code] = lines.add(f"central {material.name}", "t", "data", there)
            given = partial(_given, materials, code)
            used[code] = lines.add(f"{material.name} given to counties", "t", "formula", given)
    lines.section("Imports")
    currency = lines.add(
        "foreign currency", "foreign currency", "data", lambda year: limit(instance.import_currency, year)
    )

    def paid_abroad(year: int) -> Term:
        parts = []
        for good in instance.goods:
            area = goods.part(goods.imports, good, year)
            if area is not None:
                parts.append(data.at("goods", good, "import currency") * total([area]))
        return added(parts)

    currency_used = lines.add("paid for imports", "foreign currency", "formula", paid_abroad)
    lines.section("Demand met at home")
    covered = {
        code: lines.add(good.name, "share", "formula", _coverage(goods, code), SHARE)
        for code, good in instance.goods.items()
        if any(instance.demand[county, code, instance.last_year] for county in instance.counties)
    }
    return NationSheet(
        lines, capital, running, picks, joins, funds, recycled, reserve_before, available, construction, subsidies,
        support, spent, reserve, labour, labour_used, has, used, currency, currency_used, remitted,
        covered,
    )  # fmt: skip
