"""What one more unit of each scarce thing would save (`prices`)."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from inputs.columns import setting_columns
from inputs.origins import Origins, setting
from models.instance import Instance
from models.plan import Plan, Result
from models.verifier import OBJECTIVE_CLAUSES
from optimizer.alternatives_held import is_large
from optimizer.no_plan import NoPlan
from optimizer.options import InvalidOption, SolveOptions
from optimizer.prices.choosing import LARGEST, chosen, step_of
from optimizer.prices.problem import PricedProblem
from optimizer.prices.scarce import Scarce, scarce_of, with_more
from optimizer.progress import Progress
from optimizer.runs import FINISHED, Run, RunPool
from optimizer.solve import LEAST_COST, as_good_as
from optimizer.solvers import is_highs
from reports.assessment import Span
from reports.prices_data import (
    DONATIONS,
    IMPORT_CURRENCY,
    MATERIAL,
    MOST_PICKS,
    PICKS,
    REMITTANCE_QUOTA,
    Price,
    Prices,
    Resolved,
    Sides,
    loosened,
)

__all__ = ["NoPlan", "linear_prices", "looked_at", "prices", "require_highs"]

Tell = Callable[[str, Progress], None]

OF_COUNTIES = (DONATIONS, REMITTANCE_QUOTA)
"""Kinds of limits that every county may have."""

MOST = 3
"""Limits that are solved anew unless others are named."""

FOREIGN_CURRENCY = "foreign_currency"

KEEPING, IN_PARTS = "prices with choices kept", "prices with plants in parts"


def require_highs(options: SolveOptions) -> None:
    """Prices come from HiGHS alone, whose sign and value are tested; raises `InvalidOption` for another solver."""
    if not is_highs(options.solver):
        raise InvalidOption(
            "solver",
            f"solver should be HiGHS, found '{options.solver}': of other solvers prices are not known to be right",
        )


def prices(
    instance: Instance,
    options: SolveOptions,
    pool: RunPool,
    *,
    result: Result | None = None,
    origins: Origins | None = None,
    resolve: Sequence[str] = (LARGEST,),
    step: float = 0.01,
    counties: bool | None = None,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Prices:
    """Price the limits of an instance at its best plan, or at that of a `result` of it.

    `resolve` names the limits that are solved anew as well, each with the limit loosened by about a `step`, as a share
    of it: names such as `central_funds/2028`, or `central_funds` for every year; `largest`, the largest prices of three
    kinds; `all`; nothing. `origins` tells the cells of the workbook, in whose units prices then are. `counties`: those
    of single counties are priced too; None: in a small problem, and where they are named. With another objective than
    cost, prices are of the cost, with the objective kept.
    Raises `NoPlan`, `InvalidOption` for another solver than HiGHS, a wrong name or a step that is none, and what
    `RunPool.solve` raises.
    """
    require_highs(options)
    if not 0 < step <= 1:
        raise InvalidOption("step", f"step should be above 0 and at most 1, found {step:g}")
    scarce = looked_at(instance, scarce_of(instance, origins), counties, resolve)
    wanted = chosen(scarce, resolve)
    if result is None:
        result = pool.solve([Run("best", instance, options)]).get("best")
    if result is None or result.plan is None:
        raise NoPlan(result)
    kept = kept_objective(instance, result.plan)
    problem = PricedProblem(instance, result.plan, options, should_stop or (lambda: False), kept)
    try:
        found = _linear(problem, instance, result, scarce, origins, tell)
        if wanted is None:
            wanted = _largest(found, scarce, step)
        steps = {limit.name: step_of(limit, step) for limit in wanted}
        if steps:
            problem.keep_all()
        kept_savings = {
            limit.name: None if limit.kind.whole else problem.saving(limit, steps[limit.name]) for limit in wanted
        }
    finally:
        problem.close()
    runs = [
        Run(
            f"price of {limit.name}",
            with_more(instance, limit, steps[limit.name] * limit.factor),
            options,
            result.plan,
            kept,
        )
        for limit in wanted
    ]
    if kept is not None and runs:  # its own bound is of the objective, and not of the cost
        runs.insert(0, Run("best cost", instance, options, result.plan, kept))
    solved = pool.solve(runs)
    base = result if kept is None else solved.get("best cost")
    exact = {limit.name: _resolved(limit, steps[limit.name], base, solved, kept_savings, instance) for limit in wanted}
    return replace(found, prices=tuple(replace(price, resolved=exact.get(price.limit)) for price in found.prices))


def linear_prices(
    instance: Instance,
    result: Result,
    options: SolveOptions,
    *,
    origins: Origins | None = None,
    counties: bool | None = None,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Prices:
    """As `prices`, of a result with a plan and without solving anything anew: two linear problems."""
    require_highs(options)
    if result.plan is None:
        raise NoPlan(result)
    kept = kept_objective(instance, result.plan)
    problem = PricedProblem(instance, result.plan, options, should_stop or (lambda: False), kept)
    try:
        scarce = looked_at(instance, scarce_of(instance, origins), counties)
        return _linear(problem, instance, result, scarce, origins, tell)
    finally:
        problem.close()


def looked_at(
    instance: Instance, scarce: Sequence[Scarce], counties: bool | None, named: Sequence[str] = ()
) -> list[Scarce]:
    """The limits that are priced: without those of single counties in a large problem, of which there are hundreds,
    unless they are asked for or named."""
    every = not is_large(instance) if counties is None else counties
    return [
        limit
        for limit in scarce
        if every or limit.kind not in OF_COUNTIES or {limit.name, limit.name.split("/")[0]} & set(named)
    ]


def kept_objective(instance: Instance, plan: Plan) -> float | None:
    """What the objective may be while costs are priced, as `solve` keeps it; None where it is the cost."""
    if instance.policy.objective == LEAST_COST:
        return None
    return as_good_as(OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan))


def _linear(
    problem: PricedProblem,
    instance: Instance,
    result: Result,
    scarce: Sequence[Scarce],
    origins: Origins | None,
    tell: Tell | None,
) -> Prices:
    """All prices of the two linear problems."""
    values: list[float | None] = []
    seconds: list[float] = []
    sides: list[dict[str, Sides | None]] = []
    for name, keep in ((KEEPING, problem.keep_all), (IN_PARTS, problem.keep_joining)):
        begun = time.monotonic()
        if tell is not None:
            tell(name, Progress(0.0, "solving", None, None))
        values.append(keep())
        seconds.append(time.monotonic() - begun)
        priced: dict[str, Sides | None] = {}
        for number, limit in enumerate(scarce, start=1):
            if tell is not None:
                tell(name, Progress(time.monotonic() - begun, f"{number} of {len(scarce)} limits", None, None))
            skipped = values[-1] is None or (name is KEEPING and limit.kind.whole)
            priced[limit.name] = None if skipped else problem.sides(limit)
        sides.append(priced)
        if tell is not None:
            tell(name, Progress(time.monotonic() - begun, FINISHED, values[-1], None))
    left = {(limit.rule, limit.index): limit for limit in result.limits}
    found = []
    for limit in scarce:
        row = left.get((limit.rule, limit.index))
        found.append(
            Price(
                limit=limit.name,
                kind=limit.kind,
                subject=_subject(instance, limit),
                year=limit.year,
                place=str(limit.address) if origins is None else origins.of(limit.address).text,
                amount=limit.amount / limit.factor,
                used=None if row is None else row.used,
                left=None if row is None else row.slack,
                kept=sides[0][limit.name],
                parts=sides[1][limit.name],
                currency=_foreign_currency(origins) if limit.kind is IMPORT_CURRENCY else "",
            )
        )
    return Prices(instance, result, tuple(found), values[0], values[1], seconds[0], seconds[1])


def _largest(found: Prices, scarce: Sequence[Scarce], step: float) -> list[Scarce]:
    """The limits whose step would save most by some linear problem, one of a kind."""
    by_name = {limit.name: limit for limit in scarce}
    worth: dict[tuple[str, str], tuple[float, Scarce]] = {}
    for price in found.prices:
        limit = by_name[price.limit]
        each = [loosened(price, sides) for sides in (price.kept, price.parts) if sides is not None]
        saving = max(each, default=0.0) * abs(step_of(limit, step))
        what = (limit.kind.name, limit.key if limit.kind is MATERIAL else "")
        if saving > 0 and math.isfinite(saving) and saving > worth.get(what, (0.0, limit))[0]:
            worth[what] = (saving, limit)
    return [limit for _, limit in sorted(worth.values(), key=lambda one: -one[0])][:MOST]


def _resolved(
    limit: Scarce,
    step: float,
    base: Result | None,
    solved: Mapping[str, Result],
    kept_savings: Mapping[str, float | None],
    instance: Instance,
) -> Resolved | None:
    """What a solve with the limit loosened came to; None where it was not reached.

    Loosened, most limits allow all plans that they allowed before, so that the best plan is no dearer. Not so exact
    picks, which must be made, and quotas, which the centre lives on.
    """
    result = solved.get(f"price of {limit.name}")
    if result is None or base is None:
        return None
    more = Span()
    if result.objective is not None and base.objective is not None:
        value, bound = result.objective, base.bound
        must = limit.kind is PICKS and instance.policy.picks_exact
        only_looser = not must and limit.kind is not REMITTANCE_QUOTA
        if only_looser:
            value = min(value, base.objective)
            bounds = [one for one in (base.bound, result.bound) if one is not None]
            bound = max(bounds, default=None)
        least = None if bound is None else bound - value
        most = None if result.bound is None else base.objective - result.bound
        if only_looser:
            least = 0.0 if least is None else max(0.0, least)
            most = None if most is None else max(0.0, most)
        more = Span(base.objective - value, least, most)
    return Resolved(abs(step), more, result.status, kept_savings[limit.name])


def _foreign_currency(origins: Origins | None) -> str:
    """The name of the foreign currency, where the workbook gives it one of its own."""
    name = "" if origins is None else str(origins.of(setting(FOREIGN_CURRENCY)).value)
    return "" if name == setting_columns()[FOREIGN_CURRENCY].default_text else name


def _subject(instance: Instance, limit: Scarce) -> str:
    """The name of the material, province or county of a limit, blank where it has none."""
    if limit.kind is MATERIAL:
        return instance.materials[limit.key].name
    if limit.kind is MOST_PICKS:
        return instance.provinces[limit.key].name
    return instance.counties[limit.key].name if limit.key else ""
