"""Plans nearly as good as the best, made to differ: by searches of the whole problem, or by exchanges of years.

A small problem is searched whole: the objective becomes a limit, and weights that count picks and plants take its
place. In turn the weights are those of hop, skip and jump, which shun what earlier plans chose, and random ones. A
large problem would take minutes for each such search. There some counties of two to four years, drawn at random from a
known plan, exchange their joining years, while all others keep theirs and their plants; then the rest is planned at
least cost, and the plan counts if it is within the limit. Exchanges that cost too much are made smaller.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from models.instance import Instance
from models.plan import Plan, Result
from optimizer.alternatives import Index, alternative
from optimizer.alternatives_held import choosing_only, is_large, joining_years, with_years
from optimizer.assess import near
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool
from reports.ranking import NearPlan

TRIES = 3
"""Searches for each plan that is wanted, after which no more are made."""
ROUND = 4
"""Exchanges that are drawn before any of them is solved, whatever the number of workers: so that the same seed draws
the same plans on any machine."""
EXCHANGED = 36
"""Counties of an exchange at first."""
FEWEST = 4
"""Counties of an exchange at the least."""
PATIENCE = 2
"""An exchange may take this part of the time limit: many end earlier, but a plan may be long in coming."""
WEIGHT_GAP = 0.01
"""Gap of the weights: a plan need not be the most different that there is."""
OF_PLANTS = 0.25
"""What a plant weighs beside a pick."""

WHOLE_SHUNNING = "hop, skip and jump"
WHOLE_RANDOM = "random weights"
EXCHANGE = "exchange of years"

Key = tuple[frozenset[tuple[tuple[str, int], int]], frozenset[tuple[tuple[str, str, int], int]]]


@dataclass(frozen=True)
class Sampling:
    """How plans are looked for: `within` the share of the best value by which a plan may be worse, the number of
    `plans` wanted, the best included, and the `seed` of every draw."""

    within: float = 0.01
    plans: int = 20
    seed: int = 0


@dataclass
class Sample:
    """The plans that were found, the best first, and searches made by method."""

    plans: list[NearPlan]
    tried: dict[str, int] = field(default_factory=dict)

    def take(self, result: Result, method: str, most: float) -> bool:
        """Count a search, and keep its plan when it is good enough and new."""
        self.tried[method] = self.tried.get(method, 0) + 1
        if result.plan is None or result.objective is None or result.objective > most + 1e-6 * max(1.0, abs(most)):
            return False
        if choices_of(result.plan) in {choices_of(known.plan) for known in self.plans}:
            return False
        self.plans.append(NearPlan(result.plan, result.objective, method))
        return True


def choices_of(plan: Plan) -> Key:
    """What a plan chooses and builds, by which plans are told apart."""
    return (
        frozenset((index, round(value)) for index, value in plan.select.items()),
        frozenset((index, round(value)) for index, value in plan.start.items()),
    )


def most_allowed(best: float, within: float) -> float:
    """The value up to which a plan is nearly as good as the best."""
    return best + within * abs(best)


def near_optimal(
    instance: Instance,
    best: Result,
    options: SolveOptions,
    sampling: Sampling,
    pool: RunPool,
    should_stop: Callable[[], bool] = lambda: False,
) -> Sample:
    """Different plans within the limit, the best first; fewer than wanted where no more were found or it was stopped.

    A plan that turns out better than `best` becomes the first, and the limit follows it.
    """
    if best.plan is None or best.objective is None:
        raise ValueError("there is no plan to begin with")
    sample = Sample([NearPlan(best.plan, best.objective, "best plan")])
    most = most_allowed(best.objective, sampling.within)
    draw = Random(sampling.seed)
    if is_large(instance):
        _exchange(instance, sample, options, sampling, most, draw, pool, should_stop)
    else:
        _search_whole(instance, sample, options, sampling, most, draw, should_stop)
    first = min(sample.plans, key=lambda plan: plan.value)
    most = most_allowed(first.value, sampling.within)
    others = [plan for plan in sample.plans if plan is not first and plan.value <= most + 1e-6 * max(1.0, abs(most))]
    return Sample([first, *others][: sampling.plans], sample.tried)


def _search_whole(
    instance: Instance,
    sample: Sample,
    options: SolveOptions,
    sampling: Sampling,
    most: float,
    draw: Random,
    should_stop: Callable[[], bool],
) -> None:
    precise = replace(options, gap=WEIGHT_GAP)
    for number in range(TRIES * sampling.plans):
        if len(sample.plans) >= sampling.plans or should_stop():
            return
        shunning = number % 2 == 0
        weights = _shunning(sample, draw) if shunning else _random(instance, draw)
        found = alternative(instance, precise, most, weights, should_stop=should_stop)
        sample.take(found, WHOLE_SHUNNING if shunning else WHOLE_RANDOM, most)


def _shunning(sample: Sample, draw: Random) -> dict[Index, float]:
    """How often the plans so far made each choice, and a little chance among equals."""
    weights: dict[Index, float] = {}
    for known in sample.plans:
        for family, weight in ((known.plan.select, 1.0), (known.plan.start, OF_PLANTS)):
            for index, value in sorted(family.items()):
                weights[index] = weights.get(index, 0.0) + weight * value * draw.uniform(0.9, 1.1)
    return weights


def _random(instance: Instance, draw: Random) -> dict[Index, float]:
    weights: dict[Index, float] = {
        (county, year): draw.uniform(-1, 1) for county in instance.counties for year in instance.years
    }
    for place in instance.options:
        for year in instance.years:
            weights[(*place, year)] = OF_PLANTS * draw.uniform(-1, 1)
    return weights


def _exchange(
    instance: Instance,
    sample: Sample,
    options: SolveOptions,
    sampling: Sampling,
    most: float,
    draw: Random,
    pool: RunPool,
    should_stop: Callable[[], bool],
) -> None:
    size, tries = EXCHANGED, 0
    enough = replace(
        options, gap=max(near(options).gap, sampling.within / 2), time_limit=max(1.0, options.time_limit / PATIENCE)
    )
    while len(sample.plans) < sampling.plans and tries < TRIES * sampling.plans and not should_stop():
        drawn = [_drawn(instance, draw.choice(sample.plans).plan, size, options, draw) for _ in range(ROUND)]
        runs = [
            Run(
                f"exchange {tries + place} of seed {sampling.seed}",
                problem,
                enough,
                label=f"search {tries + place + 1}",
            )
            for place, problem in enumerate(drawn)
            if problem is not None
        ]
        tries += ROUND
        results = pool.solve(runs)
        taken = sum(sample.take(result, EXCHANGE, most) for result in results.values())
        if 2 * taken < len(runs) or not runs:
            size = max(FEWEST, size // 2)


def _drawn(instance: Instance, plan: Plan, size: int, options: SolveOptions, draw: Random) -> Instance | None:
    """The problem next to a plan in which some counties have exchanged their years; all others keep theirs and their
    plants. None where the rules on who joins leave them nothing to exchange."""
    years = joining_years(plan)
    chosen = _years_of_some(years, draw)
    movable = sorted(county for county, year in years.items() if year in chosen and county not in instance.decided)
    free = set(draw.sample(movable, min(size, len(movable))))
    weights: dict[Index, float] = {
        (county, year): draw.uniform(1, 2) if years[county] == year else draw.uniform(0, 1)
        for county in sorted(free)
        for year in instance.years
    }
    bare = choosing_only(instance)
    found = alternative(bare, replace(options, gap=0.0), None, weights, replace(plan, start={}, support={}), free)
    if found.plan is None:
        return None
    moved = joining_years(found.plan)
    if moved == years:
        return None
    held = {county for county in years if county not in free}
    return replace(with_years(instance, moved), built=dict(_kept_plants(instance, plan, held)))


def _years_of_some(years: Mapping[str, int], draw: Random) -> set[int]:
    """Two to four joining years, those with more counties the more often."""
    counties = sorted(years)
    draw.shuffle(counties)
    wanted = draw.randint(2, 4)
    return set(list(dict.fromkeys(years[county] for county in counties))[:wanted])


def _kept_plants(instance: Instance, plan: Plan, counties: set[str]) -> Iterator[tuple[tuple[str, str, int], float]]:
    """Starts of plants in some counties as in a plan, and none besides."""
    starts: Mapping[tuple[str, str, int], float] = plan.start
    for county, design in instance.options:
        if county in counties:
            for year in instance.years:
                yield (county, design, year), float(round(starts.get((county, design, year), 0.0)))
