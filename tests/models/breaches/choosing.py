"""Who joins, and when."""

from collections.abc import Mapping
from typing import Any

from tests.models.breaches.breach import PLAN, SMALL, Breach
from tests.models.small_instance import changed, small_instance, with_county, with_entries, with_policy, with_province

NO_PACKAGE: Mapping[str, Any] = {"min_plants": 0, "one_per_good": False}

# Without the clinic alder needs 100 in 2028 and cedar 240 in 2029; 10 and 16 person-years; 20 and 30 t of cement.
# The centre: 40 + 200 - 180 = 60; 60 + 250 - 212 = 98.
NO_CLINIC = small_instance(items={})
PLAN_WITHOUT_CLINIC = changed(
    PLAN,
    central_funds={("alder", 2028): 60, ("cedar", 2029): 200},
    reserve={(2028,): 60, (2029,): 98},
    central_labour={("alder", 2028): 2, ("cedar", 2029): 10},
    central_material={("alder", "cement", 2028): 10, ("cedar", "cement", 2029): 10},
)

# Without cedar the centre keeps 30 + 250 - 12 = 268 of 2029, and cedar is short of all its cloth.
PLAN_WITHOUT_CEDAR = changed(
    PLAN,
    select={("cedar", 2029): None},
    start={("cedar", "food-county", 2029): None, ("cedar", "cloth-county", 2029): None},
    produce={("cedar", "cloth-county", 2029): None},
    ship={("cedar", "cedar", "cloth", 2029): None},
    shortage={("cedar", "cloth", 2029): 30},
    bought_input={("cedar", "fibre", 2029): None},
    central_funds={("cedar", 2029): None},
    local_funds={("cedar", 2029): None},
    reserve={(2029,): 268},
    central_labour={("cedar", 2029): None},
    local_labour={("cedar", 2029): None},
    central_material={("cedar", "cement", 2029): None, ("cedar", "steel", 2029): None},
    local_material={("cedar", "cement", 2029): None},
)

BREACHES = (
    Breach(
        "selected_once", "twice", ("birch",), 1,
        with_policy(NO_CLINIC, **NO_PACKAGE), changed(PLAN_WITHOUT_CLINIC, select={("birch", 2029): 1}),
    ),
    Breach("selected_once", "never", ("cedar",), 1, with_policy(SMALL, picks_exact=False), PLAN_WITHOUT_CEDAR),
    Breach(
        "joined_by", "part of a joining", ("cedar", 2029), 0.9,
        with_policy(NO_CLINIC, picks_exact=False, join_all=False),
        changed(PLAN_WITHOUT_CLINIC, select={("cedar", 2029): 0.9}),
    ),
    Breach("joined_by", "after the plan", ("cedar", 2030), 1, SMALL, changed(PLAN, select={("cedar", 2030): 1})),
    Breach("picks_per_year", "too many", (2029,), 1, with_entries(SMALL, "picks", {2029: 0})),
    Breach("picks_per_year", "too few while two are left", (2028,), 1, with_entries(SMALL, "picks", {2028: 3})),
    Breach("province_picks", "too many", ("south", 2029), 1, with_province(SMALL, "south", most_picks=0)),
    Breach("province_picks", "too few while one is left", ("south", 2028), 1,
           with_province(SMALL, "south", least_picks=1)),
    Breach("decided", "another year", ("alder", 2027), 1, with_entries(SMALL, "decided", {"alder": 2027})),
    Breach("decided", "fewer plants", ("alder", "food-county", 2029), 1,
           with_entries(SMALL, "built", {("alder", "food-county", 2029): 1})),
    Breach("eligible_from", "barred", ("cedar", 2029), 1, with_county(SMALL, "cedar", eligible_from=None)),
    Breach("eligible_from", "too early", ("alder", 2028), 1, with_county(SMALL, "alder", eligible_from=2029)),
)  # fmt: skip
