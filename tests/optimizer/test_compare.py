"""Comparing variants: from the workbook to what is proven, in Python and on the command line."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

import optimizer.runs.work
from inputs.problems import InvalidWorkbook
from models.instance import Instance
from models.plan import Result, Status
from models.verifier import verify
from optimizer.compare import carry_out_comparison, compare, exchanged, prepare_comparison
from optimizer.exit_codes import ExitCode
from optimizer.files import UnusablePath
from reports.comparison import Compared
from reports.saved_result import load_result
from tests.optimizer.commands import run
from tests.optimizer.runs import do_nothing, result_of, write_small
from tests.reports.rows import row_of
from tests.small_workbook import small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def command(*arguments: object) -> Result:
    return run("compare", *arguments)


class TestPrepare:
    def test_takes_all_variants_and_the_default_as_the_base(self, workbook: Path, tmp_path: Path) -> None:
        prepared = prepare_comparison(workbook, folder=tmp_path / "out", gap=0.5)
        assert [run.variant for run in prepared.runs] == ["both", "county", "provincial", "decided"]
        assert prepared.base == "both"
        assert {run.options.gap for run in prepared.runs} == {0.5}
        assert prepared.file == tmp_path / "out" / "small-comparison.xlsx"
        assert not (tmp_path / "out").exists()

    def test_takes_the_variants_named_and_the_base_with_them(self, workbook: Path) -> None:
        assert prepare_comparison(workbook, variants=["county", "provincial"]).base == "county"
        prepared = prepare_comparison(workbook, variants=["county", "county"], base="decided")
        assert [run.variant for run in prepared.runs] == ["decided", "county"]
        assert prepared.command == f"countyplan compare {workbook} --variants decided,county --base decided"

    def test_refuses(self, workbook: Path, tmp_path: Path) -> None:
        with pytest.raises(InvalidWorkbook, match="there is no variant 'villages'"):
            prepare_comparison(workbook, variants=["villages"])
        with pytest.raises(InvalidWorkbook, match="there is no variant 'villages'"):
            prepare_comparison(workbook, base="villages")
        with pytest.raises(UnusablePath, match="go into a folder"):
            prepare_comparison(workbook, folder=tmp_path / "results.xlsx")


class TestCompare:
    def test_a_wider_choice_is_proven_to_cost_less(self, workbook: Path) -> None:
        """`both` may do all that `county` may, so it can cost no more; here it costs less."""
        told = compare(workbook, variants=["both", "county"], gap=0.0)
        row = row_of(told.tables["proven_differences"], variant="county", against="both")
        assert row["proven"]
        assert 0 < row["least"] <= row["found"] <= row["most"]
        assert row["words"].endswith("more than both: proven.")
        assert told.tables["summary_sentences"]["words"][0] == (
            "Of the 2 variants with a plan, both is the cheapest: proven."
        )
        assert [one.column for one in told.inputs] == ["scales"]

    def test_the_same_whatever_the_workers(self, workbook: Path) -> None:
        alone = compare(workbook, gap=0.0)
        together = compare(workbook, gap=0.0, jobs=2)
        for name, table in alone.tables.items():
            told = table.drop(columns="seconds", errors="ignore")
            if "figure" in told:
                told = told[told["figure"] != "Time of solving"]
            again = together.tables[name].loc[told.index, told.columns]
            assert told.equals(again), name

    def test_what_is_kept_is_not_solved_again(
        self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = compare(workbook, kept=tmp_path / "kept")

        def solve(*_: object, **__: object) -> Result:
            raise AssertionError

        monkeypatch.setattr(optimizer.runs.work, "solve", solve)
        second = compare(workbook, kept=tmp_path / "kept")
        assert first.tables["results"].equals(second.tables["results"])

    def test_writes_the_comparison_and_each_result(self, workbook: Path, tmp_path: Path) -> None:
        folder = tmp_path / "out"
        finished = carry_out_comparison(prepare_comparison(workbook, variants=["both", "county"], folder=folder))
        assert finished.exit_code is ExitCode.SOLVED
        assert "Proven differences" in load_workbook(finished.file, read_only=True).sheetnames
        saved = load_result(finished.saved["county"])
        assert saved.result.objective == finished.comparison.by_code["county"].result.objective
        assert saved.background.variant == "county"
        assert "--variant county" in saved.background.command
        assert {path.name for path in folder.iterdir()} == {
            "small-comparison.xlsx", "small-comparison.html", "small-both.result.zip", "small-county.result.zip",
            "small-runs",
        }  # fmt: skip


class TestExchange:
    def test_a_better_plan_that_keeps_every_rule_is_taken_over(self, workbook: Path) -> None:
        """`both` was stopped with the plan that does nothing; the county plan keeps its rules and costs less."""
        county = compare(workbook, variants=["county"], gap=0.0).by_code["county"]
        instance = prepare_comparison(workbook, variants=["both"]).runs[0].instance
        assert county.plan is not None
        assert verify(instance, county.plan) == ()
        stopped = Compared("both", "Both", instance, result_of(instance, Status.STOPPED))
        both, same = exchanged([stopped, county], {"both": 0.01, "county": 0.01})
        assert (both.plan_of, same.plan_of) == ("county", "")
        assert both.plan is county.plan
        assert both.result.objective == pytest.approx(county.result.objective)
        assert both.result.bound == min(stopped.result.bound or 0.0, both.result.objective or 0.0)
        assert sum(charge.amount for charge in both.result.charges) == pytest.approx(both.result.objective)
        assert both.result.status is Status.STOPPED
        assert "county" in both.result.provenance["plan"]

    def test_it_may_close_the_gap(self, workbook: Path) -> None:
        county = compare(workbook, variants=["county"], gap=0.0).by_code["county"]
        instance = prepare_comparison(workbook, variants=["both"]).runs[0].instance
        result = replace(result_of(instance, Status.NO_PLAN), bound=0.995 * (county.result.objective or 0.0))
        (both, _) = exchanged([Compared("both", "Both", instance, result), county], {"both": 0.01, "county": 0.01})
        assert both.result.status is Status.SOLVED
        assert both.result.gap == pytest.approx(0.005)

    def test_a_plan_that_breaks_a_rule_is_not(self, workbook: Path) -> None:
        """The plan of `both` has provincial plants, and `county` may have none."""
        told = compare(workbook, variants=["both", "county"], gap=0.0)
        both, county = told.by_code["both"], told.by_code["county"]
        assert both.result.objective < county.result.objective  # type: ignore[operator]
        assert county.plan_of == ""

    def test_a_breach_that_only_the_verifier_sees_is_none_either(self, workbook: Path) -> None:
        county = compare(workbook, variants=["county"], gap=0.0).by_code["county"]
        poor = replace(county.instance, central_funds=dict.fromkeys(county.instance.years, 0.0), variant="poor")
        stopped = Compared("poor", "Poor", poor, result_of(poor, Status.STOPPED))
        (first, _) = exchanged([stopped, county], {"poor": 0.01, "county": 0.01})
        assert first.plan_of == ""

    def test_a_plan_refutes_what_is_proven_against_it(self, workbook: Path) -> None:
        county = compare(workbook, variants=["county"], gap=0.0).by_code["county"]
        cost = county.result.objective or 0.0
        none = Compared("none", "None", county.instance, result_of(county.instance, Status.INFEASIBLE))
        dear = result_of(county.instance, Status.SOLVED)
        dear = replace(dear, objective=3 * cost, bound=2 * cost, gap=1 / 3)
        gaps = dict.fromkeys(("none", "dear", "county"), 0.5)
        for one in exchanged([none, Compared("dear", "Dear", county.instance, dear), county], gaps)[:2]:
            assert one.plan_of == "county"
            assert (one.result.status, one.result.bound, one.result.gap) == (Status.STOPPED, None, None)
            assert one.result.objective == pytest.approx(cost)

    def test_nothing_is_taken_over_between_objectives(self, workbook: Path) -> None:
        county = compare(workbook, variants=["county"], gap=0.0).by_code["county"]
        covering = replace(county.instance, policy=replace(county.instance.policy, objective="greatest coverage"))
        other = Compared("other", "Other", covering, result_of(covering, Status.NO_PLAN))
        gaps = {"other": 0.01, "county": 0.01}
        assert [one.plan_of for one in exchanged([other, county], gaps)] == ["", ""]


class TestCommand:
    def test_tells_what_is_proven_and_where_it_is(self, workbook: Path, tmp_path: Path) -> None:
        told = command(workbook, "--variants", "both,county", "--gap", "0", "-o", tmp_path / "out", "--jobs", "2")
        assert told.exit_code == 0
        assert "Comparing both, county; against both" in told.stdout
        assert "more than both: proven." in told.stdout
        assert "small-comparison.xlsx" in told.stdout
        assert "2 of 2 solved" in told.stderr

    @pytest.mark.parametrize(
        ("ends", "code"),
        [
            ([Status.SOLVED, Status.SOLVED], 0),
            ([Status.SOLVED, Status.STOPPED], 5),
            ([Status.NO_PLAN, Status.NO_PLAN], 6),
            ([Status.NO_PLAN, Status.INFEASIBLE], 4),
            ([Status.INFEASIBLE, Status.UNBOUNDED], 3),
        ],
    )
    def test_exit_code_is_the_worst_of_the_variants(
        self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: Sequence[Status], code: int
    ) -> None:
        variants = dict(zip(("county", "provincial"), ends, strict=True))

        def solve(instance: Instance, *_: object, **__: object) -> Result:
            found = result_of(instance, variants[instance.variant])
            return found if found.plan is None else replace(found, plan=do_nothing(instance))

        monkeypatch.setattr(optimizer.runs.work, "solve", solve)
        told = command(workbook, "--variants", "county,provincial", "-o", tmp_path / "out")
        assert told.exit_code == code
        assert (tmp_path / "out" / "small-comparison.xlsx").exists()

    def test_interrupted_before_the_first(
        self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from optimizer.interruption import Interruption

        monkeypatch.setattr(Interruption, "__enter__", lambda self: (setattr(self, "requested", True), self)[1])
        told = command(workbook, "-o", tmp_path / "out")
        assert told.exit_code == 130
        assert list((tmp_path / "out" / "small-runs").iterdir()) == []

    def test_mistakes_are_told(self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert command(workbook, "--variants", "villages").exit_code == 2
        assert command(workbook, "--gap", "7").exit_code == 2
        assert command(workbook, "--jobs", "0").exit_code == 2
        pytest.importorskip("distributed")
        monkeypatch.setattr("optimizer.runs.workers_dask.ANSWER", 0.5)
        nobody = command(workbook, "--scheduler", "tcp://127.0.0.1:9", "-o", tmp_path / "out")
        assert nobody.exit_code == 2
        assert "no Dask scheduler answers" in nobody.stderr

    def test_a_run_that_fails_is_told_with_its_name(
        self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def solve(instance: Instance, *_: object, **__: object) -> Result:
            if instance.variant == "county":
                raise ZeroDivisionError("no reason")
            return result_of(instance, Status.SOLVED)

        monkeypatch.setattr(optimizer.runs.work, "solve", solve)
        told = command(workbook, "-o", tmp_path / "out")
        assert told.exit_code == 1
        assert "run 'county': no reason (3 other results are kept)" in told.stderr

    def test_variants_with_other_objectives_are_told_to_be_so(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Overrides"] = [
            {
                "variant": "county", "target_sheet": "Settings", "key": "objective", "target_column": "value",
                "value": "greatest coverage",
            }
        ]  # fmt: skip
        told = command(write_small(tmp_path, tables), "--variants", "both,county", "-o", tmp_path / "out")
        assert told.exit_code == 0
        assert "county is not compared with both in cost of the plan, since the objectives differ" in told.stdout

    def test_variants_with_other_demand_are_left_out_with_the_reason(self, tmp_path: Path) -> None:
        """With half the people alder wants 500 t of food and 50 t of cloth less in each of two years."""
        tables = small_tables()
        tables["Overrides"] = [
            {
                "variant": "county", "target_sheet": "Counties", "key": "alder", "target_column": "population",
                "value": 5000,
            }
        ]  # fmt: skip
        variants = ("--variants", "both,county,provincial")
        told = command(write_small(tmp_path, tables), *variants, "--gap", "0", "-o", tmp_path / "out")
        assert told.exit_code == 0
        assert "Of both and provincial, " in told.stdout
        why = "county is not compared with both in cost of the plan, since the demand differs: 12,100 t, and 13,200 t."
        assert told.stdout.count(why) == 1
        assert "county costs" not in told.stdout
        summary = load_workbook(tmp_path / "out" / "small-comparison.xlsx")["Summary"]
        assert why in [cell.value for cell in summary["B"]]
        assert why in (tmp_path / "out" / "small-comparison.html").read_text(encoding="utf-8")
