"""What the problem's variables on evenness are for a plan, from the measures that the report shows."""

from collections.abc import Callable, Mapping
from itertools import combinations, product
from typing import Any

from models.evenness import PARTS, even_years, is_paired, people_of
from models.instance import Instance
from models.measures.supply import ALL_GOODS, coverage_by_county
from models.plan import Plan


def bookkeeping(instance: Instance, plan: Plan) -> dict[str, Mapping[Any, float]]:
    """Values of `covered`, `unevenness` and what it takes, the least that the rows allow."""
    found: dict[str, dict[Any, float]] = {
        name: {}
        for name in ("covered", "unevenness", "apart", "level", "below", "least_coverage", "most_coverage")
    }  # fmt: skip
    for year in even_years(instance):
        people = people_of(instance, year)
        if not people:
            continue
        covered = coverage_of(instance, plan, year)
        found["covered"] |= {(county, year): amount for county, amount in covered.items()}
        if is_paired(instance, year):
            for one, other in combinations(people, 2):
                found["apart"][one, other, year] = max(0.0, covered[one] - covered[other])
            found["unevenness"][year,] = people_apart(instance, plan, year, lambda one, other: abs(one - other)) / 2
            continue
        lines = 0.0
        for part in range(1, PARTS):
            level = quantile(people, covered, part / PARTS)
            found["level"][part, year] = level
            below = {county: max(0.0, level - covered[county]) for county in people}
            found["below"] |= {(part, county, year): amount for county, amount in below.items()}
            mean = sum(people[county] * covered[county] for county in people)
            poorest = part / PARTS * level - sum(people[county] * below[county] for county in people)
            lines += 2 / PARTS * (part / PARTS * mean - poorest)
        found["unevenness"][year,] = lines
        found["least_coverage"][year,], found["most_coverage"][year,] = min(covered.values()), max(covered.values())
    return {name: values for name, values in found.items() if values}


def coverage_of(instance: Instance, plan: Plan, year: int) -> dict[str, float]:
    """Coverage of all goods, as the report has it, of counties whose people count."""
    known = coverage_by_county(instance, plan)
    return {county: known[county, ALL_GOODS, year] for county in people_of(instance, year)}


def people_apart(instance: Instance, plan: Plan, year: int, what: Callable[[float, float], float]) -> float:
    """The mean over all pairs of people, each with the coverage of their county, of `what` is between two."""
    people, covered = people_of(instance, year), coverage_of(instance, plan, year)
    return sum(people[i] * people[j] * what(covered[i], covered[j]) for i, j in product(people, repeat=2))


def quantile(people: Mapping[str, float], covered: Mapping[str, float], part: float) -> float:
    """The coverage that a part of the people does not exceed."""
    passed = 0.0
    for county in sorted(people, key=lambda county: covered[county]):
        passed += people[county]
        if passed >= part - 1e-12:
            return covered[county]
    raise ValueError("a part is at most 1")
