"""Budgets of counties and the money between them and the centre: what is assembled, refused and remarked on."""

import math
from pathlib import Path
from typing import Any

import pytest

from models.instance import Instance
from models.records import Purse
from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def instance(tmp_path: Path, tables: Tables) -> Instance:
    return read(tmp_path, tables).instance("both")


def noted(tmp_path: Path, tables: Tables, words: str) -> list[str]:
    """The remarks with some words."""
    return [line for line in notes(tmp_path, tables) if words in line]


def budget(tables: Tables, county: str, **figures: Any) -> None:
    """Give a county figures of its budget."""
    find_row(tables, "Counties", county=county).update(figures)


class TestPurses:
    def test_nobody_has_one_without_a_revenue(self, tmp_path: Path) -> None:
        found = instance(tmp_path, small_tables())
        assert found.purses == {}
        assert found.national_remittance == {}

    def test_in_every_year_of_counties_with_a_revenue(self, tmp_path: Path) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=1000, essential=700, remittance_quota=50, remittance_rate=0.2)
        budget(tables, "cedar", revenue=0)
        assert instance(tmp_path, tables).purses == {
            ("alder", 2027): Purse(base_revenue=1000, essential=700, quota=50, rate=0.2),
            ("alder", 2028): Purse(base_revenue=1000, essential=700, quota=50, rate=0.2),
            ("cedar", 2027): Purse(base_revenue=0, essential=0, quota=0, rate=0),
            ("cedar", 2028): Purse(base_revenue=0, essential=0, quota=0, rate=0),
        }

    def test_money_grows_from_the_first_year_on(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "last_year", 2029)
        set_setting(tables, "budget_growth", 0.1)
        budget(tables, "alder", revenue=1000, essential=700, remittance_quota=50, remittance_rate=0.2)
        purses = instance(tmp_path, tables).purses
        assert purses["alder", 2027] == Purse(1000, 700, 50, 0.2)
        # 1.1 * 1.1 = 1.21; the rate is a share of what has grown already.
        grown = purses["alder", 2029]
        assert (grown.base_revenue, grown.essential, grown.quota) == pytest.approx((1210, 847, 60.5))
        assert grown.rate == 0.2

    def test_a_blank_rate_takes_the_setting_and_a_rate_of_0_does_not(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "remittance_rate", 0.3)
        budget(tables, "alder", revenue=1)
        budget(tables, "birch", revenue=1, remittance_rate=0)
        purses = instance(tmp_path, tables).purses
        assert (purses["alder", 2027].rate, purses["birch", 2027].rate) == (0.3, 0)

    def test_switched_off_for_all(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "county_budgets", "no")
        budget(tables, "alder", revenue=1000, local_funds=None)
        found = instance(tmp_path, tables)
        assert found.purses == {}
        assert found.counties["alder"].local_funds == 0

    def test_switched_off_in_one_variant(self, tmp_path: Path) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=1000)
        off = {"target_sheet": "Settings", "key": "county_budgets", "target_column": "value", "value": "no"}
        tables["Overrides"] = [{"variant": "county", **off}]
        workbook = read(tmp_path, tables)
        assert len(workbook.instance("both").purses) == 2
        assert workbook.instance("county").purses == {}

    @pytest.mark.parametrize(("revenue", "given", "expected"), [
        (None, None, 0), (None, 300, 300), (1000, None, math.inf), (0, None, math.inf), (1000, 300, 300),
        (1000, 0, 0),
    ])  # fmt: skip
    def test_local_funds(self, tmp_path: Path, revenue: float | None, given: float | None, expected: float) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=revenue, local_funds=given)
        assert instance(tmp_path, tables).counties["alder"].local_funds == expected

    @pytest.mark.parametrize(
        ("column", "value", "expected"),
        [
            ("revenue", -1, "P2: revenue should be at least 0, found -1."),
            ("essential", -1, "Q2: essential should be at least 0, found -1."),
            ("remittance_quota", -1, "R2: remittance_quota should be at least 0, found -1."),
            ("remittance_rate", 20, "S2: remittance_rate should be from 0 to 1, found 20."),
            ("donations", -1, "T2: donations should be at least 0, found -1."),
            ("priority_fund", -1, "U2: priority_fund should be at least 0, found -1."),
        ],
    )
    def test_refused(self, tmp_path: Path, column: str, value: float, expected: str) -> None:
        tables = small_tables()
        budget(tables, "alder", **{"revenue": 1000, column: value})
        columns = ("revenue", "essential", "remittance_quota", "remittance_rate", "donations", "priority_fund")
        for name in columns:  # so that every column is in the sheet, in its place
            tables["Counties"][1].setdefault(name, 0)
        assert only_problem(tmp_path, tables).startswith(f"Counties!{expected}")


def test_donations_and_the_priority_fund(tmp_path: Path) -> None:
    tables = small_tables()
    budget(tables, "alder", revenue=1000, donations=30, priority_fund=40)
    counties = instance(tmp_path, tables).counties
    assert (counties["alder"].donations, counties["alder"].priority_fund) == (30, 40)
    assert (counties["birch"].donations, counties["birch"].priority_fund) == (0, 0)


class TestRemittances:
    def test_of_the_years_that_ask_for_any(self, tmp_path: Path) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=1000)
        tables["Resources"] += [
            {"resource": "remittances", "year": 2028, "amount": 60},
            {"resource": "remittances", "year": 2040, "amount": 70},
        ]
        assert instance(tmp_path, tables).national_remittance == {2028: 60}

    def test_that_no_county_can_pay(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Resources"] += [{"resource": "remittances", "year": year, "amount": 60} for year in (2027, 2028)]
        assert only_problem(tmp_path, tables) == (
            "Resources!C7: remittances of 60 are asked for in 2027, but no county's budget is planned. "
            "Give the counties that remit a revenue, or delete the row."
        )

    def test_that_no_county_can_pay_while_budgets_are_switched_off(self, tmp_path: Path) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=1000)
        set_setting(tables, "county_budgets", "no")
        tables["Resources"].append({"resource": "remittances", "year": 2027, "amount": 60})
        assert only_problem(tmp_path, tables) == (
            "Resources!C7: remittances of 60 are asked for in 2027, but no county's budget is planned "
            "(county_budgets = no). Set county_budgets to yes, or delete the row."
        )

    @pytest.mark.parametrize(("year", "amount"), [(2027, 0), (2040, 60)])
    def test_nothing_asked_for_is_no_problem(self, tmp_path: Path, year: int, amount: float) -> None:
        tables = small_tables()
        tables["Resources"].append({"resource": "remittances", "year": year, "amount": amount})
        assert problems(tmp_path, tables) == []

    def test_a_county_with_another_problem_may_be_the_one_that_pays(self, tmp_path: Path) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=1000, population=-1)
        tables["Resources"].append({"resource": "remittances", "year": 2027, "amount": 60})
        assert only_problem(tmp_path, tables).startswith("Counties!F2: population")


class TestCentralFunds:
    def test_only_a_share_arrives(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "funds_arriving", 0.75)
        assert instance(tmp_path, tables).central_funds == {2027: 3000, 2028: 4500}

    @pytest.mark.parametrize("share", [0, 0.5])
    def test_without_limit_remain_so(self, tmp_path: Path, share: float) -> None:
        tables = small_tables()
        set_setting(tables, "funds_arriving", share)
        tables["Resources"] = [row for row in tables["Resources"] if row["year"] == 2027]
        assert instance(tmp_path, tables).central_funds == {2027: 4000 * share, 2028: math.inf}


class TestRemarks:
    @pytest.mark.parametrize(
        ("column", "value"),
        [("essential", 5), ("remittance_quota", 5), ("remittance_rate", 0.2), ("priority_fund", 5)],
    )
    def test_figure_of_a_budget_that_is_not_planned(self, tmp_path: Path, column: str, value: float) -> None:
        tables = small_tables()
        budget(tables, "alder", revenue=1000, **{column: value})
        assert noted(tmp_path, tables, f"{column} is not used") == []
        budget(tables, "cedar", **{column: value})
        (found,) = noted(tmp_path, tables, f"{column} is not used")
        assert found.startswith("Counties!")
        assert found.endswith(f"4: {column} is not used where revenue is blank, as no budget is planned there: cedar.")

    def test_many_counties_are_counted(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"] += [{**tables["Counties"][0], "county": f"elm-{number}"} for number in range(1, 6)]
        for row in tables["Counties"]:
            row["essential"] = 5
        (found,) = noted(tmp_path, tables, "essential is not used")
        assert found.endswith("there: alder, birch, cedar, elm-1, elm-2 and 3 more.")

    def test_settings_of_budgets_that_are_not_planned(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "shortfall_penalty", 1)  # as it is anyway
        set_setting(tables, "fund_share", 0.5)
        set_setting(tables, "recycled_share", 0.3)
        expected = "no county has a revenue, so there are no budgets for which to use recycled_share, fund_share."
        assert noted(tmp_path, tables, "no county has a revenue") == [f"Settings!B8: {expected}"]
        budget(tables, "alder", revenue=1000)
        assert noted(tmp_path, tables, "no county has a revenue") == []

    def test_none_where_budgets_are_switched_off(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "county_budgets", "no")
        set_setting(tables, "fund_share", 0.5)
        budget(tables, "alder", essential=5)
        assert noted(tmp_path, tables, "has a revenue") == []
        assert noted(tmp_path, tables, "is not used") == []

    def test_least_stipend_of_no_stipend(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "least_stipend", 0.5)
        assert noted(tmp_path, tables, "stipend_share is 0") == [
            "Settings!B6: stipend_share is 0, so no plant with workers can run where market_product is above 0."
        ]
        set_setting(tables, "stipend_share", 0.1)
        assert noted(tmp_path, tables, "stipend_share is 0") == []


class TestPrices:
    @pytest.mark.parametrize(
        ("given", "state", "market"),
        [
            ({}, 0, 0),
            ({"import_price": 900}, 900, 900),
            ({"import_price": 900, "market_price": 700}, 700, 700),
            ({"import_price": 900, "market_price": 0}, 0, 0),
            ({"import_price": 900, "state_price": 300}, 300, 900),
            ({"market_price": 700, "state_price": 0}, 0, 700),
        ],
    )
    def test_blanks(self, tmp_path: Path, given: dict[str, float], state: float, market: float) -> None:
        tables = small_tables()
        find_row(tables, "Goods", good="food").update(given)
        good = instance(tmp_path, tables).goods["food"]
        assert (good.state_price, good.market_price) == (state, market)

    def test_a_state_price_above_the_market_price_is_remarked_on(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Goods", good="food").update(market_price=700, state_price=800)
        find_row(tables, "Goods", good="cloth").update(market_price=700, state_price=700)
        assert noted(tmp_path, tables, "is above its market price") == [
            "Goods!L2: the state price of food, 800, is above its market price, 700."
        ]

    @pytest.mark.parametrize("used_by", ["plant_income_share", "least_stipend"])
    def test_none_at_all_is_remarked_on_where_it_counts(self, tmp_path: Path, used_by: str) -> None:
        tables = small_tables()
        tables["Goods"].append({"good": "toys", "name": "Toys"})  # made by no design
        find_row(tables, "Goods", good="food")["import_price"] = 900
        budget(tables, "alder", revenue=1000)
        words = "market_price is blank and there is no import price, so it is taken as 0"
        assert noted(tmp_path, tables, words) == []
        set_setting(tables, used_by, 0.5)
        assert [line.split(": ", 1)[1] for line in noted(tmp_path, tables, words)] == [f"{words}: cloth."]
