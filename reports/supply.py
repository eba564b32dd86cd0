"""Tables of what is moved, used and lacking."""

from collections import defaultdict
from collections.abc import Iterator

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE, share
from models.measures.supply import arrivals, domestic_supply, output, output_of_new, used_by_plants
from models.plan import Plan, Result
from reports.columns import (
    COUNTY_COLUMNS,
    GOOD_COLUMNS,
    KILOMETRES,
    MONEY_YEAR,
    PLACE_COLUMNS,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    TONNE_KM,
    TONNES_YEAR,
    YEAR_COLUMN,
    Column,
    Row,
    county_order,
    county_row,
    good_row,
    place_row,
    plan_of,
    region_row,
    table,
)
from reports.mechanisms import has_intermediates


@table(
    "Shipments",
    (
        YEAR_COLUMN,
        Column("origin", TEXT, "code of the sending county", "origin code"),
        Column("origin_name", TEXT, "sending county", "origin"),
        Column("destination", TEXT, "code of the receiving county", "destination code"),
        Column("destination_name", TEXT, "receiving county", "destination"),
        *GOOD_COLUMNS,
        Column("tonnes", TONNES_YEAR, "goods sent", "sent"),
        Column("distance", KILOMETRES, "length of the lane"),
        Column("tonne_km", TONNE_KM, "tonnes times distance", "haulage"),
        Column("cost", MONEY_YEAR, "cost of transport in the year, not discounted"),
    ),
    key_columns=5,
)
def shipments(instance: Instance, result: Result) -> Iterator[Row]:
    """Which goods go from one county to another. What a county uses itself is on the sheet Own use."""
    for origin, destination, good, year, tonnes in _shipped(instance, plan_of(result)):
        if origin != destination:
            lane = instance.lanes[origin, destination, good]
            yield {
                "year": year,
                "origin": origin,
                "origin_name": instance.counties[origin].name,
                "destination": destination,
                "destination_name": instance.counties[destination].name,
                **good_row(instance, good),
                "tonnes": tonnes,
                "distance": lane.distance,
                "tonne_km": tonnes * lane.distance,
                "cost": tonnes * lane.cost,
            }


@table(
    "Own use",
    (
        YEAR_COLUMN,
        *COUNTY_COLUMNS,
        *GOOD_COLUMNS,
        Column("tonnes", TONNES_YEAR, "goods made and used in the county", "used at home"),
        Column("cost", MONEY_YEAR, "cost of distribution in the year, not discounted"),
    ),
    key_columns=3,
)
def own_use(instance: Instance, result: Result) -> Iterator[Row]:
    """What each county uses of its own output."""
    for origin, destination, good, year, tonnes in _shipped(instance, plan_of(result)):
        if origin == destination:
            yield {
                "year": year,
                **county_row(instance, origin),
                **good_row(instance, good),
                "tonnes": tonnes,
                "cost": tonnes * instance.lanes[origin, origin, good].cost,
            }


def _shipped(instance: Instance, plan: Plan) -> list[tuple[str, str, str, int, float]]:
    """(origin, destination, good, year, tonnes) in order of year, origin, good and destination."""
    order = county_order(instance)
    rank = {good: position for position, good in enumerate(instance.goods)}
    sent = [(*index, tonnes) for index, tonnes in plan.ship.items() if tonnes > NEGLIGIBLE]
    return sorted(sent, key=lambda lane: (lane[3], order[lane[0]], rank[lane[2]], order[lane[1]]))


@table(
    "Supply",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        *GOOD_COLUMNS,
        Column("demand", TONNES_YEAR, "what the county's people need"),
        Column(
            "plants_use", TONNES_YEAR, "what its plants take of it as raw material", "used by plants", has_intermediates
        ),
        Column("own_county", TONNES_YEAR, "met by output of the county itself, new or existing", "from own county"),
        Column("elsewhere", TONNES_YEAR, "met by output of other counties, new or existing", "from other counties"),
        Column("imports", TONNES_YEAR, "met by imports from abroad"),
        Column("shortage", TONNES_YEAR, "not met"),
        Column("coverage", SHARE, "domestic supply of its people, own and other counties, as a share of demand"),
        Column(
            "made_new", TONNES_YEAR, "output of the plan's plants in the county, whoever uses it", "made by new plants"
        ),
        Column(
            "made_existing",
            TONNES_YEAR,
            "output of existing industry in the county, whoever uses it",
            "made by existing plants",
        ),
        Column("sent", TONNES_YEAR, "part of that output that goes to other counties", "sent elsewhere"),
    ),
    key_columns=3,
)
def supply(instance: Instance, result: Result) -> Iterator[Row]:
    """How what each county needs is met, and what it makes itself. New and existing output are pooled before they are
    sent, so they are told apart where they are made, not where they are used. Where plants use a good as well, imports
    count for people first.
    """
    plan = plan_of(result)
    own, others = arrivals(plan)
    made, used, domestic = (
        output_of_new(instance, plan),
        used_by_plants(instance, plan),
        domestic_supply(instance, plan),
    )
    sent: dict[tuple[str, str, int], float] = defaultdict(float)
    for (origin, destination, good, year), tonnes in plan.ship.items():
        if origin != destination:
            sent[origin, good, year] += tonnes
    for year in instance.years:
        for county in county_order(instance):
            for good in instance.goods:
                index = (county, good, year)
                demand = instance.demand[index]
                row: dict[str, float] = {
                    "demand": demand,
                    "plants_use": used.get(index, 0.0),
                    "own_county": own.get(index, 0.0),
                    "elsewhere": others.get(index, 0.0),
                    "imports": plan.imports.get(index, 0.0),
                    "shortage": plan.shortage.get(index, 0.0),
                    "made_new": made.get(index, 0.0),
                    "made_existing": plan.produce_existing.get(index, 0.0),
                    "sent": sent.get(index, 0.0),
                }
                if any(amount > NEGLIGIBLE for amount in row.values()):
                    coverage = share(domestic.get(index, 0.0), demand)
                    place = place_row(instance, county)
                    yield {"year": year, **place, **good_row(instance, good), **row, "coverage": coverage}


@table(
    "Coverage",
    (
        YEAR_COLUMN,
        *PROVINCE_COLUMNS,
        *GOOD_COLUMNS,
        Column("demand", TONNES_YEAR, "what its people need"),
        Column("domestic", TONNES_YEAR, "people's demand met by output of the country", "domestic supply"),
        Column("imports", TONNES_YEAR, "met by imports from abroad"),
        Column("shortage", TONNES_YEAR, "not met"),
        Column("coverage", SHARE, "domestic supply as a share of demand"),
        Column("lowest", SHARE, "coverage of its least covered county", "least covered county"),
        Column("output", TONNES_YEAR, "made there, new and existing, whoever uses it", "made there"),
    ),
    key_columns=3,
)
def coverage(instance: Instance, result: Result) -> Iterator[Row]:
    """How much of demand each province, and the nation, meets from domestic output, by good and year."""
    plan = plan_of(result)
    regions = {"": tuple(instance.counties), **instance.counties_of}
    supplied, made = domestic_supply(instance, plan), output(instance, plan)
    for year in instance.years:
        for code, counties in regions.items():
            for good in instance.goods:
                places = [(county, good, year) for county in counties]
                demand = sum(instance.demand[place] for place in places)
                domestic = {place: supplied.get(place, 0.0) for place in places}
                shares = [share(domestic[place], instance.demand[place]) for place in places]
                yield {
                    "year": year,
                    **region_row(instance, code),
                    **good_row(instance, good),
                    "demand": demand,
                    "domestic": sum(domestic.values()),
                    "imports": sum(plan.imports.get(place, 0.0) for place in places),
                    "shortage": sum(plan.shortage.get(place, 0.0) for place in places),
                    "coverage": share(sum(domestic.values()), demand),
                    "lowest": min((covered for covered in shares if covered is not None), default=None),
                    "output": sum(made.get(place, 0.0) for place in places),
                }
