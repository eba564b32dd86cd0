"""Many runs: the same results whoever solves them, taken up again after a stop, and nothing left behind."""

import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import optimizer.runs.work
from models.plan import Result
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.runs import ENDS, FAILED, FINISHED, KNOWN, Run, RunPool, RunsFailed
from optimizer.runs.work import packed
from optimizer.solvers import SolverUnavailable
from reports.saved_result import ENDING, load_result
from tests.models.tiny_instance import a_plan, option, tiny_instance
from tests.optimizer.solving import EXACTLY

ROOT = Path(__file__).resolve().parents[2]


def some_runs(count: int, options: SolveOptions = EXACTLY) -> list[Run]:
    """Runs that cost 11, 12, 13 ...: a plant for each."""
    return [
        Run(f"case {k}", tiny_instance(options={("alder", "mill"): option(investment=11.0 + k)}), options)
        for k in range(count)
    ]


def plain(results: Any) -> list[tuple[Any, ...]]:
    """Everything of results but the time they took."""
    return [
        (name, result.status, result.plan, result.objective, result.bound, result.charges, result.limits)
        for name, result in results.items()
    ]


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the instances that this process solves from now on."""
    seen: list[str] = []
    real = optimizer.runs.work.solve

    def solve(instance: Any, options: Any, **others: Any) -> Result:
        seen.append(f"{instance.options['alder', 'mill'].investment:g}")
        return real(instance, options, **others)

    monkeypatch.setattr(optimizer.runs.work, "solve", solve)
    return seen


def test_results_are_in_the_order_asked_and_the_same_whatever_the_workers() -> None:
    runs = list(reversed(some_runs(5)))
    with RunPool() as one:
        alone = one.solve(runs)
    with RunPool(jobs=2) as two:
        together = two.solve(runs)
    assert [result.objective for result in alone.values()] == [15.0, 14.0, 13.0, 12.0, 11.0]
    assert list(alone) == [run.name for run in runs]
    assert plain(alone) == plain(together)


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_tells_the_label_where_a_run_has_one(jobs: int) -> None:
    named, plain_one = some_runs(2)
    told: set[str] = set()
    with RunPool(jobs=jobs, progress=lambda name, progress: told.add(name)) as pool:
        results = pool.solve([replace(named, label="food: county at 0.25"), plain_one])
    assert list(results) == ["case 0", "case 1"]
    assert told == {"food: county at 0.25", "case 1"}


def test_progress_tells_each_run_to_its_end() -> None:
    for jobs in (1, 2):
        told: list[tuple[str, Progress]] = []
        with RunPool(jobs=jobs, progress=lambda name, progress, told=told: told.append((name, progress))) as pool:
            pool.solve(some_runs(3))
        for k in range(3):
            stages = [progress.stage for name, progress in told if name == f"case {k}"]
            assert "building the problem" in stages
            assert stages[-1] == FINISHED
            assert sum(stage in ENDS for stage in stages) == 1
        ended = {name: progress.incumbent for name, progress in told if progress.stage == FINISHED}
        assert ended == {"case 0": 11.0, "case 1": 12.0, "case 2": 13.0}  # two at a time end in any order


def test_start_and_kept_reach_the_solve() -> None:
    """Greatest coverage without limit is 0 people uncovered; keeping that, the mill must be built."""
    policy = replace(tiny_instance().policy, objective="greatest coverage")
    instance = tiny_instance(policy=policy, options={("alder", "mill"): option(investment=500.0)})
    with RunPool(jobs=2) as pool:
        results = pool.solve([Run("free", instance, EXACTLY, kept=1e6), Run("covered", instance, EXACTLY, kept=0.0)])
    assert [result.objective for result in results.values()] == [100.0, 500.0]


def test_names_must_differ_and_jobs_be_some() -> None:
    with RunPool() as pool, pytest.raises(ValueError, match="same name: case 0"):
        pool.solve([*some_runs(1), *some_runs(1)])
    with pytest.raises(ValueError, match="at least 1, found 0"):
        RunPool(jobs=0)
    with pytest.raises(RuntimeError, match="while it is entered"):
        RunPool().solve(some_runs(1))


def test_a_solver_that_is_not_here_is_told_before_anything_is_solved() -> None:
    with RunPool(jobs=2) as pool, pytest.raises(SolverUnavailable, match="the solver none is not available"):
        pool.solve(some_runs(2, replace(EXACTLY, solver="none")))


class TestKept:
    def test_what_is_in_the_folder_is_not_solved_again(self, tmp_path: Path, solved: list[str]) -> None:
        with RunPool(tmp_path) as pool:
            first = pool.solve(some_runs(2))
        told: list[tuple[str, str]] = []
        with RunPool(tmp_path, progress=lambda name, progress: told.append((name, progress.stage))) as pool:
            second = pool.solve(some_runs(3))
        assert solved == ["11", "12", "13"]
        assert plain(first) == plain(second)[:2]
        assert [name for name, stage in told if stage == KNOWN] == ["case 0", "case 1"]
        assert len(list(tmp_path.glob(f"case-*{ENDING}"))) == len(list(tmp_path.iterdir())) == 3

    def test_another_name_is_the_same_run(self, tmp_path: Path, solved: list[str]) -> None:
        (run,) = some_runs(1)
        with RunPool(tmp_path) as pool:
            pool.solve([run])
            pool.solve([replace(run, name="base")])
        assert solved == ["11"]

    @pytest.mark.parametrize(
        "change",
        [
            lambda run: replace(run, options=replace(run.options, seed=1)),
            lambda run: replace(run, instance=replace(run.instance, discount_rate=0.1)),
            lambda run: replace(run, kept=1000.0),
            lambda run: replace(run, start=a_plan()),
        ],
        ids=["options", "instance", "kept", "start"],
    )
    def test_what_may_change_the_result_is_another_run(
        self, tmp_path: Path, solved: list[str], change: Callable[[Run], Run]
    ) -> None:
        (run,) = some_runs(1)
        with RunPool(tmp_path) as pool:
            pool.solve([run])
            pool.solve([change(run)])
        assert solved == ["11", "11"]

    def test_other_versions_are_another_run(
        self, tmp_path: Path, solved: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with RunPool(tmp_path) as pool:
            pool.solve(some_runs(1))
            monkeypatch.setattr("optimizer.runs.kept.versions", lambda: {"highspy": "99"})
            pool.solve(some_runs(1))
        assert solved == ["11", "11"]

    def test_an_unreadable_file_is_solved_again_with_a_warning(
        self, tmp_path: Path, solved: list[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        with RunPool(tmp_path) as pool:
            pool.solve(some_runs(1))
            (path,) = tmp_path.iterdir()
            path.write_bytes(path.read_bytes()[:200])
            with caplog.at_level(logging.WARNING):
                pool.solve(some_runs(1))
        assert solved == ["11", "11"]
        assert f"{path.name} is left aside, and case 0 solved again" in caplog.text
        assert load_result(path).result.objective == 11.0

    def test_an_interrupted_run_is_given_back_and_not_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = optimizer.runs.work.solve

        def solve(*arguments: Any, **others: Any) -> Result:
            return replace(real(*arguments, **others), interrupted=True)

        monkeypatch.setattr(optimizer.runs.work, "solve", solve)
        with RunPool(tmp_path) as pool:
            results = pool.solve(some_runs(1))
        assert results["case 0"].interrupted
        assert list(tmp_path.iterdir()) == []


class TestFailures:
    def test_are_told_by_name_and_leave_the_other_results(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = optimizer.runs.work.solve

        def solve(instance: Any, options: Any, **others: Any) -> Result:
            if instance.options["alder", "mill"].investment == 12:
                raise ZeroDivisionError("no reason")
            return real(instance, options, **others)

        monkeypatch.setattr(optimizer.runs.work, "solve", solve)
        told: list[tuple[str, str]] = []
        with (
            RunPool(tmp_path, progress=lambda name, progress: told.append((name, progress.stage))) as pool,
            pytest.raises(RunsFailed, match=r"run 'case 1': no reason \(2 other results are kept\)") as failed,
        ):
            pool.solve(some_runs(3))
        assert list(failed.value.results) == ["case 0", "case 2"]
        assert ("case 1", FAILED) in told
        assert "ZeroDivisionError" in failed.value.tracebacks
        assert not failed.value.by_user
        assert len(list(tmp_path.iterdir())) == 2

    def test_come_back_from_other_processes_too(self) -> None:
        """Figures of 1e15 are more than HiGHS takes; that exception could not be sent as it is."""
        huge = tiny_instance(options={("alder", "mill"): option(investment=1e16)})
        with RunPool(jobs=2) as pool, pytest.raises(RunsFailed, match="run 'huge': some figures are too large") as told:
            pool.solve([*some_runs(1), Run("huge", huge, EXACTLY)])
        assert list(told.value.results) == ["case 0"]
        assert told.value.by_user

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are killed otherwise there")
    def test_a_process_that_is_killed_once_does_no_harm(self, caplog: pytest.LogCaptureFixture) -> None:
        killed = []

        def kill(name: str, progress: Progress) -> None:
            if name == "case 1" and not killed and progress.stage == "waiting for a worker":
                killed.append(name)
                kill_children()

        with RunPool(jobs=2, progress=kill) as pool:
            pool.solve(some_runs(1))  # the processes are there
            results = pool.solve([*some_runs(4)[1:], *some_runs(1)])
        assert [result.objective for result in results.values()] == [12.0, 13.0, 14.0, 11.0]
        assert killed == ["case 1"]

    def test_a_pool_that_breaks_while_a_process_is_begun_is_renewed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real, refusals = ProcessPoolExecutor.submit, [BrokenProcessPool(), OSError("handle is closed")]

        def submit(executor: ProcessPoolExecutor, *arguments: Any) -> Any:
            if refusals:
                raise refusals.pop()
            return real(executor, *arguments)

        monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
        with RunPool(jobs=2) as pool:
            assert [result.objective for result in pool.solve(some_runs(2)).values()] == [11.0, 12.0]
        assert refusals == []

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are killed otherwise there")
    def test_a_run_that_kills_its_process_twice_is_named(self, caplog: pytest.LogCaptureFixture) -> None:
        """The run `case 1` reports a stage, and dies of it whenever it is tried; the others are solved."""

        def kill(name: str, progress: Progress) -> None:
            if name == "case 1" and progress.stage == "building the problem":
                kill_children()

        slow = [replace(run, instance=big_instance(k)) for k, run in enumerate(some_runs(3))]
        with (
            RunPool(jobs=2, progress=kill) as pool,
            caplog.at_level(logging.WARNING),
            pytest.raises(RunsFailed, match="run 'case 1': the process that solved it was killed twice") as failed,
        ):
            pool.solve(slow)
        assert list(failed.value.results) == ["case 0", "case 2"]
        assert "killed while solving case 1; it is tried once more" in caplog.text


class TestStopping:
    def test_what_was_not_begun_is_left_out(self) -> None:
        for jobs in (1, 2):
            ended: list[str] = []

            def tell(name: str, progress: Progress, ended: list[str] = ended) -> None:
                if progress.stage in ENDS:
                    ended.append(name)

            with RunPool(jobs=jobs, progress=tell, should_stop=lambda ended=ended: len(ended) >= 2) as pool:
                results = pool.solve(some_runs(9))
            assert list(results) == sorted(results)
            assert 2 <= len(results) < 9
            assert all(name in results for name in ended)

    def test_leaving_with_an_error_ends_the_processes(self) -> None:
        class Broken(Exception):
            pass

        def fail(name: str, progress: Progress) -> None:
            if progress.stage == "building the problem":
                raise Broken

        before = children()
        begun = time.monotonic()
        with pytest.raises(Broken), RunPool(jobs=2, progress=fail) as pool:
            pool.solve([Run("long", big_instance(0), EXACTLY), *some_runs(2)])
        assert children() <= before
        assert time.monotonic() - begun < 60


def test_a_run_is_sent_without_what_its_instance_has_worked_out() -> None:
    (run,) = some_runs(1)
    before = packed(run)
    assert run.instance.reach
    assert packed(run) == before


SWEEP = """
    import sys, multiprocessing
    from pathlib import Path
    from tests.optimizer.test_runs import some_runs, big_instance
    from optimizer.runs import ENDS, KNOWN, Run, RunPool
    from optimizer.interruption import Interruption
    from dataclasses import replace

    def main():
        folder, jobs, count, large = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "large"

        def tell(name, progress):
            if progress.stage in ENDS or progress.stage == "building the problem":
                workers = " ".join(str(child.pid) for child in multiprocessing.active_children())
                print(f"{progress.stage}|{name}|{workers}", flush=True)

        runs = some_runs(count)
        if large:
            runs = [replace(run, instance=big_instance(k)) for k, run in enumerate(runs)]
        with Interruption() as interruption:
            with RunPool(folder, jobs=jobs, progress=tell, should_stop=lambda: interruption.requested) as pool:
                results = pool.solve(runs)
        for name, result in results.items():
            print(f"result|{name}|{result.objective}", flush=True)

    main()
"""


def sweep(folder: Path, jobs: int, count: int, size: str = "small") -> subprocess.Popen[str]:
    """A process of its own that carries out runs and tells how they go."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SWEEP), str(folder), str(jobs), str(count), size],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def big_instance(k: int) -> Any:
    """A problem that takes its time: which of many counties share plants, with no two alike."""
    codes = [f"c{number}" for number in range(40)]
    base = tiny_instance(codes, years=3)
    lanes = {
        (a, b, "food"): replace(base.lanes[a, a, "food"], cost=abs(i - j) * 1.3 + (i * j) % 7 * 0.37)
        for i, a in enumerate(codes)
        for j, b in enumerate(codes)
    }
    options = {
        (code, "mill"): option(capacity=25.0 + number % 5, investment=200.0 + 37 * (number * 7 % 11) + k)
        for number, code in enumerate(codes)
    }
    return replace(base, lanes=lanes, options=options, picks=dict.fromkeys(base.years, 6.0))


def alive(pid: int) -> bool:
    """Whether a process runs: one that has ended and waits to be noticed does not."""
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.joinpath("self").exists():
        try:
            return status.read_text().rpartition(")")[2].split()[0] not in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pids: set[int], seconds: float = 60.0) -> bool:
    """Whether the processes end in time."""
    until = time.monotonic() + seconds
    while any(alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.1)
    return not any(alive(pid) for pid in pids)


def children() -> set[int]:
    import multiprocessing

    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def kill_children() -> None:
    for pid in children():
        os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are killed otherwise there")
class TestKilled:
    def test_in_the_middle_loses_the_runs_in_flight_at_most(self, tmp_path: Path) -> None:
        count, jobs = 24, 2
        killed = sweep(tmp_path, jobs, count)
        assert killed.stdout is not None
        workers: set[int] = set()
        ended: set[str] = set()
        for line in killed.stdout:
            stage, name, pids = line.strip().split("|")
            workers |= {int(pid) for pid in pids.split()}
            ended |= {name} if stage == FINISHED else set()
            if len(ended) == 3:
                break
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        killed.communicate()
        assert workers
        assert gone(workers)
        kept = len(list(tmp_path.glob(f"*{ENDING}")))
        assert 3 <= kept < count

        output, errors = sweep(tmp_path, jobs, count).communicate(timeout=600)
        told = [line.split("|") for line in output.splitlines()]
        solved_again = [name for stage, name, _ in told if stage == FINISHED]
        assert errors == ""
        assert len(solved_again) == count - kept
        assert not ended & set(solved_again)
        assert len([name for stage, name, _ in told if stage == KNOWN]) == kept
        results = {name: float(cost) for stage, name, cost in told if stage == "result"}
        assert results == {f"case {k}": 11.0 + k for k in range(count)}

    def test_ctrl_c_keeps_what_has_finished_and_leaves_nobody_behind(self, tmp_path: Path) -> None:
        """The key goes to the whole group of processes, as a terminal sends it."""
        stopped = sweep(tmp_path, 2, 40)
        assert stopped.stdout is not None
        workers: set[int] = set()
        ended = 0
        for line in stopped.stdout:
            stage, _, pids = line.strip().split("|")
            workers |= {int(pid) for pid in pids.split()}
            ended += stage == FINISHED
            if ended == 2:
                break
        os.killpg(stopped.pid, signal.SIGINT)
        output, errors = stopped.communicate(timeout=600)
        assert (stopped.returncode, errors) == (0, "")
        results = [line for line in output.splitlines() if line.startswith("result|")]
        assert 2 <= len(results) < 40
        assert gone(workers)
        assert len(list(tmp_path.glob(f"*{ENDING}"))) == len(results)

    def test_a_second_ctrl_c_ends_at_once_with_all_workers(self, tmp_path: Path) -> None:
        stopped = sweep(tmp_path, 2, 4, "large")
        assert stopped.stdout is not None
        workers: set[int] = set()
        for line in stopped.stdout:
            stage, _, pids = line.strip().split("|")
            workers |= {int(pid) for pid in pids.split()}
            if stage == "building the problem":
                break
        os.kill(stopped.pid, signal.SIGINT)
        time.sleep(0.05)
        os.kill(stopped.pid, signal.SIGINT)
        stopped.communicate(timeout=600)
        assert stopped.returncode in (-signal.SIGINT, 0)
        assert gone(workers)
