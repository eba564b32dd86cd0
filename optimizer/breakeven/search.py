"""The search for the values at which one variant overtakes another: what to solve next, given what is known.

A search asks for solves a few at a time and is told what they came to; what it asks for depends on nothing else, so
that it is the same whatever carries the solves out, and in whatever order.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from models.plan import Plan, Result
from optimizer.breakeven.curve import Section, crossings, sections, verdict
from optimizer.breakeven.side import InstanceAt, Side
from optimizer.options import SolveOptions
from optimizer.runs import Run

Searching = Generator[list[Run], Mapping[str, Result], None]

INTERRUPTED = "it was interrupted"

SMALLEST = 0.01
"""Values are told apart by the tolerance relative to them, but at least to this part of the range."""

NARROWER = 4.0
"""The gap is made so many times smaller where it leaves a sign open, or more where that cannot be enough."""


@dataclass(frozen=True)
class Terms:
    """The range of values, how exactly a crossing is wanted (relative to its value), and how to solve.

    `least_gap`: down to which the options' gap may be tightened to decide a sign. `coarse`: values solved first where
    a curve is not concave. `most_solves`: of both variants, after which the search ends.
    """

    start: float
    end: float
    tolerance: float
    options: SolveOptions
    least_gap: float
    coarse: int
    most_solves: int

    def resolution(self, value: float) -> float:
        """Least difference of values that counts."""
        return self.tolerance * max(abs(value), SMALLEST * (self.end - self.start))


def rounded(value: float) -> float:
    """A value with ten digits: what is written in a workbook is what was solved."""
    return float(f"{value:.10g}")


def spread(start: float, end: float, count: int) -> tuple[float, ...]:
    """So many values (2 at least) at nearly equal distances, of four digits but for the ends, which are among them."""
    inner = (float(f"{start + (end - start) * step / (count - 1):.4g}") for step in range(1, count - 1))
    return (start, *inner, end)


@dataclass
class Duel:
    """Two variants over a range of values. With a `grid`, only its values are decided; otherwise the crossings are
    looked for, and each is checked by solving both variants on both sides of it."""

    sides: tuple[Side, Side]
    terms: Terms
    grid: Sequence[float] = ()
    ended: str = ""
    _asked: set[float] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.gap = self.terms.options.gap
        self.curves = (self.sides[0].curve, self.sides[1].curve)
        self.concave = all(curve.concave for curve in self.curves)

    @property
    def solves(self) -> int:
        """Solves so far."""
        return sum(side.solves for side in self.sides)

    def search(self) -> Searching:
        """Ask for solves until all is decided that can be."""
        first = self._first()
        yield from self._solve([(place, value) for value in first for place in (0, 1)])
        while not self.ended:
            wanted = self._at_grid() if self.grid else self._at_crossings() or self._in_sections()
            wanted = wanted or self._tighter()
            if not wanted:
                break
            yield from self._solve(wanted)

    def sections(self) -> list[Section]:
        """What is known now of which variant is cheaper."""
        return sections(self.curves)

    def both_solved(self) -> list[float]:
        """Values at which both variants were solved, ascending."""
        found = {value for side in self.sides for value in side.solved}
        return sorted(value for value in found if all(side.is_solved(value) for side in self.sides))

    def _first(self) -> Sequence[float]:
        if self.concave:
            return (self.terms.start, self.terms.end)
        if self.grid:
            return self.grid
        return spread(self.terms.start, self.terms.end, self.terms.coarse)

    def _solve(self, wanted: Sequence[tuple[int, float]]) -> Searching:
        unique: list[tuple[int, float]] = []
        for place, value in wanted:
            seen = any(place == other for other, _ in unique) and self.sides[place].constant
            if (place, value) not in unique and not seen:
                unique.append((place, value))
        left = self.terms.most_solves - self.solves
        if len(unique) > left:
            self.ended = f"{self.terms.most_solves} solves were made"
            return
        runs = [self.sides[place].run(value, self.terms.options, self.gap) for place, value in unique]
        asked = self.gap
        results = yield runs
        for (place, value), run in zip(unique, runs, strict=True):
            if run.name in results:
                self.sides[place].take(value, asked, results[run.name])
                if results[run.name].interrupted:
                    self.ended = INTERRUPTED
            else:
                self.ended = INTERRUPTED

    def _at_crossings(self) -> list[tuple[int, float]]:
        """Values at crossings, and then on both sides of them."""
        wanted: list[tuple[int, float]] = []
        for crossing, _, _ in crossings(self.sections()):
            near = self.terms.resolution(crossing)
            if not self.concave and (narrower := self._within_bracket(crossing, near)):
                wanted += narrower
                continue
            if self.concave and not any(abs(value - crossing) <= near for value in self._asked):
                value = rounded(crossing)
                self._asked.add(value)
                opened = [(place, value) for place in (0, 1) if self._is_new(self.sides[place], value)]
                wanted += opened
                if opened:
                    continue
            for aim in (crossing - near, crossing + near):
                aim = rounded(min(max(aim, self.terms.start), self.terms.end))
                if not any(abs(value - aim) <= near / 2 for value in self.both_solved()):
                    wanted += [(place, aim) for place in (0, 1) if not self.sides[place].is_solved(aim)]
        return wanted

    def _within_bracket(self, crossing: float, near: float) -> list[tuple[int, float]]:
        """Where a curve is not concave: a value between the solved ones about a crossing, until they are near it."""
        known = self.both_solved()
        low = max((value for value in known if value <= crossing), default=self.terms.start)
        high = min((value for value in known if value > low), default=self.terms.end)
        width = high - low
        if width <= 2 * near:
            return []
        without = any(curve.guess(value) == float("inf") for curve in self.curves for value in (low, high))
        if without or len(known) % 3 == 0:
            value = (low + high) / 2
        elif min(crossing - low, high - crossing) <= near or width <= 4 * near:
            return []
        else:
            value = min(max(crossing, low + width / 10), high - width / 10)
        value = rounded(value)
        return [(place, value) for place in (0, 1) if not self.sides[place].is_solved(value)]

    def _in_sections(self) -> list[tuple[int, float]]:
        """The value that tells most in each part of the range where the sign is open and the bounds are loose."""
        if not self.concave:
            return []
        wanted: list[tuple[int, float]] = []
        for section in self.sections():
            middle = (section.start + section.end) / 2
            near = self.terms.resolution(middle)
            if section.proven or section.lower is None or section.end - section.start <= near:
                continue
            inside = {value for curve in self.curves for value in curve.breaks()}
            places = sorted(value for value in inside if section.start < value < section.end)
            best: tuple[float, list[tuple[int, float]]] = (0.0, [])
            for value in map(rounded, (section.start, *places, middle, section.end)):
                loose = [place for place in (0, 1) if self._tells(self.sides[place], value, near)]
                gain = sum(self.sides[place].excess(value, self.gap) for place in loose)
                if loose and gain > best[0]:
                    best = (gain, [(place, value) for place in loose])
            wanted += best[1]
        return wanted

    def _tells(self, side: Side, value: float, near: float) -> bool:
        known = any(abs(value - other) <= near / 2 for other in side.solved)
        return self.terms.start <= value <= self.terms.end and not known and side.is_open(value, self.gap)

    def _is_new(self, side: Side, value: float) -> bool:
        return side.is_open(value, self.gap) and not side.is_solved(value)

    def _at_grid(self) -> list[tuple[int, float]]:
        """The value of the grid at which most is open."""
        best: tuple[float, list[tuple[int, float]]] = (-1.0, [])
        for value in self.grid:
            if verdict(self.curves, value)[1]:
                continue
            loose = [place for place in (0, 1) if self._is_new(self.sides[place], value)]
            gain = sum(self.sides[place].excess(value, self.gap) for place in loose)
            if loose and gain > best[0]:
                best = (gain, [(place, value) for place in loose])
        return best[1]

    def _tighter(self) -> list[tuple[int, float]]:
        """Solved values whose sign is open at this gap, with a smaller one."""
        while self.gap > self.terms.least_gap:
            self.gap = max(self.terms.least_gap, self.gap / NARROWER)
            wanted = [
                (place, value)
                for value in self._left_open()
                for place in (0, 1)
                if self.sides[place].may_tighten(value, self.gap)
            ]
            if wanted:
                return wanted
        return []

    def _left_open(self) -> list[float]:
        """Solved values whose sign is not proven, other than crossings themselves, where there is none to prove."""
        known = [value for value in self.both_solved() if not self.grid or value in self.grid]
        places = [place for place, _, _ in crossings(self.sections())] if not self.grid else []
        opened = []
        for value in known:
            lower, proven = verdict(self.curves, value)
            at_crossing = any(abs(value - place) <= self.terms.resolution(place) / 3 for place in places)
            if lower is not None and not proven and not at_crossing:
                opened.append(value)
        return opened


def duel(
    scope: str,
    variants: tuple[str, str],
    instances: tuple[InstanceAt, InstanceAt],
    terms: Terms,
    *,
    grid: Sequence[float] = (),
    hints: tuple[Mapping[float, Plan], Mapping[float, Plan]] = ({}, {}),
) -> Duel:
    """A duel of two variants, each by its problem at a value; `scope` goes before the names of its solves."""
    one, other = (
        Side(scope, variants[place], instances[place], terms.start, terms.end, hints[place]) for place in (0, 1)
    )
    return Duel((one, other), terms, grid)


def carry_on(searches: Sequence[Searching], solve: Callable[[Sequence[Run]], Mapping[str, Result]]) -> None:
    """Carry on searches side by side: all that they ask for is solved together, round by round."""
    asked: dict[int, list[Run]] = {}
    for number, searching in enumerate(searches):
        try:
            asked[number] = next(searching)
        except StopIteration:
            continue
    while asked:
        results = solve([run for runs in asked.values() for run in runs])
        following: dict[int, list[Run]] = {}
        for number, runs in asked.items():
            told = {run.name: results[run.name] for run in runs if run.name in results}
            try:
                following[number] = searches[number].send(told)
            except StopIteration:
                continue
        asked = following
