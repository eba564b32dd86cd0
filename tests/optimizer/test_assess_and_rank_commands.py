"""The commands `assess` and `rank`, from the workbook to the report."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

import optimizer.assess.run
from optimizer.interruption import Interruption
from optimizer.run import background, carry_out, prepare, save_run
from optimizer.solve import solve
from reports.saved_result import SavedResult
from tests.optimizer.commands import run
from tests.optimizer.runs import write_small
from tests.small_workbook import set_setting, small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_small(tmp_path)


class TestAssess:
    def test_choices_already_made(self, workbook: Path, tmp_path: Path) -> None:
        told = run("assess", workbook, "--plan", "decided", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "Choices: 1 county, from the sheet Decided" in told.stdout
        report = tmp_path / "out" / "small-both-assessment.xlsx"
        assert str(report) in told.stdout
        rows = list(load_workbook(report)["By county"].iter_rows(values_only=True, min_row=2))
        assert [row[0] for row in rows] == ["birch"]
        assert "Broken rules" not in load_workbook(report).sheetnames  # there is none

    @pytest.mark.parametrize("name", ["none.csv", "none.result.zip"])
    def test_a_plan_that_is_not_there(self, workbook: Path, name: str) -> None:
        told = run("assess", workbook, "--plan", name)
        assert told.exit_code == 2, told.output
        assert f"there is no file '{name}'" in told.output

    def test_variant_that_uses_them_is_judged_without_them(self, workbook: Path, tmp_path: Path) -> None:
        told = run("assess", workbook, "--plan", "decided", "--variant", "decided", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        given = optimizer.assess.run.prepare_assessment(workbook, "decided", variant="decided")
        assert given.given.years == {"birch": 2027}
        assert given.instance.decided == {}

    def test_estimates_and_swaps(self, workbook: Path, tmp_path: Path) -> None:
        told = run("assess", workbook, "--plan", "decided", "--depth", "swap", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "What the choices cost, estimate" in told.stdout
        (heading, row) = _rows(tmp_path / "out" / "small-both-assessment.xlsx", "By county")
        told_of = {str(name).split(" (")[0]: value for name, value in zip(heading, row, strict=True)}
        least, estimate, found = (told_of[f"cost alone{part}"] for part in (", at least", ", estimate", ""))
        assert isinstance(least, (int, float))
        assert isinstance(estimate, (int, float))
        assert isinstance(found, (int, float))
        assert 0 <= least <= found
        assert estimate > 0

    def test_table_and_its_broken_rules(self, workbook: Path, tmp_path: Path) -> None:
        table = tmp_path / "mine.csv"
        table.write_text("county,year\nalder,2027\ncedar,2027\n", encoding="utf-8")
        told = run("assess", workbook, "--plan", table, "-o", tmp_path / "out")
        assert told.exit_code == 4, told.output
        assert "Broken: 2 counties are given for 2027, at most 1 may join (picks_per_year)" in told.stdout
        assert "Left out: Cedar in 2027" in told.stdout

    def test_plants_of_a_scale_that_the_variant_does_not_have(self, workbook: Path, tmp_path: Path) -> None:
        table = tmp_path / "mine.csv"
        table.write_text("county,year,design\nbirch,2027,\nbirch,2027,food-provincial\n", encoding="utf-8")
        prepared = prepare(workbook, variant="provincial", folder=tmp_path / "saved", gap=0.0)
        plan = solve(prepared.instance, prepared.options)
        saved = save_run(prepared.files.result, SavedResult(prepared.instance, plan, background(prepared)))
        for given in (table, saved):
            told = run("assess", workbook, "--plan", given, "--variant", "county", "-o", tmp_path / "out")
            assert told.exit_code == 3, told.output
            assert "the variant county has no plants of the scale Provincial" in told.stderr
            assert "Use a variant that has them (both, provincial, decided)" in told.stderr
            assert "1 problem found" in told.stderr
            years = optimizer.assess.run.prepare_assessment(workbook, str(given), variant="county", years_only=True)
            assert years.given.plants == {}
            assert years.given.years

    def test_problems_of_a_table(self, workbook: Path, tmp_path: Path) -> None:
        table = tmp_path / "mine.csv"
        table.write_text("county,year\nalda,2027\nbirch,2040\n", encoding="utf-8")
        told = run("assess", workbook, "--plan", table, "-o", tmp_path / "out")
        assert told.exit_code == 3
        assert "'mine.csv'!A2: county 'alda' is not in Counties. Did you mean 'alder'?" in told.stderr
        assert "2 problems found" in told.stderr
        assert not (tmp_path / "out").exists()

    def test_saved_result(self, workbook: Path, tmp_path: Path) -> None:
        finished = carry_out(prepare(workbook, folder=tmp_path / "solved"))
        told = run("assess", workbook, "--plan", finished.saved, "--gap", "0.0001", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        figures = {row[0]: row[1] for row in _rows(tmp_path / "out" / "small-both-assessment.xlsx", "Figures")}
        assert figures["What the choices cost"] == pytest.approx(0, abs=1)

    def test_nothing_decided(self, tmp_path: Path) -> None:
        tables = small_tables()
        del tables["Decided"]
        told = run("assess", write_small(tmp_path, tables), "--plan", "decided", "-o", tmp_path / "out")
        assert told.exit_code == 3
        assert "there are no choices to assess" in told.stderr

    def test_decided_year_outside_the_plan(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "first_year", 2028)
        tables["Variants"] = [row for row in tables["Variants"] if row["variant"] != "decided"]
        told = run("assess", write_small(tmp_path, tables), "--plan", "decided", "-o", tmp_path / "out")
        assert told.exit_code == 3
        assert "year should be a plan year" in told.stderr

    def test_no_such_saved_result(self, workbook: Path) -> None:
        assert run("assess", workbook, "--plan", "none.result.zip").exit_code == 2

    def test_large_problem_is_judged_by_year_unless_counties_are_named(
        self, workbook: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(optimizer.assess.run, "is_large", lambda instance: True)
        prepare = optimizer.assess.run.prepare_assessment
        assert (prepare(workbook, "decided").depth, prepare(workbook, "decided").only) == ("quick", ())
        assert prepare(workbook, "decided", only=["birch"]).only == ("birch",)
        assert prepare(workbook, "decided", depth="full").only is None

    def test_county_that_is_not_given(self, workbook: Path) -> None:
        told = run("assess", workbook, "--plan", "decided", "--only", "alder")
        assert told.exit_code == 2
        assert "--only should name a county that is among the choices, found 'alder'" in told.stderr

    def test_unknown_county_is_a_mistake_of_the_command_or_of_the_table(self, workbook: Path, tmp_path: Path) -> None:
        table = tmp_path / "choices.csv"
        table.write_text("county,year\nalda,2027\n", encoding="utf-8")
        in_table = run("assess", workbook, "--plan", table)
        in_command = run("assess", workbook, "--plan", "decided", "--only", "alda")
        assert (in_table.exit_code, in_command.exit_code) == (3, 2)
        assert "there is no county 'alda'; did you mean alder" in in_command.stderr

    def test_county_may_be_called_by_its_name(self, workbook: Path) -> None:
        assert optimizer.assess.run.prepare_assessment(workbook, "decided", only=["Birch"]).only == ("birch",)

    def test_help_has_an_example(self) -> None:
        assert "countyplan assess my-plan.xlsx --plan decided" in run("assess", "--help").output


def test_assess_begins_with_a_saved_result_and_searches_with_the_choices_alone(workbook: Path, tmp_path: Path) -> None:
    saved = carry_out(prepare(workbook, variant="both", folder=tmp_path / "solved")).saved
    told = run(
        "assess", workbook, "--plan", "decided", "--depth", "none", "--begin-with", saved, "-o", tmp_path / "out"
    )
    assert told.exit_code == 0, told.output
    kept = [path.name.partition("-")[0] for path in (tmp_path / "out" / "small-both-runs").iterdir()]
    assert kept == ["given"]
    again = run("assess", workbook, "--plan", "decided", "--depth", "none", "-o", tmp_path / "searched")
    figures = [_rows(tmp_path / folder / "small-both-assessment.xlsx", "Figures") for folder in ("out", "searched")]
    assert again.exit_code == 0
    assert figures[0] == figures[1]
    assert str(saved) in str(_rows(tmp_path / "out" / "small-both-assessment.xlsx", "Provenance"))


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is pressed before anything is searched for."""
    monkeypatch.setattr(Interruption, "__enter__", lambda self: (setattr(self, "requested", True), self)[1])


@pytest.mark.usefixtures("interrupted")
class TestInterrupted:
    """What is known from a saved result is told, nothing more is begun, and the exit code says that it was stopped."""

    @pytest.fixture
    def saved(self, workbook: Path, tmp_path: Path) -> Path:
        return carry_out(prepare(workbook, variant="both", folder=tmp_path / "solved")).saved

    def test_ranking(self, workbook: Path, tmp_path: Path, saved: Path) -> None:
        told = run("rank", workbook, "--depth", "estimate", "--begin-with", saved, "-o", tmp_path / "out")
        assert told.exit_code == 130, told.output
        assert "Ended early" in told.stdout
        assert "1 plan" in told.stdout
        assert "Joining: certain" not in told.stdout
        assert not list((tmp_path / "out" / "small-both-runs").iterdir())

    def test_assessment(self, workbook: Path, tmp_path: Path, saved: Path) -> None:
        told = run("assess", workbook, "--plan", "decided", "--begin-with", saved, "-o", tmp_path / "out")
        assert told.exit_code == 130, told.output
        assert not list((tmp_path / "out" / "small-both-runs").iterdir())
        figures = {row[0]: row for row in _rows(tmp_path / "out" / "small-both-assessment.xlsx", "Figures")}
        assert str(figures["Cost of the choices"][3]).startswith("not looked for, as it was interrupted")
        assert figures["Cost of the plan, without them"][1] is not None


def test_both_share_their_searches(workbook: Path, tmp_path: Path) -> None:
    assert run("assess", workbook, "--plan", "decided", "--depth", "none", "-o", tmp_path / "out").exit_code == 0
    kept = {path.name for path in (tmp_path / "out" / "small-both-runs").iterdir()}
    assert len(kept) == 2
    assert run("rank", workbook, "--plans", 2, "--depth", "none", "-o", tmp_path / "out").exit_code == 0
    assert {path.name for path in (tmp_path / "out" / "small-both-runs").iterdir()} == kept


class TestRank:
    def test_from_workbook_to_report(self, workbook: Path, tmp_path: Path) -> None:
        told = run("rank", workbook, "--plans", 4, "--within", 0.05, "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        report = tmp_path / "out" / "small-both-ranking.xlsx"
        assert str(report) in told.stdout
        assert len(_rows(report, "Counties")) == 1 + 3
        assert len(_rows(report, "Plans")) == 1 + 4
        provenance = dict(row[:2] for row in _rows(report, "Provenance"))
        assert "--draws 0" in str(provenance["command"])

    def test_begins_with_a_saved_result_and_does_not_search_for_it_again(self, workbook: Path, tmp_path: Path) -> None:
        finished = carry_out(prepare(workbook, folder=tmp_path / "solved"))
        told = run("rank", workbook, "--plans", 2, "--depth", "none", "--begin-with", finished.saved, "-o", tmp_path)
        assert told.exit_code == 0, told.output
        assert not list((tmp_path / "small-both-runs").iterdir())

    def test_a_saved_result_that_is_not_good_enough_is_only_begun_with(self, workbook: Path, tmp_path: Path) -> None:
        finished = carry_out(prepare(workbook, folder=tmp_path / "solved"))
        told = run("rank", workbook, "--plans", 2, "--depth", "none", "--begin-with", finished.saved, "-o", tmp_path,
                   "--set", "Settings.discount_rate.value=0.11")  # fmt: skip
        assert told.exit_code == 0, told.output
        assert [path.name.partition("-")[0] for path in (tmp_path / "small-both-runs").iterdir()] == ["best"]

    def test_estimates_every_choice_without_searches(self, workbook: Path, tmp_path: Path) -> None:
        told = run("rank", workbook, "--plans", 2, "--depth", "estimate", "-o", tmp_path)
        assert told.exit_code == 0, told.output
        report = tmp_path / "small-both-ranking.xlsx"
        assert len(_rows(report, "Every choice")) == 1 + 3 * 3
        assert len(_rows(report, "Cost by year")) == 1 + 3
        kept = [path.name for path in (tmp_path / "small-both-runs").iterdir()]
        assert sum(name.endswith(".choices.npz") for name in kept) == 1
        assert not any(name.startswith(("without", "first")) for name in kept)

    def test_no_plan_to_rank_by(self, workbook: Path, tmp_path: Path) -> None:
        told = run("rank", workbook, "--set", "Goods.*.shortage_penalty=", "--set", "Settings.min_plants.value=0",
                   "--set", "Resources.central_funds.2027=0", "-o", tmp_path / "out")  # fmt: skip
        assert told.exit_code == 4, told.output
        assert "There is no plan to rank by. No plan can satisfy every rule" in told.stderr

    @pytest.mark.parametrize(
        ("option", "value", "code"),
        [("--within", "2", 2), ("--plans", "0", 2), ("--only", "alda", 2), ("--begin-with", "none.result.zip", 2)],
    )
    def test_options_out_of_bounds(self, workbook: Path, option: str, value: str, code: int) -> None:
        told = run("rank", workbook, option, value)
        assert told.exit_code == code
        assert value in told.stderr

    def test_help_has_an_example(self) -> None:
        assert "countyplan rank my-plan.xlsx" in run("rank", "--help").output


def _rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))
