"""A saved result as what a search for the same problem has come to already."""

from dataclasses import replace

from models.instance import Instance
from models.plan import Result, Status
from models.verifier import verify
from optimizer.options import SolveOptions
from optimizer.solve import GAP_DUST, TOLERANCE
from reports.saved_result import SavedResult, instance_hash


def known_of(saved: SavedResult, instance: Instance) -> Result | None:
    """What a saved result says of a problem: None where it is another's, or its plan breaks a rule.

    The code of the variant does not count: two variants of a workbook may be one problem.
    """
    plan = saved.result.plan
    if plan is None or saved.result.objective is None:
        return None
    if instance_hash(replace(saved.instance, variant=instance.variant)) != instance_hash(instance):
        return None
    return saved.result if not verify(instance, plan, TOLERANCE) else None


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
    bounds = [result.bound for result in (known, found) if result is not None and result.bound is not None]
    bound = min(max(bounds), value) if bounds else None
    gap = None if bound is None else max(0.0, value - bound) / max(abs(value), GAP_DUST)
    within = gap is not None and gap <= options.gap + GAP_DUST
    return replace(
        best,
        status=Status.SOLVED if within else Status.STOPPED,
        bound=bound,
        gap=gap,
        interrupted=not within and found is not None and found.interrupted,
    )
