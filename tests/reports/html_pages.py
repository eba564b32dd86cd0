"""Problems and results whose pages are tested: with coordinates, with hostile or long names, with little in them."""

import math
from dataclasses import replace
from functools import cache

from models.costs import charges_of
from models.instance import Instance
from models.plan import Charge, Limit, Result, Status
from reports.background import Background
from reports.html.page import html_content
from tests.models.tiny_instance import a_plan, tiny_instance
from tests.reports.example import BACKGROUND, build_instance, build_result, without_plan

PLACES = {"anju": (39.6, 125.7), "chong": (38.1, 125.9), "buk": (39.6, 126.3)}
"""Latitude and longitude of the example's counties."""

HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=hacked=1>\"'&{{7*7}}"
"""A name that must stay one wherever it is shown."""

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def placed_instance() -> Instance:
    """The example, with coordinates."""
    instance = build_instance()
    counties = {
        code: replace(county, latitude=PLACES[code][0], longitude=PLACES[code][1])
        for code, county in instance.counties.items()
    }
    return replace(instance, counties=counties)


def named_instance(name: str) -> Instance:
    """The example with coordinates, in which everything that has a name has this one, with its code before it."""
    instance = placed_instance()

    def named(parts: object) -> dict[str, object]:
        return {code: replace(part, name=f"{code} {name}") for code, part in parts.items()}

    renamed = {
        field: named(getattr(instance, field))
        for field in ("provinces", "goods", "scales", "designs", "materials", "inputs", "items")
    }
    counties = {
        code: replace(county, name=f"{code} {name}", local_name=name, kind=name)
        for code, county in instance.counties.items()
    }
    return replace(instance, title=name, variant=name, currency=name, counties=counties, **renamed)


def named_background(name: str) -> Background:
    """An origin in which every text is a name."""
    return Background(
        workbook=name,
        sha256=name,
        command=name,
        options={name: name},
        versions={name: name},
        seconds=1.0,
        notes=(name,),
        assumptions=((name, name, name),),
        sources=((name, name, name),),
    )


def smallest() -> tuple[Instance, Result]:
    """One county, one year, one good, and a plan that imports."""
    instance = tiny_instance()
    plan = a_plan(imports={("alder", "food", 2027): 10.0})
    charges = charges_of(instance, plan)
    cost = sum(charge.amount for charge in charges)
    return instance, Result(Status.SOLVED, plan, cost, cost, 0.0, 0.1, "HiGHS", charges, ())


def without_limits() -> tuple[Instance, Result]:
    """The example, in which nothing is limited and nothing is known of the bound."""
    instance = placed_instance()
    instance = replace(
        instance,
        central_funds=dict.fromkeys(instance.years, math.inf),
        picks=dict.fromkeys(instance.years, math.inf),
    )
    result = replace(
        build_result(),
        status=Status.STOPPED,
        bound=None,
        gap=None,
        limits=(Limit("central_budget", (2025,), 5300.0, math.inf, math.inf),),
        charges=(Charge("investment", "anju", 2024, -5.0), Charge("transport", "buk", 2025, 2.0)),
    )
    return instance, result


PAGES = {
    "example": lambda: (placed_instance(), build_result(), BACKGROUND),
    "no coordinates": lambda: (build_instance(), build_result(), BACKGROUND),
    "hostile": lambda: (named_instance(HOSTILE), build_result(), named_background(HOSTILE)),
    "long names": lambda: (named_instance(LONG), build_result(), named_background(LONG)),
    "smallest": lambda: (*smallest(), BACKGROUND),
    "no limits": lambda: (*without_limits(), BACKGROUND),
    "infeasible": lambda: (placed_instance(), without_plan(Status.INFEASIBLE), BACKGROUND),
    "no time": lambda: (placed_instance(), without_plan(Status.NO_PLAN), Background("a.xlsx", "")),
}
"""Pages by what they show: instance, result, background."""


@cache
def page(name: str) -> str:
    """The content of a page, made once for all tests."""
    return html_content(*PAGES[name]())
