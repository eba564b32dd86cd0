"""Sheets of the Excel report with where goods and raw materials go."""

from dataclasses import dataclass
from typing import Any

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from models.plan import Plan
from reports.columns import county_order
from reports.excel.cells import Book
from reports.excel.formula import NOTHING, Area, Term, added, most, total
from reports.excel.grid import FINE, SHARE, Block, Grid
from reports.excel.plan_choices import ExistingSheet, PlantSheet
from reports.excel.plan_data import DataSheet

GOODS, LANES, RAW = "Plan goods", "Plan lanes", "Plan raw materials"


@dataclass
class GoodSheet:
    """Goods by good and county: what people need, where it comes from. The last blocks are filled once all else is.

    `received` and `sent` are along lanes, `taken` is used by plants, `domestic` is what people get from home."""

    grid: Grid
    demand: Block
    imports: Block
    shortage: Block
    received: Block
    sent: Block
    made: Block
    taken: Block | None
    domestic: Block
    coverage: Block
    span: dict[tuple[str, str], tuple[Any, Any]]
    """First and last row of each good in each province, and under the province `` in the nation."""

    def part(self, block: Block, good: str, year: int, province: str = "") -> Area | None:
        """A good's part of a column, in a province or the nation; None where there is no county."""
        span = self.span.get((province, good))
        return None if span is None else block.down(year, span)


@dataclass(frozen=True)
class LaneSheet:
    """Shipments by origin, good and destination."""

    grid: Grid
    distance: Block
    cost: Block
    ship: Block


@dataclass(frozen=True)
class RawSheet:
    """Raw materials by county and input."""

    grid: Grid
    supply: Block
    own_price: Block
    price: Block
    needed: Block
    local: Block
    bought: Block
    made: Block | None
    cost: Block
    """Money for the county's own, for bought ones and, at market price, for goods used."""
    at: dict[str, tuple[Any, Any]]


def good_rows(instance: Instance) -> dict[tuple[str, str], tuple[str, ...]]:
    """Counties and goods, sorted by good, province and county."""
    return {
        (county, good): (
            f"{instance.counties[county].name}, {instance.goods[good].name}",
            good,
            county,
            instance.counties[county].province,
        )
        for good in instance.goods
        for county in county_order(instance)
    }


def lane_sheet(book: Book, sheet: Any, instance: Instance, plan: Plan) -> LaneSheet:
    """Which good goes from where to where."""
    order, goods = county_order(instance), {good: rank for rank, good in enumerate(instance.goods)}
    lanes = sorted(instance.lanes, key=lambda lane: (order[lane[0]], goods[lane[2]], order[lane[1]]))
    names = instance.counties
    rows = {
        (origin, end, good): (
            f"{names[origin].name} to {names[end].name}, {instance.goods[good].name}",
            origin,
            end,
            good,
        )
        for origin, end, good in lanes
    }
    grid = Grid(book, sheet, LANES, ("from, to, good", "origin", "destination", "good"), rows, instance.years)
    money = instance.currency or "money"
    distance = grid.add_column("length", "km", "data", lambda lane: instance.lanes[lane].distance)
    cost = grid.add_column("cost", f"{money}/t", "data", lambda lane: instance.lanes[lane].cost, FINE)
    return LaneSheet(grid, distance, cost, grid.plan("sent", "t/yr", plan.ship))


def raw_sheet(book: Book, sheet: Any, instance: Instance, plan: Plan, data: DataSheet, plants: PlantSheet) -> RawSheet:
    """What plants are made of, and whose it is."""
    order, rank = county_order(instance), {code: place for place, code in enumerate(instance.inputs)}
    using = {(county, entry) for county, design in instance.options for entry in instance.designs[design].inputs}
    places = sorted(using, key=lambda place: (order[place[0]], rank[place[1]]))
    rows = {
        (county, entry): (f"{instance.counties[county].name}, {instance.inputs[entry].name}", county, entry)
        for county, entry in places
    }
    grid = Grid(book, sheet, RAW, ("county and raw material", "county", "raw material"), rows, instance.years)
    money = instance.currency or "money"
    supply = grid.add_column(
        "the county has", "t/yr", "data", lambda place: instance.input_supply.get(place, 0.0), FINE
    )
    own_price = grid.add_column(
        "own price", f"{money}/t", "formula", lambda place: data.at("inputs", place[1], "own price"), FINE
    )
    price = grid.add_column(
        "price bought", f"{money}/t", "formula", lambda place: data.at("inputs", place[1], "price bought"), FINE
    )

    def needed(place: tuple[str, str], year: int) -> Term:
        county, entry = place
        return added(
            data.at("recipes", design, entry) * plants.produce.at((county, design), year)
            for design in instance.designs_at[county]
            if entry in instance.designs[design].inputs
        )

    need = grid.add("needed", "t/yr", "formula", needed)
    local = grid.plan("from the county", "t/yr", plan.local_input)
    bought = grid.plan("bought", "t/yr", plan.bought_input)
    made = None
    if any(instance.inputs[entry].good is not None for _, entry in rows):
        made = grid.plan("goods used as such", "t/yr", plan.made_input)

    def cost(place: tuple[str, str], year: int) -> Term:
        paid = own_price.at(place) * local.at(place, year) + price.at(place) * bought.at(place, year)
        if made is not None and instance.inputs[place[1]].good is not None:
            paid = paid + data.at("inputs", place[1], "market price") * made.at(place, year)
        return paid

    spent = grid.add("their value", f"{money}/yr", "formula", cost, FINE)
    at: dict[str, tuple[Any, Any]] = {}
    for place in rows:
        at[place[0]] = (at.get(place[0], (place, place))[0], place)
    return RawSheet(grid, supply, own_price, price, need, local, bought, made, spent, at)


def fill_goods(
    instance: Instance,
    plan: Plan,
    grid: Grid,
    demand: Block,
    plants: PlantSheet,
    existing: ExistingSheet | None,
    lanes: LaneSheet,
    raw: RawSheet | None,
) -> GoodSheet:
    """Where each county's goods come from, and where its output goes."""
    imports = grid.plan("imports", "t/yr", plan.imports)
    shortage = grid.plan("not met", "t/yr", plan.shortage)
    order = county_order(instance)

    def received(place: tuple[str, str], year: int) -> Term:
        county, good = place
        return added(lanes.ship.at((origin, county, good), year) for origin in instance.origins[place])

    def sent(place: tuple[str, str], year: int) -> Term:
        county, good = place
        ends = sorted(instance.destinations[place], key=lambda end: order[end])
        if not ends:
            return NOTHING
        return total([lanes.ship.down(year, ((county, ends[0], good), (county, ends[-1], good)))])

    def made(place: tuple[str, str], year: int) -> Term:
        parts = [plants.produce.at((place[0], code), year) for code in instance.designs_of[place]]
        if existing is not None and place in instance.existing:
            parts.append(existing.produce.at(place, year))
        return added(parts)

    arrives = grid.add("received", "t/yr", "formula", received)
    output = grid.add("made", "t/yr", "formula", made)
    leaves = grid.add("sent or kept", "t/yr", "formula", sent)
    used = None
    if raw is not None and raw.made is not None:
        uses = raw.made
        kinds = {entry: each.good for entry, each in instance.inputs.items() if each.good is not None}

        def taken(place: tuple[str, str], year: int) -> Term:
            county, good = place
            return added(
                uses.at((county, entry), year)
                for entry, kind in kinds.items()
                if kind == good and (county, entry) in uses.grid.rows
            )

        used = grid.add("used by plants", "t/yr", "formula", taken)
    known = used

    def domestic(place: tuple[str, str], year: int) -> Term:
        arrived = arrives.at(place, year)
        return arrived if known is None else most(0.0, arrived - known.at(place, year))

    for_people = grid.add("domestic supply of people", "t/yr", "formula", domestic)

    def covered(place: tuple[str, str], year: int) -> Term | None:
        if instance.demand[*place, year] <= NEGLIGIBLE:
            return None
        return for_people.at(place, year) / demand.at(place, year)

    coverage = grid.add("coverage", "share", "formula", covered, SHARE)
    span: dict[tuple[str, str], tuple[Any, Any]] = {}
    for place in grid.rows:
        county, good = place
        for province in ("", instance.counties[county].province):
            span[province, good] = (span.get((province, good), (place, place))[0], place)
    return GoodSheet(grid, demand, imports, shortage, arrives, leaves, output, used, for_people, coverage, span)
