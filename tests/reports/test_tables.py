"""Every table's figures, checked against the arithmetic of the example."""

import math
from dataclasses import replace
from typing import Any

import pytest
from pandas import DataFrame

from models.plan import Limit, Status
from reports.limits import binds
from reports.summary import status_sentence
from reports.tables import TABLES, frames
from tests.reports.example import build_instance, build_result, stopped, without_plan
from tests.reports.rows import figures, row_of

INSTANCE = build_instance()
RESULT = build_result()
TABLE = {table.name: table for table in TABLES}


def frame(name: str) -> DataFrame:
    return TABLE[name](INSTANCE, RESULT)


def row(name: str, **where: object) -> dict[str, Any]:
    """The one row of a table with these values."""
    return row_of(frame(name), **where)


@pytest.mark.parametrize("name", TABLE)
def test_every_table_has_its_declared_columns(name: str) -> None:
    columns = TABLE[name].columns(INSTANCE)
    assert list(frame(name).columns) == [column.name for column in columns]
    assert len({column.heading(INSTANCE) for column in columns}) == len(columns)
    assert all(column.meaning for column in columns)
    assert TABLE[name].meaning.endswith(".")
    assert 0 < TABLE[name].key_columns < len(columns)


@pytest.mark.parametrize("name", TABLE)
def test_without_a_plan_the_columns_stay(name: str) -> None:
    empty = TABLE[name](INSTANCE, without_plan(Status.INFEASIBLE))
    assert list(empty.columns) == list(frame(name).columns)
    assert bool(len(empty)) == (not TABLE[name].needs_plan)


def test_without_a_plan_only_summary_and_provenance_are_told() -> None:
    assert set(frames(INSTANCE, without_plan(Status.NO_PLAN))) == {"summary", "provenance"}
    told = set(frames(INSTANCE, RESULT))
    assert told == {name for name, table in TABLE.items() if table.concerns(INSTANCE)}
    assert set(TABLE) - told == {"county_budgets", "national_remittances", "gains", "quotas", "support"}


def test_a_row_with_a_wrong_column_is_refused() -> None:
    wrong = replace(TABLE["picks"], rows=lambda instance, result: iter([{"yaer": 2024}]))
    with pytest.raises(KeyError, match="yaer"):
        wrong(INSTANCE, RESULT)


def test_picks() -> None:
    assert list(frame("picks")["county"]) == ["anju", "chong"]
    anju = row("picks", county="anju")
    assert figures(anju, "year", "county_name", "local_name", "province_name") == [2024, "=1+1", "안주시", "North"]
    assert figures(anju, "population", "decided") == [1000.0, True]
    assert figures(row("picks", county="chong"), "year", "decided") == [2025, False]


def test_picks_by_province() -> None:
    # North has two counties, of which one joins in 2024; South has one, which joins in 2025.
    assert figures(row("picks_by_province", province="north"), "counties", "2024", "2025", "total") == [2, 1, 0, 1]
    assert figures(row("picks_by_province", province="south"), "counties", "2024", "2025", "total") == [1, 0, 1, 1]
    assert figures(row("picks_by_province", province=""), "counties", "2024", "2025", "total") == [3, 1, 1, 2]


def test_plants() -> None:
    small = row("plants", design="small")
    # Two plants of 100 t/yr and 1000 each, started in 2024, running a year later.
    assert figures(small, "year", "first_output", "count", "capacity", "investment") == [2024, 2025, 2, 200.0, 2000.0]
    assert figures(small, "good_name", "scale_name", "kind") == ["Foodstuffs", "County", "new"]
    assert figures(row("plants", design="slow"), "first_output", "kind") == [2026, "modernisation"]
    assert list(frame("plants")["design"]) == ["small", "slow", "big"]


def test_allocation() -> None:
    assert list(zip(frame("allocation")["year"], frame("allocation")["county"], strict=True)) == [
        (2024, "anju"),
        (2025, "anju"),
        (2025, "chong"),
    ]
    first = row("allocation", county="anju", year=2024)
    assert figures(first, "central_funds", "local_funds", "central_labour", "local_labour") == [1800, 500, 15.5, 9.5]
    assert figures(first, "central_cement", "local_cement", "central_steel", "local_steel") == [500, 0, 0, 0]
    # Two small works and one modernisation start; the hospital is given from 2025 on.
    assert figures(first, "joins", "plants_started", "items") == [True, 3, ""]
    assert first["plants"] == "2 x Small food works; 1 x Modernised food works"
    second = row("allocation", county="anju", year=2025)
    assert figures(second, "joins", "central_funds", "local_cement", "plants_started") == [False, 300, 100, 0]
    # The modernisation takes two years, the small works one.
    assert figures(second, "plants", "still_building") == ["", "1 x Modernised food works"]
    assert row("allocation", county="chong", year=2025)["items"] == "Hospital"


def test_allocation_hands_out_what_the_plan_holds() -> None:
    table = frame("allocation")
    assert RESULT.plan is not None
    for name in ("central_funds", "local_funds", "central_labour", "local_labour"):
        assert table[name].sum() == sum(getattr(RESULT.plan, name).values())
    assert table["central_cement"].sum() == sum(RESULT.plan.central_material.values())


def test_production() -> None:
    # Two plants of 100 at 80 % utilisation can make 160; 120 is three quarters.
    small = row("production", plant="small")
    assert figures(small, "year", "count", "capacity", "usable", "tonnes") == [2025, 2, 200, 160, 120]
    assert small["utilisation"] == 0.75
    assert row("production", plant="big")["utilisation"] == 0.6
    # Anju joins in 2024 and so loses half of its 40 from then on; the half runs in 2024 and is idle in 2025.
    kept = row("production", plant="existing", county="anju", year=2024)
    assert figures(kept, "capacity", "usable", "tonnes", "utilisation") == [40, 20, 20, 1.0]
    assert row("production", plant="existing", county="anju", year=2025)["utilisation"] == 0.0
    # Bukchang never joins and keeps its 60.
    assert figures(row("production", plant="existing", county="buk", year=2025), "usable", "utilisation") == [60, 0.5]
    # The modernisation runs from 2026, after the plan.
    assert "slow" not in set(frame("production")["plant"])


def test_production_of_unlimited_capacity_has_no_utilisation() -> None:
    option = replace(INSTANCE.options["anju", "small"], capacity=math.inf)
    instance = replace(INSTANCE, options={**INSTANCE.options, ("anju", "small"): option})
    table = TABLE["production"](instance, RESULT)
    small = table[table["plant"] == "small"].iloc[0]
    assert small["capacity"] == math.inf
    assert math.isnan(small["utilisation"])


def test_shipments() -> None:
    assert len(frame("shipments")) == 3
    # 100 t over 200 km at 6 a tonne.
    far = row("shipments", origin="chong", destination="buk")
    assert figures(far, "good", "year", "tonnes", "distance", "tonne_km", "cost") == [
        "soap",
        2025,
        100,
        200,
        20000,
        600,
    ]
    assert figures(far, "origin_name", "destination_name") == ["Chongsan", "Bukchang"]


def test_own_use() -> None:
    assert len(frame("own_use")) == 5
    assert row("own_use", county="anju", year=2025)["tonnes"] == 90.0


def test_supply() -> None:
    # Bukchang needs 60 of food in 2025: 30 of its own (existing), 30 from Anju.
    fed = row("supply", county="buk", good="food", year=2025)
    assert figures(fed, "demand", "own_county", "elsewhere", "imports", "shortage") == [60, 30, 30, 0, 0]
    assert figures(fed, "coverage", "made_new", "made_existing", "sent") == [1.0, 0, 30, 0]
    # Anju makes 120, sends 30, keeps 90 of the 100 that it needs.
    maker = row("supply", county="anju", good="food", year=2025)
    assert figures(maker, "own_county", "shortage", "coverage", "made_new", "sent") == [90, 10, 0.9, 120, 30]


def test_supply_adds_up_to_demand() -> None:
    table = frame("supply")
    met = table["own_county"] + table["elsewhere"] + table["imports"] + table["shortage"]
    assert (met == table["demand"]).all()


def test_supply_without_demand_has_no_coverage() -> None:
    instance = replace(INSTANCE, demand={**INSTANCE.demand, ("anju", "food", 2025): 0.0})
    table = TABLE["supply"](instance, RESULT)
    where = (table["county"] == "anju") & (table["good"] == "food") & (table["year"] == 2025)
    assert math.isnan(table[where].iloc[0]["coverage"])


def test_coverage() -> None:
    # North needs 160 of food in 2025 and gets 90 + 60; its least covered county is Anju with 90 of 100.
    north = row("coverage", province="north", good="food", year=2025)
    assert figures(north, "demand", "domestic", "shortage", "coverage", "lowest") == [160, 150, 10, 0.9375, 0.9]
    # The nation needs 200 and imports 40 for Chongsan, which gets nothing at home.
    nation = row("coverage", province="", good="food", year=2025)
    assert figures(nation, "demand", "domestic", "imports", "coverage", "lowest") == [200, 150, 40, 0.75, 0.0]
    assert nation["output"] == 150


def test_inputs() -> None:
    # 90 t at 2 and 30 t at 5.
    assert figures(row("inputs", county="anju"), "local", "bought", "local_share", "cost") == [90, 30, 0.75, 330]


def test_costs() -> None:
    assert figures(row("costs", term="investment"), "2024", "2025", "total") == [2300, 4400, 6700]
    assert figures(row("costs", term="total"), "2024", "2025", "total") == [2300, 9700, 12000]
    assert row("costs", term="total")["total"] == RESULT.objective


def test_costs_by_province() -> None:
    assert figures(row("costs_by_province", term="investment"), "north", "south", "total") == [2540, 4160, 6700]
    assert figures(row("costs_by_province", term="total"), "north", "south", "total") == [7840, 4160, 12000]


def test_limits_tells_scarce_means_binding_first() -> None:
    told = frame("limits")
    assert list(zip(told["rule"], told["subject"], told["binds"], strict=True)) == [
        ("central_material_pool", "Cement / 2024", True),
        ("workers", "=1+1 / 2025", True),
        ("province_picks", "North / 2024 / most", False),
        ("central_budget", "2024", False),
        ("central_budget", "2025", False),
    ]
    budget = row("limits", rule="central_budget", year=2024)
    assert figures(budget, "used", "allowed", "slack", "used_share", "unit") == [1800, 2000, 200, 0.9, "million won"]
    assert row("limits", rule="central_budget", year=2025)["allowed"] == math.inf


def test_limits_by_rule() -> None:
    # Of three capacities one binds, and only because nothing is built yet.
    assert figures(row("limits_by_rule", rule="capacity"), "rows", "binding", "idle", "least_slack") == [3, 1, 1, 0]
    assert figures(row("limits_by_rule", rule="workers"), "rows", "binding", "idle", "unit") == [2, 1, 0, "persons"]


def test_every_limit() -> None:
    assert len(frame("every_limit")) == len(RESULT.limits)
    assert list(frame("every_limit")["binds"]) == [True] * 3 + [False] * 6


def test_summary() -> None:
    assert figures(row("summary", figure="Cost of the plan"), "value", "unit") == [
        12000,
        "million won discounted to 2024",
    ]
    assert row("summary", figure="Gap")["value"] == 0.005
    assert row("summary", figure="Counties joining")["detail"] == "of 3; 1 of them decided beforehand"
    # 1000 + 3000 of 10000 people.
    assert figures(row("summary", figure="People in them"), "value", "detail") == [4000, "40.0% of the population"]
    assert figures(row("summary", figure="Joining in 2025"), "value", "detail") == [1, "Chongsan"]
    assert figures(row("summary", figure="Plants of scale: County"), "value", "detail") == [
        3,
        "Foodstuffs 3; 1 of them modernisations",
    ]
    # 7100 of 7800 from the centre.
    assert figures(row("summary", figure="Central funds"), "value", "detail") == [7100, "91.0% of the two"]
    assert row("summary", figure="Foodstuffs: demand met at home")["value"] == 0.75
    assert row("summary", figure="Discount rate")["value"] == 0.25


def test_provenance() -> None:
    assert row("provenance", what="seed")["value"] == "1"
    assert row("provenance", what="plan years")["value"] == "2024-2025"


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_sentence_without_a_plan(status: Status) -> None:
    assert status_sentence(without_plan(status)).endswith(".")


def test_status_sentence_never_says_more_than_is_proven() -> None:
    assert "at most 0.50%" in status_sentence(RESULT)
    assert "no plan costs less" in status_sentence(replace(RESULT, gap=0.0))
    assert "no plan costs less" not in status_sentence(replace(RESULT, gap=0.00001))
    assert "not known" in status_sentence(stopped(interrupted=False))
    assert "interrupted" in status_sentence(stopped(interrupted=True))
    assert "keeps every rule" not in status_sentence(without_plan(Status.SOLVED))


@pytest.mark.parametrize(
    ("allowed", "slack", "expected"),
    [(10.0, 0.0, True), (10.0, 0.1, False), (1e9, 1.0, True), (0.0, 0.0, True), (math.inf, math.inf, False)],
)
def test_binds(allowed: float, slack: float, expected: bool) -> None:
    assert binds(Limit("workers", ("anju", 2024), 0.0, allowed, slack)) is expected
