"""What choices for a county of a large problem cost: at least by bounds, at most by exchanging years.

Counties planned one by one at the relaxation's prices bound every plan by what it chooses for the county
(`optimizer.forced_choices`). Then the county exchanges years in the known plan with the county with which that is
estimated to cost least, the two build what is best, and all others keep years and plants (`optimizer.swaps`): so there
is a plan with each choice. Where provinces leave no two room for that, three pass on their years. For the comparison
the known plan is planned once more with the plants of all these counties free, lest a better plant somewhere be taken
for a reason.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from models.instance import Instance
from models.plan import Plan, Result, Status
from models.rules.choosing import picks_per_year, province_picks, selected_once
from optimizer.alternatives_held import joining_years, only_restricts, without
from optimizer.checked_plan import CheckedPlan, checked_plan
from optimizer.decomposition.county_choices import all_choices
from optimizer.forced_choices import choice_bounds, raised
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.runs import FINISHED
from optimizer.solve import GAP_DUST, LEAST_COST, LEAST_SECONDS, VerificationFailed
from optimizer.swaps import Beside, best_round, swaps_by_estimate
from optimizer.why.obstacles import OWN, addresses_only, obstacles, only_relaxes, without_own_rules
from reports.choice_bounds import Choice, ChoiceBounds

logger = logging.getLogger(__name__)

NAME = "exchanging years"
"""Name under which progress is told."""

FINE = 1e-4
"""Gap to which plans beside the known one are searched for: their differences are small."""

SECONDS, SECONDS_AS_IT_IS = 60.0, 20.0
"""Most time for one of them, and for that with the years as they are, which only begins with the known plan."""

PARTNERS = 3
"""Counties that are tried for an exchange, where it leaves no plan with those before."""

CHOOSING = tuple(rule.__name__ for rule in (selected_once, picks_per_year, province_picks))
"""Rules that hold by themselves once it is given of every county when it joins."""

Tell = Callable[[str, Progress], None]


@dataclass(frozen=True)
class Exchanges:
    """What was found of choices for a county.

    `known` is the plan asked of, with a better bound on all plans where there is one; `compared` the best plan with the
    same years in which the counties concerned build what is best, None where none was found. `found` is by choice the
    best plan and the bound on all plans with it, `loose` by how much a better plan beside the known one may be better
    than that and `compared`, where searches ended early. `at_prices` is what each choice costs the county at prices
    beyond its best one.
    """

    known: Result
    compared: Result | None = None
    found: Mapping[Choice, Result] = field(default_factory=dict)
    loose: Mapping[Choice, float] = field(default_factory=dict)
    at_prices: Mapping[Choice, float] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def exchanges(
    instance: Instance,
    county: str,
    known: Result,
    choices: Sequence[Choice],
    options: SolveOptions,
    folder: Path | None = None,
    *,
    threads: int = 1,
    tell: Tell = lambda *_: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Exchanges:
    """Look at choices for a county (None: that it never joins), the most wanted first, each possible if rules on this
    county alone are set aside.

    `folder` keeps the bounds, which are those of every county. The options' time limit is that of the relaxation, again
    that of planning counties one by one, and again that of all exchanges. What could not be found in time, or at all,
    is left out. Raises `ValueError` when `known` has no plan.
    """
    plan = known.plan
    if plan is None:
        raise ValueError("a plan is needed")
    free, remarks = instance, list[str]()
    if only_relaxes(instance, county):
        free = without_own_rules(instance, county)
    elif ruled_out := [choice for choice in choices if _against_own_rules(instance, county, choice)]:
        words = ", ".join(choice_words(choice) for choice in ruled_out)
        remarks.append(
            f"What it would cost is not told for {words}: rules on the county alone are against it, and without them "
            "other rules would ask for more. Ask with --depth full."
        )
        choices = [choice for choice in choices if choice not in ruled_out]
    bounds = choice_bounds(free, options, folder, threads=threads, progress=tell, should_stop=should_stop)
    if should_stop():
        return Exchanges(known, remarks=("It was interrupted before anything was found.",))
    if bounds is None:
        remarks.append("Nothing is proven of single choices: the relaxation did not end in time, or gave no prices.")
        bounds = ChoiceBounds(-math.inf, {}, {})
    else:
        known = raised(known, bounds.bound + _least_change(instance, county, bounds))
    search = _Search(free, county, known, plan, bounds, options, tell, should_stop)
    plans = search.plans(choices)
    results = {choice: search.result(search.bound(choice), plans.of.get(choice)) for choice in choices}
    found = {choice: result for choice, result in results.items() if result is not None}
    left = [choice for choice in choices if choice not in found or found[choice].status is Status.NO_PLAN]
    if left:
        words = ", ".join(choice_words(choice) for choice in left)
        remarks.append(f"No plan was found by exchanging years, or no time was left, for {words}.")
    return Exchanges(
        known=known,
        compared=None if plans.now is None else search.result(known.bound, plans.now),
        found=found,
        loose={choice: one.loose + (0.0 if plans.now is None else plans.now.loose) for choice, one in plans.of.items()},
        at_prices=search.at_prices(),
        remarks=tuple(remarks),
    )


def choice_words(choice: Choice) -> str:
    """A choice in words."""
    return "leaving it out" if choice is None else f"joining in {choice}"


def _least_change(instance: Instance, county: str, bounds: ChoiceBounds) -> float:
    """By how much the bound rises at the least with a choice that the rules on the county alone allow."""
    allowed = [choice for choice in all_choices(instance) if not _against_own_rules(instance, county, choice)]
    changes = [bounds.estimate(county, choice) for choice in allowed]
    known = [change for change in changes if change is not None and math.isfinite(change)]
    return min(known, default=0.0) if None not in changes else 0.0


def _against_own_rules(instance: Instance, county: str, choice: Choice) -> bool:
    """Whether a rule on the county alone does not allow a choice."""
    return any(obstacle.rule in OWN for obstacle in obstacles(instance, county, choice, addresses_only))


@dataclass(frozen=True)
class _Found:
    """A plan beside the known one, and by how much a better one of its kind may be better."""

    plan: CheckedPlan
    loose: float
    seconds: float


@dataclass(frozen=True)
class _Plans:
    """The best plan with the years of the known one, and by choice the best after an exchange."""

    now: _Found | None = None
    of: Mapping[Choice, _Found] = field(default_factory=dict)


@dataclass(frozen=True)
class _Search:
    """`instance` is the problem, without rules on the county alone where that only relaxes it; `plan` is that of
    `known`."""

    instance: Instance
    county: str
    known: Result
    plan: Plan
    bounds: ChoiceBounds
    options: SolveOptions
    tell: Tell
    should_stop: Callable[[], bool]
    begun: float = field(default_factory=time.monotonic)

    @cached_property
    def barred(self) -> Instance:
        """The problem in which the county may not join."""
        return without(self.instance, [self.county])

    @cached_property
    def may_leave(self) -> bool:
        """Whether plans without the county are plans of the problem; otherwise the rules ask for less without it."""
        return only_restricts(self.instance, self.barred)

    def bound(self, choice: Choice) -> float | None:
        """The bound on every plan with a choice: infinite where there is none, None where it is not known."""
        if choice is None and not self.may_leave:
            change = self.bounds.barred.get(self.county)
        else:
            change = self.bounds.estimate(self.county, choice)
        return None if change is None else self.bounds.bound + change

    def at_prices(self) -> dict[Choice, float]:
        """What each choice costs the county more than its best one, at prices; a county that must join has none but the
        years."""
        choices = [
            choice
            for choice in all_choices(self.instance)
            if (choice is not None or self.may_leave) and not _against_own_rules(self.instance, self.county, choice)
        ]
        changes = {choice: self.bounds.estimate(self.county, choice) for choice in choices}
        known = {choice: change for choice, change in changes.items() if change is not None}
        least = min(known.values(), default=math.inf)
        if len(known) < len(changes) or math.isinf(least):  # which is the cheapest is not known without all
            return {}
        return {choice: change - least for choice, change in known.items()}

    def plans(self, choices: Sequence[Choice]) -> _Plans:
        """Plans with choices, each after an exchange of years, and one with the years as they are."""
        self._say("building the problem")
        years = joining_years(self.plan)
        moves = {choice: self._moves(years, choice) for choice in choices}
        beside = Beside.of(self.instance, self.options, self.plan, self.should_stop)
        if beside is None:
            self._say(FINISHED)
            return _Plans()
        with closing(beside.highs):
            concerned = [self.county, *(code for tried in moves.values() for moved in tried[:1] for code in moved)]
            self._say("the years as they are")
            as_they_are = {code: years.get(code) for code in concerned}
            now, values = self._found(
                beside, self.instance, as_they_are, self.known.bound, SECONDS_AS_IT_IS, beside.best
            )
            if values is not None:
                beside = replace(beside, best=values)
            of: dict[Choice, _Found] = {}
            for choice, tried in moves.items():
                for moved in tried:
                    if choice in of or self._over():
                        break
                    self._say(choice_words(choice))
                    found = self._after(beside, choice, moved)
                    if found is not None:
                        of[choice] = found
        self._say(FINISHED)
        return _Plans(now, of)

    def _moves(self, years: Mapping[str, int], choice: Choice) -> list[Mapping[str, Choice]]:
        """What counties choose after the exchanges that are to be tried: of two or, where no two can, of three."""
        problem = self.barred if choice is None and not self.may_leave else self.instance
        swaps = swaps_by_estimate(problem, years, self.bounds, self.county, choice)[:PARTNERS]
        if not swaps:
            found = best_round(problem, years, self.bounds, self.county, choice)
            return [] if found is None else [found]
        own = years.get(self.county)
        return [
            {self.county: choice} if swap.other is None else {self.county: choice, swap.other: own} for swap in swaps
        ]

    def _after(self, beside: Beside, choice: Choice, moved: Mapping[str, Choice]) -> _Found | None:
        """The best plan after an exchange."""
        if choice is not None or self.may_leave:
            return self._found(beside, self.instance, moved, self.bound(choice))[0]
        beside.highs.suspend(CHOOSING)
        try:
            return self._found(beside, self.barred, moved, self.bound(None))[0]
        finally:
            beside.highs.suspend(())

    def _found(
        self,
        beside: Beside,
        problem: Instance,
        choices: Mapping[str, Choice],
        bound: float | None,
        most: float = SECONDS,
        start: Mapping[str, float] | None = None,
    ) -> tuple[_Found | None, Mapping[str, float] | None]:
        """The best plan of a problem in which some counties make choices and all others are held, and its values.

        `bound` is one that is known of all such plans, `start` has the values of one.
        """
        begun = time.monotonic()
        seconds = max(LEAST_SECONDS, min(most, self._left()))
        answer = beside.answer(choices, FINE, seconds, self.should_stop, start)
        if answer.values is None:
            return None, None
        try:
            plan = checked_plan(problem, beside.variables, beside.highs, answer.values)
        except VerificationFailed as failed:
            logger.warning("a plan after an exchange of years is left out: %s", failed)
            return None, None
        proven = [known for known in (answer.bound, bound) if known is not None]
        loose = plan.objective - max(proven) if proven else math.inf
        loose = 0.0 if loose <= 2 * FINE * abs(plan.objective) else loose
        return _Found(plan, loose, time.monotonic() - begun), answer.values

    def result(self, bound: float | None, found: _Found | None) -> Result | None:
        """What is known of plans with a choice: the best one, and the bound on all; None where neither is known."""
        if found is None:
            if bound is None:
                return None
            impossible = math.isinf(bound)
            status, known = (Status.INFEASIBLE, None) if impossible else (Status.NO_PLAN, bound)
            return Result(status, None, None, known, None, 0.0, self.known.solver, (), ())
        plan = found.plan
        lower = None if bound is None else min(bound, plan.objective)
        gap = None if lower is None else (plan.objective - lower) / max(abs(plan.objective), GAP_DUST)
        # with another objective what a plan costs is left to chance
        charges = plan.charges if self.instance.policy.objective == LEAST_COST else ()
        solver = self.known.solver
        return Result(Status.STOPPED, plan.plan, plan.objective, lower, gap, found.seconds, solver, charges, ())

    def _left(self) -> float:
        return self.options.time_limit - (time.monotonic() - self.begun)

    def _over(self) -> bool:
        return self._left() <= 0 or self.should_stop()

    def _say(self, stage: str) -> None:
        self.tell(NAME, Progress(time.monotonic() - self.begun, stage, None, None))
