"""A problem and a plan small enough to check every figure of a report in the head.

Two provinces, three counties, two goods, two years. Anju (named `=1+1` in the workbook, to try formulas) joins in
2024 and Chongsan in 2025; Bukchang never does.
"""

import math
from dataclasses import replace

from models.instance import Instance
from models.plan import Charge, Limit, Plan, Result, Status
from models.records import (
    BuildOption,
    County,
    Design,
    ExistingPlant,
    Good,
    Input,
    Lane,
    Material,
    PackageItem,
    Policy,
    Province,
    Scale,
)
from reports.background import Background
from tests.models.tiny_instance import a_plan

YEARS = (2024, 2025)


def county(code: str, name: str, local_name: str, province: str, population: float) -> County:
    return County(
        code=code,
        name=name,
        local_name=local_name,
        province=province,
        kind="county",
        population=population,
        latitude=None,
        longitude=None,
        eligible_from=2024,
        workers=math.inf,
        market_product=0.0,
        local_funds=1000.0,
        local_labour=10.0,
        site_cost_index=1.0,
    )


def design(code: str, name: str, good: str, scale: str, lead_years: int, utilisation: float) -> Design:
    modernisation = code == "slow"
    inputs = {"grain": 1.0} if good == "food" else {}
    return Design(code, name, good, scale, modernisation, lead_years, math.inf, utilisation, inputs)


def option(capacity: float, investment: float) -> BuildOption:
    return BuildOption(
        capacity=capacity,
        investment=investment,
        fixed_cost=0.0,
        variable_cost=0.0,
        construction_labour=10.0,
        workers=5.0,
        max_plants=2,
        materials={"cement": 200.0, "steel": 0.0},
    )


def build_instance() -> Instance:
    demand = {
        (place, good, year): {"anju": 100.0, "buk": 60.0, "chong": 40.0}[place] if good == "food" else 100.0
        for place in ("anju", "buk", "chong")
        for good in ("food", "soap")
        for year in YEARS
    }
    lanes = {(place, place, good): Lane(0.0, 0.0) for place in ("anju", "buk", "chong") for good in ("food", "soap")}
    lanes |= {("anju", "buk", "food"): Lane(50.0, 2.0)}
    lanes |= {("chong", "anju", "soap"): Lane(100.0, 3.0), ("chong", "buk", "soap"): Lane(200.0, 6.0)}
    return Instance(
        title="Two provinces & a plan",
        variant="both",
        currency="million won",
        years=YEARS,
        tail_years=1,
        discount_rate=0.25,
        policy=Policy(True, False, 0, 0, False, 0.0, 1.0, False),
        provinces={
            "north": Province("north", "North", "북도", 0, math.inf),
            "south": Province("south", "South", "남도", 0, math.inf),
        },
        counties={
            "anju": county("anju", "=1+1", "안주시", "north", 1000.0),
            "chong": county("chong", "Chongsan", "청산군", "south", 3000.0),
            "buk": county("buk", "Bukchang", "북창군", "north", 6000.0),
        },
        goods={
            "food": Good("food", "Foodstuffs", "식료품", 9.0, 1.0, 99.0),
            "soap": Good("soap", "Soap", "비누", 9.0, 1.0, 99.0),
        },
        scales={"county": Scale("county", "County"), "provincial": Scale("provincial", "Provincial")},
        designs={
            "small": design("small", "Small food works", "food", "county", 1, 0.8),
            "slow": design("slow", "Modernised food works", "food", "county", 2, 1.0),
            "big": design("big", "Big soap works", "soap", "provincial", 0, 1.0),
        },
        materials={"cement": Material("cement", "Cement"), "steel": Material("steel", "Steel")},
        inputs={"grain": Input("grain", "Grain", 2.0, 5.0)},
        items={"hospital": PackageItem("hospital", "Hospital", 2025, 200.0, 0.0, {})},
        options={
            ("anju", "small"): option(100.0, 1000.0),
            ("anju", "slow"): option(10.0, 600.0),
            ("chong", "big"): option(500.0, 5000.0),
        },
        demand=demand,
        lanes=lanes,
        existing={("anju", "food"): ExistingPlant(40.0, 1.0, 0.5), ("buk", "food"): ExistingPlant(60.0, 1.0, 0.5)},
        input_supply={("anju", "grain"): 90.0},
        local_material={},
        decided={"anju": 2024},
        picks={2024: 1, 2025: 1},
        central_funds={2024: 2000.0, 2025: math.inf},
        central_labour={2024: 100.0, 2025: 100.0},
        central_material={
            ("cement", 2024): 500.0,
            ("cement", 2025): 1000.0,
            ("steel", 2024): 1.0,
            ("steel", 2025): 1.0,
        },
        import_currency={2024: math.inf, 2025: math.inf},
    )


def build_plan() -> Plan:
    return a_plan(
        select={("anju", 2024): 1.0, ("chong", 2025): 0.9999999},
        start={("anju", "small", 2024): 2.0000001, ("anju", "slow", 2024): 1.0, ("chong", "big", 2025): 1.0},
        produce={("anju", "small", 2025): 120.0, ("chong", "big", 2025): 300.0},
        produce_existing={("anju", "food", 2024): 20.0, ("buk", "food", 2024): 50.0, ("buk", "food", 2025): 30.0},
        ship={
            ("anju", "anju", "food", 2024): 20.0,
            ("buk", "buk", "food", 2024): 50.0,
            ("anju", "anju", "food", 2025): 90.0,
            ("anju", "buk", "food", 2025): 30.0,
            ("buk", "buk", "food", 2025): 30.0,
            ("chong", "chong", "soap", 2025): 100.0,
            ("chong", "anju", "soap", 2025): 100.0,
            ("chong", "buk", "soap", 2025): 100.0,
        },
        imports={
            ("chong", "food", 2024): 40.0,
            ("chong", "food", 2025): 40.0,
            ("anju", "soap", 2024): 100.0,
            ("buk", "soap", 2024): 100.0,
            ("chong", "soap", 2024): 100.0,
        },
        shortage={("anju", "food", 2024): 80.0, ("buk", "food", 2024): 10.0, ("anju", "food", 2025): 10.0},
        local_input={("anju", "grain", 2025): 90.0},
        bought_input={("anju", "grain", 2025): 30.0},
        # Anju in 2024: 2 x 1000 and half of 600; in 2025 the other half. Chongsan in 2025: 5000 and a hospital of 200.
        central_funds={("anju", 2024): 1800.0, ("anju", 2025): 300.0, ("chong", 2025): 5000.0},
        local_funds={("anju", 2024): 500.0, ("chong", 2025): 200.0},
        central_labour={("anju", 2024): 15.5, ("chong", 2025): 10.0},
        local_labour={("anju", 2024): 9.5, ("anju", 2025): 5.0},
        central_material={("anju", "cement", 2024): 500.0, ("chong", "cement", 2025): 200.0},
        local_material={("anju", "cement", 2025): 100.0},
    )


def build_result() -> Result:
    return Result(
        status=Status.SOLVED,
        plan=build_plan(),
        objective=12000.0,
        bound=11940.0,
        gap=0.005,
        seconds=1.5,
        solver="HiGHS",
        charges=(
            Charge("investment", "anju", 2024, 2300.0),
            Charge("investment", "anju", 2025, 240.0),
            Charge("investment", "chong", 2025, 4160.0),
            Charge("transport", "anju", 2025, 300.0),
            Charge("transport", "buk", 2025, 5000.0),
        ),
        limits=(
            Limit("capacity", ("anju", "small", 2024), 0.0, 0.0, 0.0),
            Limit("capacity", ("anju", "small", 2025), 120.0, 160.0, 40.0),
            Limit("capacity", ("chong", "big", 2025), 300.0, 500.0, 200.0),
            Limit("central_budget", (2024,), 1800.0, 2000.0, 200.0),
            Limit("central_budget", (2025,), 5300.0, math.inf, math.inf),
            Limit("central_material_pool", ("cement", 2024), 500.0, 500.0, 0.0),
            Limit("workers", ("anju", 2025), 10.0, 10.0, 0.0),
            Limit("workers", ("chong", 2025), 5.0, 50.0, 45.0),
            Limit("province_picks", ("north", 2024, "most"), 1.0, 2.0, 1.0),
        ),
        provenance={"seed": "1"},
    )


def without_plan(status: Status) -> Result:
    return Result(status, None, None, None, None, 2.0, "HiGHS", (), ())


def stopped(*, interrupted: bool) -> Result:
    return replace(build_result(), status=Status.STOPPED, interrupted=interrupted, bound=None, gap=None)


BACKGROUND = Background(
    workbook="two-provinces.xlsx",
    sha256="0" * 64,
    command="countyplan solve two-provinces.xlsx",
    options={"gap": "0.01"},
    versions={"python": "3.11.2", "pulp": "3.3.2"},
    seconds=3.25,
    notes=("Settings: discount_rate took its default",),
    assumptions=(("Designs", "small", "like plants elsewhere"), ("Goods", "food", '=HYPERLINK("x")')),
    sources=(("census", "Census of 2008", "https://example.org"),),
)
