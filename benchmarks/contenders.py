"""The ways to solve an instance that are compared, each from the instance to a plan, watched on its way.

- `countyplan`: `optimizer.solve.solve`, with building, stages and verification.
- `HiGHS`, `CBC`, `SCIP`: the rules of the model alone (`build_problem` without tightenings), given to the solver in one
  piece through PuLP, as anyone would who writes such a model.
- `HiGHS careful`: HiGHS without the rules of presolve with which it calls some instances infeasible that are not.
- `HiGHS tightened`: HiGHS with the model's valid inequalities as well.
"""

import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pulp

from benchmarks.course import Course, Moment
from benchmarks.solver_logs import cbc_moments, scip_moments
from models.instance import Instance
from models.problem import build_problem
from models.tightening import TIGHTENINGS
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solve import solve
from optimizer.solvers import SolverUnavailable, require_solver
from optimizer.solvers.presolve_rules import AGGREGATOR, DOUBLETON_EQUATION


@dataclass(frozen=True)
class Outcome:
    """What a contender came to; seconds count from the instance. `stages` are the seconds of each stage, if it has
    any; `columns` and `rows` are those of the problem that was built, None where that is not seen."""

    course: Course
    status: str
    build_seconds: float | None
    seconds: float
    columns: int | None = None
    rows: int | None = None
    stages: Mapping[str, float] | None = None


Contender = Callable[[Instance, SolveOptions], Outcome]


def countyplan(instance: Instance, options: SolveOptions) -> Outcome:
    """This program."""
    course, begun = Course(), time.monotonic()
    stages: dict[str, float] = {}
    last: list[tuple[str, float]] = []

    def watch(moment: Progress) -> None:
        course.add(moment.seconds, moment.incumbent, moment.bound)
        if last and last[-1][0] != moment.stage:
            name, since = last.pop()
            stages[name] = stages.get(name, 0.0) + moment.seconds - since
        if not last:
            last.append((moment.stage, moment.seconds))

    result = solve(instance, options, progress=watch)
    seconds = time.monotonic() - begun
    course.add(seconds, result.objective, result.bound)
    if last:
        stages[last[0][0]] = stages.get(last[0][0], 0.0) + seconds - last[0][1]
    return Outcome(course, result.status.value, stages.get("building the problem"), seconds, stages=stages)


def highs(instance: Instance, options: SolveOptions, tightened: bool = False, careful: bool = False) -> Outcome:
    """HiGHS in one piece, by `pulp.HiGHS`; `careful` without the rules of presolve with which it calls instances
    infeasible that are not (`optimizer.solvers.presolve_rules`)."""
    course, begun = Course(), time.monotonic()
    problem, _ = build_problem(instance, tightenings=TIGHTENINGS if tightened else ())
    built = time.monotonic() - begun

    class Watched(pulp.HiGHS):  # type: ignore[misc]
        """PuLP's own, with someone listening."""

        def callSolver(self, lp: Any) -> None:  # noqa: N802
            """Solve, and write down what HiGHS says each time that it would write a line of its log."""
            if careful:
                lp.solverModel.setOptionValue("presolve_rule_off", DOUBLETON_EQUATION | AGGREGATOR)

            def look(event: Any) -> None:
                found = event.data_out
                course.add(
                    time.monotonic() - begun, _finite(found.mip_primal_bound), _finite(found.mip_dual_bound)
                )  # fmt: skip

            lp.solverModel.cbMipLogging.subscribe(look)
            lp.solverModel.cbMipImprovingSolution.subscribe(look)

            def heed(event: Any) -> None:
                if time.monotonic() - begun > options.time_limit:
                    event.interrupt()

            # its own limit comes late: it times the linear problems within a search by a clock that runs on
            lp.solverModel.cbMipInterrupt.subscribe(heed)
            lp.solverModel.cbSimplexInterrupt.subscribe(heed)
            lp.solverModel.cbIpmInterrupt.subscribe(heed)
            super().callSolver(lp)

    solver = Watched(
        msg=True, log_to_console=False, gapRel=options.gap, timeLimit=options.time_limit, threads=options.threads,
        random_seed=options.seed,
    )  # fmt: skip
    problem.solve(solver)
    seconds, model = time.monotonic() - begun, problem.solverModel
    info = model.getInfo()
    has_plan = info.primal_solution_status == 2  # highspy.kSolutionStatusFeasible
    course.add(seconds, info.objective_function_value if has_plan else None, _finite(info.mip_dual_bound))
    status = _status(course, options.gap)
    if seconds < options.time_limit and course.seconds_to(options.gap) is None:
        status = f"{status}; HiGHS says: {model.modelStatusToString(model.getModelStatus())}"
    return Outcome(course, status, built, seconds, problem.numVariables(), problem.numConstraints())


def elsewhere(instance: Instance, options: SolveOptions, solver: str) -> Outcome:
    """CBC or SCIP in one piece, through PuLP; its course is read from its log. Raises `SolverUnavailable`."""
    name, moments = require_solver(solver), {"CBC": cbc_moments, "SCIP": scip_moments}[solver]
    begun = time.monotonic()
    problem, _ = build_problem(instance, tightenings=())
    built = time.monotonic() - begun
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "solver.log"
        left = max(1.0, options.time_limit - (time.monotonic() - begun))
        settings: dict[str, Any] = {"gapRel": options.gap, "timeLimit": left, "logPath": str(log)}
        settings["msg"] = solver == "SCIP"  # which writes no log file otherwise
        if solver == "CBC":  # SCIP's parallel mode is another solver, and PuLP's of SCIP has one thread
            settings["threads"] = options.threads
        with warnings.catch_warnings():  # PuLP 3 says of the CBC in it that PuLP 4 will have it as an extra
            warnings.simplefilter("ignore", DeprecationWarning)
            chosen = pulp.getSolver(name, **settings)
        problem.solve(chosen)
        seconds = time.monotonic() - begun
        told: list[Moment] = list(moments(log.read_text(encoding="utf-8", errors="replace")))
    ended = max((moment[0] for moment in told), default=0.0)
    course, before = Course(), seconds - ended  # building, writing the problem and starting the solver
    for moment in told:
        course.add(before + moment[0], moment[1], moment[2])
    return Outcome(
        course, _status(course, options.gap), built, seconds, problem.numVariables(), problem.numConstraints()
    )


CONTENDERS: Mapping[str, Contender] = {
    "countyplan": countyplan,
    "HiGHS": highs,
    "HiGHS careful": partial(highs, careful=True),
    "HiGHS tightened": partial(highs, tightened=True),
    "CBC": partial(elsewhere, solver="CBC"),
    "SCIP": partial(elsewhere, solver="SCIP"),
}
"""Contenders by name."""


def missing(name: str) -> str | None:
    """Why a contender cannot run here, None where it can."""
    if name not in ("CBC", "SCIP"):
        return None
    try:
        require_solver(name)
    except SolverUnavailable as unavailable:
        return str(unavailable)
    return None


def _status(course: Course, asked: float) -> str:
    """How a solve ended, judged by what it found: PuLP calls much optimal that is not."""
    best = course.moments[-1][1] if course.moments else None
    if course.seconds_to(asked) is not None:
        return "solved within the asked gap"
    return "stopped without a plan" if best is None else "stopped with a plan"


def _finite(number: float) -> float | None:
    return number if abs(number) < 1e100 else None
