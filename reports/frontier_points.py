"""A frontier between cost and something else: its points, what a step from one to the next costs, and its knee.

Everything beside cost is measured so that less is better. A cost is told with what it is proven to be at least; so is
a price, as the range in which the proven and the found costs leave it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from models.instance import Instance
from models.plan import Result
from models.records import Objective
from reports.columns import DISCOUNTED, INDEX, PERSON_YEARS, Unit
from reports.facts import FINE_SHARE

SAME = 1e-6
"""Difference, relative where figures are above 1, that counts as none: the solver's own tolerance."""

Against = Literal["coverage", "gini", "dispersion", "central-funds"]
"""What is set against cost."""


@dataclass(frozen=True, slots=True)
class FrontierAim:
    """How to speak of what is set against cost, and the objective that makes it least.

    `figure` names it; a price is for `step` of it, in words `step_name`.
    """

    objective: Objective
    figure: str
    unit: Unit
    meaning: str
    step: float
    step_name: str


FRONTIER_AIMS: dict[Against, FrontierAim] = {
    "coverage": FrontierAim(
        "greatest coverage",
        "People not covered",
        PERSON_YEARS,
        "people times the part of their demand, mean over goods, that domestic supply does not meet, all years from "
        "objective_from on",
        1.0,
        "person covered for a year",
    ),
    "gini": FrontierAim(
        "greatest even coverage",
        "Gini coefficient",
        INDEX,
        "Gini coefficient of coverage over people, all goods, in the last year",
        0.01,
        "point of Gini (0.01)",
    ),
    "dispersion": FrontierAim(
        "least concentration",
        "Most new capacity in a province",
        FINE_SHARE,
        "greatest new capacity of one province for a good, relative to the nation's demand for it in the last year",
        0.01,
        "percentage point of demand less in the leading province",
    ),
    "central-funds": FrontierAim(
        "least central funds",
        "Central money",
        DISCOUNTED,
        "central funds for construction, subsidies and support bases, discounted",
        1.0,
        "unit of central money saved",
    ),
}


@dataclass(frozen=True)
class FrontierPoint:
    """A plan on the frontier: what it costs and has of the measure, and the least that a plan as good could cost.

    `cap` is what the measure was held to when it was found, None for the ends. `cost_bound` None: nothing is proven.
    """

    name: str
    cap: float | None
    measure: float
    cost: float
    cost_bound: float | None
    result: Result

    @property
    def gap(self) -> float | None:
        """Most that a plan with as little of the measure could cost less, as a share of the cost."""
        if self.cost_bound is None:
            return None
        return max(0.0, self.cost - self.cost_bound) / max(abs(self.cost), SAME)


@dataclass(frozen=True)
class Price:
    """What a step from one point to the next costs for each unit of the measure: between the two plans, and at least
    and at most between the least costs there, as far as these are proven (`most` may be infinite)."""

    value: float
    least: float
    most: float


@dataclass(frozen=True)
class Frontier:
    """The points, cheapest first, none dominated; what became of the runs; and how far the ends are proven.

    `least_measure` is the proven bound below which no plan comes, None where there is none. `held_uncovered` is the
    most people (person-years) that any plan was let leave uncovered, infinite without limit. `dominated` are plans
    that were found and are no better than one of the points. `failed` names runs without a plan. With an `error` above
    0 the bounds on cost hold for plans whose measure is lower by that much.
    """

    instance: Instance
    against: Against
    points: tuple[FrontierPoint, ...]
    dominated: tuple[FrontierPoint, ...]
    least_measure: float | None
    held_uncovered: float
    interrupted: bool
    failed: tuple[str, ...] = ()
    error: float = 0.0
    remarks: tuple[str, ...] = field(default=())

    @property
    def aim(self) -> FrontierAim:
        """What is set against cost."""
        return FRONTIER_AIMS[self.against]

    @property
    def knee(self) -> FrontierPoint | None:
        """The point furthest from the straight line between the ends, as `distances` measures it; None without one
        below that line."""
        furthest = max(zip(self.distances, self.points, strict=True), key=lambda one: one[0], default=None)
        return furthest[1] if furthest is not None and furthest[0] > SAME else None

    @property
    def distances(self) -> tuple[float, ...]:
        """How far each point lies from the straight line between the ends, towards cheap and good, once both cost
        and measure are scaled from 0 to 1.

        Formula: (1 - scaled cost - scaled measure) / sqrt(2); at the ends 0.
        Source: Das, I. (1999), On characterizing the 'knee' of the Pareto curve based on normal-boundary intersection,
        Structural Optimization 18, 107-115.
        """
        if len(self.points) < 2:
            return tuple(0.0 for _ in self.points)
        first, last = self.points[0], self.points[-1]
        dear, good = last.cost - first.cost, first.measure - last.measure
        return tuple(
            (1 - (point.cost - first.cost) / dear - (point.measure - last.measure) / good) / math.sqrt(2)
            for point in self.points
        )

    @property
    def prices(self) -> tuple[Price, ...]:
        """What each step costs, from each point but the last to the next."""
        return tuple(price(cheaper, better, self.error) for cheaper, better in pairwise(self.points))


def price(cheaper: FrontierPoint, better: FrontierPoint, error: float = 0.0) -> Price:
    """What it costs to come from one point to a better one, for each unit of the measure.

    Formula: (cost difference) / (measure difference). The least costs at both lie between bound and cost, and the
    better one's is no less, so that their difference is at least max(0, bound of the better - cost of the cheaper) and
    at most the cost of the better - bound of the cheaper. Where bounds hold for a measure lower by `error`, the
    step that is known to cost at least so much is longer by it, and that known to cost at most so much shorter.
    """
    gained = cheaper.measure - better.measure
    least = 0.0 if better.cost_bound is None else max(0.0, better.cost_bound - cheaper.cost) / (gained + error)
    most = math.inf
    if cheaper.cost_bound is not None and gained > error:
        most = (better.cost - cheaper.cost_bound) / (gained - error)
    return Price((better.cost - cheaper.cost) / gained, least, most)


def split_dominated(
    points: Iterable[FrontierPoint],
) -> tuple[tuple[FrontierPoint, ...], tuple[FrontierPoint, ...]]:
    """The points that no other is at least as good as in both cost and measure, cheapest first, and all others.

    A plan that was found is proof enough that another is dominated, whatever the gaps. Of points alike in both the one
    with the higher bound, then the first, stays.
    """
    ordered = sorted(points, key=lambda point: (point.cost, point.measure))
    kept: list[FrontierPoint] = []
    dropped: list[FrontierPoint] = []
    for point in ordered:
        if not kept or clearly_less(point.measure, kept[-1].measure):
            # a plan next to the last one in cost, but better: the last one is no point of the frontier
            while kept and not clearly_less(kept[-1].cost, point.cost):
                dropped.append(kept.pop())
            kept.append(point)
        else:
            dropped.append(point)
    return tuple(kept), tuple(dropped)


def clearly_less(one: float, other: float) -> bool:
    """Whether a figure is less than another by more than the solver's tolerance."""
    return one < other - SAME * max(1.0, abs(other))


def proven_costs(points: Sequence[FrontierPoint], proofs: Iterable[tuple[float, float]]) -> tuple[FrontierPoint, ...]:
    """The points, each with the highest bound that is proven for it.

    A proof is (most of the measure, bound on the cost): no plan with that much of the measure or less costs less than
    the bound. So it holds for every point that has no more of it. (Proofs that all hold only for a measure lower by the
    same error hold as well for each point with its measure lower by that.)
    """
    known = list(proofs)
    found = []
    for point in points:
        holding = [bound for most, bound in known if not clearly_less(most, point.measure)]
        bound = max(holding, default=None)
        capped = None if bound is None else min(bound, point.cost)
        found.append(
            FrontierPoint(point.name, point.cap, point.measure, point.cost, capped, point.result)
        )  # fmt: skip
    return tuple(found)
