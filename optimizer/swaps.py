"""Plans next to a known one in which two counties have exchanged their joining years.

All other counties keep their years and their plants, the two build what is best, and all quantities are planned anew.
So what such a plan costs is what the choice it makes costs at the most. With whom a county exchanges is chosen by what
bounds by choice say of both.
"""

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.instance import Instance
from models.plan import Plan
from models.problem import build_problem
from models.variables import Variables
from optimizer.alternatives_held import joining_years
from optimizer.checked_plan import checked_plan
from optimizer.files import UnusablePath
from optimizer.held_choices import choices_of
from optimizer.kept_runs import KeptRuns
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.run_work import Run
from optimizer.runs import FINISHED
from optimizer.solve import VerificationFailed
from optimizer.solvers import LARGE, HighsProblem
from optimizer.stages import Stages, blocks_of
from reports.choice_bounds import Choice, ChoiceBounds, Key
from reports.whole_file import whole_file

logger = logging.getLogger(__name__)

NAME = "swaps"
"""Name under which progress is told."""

ENDING = ".swaps.json"
"""Ending of the file that keeps what has been found."""

FINER = 20
"""Part of the asked gap to which the plants of two counties are planned."""


Swapping = Callable[[Plan, ChoiceBounds, Sequence[Key]], Mapping[Key, float]]
"""Values of plans that make some choices, next to a plan: `swap_values` with the rest given."""


@dataclass(frozen=True)
class Swap:
    """A county that makes a choice, and the one that takes its place: None where nobody need."""

    county: str
    choice: Choice
    other: str | None


def swap_values(
    instance: Instance,
    options: SolveOptions,
    plan: Plan,
    bounds: ChoiceBounds,
    wanted: Sequence[Key],
    folder: Path | None = None,
    *,
    progress: Callable[[str, Progress], None] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Mapping[Key, float]:
    """The objective of a plan that makes each choice: of the best swap by estimate, where it leaves a plan.

    All within the options' time limit, in the order in which they are wanted; what it leaves out is missing. `folder`
    keeps what has been found. Every value is of a plan that the verifier has passed.
    """
    begun = time.monotonic()
    path = None if folder is None else KeptRuns(folder).path(Run(NAME, instance, options, plan), ENDING)
    known = {} if path is None else _kept(path)
    swaps = list(_swaps(instance, joining_years(plan), bounds, wanted))
    missing = [swap for swap in swaps if _words(swap) not in known]

    def tell(stage: str) -> None:
        if progress is not None:
            progress(NAME, Progress(time.monotonic() - begun, stage, None, None))

    if missing:
        tell("building the problem")
        beside = _Beside.of(instance, options, plan, should_stop)
        for done, swap in enumerate(missing if beside is not None else (), start=1):
            left = options.time_limit - (time.monotonic() - begun)
            if left <= 0 or should_stop():
                break
            tell(f"swapping, {len(swaps) - len(missing) + done} of {len(swaps)}")
            value = beside.value(swap, left, should_stop) if beside is not None else None
            if should_stop() or (value is None and time.monotonic() - begun >= options.time_limit):
                break
            known[_words(swap)] = value
            if path is not None:
                _keep(path, known)
    tell(FINISHED)
    values = {(swap.county, swap.choice): known.get(_words(swap)) for swap in swaps}
    return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True)
class _Beside:
    """A problem with the values of a known plan."""

    instance: Instance
    options: SolveOptions
    variables: Variables
    highs: HighsProblem
    place_of: Mapping[str, str | None]
    best: Mapping[str, float]
    problem: Any  # under PuLP 4 variables live no longer than it

    @classmethod
    def of(
        cls, instance: Instance, options: SolveOptions, plan: Plan, should_stop: Callable[[], bool]
    ) -> "_Beside | None":
        """The problem; None where the plan does not fit it."""
        problem, variables = build_problem(instance)
        highs = HighsProblem(problem, options)
        best: Mapping[str, float] | None = None
        if len(highs.whole) >= LARGE:
            stages = Stages(instance, variables, highs, options, lambda *_: None, should_stop, time.monotonic())
            stages.try_choices_of(plan)
            best = None if stages.best is None else stages.best.values
        if best is None:
            highs.bound_columns({name: held for name, _, held in choices_of(instance, variables, plan)})
            best = highs.solve(options.gap / FINER, options.time_limit, should_stop, proof=False).values
        if best is None:
            return None
        place_of = dict(zip(highs.names, blocks_of(instance, variables, highs.names), strict=True))
        return cls(instance, options, variables, highs, place_of, best, problem)

    def value(self, swap: Swap, seconds: float, should_stop: Callable[[], bool]) -> float | None:
        """The objective of the plan after a swap, which the verifier has passed; None where the swap leaves no plan, or
        none was found."""
        years = {
            county: next((t for t in self.instance.years if self.best[self._select(county, t)] > 0.5), None)
            for county in (swap.county, swap.other)
            if county is not None
        }
        moved: dict[str, Choice] = {swap.county: swap.choice}
        if swap.other is not None:
            moved[swap.other] = years[swap.county]
        held: dict[str, tuple[float, float]] = {}
        for column in self.highs.whole:
            name = self.highs.names[column]
            if self.place_of[name] not in moved:
                held[name] = (float(round(self.best[name])),) * 2
        for county, choice in moved.items():
            for year in self.instance.years:
                held[self._select(county, year)] = (float(year == choice),) * 2
                joined = self.variables.joined[county, year].name
                held[joined] = (float(choice is not None and choice <= year),) * 2
        self.highs.bound_columns(held)
        answer = self.highs.solve(self.options.gap / FINER, seconds, should_stop, proof=False)
        if answer.values is None:
            return None
        try:
            return checked_plan(self.instance, self.variables, self.highs, answer.values).objective
        except VerificationFailed as failed:
            logger.warning("the swap %s is left out: %s", _words(swap), failed)
            return None

    def _select(self, county: str, year: int) -> str:
        name: str = self.variables.select[county, year].name
        return name


def _swaps(instance: Instance, years: Mapping[str, int], bounds: ChoiceBounds, wanted: Sequence[Key]) -> Iterator[Swap]:
    """The best swap by estimate for each choice that the plan does not make."""
    for county, choice in wanted:
        if years.get(county) != choice:
            found = best_swap(instance, years, bounds, county, choice)
            if found is not None:
                yield found


def best_swap(
    instance: Instance, years: Mapping[str, int], bounds: ChoiceBounds, county: str, choice: Choice
) -> Swap | None:
    """With whom a county of a plan had best exchange years so as to make a choice; None where nobody can."""
    old = years.get(county)
    others = [other for other in instance.counties if other != county and years.get(other) == choice]
    if choice is None:
        others = [other for other in instance.counties if other != county and other not in years]
    scored = []
    for place, other in enumerate((None, *others)):
        moved: dict[str, Choice] = {county: choice} if other is None else {county: choice, other: old}
        if not _may(instance, years, moved):
            continue
        costs = [_change(bounds, who, when) - _change(bounds, who, years.get(who)) for who, when in moved.items()]
        if other is None:  # the place that was left stays empty, and one that was empty is taken
            costs += [bounds.places.get(old or 0, 0.0), -bounds.places.get(choice or 0, 0.0)]
        scored.append((sum(costs), place, other))
    return Swap(county, choice, min(scored)[2]) if scored else None


def _change(bounds: ChoiceBounds, county: str, choice: Choice) -> float:
    change = bounds.estimate(county, choice)
    return 0.0 if change is None else change


def _may(instance: Instance, years: Mapping[str, int], moved: Mapping[str, Choice]) -> bool:
    """Whether a plan may have these years instead, by the rules on who joins when that a swap can break."""
    for county, choice in moved.items():
        begins = instance.counties[county].eligible_from
        if choice is not None and (begins is None or choice < begins):
            return False
        if county in instance.decided and instance.decided[county] != choice:
            return False
        if choice is None and instance.policy.join_all:
            return False
    after = {county: choice for county, choice in {**years, **moved}.items() if choice is not None}
    before, now = Counter(years.values()), Counter(after.values())
    if any(now[year] > instance.picks[year] for year in instance.years):
        return False
    if instance.policy.picks_exact and before != now:
        return False
    by_province = Counter((instance.counties[county].province, year) for county, year in after.items())
    return all(count <= instance.provinces[province].most_picks for (province, _), count in by_province.items())


def _words(swap: Swap) -> str:
    """A swap as the key of what is kept of it; no code has a space."""
    return f"{swap.county} {swap.choice} {swap.other}"


def _kept(path: Path) -> dict[str, float | None]:
    """What a file has of an earlier try."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        logger.warning("%s is left aside: %s", path, error)
        return {}
    return found if isinstance(found, dict) else {}


def _keep(path: Path, known: Mapping[str, float | None]) -> None:
    """Write what has been found. Raises `UnusablePath` when the folder cannot be written."""
    try:
        with whole_file(path) as unfinished:
            unfinished.write_text(json.dumps(known), encoding="utf-8")
    except OSError as error:
        raise UnusablePath(f"{path} cannot be written: {error.strerror or error}") from error
