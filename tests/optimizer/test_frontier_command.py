"""The command `frontier`: words, exit codes and files."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import Result

from optimizer.frontier.run import carry_out_frontier, exit_code_of_frontier, prepare_frontier
from optimizer.run import carry_out, prepare
from reports.frontier_excel import is_frontier_report
from tests.optimizer import commands
from tests.optimizer.runs import write_small
from tests.small_workbook import small_tables

# Shortage costs so little that it pays to build nothing.
CHEAP = ("--set", "Goods.*.shortage_penalty=1.5", "--set", "Resources.picks.2028=3")
EXACT = ("--gap", "0", "--threads", "1")


def run(*arguments: object) -> Result:
    return commands.run("frontier", *arguments)


def words(result: Result) -> str:
    return " ".join(result.output.split())


def test_report_and_solves(tmp_path: Path) -> None:
    workbook, out = write_small(tmp_path), tmp_path / "out"
    result = run(workbook, "--objective", "coverage", "--points", 4, *CHEAP, *EXACT, "-o", out)
    assert result.exit_code == 0, result.output
    told = words(result)
    assert "Cheapest 120,000 person-years for 19,800 money" in told
    assert "Furthest 95,000" in told
    assert "Knee point" in told
    report = out / "small-both-frontier-coverage.xlsx"
    assert is_frontier_report(report)
    origin = dict(load_workbook(report)["Origin"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert origin["command"].startswith("countyplan frontier ")
    assert "--points 4" in origin["command"]
    assert len(list((out / "small-both-frontier-coverage-runs").glob("*.zip"))) >= 5


def test_begins_with_a_saved_result_and_does_not_search_for_it_again(tmp_path: Path) -> None:
    workbook, out = write_small(tmp_path), tmp_path / "out"
    saved = carry_out(prepare(workbook, variant="both", folder=tmp_path / "solved", gap=0.0)).saved
    arguments = (workbook, "--objective", "coverage", "--points", 3, *EXACT)
    told = run(*arguments, "--begin-with", saved, "-o", out)
    assert told.exit_code == 0, told.output
    assert "Up to 5 solves; each until the gap is 0 or" in words(told)
    kept = [path.name for path in (out / "small-both-frontier-coverage-runs").iterdir()]
    assert kept
    assert not [name for name in kept if name.startswith("least-cost")]
    again = run(*arguments, "-o", tmp_path / "searched")
    assert (
        words(told).partition("Against cost")[2].partition("Report:")[0]
        == (words(again).partition("Against cost")[2].partition("Report:")[0])
    )


def test_a_saved_result_of_another_problem_is_only_begun_with(tmp_path: Path) -> None:
    workbook, out = write_small(tmp_path), tmp_path / "out"
    saved = carry_out(prepare(workbook, variant="county", folder=tmp_path / "solved")).saved
    told = run(workbook, "--objective", "coverage", "--points", 2, *EXACT, "--begin-with", saved, "-o", out)
    assert told.exit_code == 0, told.output
    assert list((out / "small-both-frontier-coverage-runs").glob("least-cost*"))


def test_no_such_result_to_begin_with(tmp_path: Path) -> None:
    told = run(write_small(tmp_path), "--objective", "coverage", "--begin-with", "none.result.zip", "-o", tmp_path)
    assert told.exit_code == 2
    assert "none.result.zip" in told.output


def test_same_again_solves_nothing_anew(tmp_path: Path) -> None:
    workbook, out = write_small(tmp_path), tmp_path / "out"
    arguments = (workbook, "--objective", "central-funds", "--points", 3, *EXACT, "-o", out)
    first = run(*arguments)
    kept = {path: path.stat().st_mtime_ns for path in out.rglob("*.zip")}
    second = run(*arguments)
    assert first.exit_code == second.exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.zip")} == kept


@pytest.mark.parametrize("objective", ["gini", "dispersion", "central-funds"])
def test_every_objective(tmp_path: Path, objective: str) -> None:
    result = run(write_small(tmp_path), "--objective", objective, "--points", 3, *EXACT, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "No plan leaves more people uncovered" in words(result)
    free = run(
        write_small(tmp_path),
        "--objective",
        objective,
        "--points",
        3,
        "--free-coverage",
        *EXACT,
        "-o",
        tmp_path / "out",
    )
    assert free.exit_code == 0, free.output
    assert "No plan leaves more people uncovered" not in words(free)


def test_coverage_may_be_free(tmp_path: Path) -> None:
    # Held, nobody may lose what the cheapest plan supplies; free, the centre need pay nothing.
    out = tmp_path / "out"
    held = run(write_small(tmp_path), "--objective", "central-funds", "--points", 3, *EXACT, "-o", out)
    free = run(
        write_small(tmp_path), "--objective", "central-funds", "--points", 3, "--free-coverage", *EXACT, "-o", out
    )
    assert "Furthest 0 for" not in words(held)
    assert "Furthest" in words(free)


class TestFailures:
    def test_no_plan(self, tmp_path: Path) -> None:
        tables = small_tables()
        for good in tables["Goods"]:
            good["shortage_penalty"] = None
        out = tmp_path / "out"
        result = run(write_small(tmp_path, tables), "--objective", "coverage", *EXACT, "-o", out)
        assert result.exit_code == 4, result.output
        assert "no plan was found to begin with" in words(result)
        assert not list(out.glob("*.xlsx"))

    def test_nobody_is_supplied(self, tmp_path: Path) -> None:
        arguments = (*CHEAP, *EXACT, "-o", tmp_path / "out")
        result = run(write_small(tmp_path), "--objective", "gini", *arguments)
        assert result.exit_code == 2, result.output
        assert "the cheapest plan supplies nobody from home" in words(result)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("--objective", "cost"), "Invalid value for '--objective'"),
            ((), "Missing option '--objective'"),
            (("--objective", "coverage", "--points", 1), "--points should be from 2 to 100, found 1"),
            (("--objective", "coverage", "--gap", 2), "--gap should be"),
            (("--objective", "coverage", "-o", "results.xlsx"), "names a file"),
        ],
    )
    def test_wrong_use(self, tmp_path: Path, arguments: tuple[object, ...], message: str) -> None:
        folder = () if "-o" in arguments else ("-o", tmp_path / "out")
        result = run(write_small(tmp_path), *arguments, *folder)
        assert result.exit_code == 2, result.output
        assert message in words(result)

    def test_invalid_workbook(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"][0]["population"] = -3
        result = run(write_small(tmp_path, tables), "--objective", "coverage", "-o", tmp_path / "out")
        assert result.exit_code == 3, result.output


def test_interrupted(tmp_path: Path) -> None:
    prepared = prepare_frontier(
        write_small(tmp_path), "coverage", points=4, overrides=CHEAP[1::2], folder=tmp_path / "out", gap=0.0
    )
    found: list[str] = []
    finished = carry_out_frontier(
        prepared, progress=lambda name, _: found.append(name), should_stop=lambda: "good end" in found
    )
    assert finished.found.interrupted
    assert exit_code_of_frontier(finished.found) == 130
    assert finished.report.exists()
