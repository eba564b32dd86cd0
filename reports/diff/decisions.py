"""Tables of the decisions of two solved problems, side by side; what only one of them has is blank in the other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from models.instance import Instance
from models.measures.plants import support_bases
from models.measures.purses import Budget, Remittances, budgets, remittances
from models.measures.supply import (
    coverage_by_county,
    coverage_by_province,
    domestic_supply,
    national_coverage,
)
from models.plan import Plan
from reports.assessment_book import Sheet
from reports.choices import joining, starting
from reports.columns import (
    COUNTY_COLUMNS,
    DISCOUNTED,
    GOOD_COLUMNS,
    MONEY,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    VARIOUS,
    YEAR,
    Column,
    Row,
    Unit,
    county_row,
    good_row,
    province_row,
    region_row,
)
from reports.comparison import Comparison, ComparisonTable
from reports.comparison.changes import cost_changes, source_totals
from reports.comparison.results import lines
from reports.diff import A, B, Diff, Side

SOME_YEAR = Unit(number_format="0", dtype="object")
OWN = Unit("own unit", "#,##0")
PLANTS = Unit("plants", "#,##0")
POINTS = Unit("share", "+0.0%;-0.0%;0.0%")
MOVED = Column("moved", TEXT, "what becomes of it from A to B")
SAME, EARLIER, LATER = "same year", "earlier", "later"
ONLY_A, ONLY_B = f"only in {A}", f"only in {B}"
RELATED = ("variant", "variant_name")
"""Columns of a comparison's tables that say only that they tell of B against A."""


def both(diff: Diff) -> tuple[tuple[Side, Plan], tuple[Side, Plan]] | None:
    """A and B with their plans; None where one of them has none."""
    if diff.a.plan is None or diff.b.plan is None:
        return None
    return (diff.a, diff.a.plan), (diff.b, diff.b.plan)


def years_joined(diff: Diff) -> Mapping[str, tuple[int | None, int | None]]:
    """The joining year in A and in B of every county that joins in either."""
    plans = both(diff)
    if plans is None:
        return {}
    known = [dict(joining(side.instance, plan)) for side, plan in plans]
    return {county: (known[0].get(county), known[1].get(county)) for county in dict.fromkeys((*known[0], *known[1]))}


def plants_started(diff: Diff) -> Mapping[tuple[str, str, int], tuple[float, float]]:
    """Plants started in A and in B, by county, design and year."""
    plans = both(diff)
    if plans is None:
        return {}
    known: list[dict[tuple[str, str, int], float]] = [
        {(county, design, year): count for county, design, year, count in starting(side.instance, plan)}
        for side, plan in plans
    ]
    places = sorted({*known[0], *known[1]}, key=lambda place: (place[2], place[0], place[1]))
    return {place: (known[0].get(place, 0.0), known[1].get(place, 0.0)) for place in places}


def moved(before: int | None, after: int | None) -> str:
    """What becomes of a year, in words."""
    if before is None or after is None:
        return ONLY_B if before is None else ONLY_A
    return SAME if before == after else EARLIER if after < before else LATER


def costs_by_term(diff: Diff) -> Mapping[str, tuple[float, float]]:
    """Each cost term in A and in B, discounted money."""
    terms: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, side in enumerate(diff.sides):
        for charge in side.result.charges if side.result is not None else ():
            terms[charge.term][place] += charge.amount
    return {term: (before, after) for term, (before, after) in terms.items()}


def money_unit(diff: Diff, unit: Unit = DISCOUNTED) -> str:
    """The unit of money in both; each for itself where they differ, and nothing can then be taken from the other."""
    names = [unit.name(side.instance) for side in diff.sides]
    return names[0] if names[0] == names[1] else f"A: {names[0]}; B: {names[1]}"


def same_money(diff: Diff, unit: Unit = DISCOUNTED) -> bool:
    """Whether money in A and in B is in the same unit."""
    return unit.name(diff.a.instance) == unit.name(diff.b.instance)


def _having(diff: Diff, table: str, code: str) -> Instance:
    """The problem of B where its table has the code, else that of A."""
    return diff.b.instance if code in getattr(diff.b.instance, table) else diff.a.instance


def _county(diff: Diff, county: str) -> dict[str, object]:
    instance = _having(diff, "counties", county)
    return {**county_row(instance, county), **province_row(instance, instance.counties[county].province)}


def _joining(diff: Diff) -> Iterator[Row]:
    for county, (before, after) in years_joined(diff).items():
        shift = None if before is None or after is None else after - before
        yield {
            **_county(diff, county),
            "year_a": before,
            "year_b": after,
            "shift": shift,
            "moved": moved(before, after),
        }


def _plants(diff: Diff) -> Iterator[Row]:
    for (county, code, year), (before, after) in plants_started(diff).items():
        instance = _having(diff, "designs", code)
        design = instance.designs[code]
        yield {
            **_county(diff, county),
            "design": code,
            "design_name": design.name,
            **good_row(instance, design.good),
            "scale": instance.scales[design.scale].name,
            "year": year,
            "plants_a": before,
            "plants_b": after,
            "difference": after - before,
        }


def _support(diff: Diff) -> Iterator[Row]:
    plans = both(diff)
    if plans is None:
        return
    known = [{base.province: base.founded for base in support_bases(side.instance, plan)} for side, plan in plans]
    for province in dict.fromkeys((*known[0], *known[1])):
        before, after = known[0].get(province), known[1].get(province)
        instance = _having(diff, "provinces", province)
        yield {
            **province_row(instance, province),
            "year_a": before,
            "year_b": after,
            "moved": moved(before, after),
        }


def _costs(diff: Diff) -> Iterator[Row]:
    unit, known = money_unit(diff), costs_by_term(diff)
    every = tuple(sum(amounts[place] for amounts in known.values()) for place in (0, 1))
    for term, amounts in (*known.items(), ("cost in all", every)):
        yield {
            "term": term.replace("_", " "),
            "unit": unit,
            "a": amounts[0],
            "b": amounts[1],
            "difference": amounts[1] - amounts[0] if same_money(diff) else None,
        }


def _coverage(diff: Diff) -> Iterator[Row]:
    plans = both(diff)
    if plans is None:
        return
    known: list[dict[tuple[str, str, int], float]] = []
    for side, plan in plans:
        nation = national_coverage(side.instance, domestic_supply(side.instance, plan))
        found = {("", good, year): part for (good, year), part in nation.items()}
        known.append({**found, **coverage_by_province(side.instance, plan)})
    for place in dict.fromkeys((*known[0], *known[1])):
        region, good, year = place
        instance = _having(diff, "provinces", region)
        yield {
            **region_row(instance, region),
            **_good(diff, good),
            "year": year,
            **_parts(known[0].get(place), known[1].get(place)),
        }


def _county_coverage(diff: Diff) -> Iterator[Row]:
    plans = both(diff)
    if plans is None:
        return
    year = min(side.instance.last_year for side in diff.sides)
    known = [coverage_by_county(side.instance, plan) for side, plan in plans]
    for place in dict.fromkeys((*known[0], *known[1])):
        county, good, when = place
        if when == year:
            parts = _parts(known[0].get(place), known[1].get(place))
            yield {**_county(diff, county), **_good(diff, good), "year": year, **parts}


def _good(diff: Diff, good: str) -> dict[str, object]:
    return good_row(_having(diff, "goods", good), good)


def _parts(before: float | None, after: float | None) -> dict[str, object]:
    difference = None if before is None or after is None else after - before
    return {"coverage_a": before, "coverage_b": after, "difference": difference}


REMITTED: Mapping[str, Callable[[Remittances], float]] = {
    "owed to the centre": lambda found: found.due,
    "remitted": lambda found: found.paid,
    "owed and not remitted": lambda found: found.shortfall,
    "subsidies": lambda found: found.subsidies,
    "remitted less subsidies": lambda found: found.net,
}
"""Figures of counties' budgets in a year."""


def _remittances(diff: Diff) -> Iterator[Row]:
    known = [_by_year(side) for side in diff.sides]
    unit = money_unit(diff, MONEY)
    for year in sorted({*known[0], *known[1]}):
        for figure, of in REMITTED.items():
            before, after = (of(found[year]) if year in found else None for found in known)
            yield {
                "year": year,
                "figure": figure,
                "unit": unit,
                "a": before,
                "b": after,
                "difference": _less(after, before) if same_money(diff, MONEY) else None,
            }


def _by_year(side: Side) -> Mapping[int, Remittances]:
    if side.plan is None or not side.instance.purses:
        return {}
    return {found.year: found for found in remittances(side.instance, side.plan)}


def _county_remittances(diff: Diff) -> Iterator[Row]:
    known = [_by_county(side) for side in diff.sides]
    for county in dict.fromkeys((*known[0], *known[1])):
        before, after = (found.get(county) for found in known)
        yield {
            **_county(diff, county),
            "unit": money_unit(diff, MONEY),
            "a": None if before is None else before[0],
            "b": None if after is None else after[0],
            "difference": _less(*(None if found is None else found[0] for found in (after, before)))
            if same_money(diff, MONEY)
            else None,
            "short_a": None if before is None else before[1],
            "short_b": None if after is None else after[1],
        }


def _by_county(side: Side) -> Mapping[str, tuple[float, int]]:
    """What each county remits in all years, and in how many it cannot pay in full."""
    found: dict[str, list[Budget]] = defaultdict(list)
    for budget in budgets(side.instance, side.plan) if side.plan is not None else ():
        found[budget.county].append(budget)
    return {
        county: (sum(budget.paid for budget in known), sum(budget.unable for budget in known))
        for county, known in found.items()
    }


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _figures(diff: Diff) -> Iterator[Row]:
    comparison = diff.comparison
    for line in lines(comparison) if comparison is not None else ():
        yield {
            "section": line.section,
            "figure": line.name,
            "unit": line.label,
            "a": _plain(line.values.get(A), line.unit),
            "b": _plain(line.values.get(B), line.unit),
            "difference": line.difference(B, A),
        }


def _plain(value: float | str | None, unit: Unit) -> float | str | None:
    """A figure as it is; a year as text, since it names rather than counts."""
    return f"{value:.0f}" if isinstance(value, int | float) and unit.number_format == YEAR.number_format else value


def _as_sheet(table: ComparisonTable) -> Sheet[Diff]:
    """A table of comparisons as one of A and B."""

    def rows(diff: Diff) -> Iterator[Row]:
        if diff.comparison is not None:
            yield from table.rows(diff.comparison)

    return Sheet(table.name, table.title, table.meaning, lambda _: _columns(table), rows)


def _columns(table: ComparisonTable) -> tuple[Column, ...]:
    """Its columns, which are the same whatever is compared, without those that name the variant."""
    return tuple(column for column in table.columns(Comparison(A, ())) if column.name not in RELATED)


FIGURES_BESIDE = Sheet[Diff](
    "figures",
    "Results",
    "Every figure of both plans side by side, each in its own unit.",
    lambda _: (
        Column("section", TEXT, "what the figure is about"),
        Column("figure", TEXT, "what is told"),
        Column("unit", TEXT, "unit of the values"),
        Column("a", VARIOUS, "the figure of A; blank: none", "A"),
        Column("b", VARIOUS, "the figure of B; blank: none", "B"),
        Column("difference", VARIOUS, "the figure of B less that of A", "B less A"),
    ),
    _figures,
)
JOINING = Sheet[Diff](
    "joining",
    "Joining years",
    "Every county that joins in A or in B, and when.",
    lambda _: (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("year_a", SOME_YEAR, "year in which it joins in A; blank: it does not", "year in A"),
        Column("year_b", SOME_YEAR, "year in which it joins in B; blank: it does not", "year in B"),
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
        Column("plants_a", PLANTS, "plants started in A", "in A"),
        Column("plants_b", PLANTS, "plants started in B", "in B"),
        Column("difference", PLANTS, "plants in B less those in A", "B less A"),
    ),
    _plants,
)
SUPPORT = Sheet[Diff](
    "support",
    "Support bases",
    "Technical support bases founded in A or in B.",
    lambda _: (
        *PROVINCE_COLUMNS,
        Column("year_a", SOME_YEAR, "year in which it is founded in A; blank: it is not", "year in A"),
        Column("year_b", SOME_YEAR, "year in which it is founded in B; blank: it is not", "year in B"),
        MOVED,
    ),
    _support,
)
COSTS_BESIDE = Sheet[Diff](
    "costs",
    "Costs",
    "Each term of the cost of both plans. Nothing is taken from another where the currency or the first year differs.",
    lambda _: (
        Column("term", TEXT, "cost term"),
        Column("unit", TEXT, "unit of the amounts"),
        Column("a", OWN, "in A", "A"),
        Column("b", OWN, "in B", "B"),
        Column("difference", OWN, "in B less in A", "B less A"),
    ),
    _costs,
    key_columns=1,
)
PART_COLUMNS = (
    Column("year", YEAR, "plan year"),
    Column("coverage_a", SHARE, "domestic supply over demand in A; blank: no demand", "A"),
    Column("coverage_b", SHARE, "domestic supply over demand in B; blank: no demand", "B"),
    Column("difference", POINTS, "in B less in A", "B less A"),
)
COVERAGE = Sheet[Diff](
    "coverage",
    "Coverage",
    "Domestic supply over demand, by nation and province, good and year.",
    lambda _: (*PROVINCE_COLUMNS, *GOOD_COLUMNS, *PART_COLUMNS),
    _coverage,
)
COUNTY_COVERAGE = Sheet[Diff](
    "county_coverage",
    "Coverage by county",
    "Domestic supply over demand in each county, by good, in the last year that both plans have.",
    lambda _: (*COUNTY_COLUMNS, *PROVINCE_COLUMNS, *GOOD_COLUMNS, *PART_COLUMNS),
    _county_coverage,
)
REMITTANCES = Sheet[Diff](
    "remittances",
    "Remittances",
    "What counties owe, remit and need back in each year, all together.",
    lambda _: (
        Column("year", YEAR, "plan year"),
        Column("figure", TEXT, "what is told"),
        Column("unit", TEXT, "unit of the amounts"),
        Column("a", OWN, "in A", "A"),
        Column("b", OWN, "in B", "B"),
        Column("difference", OWN, "in B less in A", "B less A"),
    ),
    _remittances,
)
COUNTY_REMITTANCES = Sheet[Diff](
    "county_remittances",
    "Remittances by county",
    "What each county remits in all plan years, and in how many it cannot pay all that it owes.",
    lambda _: (
        *COUNTY_COLUMNS,
        *PROVINCE_COLUMNS,
        Column("unit", TEXT, "unit of the amounts"),
        Column("a", OWN, "remitted in A", "A"),
        Column("b", OWN, "remitted in B", "B"),
        Column("difference", OWN, "in B less in A", "B less A"),
        Column("short_a", Unit("years", "0", "object"), "years in A in which it cannot pay in full", "short in A"),
        Column("short_b", Unit("years", "0", "object"), "years in B in which it cannot pay in full", "short in B"),
    ),
    _county_remittances,
)
SOURCES = _as_sheet(source_totals)
COSTS_BY_GOOD = _as_sheet(cost_changes)
