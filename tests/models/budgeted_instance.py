"""The small instance with prices, quotas and the budgets of its counties, and a plan that keeps all their rules.

The counties get half of their plants' net income, workers a fifth of sales beyond the quota; funds keep half of a
surplus, and half of what counties remit adds to the centre's funds a year later:

              base revenue   essential   quota        rate   fund before
    alder     100, 140, 150  60          30           0.2    20
    birch     50, 50, 4      50          0            0.5    0
    cedar     20             40          30           0      0           remits all it has until its plant runs

              state price   market price
    food      4             6             half of the usable output of new plants goes to the state
    cloth     20            30            a quarter of that of a county plant, nothing of the modernised one's
"""

from models.instance import Instance
from models.plan import Plan
from models.records import Purse
from tests.models.small_instance import (
    changed,
    small_instance,
    small_plan,
    with_county,
    with_design,
    with_entries,
    with_good,
    with_policy,
)


def priced_instance() -> Instance:
    """The small instance with prices, quotas and stipends."""
    found = with_policy(small_instance(), stipend_share=0.2)
    found = with_good(found, "food", state_price=4, market_price=6)
    found = with_good(found, "cloth", state_price=20, market_price=30)
    for design, share in {"food-county": 0.5, "food-provincial": 0.5, "cloth-county": 0.25}.items():
        found = with_design(found, design, quota=share)
    return found


def budgeted_instance() -> Instance:
    """The priced instance with the counties' budgets."""
    found = with_policy(
        priced_instance(),
        plant_income_share=0.5,
        fund_share=0.5,
        recycled_share=0.5,
        donor_premium=0.25,
        subsidy_penalty=0.1,
        shortfall_penalty=2,
    )
    base = {"alder": (100, 140, 150), "birch": (50, 50, 4), "cedar": (20, 20, 20)}
    rest = {"alder": (60, 30, 0.2), "birch": (50, 0, 0.5), "cedar": (40, 30, 0.0)}
    purses = {
        (county, year): Purse(revenue, *rest[county])
        for county, revenues in base.items()
        for year, revenue in zip(found.years, revenues, strict=True)
    }
    return with_county(with_entries(found, "purses", purses), "alder", priority_fund=20)


def budgeted_plan(instance: Instance) -> Plan:
    """The small plan with its budgets.

    Net income of plants, sales and then costs:
    - alder from 2028 on: 3 t of the existing plant's usual 6 are no longer made, (30 - 3) x 3 = 81 less.
    - alder 2029: food, quota 50 of 70 t, 4 x 50 + 0.8 x 6 x 20 = 296, and modernised cloth, 0.8 x 30 x 7 = 168; by the
      tonne 140 + 21, fixed 5 + 1, grain 90 + 30, fibre 15 + 10. In all 464 - 312 - 81 = 71.
    - birch 2027 and 2028: cloth, quota 5 of 20 t, 20 x 5 + 0.8 x 30 x 15 = 460; 80 + 3 + 36 + 40. In all 301.
    - birch 2029: food, quota 200 of 380 t, 4 x 200 + 0.8 x 6 x 180 = 1664; 570 + 12 + 300 + 350. In all 432.
    - cedar 2029: cloth, 460 as in birch; 80 + 3 + 100. In all 277.

    Revenue is the base and half of that: alder 100, 99.5 and 185.5; birch 200.5, 200.5 and 220; cedar 20, 20 and 158.5.
    """
    first, second, third = instance.years
    return changed(
        small_plan(instance),
        # Alder owes max(30, 20), max(30, 19.9) and max(30, 37.1), birch half of its revenue, cedar 30.
        remittance={
            ("alder", first): 30,
            ("alder", second): 30,
            ("alder", third): 37.1,
            ("birch", first): 100.25,
            ("birch", second): 100.25,
            ("birch", third): 110,
            ("cedar", first): 20,
            ("cedar", second): 20,
            ("cedar", third): 30,
        },
        remittance_shortfall={("cedar", first): 10, ("cedar", second): 10},
        # Alder in 2028: 99.5 - 30 + 10.5 + 20 = 60 + 40. Cedar, of which nothing is left: 40 = 40.
        subsidy={("alder", second): 10.5, ("cedar", first): 40, ("cedar", second): 40},
        draw={("alder", second): 20},
        # Alder 100 - 30 - 60 and 185.5 - 37.1 - 60 - 8. Birch 100.25 - 50 - 50, 100.25 - 50 - 30 and 110 - 50. Cedar
        # 158.5 - 30 - 40 - 40.
        surplus={
            ("alder", first): 10,
            ("alder", third): 80.4,
            ("birch", first): 0.25,
            ("birch", second): 20.25,
            ("birch", third): 60,
            ("cedar", third): 48.5,
        },
        # Alder 20 + 5, 25 - 20, 5 + 40.2. Birch 0.125, 0.125 + 10.125, 10.25 + 30. Cedar 24.25.
        priority_fund={
            ("alder", first): 25,
            ("alder", second): 5,
            ("alder", third): 45.2,
            ("birch", first): 0.125,
            ("birch", second): 10.25,
            ("birch", third): 40.25,
            ("cedar", third): 24.25,
        },
        # 150.25 are remitted in 2027 and in 2028. The centre: 200 - 160 - 40 = 0; 200 + 75.125 - 210 - 50.5 = 14.625;
        # 14.625 + 250 + 75.125 - 257 = 82.75.
        reserve={(first,): None, (second,): 14.625, (third,): 82.75},
    )
