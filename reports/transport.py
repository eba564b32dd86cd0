"""The table of how far goods travel."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.supply import ALL_GOODS
from models.measures.transport import Haulage, haulage
from models.plan import Result
from reports.columns import (
    GOOD_COLUMNS,
    KILOMETRES,
    MONEY_YEAR,
    TONNE_KM,
    TONNES_YEAR,
    YEAR_COLUMN,
    Column,
    Row,
    good_row,
    plan_of,
    table,
)


@table(
    "Transport",
    (
        YEAR_COLUMN,
        *GOOD_COLUMNS,
        Column("kept", TONNES_YEAR, "output used in the county that made it", "used at home"),
        Column("sent", TONNES_YEAR, "output that goes to other counties", "sent elsewhere"),
        Column("tonne_km", TONNE_KM, "tonnes times distance, all domestic supply", "haulage"),
        Column("mean_haul_sent", KILOMETRES, "mean distance of what leaves its county", "mean haul of what is sent"),
        Column("mean_haul", KILOMETRES, "mean distance of all domestic supply", "mean haul of all"),
        Column("cost", MONEY_YEAR, "cost of transport and distribution in the year, not discounted"),
    ),
    key_columns=3,
)
def transport(instance: Instance, result: Result) -> Iterator[Row]:
    """How much is moved and how far, by year and good. Output of all plants of a county is pooled before it is sent,
    so that large and small plants are not told apart. Imports are not counted.
    """
    moved = haulage(instance, plan_of(result))
    for year in instance.years:
        parts = {good: moved.get((good, year), Haulage()) for good in instance.goods}
        for good, found in {**parts, ALL_GOODS: sum(parts.values(), Haulage())}.items():
            yield {
                "year": year,
                **good_row(instance, good),
                "kept": found.kept,
                "sent": found.sent,
                "tonne_km": found.tonne_km + found.tonne_km_within,
                "mean_haul_sent": found.mean_haul_sent,
                "mean_haul": found.mean_haul,
                "cost": found.cost,
            }
