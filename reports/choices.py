"""Tables of what was chosen: counties and plants."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.shares import whole
from models.plan import Plan, Result
from reports.columns import (
    COUNTIES,
    GOOD_COLUMNS,
    MONEY,
    PERSONS,
    PLACE_COLUMNS,
    PLANTS,
    PROVINCE_COLUMNS,
    TEXT,
    TONNES_YEAR,
    YEAR,
    YEAR_COLUMN,
    YES_NO,
    Column,
    Row,
    county_order,
    good_row,
    place_row,
    plan_of,
    province_row,
    table,
    year_columns,
)


def joining(instance: Instance, plan: Plan) -> list[tuple[str, int]]:
    """(county, year) of every county that joins, in order of year, province and county."""
    order = county_order(instance)
    chosen = [index for index, value in plan.select.items() if value > 0.5]
    return sorted(chosen, key=lambda index: (index[1], order[index[0]]))


def starting(instance: Instance, plan: Plan) -> list[tuple[str, str, int, float]]:
    """(county, design, year, count) of every start of plants, in order of year, county and design."""
    order = county_order(instance)
    rank = {design: position for position, design in enumerate(instance.designs)}
    found = [(*index, whole(count)) for index, count in plan.start.items() if whole(count) > 0]
    return sorted(found, key=lambda start: (start[2], order[start[0]], rank[start[1]]))


@table(
    "Chosen counties",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("kind", TEXT, "type of unit, such as city or county"),
        Column("population", PERSONS, "people living in the county"),
        Column("decided", YES_NO, "yes: the workbook had decided it; no: the program chose it", "decided beforehand"),
    ),
    key_columns=3,
)
def picks(instance: Instance, result: Result) -> Iterator[Row]:
    """Which counties join the programme, and in which year. One row for each county that joins."""
    for county, year in joining(instance, plan_of(result)):
        yield {
            "year": year,
            **place_row(instance, county),
            "kind": instance.counties[county].kind,
            "population": instance.counties[county].population,
            "decided": county in instance.decided,
        }


@table(
    "Chosen by province",
    lambda instance: (
        *PROVINCE_COLUMNS,
        Column("counties", COUNTIES, "counties of the province"),
        *year_columns(instance, COUNTIES, "counties joining"),
        Column("total", COUNTIES, "counties joining in all plan years"),
    ),
    key_columns=2,
    total_last=True,
)
def picks_by_province(instance: Instance, result: Result) -> Iterator[Row]:
    """How many counties of each province join in each year. The last row is the total."""
    chosen = [(instance.counties[county].province, year) for county, year in joining(instance, plan_of(result))]
    for province in instance.provinces:
        years = [year for where, year in chosen if where == province]
        yield {
            **province_row(instance, province),
            "counties": len(instance.counties_of[province]),
            **{str(year): years.count(year) for year in instance.years},
            "total": len(years),
        }
    years = [year for _, year in chosen]
    yield {
        "province": "",
        "province_name": "all provinces",
        "counties": len(instance.counties),
        **{str(year): years.count(year) for year in instance.years},
        "total": len(years),
    }


@table(
    "Plants",
    (
        Column("year", YEAR, "year in which construction starts", "year of start"),
        *PLACE_COLUMNS,
        Column("design", TEXT, "code of the plant design", "design code"),
        Column("design_name", TEXT, "name of the plant design", "design"),
        *GOOD_COLUMNS,
        Column("scale", TEXT, "code of the size class", "scale code"),
        Column("scale_name", TEXT, "size class", "scale"),
        Column("kind", TEXT, "new, or modernisation of an existing plant"),
        Column("first_output", YEAR, "first year in which the plants can produce", "first output year"),
        Column("count", PLANTS, "plants started", "plants"),
        Column("capacity", TONNES_YEAR, "output of all of them at full utilisation"),
        Column(
            "investment", MONEY, "cost of building all of them, not discounted, paid over the years of construction"
        ),
    ),
    key_columns=3,
)
def plants(instance: Instance, result: Result) -> Iterator[Row]:
    """Which plants are built, where, when and at which scale. One row for each county, design and year of start."""
    for county, code, year, count in starting(instance, plan_of(result)):
        design, option = instance.designs[code], instance.options[county, code]
        yield {
            "year": year,
            **place_row(instance, county),
            "design": code,
            "design_name": design.name,
            **good_row(instance, design.good),
            "scale": design.scale,
            "scale_name": instance.scales[design.scale].name,
            "kind": "modernisation" if design.modernisation else "new",
            "first_output": year + design.lead_years,
            "count": count,
            "capacity": count * option.capacity,
            "investment": count * option.investment,
        }
