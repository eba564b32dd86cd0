"""Searches whose pages are tested: decided and open ones, with one point, with long or hostile names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from math import inf

from models.plan import Result, Status
from reports.assessment import Assessment, BrokenRule, ChoiceCost, Span, YearCost
from reports.breakeven_findings import Crossing, MapBoundary, MapCell, Piece, Range, Standing, Stretch
from reports.html.assessment_page import assessment_page
from reports.html.breakeven_page import breakeven_page
from reports.html.frontier_page import frontier_page
from reports.html.ranking_page import ranking_page
from reports.ranking import Ranking, Worth
from tests.models.small_instance import small_instance
from tests.models.tiny_instance import a_plan, tiny_instance
from tests.reports import test_breakeven as breakeven
from tests.reports import test_frontier as frontier
from tests.reports import test_ranking as ranking
from tests.reports.example import BACKGROUND
from tests.reports.html_pages import HOSTILE, LONG, named_background

KINDS = ("breakeven", "frontier", "ranking", "assessment")


def pieces() -> tuple[Piece, ...]:
    """The curves of the typed search: the first costs 60 (59 proven), the second from 10 on 52 a unit more."""
    one = Range(59, 60)
    return (
        Piece(0.0, 1.0, (one, Range(9, 10)), (one, Range(59, 62))),
        Piece(1.0, 2.0, (one, Range(59, 62)), (one, Range(100, 110))),
    )


def decided() -> str:
    """Two comparisons that have come to their end, and a map all proven."""
    comparison = breakeven.comparison(pieces=pieces())
    never = breakeven.comparison(
        extent="good",
        code="food",
        name="Foodstuffs",
        crossings=(),
        stretches=(Stretch(0.0, 2.0, 0, "proven"),),
        pieces=pieces(),
    )
    cells = [
        MapCell("food", exponent, breakeven.standing(freight, (59, 60), (30 + 30 * freight, 32 + 30 * freight)))
        for exponent in (0.3, 0.65, 1.0)
        for freight in (0.5, 2.0)
    ]
    turns = (MapBoundary("food", 0.3, 1.0, 0.9, 1.1, 1, 0),)
    study = breakeven.study(comparison, never, cells=tuple(cells), boundaries=turns, remarks=("As it is meant.",))
    return breakeven_page(study, BACKGROUND)


def undecided() -> str:
    """A comparison that ended early, with values at which only one variant has a plan and nothing in between; a cell of
    a map at which neither is cheaper."""
    nothing = Range(-inf, inf)
    standings = (
        Standing(0.0, (Range(-inf, 60.0), Range(40.0, 50.0)), 1, False, (True, True)),
        Standing(1.0, (Range(59.0, 60.0), nothing), 0, False, (True, True)),
        Standing(2.0, (Range(59.0, 60.0), Range(inf, inf)), 0, True, (True, True)),
    )
    crossing = Crossing(0.5, 0.0, 2.0, None, None, None, None, None, 2.0, 1, 0, None, None)
    comparison = breakeven.comparison(
        shapes=("free", "free"),
        standings=standings,
        stretches=(Stretch(0.0, 0.5, 1, "not proven"), Stretch(0.5, 2.0, 0, "proven at solved values")),
        crossings=(crossing,),
        pieces=(Piece(0.0, 2.0, (nothing, nothing), (nothing, nothing)),),
        ended="the time was over",
    )
    same = Standing(1.0, (Range(60.0, 60.0), Range(60.0, 60.0)), None, True, (True, True))
    cells = (MapCell("food", 0.5, same), MapCell("food", 0.5, replace(standings[0], value=2.0)))
    study = breakeven.study(comparison, cells=cells, now=None, interrupted=True)
    return breakeven_page(study, BACKGROUND)


def without_plans() -> str:
    """Two variants of which no plan can keep the rules."""
    none = Standing(1.0, (Range(inf, inf), Range(inf, inf)), None, True, (True, True))
    comparison = breakeven.comparison(
        standings=(none,), stretches=(Stretch(0.0, 2.0, None, "proven"),), crossings=(), gap=None
    )
    return breakeven_page(breakeven.study(comparison), BACKGROUND)


def single_point() -> str:
    """A frontier of one point, of which nothing is proven, after an interruption."""
    found = frontier.found(points=(frontier.BOTH,), dominated=(), least_measure=None, interrupted=True)
    return frontier_page(found, BACKGROUND)


def picks() -> Ranking:
    """Three counties: one always in the same year, one always but not in the same year, one not always."""
    worth = Worth(Span(2.0, 0.0, 3.0), Span(1.0, 0.5, 2.0), must_join=True)
    unknown = Worth(Span(None, None, None), Span(None, None, None), must_join=False)
    plans = [ranking.plan(2027, 2028, None), ranking.plan(2027, 2029, 2028), ranking.plan(2027, 2028, 2029)]
    return ranking.ranking(*plans, worths={"alder": worth, "birch": unknown})


def judged() -> Assessment:
    """Given choices of which one rule is broken, one is left out, one is the best plan's, and one costs something."""
    instance = small_instance()
    best = Result(Status.STOPPED, a_plan(), 1000.0, 900.0, 0.1, 1.0, "HiGHS", (), ())
    return Assessment(
        instance=instance,
        source="choices.csv",
        depth="full",
        broken=(BrokenRule("picks_per_year", "2 counties are given for 2027, at most 1 may join", year=2027),),
        kept=(("alder", 2027), ("cedar", 2028)),
        dropped=(("birch", 2027),),
        least_dropped=1,
        plants_dropped=(),
        best=best,
        given=replace(best, objective=1040.0, bound=1010.0),
        value=1000.0,
        bound=900.0,
        regret=Span(40.0, 10.0, 140.0),
        choices=(
            ChoiceCost("cedar", 2028, 2028, True, Span(0.0, 0.0, 100.0), Span(0.0, 0.0, 100.0), 0.0),
            ChoiceCost("alder", 2027, 2029, True, Span(4.0, 1.0, 104.0), Span(2.0, 0.0, 100.0), 3.0),
            ChoiceCost("birch", 2027, 2028, False, Span(), Span()),
        ),
        years=(YearCost(2027, 1, 0, Span(4.0, 0.0, 104.0), Span()),),
        estimate=3.0,
    )


def no_choice_can_be() -> str:
    """Given choices that no plan makes, of which nothing is known one by one."""
    none = replace(judged(), given=Result(Status.INFEASIBLE, None, None, None, None, 1.0, "HiGHS", (), ()))
    none = replace(none, regret=Span(), choices=(), years=(), broken=(), dropped=(), estimate=None, depth="none")
    return assessment_page(none, BACKGROUND)


def many_counties() -> str:
    """A ranking of ninety counties, of which one never joins."""
    counties = [f"county{number:02}" for number in range(90)]
    instance = tiny_instance(counties, years=3)
    years = {county: 2027 + number % 3 for number, county in enumerate(counties[1:])}
    plan = replace(ranking.plan(2027, None, None), select=dict.fromkeys(years.items(), 1.0), start={})
    few = ranking.ranking(plan, plan)
    stopped = replace(few.best, status=Status.STOPPED, plan=plan)
    return ranking_page(replace(few, instance=instance, best=stopped), BACKGROUND)


def named(kind: str, name: str) -> str:
    """A page on which everything that has a name has this one, with its code before it."""
    background = named_background(name)
    if kind == "breakeven":
        study = breakeven.study(breakeven.comparison(pieces=pieces(), name=name))
        study = replace(study, names=(name, name), parameter=name, meaning=name, unit=name, remarks=(name,))
        return breakeven_page(replace(study, instance=replace(study.instance, title=name, currency=name)), background)
    if kind == "frontier":
        instance = replace(frontier.INSTANCE, title=name, currency=name)
        return frontier_page(frontier.found(instance, remarks=(name,), failed=(name,)), background)
    if kind == "assessment":
        found_choices = judged()
        counties = {
            code: replace(county, name=f"{code} {name}") for code, county in found_choices.instance.counties.items()
        }
        instance = replace(found_choices.instance, title=name, currency=name, counties=counties)
        return assessment_page(replace(found_choices, instance=instance, source=name), background)
    found = picks()
    counties = {code: replace(county, name=f"{code} {name}") for code, county in found.instance.counties.items()}
    instance = replace(found.instance, title=name, currency=name, counties=counties)
    return ranking_page(replace(found, instance=instance), background)


PAGES: Mapping[str, Callable[[], str]] = {
    "breakeven": decided,
    "breakeven undecided": undecided,
    "breakeven without plans": without_plans,
    "frontier": lambda: frontier_page(frontier.found(), BACKGROUND),
    "frontier of one point": single_point,
    "ranking": lambda: ranking_page(picks(), BACKGROUND),
    "ranking of many": many_counties,
    "assessment": lambda: assessment_page(judged(), BACKGROUND),
    "assessment without a plan": no_choice_can_be,
    **{f"{kind} hostile": (lambda kind=kind: named(kind, f"{HOSTILE} {LONG}")) for kind in KINDS},
}
"""Pages by what they show."""


@cache
def page(name: str) -> str:
    """The content of a page, made once for all tests."""
    return PAGES[name]()
