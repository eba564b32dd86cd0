"""The same runs on a Dask cluster: a real scheduler and two workers that are processes."""

import builtins
import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from optimizer.command_line import app
from optimizer.progress import Progress
from optimizer.runs import ENDS, FINISHED, Run, RunPool, RunsFailed
from optimizer.runs.workers_dask import DaskWorkers, SchedulerUnavailable
from tests.models.tiny_instance import option, tiny_instance
from tests.optimizer.runs import write_small
from tests.optimizer.solving import EXACTLY
from tests.optimizer.test_runs import ROOT, big_instance, plain, some_runs


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        yield cluster.scheduler_address


def test_results_are_those_of_this_process(address: str, tmp_path: Path) -> None:
    runs = some_runs(5)
    told: list[tuple[str, str]] = []
    with RunPool(tmp_path, scheduler=address, progress=lambda name, how: told.append((name, how.stage))) as pool:
        there = pool.solve(runs)
    with RunPool() as pool:
        here = pool.solve(runs)
    assert plain(there) == plain(here)
    assert sorted(name for name, stage in told if stage == FINISHED) == [run.name for run in runs]
    assert len(list(tmp_path.iterdir())) == 5


def test_a_failure_names_its_run_and_leaves_the_others(address: str) -> None:
    huge = tiny_instance(options={("alder", "mill"): option(investment=1e16)})
    with (
        RunPool(scheduler=address) as pool,
        pytest.raises(RunsFailed, match="run 'huge': some figures are too large") as failed,
    ):
        pool.solve([Run("huge", huge, EXACTLY), *some_runs(2)])
    assert list(failed.value.results) == ["case 0", "case 1"]


def test_other_versions_there_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.runs.workers_dask.versions", lambda: {"highspy": "0.1"})
    with (
        RunPool(scheduler=address) as pool,
        pytest.raises(RunsFailed, match=r"the worker has highspy [0-9.]+ instead of 0\.1; give it the same versions"),
    ):
        pool.solve(some_runs(1))


def test_a_request_to_stop_reaches_workers(address: str) -> None:
    ended: list[str] = []

    def tell(name: str, progress: Progress) -> None:
        if progress.stage in ENDS:
            ended.append(name)

    with RunPool(scheduler=address, progress=tell, should_stop=lambda: len(ended) >= 1) as pool:
        results = pool.solve([*some_runs(1), *(Run(f"long {k}", big_instance(k), EXACTLY) for k in range(20))])
    assert "case 0" in results
    assert len(results) < 21
    with RunPool(scheduler=address) as pool:  # the cluster is free for others
        assert len(pool.solve(some_runs(2))) == 2


def test_workers_that_die_are_told(address: str) -> None:
    """As Dask says it, once it has tried a run on several workers in vain."""
    from distributed.scheduler import KilledWorker

    workers = DaskWorkers(address)
    failure = workers.failure(KilledWorker("task", None, 3))  # type: ignore[arg-type]
    workers.close(at_once=False)
    assert failure.message == "every worker that solved it died; is memory short there?"


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_told_and_results_are_kept(tmp_path: Path) -> None:
    """A scheduler and a worker begun by hand, as on a cluster; the scheduler is killed when one run is finished."""
    pytest.importorskip("distributed")
    told = tmp_path / "scheduler.json"
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begin = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen([*begin, "--no-dashboard", "--scheduler-file", str(told)], **quiet)  # type: ignore[call-overload]
    begin = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told), "--nthreads", "1"]
    worker = subprocess.Popen([*begin, "--no-nanny", "--no-dashboard"], **quiet)  # type: ignore[call-overload]

    def kill(name: str, progress: Progress) -> None:
        if progress.stage == FINISHED:
            scheduler.kill()

    runs = [*some_runs(1), *(Run(f"long {k}", big_instance(k), EXACTLY) for k in range(5))]
    try:
        until = time.monotonic() + 60
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        with (
            pytest.raises(SchedulerUnavailable, match="went away; what was kept until then is not lost"),
            RunPool(tmp_path / "kept", scheduler=address, progress=kill) as pool,
        ):
            pool.solve(runs)
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_compare_on_a_cluster(address: str, tmp_path: Path) -> None:
    there, here = (
        CliRunner().invoke(app, ["compare", str(write_small(tmp_path)), "-o", str(tmp_path / name), *more])
        for name, more in (("there", ["--scheduler", address]), ("here", []))
    )
    assert (there.exit_code, here.exit_code) == (0, 0)
    assert proofs(there.stdout) == proofs(here.stdout) != []


def proofs(told: str) -> list[str]:
    return [line for line in told.splitlines() if "proven" in line and "status" not in line]


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("optimizer.runs.workers_dask.ANSWER", 0.5)
    with pytest.raises(SchedulerUnavailable, match=r"no Dask scheduler answers at 'tcp://127\.0\.0\.1:9'; begin one"):
        RunPool(scheduler="tcp://127.0.0.1:9").__enter__()
    with pytest.raises(SchedulerUnavailable, match="no Dask scheduler answers at 'smoke://signals'"):
        RunPool(scheduler="smoke://signals").__enter__()


def test_the_extra_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        SchedulerUnavailable, match=r"needs the extra 'dask', which is not installed; .*countyplan\[dask"
    ):
        RunPool(scheduler="tcp://127.0.0.1:9").__enter__()
