"""What a plan chooses and builds, as bounds of a problem's variables."""

from collections.abc import Iterator, Mapping
from typing import Any

from models.costs import running_plants
from models.instance import Instance
from models.plan import Plan
from models.variables import Variables

Bounds = tuple[float, float]


def choices_of(instance: Instance, variables: Variables, plan: Plan) -> Iterator[tuple[str, str, Bounds]]:
    """Name, county and value, twice, of every whole variable that says what a plan chooses and builds; support bases,
    which belong to provinces, stand with an empty county. What the plan does not have counts as 0."""
    joined: dict[tuple[str, int], float] = {}
    for (county, begun), value in plan.select.items():
        for year in instance.years:
            if begun <= year:
                joined[county, year] = joined.get((county, year), 0.0) + value
    families: tuple[tuple[dict[Any, Any], Mapping[Any, float]], ...] = (
        (variables.select, plan.select),
        (variables.joined, joined),
        (variables.start, plan.start),
        (variables.running, running_plants(instance, plan)),
        (variables.support, plan.support),
    )
    for family, chosen in families:
        for index, variable in family.items():
            value = float(round(chosen.get(index, 0.0)))
            yield variable.name, "" if family is variables.support else str(index[0]), (value, value)
