"""Checks of the rules on counties' budgets, and of limits that policy sets, as formulas."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from models.records import NO_LIMIT
from reports.excel.check import Part
from reports.excel.formula import (
    NOTHING,
    Area,
    Term,
    added,
    apart,
    lacking,
    least,
    least_of,
    left,
    most,
    most_of,
    term,
    total,
)
from reports.excel.grid import SHARE, Line
from reports.excel.plan import PlanSheets
from reports.excel.plan_means import BudgetSheet
from reports.excel.plan_people import product


def _money(sheets: PlanSheets) -> str:
    return f"{sheets.instance.currency or 'money'}/yr"


def local_revenue(sheets: PlanSheets) -> Iterator[Part]:
    """Losses of plants never take more than a county's base revenue."""
    budgets, purses = sheets.budgets, sheets.instance.purses
    if budgets is None:
        return
    area = budgets.grid.limits(
        "local_revenue",
        f"{_money(sheets)} above 0",
        lambda county, year: lacking(budgets.revenue.at(county, year), NOTHING) if (county, year) in purses else None,
    )
    yield Part("plants' losses take no more than a county's revenue", _money(sheets), area)


def remittance_due(sheets: PlanSheets) -> Iterator[Part]:
    """What a county remits and what it fails to make up what it owes."""
    budgets, instance = sheets.budgets, sheets.instance
    if budgets is None:
        return
    extra = instance.policy.extra_remittance

    def counted(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        paid = budgets.remittance.at(county, year) + budgets.shortfall.at(county, year)
        due, size = budgets.due.at(county, year), budgets.revenue.at(county, year)
        return lacking(paid, due, size) if extra else apart(paid, due, size)

    def short(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        owed = most(0.0, budgets.due.at(county, year) - budgets.remittance.at(county, year))
        return left(budgets.shortfall.at(county, year), owed, budgets.revenue.at(county, year))

    area = budgets.grid.limits("remittance_due", f"{_money(sheets)} off", counted)
    asks = (
        "remitted and not remitted together are what is owed" if not extra else "a county remits what it owes, or more"
    )
    yield Part(asks, _money(sheets), area, exact=not extra)
    if extra:
        area = budgets.grid.limits("remittance_due: left of what can be short", _money(sheets), short)
        yield Part("no county falls short of more than it owes", _money(sheets), area)


def remit_first(sheets: PlanSheets) -> Iterator[Part]:
    """A county pays the centre out of its revenue first, and the rest with subsidy and fund pays its own ends."""
    budgets, instance, money = sheets.budgets, sheets.instance, _money(sheets)
    if budgets is None:
        return
    local = sheets.building.local

    def over(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        return left(budgets.remittance.at(county, year), budgets.revenue.at(county, year))

    def short(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        revenue = budgets.revenue.at(county, year)
        kept = revenue - budgets.remittance.at(county, year)
        return left(most(0.0, least(budgets.shortfall.at(county, year) + 0.0, kept)), NOTHING, revenue)

    def balance(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        revenue = budgets.revenue.at(county, year)
        has = revenue - budgets.remittance.at(county, year) + budgets.subsidy.at(county, year)
        has = has + budgets.draw.at(county, year)
        pays = budgets.essential.at(county, year) + local.at(county, year) + budgets.surplus.at(county, year)
        return apart(has, pays, revenue)

    def helped(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        return left(budgets.subsidy.at(county, year), budgets.essential.at(county, year))

    area = budgets.grid.limits("remit_first: revenue left", money, over)
    yield Part("a county remits no more than its revenue", money, area)
    area = budgets.grid.limits("remit_first: short while revenue is left", money, short)
    yield Part("a county falls short only when all its revenue is remitted", money, area, exact=True)
    area = budgets.grid.limits("remit_first: balance", f"{money} off", balance)
    yield Part("what is left, subsidy and fund pay essential expenditure, local funds and surplus", money, area, True)
    area = budgets.grid.limits("remit_first: essential less subsidy", money, helped)
    yield Part("no subsidy is more than essential expenditure", money, area)


def priority_fund_balance(sheets: PlanSheets) -> Iterator[Part]:
    """A fund holds what it held, less what is drawn, and a share of the surplus."""
    budgets, instance = sheets.budgets, sheets.instance
    if budgets is None:
        return
    money = instance.currency or "money"

    def balance(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        before, kept = _before(sheets, budgets, county, year), sheets.data.setting("fund_share")
        due = before - budgets.draw.at(county, year) + kept * budgets.surplus.at(county, year)
        return apart(budgets.fund.at(county, year), due, budgets.surplus.at(county, year) + before)

    def drawn(county: str, year: int) -> Term | None:
        if (county, year) not in instance.purses:
            return None
        return left(budgets.draw.at(county, year), _before(sheets, budgets, county, year))

    area = budgets.grid.limits("priority_fund_balance", f"{money} off", balance)
    yield Part("a fund holds what it held, less what is drawn, and its share of the surplus", money, area, exact=True)
    area = budgets.grid.limits("priority_fund_balance: left to draw", money, drawn)
    yield Part("no more is drawn than the fund holds", money, area)


def _before(sheets: PlanSheets, budgets: BudgetSheet, county: str, year: int) -> Term:
    """What a fund holds before a year."""
    past = [when for when in sheets.instance.years if when < year and (county, when) in sheets.instance.purses]
    return budgets.fund.at(county, past[-1]) if past else budgets.opening.at(county)


def national_remittance(sheets: PlanSheets) -> Iterator[Part]:
    """All counties together remit at least the year's target."""
    nation, targets = sheets.nation, sheets.instance.national_remittance
    if not targets:
        return
    nation.sheet.section("Rule national_remittance")
    asked = nation.sheet.add("to be remitted at least", _money(sheets), "data", targets.get)
    rows = [
        (
            "remitted beyond that",
            lambda year: lacking(nation.remitted.at(year), asked.at(year)) if year in targets else None,
        )
    ]
    yield Part("counties together remit the year's target", _money(sheets), nation.sheet.limits(_money(sheets), rows))


def coverage_floor(sheets: PlanSheets) -> Iterator[Part]:
    """Domestic supply meets at least a share of each county's demand."""
    instance, goods = sheets.instance, sheets.goods
    policy = instance.policy
    if policy.coverage_floor == 0:
        return

    def figure(place: tuple[str, str], year: int) -> Term | None:
        if year < policy.coverage_floor_from or instance.demand[*place, year] <= 0:
            return None
        asked = sheets.data.setting("coverage_floor") * goods.demand.at(place, year)
        return lacking(goods.received.at(place, year), asked)

    area = goods.grid.limits("coverage_floor: received beyond it", "t/yr", figure)
    yield Part("each county gets the least share of each good from home", "t/yr", area)


def disparity_limit(sheets: PlanSheets) -> Iterator[Part]:
    """No province is covered by more than the limit better than another."""
    instance, lines = sheets.instance, sheets.provinces
    if instance.policy.disparity_limit == NO_LIMIT:
        return
    lines.sheet.section("Rule disparity_limit: supply from home as a share of demand")
    spans: dict[str, list[Line]] = {}
    for good in instance.goods:
        for code in lines.joining:
            spans.setdefault(good, []).append(
                lines.sheet.add(
                    f"{instance.provinces[code].name}, {instance.goods[good].name}",
                    "share",
                    "formula",
                    _supplied(sheets, good, code),
                    SHARE,
                )
            )

    def apart_by(good: str) -> Any:
        def figure(year: int) -> Term | None:
            column, block = lines.sheet.column(year), spans[good]
            known = [line.at(year).value if line.known(year) else None for line in block]
            if year < instance.policy.disparity_from or all(value is None for value in known):
                return None
            area = Area(lines.sheet.cells(block[0].row, column, block[-1].row, column), known)
            return left(most_of(area) - least_of(area), sheets.data.setting("disparity_limit"))

        return figure

    rows = [(f"{instance.goods[good].name}: left of the gap that may be", apart_by(good)) for good in instance.goods]
    area = lines.sheet.limits("share", rows)
    yield Part("the best and the worst covered province lie no further apart than may be", "share", area)


def _supplied(sheets: PlanSheets, good: str, province: str) -> Any:
    goods, instance = sheets.goods, sheets.instance

    def figure(year: int) -> Term | None:
        received, wanted = (goods.part(block, good, year, province) for block in (goods.received, goods.demand))
        asked = sum(instance.demand[county, good, year] for county in instance.counties_of[province])
        if received is None or wanted is None or asked <= 0:
            return None
        return total([received]) / total([wanted])

    return figure


def dispersion_cap(sheets: PlanSheets) -> Iterator[Part]:
    """No province holds more than a share of new capacity of a good."""
    instance, lines, plants = sheets.instance, sheets.provinces, sheets.plants
    if instance.policy.dispersion_cap == 1 or not plants.at:
        return
    size = plants.grid.add_column(
        "capacity started",
        "t/yr",
        "formula",
        lambda place: plants.figures["capacity"].at(place) * total([plants.start.across(place)]),
    )
    places: dict[tuple[str, str], list[Term]] = {}
    for county, code in plants.grid.rows:
        key = (instance.counties[county].province, instance.designs[code].good)
        places.setdefault(key, []).append(size.at((county, code)))
    lines.sheet.section("Rule dispersion_cap: all plan years")
    last = instance.last_year

    def started(key: tuple[str, str], year: int) -> Term | None:
        return added(places[key]) if year == last else None

    built = {
        key: lines.sheet.add(
            f"{instance.provinces[key[0]].name}, {instance.goods[key[1]].name}: capacity started",
            "t/yr",
            "formula",
            partial(started, key),
        )
        for key in places
    }

    def leaves(key: tuple[str, str]) -> Any:
        def figure(year: int) -> Term | None:
            if year != last:
                return None
            everywhere = added(line.at(last) for (_, good), line in built.items() if good == key[1])
            allowed = sheets.data.setting("dispersion_cap") * total([everywhere])
            return left(built[key].at(last), allowed, everywhere)

        return figure

    rows = [
        (f"{instance.provinces[key[0]].name}, {instance.goods[key[1]].name}: left of its share", leaves(key))
        for key in built
    ]
    yield Part("no province holds more than the stated share of new capacity", "t/yr", lines.sheet.limits("t/yr", rows))


def gini_cap(sheets: PlanSheets) -> Iterator[Part]:
    """Coverage is spread over people with a Gini coefficient of no more than the cap; plants import no good that
    people want, beyond what they would."""
    instance, nation, people, goods = sheets.instance, sheets.nation.sheet, sheets.people, sheets.goods
    policy = instance.policy
    if policy.gini_cap >= 1:
        return
    nation.section("Rule gini_cap")

    def figure(year: int) -> Term | None:
        if year < policy.gini_cap_from or people.gini(year) is None:
            return None
        everyone = total([people.people.down(year)])
        uneven = product(people.people.down(year), people.apart.down(year)) / (term(2.0) * everyone * everyone)
        mean = people.mean_coverage(year) / everyone
        return left(uneven, sheets.data.setting("gini_cap") * mean)

    area = nation.limits("of demand", [("unevenness of coverage left", figure)])
    yield Part("coverage is no more uneven than may be", "of demand", area)
    shared = {entry.good for entry in instance.inputs.values()}
    if not shared & set(instance.goods):
        return

    def missing(place: tuple[str, str], year: int) -> Term | None:
        people_there = instance.counties[place[0]].population > 0
        if place[1] not in shared or year < policy.gini_cap_from or not people_there:
            return None
        if instance.demand[*place, year] <= 0:
            return None
        lacks = goods.imports.at(place, year) + goods.shortage.at(place, year)
        return left(lacks, goods.demand.at(place, year), goods.demand.at(place, year))

    area = goods.grid.limits("gini_cap: demand beyond imports and not met", "t/yr", missing)
    yield Part("plants import no more of a good than people would", "t/yr", area)


def uncovered_cap(sheets: PlanSheets) -> Iterator[Part]:
    """No more people are left uncovered than the cap."""
    policy, nation = sheets.instance.policy, sheets.nation.sheet
    if policy.uncovered_cap == NO_LIMIT:
        return
    nation.section("Rule uncovered_cap: all plan years")
    used = total([sheets.people.uncovered.whole()])
    yield _in_all(
        sheets,
        "people left to be uncovered",
        "person-years",
        used,
        "uncovered_cap",
        "no more are uncovered than may be",
    )


def cost_cap(sheets: PlanSheets) -> Iterator[Part]:
    """The plan costs no more than the cap."""
    policy, nation = sheets.instance.policy, sheets.nation.sheet
    if policy.cost_cap == NO_LIMIT:
        return
    costs = sheets.costs
    nation.section("Rule cost_cap: all plan years")
    used = total([costs.total.across()])
    yield _in_all(
        sheets, "left of what it may cost", _money(sheets), used, "cost_cap", "the plan costs no more than may be"
    )


def _in_all(sheets: PlanSheets, title: str, unit: str, used: Term, setting: str, asks: str) -> Part:
    """A limit on all plan years together, written under the last."""

    def figure(year: int) -> Term | None:
        return left(used, sheets.data.setting(setting)) if year == sheets.instance.last_year else None

    return Part(asks, unit, sheets.nation.sheet.limits(unit, [(title, figure)]))
