"""Limits that policy sets."""

from models.records import Province
from models.verifier import COST_CLAUSES
from tests.models.breaches.breach import PLAN, SMALL, Breach, Obeying
from tests.models.small_instance import with_entries, with_policy

# A province without demand has no coverage that could be the worst.
WITH_EMPTY = with_entries(SMALL, "provinces", {"east": Province("east", "East", "east", least_picks=0, most_picks=1)})

COST = sum(clause(SMALL, PLAN) for clause in COST_CLAUSES.values())

BREACHES = (
    Breach(
        "coverage_floor", "too little from home", ("birch", "cloth", 2029), 10,
        with_policy(SMALL, coverage_floor=0.5, coverage_floor_from=2029),
    ),
    # In 2029 the north gets 300 of 300 t of food from home and the south 150 of 300; in 2028 the north 23 of 30 t of
    # cloth and the south none of 30.
    Breach("disparity_limit", "food", ("food", 2029), 0.1,
           with_policy(WITH_EMPTY, disparity_limit=0.4, disparity_from=2029)),
    Breach("disparity_limit", "cloth a year before", ("cloth", 2028), 23 / 30 - 0.5,
           with_policy(WITH_EMPTY, disparity_limit=0.5, disparity_from=2028)),
    # Food: 500 t of birch's plant and 125 of alder's in the north, 125 of cedar's in the south; 625 of 750. Cloth: 40
    # and 10 of alder's modernised plant, and 40; 50 of 90.
    Breach("dispersion_cap", "food in the north", ("north", "food"), 25, with_policy(SMALL, dispersion_cap=0.8)),
    # In 2029 alder gets all of both goods, birch its food and no cloth, cedar half of its food and two thirds of its
    # cloth: 1, 1/2 and 7/12, with an unevenness of 1/9 and a mean of 25/36.
    Breach("gini_cap", "cedar", (2029,), 1 / 9 - 0.1 * 25 / 36,
           with_policy(SMALL, gini_cap=0.1, gini_cap_from=2029)),
    # 10,000 people in each county lack nothing, 1/2 and 5/12.
    Breach("uncovered_cap", "a sixth", ("total",), 55_000 / 6 - 9_000,
           with_policy(SMALL, uncovered_cap=9_000, objective_from=2029)),
    Breach("cost_cap", "one too many", ("total",), 1, with_policy(SMALL, cost_cap=COST - 1)),
)  # fmt: skip

OBEYING = (
    Obeying("disparity_limit", "half", with_policy(WITH_EMPTY, disparity_limit=0.5, disparity_from=2029)),
    Obeying("dispersion_cap", "625 of 750", with_policy(SMALL, dispersion_cap=625 / 750)),
    Obeying("gini_cap", "0.16", with_policy(SMALL, gini_cap=0.16, gini_cap_from=2029)),
    Obeying("uncovered_cap", "just as many", with_policy(SMALL, uncovered_cap=55_000 / 6, objective_from=2029)),
    Obeying("cost_cap", "just as much", with_policy(SMALL, cost_cap=COST)),
)
