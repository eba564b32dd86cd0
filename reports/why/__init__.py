"""Why a county is picked when it is, or not: what a plan costs in which it joins in another year or never."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.plan import Plan, Result
from reports.assessment import Depth, Span
from reports.breakeven_findings import Study
from reports.choices import joining

__all__ = ["FIRST", "OTHER", "Forced", "Obstacle", "Why", "joins_in"]

FIRST = "first year"
"""Why the first year in which a county may join is looked at."""

OTHER = "another year"
"""Why a year is looked at where all are."""

UNKNOWN = Span()
"""A difference of which nothing is known."""


@dataclass(frozen=True)
class Obstacle:
    """A rule against a choice: its name, what it says in words, and where its figures stand."""

    rule: str
    words: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forced:
    """One choice for the county: the year in which it is to join, None for never.

    `asked`: why it is looked at, such as "a year later". `obstacles`: rules that do not allow it; where `lifted`, those
    that only concern this county were set aside for the search. `result` is the best plan found with the choice, None
    where there was no search. `cost` is what the choice costs against the best plan, in the unit of the objective;
    `restricts` whether every plan with it is one of the problem itself, so that it cannot save anything.

    `compared` is what it is compared with where that is not the plan itself: the best plan known, where a better one
    was found on the way, or beside exchanges of years the plan with the same years in which the counties concerned
    build what is best. `loose` is by how much the difference may be off because searches for these ended early.
    """

    year: int | None
    asked: tuple[str, ...]
    obstacles: tuple[Obstacle, ...] = ()
    lifted: bool = False
    result: Result | None = None
    cost: Span = UNKNOWN
    restricts: bool = True
    compared: Result | None = None
    loose: float = 0.0

    @property
    def plan(self) -> Plan | None:
        """The best plan found with the choice."""
        return None if self.result is None else self.result.plan


@dataclass(frozen=True)
class Why:
    """What was found about one county.

    `result` is what the search for the plan came to, `origin` where it comes from in words. `value` is the best that
    is known of any plan. `at_prices` has by how much more a choice costs than the county's best one at the prices of
    all that counties share, money and places included; empty where these are not known, infinite where it cannot be.
    `figures` are the break-even values of figures of the county's own rows, between joining in the year `target` and
    not joining by then. `remarks` tell how it is meant.
    """

    instance: Instance
    county: str
    result: Result
    origin: str
    depth: Depth
    value: float
    forced: tuple[Forced, ...]
    at_prices: Mapping[int | None, float]
    figures: tuple[Study, ...] = ()
    target: int | None = None
    interrupted: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def joined(self) -> int | None:
        """The year in which the county joins in the plan; None when it does not."""
        return None if self.result.plan is None else joins_in(self.instance, self.result.plan, self.county)

    def compared(self, choice: Forced) -> Result:
        """What a choice is compared with."""
        return self.result if choice.compared is None else choice.compared

    @property
    def name(self) -> str:
        """The county's name."""
        return self.instance.counties[self.county].name


def joins_in(instance: Instance, plan: Plan, county: str) -> int | None:
    """The year in which a county joins in a plan; None when it does not."""
    return dict(joining(instance, plan)).get(county)
