"""Searches whose pages are tested: decided and open ones, with one point, with long or hostile names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from math import inf

from models.plan import Status
from reports.assessment import Span
from reports.breakeven_findings import Crossing, MapBoundary, MapCell, Piece, Range, Standing, Stretch
from reports.html.breakeven_page import breakeven_page
from reports.html.frontier_page import frontier_page
from reports.html.ranking_page import ranking_page
from reports.ranking import Ranking, Worth
from tests.models.tiny_instance import tiny_instance
from tests.reports import test_breakeven as breakeven
from tests.reports import test_frontier as frontier
from tests.reports import test_ranking as ranking
from tests.reports.example import BACKGROUND
from tests.reports.html_pages import HOSTILE, LONG, named_background

KINDS = ("breakeven", "frontier", "ranking")


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
    **{f"{kind} hostile": (lambda kind=kind: named(kind, f"{HOSTILE} {LONG}")) for kind in KINDS},
}
"""Pages by what they show."""


@cache
def page(name: str) -> str:
    """The content of a page, made once for all tests."""
    return PAGES[name]()
