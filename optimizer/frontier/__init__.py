"""The frontier between cost and something else: plans of which none is at least as good as another in both.

By epsilon-constraint: the measure is capped at values between its two ends, and cost made least under each cap. The
ends are lexicographic optima. The cheap end has the least of the measure among plans that cost no more than the
cheapest one found; the good end is the cheapest among plans with the least of the measure that was found. Caps lie
evenly between them. Every plan under a cap is begun with that of the good end, which keeps every cap.

The Gini coefficient is a ratio, unevenness over mean coverage, and its least is found step by step (Dinkelbach, 1967):
the plan with the least `unevenness + weight * (1 - mean coverage)` at a weight that a plan has as its Gini
coefficient has a lower one, or proves that there is none.
To build or supply nothing is even, spread and cheap for the centre. Unless told otherwise, plans against these
must therefore leave no more people uncovered than the cheapest one does.

Sources: Haimes, Lasdon and Wismer (1971), On a bicriterion formulation of the problems of integrated system
identification and system optimization, IEEE Transactions on Systems, Man, and Cybernetics 1, 296-297; Dinkelbach, W.
(1967), On nonlinear fractional programming, Management Science 13 (7), 492-498.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, get_args

from models.evenness import is_paired, people_of, unevenness_error
from models.instance import Instance
from models.measures.equity import equity
from models.plan import Plan, Result
from models.records import NO_LIMIT
from models.verifier import OBJECTIVE_CLAUSES
from optimizer.known_result import is_enough, known_of, with_known
from optimizer.options import InvalidOption, SolveOptions
from optimizer.runs import Run, RunPool
from reports.frontier_points import (
    FRONTIER_AIMS,
    SAME,
    Against,
    Frontier,
    FrontierPoint,
    clearly_less,
    proven_costs,
    split_dominated,
)
from reports.saved_result import SavedResult

FEWEST_POINTS, MOST_POINTS = 2, 100
"""Points that may be asked for, the two ends included."""

STEPS = 12
"""Most steps towards the least Gini coefficient."""

SLACK = 1e-7
"""Amount, relative above 1, by which a cap is wider than what a plan has that must keep it: rounding."""

SPREADING: tuple[Against, ...] = ("gini", "dispersion", "central-funds")
"""Measures that are least where nothing is built, so that coverage is held."""

ENDS = 2
"""Solves beside those of the points that are tried: the cheapest plan, and the best of those as cheap."""

UNCOVERED = "greatest coverage"
CHEAPEST, CHEAP_END, GOOD_END, CAPPED = "least-cost", "cheap-end", "good-end", "cap"


class NoFrontier(Exception):
    """There is no plan to begin with, or nothing to measure; `result` is that of the search for least cost, if any."""

    def __init__(self, message: str, result: Result | None = None) -> None:
        super().__init__(message)
        self.result = result


@dataclass(frozen=True)
class _End:
    """The plan with the least of a measure that was found, and the bound below which none comes."""

    result: Result
    bound: float


def frontier(
    instance: Instance,
    options: SolveOptions,
    against: Against,
    pool: RunPool,
    *,
    points: int = 7,
    hold_coverage: bool = True,
    begin_with: SavedResult | None = None,
) -> Frontier:
    """The frontier of `instance` between cost and what is set `against` it, from an entered pool.

    `points` are tried, the ends included; fewer remain where some are alike or dominated. The gap and the time limit of
    the options are those of each solve. With `hold_coverage`, plans set against evenness, dispersion or central
    money leave no more people uncovered than the cheapest; see `Frontier.held_uncovered`. The instance's own
    objective plays no part, its rules all do. The search for the cheapest plan begins with that of `begin_with`; where
    it is of the same problem and within the gap, it takes the place of that search.
    Raises `NoFrontier` when no plan is found to begin with, `InvalidOption`, and what `RunPool.solve` raises.
    """
    if against not in get_args(Against):
        raise InvalidOption("objective", f"objective should be one of {', '.join(get_args(Against))}, found {against}")
    if not FEWEST_POINTS <= points <= MOST_POINTS:
        allowed = f"from {FEWEST_POINTS} to {MOST_POINTS}"
        raise InvalidOption("points", f"points should be {allowed}, found {points}")
    return _Search(instance, options, against, pool, points, hold_coverage).frontier(begin_with)


class _Search:
    """Finding the frontier of one instance."""

    def __init__(
        self, instance: Instance, options: SolveOptions, against: Against, pool: RunPool, points: int, hold: bool
    ) -> None:
        self._options, self._against, self._pool, self._count = options, against, pool, points
        self._instance = _last_year_only(instance) if against == "gini" else instance
        self._change(objective="least cost")
        self._hold = hold and against in SPREADING
        self._interrupted = False
        self._failed: list[str] = []

    def frontier(self, begin_with: SavedResult | None = None) -> Frontier:
        """The points, from the ends inwards."""
        cheapest = self._cheapest(begin_with)
        if cheapest is None or cheapest.plan is None:
            raise NoFrontier("no plan was found to begin with", cheapest)
        if self._against == "gini" and equity(self._instance, cheapest.plan)[-1].gini is None:
            raise NoFrontier(
                "the cheapest plan supplies nobody from home; ask for output, as by coverage_floor", cheapest
            )
        cost = _cost(cheapest)
        if self._hold:
            uncovered = OBJECTIVE_CLAUSES[UNCOVERED](self._instance, cheapest.plan)
            self._change(uncovered_cap=min(self._instance.policy.uncovered_cap, _widened(uncovered)))
        ends = self._ends(cheapest, {CHEAP_END: _widened(cost), GOOD_END: self._instance.policy.cost_cap})
        proofs = [(inf, cheapest.bound)] if cheapest.bound is not None else []
        found = [self._point(CHEAPEST, None, cheapest)]
        found += [self._point(name, None, end.result) for name, end in ends.items()]
        good = ends.get(GOOD_END)
        if good is not None and good.result.plan is not None:
            caps = self._caps(min(point.measure for point in found if point.name != GOOD_END), good.result.plan)
            results = self._solve(
                Run(name, *self._capped(cap), start=good.result.plan)
                if self._against == "gini"
                else Run(name, *self._capped(cap), start=good.result.plan, kept=cap)
                for name, cap in caps.items()
            )
            for name, result in results.items():
                if result.plan is not None:
                    found.append(self._point(name, caps[name], result))
                elif name != _name(0) or self._error == 0:
                    self._failed.append(f"{_label(name)}: {result.status.value}")
                if result.bound is not None:
                    proofs.append((caps[name], result.bound))
        kept, dominated = split_dominated(proven_costs(found, proofs))
        least = None if good is None else min(good.bound, kept[-1].measure)
        return Frontier(
            instance=self._instance,
            against=self._against,
            points=kept,
            dominated=dominated,
            least_measure=least,
            held_uncovered=self._instance.policy.uncovered_cap,
            interrupted=self._interrupted,
            failed=tuple(self._failed),
            error=self._error,
            remarks=(*self._remarks(), *unexplored(kept[0].measure, kept[-1].measure, least)),
        )

    def _cheapest(self, begin_with: SavedResult | None) -> Result | None:
        """The search for least cost, or what is known of it already."""
        start = None if begin_with is None else begin_with.result.plan
        known = None if begin_with is None else known_of(begin_with, self._instance)
        runs = [] if is_enough(known, self._options) else [Run(CHEAPEST, self._instance, self._options, start)]
        return with_known(self._solve(runs).get(CHEAPEST), known, self._options)

    def _change(self, **policy: Any) -> None:
        self._instance = replace(self._instance, policy=replace(self._instance.policy, **policy))

    def _solve(self, runs: Iterable[Run]) -> Mapping[str, Result]:
        """Results by name; notes whether all were carried out."""
        asked = [replace(run, label=_label(run.name)) for run in runs]
        found = self._pool.solve(asked)
        if len(found) < len(asked) or any(result.interrupted for result in found.values()):
            self._interrupted = True
        return found

    def _point(self, name: str, cap: float | None, result: Result) -> FrontierPoint:
        assert result.plan is not None
        return FrontierPoint(name, cap, self._measure(result.plan), _cost(result), None, result)

    def _measure(self, plan: Plan) -> float:
        """What a plan has of the measure, recomputed from it."""
        if self._against == "gini":
            return equity(self._instance, plan)[-1].gini or 0.0
        return OBJECTIVE_CLAUSES[FRONTIER_AIMS[self._against].objective](self._instance, plan)

    @property
    def _error(self) -> float:
        """Most by which the problem's cap on the Gini coefficient is stricter than it says."""
        if self._against != "gini" or is_paired(self._instance, self._instance.last_year):
            return 0.0
        floor = self._least_mean()
        return unevenness_error(self._instance, self._instance.last_year) / floor if floor > 0 else inf

    def _least_mean(self) -> float:
        """The least mean coverage of the last year that any plan may have."""
        year = self._instance.last_year
        people = sum(self._instance.counties[county].population for county in people_of(self._instance, year))
        return max(0.0, 1 - self._instance.policy.uncovered_cap / people)

    def _caps(self, most: float, good: Plan) -> dict[str, float]:
        """Caps by name of run: what the good end has, then evenly up to what the cheap one has, which is left out."""
        least = self._measure(good)
        if not clearly_less(least, most):
            return {}
        step = (most - least) / (self._count - 1)
        return {_name(place): _widened(least + place * step) for place in range(self._count - 1)}

    def _capped(self, cap: float) -> tuple[Instance, SolveOptions]:
        """The problem of least cost under a cap; of others than the Gini coefficient the run keeps it."""
        policy = self._instance.policy
        if self._against == "gini":
            policy = replace(policy, gini_cap=min(policy.gini_cap, cap))
        else:
            policy = replace(policy, objective=FRONTIER_AIMS[self._against].objective)
        return replace(self._instance, policy=policy), self._options

    def _ends(self, cheapest: Result, cost_caps: Mapping[str, float]) -> dict[str, _End]:
        """The least of the measure for each cap on cost, by its name."""
        problems = {
            name: replace(
                self._instance,
                policy=replace(
                    self._instance.policy,
                    objective=FRONTIER_AIMS[self._against].objective,
                    cost_cap=min(cap, self._instance.policy.cost_cap),
                ),
            )
            for name, cap in cost_caps.items()
        }
        if self._against == "gini":
            return self._least_gini(problems, cheapest)
        results = self._solve(
            Run(name, problem, self._options, start=cheapest.plan) for name, problem in problems.items()
        )
        return {
            name: _End(result, 0.0 if result.bound is None else result.bound)
            for name, result in results.items()
            if self._has_plan(name, result)
        }

    def _least_gini(self, problems: Mapping[str, Instance], cheapest: Result) -> dict[str, _End]:
        """The least Gini coefficient of each problem, step by step; see the module.

        Where `unevenness + weight * (1 - mean)` is proven to be at least b for every plan, its Gini coefficient is at
        least `weight - (weight - b) / mean`, and the mean is no less than what is held.
        """
        assert cheapest.plan is not None
        floor = self._least_mean()
        best = dict.fromkeys(problems, _End(cheapest, 0.0))
        searched = list(problems)
        for step in range(STEPS):
            runs, weights = [], {}
            for name in searched:
                plan = best[name].result.plan
                assert plan is not None
                weights[name] = self._measure(plan)
                policy = replace(problems[name].policy, coverage_weight=min(1.0, weights[name]))
                runs.append(Run(f"{name}-{step}", replace(problems[name], policy=policy), self._options, start=plan))
            results = self._solve(runs)
            searched = []
            for name, weight in weights.items():
                result = results.get(f"{name}-{step}")
                if result is None or not self._has_plan(f"{name}-{step}", result):
                    continue
                assert result.plan is not None
                known = best[name]
                proven = known.bound
                if result.bound is not None and floor > 0:
                    proven = max(proven, weight - max(0.0, weight - result.bound) / floor)
                reached = self._measure(result.plan)
                better = clearly_less(reached, weight)
                # as even, and the cheapest of those: the first step's plan need not be
                cheaper = reached <= weight + SAME and _cost(result) < _cost(known.result)
                best[name] = _End(result if better or cheaper else known.result, proven)
                if better:
                    searched.append(name)
            if not searched or self._interrupted:
                break
        return best

    def _has_plan(self, name: str, result: Result) -> bool:
        if result.plan is None:
            self._failed.append(f"{_label(name)}: {result.status.value}")
        return result.plan is not None

    def _remarks(self) -> Iterable[str]:
        if self._hold:
            yield (
                "No plan leaves more people uncovered than the cheapest one does: to build nothing would be even, "
                "spread, and cheap for the centre."
            )
        if self._error > 0:
            yield (
                "With this many counties the Gini coefficient is capped by points of the Lorenz curve, and the cap is "
                f"stricter than it says by at most {self._error:.4f}: what plans are proven to cost at least holds for "
                "a Gini coefficient lower by that."
            )


def unexplored(most: float, least: float, proven: float | None) -> Iterable[str]:
    """A remark where more lies beyond the good end than between the ends: `most` and `least` are what the plans at the
    ends have of the measure, and `proven` is what no plan comes below."""
    if proven is not None and least - proven > most - least and clearly_less(proven, least):
        yield (
            "Plans much further than the furthest one found are not ruled out: more may lie beyond it than between the "
            "ends. A smaller --gap, with more --time-limit, finds more of the frontier."
        )


def _last_year_only(instance: Instance) -> Instance:
    """The problem with all that concerns evenness and the uncovered counted in the last year alone.

    Raises `InvalidOption` where a cap of the instance's own would then mean something else, and `NoFrontier` where
    nobody counts.
    """
    year, policy = instance.last_year, instance.policy
    if not people_of(instance, year):
        raise NoFrontier("nobody lives where anything is wanted in the last year, so there is no Gini coefficient")
    capped = policy.gini_cap < 1 and policy.gini_cap_from <= year
    for name, first, used in (
        ("gini_cap_from", policy.gini_cap_from, capped),
        ("objective_from", policy.objective_from, policy.uncovered_cap < NO_LIMIT),
    ):
        if used and first != year:
            raise InvalidOption(
                "objective", f"objective gini looks at {year} alone, so {name} should be {year} as well"
            )
    gini_cap = policy.gini_cap if capped else 1.0
    return replace(instance, policy=replace(policy, gini_cap=gini_cap, gini_cap_from=year, objective_from=year))


def _cost(result: Result) -> float:
    return sum(charge.amount for charge in result.charges)


def _widened(amount: float) -> float:
    """A cap that a plan with this amount keeps within the solver's tolerance; nothing where it is nothing."""
    return amount + SLACK * max(1.0, abs(amount)) if SAME < amount < NO_LIMIT else max(0.0, amount)


def _name(place: int) -> str:
    return f"{CAPPED}-{place:02d}"


def _label(name: str) -> str:
    """The name of a run as people are told of it."""
    return name.replace("-", " ")
