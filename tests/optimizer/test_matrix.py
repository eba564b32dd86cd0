"""Columns that can have one value only are found, and no others; parts of a problem are what is left of it."""

import math
from dataclasses import fields

import highspy
import numpy as np
import pytest

from optimizer.solvers.matrix import Matrix, Part
from tests.optimizer.matrices import ENDLESS, QUIET, Row, is_solution, least_of, matrix_of


def bounds_of(matrix: Matrix) -> list[tuple[float, float]]:
    return list(zip(matrix.lower.tolist(), matrix.upper.tolist(), strict=True))


class TestSettled:
    @pytest.mark.parametrize(
        ("row", "bounds", "settled"),
        [
            # nothing may be used
            (({0: 1, 1: 2}, -ENDLESS, 0), [(0, ENDLESS), (0, 5)], [(0, 0), (0, 0)]),
            # all must be
            (({0: 1, 1: 2}, 12, ENDLESS), [(0, 2), (0, 5)], [(2, 2), (5, 5)]),
            # one must make up for the other, between its bounds
            (({0: 1, 1: 1}, 5, 5), [(2, 2), (0, 10)], [(2, 2), (3, 3)]),
            (({0: 1, 1: -2}, 0, 0), [(3, 3), (0, ENDLESS)], [(3, 3), (1.5, 1.5)]),
            # below 0, and with the sign changed
            (({0: -1, 1: 1}, -ENDLESS, -4), [(0, 3), (-1, 6)], [(3, 3), (-1, -1)]),
            # both ways round: the first is at least 4 and at most 4
            (({0: 2}, 8, 8), [(-ENDLESS, ENDLESS)], [(4, 4)]),
        ],
    )
    def test_one_value_only(
        self, row: Row, bounds: list[tuple[float, float]], settled: list[tuple[float, float]]
    ) -> None:
        assert bounds_of(matrix_of([row], bounds).settled()) == settled

    @pytest.mark.parametrize(
        ("row", "bounds"),
        [
            (({0: 1, 1: 2}, -ENDLESS, 1), [(0, 4), (0, 5)]),  # tighter bounds are implied, but left as they are
            (({0: 1, 1: 2}, 11, ENDLESS), [(0, 2), (0, 5)]),
            (({0: 1, 1: 1}, 5, 5), [(0, 10), (0, 10)]),
            (({0: 1, 1: -1}, -ENDLESS, 0), [(0, ENDLESS), (0, ENDLESS)]),
            (({0: 1, 1: -1}, 0, 0), [(0, ENDLESS), (0, ENDLESS)]),
            (({0: 1, 1: 1}, -ENDLESS, 0), [(-ENDLESS, 3), (-ENDLESS, ENDLESS)]),
            (({0: 1, 1: 1}, -ENDLESS, ENDLESS), [(0, 1), (0, 1)]),
            (({0: 1, 1: 0}, 0, 0), [(0, 0), (0, 7)]),  # a coefficient of 0 says nothing
        ],
    )
    def test_nothing_that_has_room(self, row: Row, bounds: list[tuple[float, float]]) -> None:
        assert bounds_of(matrix_of([row], bounds).settled()) == bounds

    def test_from_row_to_row(self) -> None:
        """The first is 0, so that the second is 3, so that the third is at its end of 1."""
        rows: list[Row] = [
            ({1: 1, 2: 2}, 5, ENDLESS),
            ({0: 1, 1: 1}, 3, 3),
            ({0: 4}, -ENDLESS, 0),
        ]
        settled = matrix_of(rows, [(0, 9), (0, 9), (0, 1)]).settled()
        assert bounds_of(settled) == [(0, 0), (3, 3), (1, 1)]

    def test_all_else_stays(self) -> None:
        before = matrix_of([({0: 1}, 0, 0)], [(0, 9), (1, 2)], cost=[5, 6], whole=[1], offset=3)
        after = before.settled()
        assert bounds_of(before) == [(0, 9), (1, 2)]
        assert bounds_of(after) == [(0, 0), (1, 2)]
        for entry in fields(Matrix):
            if entry.name not in ("lower", "upper"):
                assert np.array_equal(getattr(after, entry.name), getattr(before, entry.name))

    def test_without_a_solution_there_still_is_none(self) -> None:
        assert least_of(matrix_of([({0: 1, 1: 1}, 20, ENDLESS)], [(0, 9), (0, 9)]).settled()) is None

    def test_changes_no_optimum(self) -> None:
        """Random problems around a known solution, most of whose rows and bounds leave it little."""
        settled_some = none = 0
        for seed in range(50):
            before = drawn(seed)
            after = before.settled()
            moved = (after.lower > before.lower) | (after.upper < before.upper)
            assert (after.lower[moved] == after.upper[moved]).all()
            settled_some += moved.any()
            first, second = least_of(before), least_of(after)
            if first is None or second is None:
                assert first is second, seed
                none += 1
                continue
            assert second[0] == pytest.approx(first[0], abs=1e-6), seed
            assert is_solution(before, second[1]), seed
        assert settled_some > 12
        assert none > 1


def drawn(seed: int) -> Matrix:
    """A random problem of 8 columns, half of them whole, and 7 rows; most have a solution."""
    draw = np.random.default_rng(seed)
    at = draw.integers(0, 4, 8).astype(float)
    bounds = [(value - draw.integers(0, 2), value + draw.choice([0, 1, 3, ENDLESS])) for value in at]
    rows: list[Row] = []
    for _ in range(7):
        columns = draw.choice(8, size=draw.integers(1, 4), replace=False)
        row = {int(column): float(draw.choice([-2, -1, 1, 1, 2, 3])) for column in columns}
        used = sum(value * at[column] for column, value in row.items())
        ends = [bounds[column][0 if value > 0 else 1] for column, value in row.items()]
        tightest = sum(value * end for value, end in zip(row.values(), ends, strict=True))
        most = tightest if draw.random() < 0.2 and math.isfinite(tightest) else used + draw.choice([0, 0, 1, 2])
        rows.append((row, used if draw.random() < 0.2 else -ENDLESS, max(most, tightest)))
    return matrix_of(rows, bounds, cost=draw.integers(0, 6, 8).tolist(), whole=[0, 2, 4, 6])


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Another test may have begun the scheduler of HiGHS with more."""
    highspy.Highs.resetGlobalScheduler(True)


class TestParts:
    # cost 2x + 3y + 5z; x + y >= 3, y + 2z <= 8, z <= 4 in a row, x <= 2 in another
    MATRIX = matrix_of(
        [
            ({0: 1, 1: 1}, 3, ENDLESS),
            ({1: 1, 2: 2}, -ENDLESS, 8),
            ({2: 1}, -ENDLESS, 4),
            ({0: 1}, -ENDLESS, 2),
        ],
        [(0, 9), (1, 7), (0, 9)],
        cost=[2, 3, 5],
        whole=[1, 2],
    )

    def test_what_columns_use(self) -> None:
        used = self.MATRIX.use(np.array([True, False, True]), np.array([1.5, 100, 3]))
        assert used.tolist() == [1.5, 6, 3, 1.5]

    def test_rows_and_what_is_left_of_them(self) -> None:
        part = Part.of(self.MATRIX, np.array([False, True, False]), np.array([0.5, 100, 3]))
        assert part.columns.tolist() == [1]
        assert part.rows.tolist() == [0, 1]
        assert part.least.tolist() == [2.5, -ENDLESS]
        assert part.most.tolist() == [ENDLESS, 2]

    @pytest.mark.parametrize(("whole", "best"), [(True, [1, 2]), (False, [0.5, 2.5])])
    def test_in_the_solver(self, whole: bool, best: list[float]) -> None:
        """At z = 2.75 y is 2.5 at most, which is cheaper than x; both together are 3 at least."""
        part = Part.of(self.MATRIX, np.array([True, True, False]), np.array([100, 100, 2.75]))
        highs = part.matrix(np.array([2.0, 1.0, -9.0])).loaded(QUIET, whole=whole)
        highs.run()
        assert (highs.getNumCol(), highs.getNumRow()) == (2, 3)
        assert list(highs.getSolution().col_value) == pytest.approx(best)

    def test_bounds_and_later_rows(self) -> None:
        """x and z alone, at y = 1: x is at least 2 and at most 2, and z at most 3.5, in whole numbers 3."""
        part = Part.of(self.MATRIX, np.array([True, False, True]), np.array([100, 1, 100]))
        highs = part.matrix(np.array([0.0, 0.0, -1.0])).loaded(QUIET, whole=True)
        highs.run()
        assert list(highs.getSolution().col_value) == pytest.approx([2, 3])
