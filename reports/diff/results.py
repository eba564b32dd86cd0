"""Tables of what two plans come to, side by side: figures, costs, coverage and remittances."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from models.measures.purses import Budget, Remittances, budgets, remittances
from models.measures.supply import coverage_by_county, coverage_by_province, domestic_supply, national_coverage
from reports.assessment_book import Sheet
from reports.columns import (
    COUNTY_COLUMNS,
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
    region_row,
)
from reports.comparison import Comparison, ComparisonTable
from reports.comparison.changes import cost_changes, source_totals
from reports.comparison.results import lines
from reports.diff import A, B, Diff, Side
from reports.diff.beside import (
    both,
    columns_beside,
    county_of,
    difference_column,
    difference_row,
    good_of,
    having,
    money_unit,
    paired,
    same_money,
    values_beside,
)

OWN = Unit("own unit", "#,##0")
YEARS = Unit("years", "0", "object")
POINTS = Unit("share", "+0.0%;-0.0%;0.0%")

RELATED = ("variant", "variant_name")
"""Columns of a comparison's tables that say only that they tell of B against A."""


def costs_by_term(diff: Diff) -> Mapping[str, tuple[float, float]]:
    """Each cost term in A and in B, discounted money."""
    terms: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, side in enumerate(diff.sides):
        for charge in side.result.charges if side.result is not None else ():
            terms[charge.term][place] += charge.amount
    return {term: (before, after) for term, (before, after) in terms.items()}


def _costs(diff: Diff) -> Iterator[Row]:
    unit, known = money_unit(diff), costs_by_term(diff)
    every = (sum(before for before, _ in known.values()), sum(after for _, after in known.values()))
    for term, amounts in (*known.items(), ("cost in all", every)):
        yield {
            "term": term.replace("_", " "),
            "unit": unit,
            **values_beside(*amounts),
            **difference_row(*amounts, comparable=same_money(diff)),
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
    for (region, good, year), (before, after) in paired(known).items():
        instance = having(diff, "provinces", region)
        yield {
            **region_row(instance, region),
            **good_of(diff, good),
            "year": year,
            **values_beside(before, after, of="coverage"),
            **difference_row(before, after),
        }


def _county_coverage(diff: Diff) -> Iterator[Row]:
    plans = both(diff)
    if plans is None:
        return
    year = min(side.instance.last_year for side in diff.sides)
    known = paired(coverage_by_county(side.instance, plan) for side, plan in plans)
    for (county, good, when), (before, after) in known.items():
        if when == year:
            yield {
                **county_of(diff, county),
                **good_of(diff, good),
                "year": year,
                **values_beside(before, after, of="coverage"),
                **difference_row(before, after),
            }


REMITTED: Mapping[str, Callable[[Remittances], float]] = {
    "owed to the centre": lambda found: found.due,
    "remitted": lambda found: found.paid,
    "owed and not remitted": lambda found: found.shortfall,
    "subsidies": lambda found: found.subsidies,
    "remitted less subsidies": lambda found: found.net,
}
"""Figures of counties' budgets in a year."""


def _remittances(diff: Diff) -> Iterator[Row]:
    known = paired(_by_year(side) for side in diff.sides)
    unit, comparable = money_unit(diff, MONEY), same_money(diff, MONEY)
    for year in sorted(known):
        for figure, of in REMITTED.items():
            before, after = (None if found is None else of(found) for found in known[year])
            yield {
                "year": year,
                "figure": figure,
                "unit": unit,
                **values_beside(before, after),
                **difference_row(before, after, comparable=comparable),
            }


def _by_year(side: Side) -> Mapping[int, Remittances]:
    if side.plan is None or not side.instance.purses:
        return {}
    return {found.year: found for found in remittances(side.instance, side.plan)}


def _county_remittances(diff: Diff) -> Iterator[Row]:
    unit, comparable = money_unit(diff, MONEY), same_money(diff, MONEY)
    for county, found in paired(_by_county(side) for side in diff.sides).items():
        paid, short = ([None if one is None else one[place] for one in found] for place in (0, 1))
        yield {
            **county_of(diff, county),
            "unit": unit,
            **values_beside(*paid),
            **difference_row(*paid, comparable=comparable),
            **values_beside(*short, of="short"),
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


def _figures(diff: Diff) -> Iterator[Row]:
    comparison = diff.comparison
    for line in lines(comparison) if comparison is not None else ():
        yield {
            "section": line.section,
            "figure": line.name,
            "unit": line.label,
            **values_beside(*(_plain(line.values.get(letter), line.unit) for letter in (A, B))),
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
        *columns_beside(VARIOUS, "the figure of {side}; blank: none"),
        difference_column(VARIOUS, "the figure of B less that of A"),
    ),
    _figures,
)

COSTS_BESIDE = Sheet[Diff](
    "costs",
    "Costs",
    "Each term of the cost of both plans. Nothing is taken from another where the currency or the first year differs.",
    lambda _: (
        Column("term", TEXT, "cost term"),
        Column("unit", TEXT, "unit of the amounts"),
        *columns_beside(OWN, "in {side}"),
        difference_column(OWN),
    ),
    _costs,
    key_columns=1,
)

PART_COLUMNS = (
    Column("year", YEAR, "plan year"),
    *columns_beside(SHARE, "domestic supply over demand in {side}; blank: no demand", of="coverage"),
    difference_column(POINTS),
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
        *columns_beside(OWN, "in {side}"),
        difference_column(OWN),
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
        *columns_beside(OWN, "remitted in {side}"),
        difference_column(OWN),
        *columns_beside(YEARS, "years in {side} in which it cannot pay in full", "short in {side}", of="short"),
    ),
    _county_remittances,
)

SOURCES = _as_sheet(source_totals)

COSTS_BY_GOOD = _as_sheet(cost_changes)
