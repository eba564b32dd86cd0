"""What each choice of a joining year costs at the least, for every county, in minutes at any size.

Counties are planned one by one at the relaxation's prices (`optimizer.decomposition.blocks`), each once for every year
in which it may join and once without joining. All else the same, the sum over counties is a lower bound on the cost of
every plan that makes the choice; by how much it exceeds the bound on every plan is an estimate of what the choice
costs. The changes of several counties add up: the bound with all their choices is that of every plan that makes them.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from models.instance import Instance
from models.plan import Result
from models.problem import build_problem
from models.records import NO_LIMIT
from models.rules.choosing import picks_per_year
from models.variables import Variables, lp_name
from optimizer.alternatives_held import must_join, without
from optimizer.decomposition.blocks import Blocks, Priced
from optimizer.decomposition.county_choices import all_choices, block_precision, blocks_of, held_choice
from optimizer.files import UnusablePath
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.runs import FINISHED, KeptRuns, Run
from optimizer.solvers import End, HighsProblem
from optimizer.solvers.matrix import Floats
from optimizer.stages import NOT_BOUNDING
from reports.choice_bounds import ChoiceBounds, Key
from reports.whole_file import whole_file

logger = logging.getLogger(__name__)

NAME = "every choice"
"""Name under which progress is told."""

ENDING = ".choices.npz"
"""Ending of the file that keeps what has been found."""

BETWEEN_KEPT = 20.0
"""Least seconds between two times that what has been found is kept."""

Tell = Callable[[str, Progress], None]


def choice_bounds(
    instance: Instance,
    options: SolveOptions,
    folder: Path | None = None,
    *,
    threads: int = 1,
    progress: Tell | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> ChoiceBounds | None:
    """Bounds on every plan by what it chooses for one county.

    `folder` keeps what has been found, so that it need not be done again and goes on where it was stopped. The time
    limit of the options is that of the relaxation, and once more that of the counties; those it leaves out are missing.
    None when it was stopped before anything was known, or where the prices leave the cost without a bound.
    """
    begun = time.monotonic()
    path = None if folder is None else KeptRuns(folder).path(Run(NAME, instance, options), ENDING)

    def tell(stage: str) -> None:
        if progress is not None:
            progress(NAME, Progress(time.monotonic() - begun, stage, None, None))

    found = _Search(instance, options, max(threads, options.threads), tell, should_stop).run(path)
    tell(FINISHED)
    return found


def raised(result: Result, bound: float) -> Result:
    """A result with a bound on every plan that is known besides, where it is the better one."""
    if result.objective is None or (result.bound is not None and result.bound >= bound):
        return result
    proven = min(bound, result.objective)
    gap = (result.objective - proven) / abs(result.objective) if result.objective else 0.0
    return replace(result, bound=proven, gap=gap)


@dataclass(frozen=True)
class _Found:
    """The relaxation's prices, and of every county (row) what its block costs at the least by choice (column).

    Rows of provinces follow, which have nothing to choose: their block is in the first column, and nothing in the
    others. What is not known is no number.
    """

    prices: Floats
    values: Floats


@dataclass(frozen=True)
class _Search:
    instance: Instance
    options: SolveOptions
    threads: int
    tell: Callable[[str], None]
    should_stop: Callable[[], bool]

    def run(self, path: Path | None) -> ChoiceBounds | None:
        """The bounds, from what a file keeps and what must still be found."""
        self.tell("building the problem")
        problem, variables = build_problem(self.instance)
        highs = HighsProblem(problem, self.options)
        blocks = Blocks(highs.matrix(), blocks_of(self.instance, variables, highs.names))
        places = [place for place in (*self.instance.counties, *self.instance.provinces) if place in blocks.place]
        found = None if path is None else _kept(path, len(highs.least), len(places))
        if found is None:
            prices = self._prices(highs)
            if prices is None:
                return None
            found = _Found(prices, np.full((len(places), len(self.instance.years) + 1), np.nan))
        priced = blocks.priced(found.prices)
        if not math.isfinite(priced.total(priced.weak)):
            return None
        self._solve(highs, variables, blocks, priced, places, found, path)
        weak = np.array([priced.weak[blocks.place[place]] for place in places])
        values = np.maximum(found.values, weak[:, None])
        least = np.where(
            np.isnan(values).any(axis=1), weak, np.nanmin(np.where(np.isnan(values), np.inf, values), axis=1)
        )
        whole = priced.weak.copy()
        whole[[blocks.place[place] for place in places]] = least
        if not np.isfinite(whole).all():
            return None
        change = {
            (county, choice): float(value - least[row])
            for row, county in enumerate(self.instance.counties)
            for choice, value in zip(all_choices(self.instance), values[row], strict=True)
            if not math.isnan(value)
        }
        picks = self._picks_prices(highs, found.prices)
        barred = dict(self._barred(change, {year: due for year, (_, due) in picks.items()}))
        must = must_join(self.instance)
        change |= {(county, None): math.inf for county in must if (county, None) in change}
        return ChoiceBounds(priced.total(whole), change, barred, {year: worth for year, (worth, _) in picks.items()})

    def _prices(self, highs: HighsProblem) -> Floats | None:
        """What the limits of rows are worth in the relaxation: what is proven at any prices holds, but at these it is
        most. None where it was stopped, has no solution or gives no prices."""
        self.tell("bounding the cost from below")
        begun = time.monotonic()
        highs.suspend(NOT_BOUNDING)
        relaxed = highs.relax(self.options.time_limit, self.should_stop)
        highs.suspend(())
        if time.monotonic() - begun >= self.options.time_limit:
            logger.warning("there are no estimates of choices: the time limit ended the relaxation")
            return None
        lost = relaxed.end in (End.INFEASIBLE, End.UNBOUNDED) or not highs.prices.any()
        return None if lost or self.should_stop() else highs.prices

    def _solve(
        self,
        highs: HighsProblem,
        variables: Variables,
        blocks: Blocks,
        priced: Priced,
        places: Sequence[str],
        found: _Found,
        path: Path | None,
    ) -> None:
        """Find what is missing of the blocks' values, and keep it now and then."""
        precision = block_precision(self.instance, self.options.gap * abs(priced.total(priced.weak)))
        until = time.monotonic() + self.options.time_limit
        missing = [row for row in range(len(places)) if np.isnan(found.values[row]).any()]

        def solve(row: int) -> list[float | None]:
            held: list[dict[int, tuple[float, float]]] = [{}]
            if places[row] in self.instance.counties:
                held = [
                    held_choice(self.instance, variables, highs.column, places[row], choice)
                    for choice in all_choices(self.instance)
                ]
            if self.should_stop():
                return [None]
            place, left = blocks.place[places[row]], until - time.monotonic()
            return blocks.least(place, priced, precision, left, held, should_stop=self.should_stop)

        kept_at = time.monotonic()
        with ThreadPoolExecutor(self.threads) as pool:
            for done, (row, least) in enumerate(zip(missing, pool.map(solve, missing), strict=True), start=1):
                known = [value for value in least if value is not None]
                if len(known) == len(least):
                    found.values[row] = math.inf
                    found.values[row, : len(known)] = known
                self.tell(f"estimating what choices cost, {len(places) - len(missing) + done} of {len(places)}")
                if path is not None and time.monotonic() - kept_at > BETWEEN_KEPT:
                    _keep(path, found)
                    kept_at = time.monotonic()
        if path is not None and missing:
            _keep(path, found)

    def _picks_prices(self, highs: HighsProblem, prices: Floats) -> dict[int, tuple[float, float]]:
        """What a place for a county in a year is worth at the prices, and what it costs that one more must join."""
        found = {}
        for year in self.instance.years:
            names = [lp_name(picks_per_year.__name__, index) for index in ((year,), (year, "least"), (year, "most"))]
            known = [float(prices[highs.row[name]]) for name in names if name in highs.row]
            found[year] = (-math.fsum(known), math.fsum(max(0.0, price) for price in known))
        return found

    def _barred(self, change: Mapping[Key, float], prices: Mapping[int, float]) -> Iterator[tuple[str, float]]:
        """By how much the bound changes where a county may not join: fewer picks are then due where they run out.

        Left out where a row of the problem would change in another way: provinces' least picks, all having to join, and
        exact picks after a year without a figure.
        """
        instance = self.instance
        policy = instance.policy
        if policy.join_all or any(province.least_picks for province in instance.provinces.values()):
            return
        if policy.picks_exact and NO_LIMIT in instance.picks.values():
            return
        for county in instance.counties:
            if (county, None) in change and county not in instance.decided:
                due = without(instance, [county]).picks_due
                fewer = math.fsum(prices[year] * (due[year] - instance.picks_due[year]) for year in instance.years)
                yield county, change[county, None] + fewer


def _kept(path: Path, rows: int, places: int) -> _Found | None:
    """What a file has of an earlier try; None where there is none that can be read."""
    if not path.exists():
        return None
    try:
        with np.load(path) as content:
            found = _Found(content["prices"], content["values"])
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        logger.warning("%s is left aside: %s", path, error)
        return None
    return found if found.prices.shape == (rows,) and len(found.values) == places else None


def _keep(path: Path, found: _Found) -> None:
    """Write what has been found. Raises `UnusablePath` when the folder cannot be written."""
    try:
        with whole_file(path) as unfinished, unfinished.open("wb") as file:
            np.savez_compressed(file, prices=found.prices, values=found.values)
    except OSError as error:
        raise UnusablePath(f"{path} cannot be written: {error.strerror or error}") from error
