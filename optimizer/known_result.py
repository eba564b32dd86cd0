"""A saved result as what a search for the same problem has come to already."""

import math
from dataclasses import replace

from models.instance import Instance
from models.plan import Result, Status
from models.verifier import OBJECTIVE_CLAUSES, verify
from optimizer.options import SolveOptions
from optimizer.solve import GAP_DUST, TOLERANCE, believable
from reports.saved_result import SavedResult, instance_hash


def is_of(saved: SavedResult, instance: Instance) -> bool:
    """Whether a saved result is one of this problem.

    The code of the variant does not count: two variants of a workbook may be one problem.
    """
    return instance_hash(replace(saved.instance, variant=instance.variant)) == instance_hash(instance)


def known_of(saved: SavedResult, instance: Instance) -> Result | None:
    """What a saved result says of a problem: None where it has no plan, is another's, or its plan breaks a rule.

    Of a result whose objective is not that of its plan in the problem only the plan is known: a run that keeps to a
    limit on the objective and makes the cost least has the objective and the bound of the cost, which files of earlier
    versions do not say. Other bounds are believed, whichever version of the program has proven them.
    """
    plan = saved.result.plan
    if plan is None or not is_of(saved, instance) or verify(instance, plan, TOLERANCE):
        return None
    told, due = saved.result.objective, OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan)
    if told is not None and math.isclose(told, due, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return saved.result
    return replace(saved.result, status=Status.STOPPED, objective=due, bound=None, gap=None)


def is_enough(known: Result | None, options: SolveOptions) -> bool:
    """Whether what is known is within the gap asked for, so that no search is needed."""
    return known is not None and known.gap is not None and known.gap <= options.gap + GAP_DUST


def with_known(found: Result | None, known: Result | None, options: SolveOptions) -> Result | None:
    """What a search has come to, together with what was known before: the better plan, and the higher bound."""
    if known is None or known.objective is None:
        return found
    better = found is not None and found.objective is not None and found.objective < known.objective
    best = found if better and found is not None else known
    value = known.objective if best.objective is None else best.objective
    told = [believable(result.bound, value) for result in (known, found) if result is not None]
    bound = max((bound for bound in told if bound is not None), default=None)
    gap = None if bound is None else max(0.0, value - bound) / max(abs(value), GAP_DUST)
    within = gap is not None and gap <= options.gap + GAP_DUST
    return replace(
        best,
        status=Status.SOLVED if within else Status.STOPPED,
        bound=bound,
        gap=gap,
        interrupted=not within and found is not None and found.interrupted,
    )
