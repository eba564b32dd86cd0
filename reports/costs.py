"""Tables of the plan's cost, by term. Charges are discounted money; where the objective is least cost, they are it."""

from collections import defaultdict
from collections.abc import Iterator

from models.instance import Instance
from models.plan import Result
from reports.columns import DISCOUNTED, TEXT, Column, Row, table, year_columns

TERM_COLUMN = Column("term", TEXT, "part of the cost of the plan", "cost term")
TOTAL_COLUMN = Column("total", DISCOUNTED, "sum of the row")


@table(
    "Costs by year",
    lambda instance: (TERM_COLUMN, *year_columns(instance, DISCOUNTED, "cost"), TOTAL_COLUMN),
    total_last=True,
)
def costs(instance: Instance, result: Result) -> Iterator[Row]:
    """What the plan costs, by cost term and year, discounted to the first year. The last year also stands for the
    years after it in which plants go on running. The last row is the total.
    """
    yield from _matrix(
        [(charge.term, str(charge.year), charge.amount) for charge in result.charges],
        [str(year) for year in instance.years],
    )


@table(
    "Costs by province",
    lambda instance: (
        TERM_COLUMN,
        *(
            Column(province.code, DISCOUNTED, f"cost in {province.name}", province.name)
            for province in instance.provinces.values()
        ),
        TOTAL_COLUMN,
    ),
    total_last=True,
)
def costs_by_province(instance: Instance, result: Result) -> Iterator[Row]:
    """What the plan costs, by cost term and province, all years together, discounted to the first year. The last row
    is the total.
    """
    charges = [(charge.term, instance.counties[charge.county].province, charge.amount) for charge in result.charges]
    yield from _matrix(charges, list(instance.provinces))


def _matrix(charges: list[tuple[str, str, float]], headings: list[str]) -> Iterator[Row]:
    """Rows of terms (as first met), columns of headings, a total of each."""
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    for term, heading, amount in charges:
        amounts[term, heading] += amount
    terms = list(dict.fromkeys(term for term, _, _ in charges))
    for term in terms:
        row = {heading: amounts[term, heading] for heading in headings}
        yield {"term": term, **row, "total": sum(row.values())}
    row = {heading: sum(amounts[term, heading] for term in terms) for heading in headings}
    yield {"term": "total", **row, "total": sum(row.values())}
