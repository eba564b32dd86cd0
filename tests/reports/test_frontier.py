"""The report of a frontier: tables, words, and the Excel file."""

import math
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan, Result, Status
from reports.background import Background
from reports.charts.frontier import frontier_pictures
from reports.charts.picture import WIDE, Picture
from reports.charts.style import FILE
from reports.frontier import FRONTIER_TABLES, finding_lines, frontier_frames, outward
from reports.frontier_excel import is_frontier_report, write_frontier
from reports.frontier_points import FRONTIER_AIMS, Frontier, FrontierPoint
from tests.models.small_instance import with_county
from tests.models.tiny_instance import a_plan, tiny_instance

# A thousand people in alder and three thousand in birch, who import 10 t for 100 or have a mill for 30.
INSTANCE = with_county(tiny_instance(["alder", "birch"]), "birch", population=3_000)


def plan(*built: str) -> Plan:
    bought = [county for county in INSTANCE.counties if county not in built]
    return a_plan(
        start={(county, "mill", 2027): 1 for county in built},
        select={(county, 2027): 1 for county in built},
        produce={(county, "mill", 2027): 10 for county in built},
        ship={(county, county, "food", 2027): 10 for county in built},
        imports={(county, "food", 2027): 10 for county in bought},
        central_funds={(county, 2027): 30 for county in built},
    )


def point(name: str, built: tuple[str, ...], measure: float, cost: float, bound: float | None) -> FrontierPoint:
    made = plan(*built)
    charges = charges_of(INSTANCE, made)
    result = Result(Status.SOLVED, made, cost, bound, None, 2.5, "played", charges, ())
    return FrontierPoint(name, None if built else 3_500.0, measure, cost, bound, result)


# Costs are played, so that the frontier goes downwards.
NONE = point("cap-03", (), 4_000, 200, 190)
BIRCH = point("cap-01", ("birch",), 1_000, 260, 250)
BOTH = point("good-end", ("alder", "birch"), 0, 400, None)
ALDER = point("cap-02", ("alder",), 3_000, 300, 240)


def found(instance: Instance = INSTANCE, **changes: object) -> Frontier:
    parts: dict[str, object] = {
        "instance": instance,
        "against": "coverage",
        "points": (NONE, BIRCH, BOTH),
        "dominated": (ALDER,),
        "least_measure": 0.0,
        "held_uncovered": inf,
        "interrupted": False,
    }
    return Frontier(**{**parts, **changes})  # type: ignore[arg-type]


def drawn(picture: Picture) -> str:
    return str(picture.draw(FILE, WIDE).to_dict(validate=False)["datasets"])


class TestTables:
    def test_points(self) -> None:
        frame = frontier_frames(found())["points"]
        assert frame["point"].tolist() == [1, 2, 3]
        assert frame["measure"].tolist() == [4_000, 1_000, 0]
        assert frame["cost"].tolist() == [200, 260, 400]
        assert frame["cost_at_least"].tolist()[:2] == [190, 250]
        assert frame["gap"].tolist()[:2] == pytest.approx([0.05, 10 / 260])
        assert frame["cost_at_least"].isna().tolist() == frame["gap"].isna().tolist() == [False, False, True]
        assert frame["knee"].tolist() == [False, True, False]
        # Scaled: 60 / 200 and 1/4.
        assert frame["distance"].tolist() == pytest.approx([0, 0.45 / 2**0.5, 0])

    def test_steps(self) -> None:
        frame = frontier_frames(found())["steps"]
        assert frame[["from_point", "to_point"]].to_numpy().tolist() == [[1, 2], [2, 3]]
        assert frame["gained"].tolist() == [3_000, 1_000]
        assert frame["cost"].tolist() == [60, 140]
        assert frame["price"].tolist() == pytest.approx([0.02, 0.14])
        assert frame["price_at_least"].tolist() == pytest.approx([50 / 3_000, 0])
        assert frame["price_at_most"].tolist() == pytest.approx([70 / 3_000, 150 / 1_000])

    def test_price_is_for_the_unit_of_its_heading(self) -> None:
        # A thousandth less of the Gini coefficient for 60 is 600 a point.
        gini = found(
            against="gini",
            points=(replace(NONE, measure=0.5), replace(BIRCH, measure=0.499)),
        )
        (table,) = (table for table in FRONTIER_TABLES if table.name == "steps")
        assert table(gini)["price"].tolist() == pytest.approx([600])
        headings = [column.heading(INSTANCE) for column in table.columns(gini)]
        assert "price (won for a point of Gini (0.01))" in headings

    def test_plans(self) -> None:
        frame = frontier_frames(found())["plans"]
        assert frame["name"].tolist() == ["cap-03", "cap-01", "good-end", "cap-02"]
        assert frame["point"].tolist()[:3] == [1, 2, 3]
        assert frame["point"].isna().tolist() == [False, False, False, True]
        assert frame["coverage"].tolist() == pytest.approx([0, 0.5, 1, 0.5])
        # Nobody is supplied; three quarters of the people have all; all have the same; one quarter has all.
        assert frame["gini"].tolist()[1:] == pytest.approx([0.25, 0, 0.75])
        assert frame["uncovered"].tolist() == [4_000, 1_000, 0, 3_000]
        assert frame["central_money"].tolist() == [0, 30, 60, 30]
        assert frame["counties"].tolist() == frame["plants"].tolist() == [0, 1, 2, 1]

    def test_one_point(self) -> None:
        frames = frontier_frames(found(points=(BOTH,), dominated=()))
        assert len(frames["points"]) == 1
        assert len(frames["steps"]) == 0

    @pytest.mark.parametrize("against", FRONTIER_AIMS)
    def test_every_column_has_a_meaning_and_is_there(self, against: str) -> None:
        told = found(against=against)
        for table in FRONTIER_TABLES:
            columns = table.columns(told)
            assert [column.name for column in columns] == list(table(told).columns)
            assert all(column.meaning for column in columns)
            assert table.meaning

    def test_error_of_the_measure_is_told_where_the_bound_is(self) -> None:
        (table,) = (table for table in FRONTIER_TABLES if table.name == "points")
        (column,) = (column for column in table.columns(found(error=0.0012)) if column.name == "cost_at_least")
        assert column.meaning == "proven: no plan with 0.0012 less of the measure costs less"


class TestHeldCoverage:
    """To build nothing would be cheaper for the centre, even and spread: so it is no plan that is counted."""

    def test_column_of_what_is_proven(self) -> None:
        (table,) = (table for table in FRONTIER_TABLES if table.name == "points")
        (column,) = (column for column in table.columns(found(held_uncovered=200.0)) if column.name == "cost_at_least")
        assert column.meaning == (
            "proven: no plan that leaves no more people uncovered, with as little of the measure, costs less"
        )

    def test_chart(self) -> None:
        held = found(against="dispersion", least_measure=0.33339, held_uncovered=200.0)
        picture = frontier_pictures(held)["frontier"]
        assert "no plan that leaves no more people uncovered can be in the shaded region." in picture.reading
        assert "what a plan that leaves no more people uncovered and is as good is proven to cost" in picture.reading
        words = drawn(picture)
        assert "no plan that leaves no more people uncovered, with so little, costs less than 250" in words
        assert "no plan that leaves no more people uncovered comes below 33.33" in words
        assert "no plan comes below" not in words
        free = frontier_pictures(found())["frontier"]
        assert "at least, and no plan can be in the shaded region." in free.reading

    def test_chart_of_a_proven_end_alone(self) -> None:
        unproven = found(points=(replace(NONE, cost_bound=None), replace(BIRCH, cost_bound=None)), least_measure=900.0)
        reading = frontier_pictures(unproven)["frontier"].reading
        assert "the cheaper. No plan can be in the shaded region." in reading


def test_proven_figures_of_the_charts_stay_proven() -> None:
    made = frontier_pictures(
        found(points=(replace(NONE, cost_bound=190.77), replace(BIRCH, cost_bound=250.69), BOTH), least_measure=0.0)
    )
    words = drawn(made["frontier"])
    assert "costs less than 250.6" in words
    assert "proven to cost at least 190.7" in words
    # (250.69 - 200) / 3,000 and (260 - 190.77) / 3,000
    assert "least costs: 0.01689 to 0.02308" in drawn(made["steps"])


class TestWords:
    def test_what_was_found(self) -> None:
        told = dict(finding_lines(found()))
        assert told["Cheapest"] == "4,000 person-years for 200 won, proven to cost at least 190"
        assert told["Furthest"] == "0 person-years for 400 won"
        assert told["Step 1 to 2"] == (
            "0.02 won for a person covered for a year (least costs: between 0.01666 and 0.02334)"
        )
        assert told["Knee"] == "point 2: 1,000 person-years for 260 won"
        assert not {"Interrupted", "Without a plan", "Frontier"} & set(told)

    def test_a_price_that_is_known_exactly_is_proven(self) -> None:
        exact = [replace(point, cost_bound=point.cost) for point in found().points]
        told = dict(finding_lines(found(points=tuple(exact))))
        assert told["Step 1 to 2"] == "0.02 won for a person covered for a year (proven)"

    def test_money_and_shares_are_told_in_their_units(self) -> None:
        money = dict(finding_lines(replace(found(), against="central-funds")))
        assert money["Cheapest"].startswith("4,000 won for 200 won")
        assert money["Against cost"].endswith("; cost in won discounted to 2027")
        assert dict(finding_lines(replace(found(), against="gini")))["Knee"] == "point 2: 1,000 for 260 won"

    def test_proven_end(self) -> None:
        """Nothing can be below 0 anyway, and a held coverage is a condition of the proof."""
        assert "Proven end" not in dict(finding_lines(found(least_measure=0.0)))
        told = dict(finding_lines(found(least_measure=30.0, held_uncovered=math.inf)))
        assert told["Proven end"] == "No plan comes below 30 person-years."
        told = dict(finding_lines(found(least_measure=30.0, held_uncovered=200.0)))
        assert told["Proven end"] == "No plan that leaves no more people uncovered comes below 30 person-years."

    def test_proven_figures_are_rounded_so_that_they_stay_proven(self) -> None:
        told = dict(finding_lines(found(points=(replace(NONE, cost_bound=12.519), BIRCH), least_measure=1_000.7)))
        assert told["Cheapest"].endswith("proven to cost at least 12.51")
        assert told["Proven end"] == "No plan comes below 1,000 person-years."
        large = dict(finding_lines(found(points=(replace(NONE, cost=2e6, cost_bound=1_234_567.9),))))
        assert large["Cheapest"].endswith("proven to cost at least 1,234,567")
        share = found(against="dispersion", least_measure=0.33339)
        assert dict(finding_lines(share))["Proven end"] == "No plan comes below 33.33 %."
        assert outward(-1.23456, down=True) == "-1.235"
        assert outward(0.0, down=True) == "0"

    def test_a_bound_next_to_the_cost_is_told_as_the_cost(self) -> None:
        told = dict(finding_lines(found(points=(replace(NONE, cost_bound=200 - 1e-6), BOTH))))
        assert told["Cheapest"].endswith("proven to cost at least 200")

    def test_error_of_the_bounds_is_rounded_up(self) -> None:
        (table,) = (table for table in FRONTIER_TABLES if table.name == "points")
        assert "with 0.001235 less" in str(table.columns(found(error=0.00123412)))

    def test_one_point_of_a_search_that_was_not_finished(self) -> None:
        for unfinished in (
            found(points=(BOTH,), interrupted=True),
            found(points=(BOTH,), failed=("good-end: stopped",)),
        ):
            assert dict(finding_lines(unfinished))["Frontier"].startswith("a single point so far")

    def test_what_was_not(self) -> None:
        told = dict(finding_lines(found(interrupted=True, failed=("cap-02: stopped",), points=(NONE, BOTH))))
        assert told["Knee"].startswith("none")
        assert told["Without a plan"] == "cap-02: stopped"
        assert told["Interrupted"].startswith("Not all was solved")

    def test_without_a_bound(self) -> None:
        told = dict(finding_lines(found(points=(replace(NONE, cost_bound=None), BOTH))))
        assert told["Step 1 to 2"].endswith("between 0 and without a bound)")

    def test_one_point(self) -> None:
        told = dict(finding_lines(found(points=(BOTH,), least_measure=None)))
        assert told["Frontier"].startswith("a single point")
        assert not {"Furthest", "Knee", "Proven end"} & set(told)


class TestExcel:
    def test_sheets_and_chart(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "frontier.xlsx"
        write_frontier(path, found(), Background("small.xlsx", "abc", "countyplan frontier small.xlsx"))
        book = load_workbook(path)
        assert book.sheetnames == ["Findings", "Frontier", "Steps", "Plans", "Columns", "Origin"]
        rows = list(book["Frontier"].iter_rows(values_only=True))
        assert rows[0][:3] == ("point (number)", "People not covered (person-years)", "cost (won discounted to 2027)")
        assert [row[:3] for row in rows[1:]] == [(1, 4_000, 200), (2, 1_000, 260), (3, 0, 400)]
        assert ("command", "countyplan frontier small.xlsx") in list(book["Origin"].iter_rows(values_only=True))
        described = {row[0] for row in book["Columns"].iter_rows(min_row=2, values_only=True)}
        assert described == {"Frontier", "Steps", "Plans"}
        assert [path.name for path in path.parent.iterdir()] == ["frontier.xlsx"]

    def test_is_told_from_other_files(self, tmp_path: Path) -> None:
        path = tmp_path / "frontier.xlsx"
        assert not is_frontier_report(path)
        path.write_text("no workbook", encoding="utf-8")
        assert not is_frontier_report(path)
        write_frontier(path, found(), Background("small.xlsx", "abc"))
        assert is_frontier_report(path)
