"""A small instance built by hand, a plan that obeys every rule of it, and ways to alter both.

Two provinces, three counties, two goods, four designs and three years. Every limit is finite and every
figure round, so that a test can follow the arithmetic:

              food demand   cloth demand   may join     site cost index
    alder     100 t/yr      10 t/yr        any year     1.0              north, has a cloth plant of 6 t/yr
    birch     200           20             any year     1.0              north, the site of the provincial plant
    cedar     300           30             from 2028    1.5              south

    design            usable t/yr   lead   lifetime   investment   where
    food-county       100           1      20         100          everywhere (150 in cedar)
    food-provincial   400           2      20         300          birch
    cloth-county      20            0      2          60           everywhere (90 in cedar)
    cloth-modern      10            0      20         20           alder, modernises its cloth plant

Food may be imported but not be short; cloth may be short but not be imported. Food from birch may go to
both others; all else is used at home. Picks are exact: 1, 1 and 2, of which the last runs out, for
the third county is the only one left.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.instance import Instance
from models.plan import Plan
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

YEARS = (2027, 2028, 2029)


def small_instance(**changes: Any) -> Instance:
    """The small instance, with the fields of `Instance` named in `changes` replaced."""
    fields: dict[str, Any] = {
        "title": "Small case",
        "variant": "both",
        "currency": "won",
        "years": YEARS,
        "tail_years": 1,
        # Money of 2027, 2028 and 2029 weighs 1, 0.8 and 0.64; running costs of 2029 weigh 0.64 + 0.512 = 1.152.
        "discount_rate": 0.25,
        "policy": Policy(
            picks_exact=True,
            join_all=True,
            build_window=1,
            min_plants=2,
            one_per_good=True,
            least_central_share=0.5,
            most_central_share=0.9,
            reserve_carried=True,
        ),
        "provinces": {
            "north": Province("north", "North", "북", least_picks=1, most_picks=1),
            "south": Province("south", "South", "남", least_picks=0, most_picks=1),
        },
        "counties": {
            "alder": _county("alder", "north", workers=7, market_product=2, local_funds=60, local_labour=8),
            "birch": _county("birch", "north", workers=16, market_product=2, local_funds=50, local_labour=10),
            "cedar": _county("cedar", "south", workers=10, market_product=3, local_funds=40, local_labour=6,
                             eligible_from=2028, site_cost_index=1.5),
        },
        "goods": {
            "food": Good("food", "Foodstuffs", "식료품", import_price=10, import_currency=2, shortage_penalty=None),
            "cloth": Good("cloth", "Clothing", "옷", import_price=None, import_currency=0, shortage_penalty=100),
        },
        "scales": {"county": Scale("county", "County"), "provincial": Scale("provincial", "Provincial")},
        "designs": {
            "food-county": _design("food-county", "food", "county", lead=1, lifetime=20, utilisation=0.8,
                                   inputs={"grain": 1.5}),
            "food-provincial": _design("food-provincial", "food", "provincial", lead=2, lifetime=20, utilisation=0.8,
                                       inputs={"grain": 1.25}),
            "cloth-county": _design("cloth-county", "cloth", "county", lead=0, lifetime=2, utilisation=0.5,
                                    inputs={"fibre": 1}),
            "cloth-modern": _design("cloth-modern", "cloth", "county", lead=0, lifetime=20, utilisation=1,
                                    inputs={"fibre": 1}, modernisation=True),
        },
        "materials": {"cement": Material("cement", "Cement"), "steel": Material("steel", "Steel")},
        "inputs": {
            "grain": Input("grain", "Grain", local_price=1, bought_price=2),
            "fibre": Input("fibre", "Fibre", local_price=3, bought_price=5),
        },
        "items": {
            "clinic": PackageItem("clinic", "Clinic", from_year=2028, investment=30, construction_labour=5,
                                  materials={"cement": 8}),
        },
        "options": {
            ("alder", "food-county"): food_county(100),
            ("birch", "food-county"): food_county(100),
            ("cedar", "food-county"): food_county(150),
            ("birch", "food-provincial"): BuildOption(
                capacity=500, investment=300, fixed_cost=12, variable_cost=1.5, construction_labour=40, workers=10,
                max_plants=1, materials={"cement": 60, "steel": 20},
            ),
            ("alder", "cloth-county"): cloth_county(60),
            ("birch", "cloth-county"): cloth_county(60),
            ("cedar", "cloth-county"): cloth_county(90),
            ("alder", "cloth-modern"): BuildOption(
                capacity=10, investment=20, fixed_cost=1, variable_cost=3, construction_labour=2, workers=2,
                max_plants=1, materials={"steel": 1},
            ),
        },
        "demand": {
            (county, good, year): tonnes * size
            for county, size in {"alder": 1, "birch": 2, "cedar": 3}.items()
            for good, tonnes in {"food": 100.0, "cloth": 10.0}.items()
            for year in YEARS
        },
        "lanes": {
            **{(code, code, good): Lane(0, 0) for code in ("alder", "birch", "cedar") for good in ("food", "cloth")},
            ("birch", "alder", "food"): Lane(distance=50, cost=0.5),
            ("birch", "cedar", "food"): Lane(distance=100, cost=1),
        },
        "existing": {("alder", "cloth"): ExistingPlant(capacity=6, variable_cost=3, crowded_out=0.5)},
        "input_supply": {
            ("alder", "grain"): 90, ("birch", "grain"): 300, ("cedar", "grain"): 100,
            ("alder", "fibre"): 5, ("birch", "fibre"): 12,
        },
        "local_material": {("alder", "cement"): 10, ("birch", "cement"): 15, ("cedar", "cement"): 20},
        "decided": {"birch": 2027},
        "picks": {2027: 1, 2028: 1, 2029: 2},
        "central_funds": {2027: 200, 2028: 200, 2029: 250},
        "central_labour": {2027: 20, 2028: 20, 2029: 20},
        "central_material": {
            ("cement", 2027): 30, ("cement", 2028): 40, ("cement", 2029): 30,
            ("steel", 2027): 15, ("steel", 2028): 15, ("steel", 2029): 15,
        },
        "import_currency": {2027: 1300, 2028: 1300, 2029: 500},
    }  # fmt: skip
    return Instance(**{**fields, **changes})


def food_county(investment: float) -> BuildOption:
    """A county food plant: 0.8 x 125 = 100 t/yr."""
    return BuildOption(
        capacity=125,
        investment=investment,
        fixed_cost=5,
        variable_cost=2,
        construction_labour=10,
        workers=4,
        max_plants=2,
        materials={"cement": 20},
    )


def cloth_county(investment: float) -> BuildOption:
    """A county clothing plant: 0.5 x 40 = 20 t/yr."""
    return BuildOption(
        capacity=40,
        investment=investment,
        fixed_cost=3,
        variable_cost=4,
        construction_labour=6,
        workers=5,
        max_plants=2,
        materials={"cement": 10, "steel": 2},
    )


def _county(code: str, province: str, **means: Any) -> County:
    known: dict[str, Any] = {"eligible_from": 2027, "site_cost_index": 1.0, **means}
    return County(
        code=code,
        name=code.title(),
        local_name=code,
        province=province,
        kind="county",
        population=10_000,
        latitude=None,
        longitude=None,
        **known,
    )


def _design(
    code: str,
    good: str,
    scale: str,
    *,
    lead: int,
    lifetime: float,
    utilisation: float,
    inputs: Mapping[str, float],
    modernisation: bool = False,
) -> Design:
    return Design(code, code, good, scale, modernisation, lead, lifetime, utilisation, inputs)


def altered(instance: Instance, family: str, key: Any, **changes: Any) -> Instance:
    """`instance` with some attributes of one entry replaced: `altered(instance, "options", ("alder", "food-county"),
    capacity=5)`."""
    return with_entries(instance, family, {key: replace(getattr(instance, family)[key], **changes)})


def with_county(instance: Instance, county: str, **changes: Any) -> Instance:
    """`instance` with some attributes of a county replaced."""
    return altered(instance, "counties", county, **changes)


def with_province(instance: Instance, province: str, **changes: Any) -> Instance:
    """`instance` with some attributes of a province replaced."""
    return altered(instance, "provinces", province, **changes)


def with_good(instance: Instance, good: str, **changes: Any) -> Instance:
    """`instance` with some attributes of a good replaced."""
    return altered(instance, "goods", good, **changes)


def with_design(instance: Instance, design: str, **changes: Any) -> Instance:
    """`instance` with some attributes of a design replaced."""
    return altered(instance, "designs", design, **changes)


def with_option(instance: Instance, county: str, design: str, **changes: Any) -> Instance:
    """`instance` with some attributes of what a design is in a county replaced."""
    return altered(instance, "options", (county, design), **changes)


def with_policy(instance: Instance, **changes: Any) -> Instance:
    """`instance` with some settings of its policy replaced."""
    return replace(instance, policy=replace(instance.policy, **changes))


def with_entries(instance: Instance, family: str, entries: Mapping[Any, Any]) -> Instance:
    """`instance` with entries of one mapping set: `with_entries(instance, "picks", {2027: 2})`."""
    changes: dict[str, Any] = {family: {**getattr(instance, family), **entries}}
    return replace(instance, **changes)


def without_entries(instance: Instance, family: str, *keys: Any) -> Instance:
    """`instance` without some entries of one mapping."""
    kept = {key: value for key, value in getattr(instance, family).items() if key not in keys}
    changes: dict[str, Any] = {family: kept}
    return replace(instance, **changes)


def small_plan(instance: Instance) -> Plan:
    """A plan of the small instance that obeys every rule; `instance` says only where the years and limits come from.

    Birch joins in 2027 (decided), alder in 2028 and cedar, the last one left, in 2029.
    """
    first, second, third = instance.years
    return Plan(
        select={("birch", first): 1, ("alder", second): 1, ("cedar", third): 1},
        # Birch: the provincial plant runs from 2029, the cloth plant in 2027 and 2028 (lifetime 2). Alder: the food
        # plant runs from 2029, the modernised plant, started a year after joining, at once. Cedar: cloth at
        # once, food from 2030. Workers in 2029: alder 4 + 2 of 7, birch 10 of 16, cedar 5 of 10.
        start={
            ("birch", "food-provincial", first): 1,
            ("birch", "cloth-county", first): 1,
            ("alder", "food-county", second): 1,
            ("alder", "cloth-modern", third): 1,
            ("cedar", "food-county", third): 1,
            ("cedar", "cloth-county", third): 1,
        },
        # Food of 2029: birch makes 200 + 150 + 30 = 380 of 400, alder 70 of 100.
        produce={
            ("birch", "food-provincial", third): 380,
            ("alder", "food-county", third): 70,
            ("birch", "cloth-county", first): 20,
            ("birch", "cloth-county", second): 20,
            ("alder", "cloth-modern", third): 7,
            ("cedar", "cloth-county", third): 20,
        },
        # Half of alder's 6 t/yr is crowded out from 2028 on.
        produce_existing={("alder", "cloth", first): 6, ("alder", "cloth", second): 3, ("alder", "cloth", third): 3},
        ship={
            ("alder", "alder", "cloth", first): 6,
            ("alder", "alder", "cloth", second): 3,
            ("alder", "alder", "cloth", third): 10,
            ("birch", "birch", "cloth", first): 20,
            ("birch", "birch", "cloth", second): 20,
            ("cedar", "cedar", "cloth", third): 20,
            ("alder", "alder", "food", third): 70,
            ("birch", "alder", "food", third): 30,
            ("birch", "birch", "food", third): 200,
            ("birch", "cedar", "food", third): 150,
        },
        # Currency: 600 t x 2 = 1200 of 1300 in 2027 and 2028, 150 t x 2 = 300 of 500 in 2029.
        imports={
            ("alder", "food", first): 100,
            ("birch", "food", first): 200,
            ("cedar", "food", first): 300,
            ("alder", "food", second): 100,
            ("birch", "food", second): 200,
            ("cedar", "food", second): 300,
            ("cedar", "food", third): 150,
        },
        shortage={
            ("alder", "cloth", first): 4,
            ("alder", "cloth", second): 7,
            ("birch", "cloth", third): 20,
            ("cedar", "cloth", first): 30,
            ("cedar", "cloth", second): 30,
            ("cedar", "cloth", third): 10,
        },
        # Grain of 2029: birch 380 x 1.25 = 475, alder 70 x 1.5 = 105. Fibre: a tonne a tonne.
        local_input={
            ("birch", "grain", third): 300,
            ("alder", "grain", third): 90,
            ("birch", "fibre", first): 12,
            ("birch", "fibre", second): 12,
            ("alder", "fibre", third): 5,
        },
        bought_input={
            ("birch", "grain", third): 175,
            ("alder", "grain", third): 15,
            ("birch", "fibre", first): 8,
            ("birch", "fibre", second): 8,
            ("alder", "fibre", third): 2,
            ("cedar", "fibre", third): 20,
        },
        # Money: birch 300/2 + 60 = 210 in 2027 and 150 in 2028; alder 100 + 30 (clinic) = 130 in 2028 and 20 in 2029;
        # cedar 150 + 90 + 30 x 1.5 = 285 in 2029. The centre's share lies between 0.5 and 0.9 everywhere.
        central_funds={
            ("birch", first): 160,
            ("birch", second): 120,
            ("alder", second): 90,
            ("alder", third): 12,
            ("cedar", third): 245,
        },
        local_funds={
            ("birch", first): 50,
            ("birch", second): 30,
            ("alder", second): 40,
            ("alder", third): 8,
            ("cedar", third): 40,
        },
        # The centre: 200 - 160 = 40; 40 + 200 - 210 = 30; 30 + 250 - 257 = 23.
        reserve={(first,): 40, (second,): 30, (third,): 23},
        # Labour: birch 40/2 + 6 = 26 in 2027 and 20 in 2028; alder 10 + 5 = 15 in 2028 and 2 in 2029; cedar
        # 10 + 6 + 5 = 21. The centre gives 16, 17 and 15 of 20.
        central_labour={("birch", first): 16, ("birch", second): 10, ("alder", second): 7, ("cedar", third): 15},
        local_labour={
            ("birch", first): 10,
            ("birch", second): 10,
            ("alder", second): 8,
            ("alder", third): 2,
            ("cedar", third): 6,
        },
        # Cement: birch 60/2 + 10 = 40 and 30, alder 20 + 8 = 28, cedar 20 + 10 + 8 = 38. Steel: birch 20/2 + 2 = 12
        # and 10, alder 1, cedar 2, all from the centre.
        central_material={
            ("birch", "cement", first): 25,
            ("birch", "cement", second): 15,
            ("alder", "cement", second): 18,
            ("cedar", "cement", third): 18,
            ("birch", "steel", first): 12,
            ("birch", "steel", second): 10,
            ("alder", "steel", third): 1,
            ("cedar", "steel", third): 2,
        },
        local_material={
            ("birch", "cement", first): 15,
            ("birch", "cement", second): 15,
            ("alder", "cement", second): 10,
            ("cedar", "cement", third): 20,
        },
        # Nothing is made of goods, nobody donates, and no county's budget is planned.
        made_input={},
        donations={},
        support={},
        remittance={},
        remittance_shortfall={},
        subsidy={},
        surplus={},
        draw={},
        priority_fund={},
    )


def changed(plan: Plan, **changes: Mapping[Any, float | None]) -> Plan:
    """`plan` with values set, or left out where None: `changed(plan, imports={("cedar", "food", 2029): 160})`."""
    fields: dict[str, Any] = {}
    for name, entries in changes.items():
        values = {**getattr(plan, name), **entries}
        fields[name] = {index: value for index, value in values.items() if value is not None}
    return replace(plan, **fields)
