"""What a user of the commands on a saved result meets: words, exit codes, files; never a traceback."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook

import optimizer.run
from models.instance import Instance
from models.plan import Plan, Status
from models.plan import Result as Outcome
from optimizer.run import prepare
from reports.iamc import COLUMNS, NATION
from reports.saved_result import load_result, save_result
from tests.optimizer.commands import run
from tests.optimizer.runs import played, result_of, write_small
from tests.reports.saved_runs import members, rewrite
from tests.small_workbook import small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_small(tmp_path)


Saved = Callable[..., Path]


@pytest.fixture
def saved_as(workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Saved:
    """Solves the small workbook, with a solver that is played, and gives the saved result."""

    def solve(status: Status = Status.SOLVED, *arguments: object) -> Path:
        monkeypatch.setattr(optimizer.run, "solve", played(status))
        told = run("solve", workbook, "-o", tmp_path / "out", "--gap", 0.3, *arguments)
        path = tmp_path / "out" / "small-both.result.zip"
        assert f"Saved result: {path}" in told.stdout
        return path

    return solve


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the results of the small workbook, solved once for all tests."""
    folder = tmp_path_factory.mktemp("solved")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimizer.run, "solve", played(Status.SOLVED))
        assert run("solve", write_small(folder), "-o", folder / "out", "--gap", 0.3).exit_code == 0
    return folder / "out"


@pytest.fixture
def saved(solved: Path, tmp_path: Path) -> Path:
    """A copy of the saved result, and of the report beside it."""
    shutil.copytree(solved, tmp_path / "out")
    return tmp_path / "out" / "small-both.result.zip"


@pytest.fixture
def broken(saved: Path) -> Path:
    """A saved result whose plan supplies too little, saved as if the program had come to it."""
    found = load_result(saved)
    plan = found.result.plan
    assert plan is not None
    less: Plan = replace(plan, shortage={**plan.shortage, ("alder", "food", 2027): 1.0})
    save_result(saved, replace(found, result=replace(found.result, plan=less)))
    return saved


@pytest.mark.parametrize("command", ["verify", "report", "export"])
class TestEveryCommand:
    def test_teaches_with_an_example(self, command: str) -> None:
        told = run(command, "--help")
        assert told.exit_code == 0
        assert f"countyplan {command} out/my-plan-both.result.zip" in told.output

    def test_a_file_that_is_not_there(self, command: str, tmp_path: Path) -> None:
        told = run(command, tmp_path / "none.result.zip")
        assert told.exit_code == 2
        assert "there is no file" in told.stderr
        assert "solve writes one" in told.stderr

    def test_a_file_of_another_kind(self, command: str, workbook: Path) -> None:
        told = run(command, workbook)
        assert told.exit_code == 3
        assert told.stderr == f"Error: '{workbook}' is no saved result: it has no manifest.json\n"

    def test_a_changed_file(self, command: str, saved: Path) -> None:
        shortage = members(saved)["plan/shortage.csv"].replace(b"1000.0", b"1.0")
        rewrite(saved, {"plan/shortage.csv": shortage}, listed=False)
        told = run(command, saved)
        assert told.exit_code == 3
        assert "has been changed since it was saved: its plan/shortage.csv" in told.stderr
        assert told.stdout == ""

    def test_a_file_of_a_later_program(self, command: str, saved: Path) -> None:
        rewrite(saved, {}, version=2)
        told = run(command, saved)
        assert told.exit_code == 3
        assert "was saved by a later version of the program" in told.stderr

    def test_without_solving(self, command: str, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def solve(instance: Instance, options: object, **others: object) -> Outcome:
            raise AssertionError("solved")

        monkeypatch.setattr(optimizer.run, "solve", solve)
        assert run(command, saved).exit_code == 0


class TestVerify:
    def test_all_holds(self, saved: Path, workbook: Path) -> None:
        told = run("verify", saved, workbook)
        assert told.exit_code == 0, told.output
        for text in (
            "Small case, variant both", "70,800,000 money discounted to 2027", "25.00 %", "every rule is kept",
            "the file that was solved", "the problem that was solved", "the plan keeps every rule of the workbook",
        ):  # fmt: skip
            assert text in told.stdout

    def test_a_broken_rule(self, broken: Path) -> None:
        told = run("verify", broken)
        assert told.exit_code == 3
        assert "NO: " in told.stdout
        assert "demand (Alder [alder], Foodstuffs [food], 2027): supply, imports and shortage is 1 t/yr" in told.stdout

    def test_another_workbook(self, saved: Path, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"][0]["population"] = 11_000
        told = run("verify", saved, write_small(tmp_path, tables, "other.xlsx"))
        assert told.exit_code == 3
        assert "another than was solved" in told.stdout
        assert "counties: 1 changed" in told.stdout
        assert "What the plan breaks of other.xlsx:" in told.stdout
        assert "demand (Alder [alder], Foodstuffs [food], 2028)" in told.stdout

    def test_a_workbook_that_cannot_be_read(self, saved: Path, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"][0]["population"] = -1
        told = run("verify", saved, write_small(tmp_path, tables, "other.xlsx"))
        assert told.exit_code == 3
        assert "population should be at least 0, found -1" in told.stderr

    @pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE])
    def test_without_a_plan(self, saved_as: Saved, status: Status) -> None:
        told = run("verify", saved_as(status))
        assert told.exit_code == 2
        assert "none, so that there is nothing to check" in told.stdout


class TestReport:
    def test_is_what_solve_wrote(self, saved: Path, tmp_path: Path) -> None:
        told = run("report", saved, "-o", tmp_path / "again")
        again = tmp_path / "again" / "small-both.xlsx"
        assert told.exit_code == 0
        assert told.stdout == f"Report: {again}\n"
        first, second = load_workbook(saved.parent / "small-both.xlsx"), load_workbook(again)
        assert first.sheetnames == second.sheetnames
        for sheet in first.sheetnames:
            assert list(first[sheet].values) == list(second[sheet].values)

    def test_beside_the_saved_result_in_place_of_the_earlier_report(self, saved: Path) -> None:
        report = saved.parent / "small-both.xlsx"
        report.unlink()
        for _ in range(2):
            assert run("report", saved).stdout == f"Report: {report}\n"

    def test_any_other_file_is_left(self, saved: Path, workbook: Path) -> None:
        report = saved.parent / "small-both.xlsx"
        report.write_bytes(workbook.read_bytes())
        told = run("report", saved)
        assert told.stdout == f"Report: {saved.parent / 'small-both-2.xlsx'}\n"
        assert report.read_bytes() == workbook.read_bytes()
        assert "is left as it is" in told.stderr

    @pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE])
    def test_without_a_plan_it_says_so(self, saved_as: Saved, tmp_path: Path, status: Status) -> None:
        assert run("report", saved_as(status), "-o", tmp_path / "again").exit_code == 0
        assert "Summary" in load_workbook(tmp_path / "again" / "small-both.xlsx").sheetnames

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--format", "stone"], "--format should be one of excel"),
            (["-o", "a.xlsx"], "the results go into a folder"),
        ],
    )
    def test_usage(self, saved: Path, arguments: list[str], message: str) -> None:
        told = run("report", saved, *arguments)
        assert told.exit_code == 2
        assert message in told.stderr


class TestExport:
    def test_as_csv_beside_the_saved_result(self, saved: Path) -> None:
        told = run("export", saved)
        path = saved.parent / "small-both-iamc.csv"
        assert told.exit_code == 0
        assert told.stdout == f"Export: {path}\n"
        table = pandas.read_csv(path)
        assert tuple(table.columns) == COLUMNS
        assert set(table["scenario"]) == {"small-both"}
        assert table["model"][0].startswith("countyplan 0.")
        short = table[(table["region"] == NATION) & (table["variable"] == "Shortage|Foodstuffs")]
        assert dict(zip(short["year"], short["value"], strict=True)) == {2027: 6000, 2028: 6000}

    def test_as_a_workbook_under_a_name_of_its_own(self, saved: Path, tmp_path: Path) -> None:
        path = tmp_path / "new" / "results.xlsx"
        told = run("export", saved, "-o", path, "--scenario", "=more money")
        assert told.exit_code == 0
        assert run("export", saved).exit_code == 0
        found, plain = pandas.read_excel(path, sheet_name="data"), pandas.read_csv(saved.parent / "small-both-iamc.csv")
        assert set(found["scenario"]) == {"=more money"}
        pandas.testing.assert_frame_equal(
            found.drop(columns="scenario"), plain.drop(columns="scenario"), check_dtype=False
        )

    @pytest.mark.parametrize("name", ["results.csv", "results.xlsx"])
    def test_an_earlier_export_is_replaced_and_any_other_file_left(
        self, saved: Path, tmp_path: Path, name: str
    ) -> None:
        path, further = tmp_path / name, tmp_path / name.replace("results", "results-2")
        for _ in range(2):
            assert run("export", saved, "-o", path).stdout == f"Export: {path}\n"
        path.write_text("mine")
        assert run("export", saved, "-o", path).stdout == f"Export: {further}\n"
        assert path.read_text() == "mine"

    def test_without_a_plan_there_is_nothing_to_export(self, saved_as: Saved) -> None:
        path = saved_as(Status.INFEASIBLE)
        told = run("export", path)
        assert told.exit_code == 2
        assert "has no plan: no plan can satisfy every rule" in told.stderr
        assert not (path.parent / "small-both-iamc.csv").exists()

    @pytest.mark.parametrize("name", ["results.txt", "results", "folder.csv"])
    def test_usage(self, saved: Path, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder.csv").mkdir()
        told = run("export", saved, "-o", tmp_path / name)
        assert told.exit_code == 2
        assert "ends in .csv or .xlsx; for example: small-both-iamc.csv" in told.stderr


NEEDS_A_PLAN = (
    ("why", "RESULT", "alder"),
    ("why", "WORKBOOK", "alder", "--plan", "RESULT"),
    ("prices", "RESULT"),
    ("rank", "WORKBOOK", "--begin-with", "RESULT"),
    ("assess", "WORKBOOK", "--plan", "RESULT"),
    ("assess", "WORKBOOK", "--plan", "decided", "--begin-with", "RESULT"),
    ("frontier", "WORKBOOK", "--objective", "coverage", "--begin-with", "RESULT"),
    ("export", "RESULT"),
)
NEEDS_NONE = (("report", "RESULT"), ("report", "RESULT", "OTHER"), ("diff", "RESULT", "WORKBOOK:both"))


class TestResultWithoutAPlan:
    """Nothing is solved, so that what was found out of the problem is no exit code of the command."""

    @pytest.mark.parametrize("words", NEEDS_A_PLAN, ids=" ".join)
    @pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE])
    def test_where_one_is_needed(
        self, saved_as: Saved, workbook: Path, tmp_path: Path, status: Status, words: tuple[str, ...]
    ) -> None:
        path = saved_as(status)
        told = run(*({"RESULT": path, "WORKBOOK": workbook}.get(word, word) for word in words), "-o", tmp_path / "x.csv"
                   if words[0] == "export" else tmp_path / "new")  # fmt: skip
        assert told.exit_code == 2
        assert told.stderr == f"Error: '{path}' has no plan: {status.value}\n"
        assert not (tmp_path / "x.csv").exists()
        assert not (tmp_path / "new").exists()

    @pytest.mark.parametrize("words", NEEDS_NONE, ids=" ".join)
    def test_where_none_is_needed(
        self, saved_as: Saved, solved: Path, workbook: Path, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        other = tmp_path / "other.result.zip"
        shutil.copy(solved / "small-both.result.zip", other)
        given = {"RESULT": saved_as(Status.INFEASIBLE), "OTHER": other, "WORKBOOK:both": f"{workbook}:both"}
        told = run(*(given.get(word, word) for word in words), "-o", tmp_path / "new")
        assert told.exit_code == 0, told.output


def test_a_solved_plan_holds_against_its_workbook(workbook: Path, tmp_path: Path) -> None:
    """End to end, with the real solver and values set for the run."""
    asked = ["--variant", "county", "--set", "Counties.cedar.population=7000", "--gap", "0"]
    assert run("solve", workbook, "-o", tmp_path, *asked).exit_code == 0
    saved = tmp_path / "small-county.result.zip"
    told = run("verify", saved, workbook)
    assert told.exit_code == 0, told.output
    assert "Counties.cedar.population=7000" in told.stdout
    assert "the problem that was solved" in told.stdout
    assert load_result(saved).instance == prepare(workbook, variant="county", overrides=[asked[3]]).instance
    assert result_of(load_result(saved).instance, Status.SOLVED).plan != load_result(saved).result.plan
