"""The command `why`, from the workbook or a saved result to the report."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import optimizer.why.asked
from optimizer.run import background, prepare, save_run
from optimizer.solve import solve
from optimizer.why.asked import prepare_why
from optimizer.why.run import carry_out_why
from reports.charts.picture import WIDE
from reports.charts.style import FILE
from reports.charts.why import why_pictures
from reports.html import page_kind
from reports.saved_result import SavedResult, load_result
from reports.why.tables import SHEETS, frames
from tests.optimizer.commands import run
from tests.optimizer.runs import write_small
from tests.optimizer.why_case import write_two_mills


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_two_mills(tmp_path)


@pytest.fixture
def saved(workbook: Path, tmp_path: Path) -> Path:
    """Of the workbook as it is; without reports, which take seconds to write."""
    prepared = prepare(workbook, folder=tmp_path / "solved")
    result = solve(prepared.instance, prepared.options)
    return save_run(prepared.files.result, SavedResult(prepared.instance, result, background(prepared)))


def saved_as(path: Path, workbook: Path, *overrides: str, kept: float | None = None, **changes: Any) -> Path:
    """A result of the workbook with values replaced, of a run that keeps to `kept` and, as in files of earlier
    versions, does not say so; `changes` replace parts of its plan."""
    prepared = prepare(workbook, overrides=overrides, folder=path.parent / "solved")
    result = solve(prepared.instance, prepared.options, kept=kept)
    assert result.plan is not None
    result = replace(result, plan=replace(result.plan, **changes), provenance={})
    return save_run(path, SavedResult(prepared.instance, result, background(prepared)))


class TestAnswer:
    def test_of_a_workbook(self, workbook: Path, tmp_path: Path) -> None:
        told = run("why", workbook, "Cedar Hills", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "County: Cedar Hills [cedar], 향나무, Land" in told.stdout
        assert "Cedar Hills does not join in the best plan found." in told.stdout
        assert "Joining in 2027 would cost 30 won discounted to 2027 more: proven." in told.stdout
        assert "What moves most: investment +30 (+60 in Cedar Hills itself)." in told.stdout
        assert str(tmp_path / "out" / "mills-all-why-cedar.xlsx") in told.stdout

    def test_of_one_that_is_picked(self, workbook: Path, tmp_path: Path) -> None:
        told = run("why", workbook, "alder", "-o", tmp_path / "out")
        assert "In the best plan found, Alder joins in 2027, the first year." in told.stdout
        assert "Leaving it out would cost 30 won discounted to 2027 more: proven." in told.stdout

    def test_of_a_saved_result_without_its_workbook(self, saved: Path, tmp_path: Path) -> None:
        told = run("why", saved, "cedar", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert f"Cedar Hills does not join in the plan of {saved.name}." in told.stdout
        assert (tmp_path / "out" / "mills-all-why-cedar.xlsx").exists()

    def test_of_a_workbook_and_a_plan_of_it(self, workbook: Path, saved: Path, tmp_path: Path) -> None:
        told = run("why", workbook, "cedar", "--plan", saved, "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert f"in the plan of {saved.name}." in told.stdout
        kept = {path.name.split("-")[0] for path in (tmp_path / "out" / "mills-all-runs").iterdir()}
        assert kept == {"cedar"}  # the plan was not looked for again

    def test_plan_of_another_problem_is_only_begun_with(self, workbook: Path, saved: Path, tmp_path: Path) -> None:
        told = run(
            "why", workbook, "cedar", "--plan", saved, "--set", "Counties.cedar.site_cost_index=0.5", "-o", tmp_path
        )  # fmt: skip
        assert told.exit_code == 0, told.output
        assert "In the best plan found, Cedar Hills joins in 2027" in told.stdout
        assert f"{saved.name} is the plan of another problem" in told.stdout

    def test_of_a_run_that_made_the_cost_least(self, workbook: Path, tmp_path: Path) -> None:
        """As a frontier keeps: the problem asks for coverage, and the objective and the bound are those of the cost."""
        coverage = "Settings.objective.value=greatest coverage"
        kept = saved_as(tmp_path / "kept.result.zip", workbook, coverage, kept=1000.0)
        assert load_result(kept).result.bound == pytest.approx(130)
        for given in ((kept, "cedar"), (workbook, "cedar", "--plan", kept, "--set", coverage)):
            told = run("why", *given, "--depth", "full", "-o", tmp_path / "out")
            assert told.exit_code == 5, told.output  # nothing is proven of the plan
            assert "does not join in the plan of kept.result.zip." in told.stdout
            assert "cost 870" not in told.stdout  # 1000 people without, less a cost of 130
            assert "kept.result.zip proves nothing about how good its plan is" in told.stdout

    def test_plan_that_breaks_a_rule_is_only_begun_with(self, workbook: Path, tmp_path: Path) -> None:
        broken = saved_as(tmp_path / "broken.result.zip", workbook, imports={})
        for given in ((broken, "cedar"), (workbook, "cedar", "--plan", broken)):
            told = run("why", *given, "-o", tmp_path / "out")
            assert told.exit_code == 0, told.output
            assert "Cedar Hills does not join in the best plan found." in told.stdout
            assert "The plan of broken.result.zip breaks a rule of its problem, which was solved anew" in told.stdout
            assert "Joining in 2027 would cost 30 won discounted to 2027 more: proven." in told.stdout

    def test_near_the_plan(self, workbook: Path, tmp_path: Path) -> None:
        told = run("why", workbook, "cedar", "--depth", "swap", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "At the prices of what counties share" in told.stdout
        assert "at prices" in told.stdout

    def test_rules_against_are_told_with_their_cells(self, tmp_path: Path) -> None:
        told = run("why", write_small(tmp_path), "birch", "--variant", "decided", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "Against 2028: the workbook has decided Birch for 2027 (decided, Decided!B2)" in told.stdout
        assert "Were it allowed, joining in 2028" in told.stdout

    def test_all_figures_of_its_own(self, workbook: Path, tmp_path: Path) -> None:
        told = run("why", workbook, "cedar", "--figures", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "Counties.cedar.site_cost_index: It would join in 2027 below about 1" in told.stdout
        assert "Counties.cedar.population: It would join in 2027 above about 1" in told.stdout
        assert "Counties.cedar.workers: No value from 25 to 400 makes it join in 2027" in told.stdout

    def test_no_plan_to_ask_of(self, workbook: Path, tmp_path: Path) -> None:
        told = run("why", workbook, "cedar", "--set", "Goods.food.import_price=", "-o", tmp_path / "out")
        assert told.exit_code == 4, told.output
        assert "There is no plan to ask of. No plan can satisfy every rule" in told.stderr


class TestUsage:
    def test_unknown_county_gets_the_nearest_spellings(self, workbook: Path) -> None:
        told = run("why", workbook, "ceder")
        assert told.exit_code == 2
        assert "there is no county 'ceder'; did you mean cedar" in told.stderr

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--year", "2040"), "--year should be a plan year, from 2027 to 2027, found 2040"),
            (("--what-if", "altitude"), "--what-if should be Sheet.key.column or a column of Counties"),
            (("--what-if", "local_labour"), "--what-if local_labour needs --from and --to"),
            (("--from", "1"), "--from goes with a single --what-if"),
            (("--plan", "none.result.zip"), "there is no file 'none.result.zip'"),
        ],
    )
    def test_options_that_cannot_be(self, words: tuple[str, ...], said: str, workbook: Path) -> None:
        told = run("why", workbook, "cedar", *words)
        assert told.exit_code == 2
        assert said in told.stderr

    def test_large_problem(self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(optimizer.why.asked, "is_large", lambda instance: True)
        assert prepare_why(workbook, "cedar").depth == "swap"
        assert prepare_why(workbook, "cedar", depth="full", what_if=["population"]).figures
        told = run("why", workbook, "cedar", "--what-if", "population", "-o", tmp_path / "out")
        assert told.exit_code == 2
        assert "--what-if needs some ten to thirty solves of the whole problem for each figure" in told.stderr
        assert "add --depth full" in told.stderr
        assert not (tmp_path / "out").exists()

    def test_swap_needs_highs(self, workbook: Path) -> None:
        told = run("why", workbook, "cedar", "--depth", "swap", "--solver", "CBC")
        assert told.exit_code == 2
        assert "--depth swap needs HiGHS, and --solver is CBC" in told.stderr

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--variant", "all"), "--variant goes with a workbook"),
            (("--set", "Settings.min_plants.value=1"), "--set goes with a workbook"),
            (("--figures",), "--figures goes with a workbook, whose figures are varied; add --plan"),
        ],
    )
    def test_what_a_saved_result_has_already(self, words: tuple[str, ...], said: str, saved: Path) -> None:
        told = run("why", saved, "cedar", *words)
        assert told.exit_code == 2
        assert said in told.stderr

    def test_help_has_an_example(self) -> None:
        assert "countyplan why my-plan.xlsx birch" in run("why", "--help").output


class TestReport:
    def test_has_the_answer_and_every_table(self, workbook: Path, tmp_path: Path) -> None:
        prepared = prepare_why(workbook, "cedar", depth="swap", what_if=["site_cost_index"], folder=tmp_path / "out")
        finished = carry_out_why(prepared)
        book = load_workbook(finished.report)
        titles = [sheet.title for sheet in SHEETS]
        assert [name for name in book.sheetnames if name in titles] == titles
        words = [str(row[1]) for row in book["Figures"].iter_rows(values_only=True)]
        assert "Cedar Hills does not join in the best plan found." in words
        provenance = {row[0]: row[1] for row in book["Provenance"].iter_rows(values_only=True)}
        assert "countyplan why" in str(provenance["command"])
        assert "--what-if site_cost_index" in str(provenance["command"])

    def test_page_tells_the_same(self, workbook: Path, tmp_path: Path) -> None:
        finished = carry_out_why(prepare_why(workbook, "cedar", what_if=["site_cost_index"], folder=tmp_path / "out"))
        assert page_kind(finished.page) == "why"
        text = finished.page.read_text(encoding="utf-8")
        assert "<p>Cedar Hills does not join in the best plan found.</p>" in text
        assert "Joining in 2027 would cost 30 won discounted to 2027 more: proven." in text
        assert "It would join in 2027 below about 1" in text
        assert "it is proven of each choice whether it costs more" in text

    def test_page_of_a_large_problem_has_every_year_and_how_it_is_proven(self, tmp_path: Path) -> None:
        workbook = write_small(tmp_path)
        finished = carry_out_why(prepare_why(workbook, "birch", depth="swap", folder=tmp_path / "out"))
        assert {finished.why.joined, *(choice.year for choice in finished.why.forced)} == {2027, 2028, None}
        text = finished.page.read_text(encoding="utf-8")
        assert "What each costs was looked at in every year. At least: the bound on all plans with the choice" in text
        assert "What it costs if Birch joins in another year, or never" in text
        (picture,) = why_pictures(finished.why).values()
        drawn = picture.draw(FILE, WIDE).to_dict(validate=False)
        assert {"2027", "2028", "never"} - {str(finished.why.joined)} <= set(re.findall(r"'name': '(\w+)'", str(drawn)))

    def test_one_other_choice_is_not_drawn(self, workbook: Path, tmp_path: Path) -> None:
        assert why_pictures(carry_out_why(prepare_why(workbook, "cedar", folder=tmp_path / "out")).why) == {}

    def test_tables_are_tidy_frames(self, workbook: Path, tmp_path: Path) -> None:
        made = frames(carry_out_why(prepare_why(workbook, "cedar", folder=tmp_path / "out")).why)
        choices = made["choices"].set_index("joins")
        assert list(choices.index) == ["2027", "never"]
        assert choices.loc["2027", "found"] == pytest.approx(30)
        assert choices.loc["2027", "state"] == "dearer: proven"
        assert choices.loc["2027", "moves"] == "Alder (2027 to never)"
        assert choices.loc["2027", "plants"] == "Mill 0 to 1"
        assert choices.loc["never", "state"] == "the plan"
        terms = made["terms"].set_index("term")
        assert terms.loc["investment", "change"] == pytest.approx(30)
        assert list(made["moves"]["county"]) == ["alder"]
        assert list(made["plants"]["design"]) == ["mill"]

    def test_workbook_and_result_are_left_as_they_are(self, workbook: Path, saved: Path, tmp_path: Path) -> None:
        before = workbook.read_bytes(), load_result(saved)
        run("why", workbook, "cedar", "--plan", saved, "-o", tmp_path)
        assert (workbook.read_bytes(), load_result(saved)) == before

    def test_interruption_is_told_by_the_exit_code(self, workbook: Path, saved: Path, tmp_path: Path) -> None:
        prepared = prepare_why(workbook, "cedar", plan=saved, folder=tmp_path / "out")
        finished = carry_out_why(prepared, should_stop=lambda: True)
        assert finished.exit_code == 130
        assert all(choice.plan is None for choice in finished.why.forced)
