"""A problem in arrays, and parts of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int32]
Marks = NDArray[np.bool_]

ROUNDS = 20
"""Times that the bounds of columns are carried through the rows to find those that can have one value only."""

SAME = 1e-9
"""Distance of two bounds of a column that counts as none."""

NONE = np.zeros(0, dtype=np.int32)

SOLVER: Any = highspy.Highs  # not typed by highspy


@dataclass(frozen=True)
class Matrix:
    """A problem in arrays: minimise `cost @ x + offset` subject to `least <= A x <= most` and `lower <= x <= upper`,
    the columns in `whole` in whole numbers. A has `values` in rows `row_of` (ascending) and columns `column_of`."""

    cost: Floats
    offset: float
    lower: Floats
    upper: Floats
    whole: Places
    least: Floats
    most: Floats
    row_of: NDArray[np.int64]
    column_of: Places
    values: Floats

    def use(self, columns: Marks, at: Floats) -> Floats:
        """What the marked columns, at these values, put into each row."""
        inside = columns[self.column_of]
        amounts = self.values[inside] * at[self.column_of[inside]]
        return np.asarray(np.bincount(self.row_of[inside], weights=amounts, minlength=len(self.least)), dtype=float)

    def worth(self, prices: Floats) -> Floats:
        """What a unit of each column puts into rows, at prices a unit of them."""
        worth = np.bincount(self.column_of, weights=self.values * prices[self.row_of], minlength=len(self.cost))
        return np.asarray(worth, dtype=float)

    def moved(self, columns: Marks, at: Floats) -> Floats:
        """As `use`, with what is put in and what is taken out of a row added up."""
        inside = columns[self.column_of]
        amounts = np.abs(self.values[inside] * at[self.column_of[inside]])
        return np.asarray(np.bincount(self.row_of[inside], weights=amounts, minlength=len(self.least)), dtype=float)

    def loaded(self, settings: Mapping[str, Any], whole: bool) -> Any:
        """The problem in HiGHS; `whole` keeps whole numbers whole."""
        highs = SOLVER()
        for name, value in settings.items():
            highs.setOptionValue(name, value)
        highs.addCols(len(self.cost), self.cost, self.lower, self.upper, 0, NONE, NONE, np.zeros(0))
        if whole:
            kinds = np.full(len(self.whole), highspy.HighsVarType.kInteger)
            highs.changeColsIntegrality(len(self.whole), self.whole, kinds)
        starts = np.searchsorted(self.row_of, np.arange(len(self.least))).astype(np.int32)
        highs.addRows(len(self.least), self.least, self.most, len(self.values), starts, self.column_of, self.values)
        highs.changeObjectiveOffset(self.offset)
        return highs

    def cut(self, columns: NDArray[np.int64], rows: NDArray[np.int64]) -> "Matrix":
        """These columns and rows (ascending) alone. What other columns put into the rows is left out, and so is the
        offset."""
        place = np.full(len(self.cost), -1, dtype=np.int32)
        place[columns] = np.arange(len(columns), dtype=np.int32)
        row = np.full(len(self.least), -1, dtype=np.int64)
        row[rows] = np.arange(len(rows))
        inside = (place[self.column_of] >= 0) & (row[self.row_of] >= 0)
        kinds = place[self.whole]
        return Matrix(
            cost=self.cost[columns],
            offset=0.0,
            lower=self.lower[columns],
            upper=self.upper[columns],
            whole=kinds[kinds >= 0],
            least=self.least[rows],
            most=self.most[rows],
            row_of=row[self.row_of[inside]],
            column_of=place[self.column_of[inside]],
            values=self.values[inside],
        )

    def implied(self, sign: float, lower: Floats, upper: Floats) -> tuple[Floats, Marks]:
        """Of every entry the bound on its column that follows from the upper limit of its row (`sign` 1) or from the
        lower one (-1), with all other columns between these bounds; and which of them follow at all. A bound is an
        upper one where `sign` times the entry is above 0, a lower one where it is below."""
        limit, values = (self.most, self.values) if sign > 0 else (-self.least, -self.values)
        ends = np.where(values > 0, lower[self.column_of], upper[self.column_of])
        endless = np.isinf(ends)
        terms = np.where(endless, 0.0, values * ends)
        least = np.bincount(self.row_of, weights=terms, minlength=len(limit))
        missing = np.bincount(self.row_of, weights=endless.astype(float), minlength=len(limit))
        usable = (missing[self.row_of] - endless == 0) & np.isfinite(limit[self.row_of]) & (values != 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            implied = (limit[self.row_of] - (least[self.row_of] - terms)) / values
        return implied, usable

    def settled(self) -> "Matrix":
        """The same problem with both bounds equal for columns that can have one value only, by their own bounds and
        those of the others in a row."""
        lower, upper = self.lower.copy(), self.upper.copy()
        for _ in range(ROUNDS):
            low, high = lower.copy(), upper.copy()
            for sign in (1.0, -1.0):
                implied, usable = self.implied(sign, lower, upper)
                up, down = usable & (sign * self.values > 0), usable & (sign * self.values < 0)
                np.minimum.at(high, self.column_of[up], implied[up])
                np.maximum.at(low, self.column_of[down], implied[down])
            # bounds that stay apart are left as they are: tighter ones only mislead the solver's tolerances
            one = (high - low <= SAME) & (lower < upper)
            if not one.any():
                break
            only = np.minimum(low, upper)
            lower, upper = np.where(one, only, lower), np.where(one, only, upper)
        return replace(self, lower=lower, upper=upper)


@dataclass(frozen=True)
class Part:
    """Some columns of a problem, with the rows that they are in; the other columns stay at known values.

    `least` and `most` are what the others leave of the limits of `rows`.
    """

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    least: Floats
    most: Floats
    _problem: Matrix

    @classmethod
    def of(cls, matrix: Matrix, columns: Marks, at: Floats) -> "Part":
        """The marked columns of a problem; `at` has the values of all others."""
        rows = np.unique(matrix.row_of[columns[matrix.column_of]])
        taken = matrix.use(~columns, at)[rows]
        return cls(np.flatnonzero(columns), rows, matrix.least[rows] - taken, matrix.most[rows] - taken, matrix)

    def with_room(self, room: Floats) -> "Part":
        """The part with limits so much wider; `room` is that of all rows of the problem."""
        return replace(self, least=self.least - room[self.rows], most=self.most + room[self.rows])

    def matrix(self, cost: Floats) -> Matrix:
        """The part as a problem of its own; `cost` is that of all columns of the problem. What the other columns cost
        is left out."""
        found = self._problem.cut(self.columns, self.rows)
        return replace(found, cost=cost[self.columns], least=self.least, most=self.most)
