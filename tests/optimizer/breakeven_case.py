"""Two counties and two scales, small enough to work out where one overtakes the other.

alder and birch want 10 t of food each, in one year. A county plant makes 10 t and costs I = 30; either county may have
one. A provincial plant makes 20 t, may stand in alder only, and costs I * 2 ** e by the scale rule. What it makes for
birch is carried 100 km. An import costs 10 a tonne and so 100 a county: dearer than all below.

    county plants alone:       2 * 30                               = 60
    provincial plant alone:    30 * 2 ** e + 10 t * 100 km * p      (p: freight, money/t/km)
    break-even freight:        p = 30 * (2 - 2 ** e) / (10 * 100)

With e = 1 that is 0: at any positive freight county plants are cheaper. With e < 1 it is above 0: without freight the
provincial plant is cheaper. With e = 0.6 it is 0.0145285.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.instance import Instance
from models.plan import Result
from models.records import Lane, Scale
from optimizer.breakeven.search import Duel, Terms, carry_on, duel
from optimizer.breakeven.side import InstanceAt
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool
from tests.models.tiny_instance import design, option, tiny_instance

EXACTLY = SolveOptions(gap=0.0, time_limit=60.0, threads=1, seed=0, solver="HiGHS")


def breakeven_freight(exponent: float) -> float:
    """The formula above."""
    return 30 * (2 - 2**exponent) / (10 * 100)


def two_counties(scale: str, freight: float, exponent: float = 0.6, **changes: Any) -> Instance:
    """The problem above, with plants of one scale; `changes` replace fields."""
    base = tiny_instance(("alder", "birch"))
    joint = design("joint", "food", scale="provincial")
    options = {
        "county": dict(base.options),
        "provincial": {("alder", "joint"): option(capacity=20.0, investment=30 * 2**exponent)},
    }
    carried = {("alder", "birch", "food"): Lane(100, 100 * freight)}
    parts: dict[str, Any] = {
        "variant": scale,
        "scales": {**base.scales, "provincial": Scale("provincial", "Provincial")},
        "designs": {**base.designs, "joint": joint},
        "options": options[scale],
        "lanes": {**base.lanes, **carried} if scale == "provincial" else dict(base.lanes),
    }
    return replace(base, **{**parts, **changes})


def over_freight(scale: str, exponent: float = 0.6) -> InstanceAt:
    """The problem by its freight."""
    return lambda freight: two_counties(scale, freight, exponent)


def terms(start: float, end: float, **changes: Any) -> Terms:
    """Terms that prove to the last digit, unless changed."""
    parts: dict[str, Any] = {
        "tolerance": 0.01,
        "options": EXACTLY,
        "least_gap": 0.0,
        "coarse": 4,
        "most_solves": 60,
    }
    return Terms(start=start, end=end, **{**parts, **changes})


def finished(
    one: InstanceAt, other: InstanceAt, given: Terms, grid: Sequence[float] = (), asked: list[Run] | None = None
) -> Duel:
    """A duel of county (0) and provincial (1) plants, searched to its end; `asked` takes what was solved."""
    found = duel("test", ("county", "provincial"), (one, other), given, grid=grid)

    def solve(runs: Sequence[Run]) -> dict[str, Result]:
        if asked is not None:
            asked.extend(runs)
        with RunPool() as pool:
            return dict(pool.solve(runs))

    carry_on([found.search()], solve)
    return found
