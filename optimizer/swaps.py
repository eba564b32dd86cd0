"""Plans next to a known one in which two counties have exchanged their joining years.

All other counties keep their years and their plants, the two build what is best, and all quantities are planned anew.
So what such a plan costs is what the choice it makes costs at the most. With whom a county exchanges is chosen by what
bounds by choice say of both.
"""

import json
import logging
import math
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
from optimizer.decomposition.county_choices import blocks_of
from optimizer.files import UnusablePath
from optimizer.held_choices import choices_of
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.runs import FINISHED, KeptRuns, Run
from optimizer.solve import VerificationFailed
from optimizer.solvers import LARGE, Answer, HighsProblem
from optimizer.stages import Stages
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
        beside = Beside.of(instance, options, plan, should_stop)
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
class Beside:
    """A problem with the values of a known plan, and plans beside it in which a few counties change."""

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
    ) -> "Beside | None":
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
        answer = self.answer(self.moved(swap), self.options.gap / FINER, seconds, should_stop)
        if answer.values is None:
            return None
        try:
            return checked_plan(self.instance, self.variables, self.highs, answer.values).objective
        except VerificationFailed as failed:
            logger.warning("the swap %s is left out: %s", _words(swap), failed)
            return None

    def moved(self, swap: Swap) -> dict[str, Choice]:
        """What the counties of a swap choose after it."""
        moved: dict[str, Choice] = {swap.county: swap.choice}
        if swap.other is not None:
            own = (t for t in self.instance.years if self.best[self._select(swap.county, t)] > 0.5)
            moved[swap.other] = next(own, None)
        return moved

    def answer(
        self,
        choices: Mapping[str, Choice],
        gap: float,
        seconds: float,
        should_stop: Callable[[], bool],
        start: Mapping[str, float] | None = None,
    ) -> Answer:
        """The best plan, to within a gap, in which some counties make these choices and build what they like; all
        others join and build as in the known one. `start` has the values of such a plan, where one is known."""
        held: dict[str, tuple[float, float]] = {}
        for column in self.highs.whole:
            name = self.highs.names[column]
            if self.place_of[name] not in choices:
                held[name] = (float(round(self.best[name])),) * 2
        for county, choice in choices.items():
            for year in self.instance.years:
                held[self._select(county, year)] = (float(year == choice),) * 2
                joined = self.variables.joined[county, year].name
                held[joined] = (float(choice is not None and choice <= year),) * 2
        self.highs.bound_columns(held)
        return self.highs.solve(gap, seconds, should_stop, start=start, proof=False)

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
    return next(iter(swaps_by_estimate(instance, years, bounds, county, choice)), None)


def swaps_by_estimate(
    instance: Instance, years: Mapping[str, int], bounds: ChoiceBounds, county: str, choice: Choice
) -> list[Swap]:
    """The swaps by which a county of a plan can make a choice, the one that is estimated to cost least first.

    Another may take the place that it leaves. Where the county is barred in `instance`, years are those of a plan in
    which it was not, and fewer picks may be due.
    """
    old = years.get(county)
    others = [other for other in instance.counties if other != county and years.get(other) == choice]
    if choice is None:
        others = [other for other in instance.counties if other != county and years.get(other) != old]
    scored = []
    for place, other in enumerate((None, *others)):
        moved: dict[str, Choice] = {county: choice} if other is None else {county: choice, other: old}
        if _may(instance, years, moved):
            scored.append((_estimate(years, bounds, moved), place, other))
    return [Swap(county, choice, other) for _, _, other in sorted(scored, key=lambda swap: swap[:2])]


def best_round(
    instance: Instance, years: Mapping[str, int], bounds: ChoiceBounds, county: str, choice: Choice
) -> dict[str, Choice] | None:
    """What three counties choose after they have passed on their years, so that one of them makes a choice, where that
    is estimated to cost least; None where no three can. It helps where provinces have no room for a swap."""
    old, best = years.get(county), None
    first = [other for other in instance.counties if other != county and years.get(other) == choice]
    if choice is None:
        first = [other for other in years if other != county and years[other] == max(years.values())]
    for one in first:
        for other in years:
            if other in (county, one) or years[other] in (old, years.get(one)):
                continue
            moved: dict[str, Choice] = {county: choice, one: years[other], other: old}
            if _may(instance, years, moved):
                found = (_estimate(years, bounds, moved), moved)
                best = found if best is None or found[0] < best[0] else best
    return None if best is None else best[1]


def _estimate(years: Mapping[str, int], bounds: ChoiceBounds, moved: Mapping[str, Choice]) -> float:
    """What it is estimated to cost that counties choose otherwise; infinite where the bounds know such a choice to be
    impossible, as they do of leaving out a county that must join."""
    costs = [_change(bounds, who, when) - _change(bounds, who, years.get(who)) for who, when in moved.items()]
    for who, when in moved.items():  # a place that is left may stay empty, and one that was empty may be taken
        costs += [bounds.places.get(years.get(who, 0), 0.0), -bounds.places.get(when or 0, 0.0)]
    return math.fsum(costs) if all(map(math.isfinite, costs)) else math.inf


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
        if choice is None and instance.policy.join_all and begins is not None:
            return False
    after = {county: choice for county, choice in {**years, **moved}.items() if choice is not None}
    before, now = Counter(years.values()), Counter(after.values())
    if any(now[year] > instance.picks[year] for year in instance.years):
        return False
    due = Counter({year: count for year, count in instance.picks_due.items() if count}) or before
    if instance.policy.picks_exact and now != due:
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
