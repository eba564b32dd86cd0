"""Shares, places and classes of picks, from plans made up for the purpose."""

import math
import re
from dataclasses import replace

import pytest

from models.plan import Plan, Result, Status
from reports.assessment import Span
from reports.charts.ranking import ranking_pictures
from reports.choice_bounds import ChoiceBounds
from reports.html.ranking_page import ranking_page
from reports.ranking import NearPlan, Ranking, Worth, class_of, mean_difference, standings
from reports.ranking_tables import SHEETS, figures_of, frames
from tests.models.tiny_instance import a_plan, tiny_instance
from tests.reports.example import BACKGROUND

INSTANCE = tiny_instance(["alder", "birch", "cedar"], years=3)


def plan(alder: int | None, birch: int | None, cedar: int | None, mills: int = 1) -> Plan:
    joins = {"alder": alder, "birch": birch, "cedar": cedar}
    years = {county: year for county, year in joins.items() if year is not None}
    return a_plan(
        select=dict.fromkeys(years.items(), 1.0),
        start={(county, "mill", year): 1.0 for county, year in list(years.items())[:mills]},
    )


def ranking(*plans: Plan, worths: dict[str, Worth] | None = None) -> Ranking:
    best = Result(Status.SOLVED, plans[0], 100.0, 99.0, 0.01, 1.0, "HiGHS", (), ())
    near = tuple(NearPlan(one, 100.0 + place, "a test") for place, one in enumerate(plans))
    return Ranking(INSTANCE, best, 0.05, 105.0, 7, near, {"a test": 9}, worths or {})


@pytest.mark.parametrize(
    ("share", "name"),
    [(1.0, "certain"), (0.95, "certain"), (0.94, "likely"), (0.6, "likely"), (0.59, "interchangeable"),
     (0.06, "interchangeable"), (0.05, "left out"), (0.0, "left out")],
)  # fmt: skip
def test_thresholds(share: float, name: str) -> None:
    assert class_of(share) == name


def test_shares_years_places_and_order() -> None:
    told = {one.county: one for one in standings(ranking(plan(2027, 2028, None), plan(2028, 2028, 2029)))}
    alder, birch, cedar = told["alder"], told["birch"], told["cedar"]
    assert (alder.share, birch.share, cedar.share) == (1.0, 1.0, 0.5)
    assert alder.by_year == {2027: 0.5, 2028: 0.5, 2029: 0.0}
    assert (alder.usual, alder.earliest, alder.latest, alder.mean, alder.spread) == (2027, 2027, 2028, 2027.5, 0.5)
    # Places: 1, 2, 3 in the first plan; 1.5, 1.5, 3 in the second.
    assert (alder.position, birch.position, cedar.position) == (1.25, 1.75, 3.0)
    # Alder before birch in one plan, with it in the other; before cedar in both.
    assert alder.order == pytest.approx(0.75)
    assert (alder.joining, alder.timing) == ("certain", "interchangeable")
    assert (birch.joining, birch.timing) == ("certain", "certain")
    assert (cedar.joining, cedar.timing) == ("interchangeable", "certain")


def test_county_that_never_joins() -> None:
    told = {one.county: one for one in standings(ranking(plan(2027, None, None), plan(2028, None, None)))}
    assert told["birch"].joining == "left out"
    assert (told["birch"].usual, told["birch"].mean, told["birch"].timing) == (None, None, None)


def test_county_that_provably_never_joins_has_no_sure_year() -> None:
    change = {("birch", year): math.inf for year in INSTANCE.years} | {("birch", None): 0.0}
    told = standings(replace(ranking(plan(2027, None, None)), bounds=ChoiceBounds(99.0, change, {})))
    birch = next(one for one in told if one.county == "birch")
    assert (birch.joining, birch.timing, birch.proven, birch.within_reach) == ("left out", None, False, 0)


def facts(found: Ranking) -> dict[str, tuple[object, str]]:
    return {figure: (value, remark) for figure, value, _, remark in figures_of(found)}


class TestOnePlanAlone:
    """In one plan alone every pick would be certain: nothing is said of how sure picks are."""

    ALONE = ranking(plan(2027, 2028, None))

    def test_has_no_classes(self) -> None:
        assert {(one.joining, one.timing) for one in standings(self.ALONE)} == {(None, None)}
        made = frames(self.ALONE)
        assert set(made["counties"]["joining"]) == set(made["counties"]["timing"]) == {""}
        assert set(made["counties"]["basis"]) == {""}
        assert set(made["built"]["certainty"]) == {""}

    def test_says_why(self) -> None:
        told = facts(self.ALONE)
        assert not [figure for figure in told if figure.startswith("Joining")]
        assert "More plans are needed" in told["What shares are"][1]

    def test_a_year_that_is_proven_is_certain_all_the_same(self) -> None:
        change = {("alder", year): 0.0 if year == 2027 else 99.0 for year in INSTANCE.years} | {("alder", None): 99.0}
        told = {one.county: one for one in standings(replace(self.ALONE, bounds=ChoiceBounds(99.0, change, {})))}
        assert (told["alder"].joining, told["alder"].timing, told["alder"].proven) == ("certain", "certain", True)
        assert told["birch"].joining is None

    def test_page_has_neither_tiles_nor_charts_of_classes(self) -> None:
        assert "One plan alone" in (words := text_of(ranking_page(self.ALONE, BACKGROUND)))
        assert "1 plan within 5" in words
        assert "Year is certain" not in words
        assert not ranking_pictures(self.ALONE).keys() & {"classes", "certainty"}


class TestEnding:
    def test_fewer_plans_than_asked_for_are_said_to_be(self) -> None:
        two = ranking(plan(2027, 2028, None), plan(2028, 2027, None))
        assert facts(replace(two, wanted=2))["Plans"][1] == facts(two)["Plans"][1]
        assert facts(replace(two, wanted=5))["Plans"][1].endswith("; 5 were asked for, and no more were found")

    def test_an_interruption_is_told(self) -> None:
        two = replace(ranking(plan(2027, 2028, None), plan(2028, 2027, None)), wanted=5, interrupted=True)
        assert facts(two)["Plans"][1].endswith("; 5 were asked for, and the search was interrupted")
        assert facts(two)["Ended early"] == ("interrupted", "the same command goes on from there")
        assert "2 plans compared; interrupted" in text_of(ranking_page(two, BACKGROUND))


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_order_of_the_table_is_that_of_joining() -> None:
    frame = frames(ranking(plan(2029, 2027, 2028)))["counties"]
    assert list(frame["county"]) == ["birch", "cedar", "alder"]
    assert list(frame["rank"]) == [1, 2, 3]


def test_what_is_built_is_of_plans_in_which_the_county_joins() -> None:
    frame = frames(ranking(plan(2027, 2028, None, mills=2), plan(2027, 2028, None, mills=1)))["built"]
    rows = {(row["county"], row["scale"]): row for _, row in frame.iterrows()}
    assert set(rows) == {("alder", "county"), ("birch", "county"), ("birch", "none")}
    assert rows["alder", "county"]["share"] == 1.0
    assert rows["birch", "county"]["share"] == 0.5
    assert rows["birch", "none"]["scale_name"] == "no plant"


def test_plans_by_their_distance_from_the_best() -> None:
    frame = frames(ranking(plan(2027, 2028, None), plan(2028, 2027, None), plan(2027, None, 2028)))["plans"]
    assert list(frame["other_picks"]) == [0, 2, 1]
    assert list(frame["other_counties"]) == [0, 0, 1]
    assert list(frame["above"]) == pytest.approx([0, 0.01, 0.02])


def test_mean_difference() -> None:
    # Two picks each, of which one is shared: 1 - 1 / 3.
    assert mean_difference(ranking(plan(2027, 2028, None), plan(2027, None, 2028))) == pytest.approx(2 / 3)
    assert mean_difference(ranking(plan(2027, None, None))) is None


def test_worth_is_told_where_it_was_looked_at() -> None:
    worth = Worth(Span(2.0, 0.0, 3.0), Span(1.0, 0.5, 2.0), must_join=True)
    frame = frames(ranking(plan(2027, 2028, None), worths={"alder": worth}))["counties"].set_index("county")
    alder, birch = frame.loc["alder"], frame.loc["birch"]
    assert (alder["left_out"], alder["left_out_share"], alder["left_out_most"]) == (2.0, 0.02, 3.0)
    assert (alder["first"], alder["first_least"], alder["must_join"]) == (1.0, 0.5, "yes")
    assert birch["must_join"] == ""
    assert birch["left_out"] != birch["left_out"]  # blank


def test_first_page_says_how_plans_were_found_and_what_shares_are() -> None:
    told = facts(ranking(plan(2027, 2028, None), plan(2028, 2027, None)))
    assert told["Found by a test"] == (2, "of 9 searches; the others gave a plan known already, or none")
    assert told["Seed"][0] == 7
    assert "no probabilities" in told["What shares are"][1]
    assert told["Joining: certain"][0] == 2


def test_every_column_has_a_meaning() -> None:
    for sheet in SHEETS:
        assert sheet.meaning
        assert all(column.meaning for column in sheet.columns(INSTANCE))
