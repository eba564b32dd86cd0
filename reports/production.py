"""Tables of what is made, in which plants, and from which raw materials."""

from collections import defaultdict
from collections.abc import Iterator

from models.instance import Instance
from models.plan import Plan, Result
from reports.columns import (
    GOOD_COLUMNS,
    MONEY_YEAR,
    NEGLIGIBLE,
    PLACE_COLUMNS,
    PLANTS,
    SHARE,
    TEXT,
    TONNES_YEAR,
    YEAR_COLUMN,
    Column,
    Row,
    county_order,
    good_row,
    place_row,
    plan_of,
    share,
    table,
    whole,
)

CountyGoodYear = dict[tuple[str, str, int], float]


def output_of_new(instance: Instance, plan: Plan) -> CountyGoodYear:
    """Tonnes made by plants of the plan, by county, good and year."""
    made: CountyGoodYear = defaultdict(float)
    for (county, design, year), tonnes in plan.produce.items():
        made[county, instance.designs[design].good, year] += tonnes
    return made


@table(
    "Production",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("plant", TEXT, "code of the design, or 'existing' for industry older than the plan", "design code"),
        Column("plant_name", TEXT, "name of the design", "plant"),
        *GOOD_COLUMNS,
        Column("count", PLANTS, "plants running; blank for existing industry", "plants running"),
        Column("capacity", TONNES_YEAR, "output at full utilisation; for existing industry its usable capacity"),
        Column(
            "usable",
            TONNES_YEAR,
            "capacity that power and materials allow; existing: less what joining crowds out",
            "usable capacity",
        ),
        Column("tonnes", TONNES_YEAR, "output", "output"),
        Column("utilisation", SHARE, "output as a share of usable capacity", "use of usable capacity"),
    ),
    key_columns=3,
)
def production(instance: Instance, result: Result) -> Iterator[Row]:
    """What plants make, and how much of their usable capacity that takes. One row for each county, design (or
    existing industry of a good) and year with plants running, idle ones included.
    """
    plan = plan_of(result)
    running: dict[tuple[str, str, int], float] = defaultdict(float)
    for (county, code, start), count in plan.start.items():
        for year in instance.years:
            if start in instance.running(code, year):
                running[county, code, year] += count
    places = {index for index, count in running.items() if count > NEGLIGIBLE}
    places |= {index for index, tonnes in plan.produce.items() if tonnes > NEGLIGIBLE}
    rows: list[tuple[int, str, dict[str, object]]] = []
    for county, code, year in places:
        design, option = instance.designs[code], instance.options[county, code]
        count = whole(running[county, code, year])
        capacity = count * option.capacity if count else 0.0
        tonnes = plan.produce.get((county, code, year), 0.0)
        usable = capacity * design.utilisation if design.utilisation else 0.0
        row = {"plant": code, "plant_name": design.name, **good_row(instance, design.good), "count": count}
        row |= {"capacity": capacity, "usable": usable, "tonnes": tonnes, "utilisation": share(tonnes, usable)}
        rows.append((year, county, row))
    for (county, good), existing in instance.existing.items():
        for year in instance.years:
            joined = any(plan.select.get((county, past), 0.0) > 0.5 for past in instance.years if past <= year)
            usable = existing.capacity * (1 - existing.crowded_out if joined else 1)
            tonnes = plan.produce_existing.get((county, good, year), 0.0)
            if max(existing.capacity, tonnes) > NEGLIGIBLE:
                row = {
                    "plant": "existing",
                    "plant_name": "Existing industry",
                    **good_row(instance, good),
                    "count": None,
                }
                row |= {"capacity": existing.capacity, "usable": usable, "tonnes": tonnes}
                rows.append((year, county, row | {"utilisation": share(tonnes, usable)}))
    order = county_order(instance)
    goods = {good: rank for rank, good in enumerate(instance.goods)}
    rows.sort(key=lambda entry: (entry[0], order[entry[1]], goods[str(entry[2]["good"])], str(entry[2]["plant"])))
    for year, county, row in rows:
        yield {"year": year, **place_row(instance, county), **row}


@table(
    "Raw materials",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("input", TEXT, "code of the raw material", "raw material code"),
        Column("input_name", TEXT, "raw material", "raw material"),
        Column("local", TONNES_YEAR, "taken from the county itself"),
        Column("bought", TONNES_YEAR, "bought from elsewhere"),
        Column("local_share", SHARE, "the county's own as a share of what is used, by weight"),
        Column("cost", MONEY_YEAR, "cost of both in the year, not discounted"),
    ),
    key_columns=3,
)
def inputs(instance: Instance, result: Result) -> Iterator[Row]:
    """Which raw materials the plants use, and whether they are the county's own or bought."""
    plan = plan_of(result)
    order = county_order(instance)
    rank = {code: position for position, code in enumerate(instance.inputs)}
    used = plan.local_input.keys() | plan.bought_input.keys()
    for county, code, year in sorted(used, key=lambda index: (index[2], order[index[0]], rank[index[1]])):
        raw = instance.inputs[code]
        local = plan.local_input.get((county, code, year), 0.0)
        bought = plan.bought_input.get((county, code, year), 0.0)
        if local + bought > NEGLIGIBLE:
            yield {
                "year": year,
                **place_row(instance, county),
                "input": code,
                "input_name": raw.name,
                "local": local,
                "bought": bought,
                "local_share": share(local, local + bought),
                "cost": local * raw.local_price + bought * raw.bought_price,
            }
