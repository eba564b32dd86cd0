"""Comparisons whose pages are tested: plans that differ, one that cannot be, other aims, none at all, hostile names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from models.instance import Instance
from models.plan import Plan, Status
from reports.comparison import Comparison, InputDifference
from reports.html.comparison_page import comparison_content
from tests.models.measures.programme import programme, programme_plan
from tests.reports.comparing import compared, comparison
from tests.reports.example import BACKGROUND
from tests.reports.html_pages import HOSTILE, LONG, named_background

PLACES = {"alder": (39.6, 125.7), "birch": (39.6, 126.3), "cedar": (38.1, 125.9)}
"""Latitude and longitude of the programme's counties."""


def placed() -> Instance:
    """The programme, with coordinates."""
    instance = programme()
    counties = {
        code: replace(county, latitude=PLACES[code][0], longitude=PLACES[code][1])
        for code, county in instance.counties.items()
    }
    return replace(instance, counties=counties)


def without_imports() -> Plan:
    """The programme's plan with all that it imports not met instead."""
    plan = programme_plan()
    moved = {place: plan.shortage.get(place, 0.0) + tonnes for place, tonnes in plan.imports.items()}
    return replace(plan, imports={}, shortage={**plan.shortage, **moved})


def without_tailors() -> Plan:
    """The programme's plan in which no suits are made in new plants: their counties import them."""
    plan = programme_plan()
    lost = {(end, good, year): tonnes for (start, end, good, year), tonnes in plan.ship.items() if start == "birch"}
    return replace(
        plan,
        start={place: count for place, count in plan.start.items() if place[1] != "tailor"},
        produce={place: tonnes for place, tonnes in plan.produce.items() if place[1] != "tailor"},
        ship={lane: tonnes for lane, tonnes in plan.ship.items() if lane[0] != "birch"},
        imports={**plan.imports, **{place: plan.imports.get(place, 0.0) + tonnes for place, tonnes in lost.items()}},
    )


def example() -> Comparison:
    """Three variants with plans, solved to no gap, and one that no plan satisfies."""
    found = comparison(
        compared("first", placed()),
        compared("second", placed(), without_imports()),
        compared("third", placed(), without_tailors()),
        compared("never", placed(), status=Status.INFEASIBLE),
    )
    differences = (InputDifference("Variants", "", "scales", 1, {"first": "county", "third": ""}, ("Variants!C2",)),)
    return replace(found, inputs=differences, background=BACKGROUND)


def other_aims() -> Comparison:
    """Two variants without coordinates whose objectives measure something else, one with no bound proven."""
    instance = programme()
    even = replace(instance, policy=replace(instance.policy, objective="greatest coverage"))
    return comparison(compared("cost", bound=None, gap=None, status=Status.STOPPED), compared("coverage", even))


def no_plans() -> Comparison:
    """Two variants, of which neither has a plan."""
    return comparison(
        compared("never", placed(), status=Status.INFEASIBLE), compared("late", placed(), status=Status.NO_PLAN)
    )


def named(name: str) -> Comparison:
    """Two variants in which everything that has a name has this one, with its code before it."""
    instance = placed()

    def renamed(parts: Mapping[str, object]) -> dict[str, object]:
        return {code: replace(part, name=f"{code} {name}") for code, part in parts.items()}  # type: ignore[type-var]

    parts = ("provinces", "counties", "goods", "scales", "designs", "materials", "inputs", "items")
    changed = replace(instance, title=name, currency=name, **{part: renamed(getattr(instance, part)) for part in parts})
    found = comparison(compared("one", changed), compared(f"two {name}", changed, without_imports()))
    return replace(found, background=named_background(name))


COMPARISONS: Mapping[str, Callable[[], Comparison]] = {
    "example": example,
    "other aims": other_aims,
    "no plans": no_plans,
    "one alone": lambda: comparison(compared("alone", placed())),
    "hostile": lambda: named(HOSTILE),
    "long names": lambda: named(LONG),
}
"""Comparisons by what their pages show."""


@cache
def page(name: str) -> str:
    """The content of a page, made once for all tests."""
    return comparison_content(COMPARISONS[name](), further=(Path("small first.html"),))
