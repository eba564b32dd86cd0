"""Textbook knapsacks, typed as workbooks: each of the scarce means in turn is the knapsack.

The 0-1 knapsack of Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms: items of weight 10, 20 and 30
worth 60, 100 and 120, and a knapsack that holds 50. By worth per weight one would take the first two, for 160; the best
is the last two, for 220. Where items can be divided, the best is the first two and two thirds of the third: 240.
"""

from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from models.plan import Plan
from tests.optimizer.solving import LAND, counties, optimum, plants, settings
from tests.small_workbook import Tables

WEIGHT = {"first": 10, "second": 20, "third": 30}
WORTH = {"first": 60, "second": 100, "third": 120}
HOLDS = 50


def knapsack(worth: dict[str, int], years: int = 1, **setting: Any) -> Tables:
    """One county that wants a tonne of each good a year; a tonne not supplied costs what the item is worth.

    Each good has a plant that makes the tonne, and as yet takes nothing to build.
    """
    last_year = 2026 + years
    return {
        "Settings": settings(last_year=last_year, **setting),
        "Provinces": LAND,
        "Counties": counties(["town"]),
        "Goods": [{"good": item, "name": item, "shortage_penalty": penalty} for item, penalty in worth.items()],
        "Scales": [{"scale": "only", "name": "Only"}],
        "Designs": [
            {
                "design": item,
                "name": item,
                "good": item,
                "scale": "only",
                "lead_years": 0,
                "capacity": 1,
                "investment": 0,
            }
            for item in worth
        ],
        "Demand": [
            {"county": "town", "good": item, "year": year, "tonnes": 1}
            for item in worth
            for year in range(2027, last_year + 1)
        ],
    }


def set_weights(tables: Tables, column: str, weights: dict[str, int]) -> None:
    """Each item's plant takes this much of what the column of Designs says."""
    for design in tables["Designs"]:
        design[column] = weights[design["design"]]


def limit(tables: Tables, resource: str, *amounts: float) -> None:
    """The centre has these amounts in the plan's years."""
    rows = [{"resource": resource, "year": year, "amount": amount} for year, amount in enumerate(amounts, start=2027)]
    tables.setdefault("Resources", []).extend(rows)


def taken(plan: Plan) -> set[tuple[str, int]]:
    """The items whose plants are built, and when."""
    return {(design, year) for _, design, year in plants(plan)}


def test_best_of_every_set() -> None:
    sets = [chosen for size in range(4) for chosen in combinations(WEIGHT, size)]
    fitting = [chosen for chosen in sets if sum(WEIGHT[item] for item in chosen) <= HOLDS]
    best = max(fitting, key=lambda chosen: sum(WORTH[item] for item in chosen))
    assert (best, sum(WORTH[item] for item in best)) == (("second", "third"), 220)


class TestOneYear:
    # All is worth 280, so the best leaves 60.

    def test_budget(self, tmp_path: Path) -> None:
        # Money spent is a cost as well, so a tonne not supplied costs weight + worth: the best leaves 10 + 60, and
        # spends 50.
        tables = knapsack({item: WEIGHT[item] + WORTH[item] for item in WEIGHT})
        set_weights(tables, "investment", WEIGHT)
        limit(tables, "central_funds", HOLDS)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(120, rel=1e-6)
        assert taken(plan) == {("second", 2027), ("third", 2027)}
        assert plan.central_funds == pytest.approx({("town", 2027): 50})

    def test_budget_shared_with_the_county(self, tmp_path: Path) -> None:
        # The centre has 25 and the county 25, and together they hold 50.
        tables = knapsack({item: WEIGHT[item] + WORTH[item] for item in WEIGHT})
        tables["Counties"][0]["local_funds"] = 25
        set_weights(tables, "investment", WEIGHT)
        limit(tables, "central_funds", 25)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(120, rel=1e-6)
        assert taken(plan) == {("second", 2027), ("third", 2027)}
        assert plan.local_funds == pytest.approx({("town", 2027): 25})

    def test_construction_labour(self, tmp_path: Path) -> None:
        tables = knapsack(WORTH)
        set_weights(tables, "construction_labour", WEIGHT)
        limit(tables, "central_labour", HOLDS)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(60, rel=1e-6)
        assert taken(plan) == {("second", 2027), ("third", 2027)}

    def test_material(self, tmp_path: Path) -> None:
        tables = knapsack(WORTH)
        tables["Materials"] = [{"material": "cement", "name": "Cement"}]
        tables["DesignMaterials"] = [
            {"design": item, "material": "cement", "tonnes": tonnes} for item, tonnes in WEIGHT.items()
        ]
        limit(tables, "cement", HOLDS)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(60, rel=1e-6)
        assert taken(plan) == {("second", 2027), ("third", 2027)}

    def test_workers(self, tmp_path: Path) -> None:
        tables = knapsack(WORTH)
        tables["Counties"][0]["workers"] = HOLDS
        set_weights(tables, "workers", WEIGHT)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(60, rel=1e-6)
        assert taken(plan) == {("second", 2027), ("third", 2027)}

    def test_two_knapsacks_at_once(self, tmp_path: Path) -> None:
        # Labour would take the last two. Of cement they need 2 + 2, and there are 3; the first needs 1, so first and
        # third are the best: 40 of labour, 3 of cement, 100 left undone.
        tables = knapsack(WORTH)
        tables["Materials"] = [{"material": "cement", "name": "Cement"}]
        tables["DesignMaterials"] = [
            {"design": item, "material": "cement", "tonnes": tonnes}
            for item, tonnes in {"first": 1, "second": 2, "third": 2}.items()
        ]
        set_weights(tables, "construction_labour", WEIGHT)
        limit(tables, "central_labour", HOLDS)
        limit(tables, "cement", 3)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(100, rel=1e-6)
        assert taken(plan) == {("first", 2027), ("third", 2027)}

    def test_import_currency(self, tmp_path: Path) -> None:
        # Imports can be divided: a tonne of the first, one of the second, and 20 / 30 of the third. Each costs 5, so a
        # tonne not supplied costs 5 + worth: 5 * 2 2/3 for the imports and (5 + 120) / 3 for the rest of the third.
        tables = knapsack({item: 5 + worth for item, worth in WORTH.items()})
        for row in tables["Goods"]:
            row |= {"import_price": 5, "import_currency": WEIGHT[row["good"]]}
        for row in tables["Designs"]:
            row["max_plants"] = 0
        limit(tables, "import_currency", HOLDS)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(5 * (2 + 2 / 3) + 125 / 3, rel=1e-6)  # = 280 + 15 - 240, all unsupplied less 240
        assert plan.imports == pytest.approx(
            {("town", "first", 2027): 1, ("town", "second", 2027): 1, ("town", "third", 2027): 2 / 3}
        )


class TestReserve:
    """The same items in two years, with 25 of funds in each: the third, of 30, needs savings.

    A plant built in the first year serves both years and saves twice its worth, one built in the second once; never to
    build costs 2 * 280 = 560.
    """

    @pytest.mark.parametrize(
        ("carried", "least", "built"),
        [
            # The third fits no year. Second at once, 200 - 20, and then first, 60 - 10: 560 - 230. (In the other order:
            # 560 - 190.)
            ("no", 330, {("second", 2027), ("first", 2028)}),
            # Second at once, 200 - 20, and 5 saved for the third, 120 - 30: 560 - 270.
            ("yes", 290, {("second", 2027), ("third", 2028)}),
        ],
    )
    def test_reserve(self, tmp_path: Path, carried: str, least: float, built: set[tuple[str, int]]) -> None:
        assert self.least_cost(carried == "yes") == least
        tables = knapsack(WORTH, years=2, build_window=1, reserve_carried=carried)
        set_weights(tables, "investment", WEIGHT)
        limit(tables, "central_funds", 25, 25)
        cost, plan = optimum(tmp_path, tables)
        assert cost == pytest.approx(least, rel=1e-6)
        assert taken(plan) == built
        assert plan.reserve == pytest.approx({(2027,): 5} if carried == "yes" else {})

    @staticmethod
    def least_cost(carried: bool) -> int:
        """Of every item in the first year, in the second, or never."""
        costs = []
        for years in product((1, 2, None), repeat=len(WEIGHT)):
            when = dict(zip(WEIGHT, years, strict=True))
            spent = {year: sum(WEIGHT[item] for item in WEIGHT if when[item] == year) for year in (1, 2)}
            left = 25 - spent[1]
            if left >= 0 and spent[2] <= 25 + (left if carried else 0):
                unserved = sum(WORTH[item] * ((year or 3) - 1) for item, year in when.items())
                costs.append(unserved + sum(spent.values()))
        return min(costs)
