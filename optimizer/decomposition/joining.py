"""Which county joins when: under the rules on choosing, at least cost by what each choice costs at prices.

What the choices of all counties cost at the least, under the rules on choosing, is a lower bound on the cost of every
plan: these rules are kept where the counties' own optima alone need not agree with them.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.problem import build_problem
from models.variables import Variables
from optimizer.alternatives_held import choosing_only
from optimizer.decomposition.blocks import CAUTION
from optimizer.decomposition.county_choices import open_choices
from optimizer.options import SolveOptions
from optimizer.solvers import End, HighsProblem
from reports.choice_bounds import Key

CLOSE = 0.01
"""Part of a county's mean cost for which a county goes along with the relaxation: by so much it may be dearer for it to
join when all of it does so there than when none of it does. The relaxation is right on what is left for others, prices
alone are not. On two generated instances of 180 counties anything between 0 and 0.03 serves about as well; without
costs the best plan with plants in parts is 0.04 and 0.36 % dearer."""

FOLLOWED = 1 / 3
"""Part of the counties that have a choice from which on the relaxation is followed alone, if it has so many joining as
a whole: then few plants decide, each with many counties, and what one county costs says little. On the shipped case
that is so with provincial plants alone, where the best plan with plants in parts is then 0.35 % cheaper."""

WHOLE = 0.99
"""Part of a joining that counts as all of it."""

LEAST_SECONDS = 10.0
"""Time that is given at least."""


@dataclass(frozen=True)
class Joining:
    """Whether each county joins in each year (1 or 0), and by how much (money) every plan costs more than the sum of
    what the counties' best choices cost, for the rules on choosing allow not all of them."""

    years: dict[tuple[str, int], int]
    more: float


def best_joining(
    instance: Instance,
    relaxed: Mapping[tuple[str, int], float],
    costs: Mapping[Key, float],
    mean: float,
    options: SolveOptions,
    seconds: float,
    should_stop: Callable[[], bool],
) -> Joining | None:
    """Choose at least cost, and close to the relaxation, whose parts of joinings are `relaxed`.

    `costs` are lower bounds on what each choice costs; a county of which there are none goes along with the relaxation.
    `mean` is what a county costs (money) on average. None where the rules on choosing allow nothing.
    """
    until = time.monotonic() + max(LEAST_SECONDS, seconds)
    problem, variables = build_problem(choosing_only(instance))
    highs = HighsProblem(problem, options)
    excess, ruled_out = _excess(costs), dict(_ruled_out(instance, variables, costs))
    more = 0.0
    if excess:
        gains = {variable.name: _gain(excess, *index) for index, variable in variables.select.items()}
        highs.change_costs(gains)
        highs.bound_columns(ruled_out)
        least = highs.solve(0.0, (until - time.monotonic()) / 2, should_stop)
        if least.end is End.FINISHED and least.bound is not None:
            idle = math.fsum(excess.get((county, None), 0.0) for county in instance.counties)
            caution = CAUTION * math.fsum(abs(gain) for gain in gains.values())
            more = max(0.0, least.bound + idle - caution)
    if _follows(instance, relaxed):
        excess = {}
    close = CLOSE * mean if excess and mean > 0 else 1.0
    highs.change_costs(
        {
            variable.name: _gain(excess, *index) - close * relaxed.get(index, 0.0)
            for index, variable in variables.select.items()
        }
    )
    highs.forget()
    highs.bound_columns(ruled_out)
    chosen = highs.solve(0.0, until - time.monotonic(), should_stop, proof=False).values
    if chosen is None:
        return None
    return Joining({index: round(chosen[variable.name]) for index, variable in variables.select.items()}, more)


def _follows(instance: Instance, relaxed: Mapping[tuple[str, int], float]) -> bool:
    """Whether the relaxation has so many of the counties that have a choice joining as a whole (`FOLLOWED`)."""
    choosing = {county for county, choices in open_choices(instance) if len(choices) > 1}
    whole = {county for (county, _), part in relaxed.items() if county in choosing and part >= WHOLE}
    return len(whole) >= FOLLOWED * max(1, len(choosing))


def _ruled_out(
    instance: Instance, variables: Variables, costs: Mapping[Key, float]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """As bounds of variables: years in which a county cannot join, and that it joins where it cannot do without."""
    for (county, choice), cost in costs.items():
        if cost == math.inf and choice is None:
            yield variables.joined[county, instance.last_year].name, (1.0, 1.0)
        elif cost == math.inf and choice is not None:
            yield variables.select[county, choice].name, (0.0, 0.0)


def _excess(costs: Mapping[Key, float]) -> dict[Key, float]:
    """By how much each possible choice costs a county more than its best one."""
    best: dict[str, float] = {}
    for (county, _), cost in costs.items():
        best[county] = min(cost, best.get(county, cost))
    return {key: cost - best[key[0]] for key, cost in costs.items() if cost < math.inf}


def _gain(excess: Mapping[Key, float], county: str, year: int) -> float:
    """What a county's joining in a year costs more than its not joining; 0 where one of both is not open to it."""
    return excess.get((county, year), 0.0) - excess.get((county, None), 0.0)
