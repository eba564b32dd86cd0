"""Tables of how far counties live on their own output."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.self_sufficiency import SelfSupply, self_supply
from models.measures.shares import mean
from models.plan import Result
from reports.columns import (
    GOOD_COLUMNS,
    PLACE_COLUMNS,
    SHARE,
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


def _columns(instance: Instance) -> tuple[Column, ...]:
    goods: list[Column] = []
    for code, good in instance.goods.items():
        goods.append(Column(f"own_{code}", SHARE, f"own output of {good.name} used at home / use", f"{good.name}, own"))
        goods.append(Column(f"made_{code}", SHARE, f"output of {good.name} / use", f"{good.name}, made"))
    return (
        *PLACE_COLUMNS,
        Column("own", SHARE, "mean over goods of own output used at home / use", "all goods, own"),
        *goods,
    )


@table("Self-sufficiency", _columns, key_columns=2)
def self_sufficiency(instance: Instance, result: Result) -> Iterator[Row]:
    """How far each county lives on its own output in the last year: own output used at home, and all it makes, as
    shares of what its people and plants use of a good. Above 100 % it makes more than it needs.
    """
    known = self_supply(instance, plan_of(result))
    for county in county_order(instance):
        found = {good: known[county, good, instance.last_year] for good in instance.goods}
        row = {f"own_{good}": supply.own_share for good, supply in found.items()}
        row |= {f"made_{good}": supply.output_ratio for good, supply in found.items()}
        own = mean(supply.own_share for supply in found.values())
        yield {**place_row(instance, county), "own": own, **row}


@table(
    "Self-sufficiency by year",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        *GOOD_COLUMNS,
        Column("use", TONNES_YEAR, "what its people need and its plants use as raw material", "used"),
        Column("own", TONNES_YEAR, "own output used at home"),
        Column("output", TONNES_YEAR, "own output, whoever uses it"),
        Column("own_share", SHARE, "own output used at home as a share of use"),
        Column("output_ratio", SHARE, "own output as a share of use", "output to use"),
    ),
    key_columns=3,
    own_sheet=False,
)
def self_sufficiency_by_year(instance: Instance, result: Result) -> Iterator[Row]:
    """How far each county lives on its own output, by year, county and good."""
    known = self_supply(instance, plan_of(result))
    for year in instance.years:
        for county in county_order(instance):
            for good in instance.goods:
                found = known.get((county, good, year), SelfSupply(0.0, 0.0, 0.0))
                yield {
                    "year": year,
                    **place_row(instance, county),
                    **good_row(instance, good),
                    "use": found.use,
                    "own": found.own,
                    "output": found.output,
                    "own_share": found.own_share,
                    "output_ratio": found.output_ratio,
                }
