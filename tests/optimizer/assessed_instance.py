"""An instance whose best and nearly best plans are worked out by hand, for assessing and ranking.

Three counties, two years, one place a year. Alder and cedar want 10 t/yr, birch 20; a mill makes all that its county
wants, for 30, in both years; an import costs 10 a tonne. What a county costs:

              joins 2027   joins 2028   never
    alder     30           100 + 30     200
    birch     30           200 + 30     400
    cedar     30           100 + 30     200

The best is birch first, then alder or cedar: 30 + 130 + 200 = 360. Birch second after either: 30 + 230 + 200 = 460.
Without birch: 30 + 130 + 400 = 560.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from models.instance import Instance
from tests.models.tiny_instance import option, tiny_instance

COUNTIES, YEARS = ("alder", "birch", "cedar"), (2027, 2028)
COST: Mapping[str, Mapping[int | None, float]] = {
    "alder": {2027: 30, 2028: 130, None: 200},
    "birch": {2027: 30, 2028: 230, None: 400},
    "cedar": {2027: 30, 2028: 130, None: 200},
}


def assessed_instance(**changes: Any) -> Instance:
    """The instance; `changes` replace fields."""
    base = tiny_instance(COUNTIES, years=2, picks={2027: 1, 2028: 1})
    mills = {place: option(capacity=20.0 if place[0] == "birch" else 10.0) for place in base.options}
    demand = {index: 20.0 if index[0] == "birch" else 10.0 for index in base.demand}
    return replace(base, options=mills, demand=demand, **changes)


def every_plan() -> Iterator[tuple[dict[str, int], float]]:
    """Every way to join with a plant in each county that does, one place a year, with its cost."""
    for years in product((*YEARS, None), repeat=len(COUNTIES)):
        taken = [year for year in years if year is not None]
        if len(set(taken)) == len(taken):
            joins = {county: year for county, year in zip(COUNTIES, years, strict=True) if year is not None}
            yield joins, sum(COST[county][year] for county, year in zip(COUNTIES, years, strict=True))
