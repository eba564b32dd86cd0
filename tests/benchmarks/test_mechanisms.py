"""The table of what each mechanism does: every row can be asked for, is told rightly, and is not solved twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import mechanisms
from benchmarks.mechanism_table import (
    BEGIN,
    END,
    Solved,
    cost_change,
    moved,
    put_between,
    read_rows,
    shown,
    shown_cost,
    signed,
    write_rows,
)
from benchmarks.mechanisms import BASE, MECHANISMS, Mechanism, Run, main
from inputs.cases.dprk_20x10 import generate
from inputs.reader import read_workbook
from inputs.workbook import Workbook
from optimizer.options import options_from
from tests.optimizer.runs import write_small
from tests.small_workbook import set_setting, small_tables

BY_NAME = {mechanism.name: mechanism for mechanism in MECHANISMS}
CHANGED = [mechanism for mechanism in MECHANISMS if not mechanism.another_seed]


def run_of(workbook: Workbook, variant: str) -> Run:
    return Run(workbook, variant, options_from(workbook.settings))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The shipped workbook, made from its tables: those may be ahead of the file."""
    made = tmp_path_factory.mktemp("made") / "dprk-20x10.xlsx"
    generate.main([str(made)])
    return read_workbook(made)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path)


class TestList:
    def test_names_are_unique(self) -> None:
        assert len({mechanism.name for mechanism in (BASE, *MECHANISMS)}) == len(MECHANISMS) + 1

    @pytest.mark.parametrize("mechanism", CHANGED, ids=lambda mechanism: mechanism.name)
    def test_changes_the_shipped_case(self, shipped: Workbook, mechanism: Mechanism) -> None:
        run = run_of(shipped, "hybrid")
        assert run.overrides(mechanism) or mechanism.variant
        assert run.instance(mechanism) != run.instance(BASE)

    def test_turns_off_what_it_says(self, shipped: Workbook) -> None:
        run = run_of(shipped, "hybrid")
        base = run.instance(BASE)
        assert run.instance(BY_NAME["county-budgets"]).purses == {}
        assert all(design.quota == 0 for design in run.instance(BY_NAME["quotas"]).designs.values())
        assert all(entry.good is None for entry in run.instance(BY_NAME["intermediates"]).inputs.values())
        assert all(plant.crowded_out == 0 for plant in run.instance(BY_NAME["crowding-out"]).existing.values())
        assert all(item.from_year > base.last_year for item in run.instance(BY_NAME["package-items"]).items.values())
        steady = run.instance(BY_NAME["yearly-utilisation"])
        assert all(not design.yearly_utilisation for design in steady.designs.values())
        without = run.instance(BY_NAME["modernisation"])
        modernising = [place for place in without.options if without.designs[place[1]].modernisation]
        assert all(without.options[place].max_plants == 0 for place in modernising)
        assert run.instance(BY_NAME["coverage-floor"]).policy.coverage_floor_from == base.last_year

    def test_what_a_workbook_does_not_use_is_left_out(self, small: Path) -> None:
        run = run_of(read_workbook(small), "both")
        used = {mechanism.name for mechanism in MECHANISMS if run.unused(mechanism) is None}
        limits = {"coverage-floor", "disparity-limit", "dispersion-cap"}
        assert used == {"again", "donors", "labour-cost", "labour-pool", "part-of-funds"} | limits
        assert run.unused(BY_NAME["smaller"]) == "no such variant"
        assert run.unused(BY_NAME["quotas"]) == "not used in this workbook"

    def test_told_as_on_the_command_line(self, shipped: Workbook) -> None:
        run = run_of(shipped, "hybrid")
        assert run.means(BY_NAME["again"]) == "`--seed 1`"
        assert run.means(BY_NAME["smaller"]) == "`--variant smaller`"
        assert run.means(BY_NAME["county-budgets"]) == (
            "`Settings.county_budgets.value=no`, `Resources.remittances.YEAR=`"
        )
        assert run.means(BY_NAME["package-items"]) == "`PackageItems.*.from_year=2034`"


BASIS = Solved(
    name="base", key="1", variant="hybrid", overrides="", day="2026-11-21", status="solved within the asked gap",
    seconds=80.0, objective=1000.0, bound=990.0, gap=0.01, joining={"alder": 2027, "birch": 2028},
    plants={"county": 4, "provincial": 1}, central_funds=200.0, import_currency=0.0, coverage=0.5, gini=0.25,
    remitted=1234.0, short=0.0,
)  # fmt: skip
DEARER = replace(
    BASIS, name="dearer", objective=1050.0, bound=1040.0, joining={"alder": 2028, "cedar": 2028},
    plants={"county": 3, "modernised": 2}, central_funds=150.0, import_currency=12.0, coverage=0.512, gini=None,
    remitted=0.0, same_choices=1060.0, choices_back="impossible",
)  # fmt: skip


class TestRow:
    def test_change_of_cost_is_what_the_bounds_prove(self) -> None:
        assert cost_change(BASIS, DEARER) == pytest.approx((1040 / 1000 - 1, 1050 / 1000 - 1, 1050 / 990 - 1))
        assert shown_cost(BASIS, DEARER) == "+5.0 % (between +4.0 and +6.1 %)"  # 6.06 is rounded outwards

    def test_not_proven_where_either_way_is_open(self) -> None:
        assert shown_cost(BASIS, replace(BASIS, objective=995.0, bound=985.0)) == "not proven (between -1.5 and +0.6 %)"
        assert shown_cost(BASIS, replace(BASIS, bound=None)) == "not proven"
        assert shown_cost(replace(BASIS, bound=0.0), DEARER) == "not proven"

    def test_changes_from_the_base(self) -> None:
        assert shown("dearer", BASIS, DEARER) == (
            "| dearer | +5.0 % (between +4.0 and +6.1 %) | +6.0000 % | impossible | 3 "
            "| county -1, provincial -1, modernised +2 | -25.0 % | 12 | +1.2 | none | 0 / 0 | 1.00 % | 80 |"
        )

    def test_base_in_full(self) -> None:
        assert shown("all", BASIS, BASIS) == (
            "| all | 1,000, at least 990 |  |  | 2 join | county 4, provincial 1 | 200 | 0 | 50.0 | 0.250 | 1,234 / 0 "
            "| 1.00 % | 80 |"
        )

    def test_without_a_plan(self) -> None:
        none = Solved("none", "2", "hybrid", "", "2026-11-21", "no plan can satisfy every rule", 3.0, None, None, None)
        assert shown("none", BASIS, none) == f"| none | {none.status} {'|  ' * 9}| none | 3 |"

    def test_moved(self) -> None:
        assert moved({"alder": 2027, "birch": 2028}, {"alder": 2027, "birch": 2028}) == 0
        assert moved({"alder": 2027, "birch": 2028}, {"alder": 2028, "cedar": 2028}) == 3

    @pytest.mark.parametrize(
        ("value", "digits", "expected"),
        [(0.04, 1, "0"), (-0.04, 1, "0"), (0.06, 1, "+0.1"), (-3, 0, "-3"), (10, 0, "+10"), (1234.5, 1, "+1,234.5")],
    )
    def test_signed(self, value: float, digits: int, expected: str) -> None:
        assert signed(value, digits) == expected


class TestFiles:
    def test_rows_come_back(self, tmp_path: Path) -> None:
        rows = {row.name: row for row in (BASIS, DEARER)}
        write_rows(tmp_path / "rows.csv", rows)
        assert read_rows(tmp_path / "rows.csv") == rows
        assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]

    def test_rows_of_another_form_are_not_used(self, tmp_path: Path) -> None:
        (tmp_path / "rows.csv").write_text("name,key\nbase,1\n", encoding="utf-8")
        assert read_rows(tmp_path / "rows.csv") == {}
        assert read_rows(tmp_path / "none.csv") == {}

    def test_between_the_marks(self) -> None:
        page = f"Before\n{BEGIN}\nold\n{END}\nafter\n"
        once = put_between(page, "| new |\n")
        assert once == f"Before\n{BEGIN}\n\n| new |\n\n{END}\nafter\n"
        assert put_between(once, "| new |\n") == once

    @pytest.mark.parametrize("page", ["", BEGIN, f"{END}\n{BEGIN}"])
    def test_marks_are_needed(self, page: str) -> None:
        with pytest.raises(ValueError, match="has no <!-- mechanisms: begin -->"):
            put_between(page, "")


class TestCommand:
    """On the small workbook, most rows of which are not used there."""

    @pytest.fixture
    def arguments(self, small: Path, tmp_path: Path) -> list[str]:
        only = ["part-of-funds", "quotas"]
        return [str(small), "--variant", "both", "-o", str(tmp_path / "table.md"), "--only", *only]

    @pytest.fixture
    def solves(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Names of what is solved, here in this process."""
        found: list[str] = []

        def solve(run: Run, mechanism: Mechanism, beside: Path) -> Solved | str:
            found.append(mechanism.name)
            return run.solve(mechanism, read_rows(beside).get("base"))

        monkeypatch.setattr(mechanisms, "solve_apart", solve)
        monkeypatch.setattr(mechanisms, "DECIDING", ())  # whoever works on the program during a test changes nothing
        return found

    def test_in_processes_of_their_own(self, arguments: list[str], tmp_path: Path) -> None:
        page = tmp_path / "page.md"
        page.write_text(f"# Mechanisms\n\n{BEGIN}\n{END}\n\nThe end.\n", encoding="utf-8")
        assert main([*arguments, "--into", str(page)]) == 0
        table = (tmp_path / "table.md").read_text(encoding="utf-8")
        assert page.read_text(encoding="utf-8") == f"# Mechanisms\n\n{BEGIN}\n\n{table}\n{END}\n\nThe end.\n"
        assert table.startswith("Workbook `small.xlsx` (SHA-256 `")
        assert "| with 60 % of the central funds | +3.3 % (between " in table
        assert "| `part-of-funds` | with 60 % of the central funds | `Settings.funds_arriving.value=0.6` |" in table
        assert "Left out (not used in this workbook): `quotas`." in table
        rows = read_rows(tmp_path / "table.csv")
        assert list(rows) == ["base", "part-of-funds"]
        assert rows["part-of-funds"].overrides == "Settings.funds_arriving.value=0.6"
        changed = rows["part-of-funds"]
        assert changed.same_choices == "impossible"  # all the money was spent
        assert changed.choices_back == pytest.approx(changed.objective, rel=0.05)  # less money was enough for these
        assert set(rows["base"].joining or ()) <= {"alder", "birch", "cedar"}

    def test_goes_on_where_it_stopped(self, arguments: list[str], solves: list[str], tmp_path: Path) -> None:
        assert main(arguments) == 0
        assert main([*arguments, "labour-pool"]) == 0
        assert solves == ["base", "part-of-funds", "labour-pool"]
        assert list(read_rows(tmp_path / "table.csv")) == solves
        main([*arguments, "--gap", "0.02"])
        assert solves[3:] == ["base", "part-of-funds"]

    def test_a_failure_is_told_and_tried_again(
        self, arguments: list[str], solves: list[str], tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        page = tmp_path / "page.md"
        page.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
        works = mechanisms.solve_apart
        monkeypatch.setattr(
            mechanisms,
            "solve_apart",
            lambda run, one, beside: "out of memory" if one.name == "donors" else works(run, one, beside),
        )
        assert main([*arguments, "donors", "--into", str(page)]) == 1
        assert "donors failed: out of memory" in capsys.readouterr().err
        assert page.read_text(encoding="utf-8") == f"{BEGIN}\n{END}\n"
        monkeypatch.setattr(mechanisms, "solve_apart", works)
        assert main([*arguments, "donors", "--into", str(page)]) == 0
        assert solves == ["base", "part-of-funds", "donors"]
        assert "| without donors | not proven (between " in page.read_text(encoding="utf-8")

    def test_rows_of_a_program_that_was_changed_meanwhile(
        self, arguments: list[str], solves: list[str], monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        original = Run.solve
        monkeypatch.setattr(Run, "solve", lambda *given: replace(original(*given), key="other"))
        assert main(arguments) == 1
        assert "changed meanwhile, after these were solved: base, part-of-funds" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("further", "message"),
        [
            (["--variant", "neither"], "there is no variant 'neither'"),
            (["--gap", "2"], "gap should be"),
            (["--only", "quota"], "invalid choice: 'quota'"),
            (["--into", "none.md"], "none.md"),
            (["-o", "table.csv"], "-o names the file of the table"),
        ],
    )
    def test_refused_before_anything_is_solved(
        self, arguments: list[str], solves: list[str], further: list[str], message: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        with pytest.raises(SystemExit, match="2"):
            main([*arguments, *further])
        assert message in capsys.readouterr().err
        assert solves == []

    def test_other_objectives_are_refused(
        self, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        tables = small_tables()
        set_setting(tables, "objective", "greatest coverage")
        write_small(tmp_path, tables)
        with pytest.raises(SystemExit, match="2"):
            main(arguments)
        assert "costs are compared" in capsys.readouterr().err
