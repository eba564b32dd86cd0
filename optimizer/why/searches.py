"""What each choice for a county costs: by a search of its own for each, or by bounds and exchanges of years."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.instance import Instance
from models.plan import Result, Status
from optimizer.alternatives_held import only_restricts
from optimizer.conflict.arithmetic import contradictions
from optimizer.conflict.contradiction import untold
from optimizer.options import SolveOptions
from optimizer.runs import Run, RunPool
from optimizer.why.exchanges import Exchanges, Tell, exchanges
from optimizer.why.obstacles import OWN, Places, addresses_only, last_chance, obstacles, with_choice
from reports.assessment import Depth, Span
from reports.comparison.proofs import DUST
from reports.why import FIRST, OTHER, Forced, Obstacle, Why, joins_in

EARLIER, LATER, LAST, NEVER, ASKED = "a year earlier", "a year later", "last year", "not at all", "asked for"


def looked_at(
    instance: Instance, county: str, joined: int | None, asked: Iterable[int], *, every: bool = False
) -> dict[int | None, list[str]]:
    """The choices that are looked at, each with the reasons why: never, the first and last year in which it may join,
    a year earlier and later than in the plan, years asked for, and where wanted `every` other year. What the plan does
    is not among them."""
    begins = instance.counties[county].eligible_from
    may = [year for year in instance.years if begins is None or year >= begins] or list(instance.years)
    found: dict[int | None, list[str]] = {}
    for year in asked:
        found.setdefault(year, []).append(ASKED)
    found.setdefault(may[0], []).append(FIRST)
    if joined is not None:
        for year, reason in ((joined - 1, EARLIER), (joined + 1, LATER)):
            if year in instance.years:
                found.setdefault(year, []).append(reason)
    found.setdefault(min(may[-1], last_chance(instance)), []).append(LAST)
    found.setdefault(None, []).append(NEVER)
    for year in instance.years if every else ():
        found.setdefault(year, [OTHER])
    found.pop(joined, None)
    order = sorted(found, key=lambda year: (year is None, year or 0))
    return {year: found[year] for year in order}


def explain_choice(
    instance: Instance,
    county: str,
    known: Result,
    options: SolveOptions,
    pool: RunPool,
    *,
    depth: Depth = "full",
    asked: Iterable[int] = (),
    origin: str = "",
    places: Places = addresses_only,
    folder: Path | None = None,
    threads: int = 1,
    tell: Tell = lambda *_: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Why:
    """Why a county joins when it does in the plan `known` of the problem, or does not.

    With the depth "full" each choice has a search of its own, by `pool`, and what it costs is proven as far as the
    options' gap allows. With "swap" every year is looked at: bounds by choice, which `folder` keeps, prove what it
    costs at the least, and plans in which the county has exchanged years with another what at the most.
    Raises `ValueError` when `known` has no plan.
    """
    if known.plan is None or known.objective is None:
        raise ValueError("a plan is needed")
    joined = joins_in(instance, known.plan, county)
    choices = [
        Forced(year, tuple(reasons), tuple(obstacles(instance, county, year, places)))
        for year, reasons in looked_at(instance, county, joined, asked, every=depth == "swap").items()
    ]
    able = [choice for choice in choices if _can_be_asked(choice)]
    around = Exchanges(known)
    if depth == "swap":
        wanted = [choice.year for choice in sorted(able, key=lambda choice: choice.asked == (OTHER,))]
        around = exchanges(
            instance, county, known, wanted, options, folder, threads=threads, tell=tell, should_stop=should_stop
        )
        known = around.known
        choices = [_exchanged(instance, county, choice, around, places) for choice in choices]
    else:
        choices = _searched(instance, county, known, choices, options, pool, places)
    best = min((known, *(found for choice in choices for found in _plans(choice))), key=_value)
    return Why(
        instance=instance,
        county=county,
        result=known,
        origin=origin,
        depth=depth,
        value=_value(best),
        forced=tuple(_weighed(choice, known, best) for choice in choices),
        at_prices=around.at_prices,
        interrupted=should_stop() or any(c.result is not None and c.result.interrupted for c in choices),
        remarks=around.remarks,
    )


def _can_be_asked(choice: Forced) -> bool:
    """Whether it can be told what a choice costs: of never always, and of a year if no rule but on the county alone is
    against it."""
    return choice.year is None or all(obstacle.rule in OWN for obstacle in choice.obstacles)


def _searched(
    instance: Instance,
    county: str,
    known: Result,
    choices: Sequence[Forced],
    options: SolveOptions,
    pool: RunPool,
    places: Places,
) -> list[Forced]:
    """Each choice that can be made, or could if rules on this county alone were set aside, searched by itself."""
    problems = {choice.year: with_choice(instance, county, choice.year) for choice in choices if _can_be_asked(choice)}
    runs = [Run(_name(county, year), problem, options, known.plan) for year, problem in problems.items()]
    results = pool.solve(runs)
    found = []
    for choice in choices:
        result = results.get(_name(county, choice.year))
        if result is None:
            found.append(choice)
            continue
        lifted = bool(choice.obstacles)
        restricts = _restricts(instance, county, choice)
        against = choice.obstacles
        if result.status is Status.INFEASIBLE and not lifted:
            against = (*against, *_impossible(problems[choice.year], places))
        found.append(replace(choice, obstacles=against, lifted=lifted, result=result, restricts=restricts))
    return found


def _impossible(problem: Instance, places: Places) -> list[Obstacle]:
    """What arithmetic shows to be impossible with a choice; otherwise only that a search has proven it."""
    told = [
        Obstacle("by arithmetic", contradiction.told(lambda where: ", ".join(places(where))).rstrip("."))
        for contradiction in untold(contradictions(problem))
    ]
    return told or [Obstacle("all rules together", "no plan with it can keep every rule, which a search has proven")]


def _name(county: str, year: int | None) -> str:
    return f"{county} {'never' if year is None else year}"


def _restricts(instance: Instance, county: str, choice: Forced) -> bool:
    """Whether every plan with a choice is one of the problem itself."""
    if choice.obstacles:
        return False
    return choice.year is not None or only_restricts(instance, with_choice(instance, county, None))


def _exchanged(instance: Instance, county: str, choice: Forced, around: Exchanges, places: Places) -> Forced:
    """A choice with what was found for it by bounds and an exchange of years."""
    found = around.found.get(choice.year)
    if found is None:
        return choice
    lifted = bool(choice.obstacles)
    against = choice.obstacles
    if found.status is Status.INFEASIBLE and not lifted:
        against = (*against, *_impossible(with_choice(instance, county, choice.year), places))
    return replace(
        choice,
        obstacles=against,
        lifted=lifted,
        result=found,
        restricts=_restricts(instance, county, choice),
        compared=None if found.plan is None else around.compared,
        loose=around.loose.get(choice.year, 0.0),
    )


def _plans(choice: Forced) -> Iterator[Result]:
    """Plans of the problem itself that were found for a choice."""
    results = (choice.result if choice.restricts else None, choice.compared)
    yield from (found for found in results if found is not None and found.objective is not None)


def _value(result: Result) -> float:
    return math.inf if result.objective is None else result.objective


def _weighed(choice: Forced, known: Result, best: Result) -> Forced:
    """A choice with what it costs, as found and as proven, and the plan that the difference is from.

    A plan with the choice is one of the problem, where it only restricts, so that it costs nothing at the least; a
    proven bound on plans with the choice raises that.
    Formula: least = bound with the choice - best value known, most = value with the choice - bound of all plans.
    The difference is from the best plan known as well. Near the plan it is from the plan with the same counties free,
    unless it would then be less than is proven, since a better plan is known.
    """
    result = choice.result
    if result is None or result.status is Status.INFEASIBLE:
        return choice
    least = None if result.bound is None else result.bound - _value(best)
    if choice.restricts:
        least = max(0.0, least or 0.0)
    if result.objective is None:
        return replace(choice, cost=Span(None, least, None))
    most = None if known.bound is None else result.objective - known.bound
    own = known if choice.compared is None else choice.compared
    dust = DUST * abs(_value(own))
    difference = result.objective - _value(own)
    too_little = least is not None and difference < least - dust
    if _value(best) < _value(own) - dust and (choice.compared is None or too_little):
        choice, difference = replace(choice, compared=best), result.objective - _value(best)
    return replace(choice, cost=Span(difference, least, most))
