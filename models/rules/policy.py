"""Limits of policy on the result, each off by default."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.variables import Expression, Index, Variables


def coverage_floor(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """From a year on, domestic output meets at least a stated share of each county's demand for each good.

    Relation, for each county j, good g and year t >= coverage_floor_from, where the floor is above 0:
        sum(c, ship[c,j,g,t]) >= coverage_floor * demand[j,g,t]
    """
    floor = instance.policy.coverage_floor
    if floor == 0:
        return
    for (county, good, year), wanted in instance.demand.items():
        if year >= instance.policy.coverage_floor_from and wanted > 0:
            supply = lpSum(variables.ship[origin, county, good, year] for origin in instance.origins[county, good])
            yield (county, good, year), supply >= floor * wanted
