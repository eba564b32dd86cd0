"""Whole plants for one group of provinces after another, while those to come may still have plants in parts.

What the groups share, the centre's means above all, is divided by the relaxation: a group may take what it has there,
and at the relaxation's prices some of what the groups to come have. Once its plants are whole, the relaxation of the
rest is solved anew, from where it was, with new shares and prices. Each group is a small problem, and the last choice
of each is made in view of all before.

Source: relax-and-fix; Pochet and Wolsey, Production Planning by Mixed Integer Programming (2006), 3.6.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from optimizer.solvers.matrix import Floats, Marks, Matrix, Part
from optimizer.solvers.presolve_rules import DOUBLETON_EQUATION
from optimizer.solvers.stopping import stopped_run
from optimizer.solvers.time_limits import set_time_limit

TOGETHER = 1_000
"""Whole variables, of those that can have more than one value, up to which provinces are planned together."""

MOST = 2 / 3
"""Part of all whole variables that is planned together at most: what is done in one step has nothing to go by."""

LENT = 0.1
"""Part of what the groups to come use of anything shared that a group may take from them, at its price."""

NODES = 50
"""Nodes of branch and bound after which a group's plants are taken as they are."""

TOLERANCE = 1e-5
"""Breach of a row, relative to its terms, or distance from a whole number, that counts as the solver's tolerance."""

RELAXED = {"output_flag": False, "threads": 1, "solver": "simplex"}
"""How the rest is solved: by the simplex method, which goes on from where it was."""

SEARCHED = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "presolve_rule_off": DOUBLETON_EQUATION}
"""How a group is solved."""


@dataclass
class RelaxAndFix:
    """A search for whole numbers, group by group.

    `label_of` has the province of each column of the problem as a number, -1 for columns of none; whole ones must have
    one. `precision` (money) is to within how much of the least all groups together may stay, `target` the objective
    that is good enough where one is known.
    """

    matrix: Matrix
    label_of: Sequence[int]
    precision: float
    target: float | None
    seconds: float
    should_stop: Callable[[], bool]
    seed: int = 0

    def solve(self) -> Floats | None:
        """Values of all columns, whole where they must be; None where none were found or there was no time."""
        highspy.Highs.resetGlobalScheduler(True)  # it may have been begun with another number of threads
        self._until = time.monotonic() + self.seconds
        if not self._settled_well() or not self._relax():
            return None
        done: list[list[int]] = []
        waiting = self._groups()
        while waiting:
            group = waiting.pop(0)
            rest = [province for other in waiting for province in other]
            if any(self._choose(group, rest, lent) for lent in ((LENT, 0.0) if rest else (0.0,))):
                done.append(group)
            elif self._over() or not (done or waiting):
                return None
            elif done:
                last = done.pop()
                self._release(last)
                waiting.insert(0, [*last, *group])
            else:
                waiting[0] = [*group, *waiting[0]]
        return self._at

    def _groups(self) -> list[list[int]]:
        """Provinces to be planned together, in turn. The large groups are last: what is left then is shared best by
        those with most to choose from."""
        labels = self._label[self._free & self._is_whole & (self._label >= 0)]
        sizes = np.bincount(labels)
        most = min(TOGETHER, MOST * len(labels))
        groups: list[list[int]] = []
        for label in sorted(np.flatnonzero(sizes).tolist(), key=lambda one: (-sizes[one], one)):
            fits = (group for group in groups if sizes[group].sum() + sizes[label] <= most)
            found = next(fits, None)
            if found is None:
                groups.append([label])
            else:
                found.append(label)
        return sorted(groups, key=lambda group: int(sizes[group].sum()))

    def _over(self) -> bool:
        return self.should_stop() or time.monotonic() >= self._until

    def __post_init__(self) -> None:
        """Leave out the columns that can have one value only."""
        self._problem = self.matrix.settled()
        self._label = np.asarray(self.label_of, dtype=np.int64)
        self._free: Marks = self._problem.lower < self._problem.upper
        self._is_whole: Marks = np.zeros(len(self._problem.cost), dtype=bool)
        self._is_whole[self._problem.whole] = True
        self._at: Floats = np.where(self._free, 0.0, self._problem.lower)
        part = Part.of(self._problem, self._free, self._at)
        relaxed = part.matrix(self._problem.cost)
        self._rest: Any = relaxed.loaded({**RELAXED, "random_seed": self.seed}, whole=False)
        self._columns, self._rows = part.columns, part.rows
        self._place = np.full(len(self._free), -1, dtype=np.int32)
        self._place[part.columns] = np.arange(len(part.columns), dtype=np.int32)
        self._shared = self._shared_rows()

    def _settled_well(self) -> bool:
        """Whether the columns that can have one value only are whole where they must be, and keep the rows that have no
        others."""
        problem = self._problem
        whole = self._at[problem.whole[~self._free[problem.whole]]]
        if (np.abs(whole - np.round(whole)) > TOLERANCE).any():
            return False
        alone = np.ones(len(problem.least), dtype=bool)
        alone[self._rows] = False
        used, size = problem.use(~self._free, self._at), np.maximum(1.0, problem.moved(~self._free, self._at))
        kept = (used >= problem.least - TOLERANCE * size) & (used <= problem.most + TOLERANCE * size)
        return bool(kept[alone].all())

    def _shared_rows(self) -> Marks:
        """Rows with columns of several provinces, or of one and of the nation."""
        count = len(self._problem.least)
        free = self._free[self._problem.column_of]
        rows, labels = self._problem.row_of[free], self._label[self._problem.column_of[free]]
        first, last = np.full(count, self._label.max(initial=0)), np.full(count, -1)
        np.minimum.at(first, rows, labels)
        np.maximum.at(last, rows, labels)
        return np.asarray((last >= 0) & (first != last))

    def _columns_of(self, provinces: Sequence[int]) -> Marks:
        return self._free & np.isin(self._label, provinces)

    def _free_whole(self, provinces: Sequence[int]) -> Marks:
        return self._columns_of(provinces) & self._is_whole

    def _relax(self) -> bool:
        """Solve the rest, with what is fixed; whether there is a solution."""
        set_time_limit(self._rest, max(1.0, self._until - time.monotonic()))
        if stopped_run(self._rest, self._rest.cbSimplexInterrupt, self.should_stop):
            return False
        if self._rest.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            return False
        solution = self._rest.getSolution()
        self._at[self._columns] = solution.col_value
        self._prices = np.zeros(len(self._problem.least))
        self._prices[self._rows] = solution.row_dual
        return True

    def _set_bounds(self, columns: Marks, lower: Floats, upper: Floats) -> None:
        """Set the bounds of some columns of the rest; the values are of all columns of the problem."""
        places = self._place[columns]
        self._rest.changeColsBounds(len(places), places, lower[columns], upper[columns])

    def _release(self, provinces: Sequence[int]) -> None:
        """Let provinces have plants in parts again. What the others have is still a solution."""
        self._set_bounds(self._free_whole(provinces), self._problem.lower, self._problem.upper)
        self._relax()

    def _choose(self, provinces: Sequence[int], rest: Sequence[int], lent: float) -> bool:
        """Whole numbers for some provinces; whether there are any that leave the `rest` a solution."""
        if self._over():
            return False
        found = self._search(provinces, rest, lent)
        if found is None:
            return False
        columns, before = self._free_whole(provinces), self._at.copy()
        self._set_bounds(columns, found, found)
        if self._relax():
            return True
        self._at = before
        self._release(provinces)
        return False

    def _search(self, provinces: Sequence[int], rest: Sequence[int], lent: float) -> Floats | None:
        """The best whole numbers of some provinces at the prices of what is shared; None where none were found."""
        problem = self._problem
        national = self._free & (self._label < 0)
        part = Part.of(problem, self._columns_of(provinces) | national, self._at)
        cost = problem.cost
        if lent:
            part = part.with_room(np.where(self._shared, lent * problem.moved(self._columns_of(rest), self._at), 0.0))
            cost = cost - problem.worth(np.where(self._shared, self._prices, 0.0))
        highs = part.matrix(cost).loaded({**SEARCHED, "random_seed": self.seed, "mip_max_nodes": NODES}, whole=True)
        mine = self._free_whole(provinces).sum() / max(1, (self._free & self._is_whole).sum())
        highs.setOptionValue("mip_abs_gap", float(self.precision * mine))
        if not rest and self.target is not None:
            others = ~(self._columns_of(provinces) | national)
            elsewhere = float(problem.cost[others] @ self._at[others]) + problem.offset
            highs.setOptionValue("objective_target", self.target - elsewhere)
        set_time_limit(highs, max(1.0, self._until - time.monotonic()))
        stopped_run(highs, highs.cbMipInterrupt, self.should_stop)
        if highs.getInfo().primal_solution_status != highspy.kSolutionStatusFeasible:
            return None
        found = self._at.copy()
        found[part.columns] = highs.getSolution().col_value
        return np.where(self._is_whole, np.round(found), found)
