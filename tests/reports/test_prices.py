"""Prices in sentences and tables: round steps, words for large sums, and what is proven of solving anew."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.instance import Instance
from models.plan import Charge, Result, Status
from reports.assessment import Span
from reports.assessment_book import write_book
from reports.background import Background
from reports.charts.drawing import both_widths
from reports.charts.prices import price_pictures
from reports.html.prices_page import prices_page
from reports.price_words import change, figure, money, round_unit, sentence, verdict
from reports.prices import SHEETS, figures_of, frames, telling
from reports.prices_data import (
    CENTRAL_FUNDS,
    CENTRAL_LABOUR,
    DONATIONS,
    IMPORT_CURRENCY,
    MATERIAL,
    MODERNISATIONS,
    MOST_PICKS,
    PICKS,
    REMITTANCE_QUOTA,
    REMITTANCES,
    Kind,
    Price,
    Prices,
    Resolved,
    Sides,
)
from tests.models.tiny_instance import tiny_instance

COST = 10_000.0


def instance_in(currency: str) -> Instance:
    return replace(tiny_instance(), currency=currency)


def a_price(kind: Kind = CENTRAL_FUNDS, amount: float = 148_000.0, **changes: Any) -> Price:
    parts: dict[str, Any] = {
        "limit": f"{kind.name}/2028",
        "kind": kind,
        "subject": "",
        "year": 2028,
        "place": "Resources!C5",
        "amount": amount,
        "used": None,
        "left": None,
        "kept": None,
        "parts": None,
    }
    return Price(**{**parts, **changes})


def told(*prices: Price, currency: str = "thousand won") -> Prices:
    charge = Charge("imports", "alder", 2027, COST)
    result = Result(Status.SOLVED, None, COST, COST - 50, 0.005, 1.0, "HiGHS", (charge,), ())
    return Prices(instance_in(currency), result, prices, COST, COST - 20)


def solved_anew(
    found: float | None, least: float | None, most: float | None, kept: float | None, status: Status = Status.SOLVED
) -> Price:
    resolved = Resolved(1000.0, Span(found, least, most), status, kept)
    return a_price(kept=Sides(0.0, 0.0), parts=Sides(1.7, 1.7), resolved=resolved)


class TestMoney:
    @pytest.mark.parametrize(
        ("currency", "amount", "text"),
        [
            ("thousand won", 1.0, "1 thousand won"),
            ("thousand won", 1_700.0, "1.7 million won"),
            ("thousand won", 0.25, "250 won"),
            ("million USD", 12.0, "12 million USD"),
            ("million USD", 148_000.0, "148 billion USD"),
            ("won", 1_234_567.0, "1.23 million won"),
            ("won", 999_999.0, "1 million won"),
            ("won", 12.0, "12 won"),
            ("money", 1_700_000.0, "1.7 million"),
            ("", 5.0, "5"),
        ],
    )
    def test_in_words_of_the_currency(self, currency: str, amount: float, text: str) -> None:
        assert money(instance_in(currency), amount) == text

    @pytest.mark.parametrize(
        ("amount", "text"), [(0.0, "0"), (1234.5, "1,230"), (12.345, "12.3"), (0.0012345, "0.00123"), (100.0, "100")]
    )
    def test_three_digits(self, amount: float, text: str) -> None:
        assert figure(amount) == text


class TestSteps:
    @pytest.mark.parametrize(
        ("kind", "amount", "currency", "unit"),
        [
            (CENTRAL_FUNDS, 148_000.0, "thousand won", 1_000.0),
            (CENTRAL_FUNDS, 148.0, "million won", 1.0),
            (CENTRAL_LABOUR, 40_000.0, "won", 100.0),
            (MATERIAL, 120_000.0, "won", 1_000.0),
            (MATERIAL, 15.0, "won", 1.0),
            (PICKS, 20.0, "won", 1.0),
        ],
    )
    def test_round_and_near_a_hundredth(self, kind: Kind, amount: float, currency: str, unit: float) -> None:
        assert round_unit(instance_in(currency), a_price(kind, amount)) == pytest.approx(unit)

    @pytest.mark.parametrize(
        ("kind", "subject", "by", "words"),
        [
            (CENTRAL_FUNDS, "", 1_000.0, "1 million won more of central funds in 2028"),
            (CENTRAL_LABOUR, "", 100.0, "100 person-years more of central labour in 2028"),
            (CENTRAL_LABOUR, "", 1.0, "1 person-year more of central labour in 2028"),
            (MATERIAL, "cement", 1_000.0, "1,000 t more of cement in 2028"),
            (IMPORT_CURRENCY, "", 1_000.0, "1,000 more of foreign currency for imports in 2028"),
            (REMITTANCES, "", 1_000.0, "1 million won less of remittances asked of all counties in 2028"),
            (MODERNISATIONS, "", 2.0, "2 more modernisations in 2028"),
            (PICKS, "", 1.0, "1 more pick in 2028 (21 instead of 20)"),
            (PICKS, "", 2.0, "2 more picks in 2028 (22 instead of 20)"),
            (MOST_PICKS, "North", 1.0, "1 more pick a year in North (21 instead of 20)"),
            (DONATIONS, "Birch", 1.0, "1 thousand won more a year from donors in Birch"),
            (REMITTANCE_QUOTA, "Birch", 1.0, "1 thousand won less in the yearly remittance quota of Birch"),
        ],
    )
    def test_every_kind_in_words(self, kind: Kind, subject: str, by: float, words: str) -> None:
        assert change(instance_in("thousand won"), a_price(kind, 20.0, subject=subject), by) == words


def test_foreign_currency_of_a_name() -> None:
    price = a_price(IMPORT_CURRENCY, 600_000.0, currency="thousand USD")
    assert round_unit(told().instance, price) == 1_000
    assert change(told().instance, price, 1_000.0) == "1 million USD more of foreign currency for imports in 2028"
    assert list(frames(told(price))["prices"]["unit"]) == ["thousand USD"]


class TestSentences:
    def test_both_linear_prices(self) -> None:
        price = a_price(kept=Sides(0.2, 0.2), parts=Sides(1.7, 1.7))
        assert sentence(told(price), price) == (
            "1 million won more of central funds in 2028 would save 200 thousand won with all choices kept, "
            "and save 1.7 million won if plants could be built in parts."
        )

    def test_nothing(self) -> None:
        price = a_price(kept=Sides(0.0, 0.0), parts=Sides(0.0, 0.0))
        assert sentence(told(price), price).endswith(
            "would save nothing, with all choices kept or with plants in parts."
        )

    def test_one_less_is_another_matter(self) -> None:
        price = a_price(kept=Sides(0.0, 30.0))
        assert "save nothing (as much less would cost 30 million won) with all" in sentence(told(price), price)
        price = a_price(kept=Sides(0.0, math.inf))
        assert "save nothing (as much less: no plan is left) with all" in sentence(told(price), price)

    def test_less_of_what_is_asked(self) -> None:
        """One more asked would cost 3, one less saves 2."""
        price = a_price(REMITTANCES, kept=Sides(-3.0, -2.0))
        assert sentence(told(price), price) == (
            "1 million won less of remittances asked of all counties in 2028 would save 2 million won "
            "(as much more would cost 3 million won) with all choices kept."
        )

    def test_less_asked_may_cost(self) -> None:
        price = a_price(REMITTANCE_QUOTA, 1_000.0, subject="Birch", kept=Sides(0.5, 0.5))
        assert "would cost 5 thousand won with all choices kept" in sentence(told(price), price)

    def test_whole_choices(self) -> None:
        price = a_price(PICKS, 20.0)
        assert "can only be priced by solving anew" in sentence(told(price), price)

    @pytest.mark.parametrize(
        ("price", "end"),
        [
            (solved_anew(61.0, 61.0, 61.0, 0.0), "the plan found is 61 thousand won cheaper, which is proven."),
            (solved_anew(0.0, 0.0, 0.0, 0.0), "the plan found is no cheaper, which is proven to be all."),
            (
                solved_anew(61.0, 12.0, 94.0, 0.0),
                "61 thousand won cheaper; proven is a saving between 12 thousand won and 94 thousand won.",
            ),
            (
                solved_anew(61.0, 0.0, 94.0, 0.0),
                "between nothing and 94 thousand won, so that it is not proven at this gap that anything is saved.",
            ),
            (solved_anew(-5.0, -5.0, -5.0, None), "the plan found is 5 thousand won dearer, which is proven."),
            (solved_anew(None, None, None, None, Status.NO_PLAN), "no plan was found in the time."),
            (solved_anew(None, None, None, None, Status.INFEASIBLE), "no plan is left."),
        ],
    )
    def test_solved_anew(self, price: Price, end: str) -> None:
        assert sentence(told(price), price).endswith(end)

    @pytest.mark.parametrize(
        ("least", "most", "said"),
        [
            (12.3456, 94.1234, "between 12.3 thousand won and 94.2 thousand won."),
            (12.3789, 94.1834, "between 12.3 thousand won and 94.2 thousand won."),
            (999.96, 9_991.0, "between 999 thousand won and 10 million won."),
            (9.996, 999.2, "between 9.99 thousand won and 1 million won."),
            (-12.3412, 94.0, "between -12.4 thousand won and 94 thousand won, so that it is not proven"),
            (-94.1834, -12.3789, "between -94.2 thousand won and -12.3 thousand won."),
        ],
    )
    def test_proven_ends_are_rounded_so_that_they_stay_proven(self, least: float, most: float, said: str) -> None:
        price = solved_anew(61.0, least, most, 0.0)
        assert f"proven is a saving {said}" in sentence(told(price), price)


class TestVerdict:
    @pytest.mark.parametrize(
        ("price", "begin"),
        [
            (a_price(), ""),
            (solved_anew(1_700.0, 1_700.0, 1_700.0, 1_700.0), "agree"),
            (solved_anew(61.0, 0.0, 1_800.0, 0.0), "agree: the price lies in the proven range"),
            (
                solved_anew(61.0, 12.0, 1_800.0, 0.0),
                "differ: free to choose anew, at least 12 thousand won more is saved",
            ),
            (solved_anew(61.0, 12.0, 60.0, 100.0), "differ: at most 60 thousand won is saved, less than"),
            (
                solved_anew(61.0, 0.0, 94.0, 0.0),
                "agree: the price lies in the proven range; plants in parts promise more",
            ),
            (solved_anew(61.0, 12.0, 94.0, None), "only solved anew"),
            (solved_anew(None, None, None, 0.0, Status.NO_PLAN), "nothing proven"),
            (solved_anew(None, None, None, 0.0, Status.INFEASIBLE), "no plan is left"),
        ],
    )
    def test_says_where_the_figures_differ(self, price: Price, begin: str) -> None:
        assert verdict(told(price), price).startswith(begin)
        assert bool(verdict(told(price), price)) == (price.resolved is not None)

    @pytest.mark.parametrize(
        ("price", "begin"),
        [
            (solved_anew(61.0, 12.3789, 1_800.0, 0.0), "differ: free to choose anew, at least 12.3 thousand won more"),
            (solved_anew(61.0, 12.0, 60.0123, 100.0), "differ: at most 60.1 thousand won is saved, less than"),
        ],
    )
    def test_says_no_more_than_is_proven(self, price: Price, begin: str) -> None:
        assert verdict(told(price), price).startswith(begin)


class TestTables:
    def test_of_what_is_asked_the_price_is_of_less(self) -> None:
        rows = frames(told(a_price(REMITTANCES, kept=Sides(-3.0, -2.0)), a_price(kept=Sides(0.0, math.inf))))["prices"]
        assert list(rows["kept"]) == [2.0, 0.0]
        assert rows["kept_less"][0] == 3.0
        assert math.isnan(rows["kept_less"][1])

    def test_telling_are_those_not_nothing_and_those_solved_anew(self) -> None:
        idle, wanted = a_price(kept=Sides(0.0, 0.0), parts=Sides(0.0, 0.0)), a_price(parts=Sides(1.0, 1.0))
        anew = replace(idle, resolved=Resolved(1.0, Span(0.0, 0.0, 0.0), Status.SOLVED, 0.0))
        assert telling(told(idle, wanted, anew)) == (wanted, anew)
        assert [fact[0] for fact in figures_of(told(idle, wanted))][-1] == wanted.limit
        assert list(figures_of(told(idle)))[-1][3] == "more of no limit would save anything"

    def test_book(self, tmp_path: Path) -> None:
        found = told(a_price(kept=Sides(0.2, 0.2)), a_price(PICKS, 20.0))
        path = tmp_path / "prices.xlsx"
        made = frames(found)
        sheets = [(sheet, made[sheet.name]) for sheet in SHEETS]
        write_book(path, found.instance, "prices", list(figures_of(found)), sheets, Background("small.xlsx", ""))
        rows = list(load_workbook(path)["Prices"].iter_rows(values_only=True))
        saved = rows[0].index("saved, choices kept (thousand won discounted to 2027, per unit)")
        assert [row[saved] for row in rows[1:]] == [0.2, None]
        assert "Resources!C5" in rows[1]


def test_page() -> None:
    anew = replace(solved_anew(61.0, 12.0, 94.0, 0.0), limit="central_funds/2029", year=2029)
    page = prices_page(told(a_price(kept=Sides(0.2, 0.2), parts=Sides(1.7, 1.7)), anew), Background("small.xlsx", ""))
    assert "Solved anew with 1 million won more of central funds in 2029" in page
    assert "1.7 million won" in page
    assert "2 limits priced, 1 of them solved anew" in page


def test_chart_by_year() -> None:
    """Both years in the round unit of the smaller figure; what is worth nothing in every year has no panel."""
    one = a_price(kept=Sides(0.2, 0.2), parts=Sides(1.7, 1.7))
    other = a_price(amount=1_480_000.0, year=2029, kept=Sides(0.0, 0.0), parts=Sides(0.5, 0.5))
    idle = a_price(CENTRAL_LABOUR, 40_000.0, kept=Sides(0.0, 0.0), parts=Sides(0.0, 0.0))
    picture = price_pictures(told(one, other, idle))["prices_by_year"]
    wide, narrow = both_widths(picture)
    for drawing in (wide, narrow):
        assert "1 million won more of central funds in 2028: 200 thousand won with all choices kept" in drawing
        assert "1 million won more of central funds in 2029: 0 won with all choices kept, 500 thousand won" in drawing
        assert "Central funds, 1 million won" in drawing
        assert "person-years" not in drawing
    assert price_pictures(told(idle)) == {}
