from dataclasses import replace
from pathlib import Path

import pytest

from inputs.reader import read_workbook
from models.instance import Instance
from models.plan import Status
from optimizer.outcome import gap_text, money_text, size, summary_lines, where_to_look
from tests.optimizer.runs import do_nothing, result_of, write_small
from tests.small_workbook import find_row, set_setting, small_tables


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return read_workbook(write_small(tmp_path)).instance()


def test_size(instance: Instance) -> None:
    # County plants in 3 counties and provincial ones at 2 sites, of 2 goods each: 10 places. Each county supplies
    # itself with 2 goods (6 lanes), and birch sends both to alder, in its province (2 more).
    assert size(instance) == "3 counties, 2 years, 2 goods, 4 designs, 10 places for plants, 8 lanes"
    one = replace(instance, years=(2027,), goods={"food": instance.goods["food"]})
    assert "1 year, 1 good," in size(one)


def test_summary_of_a_plan(instance: Instance) -> None:
    result = result_of(instance, Status.STOPPED)
    plan = replace(
        do_nothing(instance),
        select={("alder", 2028): 1.0, ("birch", 2028): 1.0},
        start={("alder", "food-county", 2028): 1.0, ("birch", "cloth-county", 2028): 1.0},
    )
    told = dict(summary_lines(instance, replace(result, plan=plan)))
    assert told["Status"].startswith("The search stopped early with a usable plan")
    # 6000 t of food at 5000 and 600 t of cloth at 9000, in each of 2 years without discounting.
    assert told["Cost of the plan"] == "70,800,000 money discounted to 2027"
    assert told["Proven bound"] == "53,100,000 money discounted to 2027"
    assert told["Gap"] == "25.00 %"
    assert told["Time of solving"] == "1.5 s, played"
    assert told["Counties joining"] == "2027: 0  2028: 2"
    assert (told["Plants, County"], told["Plants, Provincial"]) == ("2", "0")
    assert "independent check" in told["Verified"]


def test_a_share_is_told_in_per_cent(instance: Instance) -> None:
    policy = replace(instance.policy, objective="greatest least coverage")
    result = replace(result_of(instance, Status.SOLVED), objective=0.255, bound=0.25)
    told = dict(summary_lines(replace(instance, policy=policy), result))
    assert told["Not covered in the worst place"] == "25.5 %"
    assert told["Proven bound"] == "25 %"


@pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE, Status.UNBOUNDED])
def test_summary_without_a_plan(instance: Instance, status: Status) -> None:
    assert [figure for figure, _ in summary_lines(instance, result_of(instance, status))] == [
        "Status",
        "Time of solving",
    ]


@pytest.mark.parametrize(
    ("gap", "text"), [(None, "not known"), (0.0, "0 %"), (1e-9, "below 0.01 %"), (0.0123, "1.23 %"), (1.0, "100.00 %")]
)
def test_gap_text(gap: float | None, text: str) -> None:
    assert gap_text(gap) == text


@pytest.mark.parametrize(("amount", "text"), [(1234.6, "1,235"), (-1e6, "-1,000,000"), (1.23456, "1.235"), (0, "0")])
def test_money_text(amount: float, text: str) -> None:
    assert money_text(amount) == text


def test_where_to_look_tells_what_arithmetic_shows(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "picks_rule", "exactly")
    set_setting(tables, "min_plants", 1)
    find_row(tables, "Resources", resource="central_funds", year=2027)["amount"] = 100
    workbook = read_workbook(write_small(tmp_path, tables))
    instance = workbook.instance("both")
    infeasible = result_of(instance, Status.INFEASIBLE)
    first, last = where_to_look(instance, infeasible, workbook.origins("both"))
    assert "(Resources!C4)" in first
    assert "explain" in last
    without_cells, _ = where_to_look(instance, infeasible)
    assert "(Resources.central_funds.2027)" in without_cells


def test_where_to_look_is_silent_on_what_arithmetic_does_not_show(instance: Instance) -> None:
    (line,) = where_to_look(instance, result_of(instance, Status.INFEASIBLE))
    assert "explain" in line


@pytest.mark.parametrize(("status", "hint"), [(Status.NO_PLAN, "--time-limit"), (Status.UNBOUNDED, "below zero")])
def test_where_to_look_for_the_others(instance: Instance, status: Status, hint: str) -> None:
    (line,) = where_to_look(instance, result_of(instance, status))
    assert hint in line


def test_with_a_plan_there_is_nothing_to_look_for(instance: Instance) -> None:
    assert not list(where_to_look(instance, result_of(instance, Status.SOLVED)))
