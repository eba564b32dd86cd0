"""How sure each pick is: plans nearly as good as the best, and what each county's pick is worth."""

from collections.abc import Callable, Collection

from models.instance import Instance
from models.plan import Plan, Result
from optimizer.alternatives_held import is_large
from optimizer.options import SolveOptions
from optimizer.rank_plans import Sampling, most_allowed, near_optimal
from optimizer.rank_worth import worths
from optimizer.runs import Run, RunPool
from reports.assessment import Depth
from reports.ranking import Ranking


class NoPlan(Exception):
    """There is no plan to rank by; `result` says why, None where it was interrupted."""

    def __init__(self, result: Result | None) -> None:
        super().__init__("no plan was found to begin with")
        self.result = result


def rank(
    instance: Instance,
    options: SolveOptions,
    pool: RunPool,
    sampling: Sampling | None = None,
    *,
    depth: Depth | None = None,
    only: Collection[str] = (),
    start: Plan | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Ranking:
    """Rank the picks of a problem.

    `sampling` says how near-optimal plans are looked for. `depth` is how the worth of picks is looked at; when None
    it is "quick", and "none" for a large problem unless counties are named, for all would take hours. `only` names the
    counties whose worth is wanted, all when empty. `start` is a plan to begin with, such as an earlier result's.
    Raises `NoPlan` when none was found to begin with.
    """
    sampling = sampling or Sampling()
    solved = pool.solve([Run("best", instance, options, start)]).get("best")
    if solved is None or solved.plan is None or solved.objective is None:
        raise NoPlan(solved)
    sample = near_optimal(instance, solved, options, sampling, pool, should_stop)
    depth = depth or ("none" if is_large(instance) and not only else "quick")
    wanted = [county for county in instance.counties if not only or county in only]
    return Ranking(
        instance=instance,
        best=solved,
        within=sampling.within,
        most=most_allowed(sample.plans[0].value, sampling.within),
        seed=sampling.seed,
        plans=tuple(sample.plans),
        tried=sample.tried,
        worths=worths(instance, solved, sample.plans, wanted, options, pool, depth),
    )
