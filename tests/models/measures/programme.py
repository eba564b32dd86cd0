"""A problem with every mechanism at work, and a plan of it, small enough to check each figure in the head.

Alder and birch lie in the north, cedar in the south; the years are 2030 and 2031. Two goods: cloth, and suits made
of it. Alder weaves cloth from 2030 on and sends it to both others; birch tailors suits from 2031 on, of cloth from
alder; cedar has an old suit factory, joins in 2031 and starts to modernise it.

             people   cloth wanted   suits wanted   base revenue   essential   quota   rate
    alder     2,000   20 t/yr        10 t/yr        100            60          30      20 %
    birch     2,000   20             10             40             50          50      10
    cedar     6,000   60             30             200            100         40      25

    design    what              capacity   usable 2030, 2031   quota   inputs     workers   money   labour   steel
    weave     cloth, county     100 t/yr   50, 60 (base: 80)   50 %    fibre      10        100     20       10
    tailor    suits, province   40         40 from 2031        none    cloth 1/2  5         200     30       30
    renew     suits, county     30         30 after the plan   none    none       5         40      5        0
"""

from dataclasses import replace

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
    Purse,
    Scale,
)
from tests.models.tiny_instance import a_plan, tiny_instance

YEARS = (2030, 2031)
COUNTIES = ("alder", "birch", "cedar")
PURSES = {
    "alder": Purse(base_revenue=100, essential=60, quota=30, rate=0.2),
    "birch": Purse(base_revenue=40, essential=50, quota=50, rate=0.1),
    "cedar": Purse(base_revenue=200, essential=100, quota=40, rate=0.25),
}
WANTED = {"alder": (20.0, 10.0), "birch": (20.0, 10.0), "cedar": (60.0, 30.0)}


def programme() -> Instance:
    """The problem."""
    return replace(
        tiny_instance(),
        title="Cloth and suits",
        variant="both",
        currency="crowns",
        years=YEARS,
        policy=_policy(),
        provinces={
            "north": Province("north", "North", "", 0, 9, support_uplift=0.2, support_cost=10),
            "south": Province("south", "South", "", 0, 9),
        },
        counties={
            "alder": _county("alder", "north", 2_000, market_product=1, donations=20, priority_fund=5),
            "birch": _county("birch", "north", 2_000, market_product=2),
            "cedar": _county("cedar", "south", 6_000, site_cost_index=2),
        },
        goods={
            "cloth": Good("cloth", "Cloth", "", 4, 1, None, state_price=2, market_price=4),
            "suits": Good("suits", "Suits", "", None, 0, 20, state_price=8, market_price=10),
        },
        scales={"county": Scale("county", "County"), "provincial": Scale("provincial", "Provincial")},
        designs={
            "weave": _design("weave", "cloth", 0, 0.5, {"fibre": 1}, quota=0.5, yearly_utilisation={2031: 0.6}),
            "tailor": _design("tailor", "suits", 1, 1.0, {"fabric": 0.5}, scale="provincial"),
            "renew": _design("renew", "suits", 1, 1.0, {}, modernisation=True),
        },
        materials={"steel": Material("steel", "Steel")},
        inputs={
            "fibre": Input("fibre", "Fibre", local_price=1, bought_price=2),
            "fabric": Input("fabric", "Fabric", local_price=3, bought_price=5, good="cloth"),
        },
        items={"clinic": PackageItem("clinic", "Clinic", 2031, 30, 4, {"steel": 2})},
        options={
            ("alder", "weave"): BuildOption(100, 100, 5, 0.5, 20, 10, 1, {"steel": 10}),
            ("cedar", "weave"): BuildOption(100, 200, 5, 0.5, 20, 10, 1, {"steel": 10}),
            ("birch", "tailor"): BuildOption(40, 200, 10, 1, 30, 5, 1, {"steel": 30}),
            ("cedar", "renew"): BuildOption(30, 40, 0, 0, 5, 5, 1, {}),
        },
        demand={
            (county, good, year): amount
            for county, amounts in WANTED.items()
            for good, amount in zip(("cloth", "suits"), amounts, strict=True)
            for year in YEARS
        },
        lanes={
            **{(county, county, good): Lane(0, 0) for county in COUNTIES for good in ("cloth", "suits")},
            ("alder", "birch", "cloth"): Lane(10, 1),
            ("alder", "cedar", "cloth"): Lane(50, 5),
            ("birch", "cedar", "suits"): Lane(40, 4),
        },
        existing={("cedar", "suits"): ExistingPlant(capacity=20, variable_cost=1, crowded_out=0.5)},
        input_supply={("alder", "fibre"): 40, ("cedar", "fibre"): 200},
        decided={},
        picks={2030: 2, 2031: 1},
        central_funds={2030: 400, 2031: 150},
        central_labour={2030: 60, 2031: 10},
        central_material={("steel", 2030): 40, ("steel", 2031): 4},
        import_currency={2030: 100, 2031: 100},
        purses={(county, year): purse for year in YEARS for county, purse in PURSES.items()},
        national_remittance={2031: 110},
        modernisations={2030: 0, 2031: 1},
    )


def programme_plan() -> Plan:
    """The plan.

    Incomes: alder earns 50 at the state price and 0.8 x 100 at the market price in 2030, less 30 of costs and 40 x 1 +
    10 x 2 of fibre: 40; in 2031 60 + 0.8 x 160 - 40 - (40 + 60) = 48. Birch in 2031: 0.8 x 200 - 30 - 10 x 4 of
    cloth = 90. Cedar in 2031 loses (10 - 1) x 10 with its old factory. Half of each is the county's.

    Revenues: alder 120, 124; birch 40, 85; cedar 200, 155. Due: alder 30, 30 (quota); birch 50, 50 (quota), of which
    it can pay 40 in 2030; cedar 50 (rate), 40 (quota).
    """
    return a_plan(
        select={("alder", 2030): 1, ("birch", 2030): 1, ("cedar", 2031): 1},
        start={("alder", "weave", 2030): 1, ("birch", "tailor", 2030): 1, ("cedar", "renew", 2031): 1},
        # The base in the north lets alder weave 10 t more than 60 in 2031.
        produce={("alder", "weave", 2030): 50, ("alder", "weave", 2031): 70, ("birch", "tailor", 2031): 20},
        produce_existing={("cedar", "suits", 2030): 20, ("cedar", "suits", 2031): 10},
        ship={
            ("alder", "alder", "cloth", 2030): 20,
            ("alder", "birch", "cloth", 2030): 20,
            ("alder", "cedar", "cloth", 2030): 10,
            ("alder", "alder", "cloth", 2031): 20,
            ("alder", "birch", "cloth", 2031): 30,
            ("alder", "cedar", "cloth", 2031): 20,
            ("cedar", "cedar", "suits", 2030): 20,
            ("birch", "birch", "suits", 2031): 10,
            ("birch", "cedar", "suits", 2031): 10,
            ("cedar", "cedar", "suits", 2031): 10,
        },
        imports={("cedar", "cloth", 2030): 50, ("cedar", "cloth", 2031): 40},
        shortage={
            ("alder", "suits", 2030): 10,
            ("birch", "suits", 2030): 10,
            ("cedar", "suits", 2030): 10,
            ("alder", "suits", 2031): 10,
            ("cedar", "suits", 2031): 10,
        },
        local_input={("alder", "fibre", 2030): 40, ("alder", "fibre", 2031): 40},
        bought_input={("alder", "fibre", 2030): 10, ("alder", "fibre", 2031): 30},
        made_input={("birch", "fabric", 2031): 10},
        # Alder 100; birch 200; cedar 40 for its factory and 30 x 2 for the clinic.
        central_funds={("alder", 2030): 70, ("birch", 2030): 200, ("cedar", 2031): 85},
        local_funds={("alder", 2030): 10, ("cedar", 2031): 15},
        donations={("alder", 2030): 20},
        central_labour={("alder", 2030): 15, ("birch", 2030): 30, ("cedar", 2031): 9},
        local_labour={("alder", 2030): 5},
        central_material={("alder", "steel", 2030): 10, ("birch", "steel", 2030): 30, ("cedar", "steel", 2031): 2},
        # 400 - 270 - 50 - 10 = 70; 150 + 0.5 x 120 + 70 - 85 - 15 = 180.
        reserve={(2030,): 70, (2031,): 180},
        support={("north", 2030): 1},
        remittance={
            ("alder", 2030): 30, ("alder", 2031): 30, ("birch", 2030): 40, ("birch", 2031): 50, ("cedar", 2030): 50,
            ("cedar", 2031): 40,
        },
        remittance_shortfall={("birch", 2030): 10},
        subsidy={("birch", 2030): 50, ("birch", 2031): 15},
        surplus={("alder", 2030): 20, ("alder", 2031): 38, ("cedar", 2030): 50},
        draw={("alder", 2031): 4},
        # 5 + 10; 15 - 4 + 19; 0 + 25.
        priority_fund={("alder", 2030): 15, ("alder", 2031): 30, ("cedar", 2030): 25, ("cedar", 2031): 25},
    )  # fmt: skip


def _policy() -> Policy:
    return Policy(
        picks_exact=True,
        join_all=True,
        build_window=0,
        min_plants=1,
        one_per_good=False,
        least_central_share=0.5,
        most_central_share=1,
        reserve_carried=True,
        plant_income_share=0.5,
        stipend_share=0.2,
        least_stipend=0.5,
        recycled_share=0.5,
        fund_share=0.5,
        donor_premium=0.1,
        most_donated_share=0.3,
        subsidy_penalty=0.1,
        shortfall_penalty=1,
        local_input_share=0.25,
        local_input_scope="nation",
        support_lead=1,
    )


def _county(code: str, province: str, population: float, **changes: float) -> County:
    figures = {"market_product": 0.0, "site_cost_index": 1.0, "donations": 0.0, "priority_fund": 0.0} | changes
    return County(
        code=code,
        name=code.capitalize(),
        local_name="",
        province=province,
        kind="county",
        population=population,
        latitude=None,
        longitude=None,
        eligible_from=2030,
        workers=50,
        local_funds=1_000,
        local_labour=5,
        **figures,
    )


def _design(
    code: str, good: str, lead_years: int, utilisation: float, inputs: dict[str, float], **changes: object
) -> Design:
    parts = {"scale": "county", "modernisation": False, "lifetime_years": 20} | changes
    return Design(
        code=code, name=code.capitalize(), good=good, lead_years=lead_years, utilisation=utilisation, inputs=inputs,
        **parts,
    )  # fmt: skip
