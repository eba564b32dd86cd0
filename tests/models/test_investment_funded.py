"""`investment_funded`: the centre, the county within its means and donors pay for construction, in allowed shares."""

import pytest

from models.records import NO_LIMIT, PackageItem
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_design, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# A mill is 30 in two equal parts, a clinic 10 x 1.5 for who joins from 2028 on. Alder has 12 a year and donors; the
# centre pays at least half and at most four fifths.
CLINIC = PackageItem("clinic", "Clinic", from_year=2028, investment=10, construction_labour=0, materials={})
SLOW = with_design(tiny_instance(years=3, items={"clinic": CLINIC}), "mill", lead_years=2)
EXAMPLE = with_policy(
    with_county(SLOW, "alder", local_funds=12, site_cost_index=1.5, donations=9),
    least_central_share=0.5,
    most_central_share=0.8,
)
# 15 + 15 = 30 in 2028, of which alder pays its 12; 15 in 2029, of which the centre pays its four fifths.
PLAN = a_plan(
    select={("alder", 2028): 1},
    start={("alder", "mill", 2028): 1},
    central_funds={("alder", 2028): 18, ("alder", 2029): 12},
    local_funds={("alder", 2028): 12, ("alder", 2029): 3},
)


def test_golden() -> None:
    assert rendered("investment_funded", EXAMPLE) == stored("investment_funded")


def test_obeys() -> None:
    assert judge("investment_funded", EXAMPLE, PLAN) == ([], [])


def test_obeys_at_the_least_share() -> None:
    half = changed(PLAN, central_funds={("alder", 2029): 7.5}, local_funds={("alder", 2029): 7.5})
    assert judge("investment_funded", EXAMPLE, half) == ([], [])


@pytest.mark.parametrize("central", [17.9, 18.1])
def test_breaks_by_too_little_or_too_much(central: float) -> None:
    other = changed(PLAN, central_funds={("alder", 2028): central})
    assert judge("investment_funded", EXAMPLE, other) == (["investment_funded.alder.2028"], [("alder", 2028)])


@pytest.mark.parametrize(
    ("year", "central", "local", "row"),
    [(2028, 17.9, 12.1, "local"), (2029, 7.4, 7.6, "least"), (2029, 12.1, 2.9, "most")],
)
def test_breaks_a_limit_on_who_pays(year: int, central: float, local: float, row: str) -> None:
    other = changed(PLAN, central_funds={("alder", year): central}, local_funds={("alder", year): local})
    assert judge("investment_funded", EXAMPLE, other) == ([f"investment_funded.alder.{year}.{row}"], [("alder", year)])


# Of the 30 donors pay 5 and the centre half; of the 15 donors pay 3 and the centre four fifths.
WITH_DONORS = changed(
    PLAN,
    central_funds={("alder", 2028): 15},
    local_funds={("alder", 2028): 10, ("alder", 2029): None},
    donations={("alder", 2028): 5, ("alder", 2029): 3},
)


def test_obeys_with_donors() -> None:
    assert judge("investment_funded", EXAMPLE, WITH_DONORS) == ([], [])


@pytest.mark.parametrize("donated", [4.9, 5.1])
def test_breaks_by_what_donors_pay(donated: float) -> None:
    other = changed(WITH_DONORS, donations={("alder", 2028): donated})
    rows, places = judge("investment_funded", EXAMPLE, other)
    # More money than is needed also makes the centre's 15 less than half.
    assert rows == ["investment_funded.alder.2028", *(["investment_funded.alder.2028.least"] if donated > 5 else [])]
    assert set(places) == {("alder", 2028)}


@pytest.mark.parametrize(("year", "central", "given", "row"), [(2028, 14.9, 5.1, "least"), (2029, 12.1, 2.9, "most")])
def test_breaks_a_share_of_what_all_pay(year: int, central: float, given: float, row: str) -> None:
    other = changed(WITH_DONORS, central_funds={("alder", year): central}, donations={("alder", year): given})
    assert judge("investment_funded", EXAMPLE, other) == ([f"investment_funded.alder.{year}.{row}"], [("alder", year)])


def test_no_row_without_a_limit() -> None:
    endless = with_county(EXAMPLE, "alder", local_funds=NO_LIMIT)
    free = with_policy(endless, least_central_share=0, most_central_share=1)
    assert rows_of("investment_funded", free) == [f"investment_funded.alder.{year}" for year in EXAMPLE.years]


def test_effect() -> None:
    # The centre has 15 and the county 14 of 30, so 10 t are imported for 100; without the rule nobody pays.
    poor = with_county(tiny_instance(central_funds={2027: 15}), "alder", local_funds=14)
    assert optimum(with_county(poor, "alder", local_funds=15)) == pytest.approx(30)
    assert optimum(poor) == pytest.approx(100)
    assert optimum(poor, without="investment_funded") == pytest.approx(30)


@pytest.mark.parametrize("shares", [{"least_central_share": 0.6}, {"most_central_share": 0.4}])
def test_effect_of_shares(shares: dict[str, float]) -> None:
    # The two have just enough, 15 and 15, but the centre should pay 18, or no more than 12.
    just = with_county(tiny_instance(central_funds={2027: 15}), "alder", local_funds=15)
    assert optimum(just) == pytest.approx(30)
    assert optimum(with_policy(just, **shares)) == pytest.approx(100)


def test_effect_of_donors() -> None:
    # The centre has 15 and the county 10 of 30: donors with 5 make the mill possible, unless the centre should pay 0.6
    # of all, 18. Without them 10 t are imported for 100.
    poor = with_county(tiny_instance(central_funds={2027: 15}), "alder", local_funds=10)
    given = with_county(poor, "alder", donations=5)
    assert optimum(poor) == pytest.approx(100)
    assert optimum(given) == pytest.approx(30)
    assert optimum(with_policy(given, least_central_share=0.6)) == pytest.approx(100)
