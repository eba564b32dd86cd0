"""Tables of a comparison: what is in them agrees with the measures and adds up, and no plan is no crash."""

from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.measures.dispersion import dispersion
from models.measures.equity import equity
from models.measures.purses import remittances
from models.plan import Plan, Status
from reports.comparison import Compared, Comparison, InputDifference, short_name
from reports.comparison.excel import comparison_excel_content, is_comparison, write_comparison_excel
from reports.comparison.results import lines
from reports.comparison.tables import COMPARISON_TABLES, comparison_frames
from reports.comparison.without_plan import without_plan
from tests.models.measures.programme import programme, programme_plan
from tests.models.tiny_instance import a_plan, option, tiny_instance
from tests.reports.comparing import compared, comparison
from tests.reports.rows import row_of


def lesser_plan() -> Plan:
    """The programme's plan with everything it imports not met instead: another plan, whether or not it keeps the
    rules."""
    plan = programme_plan()
    moved = {place: plan.shortage.get(place, 0.0) + tonnes for place, tonnes in plan.imports.items()}
    return replace(plan, imports={}, shortage={**plan.shortage, **moved})


@pytest.fixture
def told() -> Comparison:
    return replace(
        comparison(compared("first"), compared("second", plan=lesser_plan())),
        inputs=(
            InputDifference("Settings", "gap", "value", 1, {"first": "0.01", "second": "0.02"}, ("Overrides!E2",)),
        ),
    )


def test_results_agree_with_the_measures(told: Comparison) -> None:
    table = told.tables["results"]
    instance, plan = programme(), programme_plan()
    assert row_of(table, figure="Gini coefficient of coverage")["value_first"] == equity(instance, plan)[-1].gini
    left = f"Coverage left in {instance.last_year} without the worst province"
    assert row_of(table, figure=left)["value_first"] == dispersion(instance, plan)[-1].coverage_left
    due = sum(found.due for found in remittances(instance, plan))
    assert row_of(table, figure="Owed to the centre")["value_first"] == pytest.approx(due)
    cost = row_of(table, figure="Cost in all")
    assert cost["value_first"] == pytest.approx(told.base.result.objective)
    assert cost["difference_second"] == pytest.approx(cost["value_second"] - cost["value_first"])


def test_every_row_of_results_has_a_unit(told: Comparison) -> None:
    table = told.tables["results"]
    assert (table["unit"] != "").all()
    assert not table.duplicated(["section", "figure"]).any()
    assert row_of(table, figure="Status")["unit"] == "words"


def test_years_and_names_have_no_difference(told: Comparison) -> None:
    table = told.tables["results"]
    assert row_of(table, figure="Labour for construction: in the year")["difference_second"] is None
    assert row_of(table, figure="Worst province")["difference_second"] is None


def test_every_figure_says_the_same_as_results(told: Comparison) -> None:
    tidy, wide = told.tables["every_figure"], told.tables["results"]
    assert len(tidy) == 2 * len(wide)
    where = {"figure": "Imports in all years, not discounted"}
    row = row_of(tidy, variant="second", **where)
    assert row["difference"] == row_of(wide, **where)["difference_second"]
    assert row["relative"] == pytest.approx(-1.0)
    assert row_of(tidy, variant="first", figure="Status")["words"] == "solved within the asked gap"


def test_cost_changes_add_up_to_the_change_of_cost(told: Comparison) -> None:
    first, second = (one.result.objective for one in told.variants)
    assert first is not None
    assert second is not None
    table = told.tables["cost_changes"]
    assert table["change"].sum() == pytest.approx(second - first)
    assert row_of(table[table["good"] == "cloth"], term="imports")["after"] == 0.0


def test_a_source_that_changes_is_told_with_what_it_costs() -> None:
    """In the base the mill of 30 makes birch's 10 t, carried for 20; in the other they are imported for 100."""
    lanes = {
        ("alder", "alder", "food"): tiny_instance().lanes["alder", "alder", "food"],
        ("alder", "birch", "food"): replace(tiny_instance().lanes["alder", "alder", "food"], cost=2, distance=9),
    }
    demand = {("alder", "food", 2027): 0.0, ("birch", "food", 2027): 10.0}
    instance = tiny_instance(("alder", "birch"), lanes=lanes, demand=demand, options={("alder", "mill"): option()})
    made = a_plan(
        select={("alder", 2027): 1.0},
        start={("alder", "mill", 2027): 1.0},
        produce={("alder", "mill", 2027): 10.0},
        ship={("alder", "birch", "food", 2027): 10.0},
    )
    bought = a_plan(imports={("birch", "food", 2027): 10.0})
    told = comparison(compared("made", instance, made), compared("bought", instance, bought))
    (row,) = told.tables["source_changes"].to_dict("records")
    assert (row["county"], row["good"]) == ("birch", "food")
    assert (row["source_before"], row["source"]) == ("County (elsewhere)", "imports")
    assert (row["supplier_before"], row["supplier"]) == ("alder", "")
    assert {name: row[name] for name in ("change", "construction", "transport", "imports", "running", "shortage")} == {
        "change": 50, "construction": -30, "transport": -20, "imports": 100, "running": 0, "shortage": 0,
    }  # fmt: skip
    assert row["moved_most"] == "imports"
    (total,) = told.tables["source_totals"].to_dict("records")
    assert (total["counties"], total["demand"], total["change"]) == (1, 10, 50)
    (changed,) = told.tables["supply_cost_changes"].to_dict("records")
    assert (changed["before"], changed["after"]) == (50, 100)
    words = " ".join(told.tables["summary_sentences"]["words"])
    assert "In 1 of 2 cases (a county and a good) the main source in 2027 is another" in words
    assert "food from County (elsewhere) to imports (1)" in words


def test_the_same_plan_changes_nothing() -> None:
    told = comparison(compared("first"), compared("second"))
    assert told.tables["source_changes"].empty
    assert told.tables["supply_cost_changes"].empty
    assert (told.tables["cost_changes"]["change"] == 0).all()
    words = list(told.tables["summary_sentences"]["words"])
    assert "second and first are equally good: proven." in words
    assert "Of the 2 variants with a plan, first and second are the cheapest and equally good: proven." in words
    assert "Every county has each good from the same kind of source as with first." in words


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.NO_PLAN])
@pytest.mark.parametrize("which", [0, 1])
def test_a_variant_without_a_plan_is_shown_as_such(status: Status, which: int) -> None:
    variants = [compared("first"), compared("second")]
    variants[which] = compared(variants[which].variant, status=status)
    told = comparison(*variants)
    frames = comparison_frames(told)
    assert row_of(frames["variants"], variant=variants[which].variant)["value"] is None
    code = variants[which].variant
    assert row_of(frames["results"], figure="Status")[f"value_{code}"] == status.value
    assert row_of(frames["results"], figure="Gini coefficient of coverage")[f"value_{code}"] is None
    assert any(code in words for words in frames["summary_sentences"]["words"])
    assert frames["source_changes"].empty
    assert comparison_excel_content(told)


def bare(variant: str, goods: tuple[str, ...] = ("food",), years: int = 1) -> Compared:
    """A variant of the tiny problem in which nothing is built or in demand."""
    demand = {("alder", good, 2027 + year): 0.0 for good in goods for year in range(years)}
    return compared(variant, tiny_instance(goods=goods, years=years, demand=demand), a_plan())


def test_other_goods_or_counties_are_said_to_be() -> None:
    words = list(comparison(bare("first"), bare("other", ("food", "cloth"))).tables["summary_sentences"]["words"])
    assert "Counties or goods of other are not those of first, so sources are not compared place by place." in words
    assert not any("same kind of source" in line for line in words)


def test_last_years_that_differ_are_told_apart() -> None:
    words = " ".join(comparison(bare("first"), bare("other", years=2)).tables["summary_sentences"]["words"])
    assert "In 2028, with other nothing is in demand; in 2027, with first nothing is in demand." in words


def test_a_plan_taken_over_is_said_to_be() -> None:
    told = comparison(compared("first"), replace(compared("second"), plan_of="first"))
    words = " ".join(told.tables["summary_sentences"]["words"])
    assert "The plan found for first keeps every rule of second too, and is better" in words
    assert row_of(told.tables["variants"], variant="second")["plan_of"] == "first"


def test_goods_at_other_prices_are_compared_place_by_place() -> None:
    instance = programme()
    dearer = {code: replace(good, market_price=good.market_price + 1) for code, good in instance.goods.items()}
    told = comparison(compared("base"), compared("other", replace(instance, goods=dearer)))
    assert len(told.tables["cost_changes"]) > 0


def test_a_long_name_is_cut_but_where_variants_are_listed(told: Comparison) -> None:
    name = "a name of many words " * 12
    long = replace(told, variants=tuple(replace(one, name=name) for one in told.variants))
    report = load_workbook(BytesIO(comparison_excel_content(long)))
    names = {row[1] for row in report["Cost changes by good"].iter_rows(min_row=2, values_only=True)}
    assert names == {"a name of many words a name of many…"}
    assert {row[1] for row in report["Variants"].iter_rows(min_row=2, values_only=True)} == {name}


def test_short_names_are_left_alone() -> None:
    assert short_name("County plants only") == "County plants only"
    assert short_name("x" * 240) == "x" * 39 + "…"


def test_other_goods_or_counties_are_not_compared_place_by_place() -> None:
    other = compared("other", tiny_instance(), a_plan())
    told = comparison(compared("first"), other)
    assert told.tables["source_changes"].empty
    assert told.tables["cost_changes"].empty
    assert comparison_excel_content(told)


def test_figures_that_only_one_has_stand_in_their_section() -> None:
    told = comparison(compared("first", tiny_instance(), a_plan()), compared("other"))
    known = lines(told)
    assert {line.section for line in known if line.name == "Owed to the centre"}
    assert all(line.values.keys() <= {"first", "other"} for line in known)
    assert len({(line.section, line.name, line.label) for line in known}) == len(known)


def test_an_interrupted_variant_is_not_said_to_have_had_its_time() -> None:
    stopped = compared("first", status=Status.NO_PLAN)
    assert without_plan(stopped) == "no plan: none was found in time"
    interrupted = replace(stopped, result=replace(stopped.result, interrupted=True))
    assert without_plan(interrupted) == "no plan: interrupted before one was found"


class TestExcel:
    def test_has_a_sheet_a_table_and_is_known_again(self, told: Comparison, tmp_path: Path) -> None:
        path = tmp_path / "comparison.xlsx"
        write_comparison_excel(path, told)
        book = load_workbook(path)
        expected = [table.title for table in COMPARISON_TABLES if table.own_sheet]
        assert book.sheetnames == ["Summary", "Contents", *expected, "Provenance", "Columns"]
        assert is_comparison(path)
        assert [file.name for file in tmp_path.iterdir()] == ["comparison.xlsx"]
        (tmp_path / "other.xlsx").write_text("no workbook")
        assert not is_comparison(tmp_path / "other.xlsx")

    def test_figures_have_the_format_of_their_unit(self, told: Comparison) -> None:
        sheet = load_workbook(BytesIO(comparison_excel_content(told)))["Results"]
        rows = {(str(row[0].value), str(row[1].value)): row for row in sheet.iter_rows(min_row=2)}
        covered: Any = rows["Coverage: domestic supply as a share of demand", "Mean of all years and goods"]
        assert covered[3].number_format == "0.0%"
        assert covered[5].number_format == "+0.0%;-0.0%;0"
        assert sheet["D1"].value == "first"
        assert sheet["F1"].value == "second less first"

    def test_every_column_says_what_it_means(self, told: Comparison) -> None:
        for table in COMPARISON_TABLES:
            assert table.meaning
            assert all(column.meaning for column in table.columns(told))
            assert len(table.title) <= 31


def test_tables_have_rows_where_plans_differ(told: Comparison) -> None:
    assert not any(told.tables[name].empty for name in told.tables)
    assert {field.name for field in fields(Comparison)} == {"base_code", "variants", "inputs", "background"}
