"""The command `diff`: two workbooks, variants or saved results, in Python and on the command line."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import Result

from inputs.problems import InvalidWorkbook
from optimizer.diff import carry_out_diff, diff, prepare_diff
from optimizer.files import UnusablePath
from optimizer.options import InvalidOption
from optimizer.run import background, prepare, save_run
from optimizer.solve import solve
from reports.diff.findings import finding_lines
from reports.saved_result import SavedResult, UnreadableResult
from tests.optimizer.commands import run
from tests.optimizer.runs import write_small
from tests.reports.rows import row_of
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def command(*arguments: object) -> Result:
    return run("diff", *arguments, env={"COLUMNS": "200"})


def dearer() -> Tables:
    """The small workbook with dearer freight, more people in one county and less grain."""
    tables = small_tables()
    set_setting(tables, "freight_rate", 0.3)
    find_row(tables, "Counties", county="alder")["population"] = 15_000
    tables["CountyInputs"].pop()
    return tables


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write_small(tmp_path, name="old.xlsx")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return write_small(tmp_path, dearer(), name="new.xlsx")


def solved(workbook: Path, folder: Path, **asked: Any) -> Path:
    """The saved result of a workbook's default variant."""
    run = prepare(workbook, folder=folder, **asked)
    return save_run(run.files.result, SavedResult(run.instance, solve(run.instance, run.options), background(run)))


class TestInputs:
    def test_of_two_workbooks_in_full(self, old: Path, new: Path, tmp_path: Path) -> None:
        told = command(old, new, "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "freight_rate: 0.1 -> 0.3 (+200 %)" in told.stdout
        assert "alder: 10000 -> 15000 (+50 %)" in told.stdout
        report = load_workbook(tmp_path / "out" / "old-new-diff.xlsx")
        assert report.sheetnames == [
            "Figures", "Contents", "Inputs by column", "Inputs that differ", "Rows only in one", "A and B", "Columns",
            "Provenance",
        ]  # fmt: skip
        rows = list(report["Inputs that differ"].iter_rows(values_only=True, min_row=2))
        assert rows[1][:9] == (
            "Counties", "alder", "population", "10000", "15000", 5000, 0.5, "Counties!F2", "Counties!F2",
        )  # fmt: skip
        (alone,) = report["Rows only in one"].iter_rows(values_only=True, min_row=2)
        assert alone[:5] == ("CountyInputs", "cedar/grain", "A", "CountyInputs!A3", "tonnes = 1000")

    def test_the_same_file_twice(self, old: Path, tmp_path: Path) -> None:
        told = command(old, old, "-o", tmp_path / "out")
        assert told.exit_code == 0
        assert "no input differs" in told.stdout
        assert "files with the same content" in told.stdout

    def test_variants_of_one_workbook(self, old: Path, tmp_path: Path) -> None:
        by_option = command(old, "--variants", "both,county", "-o", tmp_path / "out")
        assert by_option.exit_code == 0
        assert "all -> county" in by_option.stdout
        assert (tmp_path / "out" / "old-both-county-diff.xlsx").exists()
        by_name = diff(f"{old}:both", f"{old}:county")
        assert [value.column for value in by_name.values] == ["scales"]

    def test_one_variant_named_stands_for_both(self, old: Path, new: Path) -> None:
        found = diff(f"{old}:county", new)
        assert [side.background.variant for side in found.sides] == ["county", "county"]
        assert not found.whole
        assert diff(old, new, variants=["provincial"]).b.instance.variant == "provincial"

    def test_another_variant_where_the_other_workbook_lacks_it(self, old: Path, tmp_path: Path) -> None:
        tables = small_tables()
        del tables["Variants"]
        plain = write_small(tmp_path, tables, name="plain.xlsx")
        found = diff(f"{old}:county", plain)
        assert found.b.instance.variant == "all"
        assert [(value.column, value.before, value.after) for value in found.values] == [("scales", "county", "all")]

    def test_another_currency_is_pointed_out(self, old: Path, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "currency", "USD")
        told = dict(finding_lines(diff(old, write_small(tmp_path, tables))))
        assert told["Note"].startswith("The currency differs: money in A, USD in B.")

    def test_reordered_rows_are_no_difference(self, old: Path, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"].reverse()
        told = command(old, write_small(tmp_path, tables), "-o", tmp_path / "out")
        assert "no input differs" in told.stdout
        assert "another order in Counties" in told.stdout


class TestProblems:
    def test_of_both_files_with_their_names(self, old: Path, tmp_path: Path) -> None:
        for name in ("one.xlsx", "two.xlsx"):
            tables = small_tables()
            find_row(tables, "Counties", county="alder")["population"] = "10 000"  # a number as text
            write_small(tmp_path, tables, name=name)
        told = command(tmp_path / "one.xlsx", tmp_path / "two.xlsx", "-o", tmp_path / "out")
        assert told.exit_code == 3
        for name in ("one.xlsx", "two.xlsx"):
            assert f"'[{name}]Counties'!F2: population should be a number at least 0" in told.stderr
        assert "2 problems found" in told.stderr
        assert not (tmp_path / "out").exists()

    def test_of_files_that_cannot_be_read(self, old: Path, tmp_path: Path) -> None:
        other = tmp_path / "notes.xlsx"
        other.write_text("no workbook", encoding="utf-8")
        told = command(old, other)
        assert (told.exit_code, "is not an Excel workbook" in told.stderr) == (3, True)
        assert command(old, tmp_path / "none.xlsx").exit_code == 2
        broken = tmp_path / "broken.result.zip"
        broken.write_bytes(b"PK nothing")
        assert command(old, broken).exit_code == 3
        with pytest.raises(UnreadableResult):
            diff(broken, old)

    def test_of_what_was_asked(self, old: Path, new: Path, tmp_path: Path) -> None:
        saved = solved(old, tmp_path / "out")
        assert command(old).exit_code == 2
        assert "should name two variants" in command(old, "--variants", "county").stderr
        assert command(old, new, "--variants", "both,county,provincial").exit_code == 2
        assert command(saved, new, "--variants", "county").exit_code == 2
        assert command(saved).exit_code == 2
        with pytest.raises(InvalidOption, match="names one"):
            prepare_diff(f"{old}:county", new, variants=["county"])
        with pytest.raises(InvalidWorkbook, match="there is no variant 'villages'"):
            prepare_diff(f"{old}:villages", new)
        with pytest.raises(UnusablePath, match="is of one variant"):
            prepare_diff(f"{saved}:county", new)
        with pytest.raises(UnusablePath, match="go into a folder"):
            prepare_diff(old, new, folder=tmp_path / "out.xlsx")


class TestDecisions:
    def test_solve_both(self, old: Path, new: Path, tmp_path: Path) -> None:
        told = command(old, new, "--solve", "--gap", "0", "-o", tmp_path / "out")
        assert told.exit_code == 0, told.output
        assert "Cost of the plan found" in told.stdout
        report = load_workbook(tmp_path / "out" / "old-both-new-both-diff.xlsx")
        for title in ("Results", "Joining years", "Plants", "Costs", "Coverage", "Coverage by county"):
            assert report[title].max_row > 1, title
        assert "Remittances" not in report.sheetnames  # no budgets are planned
        again = command(old, new, "--solve", "--gap", "0", "-o", tmp_path / "out")
        assert "2 of them earlier" in again.stderr

    def test_two_results(self, old: Path, new: Path, tmp_path: Path) -> None:
        found = diff(solved(old, tmp_path / "a", gap=0.0), solved(new, tmp_path / "b", gap=0.0))
        assert not found.by_cell
        changed = {(value.sheet, value.key, value.column) for value in found.values}
        assert ("counties", "alder", "population") in changed
        assert ("demand", "alder/food/2027", "value") in changed
        assert [(row.sheet, row.key, row.only_in) for row in found.rows] == [("input_supply", "cedar/grain", "A")]
        costs = found.tables["costs"]
        for letter, side in (("a", found.a), ("b", found.b)):
            assert side.result is not None
            assert row_of(costs, term="cost in all")[letter] == pytest.approx(side.result.objective)
        assert sum(costs["difference"][:-1]) == pytest.approx(row_of(costs, term="cost in all")["difference"])
        joining = found.tables["joining"]
        for letter, side in (("a", found.a), ("b", found.b)):
            assert side.plan is not None
            years = {(row.county, getattr(row, f"year_{letter}")) for row in joining.itertuples()}
            assert {(c, y) for c, y in years if y is not None} == {i for i, v in side.plan.select.items() if v > 0.5}

    def test_equal_problems_with_other_plans_say_why(self, old: Path, tmp_path: Path) -> None:
        found = diff(solved(old, tmp_path / "a", gap=0.0), solved(old, tmp_path / "b", gap=0.5, seed=3))
        notes = " ".join(words for name, words in finding_lines(found) if name == "Note")
        assert found.same_problem
        assert "The inputs are equal" in notes
        assert "gap 0.0 in A and 0.5 in B; seed 0 in A and 3 in B" in notes

    def test_equal_results(self, old: Path, tmp_path: Path) -> None:
        saved = solved(old, tmp_path / "a")
        notes = " ".join(words for name, words in finding_lines(diff(saved, saved)) if name == "Note")
        assert "The plans are equal as well." in notes

    def test_a_result_beside_a_workbook(self, old: Path, new: Path, tmp_path: Path) -> None:
        saved = solved(old, tmp_path / "a")
        found = diff(saved, new)
        assert not found.solved
        assert "costs" not in found.tables
        assert any("--solve solves it" in words for _, words in finding_lines(found))
        both = diff(saved, new, solve=True)
        assert both.solved
        assert both.b.instance.variant == "both"

    def test_infeasible(self, old: Path, tmp_path: Path) -> None:
        tables = small_tables()
        for row in tables["Goods"]:
            row["shortage_penalty"] = None  # demand must be met, and cannot be
        impossible = write_small(tmp_path, tables, name="impossible.xlsx")
        told = command(old, impossible, "--solve", "-o", tmp_path / "out")
        assert told.exit_code == 4, told.output
        assert "No plan can satisfy every rule" in told.stdout

    def test_a_county_more(self, old: Path, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"].append({**tables["Counties"][0], "county": "dogwood", "name": "Dogwood"})
        found = diff(old, write_small(tmp_path, tables), variants=["both"], solve=True)
        rows = found.tables["county_coverage"]
        one = row_of(rows, county="dogwood", good="food")
        assert one["coverage_a"] != one["coverage_a"]  # there is no such county in A
        assert one["coverage_b"] >= 0

    def test_nothing_is_written_over_a_workbook(self, old: Path, new: Path, tmp_path: Path) -> None:
        taken = write_small(tmp_path, name="old-new-diff.xlsx")
        before = taken.read_bytes()
        finished = carry_out_diff(prepare_diff(old, new, folder=tmp_path))
        assert finished.file == tmp_path / "old-new-diff-2.xlsx"
        assert taken.read_bytes() == before
