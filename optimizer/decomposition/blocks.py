"""A bound from counties planned one by one at prices for what they share.

Rows that tie counties to each other, on central funds, labour, materials, picks and goods sent from one to another,
are given up, and what a county uses of them is charged at a price instead. What is left falls into small problems,
one a county, each solved with whole plants and one joining year. Whatever the prices, the sum is a lower bound on
the cost of every plan (Lagrangian relaxation); at the prices of the relaxation it is no worse than the relaxation, and
better by all that whole numbers cost within a county.

Source: Geoffrion, Lagrangian relaxation for integer programming (1974), Mathematical Programming Study 2.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from optimizer.solvers.matrix import Floats, Matrix
from optimizer.solvers.presolve_rules import AGGREGATOR, DOUBLETON_EQUATION
from optimizer.solvers.stopping import stopped_run
from optimizer.solvers.time_limits import set_time_limit

BATCH = 16
"""Blocks that are solved before looking whether the bound is enough; the same for any number of threads."""

NODES = 200
"""Nodes of branch and bound after which a block's bound is taken as it is."""

ROUNDS = 50
"""Times that the bounds of columns are carried through the rows."""

CAUTION = 1e-7
"""Part of the size of the blocks' costs by which the bound is lowered, for the solver's tolerances."""

WIDE = 2.0
"""Times what is implied that the bound of a column is set to, where it had none."""

SETTINGS: Mapping[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_allow_restart": False,
    "presolve_rule_off": DOUBLETON_EQUATION | AGGREGATOR,  # with these it may prove what is not so
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""How a block is solved: for its bound alone, which half the time that plans take would not improve."""


@dataclass(frozen=True)
class Priced:
    """A problem whose shared rows have prices instead: what a unit of each column then costs (`charged`), what lies
    outside of all blocks (`outside`), and a lower bound on each block that follows from prices alone (`weak`)."""

    charged: Floats
    outside: float
    weak: Floats

    def total(self, values: Floats) -> float:
        """The bound on the whole that follows from bounds on all blocks."""
        return math.fsum((self.outside, *values)) - CAUTION * float(np.abs(values).sum())


@dataclass(frozen=True)
class Bounded:
    """A bound on the whole problem (`total`), and the lower bounds on its blocks that it is the sum of (`values`)."""

    total: float
    values: Floats


class Blocks:
    """A problem cut into blocks: columns of the same label, and the rows that have no others."""

    def __init__(self, matrix: Matrix, labels: Sequence[str | None]) -> None:
        """`labels` names the block of each column; None for a column that belongs to none."""
        self._matrix = matrix
        self.place = {label: place for place, label in enumerate(dict.fromkeys(label for label in labels if label))}
        self._block = np.array([self.place[label] if label else -1 for label in labels], dtype=np.int64)
        self._count = len(self.place)
        rows = len(matrix.least)
        first, last = np.full(rows, self._count), np.full(rows, -1)
        np.minimum.at(first, matrix.row_of, self._block[matrix.column_of])
        np.maximum.at(last, matrix.row_of, self._block[matrix.column_of])
        self._block_of_row = np.where((first == last) & (first >= 0), first, -1)
        self._upper = _carried(matrix)

    def bound(
        self,
        prices: Floats,
        precision: float,
        threads: int,
        seconds: float,
        should_stop: Callable[[], bool],
        enough: float = math.inf,
        known: Floats | None = None,
        nodes: int = NODES,
        batch: int = BATCH,
    ) -> Bounded | None:
        """The bound at the prices of all rows (money a unit of the row; at least 0 where only `least` is given, at most
        0 where only `most` is), each block to within `precision` (money) or after `nodes` nodes.

        Block after block, the small ones first, takes the place of a weaker bound, which is `known` or follows from
        prices alone, until the sum is `enough` or the time is over. None when the prices leave the cost without a
        bound.
        """
        until, priced = time.monotonic() + seconds, self.priced(prices)
        values = priced.weak.copy() if known is None else np.maximum(priced.weak, known)
        sizes = np.bincount(self._block[self._block >= 0], minlength=self._count)
        order = np.argsort(sizes, kind="stable")

        def solved(block: int) -> float | None:
            left = until - time.monotonic()
            if left <= 0 or should_stop():
                return None
            return self.least(block, priced, precision, left, nodes=nodes, should_stop=should_stop)[0]

        with ThreadPoolExecutor(max(1, threads)) as pool:
            for first in range(0, self._count, batch):
                if priced.total(values) >= enough:
                    break
                blocks = order[first : first + batch]
                found = list(pool.map(solved, blocks))
                for block, value in zip(blocks, found, strict=True):
                    values[block] = values[block] if value is None else max(value, values[block])
                if time.monotonic() >= until or should_stop():
                    break
        total = priced.total(values)
        return Bounded(total, values) if math.isfinite(total) else None

    def joined(self, parts: "Blocks", prices: Floats, values: Floats) -> Floats:
        """The lower bounds on these blocks that follow from those on their `parts`, a finer cut of the same problem:
        their sum, and what the rows that tie the parts of a block are worth at the prices."""
        found = np.zeros(self._count)
        whole = parts._block >= 0
        block_of_part = np.full(parts._count, -1, dtype=np.int64)
        block_of_part[parts._block[whole]] = self._block[whole]
        np.add.at(found, block_of_part, values)
        ties = (self._block_of_row >= 0) & (parts._block_of_row < 0)
        worth = np.bincount(self._block_of_row[ties], weights=self._paid(prices)[ties], minlength=self._count)
        return np.asarray(found + worth, dtype=float)

    def _usable(self, prices: Floats) -> Floats:
        """Prices without those of a sign that bounds nothing."""
        prices = np.where((prices > 0) & np.isinf(self._matrix.least), 0.0, prices)
        return np.where((prices < 0) & np.isinf(self._matrix.most), 0.0, prices)

    def _paid(self, prices: Floats) -> Floats:
        """What the limit of each row is worth at its price."""
        prices = self._usable(prices)
        matrix = self._matrix
        return prices * np.where(prices > 0, matrix.least, np.where(prices < 0, matrix.most, 0.0))

    def priced(self, prices: Floats) -> Priced:
        """The problem at the prices of all rows, as in `bound`."""
        matrix, paid, prices = self._matrix, self._paid(prices), self._usable(prices)
        shared = self._block_of_row < 0
        charged = self._charged(np.where(shared, prices, 0.0))
        outside = (matrix.offset, float(paid[shared].sum()), float(self._ends(charged)[self._block < 0].sum()))
        whole, inside = self._block >= 0, ~shared
        ends = self._ends(self._charged(prices))
        rows = np.bincount(self._block_of_row[inside], weights=paid[inside], minlength=self._count)
        columns = np.bincount(self._block[whole], weights=ends[whole], minlength=self._count)
        return Priced(charged, math.fsum(outside), np.asarray(rows + columns, dtype=float))

    def least(
        self,
        block: int,
        priced: Priced,
        precision: float,
        seconds: float,
        cases: Sequence[Mapping[int, tuple[float, float]]] = ({},),
        nodes: int = NODES,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> list[float | None]:
        """The least that one block can cost at prices, or a lower bound on it, once for each case.

        A case holds columns between other bounds than their own. Infinite where a case leaves the block nothing; None
        where there was no time, or it was stopped.
        """
        until = time.monotonic() + seconds
        highs, columns = self._loaded(block, priced.charged)
        highs.setOptionValue("mip_max_nodes", nodes)
        place = {int(column): place for place, column in enumerate(columns)}
        lower, upper = self._matrix.lower[columns], self._upper[columns]
        found: list[float | None] = []
        for case in cases:
            low, high = lower.copy(), upper.copy()
            for column, (least, most) in case.items():
                low[place[column]], high[place[column]] = least, most
            highs.clearSolver()
            highs.changeColsBounds(len(columns), np.arange(len(columns), dtype=np.int32), low, high)
            found.append(_least(highs, precision, until - time.monotonic(), should_stop))
        return found

    def _charged(self, prices: Floats) -> Floats:
        """What a unit of each column costs when rows have prices."""
        return self._matrix.cost - self._matrix.worth(prices)

    def _ends(self, charged: Floats) -> Floats:
        """The least that each column can cost, between its bounds alone."""
        ends = np.where(charged < 0, self._upper, self._matrix.lower)
        return np.where(charged == 0, 0.0, charged * np.where(charged == 0, 0.0, ends))

    def _loaded(self, block: int, charged: Floats) -> tuple[Any, NDArray[np.int64]]:
        """A block in HiGHS, and which columns of the problem it has."""
        columns = np.flatnonzero(self._block == block)
        part = self._matrix.cut(columns, np.flatnonzero(self._block_of_row == block))
        part = replace(part, cost=charged[columns], upper=self._upper[columns])
        return part.loaded(SETTINGS, whole=True), columns


def _least(highs: Any, precision: float, seconds: float, should_stop: Callable[[], bool]) -> float | None:
    """What a loaded block costs at the least, or a lower bound on it; None where neither is proven."""
    until = time.monotonic() + seconds
    if seconds <= 0 or should_stop():
        return None
    highs.setOptionValue("mip_abs_gap", precision)
    set_time_limit(highs, seconds)
    stopped_run(highs, highs.cbMipInterrupt, should_stop)
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return math.inf if _infeasible_without_presolve(highs, until - time.monotonic(), should_stop) else None
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit):
        return None  # the time is over, or something else: what stands in the bound then may be nothing at all
    relaxed = highspy.HighsVarType.kInteger not in highs.getLp().integrality_
    if status == highspy.HighsModelStatus.kOptimal and relaxed:
        return float(info.objective_function_value)
    return float(info.mip_dual_bound)


def _infeasible_without_presolve(highs: Any, seconds: float, should_stop: Callable[[], bool]) -> bool:
    """Whether a block that HiGHS calls infeasible is so without its presolve too
    (see `optimizer.solvers.presolve_rules`)."""
    if seconds <= 0:
        return False
    highs.clearSolver()
    highs.setOptionValue("presolve", "off")
    set_time_limit(highs, seconds)
    stopped_run(highs, highs.cbMipInterrupt, should_stop)
    highs.setOptionValue("presolve", "choose")
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)


def _carried(matrix: Matrix) -> Floats:
    """Upper bounds of columns, made finite where the rows and the other columns' bounds imply it."""
    upper = matrix.upper.copy()
    for _ in range(ROUNDS):
        before = upper.copy()
        for sign in (1.0, -1.0):
            implied, usable = matrix.implied(sign, matrix.lower, upper)
            usable &= sign * matrix.values > 0
            places = matrix.column_of[usable]
            np.minimum.at(upper, places, np.maximum(implied[usable], matrix.lower[places]))
        if np.array_equal(before, upper):
            break
    # they only keep costs from falling without limit, and are wide so as to mislead no presolve
    return np.where(np.isfinite(matrix.upper), matrix.upper, WIDE * np.maximum(1.0, upper))
