"""Goods that serve as raw materials of other goods."""

from pathlib import Path

import pytest

from inputs.problems import InvalidWorkbook
from models.records import Input
from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import Tables, find_row, small_tables


def with_intermediates(*uses: tuple[str, str], price: float = 5) -> Tables:
    """The small workbook, where each design takes a good: an input `raw-GOOD`, listed after grain."""
    tables = small_tables()
    for good in dict.fromkeys(good for _, good in uses):
        tables["Inputs"].append({"input": f"raw-{good}", "name": "Raw", "good": good, "bought_price": price})
    tables["DesignInputs"] += [{"design": design, "input": f"raw-{good}", "tonnes": 0.5} for design, good in uses]
    return tables


def test_a_raw_material_may_be_a_good_as_well(tmp_path: Path) -> None:
    inputs = read(tmp_path, with_intermediates(("food-county", "cloth"))).instance("both").inputs
    assert inputs["raw-cloth"] == Input("raw-cloth", "Raw", 0, 5, "cloth")
    assert inputs["grain"].good is None


def test_unknown_good(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "cloth"))
    find_row(tables, "Inputs", input="raw-cloth")["good"] = "clth"
    assert only_problem(tmp_path, tables) == "Inputs!E3: good 'clth' is not in Goods. Did you mean 'cloth'?"


def test_good_that_needs_itself(tmp_path: Path) -> None:
    assert only_problem(tmp_path, with_intermediates(("food-county", "food"))) == (
        "Inputs!E3: the good food is needed to make itself: food takes food (raw-food of food-county). "
        "Leave good blank for one of these raw materials, or take it out of the design."
    )


def test_goods_that_need_each_other_are_told_once(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "cloth"), ("cloth-county", "food"))
    assert only_problem(tmp_path, tables).startswith(
        "Inputs!E4: the good food is needed to make itself: "
        "food takes cloth (raw-cloth of food-county), cloth takes food (raw-food of cloth-county)."
    )


def test_a_longer_circle_beside_a_good_that_leads_into_it(tmp_path: Path) -> None:
    tables = with_intermediates(
        ("toys-county", "food"), ("food-county", "cloth"), ("cloth-county", "thread"), ("thread-county", "food")
    )
    for good in ("thread", "toys"):
        tables["Goods"].append({"good": good, "name": good.title()})
        tables["Designs"].append(
            {"design": f"{good}-county", "name": "X", "good": good, "scale": "county", "investment": 1}
        )
    assert (
        "food takes cloth (raw-cloth of food-county), cloth takes thread (raw-thread of cloth-county), "
        "thread takes food (raw-food of thread-county). "
    ) in only_problem(tmp_path, tables)
    tables["DesignInputs"].pop()
    assert problems(tmp_path, tables) == []


def test_two_circles_are_both_told(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "food"), ("cloth-county", "cloth"))
    assert [line.split(": ")[0] for line in problems(tmp_path, tables)] == ["Inputs!E3", "Inputs!E4"]


def test_what_designs_take_from_their_references_counts(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "cloth"), ("cloth-county", "food"))
    tables["Variants"] = [row for row in tables["Variants"] if row["variant"] == "provincial"]
    assert "food takes cloth (raw-cloth of food-county)" in only_problem(tmp_path, tables)


def test_no_circle_where_the_variant_has_not_the_designs(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "cloth"), ("cloth-provincial", "food"))
    tables["Variants"] = [row for row in tables["Variants"] if row["variant"] in ("county", "provincial")]
    # The provincial food plant would take what the county's takes.
    tables["DesignInputs"].append({"design": "food-provincial", "input": "grain", "tonnes": 1})
    assert problems(tmp_path, tables) == []


def test_an_amount_of_nothing_is_no_use(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "food"))
    tables["DesignInputs"][-1]["tonnes"] = 0
    assert problems(tmp_path, tables) == []


def test_a_circle_made_on_the_command_line(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "cloth"))
    workbook = read(tmp_path, tables)
    argument = "Inputs.raw-cloth.good=food"
    with pytest.raises(InvalidWorkbook, match=f"--set {argument}: the good food is needed to make itself"):
        workbook.instance("both", [argument])


def test_buying_for_nothing_is_remarked_on(tmp_path: Path) -> None:
    tables = with_intermediates(("food-county", "cloth"), price=0)
    expected = "raw-cloth can be bought for nothing, which no plant that makes the good cloth can match."
    assert f"Inputs!D3: {expected}" in notes(tmp_path, tables)
    assert not any("for nothing" in line for line in notes(tmp_path, with_intermediates(("food-county", "cloth"))))
