"""Tables of what two plans decide, side by side; what only one of them has is blank in the other."""

from collections.abc import Iterator, Mapping

from models.measures.plants import support_bases
from reports.assessment_book import Sheet
from reports.choices import joining, starting
from reports.columns import (
    ANY_YEAR,
    COUNTY_COLUMNS,
    GOOD_COLUMNS,
    PLANTS,
    PROVINCE_COLUMNS,
    TEXT,
    YEAR,
    Column,
    Row,
    Unit,
    good_row,
    province_row,
)
from reports.diff import A, B, Diff
from reports.diff.beside import (
    both,
    columns_beside,
    county_of,
    difference_column,
    difference_row,
    having,
    paired,
    values_beside,
)

MOVED = Column("moved", TEXT, "what becomes of it from A to B")
SAME, EARLIER, LATER = "same year", "earlier", "later"
ONLY_A, ONLY_B = f"only in {A}", f"only in {B}"


def years_joined(diff: Diff) -> Mapping[str, tuple[int | None, int | None]]:
    """The joining year in A and in B of every county that joins in either."""
    plans = both(diff)
    if plans is None:
        return {}
    return paired(dict(joining(side.instance, plan)) for side, plan in plans)


def plants_started(diff: Diff) -> Mapping[tuple[str, str, int], tuple[float, float]]:
    """Plants started in A and in B, by county, design and year."""
    plans = both(diff)
    if plans is None:
        return {}
    known = paired(
        {(county, design, year): count for county, design, year, count in starting(side.instance, plan)}
        for side, plan in plans
    )
    places = sorted(known, key=lambda place: (place[2], place[0], place[1]))
    return {place: (known[place][0] or 0.0, known[place][1] or 0.0) for place in places}


def moved(before: int | None, after: int | None) -> str:
    """What becomes of a year, in words."""
    if before is None or after is None:
        return ONLY_B if before is None else ONLY_A
    return SAME if before == after else EARLIER if after < before else LATER


def _joining(diff: Diff) -> Iterator[Row]:
    for county, (before, after) in years_joined(diff).items():
        shift = None if before is None or after is None else after - before
        yield {
            **county_of(diff, county),
            **values_beside(before, after, of="year"),
            "shift": shift,
            "moved": moved(before, after),
        }


def _plants(diff: Diff) -> Iterator[Row]:
    for (county, code, year), (before, after) in plants_started(diff).items():
        instance = having(diff, "designs", code)
        design = instance.designs[code]
        yield {
            **county_of(diff, county),
            "design": code,
            "design_name": design.name,
            **good_row(instance, design.good),
            "scale": instance.scales[design.scale].name,
            "year": year,
            **values_beside(before, after, of="plants"),
            **difference_row(before, after),
        }


def _support(diff: Diff) -> Iterator[Row]:
    plans = both(diff)
    if plans is None:
        return
    known = ({base.province: base.founded for base in support_bases(side.instance, plan)} for side, plan in plans)
    for province, (before, after) in paired(known).items():
        instance = having(diff, "provinces", province)
        yield {
            **province_row(instance, province),
            **values_beside(before, after, of="year"),
            "moved": moved(before, after),
        }


JOINING = Sheet[Diff](
    "joining",
    "Joining years",
    "Every county that joins in A or in B, and when.",
    lambda _: (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        *columns_beside(ANY_YEAR, "year in which it joins in {side}; blank: it does not", "year in {side}", of="year"),
        Column("shift", Unit("years", "+0;-0;0", "object"), "year in B less that in A"),
        MOVED,
    ),
    _joining,
)

PLANTS_BESIDE = Sheet[Diff](
    "plants",
    "Plants",
    "Plants that start in A or in B, by county, design and year of start.",
    lambda _: (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("design", TEXT, "code of the plant design", "design code"),
        Column("design_name", TEXT, "name of the plant design", "design"),
        *GOOD_COLUMNS,
        Column("scale", TEXT, "size class"),
        Column("year", YEAR, "year in which construction starts", "year of start"),
        *columns_beside(PLANTS, "plants started in {side}", "in {side}", of="plants"),
        difference_column(PLANTS, "plants in B less those in A"),
    ),
    _plants,
)

SUPPORT = Sheet[Diff](
    "support",
    "Support bases",
    "Technical support bases founded in A or in B.",
    lambda _: (
        *PROVINCE_COLUMNS,
        *columns_beside(
            ANY_YEAR, "year in which it is founded in {side}; blank: it is not", "year in {side}", of="year"
        ),
        MOVED,
    ),
    _support,
)
