"""Table of what is made, and in which plants."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.plants import utilisation
from models.measures.shares import NEGLIGIBLE, share, whole
from models.plan import Result
from reports.columns import (
    GOOD_COLUMNS,
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
    table,
)


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
            "capacity that power, materials and support bases allow; existing: less what joining crowds out",
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
    rows: list[tuple[int, str, dict[str, object]]] = []
    for (county, code, year), used in utilisation(instance, plan).items():
        design, tonnes = instance.designs[code], used.output
        row = {"plant": code, "plant_name": design.name, **good_row(instance, design.good)}
        row |= {"count": whole(used.running), "capacity": used.capacity, "usable": used.allowed, "tonnes": tonnes}
        rows.append((year, county, row | {"utilisation": share(tonnes, used.allowed)}))
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
