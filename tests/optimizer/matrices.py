"""Small problems in arrays, written row by row, and their optima."""

import math
from collections.abc import Mapping, Sequence

import highspy
import numpy as np

from optimizer.solvers.matrix import Matrix

QUIET = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}
ENDLESS = math.inf

Row = tuple[Mapping[int, float], float, float]
"""Coefficients by column, and the limits between which they keep the row."""


def matrix_of(
    rows: Sequence[Row],
    bounds: Sequence[tuple[float, float]],
    cost: Sequence[float] | None = None,
    whole: Sequence[int] = (),
    offset: float = 0.0,
) -> Matrix:
    """A problem of these rows and bounds of columns; nothing costs anything unless said."""
    entries = [(place, column, value) for place, row in enumerate(rows) for column, value in row[0].items()]
    return Matrix(
        cost=np.array(cost if cost is not None else [0.0] * len(bounds), dtype=float),
        offset=offset,
        lower=np.array([low for low, _ in bounds], dtype=float),
        upper=np.array([high for _, high in bounds], dtype=float),
        whole=np.array(whole, dtype=np.int32),
        least=np.array([least for _, least, _ in rows], dtype=float),
        most=np.array([most for _, _, most in rows], dtype=float),
        row_of=np.array([place for place, _, _ in entries], dtype=np.int64),
        column_of=np.array([column for _, column, _ in entries], dtype=np.int32),
        values=np.array([value for _, _, value in entries], dtype=float),
    )


def least_of(matrix: Matrix) -> tuple[float, list[float]] | None:
    """The optimum by HiGHS and values that attain it; None where there is no solution."""
    highspy.Highs.resetGlobalScheduler(True)  # another test may have begun it with more threads
    highs = matrix.loaded(QUIET, whole=True)
    highs.setOptionValue("presolve", "off")
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value), list(highs.getSolution().col_value)


def is_solution(matrix: Matrix, values: Sequence[float]) -> bool:
    """Whether values keep all rows, bounds and whole numbers, to within the solver's tolerance."""
    at = np.asarray(values, dtype=float)
    used = matrix.use(np.ones(len(at), dtype=bool), at)
    off = 1e-6
    rows = (used >= matrix.least - off).all() and (used <= matrix.most + off).all()
    bounds = (at >= matrix.lower - off).all() and (at <= matrix.upper + off).all()
    return bool(rows and bounds and (np.abs(at[matrix.whole] - np.round(at[matrix.whole])) <= off).all())
