"""Comparing solvers: what their logs tell, what is kept, what is told of it, and that every contender runs."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import compare_solvers, scaling
from benchmarks.contenders import CONTENDERS, missing
from benchmarks.course import Course, gap
from benchmarks.generator import Size, generate
from benchmarks.instances import NATIONAL, names_of
from benchmarks.measured import Measured, Task, append, program, read
from benchmarks.solver_logs import cbc_moments, scip_moments
from benchmarks.solver_picture import gap_over_time, seconds_by_counties
from benchmarks.solver_report import page_with, ratios_of, report
from optimizer.options import SolveOptions
from reports.charts.drawing import for_file

TINY = Size(3, 1, years=2, goods=1, seed=1)

CBC_LOG = """Continuous objective value is 731254 - 0.05 seconds
Cbc0012I Integer solution of 774786.43 found by feasibility pump after 0 iterations and 0 nodes (1.47 seconds)
Cbc0010I After 0 nodes, 1 on tree, 774786.43 best solution, best possible 759612.47 (2.59 seconds)
Cbc0010I After 100 nodes, 1 on tree, 1e+50 best solution, best possible 759612.5 (2.60 seconds)
Cbc0005I Partial search - best objective 764668.78 (best possible 759612.47), took 34207 iterations and 1210 nodes (19.89 seconds)
Objective value:                764668.77785559
Lower bound:                    759612.473
Total time (CPU seconds):       7.59   (Wallclock seconds):       20.09
"""  # noqa: E501

SCIP_LOG = """ time | node  | left  |LP iter|LP it/n|mem/heur|mdpt |vars |cons |rows |cuts |sepa|confs|strbr|  dualbound   | primalbound  |  gap   | compl.
p 0.0s|     1 |     0 |     0 |     - |  locks|   0 |1968 |2458 |2458 |   0 |  0 |   0 |   0 | 0.000000e+00 | 1.004610e+06 |    Inf | unknown
  0.8s|     1 |     0 |  2206 |     - |    20M |   0 |1259 |1250 |1251 |   0 |  0 |   9 |   0 | 7.370000e+05 |      --      |    Inf | unknown
d16.4s|    16 |    17 | 18634 | 487.5 |pscostdi|  15 |1190 |1528 |1351 |   0 |  1 |  15 | 329 | 7.607832e+05 | 7.775603e+05 |   2.21%| unknown
Solving Time (sec) : 20.00
Primal Bound       : +7.77560341668801e+05 (4 solutions)
Dual Bound         : +7.61187742519330e+05
"""  # noqa: E501


def made(contender: str, seconds: float, moments: list[list[float | None]], **changes: object) -> Measured:
    task = Task("solve", "9x1x2x1t1s0", contender, 0.01, 100.0, 2)
    base = Measured(
        task, program(), "2026-11-22", {"python": "3.11"}, 0.5, status="solved within the asked gap",
        build_seconds=1.5, seconds=seconds, processor_seconds=14.0, columns=10, rows=20, peak_mb=100.0,
        instance_mb=50.0, moments=moments,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


OURS = made("countyplan", 12.0, [[2.0, None, 90.0], [8.0, 100.0, 96.0], [10.0, 100.0, 99.5]])
PLAIN = made("HiGHS", 100.0, [[40.0, 130.0, 60.0], [70.0, 101.0, 97.0]])


class TestLogs:
    def test_of_cbc(self) -> None:
        assert list(cbc_moments(CBC_LOG)) == [
            (0.05, None, 731254.0),
            (1.47, 774786.43, None),
            (2.59, 774786.43, 759612.47),
            (2.60, None, 759612.5),
            (19.89, 764668.78, 759612.47),
            (20.09, 764668.77785559, 759612.473),
        ]

    def test_of_scip(self) -> None:
        assert list(scip_moments(SCIP_LOG)) == [
            (0.0, 1.00461e6, 0.0),
            (0.8, None, 737000.0),
            (16.4, 777560.3, 760783.2),
            (20.0, 777560.341668801, 761187.742519330),
        ]

    def test_of_nothing(self) -> None:
        assert list(cbc_moments("")) == list(scip_moments("")) == []


class TestCourse:
    def test_bests_only_get_better(self) -> None:
        course = Course()
        for moment in ((1.0, None, 5.0), (2.0, 20.0, 4.0), (3.0, 30.0, 5.0), (4.0, 10.0, None), (5.0, 10.0, 9.0)):
            course.add(*moment)
        assert course.moments == [(1.0, None, 5.0), (2.0, 20.0, 5.0), (4.0, 10.0, 5.0), (5.0, 10.0, 9.0)]
        assert course.seconds_to(0.5) == 4.0
        assert course.seconds_to(0.1) == 5.0
        assert course.seconds_to(0.05) is None

    def test_gap(self) -> None:
        assert gap(10.0, 9.0) == pytest.approx(0.1)
        assert gap(10.0, 11.0) == 0.0
        assert gap(None, 11.0) is None


class TestNames:
    def test_sets_and_single_names(self) -> None:
        assert names_of("national, 9x1x2x1") == (*NATIONAL, "9x1x2x1t1s0")

    def test_others_are_refused(self) -> None:
        with pytest.raises(ValueError, match="'nation' is no size"):
            names_of("nation")


class TestKept:
    def test_comes_back_and_the_last_counts(self, tmp_path: Path) -> None:
        path = tmp_path / "out" / "lines.jsonl"
        failed = replace(OURS, failure="out of memory", moments=[])
        for measured in (failed, PLAIN, OURS):
            append(path, measured)
        assert read(path) == [OURS, PLAIN]

    def test_a_line_cut_short_is_left_out(self, tmp_path: Path) -> None:
        path = tmp_path / "lines.jsonl"
        append(path, PLAIN)
        path.write_text(path.read_text(encoding="utf-8")[:-30], encoding="utf-8")
        append(path, OURS)
        assert read(path) == [OURS]
        assert read(tmp_path / "none.jsonl") == []


class TestReport:
    def test_times_to_gaps(self) -> None:
        assert "| 9x1x2x1t1s0 | countyplan | 1 | 8.0 | 10 | 10 | 10 |  | 12 | 0.50 | 1.5 | 14 | 100 |" in report(
            [PLAIN, OURS]
        )
        assert "| 9x1x2x1t1s0 | HiGHS | 1 | 70 | > 100 | > 100 |  |  | 100 | 3.96 | 1.5 | 14 | 100 |" in report(
            [PLAIN, OURS]
        )

    def test_who_ends_before_the_time_without_a_plan_never_gets_there(self) -> None:
        gave_up = replace(PLAIN, seconds=80.0)
        assert ratios_of([OURS, gave_up]) == {"HiGHS": [(math.inf, True)]}
        told = report([OURS, gave_up])
        assert "HiGHS never gets to the asked gap (median of 1 instance)" in told
        assert "in 1 it ended by itself before its time" in told

    def test_ratio_where_the_other_never_got_there_is_at_least(self) -> None:
        assert ratios_of([OURS, PLAIN]) == {"HiGHS": [(10.0, True)]}
        assert "HiGHS takes at least 10.0 times as long as countyplan" in report([OURS, PLAIN])
        there = replace(PLAIN, moments=[[45.0, 100.0, 99.0]])
        assert ratios_of([there, OURS]) == {"HiGHS": [(4.5, False)]}

    def test_ratio_needs_ours(self) -> None:
        assert ratios_of([replace(OURS, moments=[]), PLAIN]) == {}
        assert ratios_of([PLAIN]) == {}

    def test_failures_are_told(self) -> None:
        assert "| HiGHS | 1 | ended by signal 9 |" in report([replace(PLAIN, failure="ended by signal 9")])

    def test_between_the_marks_of_a_page(self, tmp_path: Path) -> None:
        page = tmp_path / "page.md"
        page.write_text("a\n<!-- solvers: begin -->\nold\n<!-- solvers: end -->\nz\n", encoding="utf-8")
        page_with(page, [OURS])
        assert page.read_text(encoding="utf-8").startswith("a\n<!-- solvers: begin -->\n\nMeasured 2026-11-22")
        page.write_text("none", encoding="utf-8")
        with pytest.raises(ValueError, match="the page has no <!-- solvers: begin -->"):
            page_with(page, [OURS])

    def test_pictures(self) -> None:
        picture = gap_over_time([OURS, PLAIN])
        assert picture is not None
        assert for_file(picture).startswith("<svg")
        assert gap_over_time([replace(OURS, moments=[[1.0, None, 5.0]])]) is None
        curve = seconds_by_counties([(100, "building", 3.0), (200, "building", 6.0)])
        assert curve is not None
        assert for_file(curve).startswith("<svg")


class TestContenders:
    @pytest.mark.parametrize("name", CONTENDERS)
    def test_solves_and_is_watched(self, name: str) -> None:
        if missing(name) is not None:
            pytest.skip(str(missing(name)))
        outcome = CONTENDERS[name](generate(TINY), SolveOptions(0.01, 60.0, 1, 0, "HiGHS"))
        assert outcome.course.seconds_to(0.01) is not None
        seconds, best, bound = outcome.course.moments[-1]
        assert 0 < seconds <= outcome.seconds + 0.1
        assert best == pytest.approx(bound, rel=0.011)

    def test_plain_ones_have_the_rules_alone(self) -> None:
        options = SolveOptions(0.01, 60.0, 1, 0, "HiGHS")
        plain, tightened = (CONTENDERS[name](generate(TINY), options) for name in ("HiGHS", "HiGHS tightened"))
        assert plain.columns == tightened.columns
        assert (plain.rows or 0) < (tightened.rows or 0)


class TestCommand:
    def test_measures_apart_once_and_tells_it(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        page, lines = tmp_path / "page.md", tmp_path / "lines.jsonl"
        page.write_text("<!-- solvers: begin -->\n<!-- solvers: end -->\n", encoding="utf-8")
        arguments = ["--instances", TINY.name, "--contenders", "countyplan", "--time-limit", "30", "--keep"]
        arguments += ["-o", str(lines), "--into", str(page)]
        assert compare_solvers.main(arguments) == 0
        (found,) = read(lines)
        assert found.failure == ""
        assert found.peak_mb is not None
        assert found.peak_mb >= (found.instance_mb or 0) > 0
        assert f"| {TINY.name} | countyplan |" in page.read_text(encoding="utf-8")
        assert (tmp_path / "pictures" / "gap_over_time.svg").exists()
        capsys.readouterr()
        assert compare_solvers.main(arguments) == 0
        assert capsys.readouterr().err == ""

    def test_goes_on_after_a_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Task] = []

        def played(task: Task, memory_mb: float | None = None) -> Measured:
            asked.append(task)
            return replace(OURS if task.contender == "countyplan" else PLAIN, task=task, failure="played")

        monkeypatch.setattr(compare_solvers, "measure_apart", played)
        arguments = ["--instances", "9x1x2x1", "-o", str(tmp_path / "lines.jsonl")]
        assert compare_solvers.main(arguments) == 1
        assert compare_solvers.main(arguments) == 1
        assert [task.contender for task in asked] == ["countyplan", "HiGHS"] * 2

    def test_others_are_given_so_many_times_what_ours_took(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[Task] = []

        def played(task: Task, memory_mb: float | None = None) -> Measured:
            asked.append(task)
            moments = [[40.0, 100.0, 99.5]] if task.contender == "countyplan" else []
            return replace(OURS, task=task, moments=moments)

        monkeypatch.setattr(compare_solvers, "measure_apart", played)
        arguments = ["--instances", "9x1x2x1", "-o", str(tmp_path / "lines.jsonl"), "--times", "6"]
        assert compare_solvers.main(arguments) == 0
        assert [task.time_limit for task in asked] == [600.0, 240.0]
        assert compare_solvers.main(arguments) == 0
        assert len(asked) == 2

    @pytest.mark.parametrize(
        "further",
        [["--instances", "nation"], ["--contenders", "hand"], ["--builders", "hand"], ["--into", "none.md"]],
    )
    def test_refused(self, further: list[str], tmp_path: Path) -> None:
        with pytest.raises(SystemExit, match="2"):
            compare_solvers.main([*further, "-o", str(tmp_path / "lines.jsonl")])


class TestScaling:
    def test_tells_stages_and_the_power(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def played(task: Task) -> Measured:
            counties = int(task.instance.split("x")[0])
            return replace(
                OURS, task=task, seconds=counties / 10, moments=[[counties / 10, 100.0, 99.5]],
                stages={"building the problem": 1.0, "improving 2027 and 2028": 2.0, "improving 2028 and 2029": 3.0},
            )  # fmt: skip

        monkeypatch.setattr(scaling, "measure_apart", played)
        page = tmp_path / "page.md"
        page.write_text("<!-- scaling: begin -->\n<!-- scaling: end -->\n", encoding="utf-8")
        arguments = ["--counties", "100,200", "-o", str(tmp_path / "lines.jsonl"), "--into", str(page)]
        assert scaling.main(arguments) == 0
        text = page.read_text(encoding="utf-8")
        assert "| 200 | 6 | 20 | 0.50 | 1 | 0 | 0 | 0 | 0 | 5 | 0 | 0 | 20 | 100 |" in text
        assert "to the power 1.00 (1: linear)" in text
        assert (tmp_path / "pictures" / "seconds_by_counties.svg").exists()

    def test_one_size_has_no_power(self) -> None:
        assert scaling.growth([(100, 5.0), (200, None)]) is None
        assert scaling.growth([(100, 5.0), (200, 20.0)]) == pytest.approx(2.0)


def test_lines_are_json(tmp_path: Path) -> None:
    append(tmp_path / "lines.jsonl", OURS)
    assert json.loads((tmp_path / "lines.jsonl").read_text(encoding="utf-8"))["task"]["contender"] == "countyplan"
