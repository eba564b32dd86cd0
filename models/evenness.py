"""How evenly coverage reaches people, as far as it follows from the data: who counts, when, and how it is measured.

With w[j] the share of people in county j and x[j] its coverage (0 to 1, mean over the goods wanted there), unevenness
is half the mean difference between two people, `sum(i < j, w[i] * w[j] * abs(x[i] - x[j]))`, and the Gini coefficient
is unevenness over mean coverage.

Up to `PAIRED` counties the problem compares every pair, which is exact. Beyond, the pairs would be too many: it reads
the Lorenz curve at `PARTS` equal shares of the people and joins these points by straight lines. The curve is
convex, so that the lines lie above it and unevenness comes out too small, by no more than
`UNEVENNESS_ERROR * (greatest - least coverage)`: between two points a width h apart, where the slope rises by s, a
convex curve and its chord enclose at most s * h ** 2 / 8, the slopes are coverages, and unevenness is twice the
area. The rule `gini_cap` adds that much, so that what it lets pass keeps the cap by exact reckoning too.
"""

from collections.abc import Mapping

from models.instance import Instance

PAIRED = 24
"""Most counties of which every pair is compared."""

PARTS = 20
"""Equal parts of the people between which the Lorenz curve is read where there are more counties."""

UNEVENNESS_ERROR = 1 / (4 * PARTS**2)
"""Most by which unevenness read so is too small, for each unit between the greatest and the least coverage."""


def even_years(instance: Instance) -> tuple[int, ...]:
    """Years in which the problem needs unevenness: those of `gini_cap`, and those of the objective on it."""
    aimed = instance.policy.objective == "greatest even coverage"
    return tuple(
        year for year in instance.years if capped(instance, year) or (aimed and year >= instance.policy.objective_from)
    )


def capped(instance: Instance, year: int) -> bool:
    """Whether the Gini coefficient of a year is limited."""
    return instance.policy.gini_cap < 1 and year >= instance.policy.gini_cap_from


def people_of(instance: Instance, year: int) -> Mapping[str, float]:
    """Share of the people of each county that has any and wants a good in a year; empty where there is none."""
    found = {
        code: county.population
        for code, county in instance.counties.items()
        if county.population > 0 and wanted_goods(instance, code, year)
    }
    everyone = sum(found.values())
    return {code: people / everyone for code, people in found.items()}


def wanted_goods(instance: Instance, county: str, year: int) -> tuple[str, ...]:
    """Goods of which a county's people want any in a year; none in a problem of choosing alone, without demand."""
    return tuple(good for good in instance.goods if instance.demand.get((county, good, year), 0.0) > 0)


def is_paired(instance: Instance, year: int) -> bool:
    """Whether every pair of counties is compared, and unevenness so exact."""
    return len(people_of(instance, year)) <= PAIRED


def unevenness_error(instance: Instance, year: int) -> float:
    """Most by which the problem's unevenness of a year is too small where coverage ranges from 0 to 1."""
    return 0.0 if is_paired(instance, year) else UNEVENNESS_ERROR
