"""Variants are set against each other only where they meet the same needs in the same money; others are left out."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from models.instance import Instance
from models.plan import Status
from reports.charts.comparison.pictures import comparison_pictures
from reports.comparison import Compared, Comparison
from reports.comparison.excel import comparison_excel_content
from reports.comparison.likeness import alike_base, costs_apart, needs_apart, unlike
from reports.html.comparison_headline import badge, tiles, verdict
from tests.models.measures.programme import programme, programme_plan
from tests.models.tiny_instance import a_plan, tiny_instance
from tests.reports.comparing import bounded, compared, comparison
from tests.reports.comparison_pages import without_imports
from tests.reports.rows import row_of


def hungrier(factor: float = 2.0) -> Instance:
    """The programme with more demand in every place."""
    instance = programme()
    return replace(instance, demand={place: factor * tonnes for place, tonnes in instance.demand.items()})


def tiny(variant: str, counties: tuple[str, ...] = ("alder",), goods: tuple[str, ...] = ("food",)) -> Compared:
    demand = {(county, good, 2027): 0.0 for county in counties for good in goods}
    return compared(variant, tiny_instance(counties, goods=goods, demand=demand), a_plan())


def words_of(told: Comparison, about: str = "") -> list[str]:
    table = told.tables["summary_sentences"]
    return [str(words) for words in table.loc[table["about"] == about, "words"]]


@pytest.fixture
def mixed() -> Comparison:
    """Three variants of the same needs, and one in which people want twice as much, which costs least."""
    return comparison(
        bounded("base", 90, 100),
        bounded("dear", 120, 130),
        bounded("cheap", 60, 70),
        bounded("hungry", 10, 20, hungrier()),
    )


class TestReasons:
    def test_the_same_problem_is_alike(self) -> None:
        assert unlike(compared("a"), compared("b")) == ""
        assert costs_apart(compared("a"), compared("b")) == ""

    def test_demand_is_told_in_tonnes(self) -> None:
        total = sum(programme().demand.values())
        assert unlike(compared("a"), compared("b", hungrier())) == (
            f"the demand differs: {total:,.0f} t, and {2 * total:,.0f} t"
        )

    def test_demand_that_only_moves_is_told_by_places(self) -> None:
        instance = programme()
        (one, tonnes), (other, more) = list(instance.demand.items())[:2]
        moved = replace(instance, demand={**instance.demand, one: tonnes + 1, other: more - 1})
        assert unlike(compared("a"), compared("b", moved)) == (
            "the demand differs in 2 places (a county, a good and a year)"
        )

    def test_the_dust_of_reckoning_is_no_other_demand(self) -> None:
        assert unlike(compared("a"), compared("b", hungrier(1 + 1e-12))) == ""

    def test_goods_and_counties_are_named(self) -> None:
        one, other = tiny("few"), tiny("many", ("alder", "birch", "cedar", "dogwood", "elm"), ("food", "cloth"))
        names = [county.name for county in other.instance.counties.values()]
        assert needs_apart(one, other) == (
            f"the goods differ: only many has {other.instance.goods['cloth'].name}; "
            f"the counties differ: only many has {names[1]}, {names[2]}, {names[3]} and 1 more"
        )

    def test_every_reason_is_told(self) -> None:
        other = replace(hungrier(), discount_rate=0.5, tail_years=7)
        why = unlike(compared("a"), compared("b", other))
        assert [part.partition(":")[0] for part in why.split("; ")] == [
            "the demand differs", "the discount rates differ", "the years of the tail differ",
        ]  # fmt: skip

    def test_another_objective_leaves_costs_alike(self) -> None:
        instance = replace(programme(), policy=replace(programme().policy, objective="greatest coverage"))
        assert unlike(compared("a"), compared("b", instance)).startswith("the objectives differ")
        assert costs_apart(compared("a"), compared("b", instance)) == ""

    def test_coverage_is_not_compared_where_other_people_live(self) -> None:
        covering = replace(programme(), policy=replace(programme().policy, objective="greatest coverage"))
        counties = {code: replace(county, population=7.0) for code, county in covering.counties.items()}
        other = compared("b", replace(covering, counties=counties))
        assert unlike(compared("a", covering), other) == "the numbers of people differ"


class TestHeadline:
    def test_names_the_best_of_those_compared_and_who_is_left_out_why(self, mixed: Comparison) -> None:
        first, second = words_of(mixed)
        assert first == "Of base, dear and cheap, cheap is the cheapest: proven."
        assert second.startswith("hungry is not compared with base in cost of the plan, since the demand differs: ")

    def test_says_nothing_of_costs_about_a_variant_left_out(self, mixed: Comparison) -> None:
        assert not any("cost" in words for words in words_of(mixed, "hungry"))
        assert any("costs at least" in words for words in words_of(mixed, "dear"))

    def test_not_proven_is_said_of_those_compared_alone(self) -> None:
        told = comparison(bounded("base", 90, 100), bounded("close", 85, 95), bounded("hungry", 1, 2, hungrier()))
        assert words_of(told)[0] == (
            "Of base and close, the cheapest plan found is that of close. It is not proven that base could not be as "
            "good."
        )

    def test_one_alone_is_no_ranking(self) -> None:
        told = comparison(bounded("base", 90, 100), bounded("hungry", 1, 2, hungrier()))
        assert [words.partition(",")[0] for words in words_of(told)] == [
            "hungry is not compared with base in cost of the plan"
        ]

    def test_the_base_and_those_alike_are_told_apart(self, mixed: Comparison) -> None:
        assert [one.variant for one in alike_base(mixed)] == ["base", "dear", "cheap"]


class TestWithoutPlan:
    @pytest.mark.parametrize("which", [0, 1])
    def test_an_infeasible_variant_is_told_once(self, which: int) -> None:
        variants = [compared("first"), compared("second"), compared("third")]
        variants[which] = compared(variants[which].variant, status=Status.INFEASIBLE)
        words = list(comparison(*variants).tables["summary_sentences"]["words"])
        code = variants[which].variant
        (line,) = (line for line in words if "satisfy every rule" in line)
        assert line == (
            f"{code}: No plan can satisfy every rule: together they ask for more than there is. "
            "The command “countyplan explain” finds which figures contradict each other."
        )
        assert not any("nothing to compare" in line for line in words)

    def test_a_bound_without_a_plan_still_proves_something(self) -> None:
        told = comparison(bounded("base", 90, 100), bounded("late", 150, None))
        assert words_of(told) == [
            "late: The search stopped before it found a plan. It is not known whether one exists."
        ]
        (words,) = words_of(told, "late")
        assert words.startswith("late costs at least 50.0 crowns")

    def test_no_bound_at_all_is_said(self) -> None:
        told = comparison(bounded("base", None, 100), bounded("other", None, 90))
        assert "other against base: nothing is proven, since no bound or no plan was found." in words_of(told, "other")


class TestTables:
    @pytest.fixture
    def apart(self) -> Comparison:
        """Two plans that differ, of problems in which people want different amounts."""
        return comparison(compared("base"), compared("hungry", hungrier(1.5), without_imports()))

    def test_money_has_no_difference_and_other_figures_have(self, apart: Comparison) -> None:
        table = apart.tables["results"]
        for figure in ("Cost in all", "Cost of the plan", "Imports in all years, not discounted"):
            row = row_of(table, figure=figure)
            assert row["value_base"] is not None
            assert row["value_hungry"] is not None
            assert row["difference_hungry"] is None
        assert row_of(table, figure="Counties joining")["difference_hungry"] == 0

    def test_costs_are_not_set_against_each_other_place_by_place(self, apart: Comparison) -> None:
        tables = apart.tables
        assert tables["cost_changes"].empty
        assert tables["supply_cost_changes"].empty
        assert not tables["source_changes"].empty
        assert tables["source_changes"]["change"].isna().all()
        assert set(tables["source_changes"]["moved_most"]) == {""}
        assert tables["source_totals"]["change"].isna().all()
        assert (tables["source_totals"]["counties"] > 0).all()

    def test_proven_differences_say_why_not(self, apart: Comparison) -> None:
        (row,) = apart.tables["proven_differences"].to_dict("records")
        assert row["objective"].startswith("the demand differs")
        assert row["least"] is None
        assert row["most"] is None


class TestReports:
    def test_excel_summary_says_who_is_left_out(self, mixed: Comparison) -> None:
        sheet = load_workbook(BytesIO(comparison_excel_content(mixed)))["Summary"]
        told = [str(cell.value) for cell in sheet["B"] if cell.value]
        assert any(words.startswith("hungry is not compared with base") for words in told)

    def test_page_says_it_in_the_lead_the_tile_and_the_badge(self, mixed: Comparison) -> None:
        assert any(words.startswith("hungry is not compared with base") for words in verdict(mixed))
        remarks = {tile.label.partition(":")[0]: tile.remark for tile in tiles(mixed)}
        assert remarks["hungry"].endswith("; not compared with base")
        assert "not compared" not in remarks["dear"]
        assert badge(mixed) == ("good", "It is proven which is best of those compared")

    def test_charts_of_costs_leave_it_out_with_the_reason(self, mixed: Comparison) -> None:
        pictures: dict[str, Any] = dict(comparison_pictures(mixed))
        assert "hungry cannot be shown here, since the demand differs: " in pictures["intervals"].reading
        assert "Costs of hungry are not set against these, since the demand differs: " in (
            pictures["cost_waterfall"].reading
        )

    def test_a_chart_of_costs_needs_two_that_can_be_compared(self) -> None:
        told = comparison(compared("base"), compared("hungry", hungrier()))
        assert "cost_waterfall" not in comparison_pictures(told)


def test_the_diff_of_two_results_still_tells_what_costs_changed() -> None:
    from tests.reports.test_diff import diff_of, side

    told = diff_of(side("A", programme(), programme_plan()), side("B", hungrier(), programme_plan()))
    assert told.comparison is not None
    assert not told.comparison.tables["cost_changes"].empty
