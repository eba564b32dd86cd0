"""Tables of how evenly domestic supply reaches people."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.equity import equity as equity_of
from models.measures.equity import lorenz_points
from models.measures.shares import held_by_poorest
from models.measures.supply import ALL_GOODS
from models.plan import Result
from reports.columns import (
    COUNTIES,
    GOOD_COLUMNS,
    INDEX,
    PLACE_COLUMNS,
    SHARE,
    TEXT,
    YEAR_COLUMN,
    Column,
    Row,
    good_row,
    place_row,
    plan_of,
    table,
)

TENTHS = 10


def _place(instance: Instance, county: str | None) -> tuple[str, str]:
    """Names of a county and its province; blank where there is none."""
    if county is None:
        return "", ""
    where = instance.counties[county]
    return where.name, instance.provinces[where.province].name


@table(
    "Equity",
    (
        YEAR_COLUMN,
        *GOOD_COLUMNS,
        Column("gini", INDEX, "Gini coefficient of coverage over people: 0 where all are served alike", "Gini"),
        Column("coverage", SHARE, "domestic supply as a share of the nation's demand; all goods: their mean"),
        Column("least_county", TEXT, "first of the least covered counties", "least covered county"),
        Column("least_county_province", TEXT, "province that it lies in", "in the province"),
        Column("least_county_coverage", SHARE, "coverage of that county", "its coverage"),
        Column("least_counties", COUNTIES, "counties that have no more than that", "as little covered"),
        Column("greatest_county", TEXT, "first of the best covered counties", "best covered county"),
        Column("greatest_county_coverage", SHARE, "coverage of that county", "coverage of that county"),
        Column("least_province", TEXT, "least covered province", "least covered province"),
        Column("least_province_coverage", SHARE, "coverage of that province", "coverage of the least"),
        Column("greatest_province", TEXT, "best covered province", "best covered province"),
        Column("greatest_province_coverage", SHARE, "coverage of that province", "coverage of the best"),
        Column("disparity", SHARE, "coverage of the best less that of the least province", "gap between provinces"),
    ),
    key_columns=3,
)
def equity(instance: Instance, result: Result) -> Iterator[Row]:
    """How evenly domestic supply reaches people, by year and good. Coverage is domestic supply a head relative to the
    norm; of all goods together it is the mean over goods with demand, each with the same weight. The Gini coefficient
    counts each person with the coverage of their county.
    """
    for found in equity_of(instance, plan_of(result)):
        least, least_province = _place(instance, found.least_county)
        greatest, _ = _place(instance, found.greatest_county)
        provinces = (found.least_province, found.greatest_province)
        worst, best = ("" if code is None else instance.provinces[code].name for code in provinces)
        yield {
            "year": found.year,
            **good_row(instance, found.good),
            "gini": found.gini,
            "coverage": found.coverage,
            "least_county": least,
            "least_county_province": least_province,
            "least_county_coverage": found.least_county_coverage,
            "least_counties": found.least_counties,
            "greatest_county": greatest,
            "greatest_county_coverage": found.greatest_county_coverage,
            "least_province": worst,
            "least_province_coverage": found.least_province_coverage,
            "greatest_province": best,
            "greatest_province_coverage": found.greatest_province_coverage,
            "disparity": found.disparity,
        }


@table(
    "Lorenz",
    lambda instance: (
        Column("people", SHARE, "part of the people, those of the least covered counties first", "poorest served"),
        *(
            Column(code, SHARE, f"part of the domestic supply of {good.name} that they have", good.name)
            for code, good in instance.goods.items()
        ),
        Column("all_goods", SHARE, "part of the mean coverage over goods that they have", "all goods"),
        Column("even", SHARE, "what they would have if all were served alike", "if even"),
    ),
)
def lorenz(instance: Instance, result: Result) -> Iterator[Row]:
    """How much of domestic supply each tenth of the people has, added up from the least covered, in the last year:
    the Lorenz curves, ready to draw. Blank where nothing is supplied.
    """
    plan, curves = plan_of(result), {}
    for good in (*instance.goods, ALL_GOODS):
        corners = lorenz_points(instance, plan, instance.last_year, good)
        curves[good] = ((0.0, 0.0), *((corner.people, corner.supply) for corner in corners)) if corners else ()
    for tenth in range(TENTHS + 1):
        people = tenth / TENTHS
        held = {good or "all_goods": held_by_poorest(curve, people) for good, curve in curves.items()}
        yield {"people": people, **held, "even": people}


@table(
    "Lorenz points",
    (
        *GOOD_COLUMNS,
        *PLACE_COLUMNS,
        Column("coverage", SHARE, "domestic supply of the county as a share of its demand"),
        Column("people", SHARE, "part of the people in this and all less covered counties"),
        Column("supply", SHARE, "part of domestic supply that they have", "supply"),
    ),
    key_columns=3,
    own_sheet=False,
)
def lorenz_by_county(instance: Instance, result: Result) -> Iterator[Row]:
    """Corners of the Lorenz curves of the last year: every county with demand, the least covered first."""
    for good in (*instance.goods, ALL_GOODS):
        for corner in lorenz_points(instance, plan_of(result), instance.last_year, good):
            yield {
                **good_row(instance, good),
                **place_row(instance, corner.county),
                "coverage": corner.coverage,
                "people": corner.people,
                "supply": corner.supply,
            }
