import shlex
from pathlib import Path

import pytest

from optimizer.assess.run import prepare_assessment
from optimizer.breakeven import breakeven_options, prepare_breakeven
from optimizer.command_text import command_text, each, option_words
from optimizer.frontier.run import prepare_frontier
from optimizer.rank.run import prepare_ranking
from tests.optimizer.runs import write_small

TITLE = "Settings.title.value=it's new"
SET = f"--set {shlex.quote(TITLE)}"
OPTIONS = "--gap 0.05 --time-limit 600.0 --threads 2 --seed 0 --solver HiGHS"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def test_words_then_what_is_set_then_options_as_a_shell_reads_them() -> None:
    told = command_text("solve", ["my plan.xlsx", *each("--only", ["a", "b"])], [TITLE], {"gap": 0.1})
    assert shlex.split(told) == [
        "countyplan", "solve", "my plan.xlsx", "--only", "a", "--only", "b", "--set", TITLE, "--gap", "0.1",
    ]  # fmt: skip


def test_options_are_named_as_on_the_command_line_and_left_out_where_they_are_none() -> None:
    assert option_words({"time_limit": 60.0, "threads": None, "seed": 0}) == ["--time-limit", "60.0", "--seed", "0"]


def test_breakeven_spells_everything_out(workbook: Path) -> None:
    choice = breakeven_options(by=("nation", "province"), goods=("food",), with_map=True, map_size=3)
    prepared = prepare_breakeven(
        workbook, "freight", variants=["county", "both"], start=0.1, end=0.5, choice=choice, overrides=[TITLE], gap=0.05
    )
    assert prepared.command == (
        f"countyplan breakeven {workbook} --vary freight --from 0.1 --to 0.5 --variants county,both --by nation "
        "--by province --good food --map --map-size 3 --tolerance 0.01 --least-gap 0.0005 --coarse 4 --most-solves 40 "
        f"{SET} {OPTIONS}"
    )


def test_frontier_spells_everything_out(workbook: Path) -> None:
    prepared = prepare_frontier(workbook, "gini", points=3, hold_coverage=False, overrides=[TITLE], gap=0.05)
    assert prepared.command == (
        f"countyplan frontier {workbook} --objective gini --variant both --points 3 --free-coverage {SET} {OPTIONS}"
    )


def test_assess_spells_everything_out(workbook: Path) -> None:
    prepared = prepare_assessment(
        workbook, "decided", variant="decided", depth="full", only=["birch"], years_only=True, overrides=[TITLE],
        gap=0.05,
    )  # fmt: skip
    assert prepared.command == (
        f"countyplan assess {workbook} --plan decided --variant decided --depth full --years-only --only birch "
        f"{SET} {OPTIONS}"
    )


def test_rank_spells_everything_out(workbook: Path) -> None:
    prepared = prepare_ranking(workbook, plans=3, depth="quick", only=["birch", "alder"], overrides=[TITLE], gap=0.05)
    assert prepared.command == (
        f"countyplan rank {workbook} --variant both --within 0.01 --plans 3 --draws 0 --depth quick --only birch "
        f"--only alder {SET} {OPTIONS}"
    )
