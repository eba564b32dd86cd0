"""Whole plants for a problem too large for one relaxation with joining years held: district by district.

A district is some provinces that are planned together, as if the others had what the relaxation of the whole gives
them. It may take some of what districts to come have of anything shared, at the relaxation's prices; those that were
planned before have what they took. So the last one keeps all limits of the whole.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.decomposition.relax_and_fix import LENT, RelaxAndFix
from optimizer.solvers.matrix import Floats, Marks, Matrix, Part

DISTRICT = 25_000
"""Whole variables, of those that are not held, up to which provinces are a district: some two hundred counties of both
scales, about what a nation has. The first vertex of twice as many takes four times as long."""


@dataclass
class Districts:
    """A search for whole numbers, district by district.

    `relaxed` has the values of all columns in the relaxation, `prices` those of the rows; the rest is as in
    `RelaxAndFix`.
    """

    matrix: Matrix
    label_of: Sequence[int]
    relaxed: Floats
    prices: Floats
    precision: float
    seconds: float
    should_stop: Callable[[], bool]
    seed: int = 0

    def solve(self) -> Floats | None:
        """Values of all columns, whole where they must be, as of `RelaxAndFix.solve`; None where none were found."""
        until = time.monotonic() + self.seconds
        label = np.asarray(self.label_of, dtype=np.int64)
        held = self.matrix.lower == self.matrix.upper
        given = np.clip(np.where(held, self.matrix.lower, self.relaxed), self.matrix.lower, self.matrix.upper)
        at, waiting, done = given.copy(), self.districts(), list[list[int]]()
        while waiting:
            district = waiting.pop(0)
            to_come = np.isin(label, [one for others in waiting for one in others])
            found = self._planned(np.isin(label, district) | (label < 0), to_come, at, until - time.monotonic())
            if found is not None:
                at = found
                done.append(district)
            elif self.should_stop() or time.monotonic() >= until or not (done or waiting):
                return None
            elif done:
                last = done.pop()
                at = np.where(np.isin(label, last), given, at)
                waiting.insert(0, [*last, *district])
            else:
                waiting[0] = [*district, *waiting[0]]
        return at

    def districts(self) -> list[list[int]]:
        """The provinces of each district, about as many whole variables in each."""
        free = np.zeros(len(self.matrix.cost), dtype=bool)
        free[self.matrix.whole] = True
        free &= self.matrix.lower < self.matrix.upper
        label = np.asarray(self.label_of, dtype=np.int64)
        sizes = np.bincount(label[free & (label >= 0)], minlength=int(label.max(initial=0)) + 1)
        count = max(1, int(np.ceil(sizes.sum() / DISTRICT)))
        found: list[list[int]] = [[] for _ in range(count)]
        for province in sorted(range(len(sizes)), key=lambda one: (-sizes[one], one)):
            min(found, key=lambda district: sizes[district].sum()).append(province)
        return [district for district in found if district]

    def _planned(self, columns: Marks, to_come: Marks, at: Floats, seconds: float) -> Floats | None:
        """The values of all columns once those of a district are whole; None where no whole numbers were found."""
        part, cost = Part.of(self.matrix, columns, at), self.matrix.cost
        if to_come.any():
            room = LENT * self.matrix.moved(to_come, at)
            part = part.with_room(room)
            cost = cost - self.matrix.worth(np.where(room > 0, self.prices, 0.0))
        share = columns[self.matrix.whole].sum() / max(1, len(self.matrix.whole))
        search = RelaxAndFix(
            part.matrix(cost),
            np.asarray(self.label_of)[part.columns].tolist(),
            float(self.precision * share),
            None,
            seconds,
            self.should_stop,
            self.seed,
        )
        values = search.solve()
        if values is None:
            return None
        found = at.copy()
        found[part.columns] = values
        return found
