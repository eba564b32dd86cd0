"""What each county may choose, and what every choice costs its block of the problem at the least, at prices.

A block is what one county decides alone (`optimizer.decomposition.blocks`). The costs are lower bounds, whatever the
prices.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np

from models.instance import Instance
from models.variables import Variables
from optimizer.alternatives_held import must_join
from optimizer.decomposition.blocks import Blocks, Priced
from optimizer.solvers.matrix import Floats
from reports.choice_bounds import Choice, Key

PRECISION = 1 / 100
"""Part of the asked gap to which counties planned one by one are solved, all together."""


def blocks_of(instance: Instance, variables: Variables, names: Sequence[str]) -> list[str | None]:
    """The county or province that each variable belongs to, None for those of the whole nation."""
    places = {**dict.fromkeys(instance.counties), **dict.fromkeys(instance.provinces)}
    block_of: dict[str, str] = {}
    for entry in fields(variables):
        for index, variable in getattr(variables, entry.name).items():
            found = [part for part in index if part in places]
            if found:
                block_of[variable.name] = found[0]
    return [block_of.get(name) for name in names]


def block_precision(instance: Instance, gap: float) -> float:
    """To within how much money each county is solved by itself, where all together may be `gap` off."""
    return gap * PRECISION / max(1, len(instance.counties) + len(instance.provinces))


def all_choices(instance: Instance) -> tuple[Choice, ...]:
    """What can be chosen for a county: each year of the plan, or not to join."""
    return (*instance.years, None)


def held_choice(
    instance: Instance, variables: Variables, column: Mapping[str, int], county: str, choice: Choice
) -> dict[int, tuple[float, float]]:
    """A choice of a county as bounds of its columns; `column` has the place of each variable."""
    held = {}
    for year in instance.years:
        joins, joined = float(year == choice), float(choice is not None and choice <= year)
        held[column[variables.select[county, year].name]] = (joins, joins)
        held[column[variables.joined[county, year].name]] = (joined, joined)
    return held


def open_choices(instance: Instance) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """Of every county the choices that no rule on who joins takes from it alone."""
    must = must_join(instance)
    for code, county in instance.counties.items():
        decided = instance.decided.get(code)
        first = county.eligible_from
        able = [year for year in instance.years if first is not None and first <= year]
        if decided is not None and decided in able:
            yield code, (decided,)
        else:
            yield code, (*able, *(() if code in must and able else (None,)))


@dataclass(frozen=True)
class ChoiceCosts:
    """What blocks cost at the least: of every county by choice (`by_choice`), and of all blocks as they are listed
    (`values`)."""

    by_choice: Mapping[Key, float]
    values: Floats


def choice_costs(
    instance: Instance,
    variables: Variables,
    column: Mapping[str, int],
    blocks: Blocks,
    priced: Priced,
    precision: float,
    threads: int,
    seconds: float,
    should_stop: Callable[[], bool],
) -> ChoiceCosts:
    """Solve the block of every county once for each choice that is open to it, to within `precision` (money).

    Counties that there was no time for have no costs, and the value that prices alone prove. So does a county that no
    choice leaves a plan: the problem has none then, which is left to others to find out.
    """
    until = time.monotonic() + seconds
    values, by_choice = priced.weak.copy(), {}
    wanted = [(county, choices) for county, choices in open_choices(instance) if county in blocks.place]

    def solve(entry: tuple[str, tuple[Choice, ...]]) -> list[float | None]:
        county, choices = entry
        left = until - time.monotonic()
        if left <= 0 or should_stop():
            return [None]
        cases = [held_choice(instance, variables, column, county, choice) for choice in choices]
        return blocks.least(blocks.place[county], priced, precision, left, cases, should_stop=should_stop)

    with ThreadPoolExecutor(max(1, threads)) as pool:
        for (county, choices), found in zip(wanted, pool.map(solve, wanted), strict=True):
            costs = [cost for cost in found if cost is not None]
            if len(costs) < len(choices) or not math.isfinite(min(costs)):
                continue
            place = blocks.place[county]
            costs = [max(cost, float(values[place])) for cost in costs]
            by_choice.update({(county, choice): cost for choice, cost in zip(choices, costs, strict=True)})
            values[place] = min(costs)
    for province in instance.provinces:
        left = until - time.monotonic()
        if province in blocks.place and left > 0 and not should_stop():
            (cost,) = blocks.least(blocks.place[province], priced, precision, left, should_stop=should_stop)
            if cost is not None and math.isfinite(cost):
                values[blocks.place[province]] = max(cost, values[blocks.place[province]])
    return ChoiceCosts(by_choice, np.asarray(values))
