"""Tables of what a plan achieves, on the example with every mechanism; its figures are told beside it and tested
with the measures, so that here one row of each table is enough."""

import math
from dataclasses import replace
from typing import Any

import pytest

from models.plan import Limit
from reports.limits import SCARCE, UNITS, WHERE_BINDING
from reports.tables import PARTS, TABLES, frames, part_of
from tests.models.measures.programme import programme
from tests.reports.programme_result import programme_result
from tests.reports.rows import figures, row_of

INSTANCE = programme()
RESULT = programme_result()
FRAMES = frames(INSTANCE, RESULT)


def row(name: str, **where: object) -> dict[str, Any]:
    return row_of(FRAMES[name], **where)


def test_every_table_is_told_where_every_mechanism_is_used() -> None:
    assert set(FRAMES) == {table.name for table in TABLES}
    assert all(len(frame) for frame in FRAMES.values())


def test_every_table_has_one_part() -> None:
    assert len({table.name for table in TABLES}) == len({table.title for table in TABLES}) == len(TABLES)
    assert [part_of(table) for table in TABLES] == [part for part, tables in PARTS.items() for _ in tables]


def test_tables_of_what_is_not_used_are_left_out() -> None:
    plain = replace(
        INSTANCE,
        purses={},
        national_remittance={},
        policy=replace(INSTANCE.policy, stipend_share=0),
        designs={code: replace(design, quota=0) for code, design in INSTANCE.designs.items()},
        provinces={code: replace(province, support_uplift=0) for code, province in INSTANCE.provinces.items()},
        items={},
        existing={},
    )
    left_out = {table.name for table in TABLES if not table.concerns(plain)}
    assert left_out == {
        "county_budgets",
        "national_remittances",
        "quotas",
        "support",
        "package_items",
        "existing_industry",
    }


def test_columns_of_what_is_not_used_are_left_out() -> None:
    counties = {code: replace(county, donations=0) for code, county in INSTANCE.counties.items()}
    table = next(table for table in TABLES if table.name == "who_pays")
    frame = table(replace(INSTANCE, counties=counties), RESULT)
    assert "donated" in FRAMES["who_pays"].columns
    assert not {"donated", "donated_share", "premium"} & set(frame.columns)


def test_equity() -> None:
    cloth = row("equity", year=2031, good="cloth")
    assert figures(cloth, "least_county", "least_county_province", "greatest_county") == ["Cedar", "South", "Alder"]
    assert figures(cloth, "gini", "disparity") == [pytest.approx(4 / 15), pytest.approx(2 / 3)]
    assert figures(row("equity", year=2031, good=""), "good_name", "least_counties") == ["all goods", 2]


def test_lorenz() -> None:
    assert list(FRAMES["lorenz"]["people"]) == [tenth / 10 for tenth in range(11)]
    # Six of ten people have a third of the cloth.
    assert row("lorenz", people=0.6)["cloth"] == pytest.approx(1 / 3)
    assert figures(row("lorenz", people=1.0), "cloth", "suits", "all_goods", "even") == [1, 1, pytest.approx(1), 1]
    corner = row("lorenz_by_county", good="cloth", county="cedar")
    assert figures(corner, "people", "supply") == [pytest.approx(0.6), pytest.approx(1 / 3)]


def test_dispersion() -> None:
    suits = row("dispersion", good="suits")
    assert figures(suits, "capacity", "largest_province", "counties", "worst_province") == [70, "North", 2, "North"]
    assert suits["coverage_lost"] == pytest.approx(0.4)
    assert math.isnan(row("dispersion", good="")["capacity"])
    north = row("dispersion_by_province", good="suits", province="north")
    assert figures(north, "plants", "capacity", "share", "counties") == [1, 40, pytest.approx(4 / 7), 1]
    assert north["coverage_left"] == pytest.approx(0.2)
    everything = row("dispersion_by_province", good="", province="north")
    assert figures(everything, "plants", "counties", "coverage_left") == [2, 2, pytest.approx(0.1)]


def test_transport() -> None:
    assert figures(row("transport", year=2031, good="cloth"), "tonne_km", "mean_haul_sent", "cost") == [1300, 26, 130]
    assert figures(row("transport", year=2031, good=""), "kept", "sent", "tonne_km") == [40, 60, 1700]


def test_self_sufficiency() -> None:
    alder = row("self_sufficiency", county="alder")
    assert figures(alder, "own_cloth", "made_cloth", "own_suits", "own") == [1, 3.5, 0, 0.5]
    birch = row("self_sufficiency_by_year", county="birch", good="cloth", year=2031)
    assert figures(birch, "use", "own", "output", "own_share") == [30, 0, 0, 0]


def test_raw_materials() -> None:
    fabric = row("inputs", county="birch", input="fabric")
    # The cloth is charged where it is made.
    assert figures(fabric, "local", "bought", "made", "cost") == [0, 0, 10, 0]
    nation = row("local_inputs", year=2031, province="")
    assert figures(nation, "local", "bought", "local_share", "made") == [40, 60, pytest.approx(40 / 140), 40]
    assert figures(nation, "least_county", "least_share", "asked", "scope") == ["Birch", 0, 0.25, "nation"]
    assert figures(row("local_inputs_by_county", county="birch"), "year", "made") == [2031, 40]
    cedar = row("comparative_advantage", county="cedar")
    assert figures(cedar, "good", "own_share", "built", "plants", "design_name") == ["cloth", 1, False, 0, "Weave"]


def test_supply_tells_what_plants_use() -> None:
    birch = row("supply", county="birch", good="cloth", year=2031)
    assert figures(birch, "demand", "plants_use", "elsewhere", "coverage") == [20, 10, 30, 1]
    table = FRAMES["supply"]
    met = table["own_county"] + table["elsewhere"] + table["imports"] + table["shortage"]
    assert (met == table["demand"] + table["plants_use"]).all()
    assert row("coverage", province="north", good="cloth", year=2031)["domestic"] == 40


def test_county_budgets() -> None:
    birch = row("county_budgets", county="birch", year=2030)
    assert figures(birch, "revenue", "due", "decided_by", "paid", "shortfall", "subsidy") == [
        40, 50, "quota", 40, 10, 50,
    ]  # fmt: skip
    assert figures(row("national_remittances", year=2030), "due", "paid", "unable", "recycled") == [130, 120, 1, 60]
    assert math.isnan(row("national_remittances", year=2030)["target"])
    assert figures(row("gains", county="cedar"), "kept", "received", "received_value") == [0, 40, 220]


def test_who_pays() -> None:
    alder = row("allocation", county="alder", year=2030)
    assert figures(alder, "central_funds", "local_funds", "donations") == [70, 10, 20]
    assert figures(row("who_pays", year=2030, province="north"), "total", "donated", "premium") == [300, 20, 2]
    total = row("who_pays", year="all years", province="")
    assert figures(total, "province_name", "central", "local", "total") == ["nation", 355, 25, 400]


def test_central_budget_adds_up() -> None:
    table = FRAMES["central_budget"]
    assert (table["funds"] + table["recycled"] + table["reserve_before"] == table["available"]).all()
    spent = table["construction"] + table["subsidies"] + table["support"]
    assert (spent + table["reserve"] + table["lapsed"] == table["available"]).all()


def test_quotas() -> None:
    weave = row("quotas", design="weave", year=2031)
    assert figures(weave, "quota", "excess", "stipends", "stipend", "market_product") == [30, 40, 32, 3.2, 1]
    everything = row("quotas", design="", year=2031)
    assert figures(everything, "design_name", "good_name", "least_county", "least_incentive") == [
        "all designs", "all goods", "Alder", 3.2,
    ]  # fmt: skip


def test_labour() -> None:
    assert figures(row("labour", county="birch", year=2031), "workers", "pool", "product") == [5, 50, 10]


def test_utilisation() -> None:
    weave = row("utilisation", design="weave", year=2031)
    assert figures(weave, "running", "capacity", "used_share", "allowed_share") == [1, 100, 0.7, 0.8]
    assert figures(row("production", plant="weave", year=2031), "usable", "utilisation") == [80, 0.875]
    assert figures(row("support", province="north"), "founded", "works_from", "cloth", "suits") == [2030, 2031, 10, 0]
    cedar = row("existing_industry", county="cedar")
    assert figures(cedar, "usual", "output", "crowded_out", "idle", "modernised") == [20, 10, 10, 0, 2031]


def test_package_items() -> None:
    clinic = row("package_items", item="clinic")
    assert figures(clinic, "year", "counties", "money", "tonnes_steel", "share_steel") == [2031, 1, 60, 2, 0.5]
    assert figures(clinic, "scarcest", "plants") == ["labour", pytest.approx(0.16)]


def test_limits_tell_new_rules_where_they_say_something() -> None:
    told = FRAMES["limits"]
    assert list(zip(told["rule"], told["subject"], told["binds"], strict=True)) == [
        ("modernisations_per_year", "2031", True),
        ("donation_limit", "Alder / 2030", True),
        ("local_input_share", "2030", True),
        ("disparity_limit", "South / Cloth / 2031 / most", True),
        ("dispersion_cap", "North / Suits", True),
        ("national_remittance", "2031", False),
    ]
    # No plant in the south makes cloth, and no one there lacks more than elsewhere: these rows hold by themselves.
    assert len(FRAMES["every_limit"]) == len(RESULT.limits)


@pytest.mark.parametrize(("scope", "index"), [("county", ("alder", 2030)), ("province", ("north", 2030))])
def test_local_input_share_is_told_where_raw_materials_are_used(scope: Any, index: tuple[str, int]) -> None:
    instance = replace(INSTANCE, policy=replace(INSTANCE.policy, local_input_scope=scope))
    unused = ("birch", 2030) if scope == "county" else ("south", 2030)
    limits = tuple(Limit("local_input_share", place, 0.0, 0.0, 0.0) for place in (index, unused))
    table = frames(instance, replace(RESULT, limits=limits))["limits"]
    assert list(table["subject"]) == ["Alder / 2030" if scope == "county" else "North / 2030"]


def test_scarce_means_have_units() -> None:
    assert set(SCARCE) <= set(UNITS)
    assert set(WHERE_BINDING) <= set(SCARCE)
