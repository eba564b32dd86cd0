"""Break-even from a workbook to a report: by nation, good and province, as a map, interrupted, and what is refused."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from inputs.problems import InvalidWorkbook
from inputs.template import write_workbook
from optimizer.breakeven import (
    BreakevenOptions,
    breakeven_options,
    carry_out_breakeven,
    exit_code_of,
    prepare_breakeven,
)
from optimizer.command_line import app
from optimizer.exit_codes import ExitCode
from optimizer.files import UnusablePath
from optimizer.options import InvalidOption
from optimizer.progress import Progress
from reports.breakeven import breakeven_frames
from reports.breakeven_excel import finding_lines
from reports.breakeven_findings import Range, Standing, Study
from tests.optimizer.breakeven_case import breakeven_freight
from tests.optimizer.solving import settings
from tests.small_workbook import Tables


def two_counties_tables() -> Tables:
    """The two counties of `breakeven_case` as a workbook, in two provinces: the provincial plant may carry anywhere.

    Cloth is like food, but a plant of it costs 60: its break-even freight is twice as high.
    """
    designs: list[dict[str, Any]] = []
    for good, cost in (("food", 30), ("cloth", 60)):
        designs += [
            {"design": f"{good}-county", "name": good, "good": good, "scale": "county", "capacity": 10,
             "investment": cost, "lead_years": 0},
            {"design": f"{good}-joint", "name": good, "good": good, "scale": "provincial", "capacity": 20,
             "reference": f"{good}-county", "lead_years": 0},
        ]  # fmt: skip
    return {
        "Settings": settings(freight_rate=0.01, gap=0.0001, threads=1),
        "Provinces": [{"province": "west", "name": "West"}, {"province": "east", "name": "East"}],
        "Counties": [
            {"county": "alder", "name": "Alder", "province": "west", "population": 1000, "local_funds": 1000},
            {"county": "birch", "name": "Birch", "province": "east", "population": 1000, "local_funds": 1000},
        ],
        "Goods": [
            {"good": "food", "name": "Food", "norm": 10, "shortage_penalty": 100},
            {"good": "cloth", "name": "Cloth", "norm": 10, "shortage_penalty": 100},
        ],
        "Scales": [
            {"scale": "county", "name": "County"},
            {"scale": "provincial", "name": "Provincial", "sites_only": "yes", "lanes": "everywhere"},
        ],
        "Sites": [{"county": "alder", "scale": "provincial"}],
        "Designs": designs,
        "Lanes": [{"origin": "alder", "destination": "birch", "distance": 100}],
        "Variants": [
            {"variant": "both", "name": "Both"},
            {"variant": "county", "name": "County plants", "scales": "county"},
            {"variant": "provincial", "name": "Provincial plants", "scales": "provincial"},
        ],
    }


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "two.xlsx"
    write_workbook(path, two_counties_tables())
    return path


def studied(workbook: Path, vary: str = "freight", **given: Any) -> Study:
    choice = breakeven_options(**{name: given.pop(name) for name in tuple(given) if name in CHOICES})
    return carry_out_breakeven(
        prepare_breakeven(workbook, vary, choice=choice, folder=workbook.parent / "out", **given)
    ).study


CHOICES = set(BreakevenOptions.__dataclass_fields__)


def test_the_nation_and_each_good_have_their_own_break_even(workbook: Path) -> None:
    # Food alone: 0.01453. Cloth alone, of twice the investment: 0.02906. Both together, 1800 * (2 - 2 ** 0.6) / ...:
    # (90 * (2 - 2 ** 0.6)) / (2 * 1000) = 0.02179, if each good could not have the scale that suits it.
    study = studied(workbook, by=("nation", "good"))
    assert study.variants == ("county", "provincial")
    exact = {"": 1.5 * breakeven_freight(0.6), "food": breakeven_freight(0.6), "cloth": 2 * breakeven_freight(0.6)}
    table = breakeven_frames(study)["breakeven"]
    found = dict(zip(table["code"], table["break_even"], strict=True))
    assert found == {code: pytest.approx(value, rel=0.001) for code, value in exact.items()}
    assert set(table["cheaper_at_start"]) == {"provincial"}
    assert set(table["cheaper_at_end"]) == {"county"}
    assert table["decided"].all()
    assert exit_code_of(study) is ExitCode.SOLVED


def test_provinces_are_planned_alone(workbook: Path) -> None:
    # West has the site and no need to carry; east has none, and goes short without county plants.
    study = studied(workbook, by=("province",))
    table = breakeven_frames(study)["breakeven"].set_index("code")
    assert table.loc["east", "cheaper_at_start"] == "county"
    assert table.loc["west", "cheaper_at_start"] == "county"  # 20 t are twice what west wants
    assert (table["crossings"] == 0).all()


def test_the_exponent_has_a_break_even_too(workbook: Path) -> None:
    # At a freight of 0.01 food and cloth together: 180 = 90 * 2 ** e + 20, e = log2(16 / 9) = 0.830
    study = studied(workbook, "exponent", tolerance=0.02)
    (crossing,) = study.comparisons[0].crossings
    assert crossing.estimate == pytest.approx(0.830, rel=0.02)
    assert crossing.low < 0.830 < crossing.high
    assert crossing.checked


def test_utilisation_can_be_varied(workbook: Path) -> None:
    study = studied(workbook, "utilisation", start=0.4, end=1.0, coarse=3)
    assert study.comparisons[0].standings


def test_map_of_freight_and_exponent(workbook: Path) -> None:
    study = studied(workbook, with_map=True, goods=("food",), map_size=3, start=0.0, end=0.04)
    assert study.comparisons == ()
    table = breakeven_frames(study)["breakeven_map"]
    assert len(table) == 9
    for row in table.itertuples():
        exact = breakeven_freight(row.exponent)
        if abs(row.freight - exact) > 1e-9:
            assert row.cheaper == ("provincial" if row.freight < exact else "county")
            assert row.proven
    lines = breakeven_frames(study)["breakeven_boundaries"].set_index("exponent")["freight"]
    assert lines[0.3] == pytest.approx(breakeven_freight(0.3), rel=0.01)
    assert lines[0.65] == pytest.approx(breakeven_freight(0.65), rel=0.01)
    assert 1.0 not in lines.index


def test_map_of_a_variant_that_no_plan_satisfies(tmp_path: Path) -> None:
    """No county may have a plant of the provincial scale, and demand must be met: only county plants can."""
    tables = two_counties_tables()
    tables["Sites"] = []
    for good in tables["Goods"]:
        del good["shortage_penalty"]
    write_workbook(tmp_path / "two.xlsx", tables)
    study = studied(tmp_path / "two.xlsx", with_map=True, goods=("food",), map_size=2)
    assert exit_code_of(study) is ExitCode.INFEASIBLE
    told = dict(finding_lines(study))["Map, Food"]
    assert told == "No plan of Provincial plants can keep every rule in all 4 cells."
    grid = load_workbook(tmp_path / "out" / "two-breakeven-freight.xlsx")["Maps of goods"]
    assert {grid.cell(row, column).value for row in (3, 4) for column in (2, 3)} == {"provincial: no plan"}


def test_map_of_two_variants_that_no_plan_satisfies(tmp_path: Path) -> None:
    tables = two_counties_tables()
    tables["Sites"] = []
    for good in tables["Goods"]:
        del good["shortage_penalty"]
    for design in tables["Designs"]:
        design["lead_years"] = 1  # nothing is made in the one year
    write_workbook(tmp_path / "two.xlsx", tables)
    study = studied(tmp_path / "two.xlsx", with_map=True, goods=("food",), map_size=2)
    assert exit_code_of(study) is ExitCode.INFEASIBLE
    told = dict(finding_lines(study))["Map, Food"]
    assert "neither" not in told
    assert told.count("can keep every rule in all 4 cells.") == 2


def test_values_without_a_plan_are_not_said_to_cost_the_same(tmp_path: Path) -> None:
    """Plants are paid by the centre alone: 180 for county plants, less for provincial ones; demand must be met."""
    tables = two_counties_tables()
    for county in tables["Counties"]:
        county["local_funds"] = 0
    for good in tables["Goods"]:
        del good["shortage_penalty"]
    tables["Resources"] = [{"resource": "central_funds", "year": 2027, "amount": 200}]
    write_workbook(tmp_path / "two.xlsx", tables)
    study = studied(tmp_path / "two.xlsx", "Resources.central_funds.2027", start=0.0, end=200.0, most_solves=14)
    told = dict(finding_lines(study))["Nation"]
    assert told.startswith("Cheaper at 200: Provincial plants; proven.")
    assert "No plan of County plants can keep every rule at 0 and " in told
    assert "the same" not in told


COSTS = {"never": Range(math.inf, math.inf), "no plan found": Range(1.0, math.inf), "plan": Range(1.0, 2.0)}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((("never", "plan"), ("never", "no plan found")), ExitCode.INFEASIBLE),
        ((("never", "plan"), ("plan", "never")), ExitCode.NO_PLAN),
        ((("never", "plan"), ("no plan found", "plan")), ExitCode.NO_PLAN),
        ((("never", "plan"), ("plan", "plan")), ExitCode.STOPPED),
        ((), ExitCode.NO_PLAN),
    ],
)
def test_infeasible_is_only_what_is_so_at_all_values(
    workbook: Path, found: tuple[tuple[str, str], ...], told: ExitCode
) -> None:
    study = studied(workbook)
    standings = tuple(
        Standing(float(value), (COSTS[one], COSTS[other]), None, False, (True, True))
        for value, (one, other) in enumerate(found)
    )
    comparison = replace(study.comparisons[0], standings=standings, stretches=(), crossings=())
    assert exit_code_of(replace(study, comparisons=(comparison,))) is told


def test_report_has_findings_and_a_sheet_a_table(workbook: Path) -> None:
    studied(workbook, by=("nation", "good"), with_map=True, map_size=2)
    report = load_workbook(workbook.parent / "out" / "two-breakeven-freight.xlsx")
    assert report.sheetnames == [
        "Findings", "Maps of goods", "Break-even", "Crossings", "Checks", "Ranges", "Curves", "Map", "Map boundaries",
        "Columns", "Origin",
    ]  # fmt: skip
    told = {row[0].value: row[1].value for row in report["Findings"].iter_rows(min_row=3)}
    assert "Cheaper below: Provincial plants; above: County plants" in told["Nation"]
    assert "Checked on both sides" in told["Nation"]
    origin = {row[0].value: row[1].value for row in report["Origin"].iter_rows(min_row=2)}
    assert origin["command"].startswith("countyplan breakeven ")


def test_again_nothing_is_solved_twice(workbook: Path) -> None:
    first = studied(workbook)
    begun: list[str] = []

    def watch(name: str, progress: Progress) -> None:
        begun.append(progress.stage)

    prepared = prepare_breakeven(workbook, "freight", folder=workbook.parent / "out")
    again = carry_out_breakeven(prepared, progress=watch).study
    assert set(begun) == {"known from an earlier try"}
    assert again.comparisons == first.comparisons


def test_interrupted_before_anything_is_solved(workbook: Path) -> None:
    prepared = prepare_breakeven(workbook, "freight", folder=workbook.parent / "out")
    study = carry_out_breakeven(prepared, should_stop=lambda: True).study
    assert study.interrupted
    assert exit_code_of(study) is ExitCode.INTERRUPTED
    assert breakeven_frames(study)["breakeven"]["finding"][0].startswith("Nothing was found out")


@pytest.mark.slow
def test_results_are_the_same_with_two_workers(workbook: Path) -> None:
    alone = studied(workbook, by=("good",))
    prepared = prepare_breakeven(
        workbook, "freight", choice=BreakevenOptions(by=("good",)), folder=workbook.parent / "other"
    )
    both = carry_out_breakeven(prepared, jobs=2).study
    one, other = breakeven_frames(alone), breakeven_frames(both)
    for name, table in one.items():
        assert table.drop(columns="seconds", errors="ignore").equals(
            other[name].drop(columns="seconds", errors="ignore")
        )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"variants": ["county"]}, "variants"),
        ({"variants": ["county", "county"]}, "variants"),
        ({"vary": "fright"}, "vary"),
        ({"choice": {"goods": ("tea",)}}, "good"),
        ({"start": 0.5, "end": 0.1}, "to"),
    ],
)
def test_what_cannot_be_done_is_told_before_solving(workbook: Path, given: dict[str, Any], name: str) -> None:
    choice = breakeven_options(**given.pop("choice", {}))
    with pytest.raises(InvalidOption) as refused:
        prepare_breakeven(workbook, given.pop("vary", "freight"), choice=choice, **given)
    assert refused.value.name == name


def test_a_map_goes_with_freight_or_exponent_alone(workbook: Path) -> None:
    folder = workbook.parent / "out"
    for vary in ("utilisation", "Goods.food.norm"):
        told = CliRunner().invoke(
            app, ["breakeven", str(workbook), "--map", "--vary", vary, "--from", "1", "--to", "2", "-o", str(folder)]
        )
        assert told.exit_code == 2
        assert "Error: --map goes with --vary freight or exponent" in told.output
    assert not folder.exists()
    assert prepare_breakeven(workbook, "exponent", choice=breakeven_options(with_map=True), folder=folder)


def test_what_is_compared_follows_from_what_is_named() -> None:
    assert breakeven_options().by == ("nation",)
    assert breakeven_options(goods=("food",)).by == ("good",)
    assert breakeven_options(by=("nation",), goods=("food",)).by == ("nation", "good")
    assert breakeven_options(with_map=True, goods=("food",)).by == ()
    assert breakeven_options(with_map=True, by=("province",)).by == ("province",)
    assert breakeven_options(coarse=None).coarse == BreakevenOptions().coarse


@pytest.mark.parametrize("given", [{"by": ("town",)}, {"tolerance": 0.0}, {"map_size": 1}, {"most_solves": 0}])
def test_options_have_bounds(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidOption):
        BreakevenOptions(**given)


def test_variants_of_one_scale_each_are_compared_unless_others_are_named(workbook: Path) -> None:
    prepared = prepare_breakeven(workbook, "freight", folder=workbook.parent / "out")
    assert prepared.variants == ("county", "provincial")
    with pytest.raises(InvalidWorkbook, match="there is no variant 'town'"):
        prepare_breakeven(workbook, "freight", variants=["town", "county"])


def test_a_parameter_that_changes_nothing_is_refused(workbook: Path) -> None:
    limit = prepare_breakeven(workbook, "Settings.time_limit.value", start=1, end=2, folder=workbook.parent / "out")
    with pytest.raises(InvalidOption, match="changes nothing"):
        carry_out_breakeven(limit)


def test_the_workbook_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "two-breakeven-freight.xlsx"
    write_workbook(path, two_counties_tables())
    path.rename(tmp_path / "two.xlsx")
    (tmp_path / "two-breakeven-freight.xlsx").symlink_to(tmp_path / "two.xlsx")
    with pytest.raises(UnusablePath, match="is the workbook itself"):
        prepare_breakeven(tmp_path / "two.xlsx", "freight", folder=tmp_path)


class TestCommand:
    def test_tells_what_it_found(self, workbook: Path) -> None:
        told = CliRunner().invoke(
            app, ["breakeven", str(workbook), "--by", "good", "--good", "food", "-o", str(workbook.parent / "out")]
        )
        assert told.exit_code == 0
        assert "Break-even at about 0.0145" in " ".join(told.output.split())
        assert (workbook.parent / "out" / "two-breakeven-freight.xlsx").exists()

    def test_teaches_with_examples(self) -> None:
        told = CliRunner().invoke(app, ["breakeven", "--help"])
        assert told.exit_code == 0
        assert "countyplan breakeven my-plan.xlsx --vary freight" in told.output

    def test_says_what_is_wrong_with_an_option(self, workbook: Path) -> None:
        told = CliRunner().invoke(app, ["breakeven", str(workbook), "--variants", "county"])
        assert told.exit_code == 2
        assert "Error: --variants" in told.output
