"""Parts of a problem planned alone: what they keep, and that they can be planned."""

from dataclasses import replace

import pytest

from models.instance import Instance
from models.parts import goods_of, least_cost, only_good, only_province
from models.records import NO_LIMIT, ExistingPlant, Good, Input, Province, Purse
from models.verifier import verify
from tests.models.evaluation import optimal_plan
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.models.tiny_instance import design, divided_instance, option, tiny_instance

YEARS = (2027, 2028, 2029)


def chain() -> Instance:
    """Coats of cloth of yarn, and food besides; people want coats, cloth and food."""
    base = tiny_instance(("alder", "birch"), 3, ("food",))
    goods = {code: Good(code, code, code, 10, 1, None) for code in ("food", "coats", "cloth", "yarn")}
    inputs = {
        "grain": Input("grain", "Grain", 1, 2),
        "cloth-in": Input("cloth-in", "Cloth", 1, 2, good="cloth"),
        "yarn-in": Input("yarn-in", "Yarn", 1, 2, good="yarn"),
    }
    designs = {
        "mill": design("mill", "food", inputs={"grain": 1.0}),
        "tailor": design("tailor", "coats", inputs={"cloth-in": 1.5}),
        "loom": design("loom", "cloth", inputs={"yarn-in": 1.0}),
        "new-loom": design("new-loom", "cloth", inputs={"yarn-in": 1.0}, modernisation=True),
        "spinner": design("spinner", "yarn"),
    }
    return replace(
        base,
        goods=goods,
        inputs=inputs,
        designs=designs,
        options={(county, code): option() for county in base.counties for code in designs},
        demand={
            (county, good, year): 0.0 if good == "yarn" else 10.0
            for county in base.counties
            for good in goods
            for year in base.years
        },
        lanes={
            (county, county, good): base.lanes["alder", "alder", "food"] for county in base.counties for good in goods
        },
        existing={("alder", "cloth"): ExistingPlant(5, 1, 0), ("alder", "coats"): ExistingPlant(3, 1, 0)},
        input_supply={("alder", "grain"): 4.0, ("alder", "yarn-in"): 4.0},
        policy=replace(base.policy, min_plants=7, local_input_share=0.3, gini_cap=0.2, cost_cap=500.0),
    )


def test_a_good_keeps_what_it_is_made_of_through_every_stage() -> None:
    assert goods_of(chain(), "coats") == ("coats", "cloth", "yarn")
    assert goods_of(chain(), "food") == ("food",)
    with pytest.raises(KeyError):
        goods_of(chain(), "tea")


def test_only_good_leaves_out_what_belongs_to_other_goods() -> None:
    part = only_good(chain(), "coats")
    assert set(part.goods) == {"coats", "cloth", "yarn"}
    assert set(part.designs) == {"tailor", "loom", "spinner"}  # nothing is left to modernise
    assert {code for _, code in part.options} == {"tailor", "loom", "spinner"}
    assert set(part.inputs) == {"cloth-in", "yarn-in"}
    assert set(part.input_supply) == {("alder", "yarn-in")}
    assert {key[2] for key in part.lanes} == {"coats", "cloth", "yarn"}
    assert set(part.existing) == {("alder", "coats")}
    assert part.demand["alder", "coats", 2027] == 10.0
    assert part.demand["alder", "cloth", 2027] == 0.0
    assert set(part.counties) == {"alder", "birch"}


def test_only_good_asks_no_more_of_a_good_than_its_part() -> None:
    whole = chain()
    part = only_good(whole, "coats")
    assert part.policy.min_plants == 2  # 7 plants over the three goods that people want
    assert part.policy.local_input_share == 0
    assert (part.policy.gini_cap, part.policy.cost_cap) == (1.0, NO_LIMIT)
    assert part.items == {}
    assert part.central_funds == whole.central_funds


def test_only_good_leaves_counties_what_their_budgets_spare() -> None:
    # 100 a year less 20 due and 50 essential leaves 30; in 2028 the quota of 60 leaves nothing
    whole = chain()
    purses = {("alder", year): Purse(100.0, 50.0, 60.0 if year == 2028 else 0.0, 0.2) for year in YEARS}
    part = only_good(replace(whole, purses=purses), "food")
    assert part.purses == {}
    assert part.counties["alder"].local_funds == 0.0
    assert part.counties["birch"].local_funds == NO_LIMIT
    steady = {key: replace(purse, quota=0.0) for key, purse in purses.items()}
    assert only_good(replace(whole, purses=steady), "food").counties["alder"].local_funds == pytest.approx(30.0)


def spread() -> Instance:
    """Five counties with 1, 2, 3, 2 and 2 thousand people, the last two in the south."""
    whole = divided_instance("alder", "birch", "cedar", "dogwood", "elm", southern="elm", years=3)
    people = {"alder": 1000.0, "birch": 2000.0, "cedar": 3000.0, "dogwood": 2000.0, "elm": 2000.0}
    counties = {
        code: replace(county, population=people[code], province="south" if code in ("dogwood", "elm") else "north")
        for code, county in whole.counties.items()
    }
    return replace(
        whole,
        counties=counties,
        picks=dict.fromkeys(YEARS, 1),
        central_funds={2027: 100.0, 2028: NO_LIMIT, 2029: 50.0},
        existing={(code, "food"): ExistingPlant(1, 1, 0) for code in ("alder", "birch", "cedar", "elm")},
        modernisations={2027: 2, 2028: 2, 2029: NO_LIMIT},
        purses={
            ("alder", 2027): Purse(30.0, 0.0, 0.0, 0.1),
            ("elm", 2027): Purse(10.0, 0.0, 0.0, 0.1),
        },
        national_remittance={2027: 8.0},
        policy=replace(whole.policy, dispersion_cap=0.6, disparity_limit=0.5, uncovered_cap=10.0),
    )


def test_only_province_shares_out_what_all_share() -> None:
    part = only_province(spread(), "south")
    assert set(part.counties) == {"dogwood", "elm"}
    assert set(part.provinces) == {"south"}
    assert part.central_funds == {2027: pytest.approx(40.0), 2028: NO_LIMIT, 2029: pytest.approx(20.0)}
    assert part.national_remittance == {2027: pytest.approx(2.0)}
    assert set(part.purses) == {("elm", 2027)}
    assert (part.policy.dispersion_cap, part.policy.disparity_limit) == (1.0, NO_LIMIT)
    assert part.policy.uncovered_cap == NO_LIMIT
    assert all(origin in part.counties and end in part.counties for origin, end, _ in part.lanes)


def test_picks_of_provinces_are_whole_and_follow_the_exact_share() -> None:
    # 2 of 5 counties: 0.4, 0.8 and 1.2 by year, so that the one pick falls to 2028
    assert only_province(spread(), "south").picks == {2027: 0, 2028: 1, 2029: 0}
    # 3 of 5: 0.6, 1.2 and 1.8
    assert only_province(spread(), "north").picks == {2027: 1, 2028: 0, 2029: 1}


def test_picks_of_a_province_suffice_for_what_is_decided_and_asked() -> None:
    whole = spread()
    decided = only_province(replace(whole, decided={"elm": 2027, "dogwood": 2027}), "south")
    assert decided.picks[2027] == 2
    south = Province("south", "South", "south", least_picks=1, most_picks=NO_LIMIT)
    assert only_province(replace(whole, provinces={**whole.provinces, "south": south}), "south").picks[2027] == 1
    assert only_province(replace(whole, picks=dict.fromkeys(YEARS, NO_LIMIT)), "south").picks[2028] == NO_LIMIT


def test_modernisations_follow_existing_plants() -> None:
    # 1 of 4 plants: 0.5 and 1.0 by year
    assert only_province(spread(), "south").modernisations == {2027: 1, 2028: 0, 2029: NO_LIMIT}


def test_a_province_without_counties_is_no_problem_to_plan() -> None:
    with pytest.raises(ValueError, match="has no counties"):
        only_province(spread(), "east")


def test_least_cost_replaces_another_objective() -> None:
    whole = spread()
    covering = replace(whole, policy=replace(whole.policy, objective="greatest coverage"))
    assert least_cost(covering).policy.objective == "least cost"
    assert least_cost(whole) == whole


@pytest.mark.parametrize("seed", range(8))
def test_parts_of_any_problem_can_be_planned(seed: int) -> None:
    whole = random_full_instance(seed) if seed % 2 else random_instance(seed)
    parts = [only_good(whole, good) for good in whole.goods]
    parts += [only_province(whole, code) for code, counties in whole.counties_of.items() if counties]
    for part in parts:
        _, plan = optimal_plan(least_cost(part))
        assert plan is None or verify(least_cost(part), plan) == ()


def test_most_parts_have_a_plan() -> None:
    wholes = [random_instance(seed) for seed in range(8)]
    plans = [optimal_plan(only_good(whole, good))[1] for whole in wholes for good in whole.goods]
    assert sum(plan is not None for plan in plans) > len(plans) / 2


def test_a_target_of_remittances_is_shared_by_what_counties_owe_and_can_pay() -> None:
    purses = {
        ("alder", 2027): Purse(30.0, 0.0, 0.0, 0.1),  # owes 3 by its rate
        ("dogwood", 2027): Purse(5.0, 0.0, 8.0, 0.1),  # owes 8, has 5
        ("elm", 2027): Purse(10.0, 0.0, 4.0, 0.1),  # owes 4 by its quota
    }
    whole = replace(spread(), purses=purses, national_remittance={2027: 12.0})
    assert only_province(whole, "south").national_remittance == {2027: pytest.approx(9.0)}
    assert only_province(whole, "north").national_remittance == {2027: pytest.approx(3.0)}
