"""Checks of the rules on labour, materials and money, as formulas."""

from collections.abc import Iterator
from typing import Any

from models.records import NO_LIMIT
from reports.excel.check import Part
from reports.excel.formula import NOTHING, Term, apart, lacking, left, product_sum, total
from reports.excel.grid import COUNT, FINE, Block
from reports.excel.plan import PlanSheets


def workers(sheets: PlanSheets) -> Iterator[Part]:
    """The staff of running plants comes out of a county's pool."""
    counties, grid = sheets.instance.counties, sheets.building.grid
    if all(county.workers == NO_LIMIT for county in counties.values()) or not sheets.plants.at:
        return
    pool = grid.add_column(
        "pool of workers",
        "persons",
        "data",
        lambda county: counties[county].workers if counties[county].workers < NO_LIMIT else "no limit",
        COUNT,
    )
    staff = _staff(sheets)

    def figure(county: str, year: int) -> Term | None:
        return left(staff.at(county, year), pool.at(county)) if pool.known(county) else None

    area = grid.limits("workers: left of the pool", "persons", figure)
    yield Part("plants take no more workers than a county's pool has", "persons", area)


def _staff(sheets: PlanSheets) -> Block:
    """Persons who run the plants of a county."""
    plants = sheets.plants

    def figure(county: str, year: int) -> Term:
        if county not in plants.at:
            return NOTHING
        return product_sum(plants.rows(plants.figures["workers"], county), plants.rows(plants.running, county, year))

    return sheets.building.grid.add("staff of running plants", "persons", "formula", figure, COUNT)


def stipends(sheets: PlanSheets) -> Iterator[Part]:
    """Stipends are at least a part of what workers would make elsewhere."""
    instance, plants, data, grid = sheets.instance, sheets.plants, sheets.data, sheets.building.grid
    if instance.policy.least_stipend == 0 or not plants.at:
        return
    money = f"{instance.currency or 'money'}/yr"

    def beyond(place: tuple[str, str], year: int) -> Term:
        output = plants.produce.at(place, year)
        if plants.quota is not None and plants.quota.known(place, year):
            output = output - plants.quota.at(place, year) * plants.running.at(place, year)
        return data.at("goods", instance.designs[place[1]].good, "market price") * output

    sold = plants.grid.add("sold beyond the quota", money, "formula", beyond, FINE)
    lost = plants.grid.add(
        "product of its workers elsewhere",
        money,
        "formula",
        lambda place, year: (
            plants.figures["market_product"].at(place)
            * plants.figures["workers"].at(place)
            * plants.running.at(place, year)
        ),
        FINE,
    )

    def figure(county: str, year: int) -> Term | None:
        if county not in plants.at:
            return None
        sales = total([plants.rows(sold, county, year)])
        due = data.setting("least_stipend") * total([plants.rows(lost, county, year)])
        return lacking(data.setting("stipend_share") * sales, due, sales)

    area = grid.limits("stipends: beyond the least", money, figure)
    yield Part("stipends are at least the stated part of what workers would make elsewhere", money, area)


def construction_labour(sheets: PlanSheets) -> Iterator[Part]:
    """Labour for construction is central or, up to what it has, the county's own."""
    building = sheets.building
    unit = "person-years"

    def meets(county: str, year: int) -> Term:
        given = building.central_labour.at(county, year) + building.local_labour.at(county, year)
        return apart(given, building.labour.at(county, year), building.labour.at(county, year))

    area = building.grid.limits("construction_labour", "person-years off", meets)
    yield Part("labour given is what construction takes", unit, area, exact=True)
    yield _own(building, building.most_labour, building.local_labour, "construction_labour", unit)


def _own(building: Any, bound: Block, used: Block, rule: str, unit: str) -> Part:
    """No more than a county has."""
    area = building.grid.limits(
        f"{rule}: left of the county's own",
        unit,
        lambda county, year: left(used.at(county, year), bound.at(county)) if bound.known(county) else None,
    )
    return Part("a county gives no more of its own than it has", unit, area)


def central_labour_pool(sheets: PlanSheets) -> Iterator[Part]:
    """Counties share the year's central labour."""
    nation = sheets.nation
    nation.sheet.section("Rule central_labour_pool")
    rows = [
        (
            "central labour left",
            lambda year: (
                left(nation.labour_used.at(year), nation.labour.at(year)) if nation.labour.known(year) else None
            ),
        )
    ]
    unit = "person-years"
    yield Part("counties get no more labour than the centre has", unit, nation.sheet.limits(unit, rows))


def construction_materials(sheets: PlanSheets) -> Iterator[Part]:
    """Materials for construction are central or, up to what it has, the county's own."""
    materials = sheets.materials
    if materials is None:
        return

    def meets(place: tuple[str, str], year: int) -> Term:
        given = materials.central.at(place, year) + materials.local.at(place, year)
        return apart(given, materials.needed.at(place, year), materials.needed.at(place, year))

    area = materials.grid.limits("construction_materials", "t off", meets)
    yield Part("materials given are what construction takes", "t", area, exact=True)
    area = materials.grid.limits(
        "construction_materials: left of the county's own",
        "t",
        lambda place, year: left(materials.local.at(place, year), materials.most_local.at(place)),
    )
    yield Part("a county gives no more of its own than it has", "t", area)


def central_material_pool(sheets: PlanSheets) -> Iterator[Part]:
    """Counties share the year's central materials."""
    nation, instance = sheets.nation, sheets.instance
    if not nation.materials:
        return
    nation.sheet.section("Rule central_material_pool")

    def leaves(code: str) -> Any:
        has, used = nation.materials[code], nation.materials_used[code]
        return lambda year: left(used.at(year), has.at(year)) if has.known(year) else None

    rows = [(f"central {instance.materials[code].name} left", leaves(code)) for code in nation.materials]
    yield Part("counties get no more of a material than the centre has", "t", nation.sheet.limits("t", rows))


def investment_funded(sheets: PlanSheets) -> Iterator[Part]:
    """Construction is paid by centre, county and donors; the centre's share lies within its bounds."""
    building, policy, data = sheets.building, sheets.instance.policy, sheets.data
    money = sheets.instance.currency or "money"

    def meets(county: str, year: int) -> Term:
        return apart(building.paid.at(county, year), building.cost.at(county, year))

    area = building.grid.limits("investment_funded", f"{money} off", meets)
    yield Part("what is paid is what construction costs", money, area, exact=True)
    yield _own(building, building.most_local, building.local, "investment_funded", money)

    def over_least(county: str, year: int) -> Term:
        paid = building.paid.at(county, year)
        return lacking(building.central.at(county, year), data.setting("least_central_share") * paid, paid)

    def under_most(county: str, year: int) -> Term:
        paid = building.paid.at(county, year)
        return left(building.central.at(county, year), data.setting("most_central_share") * paid, paid)

    if policy.least_central_share > 0:
        area = building.grid.limits("investment_funded: centre beyond its least", money, over_least)
        yield Part("the centre pays at least its least share in each county", money, area)
    if policy.most_central_share < 1:
        area = building.grid.limits("investment_funded: centre below its most", money, under_most)
        yield Part("the centre pays at most its most share in each county", money, area)


def donation_limit(sheets: PlanSheets) -> Iterator[Part]:
    """Donors give no more than they can, and no more than a share of construction."""
    building, money = sheets.building, sheets.instance.currency or "money"
    yield _own(building, building.most_donated, building.donated, "donation_limit", money)

    def figure(county: str, year: int) -> Term:
        paid = building.paid.at(county, year)
        return left(building.donated.at(county, year), sheets.data.setting("most_donated_share") * paid, paid)

    if sheets.instance.policy.most_donated_share < 1:
        area = building.grid.limits("donation_limit: left of donors' share", money, figure)
        yield Part("donors give no more than a share of construction", money, area)


def central_budget(sheets: PlanSheets) -> Iterator[Part]:
    """The centre spends the year's funds, what comes back of remittances and what it kept; and keeps the rest."""
    nation, instance = sheets.nation, sheets.instance
    money = instance.currency or "money"
    nation.sheet.section("Rule central_budget")
    carried = instance.policy.reserve_carried

    def balance(year: int) -> Term | None:
        if not nation.funds.known(year) or not carried:
            return None
        return apart(
            nation.spent.at(year) + nation.reserve.at(year), nation.available.at(year), nation.available.at(year)
        )

    def leaves(year: int) -> Term | None:
        if not nation.funds.known(year) or carried:
            return None
        return left(nation.spent.at(year), nation.funds.at(year) + nation.recycled.at(year))

    def kept(year: int) -> Term | None:
        return None if carried and nation.funds.known(year) else left(nation.reserve.at(year), NOTHING)

    if carried:
        area = nation.sheet.limits(money, [("spent and kept, off what there is", balance)])
        yield Part("the centre spends and keeps what it has", money, area, exact=True)
    else:
        yield Part("the centre spends no more than it has", money, nation.sheet.limits(money, [("left", leaves)]))
    if any(kept(year) is not None for year in instance.years):
        area = nation.sheet.limits(money, [("kept where nothing may be", kept)])
        yield Part("nothing is kept where reserves are not carried, or funds have no limit", money, area, exact=True)


def import_budget(sheets: PlanSheets) -> Iterator[Part]:
    """Imports take no more than the year's foreign currency."""
    nation, unit = sheets.nation, "foreign currency"
    nation.sheet.section("Rule import_budget")

    def figure(year: int) -> Term | None:
        if not nation.currency.known(year):
            return None
        return left(nation.currency_used.at(year), nation.currency.at(year))

    yield Part("imports take no more than the foreign currency", unit, nation.sheet.limits(unit, [("left", figure)]))
