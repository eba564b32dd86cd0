"""Textbook location problems, typed as workbooks: the program finds their optima.

One year, lead time 0, no imports and no shortage unless the problem has them; every optimum is worked out
in a comment and found again by enumerating the sets of open sites.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pulp
import pytest

from models.plan import Status
from models.problem import build_problem
from models.rules import RULES
from optimizer.solve import solve
from tests.optimizer.solving import EXACTLY, LAND, counties, instance_of, optimum, plants, settings, whole
from tests.small_workbook import Tables

# Plant location: four sites, six customers.
FIXED = {"a": 110, "b": 60, "c": 90, "d": 90}
DEMAND = {"c1": 20, "c2": 30, "c3": 10, "c4": 30, "c5": 10, "c6": 20}
CARRIAGE = {
    "a": (4, 1, 9, 4, 9, 9),
    "b": (2, 4, 7, 8, 2, 1),
    "c": (7, 2, 9, 2, 8, 1),
    "d": (9, 4, 1, 1, 5, 8),
}  # money per tonne to c1 ... c6


def plant_location(capacity: Mapping[str, float] | None = None) -> Tables:
    """Sites are counties without demand, customers counties without a site, joined by the listed lanes alone."""
    overrides = [{"county": site, "design": "plant", "investment": cost} for site, cost in FIXED.items()]
    for row in overrides:
        row["capacity"] = capacity[str(row["county"])] if capacity else None
    return {
        "Settings": settings(),
        "Provinces": LAND,
        "Counties": counties([*FIXED, *DEMAND]),
        "Goods": [{"good": "bread", "name": "Bread"}],
        "Scales": [{"scale": "only", "name": "Only", "sites_only": "yes", "lanes": "listed"}],
        "Sites": [{"county": site, "scale": "only"} for site in FIXED],
        "Designs": [
            {"design": "plant", "name": "Plant", "good": "bread", "scale": "only", "investment": 0, "lead_years": 0}
        ],
        "Demand": [{"county": end, "good": "bread", "year": 2027, "tonnes": tonnes} for end, tonnes in DEMAND.items()],
        "SiteOverrides": overrides,
        "Lanes": [
            {"origin": site, "destination": customer, "cost": cost}
            for site, costs in CARRIAGE.items()
            for customer, cost in zip(DEMAND, costs, strict=True)
        ],
    }


def every_set(sites: Sequence[str], most: int | None = None) -> list[tuple[str, ...]]:
    """Every set of one or more sites."""
    sizes = range(1, (len(sites) if most is None else most) + 1)
    return [chosen for size in sizes for chosen in combinations(sites, size)]


def cost_uncapacitated(opened: Sequence[str]) -> float:
    """Fixed costs, and each customer from the open site nearest to it."""
    carried = sum(
        tonnes * min(CARRIAGE[site][position] for site in opened)
        for position, tonnes in enumerate(DEMAND.values())
    )  # fmt: skip
    return sum(FIXED[site] for site in opened) + carried


def cost_capacitated(opened: Sequence[str], capacity: Mapping[str, int]) -> float:
    """Fixed costs, and the cheapest of all ways to divide each demand, in steps of 10 t, over the open sites.

    With demands and capacities in tens an optimal division is one in tens, as in every transportation problem.
    """
    tens = tuple(demand // 10 for demand in DEMAND.values())

    @cache
    def cheapest(customer: int, left: tuple[int, ...]) -> float:
        if customer == len(tens):
            return 0.0
        return min(
            (
                sum(10 * CARRIAGE[site][customer] * sent for site, sent in zip(opened, division, strict=True))
                + cheapest(customer + 1, tuple(room - sent for room, sent in zip(left, division, strict=True)))
                for division in divisions(tens[customer], left)
            ),
            default=float("inf"),
        )

    return sum(FIXED[site] for site in opened) + cheapest(0, tuple(capacity[site] // 10 for site in opened))


def divisions(amount: int, room: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Every way to divide a whole amount over places with so much room."""
    if not room:
        return [()] if amount == 0 else []
    return [
        (first, *others) for first in range(min(amount, room[0]) + 1) for others in divisions(amount - first, room[1:])
    ]


class TestUncapacitatedPlantLocation:
    def test_optimum(self, tmp_path: Path) -> None:
        # Open b and d: 60 + 90 = 150 fixed; c1 20 x 2, c2 30 x 4 (from either), c3 10 x 1, c4 30 x 1, c5 10 x 2,
        # c6 20 x 1 = 240. To add the best site at each step ends in b and c with 420, so 390 takes a search.
        best = min(every_set(list(FIXED)), key=cost_uncapacitated)
        assert (best, cost_uncapacitated(best)) == (("b", "d"), 390)
        assert cost_uncapacitated("bc") == 420
        cost, plan = optimum(tmp_path, plant_location())
        assert cost == pytest.approx(390, rel=1e-6)
        assert plants(plan) == {("b", "plant", 2027): 1, ("d", "plant", 2027): 1}
        assert {"b", "d"} <= {county for county, _ in whole(plan.select)}  # to join costs nothing
        nearest = {"c1": "b", "c3": "d", "c4": "d", "c5": "b", "c6": "b"}
        sent = {(site, end): tonnes for (site, end, _, _), tonnes in plan.ship.items() if end != "c2"}
        assert sent == pytest.approx({(site, end): DEMAND[end] for end, site in nearest.items()})

    def test_linking_each_lane_makes_the_relaxation_exact(self, tmp_path: Path) -> None:
        """Known of the strong formulation: it often has a whole-plant optimum, and here it has. The weak one, that
        only links all of a plant's output, falls far below."""
        instance = instance_of(tmp_path, plant_location())
        weak = [rule for rule in RULES if rule.__name__ != "lanes"]
        assert relaxed(build_problem(instance, tightenings=())[0]) == pytest.approx(390, rel=1e-6)
        # Weak: a plant can sell 120 t, so a tonne takes 1/120 of its fixed cost: carriage and 11/12 at a, 1/2 at b,
        # 3/4 at c and d. Cheapest are c1 b 2 1/2, c2 a 1 11/12, c3 d 1 3/4, c4 d 1 3/4, c5 b 2 1/2, c6 b 1 1/2:
        # 50 + 57.5 + 17.5 + 52.5 + 25 + 30 = 232.5.
        assert relaxed(build_problem(instance, weak, ())[0]) == pytest.approx(232.5, rel=1e-6)


def relaxed(problem: pulp.LpProblem) -> float:
    """The optimum when plants may be divided."""
    problem.solve(pulp.HiGHS(mip=False, msg=False))
    return float(pulp.value(problem.objective))


class TestCapacitatedPlantLocation:
    @pytest.mark.parametrize("capacity", [80, 60])
    def test_capacity_for_the_same_sites_changes_nothing(self, tmp_path: Path, capacity: int) -> None:
        # b serves c1, c5 and c6, 50 t, and d serves c3 and c4, 40 t; the 30 t of c2 cost 4 from either. At 60 t both
        # plants are full and c2 is divided, 10 t from b and 20 t from d.
        cost, plan = self.solved(tmp_path, capacity, ("b", "d"), 390)
        assert cost == pytest.approx(390, rel=1e-6)
        if capacity == 60:
            assert plan["b", "c2"] == pytest.approx(10)
            assert plan["d", "c2"] == pytest.approx(20)

    def test_capacity_opens_another_site(self, tmp_path: Path) -> None:
        # At 50 t the cheapest pair has 20 t too little. With a: 260 fixed; c1 b 40, c2 a 30, c3 d 10, c4 d 30, c5 b 20,
        # c6 b 20 = 150. With c instead: 240 + 180 = 420.
        cost, sent = self.solved(tmp_path, 50, ("a", "b", "d"), 410)
        assert cost == pytest.approx(410, rel=1e-6)
        assert sent == pytest.approx(
            {("b", "c1"): 20, ("a", "c2"): 30, ("d", "c3"): 10, ("d", "c4"): 30, ("b", "c5"): 10, ("b", "c6"): 20}
        )

    def test_capacity_divides_a_customer(self, tmp_path: Path) -> None:
        # At 40 t three plants must be full. b, c, d: 240 fixed; c1 b 40, c2 c 60, c3 d 10, c4 d 30, c5 b 20, and c6,
        # for 1 a tonne from b or c, takes the 10 t left in each: 20. In all 420. With a instead of c, b would hold too
        # little for c1, c5 and c6, and 10 t for c1 would come from a for 2 a tonne more: 410 + 20 = 430.
        cost, sent = self.solved(tmp_path, 40, ("b", "c", "d"), 420)
        assert cost == pytest.approx(420, rel=1e-6)
        assert {site: sent[site, "c6"] for site in "bc"} == pytest.approx({"b": 10, "c": 10})

    def test_too_little_capacity_is_no_plan(self, tmp_path: Path) -> None:
        # Four plants of 20 t for 120 t that must be supplied.
        result = solve(instance_of(tmp_path, plant_location(dict.fromkeys(FIXED, 20))), EXACTLY)
        assert result.status is Status.INFEASIBLE
        assert result.plan is None

    @staticmethod
    def solved(
        folder: Path, capacity: int, opened: tuple[str, ...], least: float
    ) -> tuple[float, dict[tuple[str, str], float]]:
        """Solve with this capacity at every site; enumeration must agree on the open sites and the cost."""
        capacities = dict.fromkeys(FIXED, capacity)
        best = min(every_set(list(FIXED)), key=lambda opened: cost_capacitated(opened, capacities))
        assert (best, cost_capacitated(best, capacities)) == (opened, least)
        cost, plan = optimum(folder, plant_location(capacities))
        assert plants(plan) == {(site, "plant", 2027): 1 for site in opened}
        return cost, {(site, customer): tonnes for (site, customer, _, _), tonnes in plan.ship.items()}


# p-median: six towns along one road, at these km and with these tonnes; every town may be a median.
ROAD = {"t1": 0, "t2": 10, "t3": 30, "t4": 70, "t5": 90, "t6": 100}
WEIGHT = {"t1": 20, "t2": 10, "t3": 30, "t4": 10, "t5": 20, "t6": 30}


def median(picks: int) -> Tables:
    """Plants cost nothing, carriage is tonnes x km by the listed distances, and at most `picks` counties join."""
    return {
        "Settings": settings(freight_rate=1, picks_rule="at most"),
        "Provinces": LAND,
        "Counties": counties(ROAD),
        "Goods": [{"good": "bread", "name": "Bread"}],
        "Scales": [{"scale": "only", "name": "Only", "lanes": "everywhere"}],
        "Designs": [
            {"design": "plant", "name": "Plant", "good": "bread", "scale": "only", "investment": 0, "lead_years": 0}
        ],
        "Demand": [{"county": town, "good": "bread", "year": 2027, "tonnes": WEIGHT[town]} for town in ROAD],
        "Lanes": [
            {"origin": here, "destination": there, "distance": abs(ROAD[here] - ROAD[there])}
            for here in ROAD
            for there in ROAD
            if here != there
        ],
        "Resources": [{"resource": "picks", "year": 2027, "amount": picks}],
    }


class TestMedian:
    @pytest.mark.parametrize(
        ("picks", "least"),
        [
            # Of 120 t half lie up to t3, so t3: t1 600, t2 200, t4 400, t5 1200, t6 2100. Or t4, as half lie beyond.
            (1, 4500),
            # t1, t2, t3 by t3 (600 + 200) or t2 (200 + 600); t4, t5, t6 by t5 (200 + 300) or t6 (300 + 200).
            (2, 1300),
            # t3 itself, t1 with its neighbour t2 (100), and the right as before.
            (3, 600),
            # t6 itself as well, and of the right t4 goes to t5 (200) or t5 to t6 (200).
            (4, 300),
            # All but t2, which goes to t1.
            (5, 100),
            (6, 0),
        ],
    )
    def test_optimum(self, tmp_path: Path, picks: int, least: float) -> None:
        assert min(map(self.carriage, every_set(list(ROAD), picks))) == least
        cost, plan = optimum(tmp_path, median(picks))
        assert cost == pytest.approx(least, rel=1e-6, abs=1e-6)
        opened = {county for county, _, _ in plants(plan)}
        joining = {county for county, _ in whole(plan.select)}
        assert opened <= joining
        assert len(joining) <= picks
        assert self.carriage(tuple(opened)) == least

    @staticmethod
    def carriage(medians: Sequence[str]) -> float:
        return sum(WEIGHT[town] * min(abs(ROAD[town] - ROAD[place]) for place in medians) for town in ROAD)


# Maximal covering: people (tonnes, at a norm of a tonne each) in the squares of a map a degree wide, at the equator.
PEOPLE = (
    (3, 4, 9, 1),
    (7, 2, 5, 6),
    (1, 8, 3, 2),
)  # fmt: skip
SQUARES = [(row, column) for row in range(3) for column in range(4)]


def covering(picks: int) -> Tables:
    """A plant covers its own square and those beside it: 111 km away, where the corners are 157 km away."""
    places = [
        {"latitude": float(row), "longitude": float(column), "population": PEOPLE[row][column]}
        for row, column in SQUARES
    ]
    rows = counties([f"s{row}{column}" for row, column in SQUARES])
    return {
        "Settings": settings(picks_rule="at most", detour_factor=1),
        "Provinces": LAND,
        "Counties": [county | place for county, place in zip(rows, places, strict=True)],
        "Goods": [{"good": "bread", "name": "Bread", "norm": 1000, "shortage_penalty": 1}],
        "Scales": [{"scale": "only", "name": "Only", "lanes": "radius", "radius": 120}],
        "Designs": [
            {"design": "plant", "name": "Plant", "good": "bread", "scale": "only", "investment": 0, "lead_years": 0}
        ],
        "Resources": [{"resource": "picks", "year": 2027, "amount": picks}],
    }


def covered(centres: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Squares at most a step from a centre."""
    return {
        (row, column)
        for row, column in SQUARES
        if any(abs(row - centre[0]) + abs(column - centre[1]) <= 1 for centre in centres)
    }


class TestMaximalCovering:
    @pytest.mark.parametrize(
        ("picks", "left"),
        [
            # (1, 1) covers 4 + 7 + 2 + 5 + 8 = 26 of 51 people.
            (1, 25),
            # (1, 2) adds 9 + 6 + 3; the corners 3, 1, 1, 2 are left.
            (2, 7),
            # To go on adding would cover the corners 3 and 1, and leave 3. (0, 1), (1, 1), (2, 3) leave the other
            # two corners, 1 and 1.
            (3, 2),
            # The middle row covers everybody.
            (4, 0),
        ],
    )
    def test_optimum(self, tmp_path: Path, picks: int, left: int) -> None:
        everyone = sum(map(sum, PEOPLE))
        reached = [covered(centres) for centres in combinations(SQUARES, picks)]
        assert everyone - max(sum(PEOPLE[row][column] for row, column in squares) for squares in reached) == left
        cost, plan = optimum(tmp_path, covering(picks))
        assert cost == pytest.approx(left, rel=1e-6, abs=1e-6)
        centres = [(int(county[1]), int(county[2])) for county, _, _ in plants(plan)]
        assert len(centres) <= picks
        missed = {(int(county[1]), int(county[2])) for county, _, _ in whole(plan.shortage)}
        assert missed == set(SQUARES) - covered(centres)
