"""Solve an instance: build, solve, recompute, verify."""

import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.costs import charges_of
from models.instance import Instance
from models.measures.funding import central_budget
from models.plan import KEPT_AT, Limit, Plan, Result, Status
from models.problem import KEPT as KEPT_ROW
from models.problem import build_problem
from models.rules import RULES
from models.variables import Variables, lp_name
from models.verifier import OBJECTIVE_CLAUSES, Violation, verify, verify_costs
from optimizer.extraction import plan_of
from optimizer.held_choices import choices_of
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solvers import LARGE, Answer, End, HighsProblem, is_highs, require_solver, slacks_of, solve_elsewhere
from optimizer.stages import IMPROVEMENTS, Report, Stages, good_enough

logger = logging.getLogger(__name__)

TOLERANCE = 1e-5
"""Relative breach of a rule that the verifier puts down to the solver's own tolerances (1e-6 to 1e-7)."""

GAP_DUST = 1e-8
"""Relative difference of objective and bound that counts as none."""

REFUTED = 1e-4
"""Relative difference by which a bound above a plan's objective is no matter of tolerances: the proof is wrong."""

STAGED = 1_000
"""Whole variables from which on a problem is begun in stages. To 1 % they take a third of the processor time of one
search with some 1,500 (24 counties, 6 years), a fifth with 3,900 (60 counties) and a quarter or less with half of the
means; where their bound is too low, that search follows, and all takes a fifth longer than it would alone."""

LEAST_COST = "least cost"

KEPT = 1e-7
"""Amount, relative where the objective is above 1, by which it may be worse while the cost is made least after it.
Nothing where it is 0: next to nothing is more than HiGHS 1.15.1 can tell from it, and may miss the least cost."""

GIVEN_UP = 1e-6
"""Amount, relative where the objective is above 1, by which the solver's tolerance may make it worse then."""

STAGES_SHARE = 0.5
"""Part of the time that stages may take where a search in one piece has prospects too: with fewer than `LARGE` whole
variables."""

UNAIDED = 0.7
"""Part of the time in which a search that has found nothing as good as a known plan goes on; then that is improved."""

LEAST_SECONDS = 1.0
"""A search is given at least this much time."""


class VerificationFailed(Exception):
    """The solver's answer breaks a rule or a cost: an error of the program, never reported as a plan."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        shown = "; ".join(str(violation) for violation in violations[:5])
        more = f" and {len(violations) - 5} more" if len(violations) > 5 else ""
        super().__init__(f"the plan failed its verification: {shown}{more}")
        self.violations = violations


@dataclass(frozen=True)
class _Found:
    """What a search came to: the problem, its variables, the answer and the values to take the plan from."""

    problem: Any
    variables: Variables
    answer: Answer
    values: Mapping[str, float]


@dataclass(frozen=True)
class _Search:
    """Building and solving the problem of an instance, once for its objective and once more for its cost."""

    instance: Instance
    options: SolveOptions
    solver: str
    report: Report
    stop: Callable[[], bool]
    log: Path | None

    def run(
        self,
        seconds: float,
        kept: float | None = None,
        start: Mapping[str, float] | None = None,
        like: Plan | None = None,
    ) -> _Found:
        """Search for `seconds`; `kept` as in `build_problem`, `start` has the values of a plan for stages to begin
        with, `like` is a plan whose choices they try."""
        begun = time.monotonic()
        self.report("building the problem", None, None)
        problem, variables = build_problem(self.instance, kept=kept)
        logger.info("%s columns, %s rows", problem.numVariables(), problem.numConstraints())
        left = seconds - (time.monotonic() - begun)
        options = replace(self.options, time_limit=max(LEAST_SECONDS, left))
        if not is_highs(self.solver):
            self.report(f"solving with {self.solver}", None, None)
            answer = solve_elsewhere(problem, options, self.log)
            if self.stop():
                answer = replace(answer, end=End.INTERRUPTED)
            return _Found(problem, variables, answer, answer.values or {})
        highs = HighsProblem(problem, options, self.log)
        try:
            answer = self._solve(highs, variables, options, start, like)
            if answer.values is None:
                return _Found(problem, variables, answer, {})
            self.report("settling the quantities", answer.objective, answer.bound)
            settled = highs.fix_and_solve(answer.values)
            return _Found(problem, variables, answer, settled.values or answer.values)
        finally:
            highs.close()

    def _solve(
        self,
        highs: HighsProblem,
        variables: Variables,
        options: SolveOptions,
        start: Mapping[str, float] | None,
        like: Plan | None,
    ) -> Answer:
        begun, known, bound = time.monotonic(), None, None
        if len(highs.whole) >= STAGED:
            large = len(highs.whole) >= LARGE
            known = None if start is None else highs.answer_of(start)
            given = options if large else replace(options, time_limit=options.time_limit * STAGES_SHARE)
            stages = Stages(self.instance, variables, highs, given, self.report, self.stop, begun, best=known)
            staged = stages.solve(like, IMPROVEMENTS if large else IMPROVEMENTS[:1])
            over = self.stop() or time.monotonic() - begun >= options.time_limit
            if staged.end is End.FINISHED or over or (large and staged.end in (End.INFEASIBLE, End.UNBOUNDED)):
                return staged
            known, bound = stages.best, stages.bound
            if large and known is not None:
                left = options.time_limit - (time.monotonic() - begun)
                known = self._improved(highs, options, max(LEAST_SECONDS, left / 2), known, bound)
                if known.end is not End.LIMIT:
                    return known
            highs.forget()
        elif like is not None:
            known = self._completed(highs, variables, options, like)
        left = options.time_limit - (time.monotonic() - begun)
        answer = self._in_one_piece(highs, options, max(LEAST_SECONDS, left), known, bound)
        if known is not None and _refuted(answer.bound, known.objective):
            answer = Answer(End.LIMIT, None, None, bound)
        if known is None or known.objective is None or _as_good(answer, known):
            return answer
        if answer.end is not End.LIMIT or self.stop():
            return replace(known, end=End.LIMIT if answer.end is End.INFEASIBLE else answer.end, bound=answer.bound)
        left = options.time_limit - (time.monotonic() - begun)
        return self._improved(highs, options, max(LEAST_SECONDS, left), known, answer.bound)

    def _improved(
        self, highs: HighsProblem, options: SolveOptions, seconds: float, known: Answer, bound: float | None
    ) -> Answer:
        """Search beginning with a known plan. What that proves is left aside: `bound` is what is proven. Presolve is
        that of a proof all the same: doing all it can it lets HiGHS 1.15.1 end at once with plans 0.1 % dearer than
        others."""
        stage, target = "improving the known plan", good_enough(bound, options.gap)
        highs.forget()

        def watch(best: float | None, _: float | None) -> None:
            self.report(stage, min(_told(best, known.objective), default=None), bound)

        watch(None, None)
        better = highs.solve(options.gap, seconds, self.stop, watch, target, start=known.values)
        best = better if _as_good(better, known) else known
        if best.objective is not None and target is not None and best.objective <= target:
            return replace(best, end=End.FINISHED, bound=bound)
        return replace(best, end=End.INTERRUPTED if self.stop() else End.LIMIT, bound=bound)

    def _in_one_piece(
        self, highs: HighsProblem, options: SolveOptions, seconds: float, known: Answer | None, bound: float | None
    ) -> Answer:
        """Search without regard to a known plan, and for part of the time only while that is the better one. `bound` is
        what stages have proven: with one, the search ends as soon as the known plan is proven good enough, or its own
        is within the gap of that bound; without, it comes to its own end, so that a plan to begin with does not change
        which of several best plans is found.

        Given a start that a limit leaves little room beside, HiGHS 1.15.1 may call it best at once: what is proven must
        come from a search that was given none.
        """
        begun, reached, proven = time.monotonic(), math.inf, bound
        objective = None if known is None else known.objective

        def watch(best: float | None, least: float | None) -> None:
            nonlocal reached, proven
            reached = math.inf if best is None else best
            proven = max(_told(proven, least), default=None)
            self.report("solving", min(_told(best, objective), default=None), proven)

        def behind() -> bool:
            if objective is None or time.monotonic() - begun < UNAIDED * seconds:
                return False
            return reached > _at_most(objective)

        def enough() -> bool:
            target = None if bound is None else good_enough(proven, options.gap)
            return objective is not None and target is not None and objective <= target

        answer = highs.solve(
            options.gap,
            seconds,
            lambda: self.stop() or behind() or enough(),
            watch,
            good_enough(bound, options.gap),
        )
        proven = max(_told(proven, answer.bound), default=None)
        answer = replace(answer, bound=proven)
        if answer.end is not End.INTERRUPTED or self.stop():
            return answer
        if known is not None and enough() and not _as_good(answer, known):
            return replace(known, end=End.FINISHED, bound=proven)
        return replace(answer, end=End.FINISHED if enough() else End.LIMIT)

    def _completed(self, highs: HighsProblem, variables: Variables, options: SolveOptions, like: Plan) -> Answer | None:
        """The best that can be had with the choices and plants of a known plan; None where they do not fit."""
        self.report("trying the known plan", None, None)
        highs.bound_columns({name: held for name, _, held in choices_of(self.instance, variables, like)})
        answer = highs.solve(options.gap, UNAIDED / 2 * options.time_limit, self.stop, proof=False)
        highs.bound_columns({})
        highs.forget()
        return answer if answer.values is not None else None


def as_good_as(reached: float) -> float:
    """What another objective than cost may be while the cost is made least; `reached` is that of a plan."""
    return reached + KEPT * max(1.0, reached) if reached > GAP_DUST else 0.0


def _told(*values: float | None) -> list[float]:
    """Those of the values that there are."""
    return [value for value in values if value is not None]


def _as_good(answer: Answer, known: Answer) -> bool:
    """Whether an answer has a plan no worse than one that is known."""
    if answer.objective is None or known.objective is None:
        return False
    return answer.objective <= _at_most(known.objective)


def _at_most(objective: float) -> float:
    """What counts as no worse than an objective."""
    return objective + GAP_DUST * max(1.0, abs(objective))


def _refuted(bound: float | None, objective: float | None) -> bool:
    """Whether a plan with this objective shows that a proven bound is wrong, and not only by tolerances."""
    if bound is None or objective is None or bound <= objective + REFUTED * max(1.0, abs(objective)):
        return False
    logger.warning("what was proven is left aside: no plan below %g, and there is one of %g", bound, objective)
    return True


def solve(
    instance: Instance,
    options: SolveOptions,
    *,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    log: Path | None = None,
    start: Plan | None = None,
    kept: float | None = None,
) -> Result:
    """Find the best plan of `instance` by its objective, or the best within the options' time.

    With another objective than cost, the plan of least cost among those as good is looked for in the time that is
    left. With `kept` the objective need only be as good as that, the cost is made least at once, and the result's
    objective, bound and gap are those of the cost. `start` is a plan to begin with, of this instance or of a like one
    with the same codes: what it chooses and builds is tried first and left where it does not fit. From `STAGED` whole
    variables on stages go on from there; smaller problems are searched as without it, unless nothing as good is found
    for most of the time, the rest of which then goes into improving the known plan. A plan that fits never gives way to
    a worse one.
    `progress` is called as it goes on, `should_stop` asked; `log` takes the solver's own log. The plan of the result
    has passed the independent verifier, and its objective is recomputed from it.
    Raises `SolverUnavailable`, and `VerificationFailed` when the solver's answer is no plan.
    """
    begun = time.monotonic()
    stop = should_stop or (lambda: False)
    solver = require_solver(options.solver)

    def report(stage: str, incumbent: float | None, bound: float | None) -> None:
        if progress is not None:
            progress(Progress(time.monotonic() - begun, stage, incumbent, bound))

    search = _Search(instance, options, solver, report, stop, log)
    found = search.run(options.time_limit, kept=kept, like=start)
    answer = found.answer
    if answer.values is None:
        return _without_plan(answer, time.monotonic() - begun, solver, kept)
    given_up, interrupted = 0.0, answer.end is End.INTERRUPTED
    aim = LEAST_COST if kept is not None else instance.policy.objective
    if aim != LEAST_COST and answer.objective is not None and stop():
        interrupted = True
    elif aim != LEAST_COST and answer.objective is not None:
        left = max(LEAST_SECONDS, options.time_limit - (time.monotonic() - begun))
        # the plan's own value: the solver's may lie below what any plan has, by its tolerance
        reached = max(answer.objective, OBJECTIVE_CLAUSES[aim](instance, _plan(instance, found)))
        cheaper = search.run(left, kept=as_good_as(reached), start=found.values)
        given_up = GIVEN_UP * max(1.0, abs(answer.objective))
        if cheaper.answer.values is not None and _cost(instance, cheaper) < _cost(instance, found):
            found = cheaper
        interrupted = interrupted or cheaper.answer.end is End.INTERRUPTED
    report("verifying the plan", answer.objective, answer.bound)
    plan = _plan(instance, found)
    charges = charges_of(instance, plan)
    violations = (*verify(instance, plan, TOLERANCE), *verify_costs(instance, plan, charges))
    if kept is not None:
        violations += tuple(_not_kept(instance, plan, kept))
    if violations:
        raise VerificationFailed(violations)
    objective = OBJECTIVE_CLAUSES[aim](instance, plan)
    bound = believable(answer.bound, objective)
    gap = None if bound is None else max(0.0, objective - given_up - bound) / max(abs(objective), GAP_DUST)
    solved = gap is not None and gap <= options.gap + GAP_DUST
    return Result(
        status=Status.SOLVED if solved else Status.STOPPED,
        plan=plan,
        objective=objective,
        bound=bound,
        gap=gap,
        seconds=time.monotonic() - begun,
        solver=solver,
        charges=charges,
        limits=(*_limits(instance, found.problem, found.values), *_budget_limits(instance, plan)),
        interrupted=interrupted,
        provenance=_kept_at(kept),
    )


def believable(bound: float | None, objective: float) -> float | None:
    """The proven bound, at most the objective of the verified plan; None where it is so far above that that it must be
    wrong."""
    if bound is None or _refuted(bound, objective):
        return None
    return min(bound, objective)


def _not_kept(instance: Instance, plan: Plan, kept: float) -> Iterator[Violation]:
    """The breach of an objective that was to be kept."""
    reached = OBJECTIVE_CLAUSES[instance.policy.objective](instance, plan)
    allowed = kept + TOLERANCE * max(1.0, abs(kept))
    if reached > allowed:
        message = f"the {instance.policy.objective} is {reached:g}, and {kept:g} was to be kept"
        yield Violation(KEPT_ROW, (), message, reached - kept)


def _cost(instance: Instance, found: _Found) -> float:
    """Cost of the plan that was found."""
    return sum(charge.amount for charge in charges_of(instance, _plan(instance, found)))


def _plan(instance: Instance, found: _Found) -> Plan:
    return plan_of(instance, found.variables, found.values)


def _kept_at(kept: float | None) -> dict[str, str]:
    return {} if kept is None else {KEPT_AT: f"{kept!r}"}


def _without_plan(answer: Answer, seconds: float, solver: str, kept: float | None) -> Result:
    statuses = {End.INFEASIBLE: Status.INFEASIBLE, End.UNBOUNDED: Status.UNBOUNDED}
    return Result(
        status=statuses.get(answer.end, Status.NO_PLAN),
        plan=None,
        objective=None,
        bound=None if answer.end is End.INFEASIBLE else answer.bound,
        gap=None,
        seconds=seconds,
        solver=solver,
        charges=(),
        limits=(),
        interrupted=answer.end is End.INTERRUPTED,
        provenance=_kept_at(kept),
    )


def _budget_limits(instance: Instance, plan: Plan) -> Iterator[Limit]:
    """`central_budget` of years whose reserve is carried: an equation in the problem, whose slack is that reserve."""
    for budget in central_budget(instance, plan):
        if budget.year in instance.reserve_years:
            allowed = budget.spent + budget.reserve
            yield Limit("central_budget", (budget.year,), budget.spent, allowed, budget.reserve)


def _limits(instance: Instance, problem: object, values: Mapping[str, float]) -> Iterator[Limit]:
    """The inequalities of the rules, under their names and codes again; tightenings are no limits of the user's."""
    places: tuple[Mapping[str, object], ...] = (instance.provinces, instance.counties)
    things: tuple[Mapping[str, object], ...] = (
        instance.goods,
        instance.designs,
        instance.materials,
        instance.inputs,
    )
    codes = {lp_name(code, ()): code for table in (*things, *places) for code in table}
    rules = {rule.__name__ for rule in RULES}
    years = {str(year): year for year in instance.years}
    for name, used, allowed, slack in slacks_of(problem, values):
        rule, *index = name.split(".")
        if rule in rules:
            yield Limit(rule, tuple(years.get(part, codes.get(part, part)) for part in index), used, allowed, slack)
