"""The table of workers drawn from markets."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.labour import labour_drawn
from models.measures.shares import NEGLIGIBLE
from models.plan import Result
from reports.columns import (
    MONEY_YEAR,
    PERSONS,
    PLACE_COLUMNS,
    SHARE,
    YEAR_COLUMN,
    Column,
    Row,
    county_order,
    place_row,
    plan_of,
    table,
)
from reports.mechanisms import has_workers


@table(
    "Labour",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("workers", PERSONS, "persons who run plants of the plan", "workers drawn"),
        Column("pool", PERSONS, "persons from whom plants can draw their staff"),
        Column("pool_share", SHARE, "part of the pool that is drawn", "share of the pool"),
        Column("product", MONEY_YEAR, "what they would have produced elsewhere, not discounted", "product lost"),
    ),
    key_columns=3,
    concerns=has_workers,
)
def labour(instance: Instance, result: Result) -> Iterator[Row]:
    """How many workers plants draw from the markets of each county, and what is lost there. One row for each county
    and year with plants running.
    """
    order = county_order(instance)
    known = labour_drawn(instance, plan_of(result))
    for county, year in sorted(known, key=lambda place: (place[1], order[place[0]])):
        drawn = known[county, year]
        if drawn.workers > NEGLIGIBLE:
            yield {
                "year": year,
                **place_row(instance, county),
                "workers": drawn.workers,
                "pool": drawn.pool,
                "pool_share": drawn.pool_share,
                "product": drawn.product,
            }
