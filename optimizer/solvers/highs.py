"""A problem kept in HiGHS, to be solved any number of times with other bounds, costs and limits."""

import importlib.util
import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pulp

from optimizer.options import SolveOptions
from optimizer.solvers.answer import Answer, End, Watch
from optimizer.solvers.matrix import Matrix
from optimizer.solvers.presolve_rules import AGGREGATOR, DOUBLETON_EQUATION
from optimizer.solvers.rows import constraints_of
from optimizer.solvers.time_limits import set_time_limit

logger = logging.getLogger(__name__)

FEASIBLE = 1e-5
"""Breach of a row, relative to its terms, that counts as the solver's tolerance."""

LARGE = 5_000
"""Whole variables from which on a problem is searched as a whole only where nothing else is left."""

INTERIOR_TOLERANCE = 1e-4
"""Coarsest relative precision of the interior point method, and a hundredth of the asked gap where that is finer;
the bound it gives is lowered by as much. A finer one may never be reached."""

FINEST = 1e-7
"""Finest precision asked of the interior point method."""


class UnsuitableFigures(ValueError):
    """HiGHS cannot take figures of 1e15 and more."""

    def __init__(self) -> None:
        super().__init__(
            "some figures are too large to calculate with (1e15 or more); use larger units, such as millions"
        )


class HighsProblem:
    """A PuLP problem loaded into HiGHS once, to be solved any number of times with other bounds."""

    def __init__(self, problem: Any, options: SolveOptions, log: Path | None = None) -> None:
        highspy.Highs.resetGlobalScheduler(True)
        solver = pulp.HiGHS(msg=False, threads=options.threads, random_seed=options.seed)
        solver.createAndConfigureSolver(problem)
        self._highs = problem.solverModel
        self._highs.setOptionValue("output_flag", log is not None)
        self._highs.setOptionValue("log_to_console", False)
        if log is not None:
            self._highs.setOptionValue("log_file", str(log))
        self._options = options
        columns = problem.variables()
        self.names = [column.name for column in columns]
        self.column = {name: position for position, name in enumerate(self.names)}
        self._load(problem, columns)

    def _load(self, problem: Any, columns: list[Any]) -> None:
        """Give HiGHS all columns and rows in one call each; PuLP 3 does it one by one, which takes seconds."""
        cost = np.zeros(len(columns))
        for variable, coefficient in problem.objective.items():
            cost[self.column[variable.name]] = coefficient
        self.lower = np.array([-np.inf if c.lowBound is None else c.lowBound for c in columns], dtype=float)
        self.upper = np.array([np.inf if c.upBound is None else c.upBound for c in columns], dtype=float)
        self.whole = np.array([i for i, c in enumerate(columns) if c.cat == pulp.LpInteger], dtype=np.int32)
        none = np.zeros(0, dtype=np.int32)
        taken = self._highs.addCols(len(columns), cost, self.lower, self.upper, 0, none, none, np.zeros(0))
        kinds = np.full(len(self.whole), highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(len(self.whole), self.whole, kinds)
        self._highs.changeObjectiveOffset(problem.objective.constant)
        starts: list[int] = []
        indices: list[int] = []
        values: list[float] = []
        least: list[float] = []
        most: list[float] = []
        self._row_names: list[str] = []
        for name, row in constraints_of(problem):
            self._row_names.append(name)
            starts.append(len(indices))
            for variable, coefficient in row.items():
                if coefficient:
                    indices.append(self.column[variable.name])
                    values.append(coefficient)
            low, high = row.getLb(), row.getUb()
            least.append(-np.inf if low is None else low)
            most.append(np.inf if high is None else high)
        self._least, self._most = np.array(least, dtype=float), np.array(most, dtype=float)
        self.least, self.most = self._least.copy(), self._most.copy()
        self._indices, self._values = np.array(indices, dtype=np.int32), np.array(values, dtype=float)
        self._row_of = np.repeat(np.arange(len(starts)), np.diff([*starts, len(indices)]))
        self._cost, self._offset = cost, problem.objective.constant
        self.prices, self.activity = np.zeros(len(starts)), np.zeros(len(starts))
        self.row = {name: position for position, name in enumerate(self._row_names)}
        if taken != highspy.HighsStatus.kError:
            taken = self._highs.addRows(
                len(starts),
                self._least,
                self._most,
                len(indices),
                np.array(starts, dtype=np.int32),
                self._indices,
                self._values,
            )
        if taken == highspy.HighsStatus.kError:
            raise UnsuitableFigures

    def holds(self, numbers: Sequence[float]) -> bool:
        """Whether the values satisfy every row, bound and whole number: stopped early, HiGHS may hand out others."""
        values = np.asarray(numbers, dtype=float)
        terms = self._values * values[self._indices]
        activity = np.bincount(self._row_of, weights=terms, minlength=len(self._least))
        scale = np.maximum(1.0, np.bincount(self._row_of, weights=np.abs(terms), minlength=len(self._least)))
        rows = (activity >= self.least - FEASIBLE * scale) & (activity <= self.most + FEASIBLE * scale)
        size = FEASIBLE * np.maximum(1.0, np.abs(values))
        bounds = (values >= self.lower - size) & (values <= self.upper + size)
        whole = np.abs(values[self.whole] - np.round(values[self.whole])) <= FEASIBLE
        return bool(rows.all() and bounds.all() and whole.all())

    def bound_columns(self, bounds: Mapping[str, tuple[float, float]]) -> None:
        """Set the lower and upper bounds of the named variables; all others get back their own."""
        lower, upper = self.lower.copy(), self.upper.copy()
        for name, (low, high) in bounds.items():
            lower[self.column[name]], upper[self.column[name]] = low, high
        everything = np.arange(len(lower), dtype=np.int32)
        self._highs.changeColsBounds(len(lower), everything, lower, upper)

    def suspend(self, rules: Collection[str]) -> None:
        """Let the rows of the named rules bind no more, and those of all others again; what is then proven as
        a bound holds with them too."""
        idle = np.array([name.split(".")[0] in rules for name in self._row_names])
        everything = np.arange(len(idle), dtype=np.int32)
        self.least = np.where(idle, -np.inf, self._least)
        self.most = np.where(idle, np.inf, self._most)
        self._highs.changeRowsBounds(len(idle), everything, self.least, self.most)

    def answer_of(self, values: Mapping[str, float]) -> Answer | None:
        """The answer that given values of all variables are; None where they are no solution."""
        found = [values[name] for name in self.names]
        if not self.holds(found):
            return None
        return Answer(End.LIMIT, dict(values), float(self._cost @ np.array(found)) + self._offset, None)

    def change_costs(self, costs: Mapping[str, float]) -> None:
        """Replace the objective: the named variables cost this much, all others nothing."""
        new = np.zeros(len(self.names))
        for name, cost in costs.items():
            new[self.column[name]] = cost
        self._highs.changeColsCost(len(new), np.arange(len(new), dtype=np.int32), new)
        self._cost, self._offset = new, 0.0

    def relax(self, seconds: float, should_stop: Callable[[], bool]) -> Answer:
        """Solve the relaxation by an interior point method, without a vertex: for its bound and its direction.

        HiPO, from the package highspy-extras, is much the faster on large problems; IPX is in HiGHS itself. One
        thread: more are no faster here and would leave the answer to chance.
        """
        tolerance = max(FINEST, min(INTERIOR_TOLERANCE, self._options.gap / 100))
        hipo = importlib.util.find_spec("highspy_extras") is not None
        settings = {
            "solver": "hipo" if hipo else "ipx",
            "hipo_ordering": "amd",  # a seventh quicker here than what HiGHS chooses
            "solve_relaxation": True,
            "run_crossover": "off",
            "ipm_optimality_tolerance": tolerance,
            "threads": 1,
            "presolve": "choose",
            "presolve_rule_off": 0,
            "time_limit": max(1.0, seconds),
        }
        before = {name: self._highs.getOptionValue(name)[1] for name in settings}
        answer = self._run(settings, lambda *_: None, should_stop)
        self.prices = np.array(self._highs.getSolution().row_dual, dtype=float)
        self._set(before)
        self._highs.clearSolver()
        if answer.end is End.FINISHED and answer.objective is not None:
            off = (self._highs_error + tolerance) * max(1.0, abs(answer.objective))
            return replace(answer, bound=answer.objective - off)
        return replace(answer, bound=None)

    def matrix(self, held: Mapping[str, tuple[float, float]] | None = None) -> Matrix:
        """The problem in arrays, with all its rows; `held` has other bounds for some columns, by name."""
        lower, upper = self.lower.copy(), self.upper.copy()
        for name, (low, high) in (held or {}).items():
            lower[self.column[name]], upper[self.column[name]] = low, high
        return Matrix(
            cost=self._cost,
            offset=self._offset,
            lower=lower,
            upper=upper,
            whole=self.whole,
            least=self._least,
            most=self._most,
            row_of=self._row_of,
            column_of=self._indices,
            values=self._values,
        )

    def vertex(self, seconds: float, should_stop: Callable[[], bool]) -> Mapping[str, float] | None:
        """A vertex of the relaxation as it is bounded now, by the simplex method: few of its whole variables have
        parts. None when there is none or the time did not suffice."""
        settings = {"solver": "simplex", "solve_relaxation": True, "presolve": "choose", "presolve_rule_off": 0}
        before = {name: self._highs.getOptionValue(name)[1] for name in settings}
        answer = self._run({**settings, "time_limit": max(1.0, seconds)}, None, should_stop)
        self._set(before)
        self._highs.clearSolver()
        return answer.values if answer.end is End.FINISHED else None

    def linear(self, should_stop: Callable[[], bool], anew: bool = False) -> Answer:
        """Solve the relaxation as it is bounded now to a vertex, from where the last such solve ended unless `anew`.

        `prices` then has by how much the objective grows with the limit of each row, and `activity` what each row uses,
        by their places in `row`.
        """
        settings = {
            "solver": "simplex",
            "solve_relaxation": True,
            "presolve": "choose",
            "presolve_rule_off": DOUBLETON_EQUATION | AGGREGATOR,
            "time_limit": np.inf,
        }
        before = {name: self._highs.getOptionValue(name)[1] for name in settings}
        if anew:
            self._highs.clearSolver()
        answer = self._run(settings, None, should_stop)
        solution = self._highs.getSolution()
        self.prices = np.array(solution.row_dual, dtype=float)
        self.activity = np.array(solution.row_value, dtype=float)
        self._set(before)
        return answer

    def move_rows(self, by: Mapping[str, float]) -> None:
        """Shift the limits of the named rows by some amounts, on top of earlier shifts; `suspend` undoes all."""
        for name, amount in by.items():
            position = self.row[name]
            self.least[position] += amount
            self.most[position] += amount
            self._highs.changeRowBounds(position, self.least[position], self.most[position])

    def left_by(self, values: Mapping[str, float]) -> Mapping[str, tuple[float, float]]:
        """Between which limits each row leaves the other columns when the named ones have these values, by its name."""
        given = np.array([values.get(name, 0.0) for name in self.names])
        taken = np.bincount(self._row_of, weights=self._values * given[self._indices], minlength=len(self._least))
        left = zip(self._least - taken, self._most - taken, strict=True)
        return {name: (float(low), float(high)) for name, (low, high) in zip(self._row_names, left, strict=True)}

    def solve(
        self,
        gap: float,
        seconds: float,
        should_stop: Callable[[], bool],
        watch: Watch = lambda *_: None,
        target: float | None = None,
        start: Mapping[str, float] | None = None,
        proof: bool = True,
    ) -> Answer:
        """Solve with whole numbers until the relative gap, the target objective or the time is reached.

        `start` is a solution to begin with, by variable name. Without `proof` only the solution is wanted, and
        neither the bound nor "infeasible" is to be relied on: presolve may then do all it can.
        """
        settings = {
            "solver": "choose",
            "solve_relaxation": False,
            "run_crossover": "on",
            "mip_rel_gap": gap,
            "mip_abs_gap": 0.0,
            "presolve": "choose",
            "presolve_rule_off": DOUBLETON_EQUATION | (AGGREGATOR if proof else 0),
            "time_limit": max(1.0, seconds),
            "objective_target": -np.inf if target is None else target,
        }
        if start is not None:
            positions = np.arange(len(self.names), dtype=np.int32)
            self._highs.setSolution(len(self.names), positions, np.array([start[name] for name in self.names]))
        begun = time.monotonic()
        answer = self._run(settings, watch, should_stop)
        if proof and answer.end is End.INFEASIBLE and len(self.whole) < LARGE:
            self._highs.clearSolver()
            left = max(1.0, seconds - (time.monotonic() - begun))
            answer = self._run({**settings, "presolve": "off", "time_limit": left}, watch, should_stop)
        return answer

    def fix_and_solve(self, values: Mapping[str, float]) -> Answer:
        """Solve the rest exactly with every whole variable fixed at its rounded value."""
        fixed = {self.names[i]: (float(round(values[self.names[i]])),) * 2 for i in self.whole}
        self.bound_columns(fixed)
        self._highs.clearSolver()
        answer = self._run({"solver": "choose", "solve_relaxation": True, "time_limit": np.inf}, None, lambda: False)
        self.bound_columns({})
        return answer

    def forget(self) -> None:
        """Let go of the last solution, from which the next search would begin."""
        self._highs.clearSolver()

    def close(self) -> None:
        """Let go of the log file."""
        self._highs.setOptionValue("log_file", "")

    def _set(self, settings: Mapping[str, Any]) -> None:
        for name, value in settings.items():
            self._highs.setOptionValue(name, value)

    def _run(self, settings: Mapping[str, Any], watch: Watch | None, should_stop: Callable[[], bool]) -> Answer:
        highs = self._highs
        highspy.Highs.resetGlobalScheduler(True)
        self._set(settings)
        set_time_limit(highs, settings["time_limit"])
        if not settings.get("solve_relaxation"):
            self._set({"threads": self._options.threads})

        def look(event: Any) -> None:
            if watch is not None:
                found = event.data_out
                watch(_finite(found.mip_primal_bound), _finite(found.mip_dual_bound))
            if should_stop():
                event.interrupt()

        def heed(event: Any) -> None:
            if should_stop():
                event.interrupt()

        for source, handler in (
            (highs.cbMipInterrupt, look),
            (highs.cbSimplexInterrupt, heed),
            (highs.cbIpmInterrupt, heed),
        ):
            source.clear()
            source.subscribe(handler)
        highs.run()
        return self._answer(bool(settings.get("solve_relaxation")))

    def _answer(self, relaxed: bool) -> Answer:
        highs, info = self._highs, self._highs.getInfo()
        status, kinds = highs.getModelStatus(), highspy.HighsModelStatus
        self._highs_error = abs(info.primal_dual_objective_error) if relaxed else 0.0
        ends = {
            kinds.kOptimal: End.FINISHED,
            kinds.kModelEmpty: End.FINISHED,
            kinds.kObjectiveTarget: End.FINISHED,
            kinds.kInfeasible: End.INFEASIBLE,
            kinds.kUnboundedOrInfeasible: End.INFEASIBLE,  # every cost is at least 0, so nothing is unbounded
            kinds.kUnbounded: End.UNBOUNDED,
            kinds.kInterrupt: End.INTERRUPTED,
        }
        end = ends.get(status, End.LIMIT)
        if end in (End.INFEASIBLE, End.UNBOUNDED):
            return Answer(end, None, None, None)
        solved = info.primal_solution_status == highspy.kSolutionStatusFeasible or (relaxed and end is End.FINISHED)
        if relaxed and status == kinds.kUnknown:
            solved = info.primal_solution_status != highspy.kSolutionStatusNone  # a direction, if no proof
        if not solved and status != kinds.kModelEmpty:
            return Answer(end, None, None, None if relaxed else _finite(info.mip_dual_bound))
        found = list(highs.getSolution().col_value)
        integral = len(self.whole) > 0 and not relaxed
        bound = _finite(info.mip_dual_bound) if integral else info.objective_function_value
        if not relaxed and not self.holds(found):
            logger.warning("HiGHS stopped with values that are no solution; they are left aside")
            return Answer(End.LIMIT if end is End.FINISHED else end, None, None, bound)
        objective = float(self._cost @ np.array(found)) + self._offset
        return Answer(end, dict(zip(self.names, found, strict=True)), objective, bound)


def _finite(number: float) -> float | None:
    return number if abs(number) < 1e100 else None
