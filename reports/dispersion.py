"""Tables of how industry is spread, and what hangs on a single province."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.dispersion import coverage_without, new_capacity, plants_started
from models.measures.dispersion import dispersion as dispersion_of
from models.measures.shares import share, whole
from models.measures.supply import ALL_GOODS
from models.plan import Result
from reports.columns import (
    COUNTIES,
    GOOD_COLUMNS,
    INDEX,
    PLANTS,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    TONNES_YEAR,
    Column,
    Row,
    good_row,
    plan_of,
    province_row,
    table,
)


@table(
    "Dispersion",
    (
        *GOOD_COLUMNS,
        Column("capacity", TONNES_YEAR, "capacity started in all plan years; blank for all goods", "new capacity"),
        Column("largest_province", TEXT, "province that holds most of it", "largest province"),
        Column("largest_share", SHARE, "part of it that this province holds", "its share"),
        Column("herfindahl", INDEX, "sum of squared shares of provinces: 1 where one holds all", "Herfindahl index"),
        Column("counties", COUNTIES, "counties in which plants of the plan are built", "counties with plants"),
        Column("counties_share", SHARE, "their part of all counties", "of all counties"),
        Column("coverage", SHARE, "the nation's coverage in the last year", "coverage"),
        Column("worst_province", TEXT, "province whose plants matter most to it", "worst province to lose"),
        Column("coverage_left", SHARE, "coverage left if all plants of that province were lost", "coverage left"),
        Column("coverage_lost", SHARE, "coverage less coverage left", "coverage lost"),
    ),
    key_columns=2,
)
def dispersion(instance: Instance, result: Result) -> Iterator[Row]:
    """How new capacity is spread over provinces, and what would be left of coverage in the last year if the plants of
    the worst province, new and existing, were lost and nothing planned anew. All goods: the mean over goods.
    """
    for found in dispersion_of(instance, plan_of(result)):
        lost = None
        if found.coverage is not None and found.coverage_left is not None:
            lost = found.coverage - found.coverage_left
        largest, worst = (
            "" if code is None else instance.provinces[code].name
            for code in (found.largest_province, found.worst_province)
        )
        yield {
            **good_row(instance, found.good),
            "capacity": found.new_capacity,
            "largest_province": largest,
            "largest_share": found.largest_share,
            "herfindahl": found.herfindahl,
            "counties": found.counties,
            "counties_share": share(found.counties, len(instance.counties)),
            "coverage": found.coverage,
            "worst_province": worst,
            "coverage_left": found.coverage_left,
            "coverage_lost": lost,
        }


@table(
    "Dispersion by province",
    (
        *GOOD_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("counties", COUNTIES, "its counties in which plants are built", "counties with plants"),
        Column("plants", PLANTS, "plants started there in all plan years"),
        Column("capacity", TONNES_YEAR, "capacity started there in all plan years", "new capacity"),
        Column("share", SHARE, "its part of the nation's new capacity"),
        Column("coverage_left", SHARE, "the nation's coverage in the last year without its plants", "left without it"),
    ),
    key_columns=4,
)
def dispersion_by_province(instance: Instance, result: Result) -> Iterator[Row]:
    """Where new capacity of each good lies, and how much of the nation's coverage in the last year would be left
    without the plants of each province, new and existing.
    """
    plan = plan_of(result)
    capacity, built, left = (
        new_capacity(instance, plan),
        plants_started(instance, plan),
        coverage_without(instance, plan),
    )
    for good in (*instance.goods, ALL_GOODS):
        total = sum(amount for (_, made), amount in capacity.items() if made == good)
        for province in instance.provinces:
            inside = set(instance.counties_of[province])
            here = {
                place: count for place, count in built.items() if place[0] in inside and good in (place[1], ALL_GOODS)
            }
            amount = capacity.get((province, good))
            yield {
                **good_row(instance, good),
                **province_row(instance, province),
                "counties": len({county for county, _ in here}),
                "plants": whole(sum(here.values())),
                "capacity": amount,
                "share": None if amount is None else share(amount, total),
                "coverage_left": left.get((province, good, instance.last_year)),
            }
