"""How sure each pick is: plans nearly as good as the best, and what each county's pick is worth."""

from collections.abc import Callable, Collection
from dataclasses import replace

from models.instance import Instance
from models.plan import Plan, Result
from optimizer.alternatives_held import is_large
from optimizer.forced_choices import raised
from optimizer.known_result import is_enough, with_known
from optimizer.no_plan import NoPlan
from optimizer.options import SolveOptions
from optimizer.rank.plans import Sampling, most_allowed, near_optimal
from optimizer.rank.worth import looked_at, reached_by, worths
from optimizer.runs import Run, RunPool
from optimizer.swaps import Swapping
from reports.assessment import Depth
from reports.choice_bounds import ChoiceBounds
from reports.ranking import Ranking

__all__ = ["Sampling", "rank"]


def rank(
    instance: Instance,
    options: SolveOptions,
    pool: RunPool,
    sampling: Sampling | None = None,
    *,
    depth: Depth | None = None,
    only: Collection[str] = (),
    start: Plan | None = None,
    known: Result | None = None,
    estimate: Callable[[], ChoiceBounds | None] | None = None,
    swap: Swapping | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Ranking:
    """Rank the picks of a problem.

    `sampling` says how near-optimal plans are looked for. `depth` is how the worth of picks is looked at; when None
    it is "quick", and "estimate" for a large problem unless counties are named, for all would take hours. `only` names
    the counties that are searched for, all when empty. `start` is a plan to begin with, such as an earlier result's.
    `known` is what an earlier search for the same problem came to: it takes the search's place where it is within the
    gap.
    `estimate` finds the bounds by choice, as `optimizer.forced_choices.choice_bounds` does, once there is a plan; it is
    not asked with the depth "none". `swap` values plans next to the best one, as `optimizer.swaps.swap_values` does; it
    is asked with the depth "swap".
    Raises `NoPlan` when none was found to begin with.
    """
    sampling = sampling or Sampling()
    runs = [] if is_enough(known, options) else [Run("best", instance, options, start)]
    solved = with_known(pool.solve(runs).get("best"), known, options)
    if solved is None or solved.plan is None or solved.objective is None:
        raise NoPlan(solved)
    sample = near_optimal(instance, solved, options, sampling, pool, should_stop)
    depth = depth or ("estimate" if is_large(instance) and not only else "quick")
    bounds = None if estimate is None or depth == "none" else estimate()
    if bounds is not None:
        solved = raised(solved, bounds.bound)
    wanted = [county for county in instance.counties if not only or county in only]
    if bounds is not None and depth == "swap" and swap is not None:
        keys = list(looked_at(instance, wanted))
        bounds = replace(bounds, reached=swap(sample.plans[0].plan, bounds, keys))
    found = worths(instance, solved, sample.plans, wanted, options, pool, depth, bounds)
    value = sample.plans[0].value
    if bounds is not None:
        bounds = replace(bounds, reached={**dict(reached_by(instance, found, value)), **bounds.reached})
    return Ranking(
        instance=instance,
        best=solved,
        within=sampling.within,
        most=most_allowed(value, sampling.within),
        seed=sampling.seed,
        plans=tuple(sample.plans),
        tried=sample.tried,
        worths=found,
        bounds=bounds,
        wanted=sampling.plans,
        interrupted=should_stop(),
    )
