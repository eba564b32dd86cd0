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

    def settled(self) -> "Matrix":
        """The same problem with both bounds equal for columns that can have one value only, by their own bounds and
        those of the others in a row."""
        lower, upper = self.lower.copy(), self.upper.copy()
        for _ in range(ROUNDS):
            low, high = lower.copy(), upper.copy()
            for sign, limit in ((1.0, self.most), (-1.0, -self.least)):
                values = sign * self.values
                ends = np.where(values > 0, lower[self.column_of], upper[self.column_of])
                endless = np.isinf(ends)
                terms = np.where(endless, 0.0, values * ends)
                least = np.bincount(self.row_of, weights=terms, minlength=len(limit))
                missing = np.bincount(self.row_of, weights=endless.astype(float), minlength=len(limit))
                usable = (missing[self.row_of] - endless == 0) & np.isfinite(limit[self.row_of]) & (values != 0)
                with np.errstate(divide="ignore", invalid="ignore"):
                    implied = (limit[self.row_of] - (least[self.row_of] - terms)) / values
                up, down = usable & (values > 0), usable & (values < 0)
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
    """Some columns of a problem, with the rows that they are in; the other columns stay at known values."""

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    least: Floats
    most: Floats
    _matrix: Matrix

    @classmethod
    def of(cls, matrix: Matrix, columns: Marks, at: Floats) -> "Part":
        """The marked columns of a problem; `at` has the values of all others."""
        rows = np.unique(matrix.row_of[columns[matrix.column_of]])
        taken = matrix.use(~columns, at)[rows]
        return cls(np.flatnonzero(columns), rows, matrix.least[rows] - taken, matrix.most[rows] - taken, matrix)

    def loaded(self, cost: Floats, settings: Mapping[str, Any], whole: bool) -> Any:
        """The part in HiGHS; `cost` is that of all columns of the problem, `whole` keeps whole numbers whole."""
        matrix = self._matrix
        place = np.full(len(matrix.cost), -1, dtype=np.int32)
        place[self.columns] = np.arange(len(self.columns), dtype=np.int32)
        inside = place[matrix.column_of] >= 0
        highs = SOLVER()
        for name, value in settings.items():
            highs.setOptionValue(name, value)
        lower, upper = matrix.lower[self.columns], matrix.upper[self.columns]
        highs.addCols(len(self.columns), cost[self.columns], lower, upper, 0, NONE, NONE, np.zeros(0))
        if whole:
            kinds = place[matrix.whole]
            kinds = kinds[kinds >= 0]
            highs.changeColsIntegrality(len(kinds), kinds, np.full(len(kinds), highspy.HighsVarType.kInteger))
        starts = np.searchsorted(matrix.row_of[inside], self.rows).astype(np.int32)
        places = place[matrix.column_of[inside]]
        highs.addRows(
            len(self.rows), self.least, self.most, len(places), starts, places, matrix.values[inside]
        )  # fmt: skip
        return highs
