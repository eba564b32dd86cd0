"""Sheet `Plan people` of the Excel report: what people get from home, how evenly, and how many are left out."""

from dataclasses import dataclass
from typing import Any

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from reports.excel.cells import Book
from reports.excel.formula import NOTHING, Area, Term, added, term
from reports.excel.grid import COUNT, SHARE, Block, Grid
from reports.excel.plan_data import place_names
from reports.excel.plan_supply import GoodSheet

PEOPLE = "Plan people"


@dataclass(frozen=True)
class PeopleSheet:
    """Counties: `people` who want anything, `covered` their coverage, mean over goods that they want, `apart` how far
    that is from everyone else's, added up over people; `uncovered` people not covered."""

    grid: Grid
    people: Block
    covered: Block
    apart: Block
    uncovered: Block

    def mean_coverage(self, year: int) -> Term:
        """Coverage of all people, added up."""
        return product(self.people.down(year), self.covered.down(year))

    def gini(self, year: int) -> Term | None:
        """Gini coefficient of coverage over people; None where nobody is covered.

        Formula: sum(i, j, people[i] * people[j] * |covered[i] - covered[j]|)
            / (2 * sum(i, people[i]) * sum(i, people[i] * covered[i])).
        """
        people = self.people.down(year)
        everyone = Term(f"SUM({people.text})", sum(people.known()))
        mean = self.mean_coverage(year)
        if everyone.value <= 0 or mean.value <= 0:
            return None
        return product(people, self.apart.down(year)) / (term(2.0) * everyone * mean)


def product(one: Area, other: Area) -> Term:
    """Sum of the products of two columns."""
    value = sum((left or 0.0) * (right or 0.0) for left, right in zip(one.values, other.values, strict=True))
    return Term(f"SUMPRODUCT({one.text},{other.text})", value)


def people_sheet(book: Book, sheet: Any, instance: Instance, goods: GoodSheet) -> PeopleSheet:
    """What people get."""
    grid = Grid(book, sheet, PEOPLE, ("county", "code"), place_names(instance), instance.years)

    def wanted(county: str, year: int) -> list[tuple[str, str]]:
        return [(county, good) for good in instance.goods if instance.demand[county, good, year] > NEGLIGIBLE]

    def counted(county: str, year: int) -> float:
        return instance.counties[county].population if wanted(county, year) else 0.0

    def coverage(county: str, year: int) -> Term:
        places = wanted(county, year)
        if not places:
            return NOTHING
        return added(goods.coverage.at(place, year) for place in places) / float(len(places))

    people = grid.add("people who want goods", "persons", "data", counted, COUNT)
    covered = grid.add("coverage, mean of goods", "share", "formula", coverage, SHARE)

    def distance(county: str, year: int) -> Term:
        own, everyone, all_covered = covered.at(county, year), people.down(year), covered.down(year)
        pairs = zip(everyone.values, all_covered.values, strict=True)
        value = sum((part or 0.0) * abs((amount or 0.0) - own.value) for part, amount in pairs)
        return Term(f"SUMPRODUCT({everyone.text},ABS({all_covered.text}-{own.text}))", value)

    gaps = grid.add("gap to all others, added up", "persons", "formula", distance, COUNT)
    first = instance.policy.objective_from

    def missing(county: str, year: int) -> Term | None:
        places = [place for place in ((county, good) for good in instance.goods) if instance.demand[*place, year] > 0]
        if year < first or not places:
            return None
        lacks = [
            (goods.imports.at(place, year) + goods.shortage.at(place, year)) / goods.demand.at(place, year)
            for place in places
        ]
        return term(instance.counties[county].population / len(places)) * added(lacks)

    uncovered = grid.add("people not covered", "persons", "formula", missing, COUNT)
    return PeopleSheet(grid, people, covered, gaps, uncovered)
