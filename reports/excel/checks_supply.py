"""Checks of the rules on producing and supplying, as formulas."""

from collections.abc import Callable, Iterator
from typing import Any

from models.records import Good
from reports.excel.check import Part
from reports.excel.formula import (
    BLANK,
    NOTHING,
    Area,
    Term,
    added,
    apart,
    lacking,
    least,
    left,
    product_sum,
    term,
    total,
    where,
)
from reports.excel.plan import PlanSheets
from reports.excel.plan_choices import most_output

HALF = 0.5
PRICES: tuple[Callable[[Good], float | None], ...] = (
    lambda good: good.import_price,
    lambda good: good.shortage_penalty,
)
"""What says whether a good may be imported, and go short."""


def capacity(sheets: PlanSheets) -> Iterator[Part]:
    """Running plants make at most utilisation x capacity, at the utilisation that a support base would allow."""
    instance, plants = sheets.instance, sheets.plants

    def figure(place: tuple[str, str], year: int) -> Term | None:
        province = instance.counties[place[0]].province
        uplift = NOTHING
        if instance.provinces[province].support_uplift > 0:
            uplift = sheets.data.at("provinces", province, "support uplift")
        allowed = most_output(instance, sheets.data, plants, place, year, uplift)
        if allowed is None:
            return None
        rest = left(plants.produce.at(place, year), allowed)
        return where(plants.running.at(place, year), ">", HALF, rest, BLANK)

    area = plants.grid.limits("capacity: output left", "t/yr", figure)
    yield Part("running plants make no more than power, materials and a support base allow", "t/yr", area)


def support_uplift(sheets: PlanSheets) -> Iterator[Part]:
    """A province founds one support base at most; until it works, plants make what they can without."""
    instance, plants, lines = sheets.instance, sheets.plants, sheets.provinces
    if not lines.support:
        return
    lines.sheet.section("Rule support_uplift")

    def once(code: str) -> Any:
        def figure(year: int) -> Term | None:
            return left(total([lines.support[code].across()]), term(1.0)) if year == instance.last_year else None

        return figure

    rows = [(f"{instance.provinces[code].name}: left of one base", once(code)) for code in lines.support]
    yield Part("a province founds one base at most", "bases", lines.sheet.limits("bases", rows))

    def figure(place: tuple[str, str], year: int) -> Term | None:
        province = instance.counties[place[0]].province
        if province not in lines.support:
            return None
        allowed = most_output(instance, sheets.data, plants, place, year, NOTHING)
        if allowed is None:
            return None
        rest = left(plants.produce.at(place, year), allowed)
        waiting = where(plants.running.at(place, year), ">", HALF, rest, BLANK)
        return where(lines.at_work[province].at(year), ">", HALF, BLANK, waiting)

    area = plants.grid.limits("support_uplift: output left without a base", "t/yr", figure)
    yield Part("without a base at work plants make no more than their plain utilisation allows", "t/yr", area)


def existing_capacity(sheets: PlanSheets) -> Iterator[Part]:
    """Existing plants make at most their capacity less what joining crowds out, and by setting at least as usual."""
    existing = sheets.existing
    if existing is None:
        return

    def kept(place: tuple[str, str], year: int) -> Term:
        return term(1.0) - existing.crowded_out.at(place) * sheets.joining.joined.at(place[0], year)

    def leaves(place: tuple[str, str], year: int) -> Term:
        size = existing.capacity.at(place)
        return left(existing.produce.at(place, year), size * kept(place, year), size)

    def holds(place: tuple[str, str], year: int) -> Term:
        usual = existing.usual.at(place, year)
        return lacking(existing.produce.at(place, year), usual * kept(place, year), usual)

    area = existing.grid.limits("existing_capacity: output left", "t/yr", leaves)
    yield Part("existing plants make no more than joining leaves them", "t/yr", area)
    if sheets.instance.policy.existing_held:
        area = existing.grid.limits("existing_capacity: beyond what is held", "t/yr", holds)
        yield Part("existing plants go on making what they usually do, less what joining takes", "t/yr", area)


def quota_first(sheets: PlanSheets) -> Iterator[Part]:
    """Running plants make at least their quota."""
    plants = sheets.plants
    quota = plants.quota
    if quota is None:
        return

    def figure(place: tuple[str, str], year: int) -> Term | None:
        if not quota.known(place, year):
            return None
        running = plants.running.at(place, year)
        beyond = lacking(plants.produce.at(place, year), quota.at(place, year) * running)
        return where(running, ">", HALF, beyond, BLANK)

    area = plants.grid.limits("quota_first: output beyond the quota", "t/yr", figure)
    yield Part("running plants make at least their quota", "t/yr", area)


def shipped_from_output(sheets: PlanSheets) -> Iterator[Part]:
    """What leaves a county, or stays for use, is what its plants make."""
    goods = sheets.goods
    area = goods.grid.limits(
        "shipped_from_output",
        "t/yr off",
        lambda place, year: apart(goods.sent.at(place, year), goods.made.at(place, year)),
    )
    yield Part("what a county sends or keeps is what it makes", "t/yr", area, exact=True)


def demand(sheets: PlanSheets) -> Iterator[Part]:
    """Arrivals, imports and shortage make up demand and what plants take."""
    goods = sheets.goods
    taken = goods.taken

    def meets(place: tuple[str, str], year: int) -> Term:
        supply = goods.received.at(place, year) + goods.imports.at(place, year) + goods.shortage.at(place, year)
        wanted = goods.demand.at(place, year)
        return apart(supply, wanted if taken is None else wanted + taken.at(place, year), wanted)

    area = goods.grid.limits("demand", "t/yr off", meets)
    yield Part("supply, imports and what is not met make up demand and what plants use", "t/yr", area, exact=True)
    foreign, short = ({code for code, good in sheets.instance.goods.items() if price(good) is None} for price in PRICES)
    if foreign:
        area = goods.grid.limits(
            "demand: imports of what cannot be",
            "t/yr, left of none",
            lambda place, year: left(goods.imports.at(place, year), NOTHING) if place[1] in foreign else None,
        )
        yield Part("only goods with an import price are imported", "t/yr", area, exact=True)
    if short:
        area = goods.grid.limits(
            "demand: not met of what must be",
            "t/yr, left of none",
            lambda place, year: left(goods.shortage.at(place, year), NOTHING) if place[1] in short else None,
        )
        yield Part("only goods with a penalty on it go short", "t/yr", area, exact=True)
    if taken is not None:
        area = goods.grid.limits(
            "demand: not met by people",
            "t/yr left",
            lambda place, year: left(goods.shortage.at(place, year), goods.demand.at(place, year)),
        )
        yield Part("people alone go short, plants do not", "t/yr", area)


def lanes(sheets: PlanSheets) -> Iterator[Part]:
    """No plant sends more down a lane than its end wants."""
    instance, plants, existing = sheets.instance, sheets.plants, sheets.existing

    def figure(lane: tuple[str, str, str], year: int) -> Term | None:
        origin, end, good = lane
        if len(instance.destinations[origin, good]) == 1:
            return None
        wanted = instance.wanted[end, good, year]
        parts = []
        for code in instance.designs_of[origin, good]:
            of_one = min(instance.supported_capacity[origin, code, year], wanted)
            parts.append(term(of_one) * plants.running.at((origin, code), year))
        allowed = added(parts)
        if existing is not None and (origin, good) in instance.existing:
            allowed = allowed + least(existing.capacity.at((origin, good)), wanted)
        return left(sheets.lanes.ship.at(lane, year), allowed, term(wanted))

    if any(len(ends) > 1 for ends in instance.destinations.values()):
        area = sheets.lanes.grid.limits("lanes: left of what its end could take", "t/yr", figure)
        yield Part(
            "goods travel along lanes alone, and no more than running plants make and the end wants", "t/yr", area
        )


def inputs(sheets: PlanSheets) -> Iterator[Part]:
    """Raw materials are the county's own, up to what it has, or bought, or goods."""
    raw = sheets.raw
    if raw is None:
        return

    def meets(place: tuple[str, str], year: int) -> Term:
        had = raw.local.at(place, year) + raw.bought.at(place, year)
        if raw.made is not None:
            had = had + raw.made.at(place, year)
        return apart(had, raw.needed.at(place, year))

    area = raw.grid.limits("inputs", "t/yr off", meets)
    yield Part("raw materials taken are what plants need", "t/yr", area, exact=True)
    area = raw.grid.limits(
        "inputs: left of the county's own",
        "t/yr",
        lambda place, year: left(raw.local.at(place, year), raw.supply.at(place)),
    )
    yield Part("a county gives no more of its own than it has", "t/yr", area)
    made = raw.made
    if made is not None:
        area = raw.grid.limits(
            "inputs: goods that are none",
            "t/yr left",
            lambda place, year: (
                left(made.at(place, year), NOTHING) if sheets.instance.inputs[place[1]].good is None else None
            ),
        )
        yield Part("goods serve only as raw materials that can be made of them", "t/yr", area, exact=True)


def local_input_share(sheets: PlanSheets) -> Iterator[Part]:
    """At least a share of raw materials, by value, is the county's own."""
    instance, raw = sheets.instance, sheets.raw
    scope = instance.policy.local_input_scope
    if raw is None or instance.policy.local_input_share == 0:
        return
    own = raw.own_price

    def beyond(span: tuple[Any, Any], year: int) -> Term:
        value: Area = raw.cost.down(year, span)
        mine = product_sum(own.down(None, span), raw.local.down(year, span))
        whole = total([value])
        return lacking(mine, sheets.data.setting("local_input_share") * whole, whole)

    money = instance.currency or "money"
    asks = "enough of raw materials, by value, is the county's own"
    if scope == "county":
        area = sheets.building.grid.limits(
            "local_input_share: own beyond the least",
            money,
            lambda county, year: beyond(raw.at[county], year) if county in raw.at else None,
        )
        yield Part(f"{asks}, in each county", money, area)
        return
    spans: dict[str, tuple[Any, Any]] = {}
    for place in raw.grid.rows:
        area_of = "" if scope == "nation" else instance.counties[place[0]].province
        spans[area_of] = (spans.get(area_of, (place, place))[0], place)
    sheet = sheets.nation.sheet if scope == "nation" else sheets.provinces.sheet
    sheet.section("Rule local_input_share")

    def of(span: tuple[Any, Any]) -> Any:
        return lambda year: beyond(span, year)

    rows = [
        (f"{instance.provinces[code].name if code else 'nation'}: own beyond the least", of(span))
        for code, span in spans.items()
    ]
    yield Part(f"{asks}, in {'the nation' if scope == 'nation' else 'each province'}", money, sheet.limits(money, rows))
