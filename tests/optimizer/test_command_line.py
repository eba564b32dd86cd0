"""What a user of the command line meets: words, exit codes, files; never a traceback."""

import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import optimizer.run
from inputs.shipped import shipped_names
from models.instance import Instance
from models.plan import Result as Outcome
from models.plan import Status
from optimizer.exit_codes import ExitCode
from optimizer.solvers import SolverUnavailable
from tests.inputs.twenty_mistakes import write_twenty_mistakes
from tests.optimizer.commands import run
from tests.optimizer.runs import Solve, played, write_small
from tests.small_workbook import small_tables

ROOT = Path(__file__).resolve().parents[2]


def process(*arguments: object, code: str = "", encoding: str = "utf-8") -> subprocess.Popen[str]:
    """A command in a process of its own, whose console has the encoding; `code` is run in it first."""
    start = f"{textwrap.dedent(code)}\nfrom optimizer.command_line import main\nmain()"
    return subprocess.Popen(
        [sys.executable, "-c", start, *(str(argument) for argument in arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding=encoding,
    )


def ended(started: subprocess.Popen[str]) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of a process."""
    output, errors = started.communicate(timeout=600)
    return started.returncode, output, errors


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Puts a solver that is played in the place of the real one."""
    return lambda solve: monkeypatch.setattr(optimizer.run, "solve", solve)


Use = Callable[[Solve], None]


class TestHelp:
    @pytest.mark.parametrize("command", ["template", "check", "solve"])
    def test_every_command_teaches_with_an_example(self, command: str) -> None:
        told = run(command, "--help")
        assert told.exit_code == 0
        assert f"countyplan {command} my-plan.xlsx" in told.output

    def test_exit_codes_and_shipped_workbooks_are_told(self) -> None:
        told = run("--help").output
        for code in ExitCode:
            assert f"{code:>3}  {code.meaning}" in told
        assert shipped_names()[0] in told

    def test_version(self) -> None:
        told = run("--version")
        assert told.exit_code == 0
        assert told.output.startswith("countyplan 0.")
        assert "pulp" in told.output

    def test_as_a_module(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "optimizer", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0
        assert done.stdout.startswith("Usage: countyplan [OPTIONS] COMMAND")


class TestTemplate:
    def test_writes_a_workbook_that_is_read_back(self, tmp_path: Path) -> None:
        path = tmp_path / "new.xlsx"
        told = run("template", path)
        assert told.exit_code == 0
        assert f"countyplan check {path}" in told.stdout
        assert load_workbook(path, read_only=True).sheetnames[0] == "Settings"
        blank = run("check", path)
        assert blank.exit_code == 3
        assert "first_year" in blank.stderr

    def test_leaves_a_file_alone_unless_forced(self, tmp_path: Path) -> None:
        path = tmp_path / "new.xlsx"
        path.write_text("mine")
        refused = run("template", path)
        assert refused.exit_code == 2
        assert "--force" in refused.stderr
        assert path.read_text() == "mine"
        assert run("template", path, "--force").exit_code == 0
        assert path.read_bytes().startswith(b"PK")

    @pytest.mark.parametrize("name", ["new.xls", "new", "nowhere/new.xlsx"])
    def test_refuses_what_excel_would_not_open(self, tmp_path: Path, name: str) -> None:
        assert run("template", tmp_path / name).exit_code == 2
        assert not list(tmp_path.iterdir())


class TestCheck:
    def test_sound(self, workbook: Path) -> None:
        told = run("check", workbook)
        assert told.exit_code == 0
        assert told.stdout.endswith("8 lanes: no problem\n")
        assert "small.xlsx, variant both: 3 counties" in told.stdout
        assert "Variants: both, county, provincial, decided (default: both)" in told.stdout
        assert "Note: Settings: settings left out take their defaults" in told.stdout
        assert told.stderr == ""

    def test_twenty_mistakes(self, tmp_path: Path) -> None:
        told = run("check", write_twenty_mistakes(tmp_path))
        assert told.exit_code == 3
        assert told.stdout == ""
        lines = told.stderr.splitlines()
        assert len(lines) == 21
        assert lines[0].startswith("Settings!B6: gap should be from 0 to 1, found 7.")
        assert lines[-1] == "20 problems found"

    def test_values_put_into_it_are_checked_too(self, workbook: Path) -> None:
        told = run("check", workbook, "--variant", "county", "--set", "Counties.alder.population=-3")
        assert told.exit_code == 3
        assert told.stderr.splitlines()[0].startswith("--set Counties.alder.population=-3: population should be")

    def test_a_shipped_workbook_by_name(self) -> None:
        told = run("check", shipped_names()[0])
        assert told.exit_code == 0
        assert told.stdout.endswith("no problem\n")

    def test_missing_file(self, tmp_path: Path) -> None:
        told = run("check", tmp_path / "none.xlsx")
        assert told.exit_code == 2
        assert "there is no file" in told.stderr

    def test_no_workbook_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "text.xlsx"
        path.write_text("not a workbook")
        told = run("check", path)
        assert told.exit_code == 3
        assert "is not an Excel workbook" in told.stderr

    def test_a_misspelt_sheet_is_told_with_the_problems(self, tmp_path: Path) -> None:
        path = write_small(tmp_path)
        book = load_workbook(path)
        book["Counties"].title = "Countys"
        book.save(path)
        told = run("check", path)
        assert told.exit_code == 3
        assert "Note: Countys: the sheet is not known and was ignored; did you mean 'Counties'?" in told.stderr


class TestSolve:
    @pytest.mark.parametrize(
        ("status", "code"),
        [(Status.SOLVED, 0), (Status.STOPPED, 5), (Status.NO_PLAN, 6), (Status.INFEASIBLE, 4), (Status.UNBOUNDED, 3)],
    )
    def test_exit_codes(self, workbook: Path, tmp_path: Path, use: Use, status: Status, code: int) -> None:
        use(played(status))
        told = run("solve", workbook, "-o", tmp_path / "out")
        assert told.exit_code == code
        report = tmp_path / "out" / "small-both.xlsx"
        assert report.exists() == (status is not Status.NO_PLAN)
        assert (f"Report: {report}" in told.stdout) == report.exists()
        assert f"Saved result: {report.with_suffix('.result.zip')}" in told.stdout
        assert f"Solver's log: {report.with_suffix('.log')}" in told.stdout

    def test_what_is_told(self, workbook: Path, tmp_path: Path, use: Use) -> None:
        use(played(Status.SOLVED))
        override = "Settings.seed.value=5"
        told = run("solve", workbook, "-o", tmp_path, "--variant", "county", "--set", override, "--gap", 0.5)
        for text in (
            f"Workbook: {workbook}", "Variant: county", f"Set: {override}", "Size: 3 counties", "Notes: ",
            "Solving with HiGHS, until the gap is 0.5 or 600 s are over", "70,800,000 money discounted to 2027",
            "25.00 %", "2027: 0  2028: 0", "Plants, County", "Verified",
        ):  # fmt: skip
            assert text in told.stdout
        assert "     0 s   searching   plan 4   bound 3   gap 25.00 %" in told.stderr

    def test_infeasible_is_explained(self, workbook: Path, tmp_path: Path, use: Use) -> None:
        use(played(Status.INFEASIBLE))
        told = run("solve", workbook, "-o", tmp_path, "--set", "Settings.picks_rule.value=exactly").stdout
        assert "No plan can satisfy every rule" in told
        assert "Variant both of small.xlsx; where to look:" in told
        assert "The command explain tells which cells cannot hold together, and what would mend it." in told

    def test_results_go_to_out_when_no_folder_is_named(
        self, workbook: Path, tmp_path: Path, use: Use, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        use(played(Status.SOLVED))
        before = workbook.read_bytes()
        assert run("solve", workbook.name, "--write-lp").exit_code == 0
        names = {f"small-both{ending}" for ending in (".xlsx", ".html", ".result.zip", ".log", ".lp")}
        assert {path.name for path in (tmp_path / "out").iterdir()} == names
        assert workbook.read_bytes() == before

    def test_the_workbook_is_never_overwritten(self, workbook: Path, tmp_path: Path, use: Use) -> None:
        use(played(Status.SOLVED))
        before = workbook.read_bytes()
        os.link(workbook, tmp_path / "small-both.xlsx")
        told = run("solve", workbook, "-o", tmp_path)
        assert told.exit_code == 2
        assert "is the workbook itself and is not overwritten" in told.stderr
        assert run("solve", workbook, "-o", workbook).exit_code == 2
        assert workbook.read_bytes() == before

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--gap", "7"], "--gap should be a number from 0 to 1, found 7.0"),
            (["--gap", "much"], "Invalid value for '--gap'"),
            (["--time-limit", "0"], "--time-limit should be a number above 0, found 0.0"),
            (["--threads", "0"], "--threads should be a whole number from 1 to 256, found 0"),
            (["--colour", "red"], "No such option: --colour"),
            (["-o", "report.xlsx"], "the results go into a folder"),
        ],
    )
    def test_usage(self, workbook: Path, arguments: list[str], message: str) -> None:
        told = run("solve", workbook, *arguments)
        assert told.exit_code == 2
        assert message in told.stderr

    def test_unknown_variant(self, workbook: Path) -> None:
        told = run("solve", workbook, "--variant", "villages")
        assert told.exit_code == 2
        assert "Error: --variant: there is no variant 'villages'. The workbook has both, county" in told.stderr

    def test_solver_that_is_not_there(self, workbook: Path, tmp_path: Path, use: Use) -> None:
        def solve(instance: Instance, options: object, **others: object) -> Outcome:
            raise SolverUnavailable("Gurobi", ("HiGHS",))

        use(solve)
        told = run("solve", workbook, "-o", tmp_path, "--solver", "Gurobi")
        assert told.exit_code == 2
        assert "Gurobi" in told.stderr
        assert "HiGHS" in told.stderr

    def test_mistyped_columns_are_always_told_and_the_rest_on_request(
        self, workbook: Path, tmp_path: Path, use: Use
    ) -> None:
        use(played(Status.SOLVED))
        book = load_workbook(workbook)
        for position in range(7):
            book["Goods"].cell(1, 20 + position, f"colour {position}")
        book.save(workbook)
        short = run("solve", workbook, "-o", tmp_path).stdout
        assert short.count("is not known and was ignored") == 5
        assert "Note: and 2 more ignored" in short
        assert "take their defaults" not in short
        for told in (run("-v", "solve", workbook, "-o", tmp_path), run("solve", workbook, "-o", tmp_path, "-v")):
            assert told.stdout.count("is not known and was ignored") == 7
            assert "take their defaults" in told.stdout
            assert "reading small.xlsx" in told.stderr

    def test_end_to_end(self, workbook: Path, tmp_path: Path) -> None:
        code, output, errors = ended(process("solve", workbook, "-o", tmp_path / "out", "--gap", "0"))
        assert code == 0, output + errors
        assert "Verified" in output
        sheets = load_workbook(tmp_path / "out" / "small-both.xlsx", read_only=True).sheetnames
        assert {"Summary", "Plants", "Provenance"} <= set(sheets)


class TestInternalError:
    @pytest.fixture
    def broken(self, use: Use) -> None:
        def solve(instance: Instance, options: object, *, log: Path, **others: object) -> Outcome:
            log.write_text("what the solver says\n", encoding="utf-8")
            raise ZeroDivisionError("of two\nlines")

        use(solve)

    def test_one_line_and_the_traceback_in_the_log(self, workbook: Path, tmp_path: Path, broken: None) -> None:
        told = run("solve", workbook, "-o", tmp_path)
        log = tmp_path / "small-both.log"
        assert told.exit_code == 1
        assert told.stderr == f"Internal error: ZeroDivisionError: of two lines; the traceback is in {log}\n"
        text = log.read_text(encoding="utf-8")
        assert text.startswith("what the solver says\n")
        assert "Traceback (most recent call last)" in text

    def test_the_traceback_on_request(self, workbook: Path, tmp_path: Path, broken: None) -> None:
        told = run("solve", workbook, "-o", tmp_path, "-v")
        assert told.exit_code == 1
        assert "Traceback (most recent call last)" in told.stderr

    def test_without_a_log_of_its_own(self, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(path: Path) -> None:
            raise RuntimeError("oh")

        monkeypatch.setattr(optimizer.run, "read_workbook", read)
        monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
        told = run("check", workbook)
        assert told.exit_code == 1
        assert told.stderr == f"Internal error: RuntimeError: oh; the traceback is in {tmp_path / 'countyplan.log'}\n"

    def test_logging_is_left_as_it_was(self, workbook: Path) -> None:
        before = list(logging.getLogger().handlers), logging.getLogger().level
        run("-v", "check", workbook)
        assert (list(logging.getLogger().handlers), logging.getLogger().level) == before


WAITING = """
    import optimizer.run
    from models.plan import Status
    from tests.optimizer.runs import played

    def solve(instance, options, *, progress, should_stop, log):
        print("waiting", flush=True)
        while {condition}:
            time.sleep(0.02)
        return played(Status.{status}, interrupted=True)(instance, options)

    import time
    optimizer.run.solve = solve
"""


class TestControlC:
    @pytest.mark.parametrize(("status", "reported"), [(Status.STOPPED, True), (Status.NO_PLAN, False)])
    def test_asks_to_stop_and_keeps_what_was_found(
        self, workbook: Path, tmp_path: Path, use: Use, status: Status, reported: bool
    ) -> None:
        def solve(instance: Instance, options: Any, *, should_stop: Callable[[], bool], **others: Any) -> Outcome:
            assert not should_stop()
            signal.raise_signal(signal.SIGINT)
            assert should_stop()
            return played(status, interrupted=True)(instance, options)

        use(solve)
        handler = signal.getsignal(signal.SIGINT)
        told = run("solve", workbook, "-o", tmp_path / "out")
        assert told.exit_code == 130
        assert "Stopping; what has been found is kept" in told.stderr
        assert (tmp_path / "out" / "small-both.xlsx").exists() == reported
        assert signal.getsignal(signal.SIGINT) is handler

    def test_solved_all_the_same(self, workbook: Path, tmp_path: Path, use: Use) -> None:
        def solve(instance: Instance, options: Any, **others: Any) -> Outcome:
            signal.raise_signal(signal.SIGINT)
            return played(Status.SOLVED)(instance, options)

        use(solve)
        assert run("solve", workbook, "-o", tmp_path / "out").exit_code == 0

    def test_while_reading(self, workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(path: Path) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(optimizer.run, "read_workbook", read)
        told = run("check", workbook)
        assert told.exit_code == 130
        assert told.stderr == "Interrupted\n"

    @pytest.mark.skipif(os.name == "nt", reason="a process cannot be sent Ctrl-C alone on Windows")
    @pytest.mark.parametrize(
        ("condition", "signals", "code", "reported"),
        [("not should_stop()", 1, 130, True), ("True", 2, -signal.SIGINT, False)],
        ids=["once", "twice"],
    )
    def test_in_a_process(
        self, workbook: Path, tmp_path: Path, condition: str, signals: int, code: int, reported: bool
    ) -> None:
        waiting = WAITING.format(condition=condition, status="STOPPED")
        started = process("solve", workbook, "-o", tmp_path / "out", code=waiting)
        assert started.stdout is not None
        while "waiting" not in started.stdout.readline():
            assert started.poll() is None
        for _ in range(signals):
            started.send_signal(signal.SIGINT)
            time.sleep(0.5)
        found, output, errors = ended(started)
        assert found == code, output + errors
        assert "Traceback" not in errors
        assert (tmp_path / "out" / "small-both.xlsx").exists() == reported


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", "????"), ("cp949", "삼지연시 ? ?"), ("utf-8", "삼지연시 ñ 🏭")]
)
def test_names_that_the_console_cannot_show(tmp_path: Path, encoding: str, shown: str) -> None:
    tables = small_tables()
    tables["Counties"][0]["population"] = "삼지연시 ñ 🏭"
    code, _, errors = ended(process("check", write_small(tmp_path, tables, "계획.xlsx"), encoding=encoding))
    assert code == 3
    assert f"found the text '{shown}" in errors
