"""Many solves: carried out on some cores, saved as they come, and taken up again where an earlier try stopped.

Workers are this process, others of this machine, or a Dask cluster; what they do with a run is in `work`, and what came
of it is `kept` in a folder.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Self

from models.plan import Result
from optimizer.progress import Progress
from optimizer.runs.kept import KeptRuns
from optimizer.runs.work import Failure, Outcome, Run
from optimizer.runs.workers import Workers
from optimizer.runs.workers_dask import DaskWorkers, SchedulerUnavailable
from optimizer.runs.workers_here import Here
from optimizer.runs.workers_local import LocalWorkers
from optimizer.solvers import require_solver
from reports.background import Background

__all__ = [
    "ENDS",
    "FAILED",
    "FINISHED",
    "KNOWN",
    "WAITING",
    "Failure",
    "KeptRuns",
    "Outcome",
    "Run",
    "RunPool",
    "RunsFailed",
    "SchedulerUnavailable",
]

logger = logging.getLogger(__name__)

POLL = 0.2
"""Seconds between two looks at what the workers have done and whether to stop."""

WAITING = "waiting for a worker"
"""Stage of a run that was handed to the workers and has not been heard of."""

FINISHED = "finished"
KNOWN = "known from an earlier try"
FAILED = "failed"
ENDS = (FINISHED, KNOWN, FAILED)
"""Stages of a run's last `Progress`, by what became of it; every other stage is one of a solve on its way."""

DIED = "WorkerDied"
KILLED_TWICE = (
    "the process that solved it was killed twice; is memory short, or does a script begin "
    'its runs outside of `if __name__ == "__main__":`?'
)


class RunsFailed(Exception):
    """Some runs could not be carried out. `failures` says why, by name; `results` has those of all others."""

    def __init__(self, failures: Mapping[str, Failure], results: Mapping[str, Result]) -> None:
        told = "; ".join(f"run '{name}': {failure.message}" for name, failure in list(failures.items())[:5])
        more = f"; and {len(failures) - 5} more" if len(failures) > 5 else ""
        done = f" ({len(results)} other results are kept)" if results else ""
        super().__init__(f"{told}{more}{done}")
        self.failures = failures
        self.results = results

    @property
    def by_user(self) -> bool:
        """Whether every failure is one of what was asked for rather than of the program or the machine."""
        return all(failure.by_user for failure in self.failures.values())

    @property
    def tracebacks(self) -> str:
        """Where in the program each run failed."""
        return "\n".join(f"{name}:\n{failure.traceback}" for name, failure in self.failures.items())


class RunPool:
    """Carries out runs, while entered; the results are the same whatever the number of workers.

    Ctrl-C, or whatever `should_stop` stands for, asks all workers to stop and keeps what has finished. When the pool
    is left, no process of it is.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        jobs: int = 1,
        scheduler: str | None = None,
        progress: Callable[[str, Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        background: Background | None = None,
    ) -> None:
        """`folder` keeps the results, so that the same runs are not solved again; `jobs` is the number of local
        processes (1: this one), `scheduler` the address of a Dask cluster instead; `progress` is told the run's label;
        `background` is saved with each result. Solvers use as many threads as each run's options say, in every
        process. Entering raises `SchedulerUnavailable`."""
        if jobs < 1:
            raise ValueError(f"jobs should be at least 1, found {jobs}")
        self._kept = None if folder is None else KeptRuns(folder, background)
        self._jobs, self._scheduler = jobs, scheduler
        self._progress = progress
        self._should_stop = should_stop
        self._workers: Workers | None = None
        self._labels: dict[str, str] = {}

    def __enter__(self) -> Self:
        if self._scheduler is not None:
            self._workers = DaskWorkers(self._scheduler)
        elif self._jobs > 1:
            self._workers = LocalWorkers(self._jobs)
        else:
            self._workers = Here(self._tell, self._stopping)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._workers is not None:
            self._workers.close(at_once=kind is not None)
            self._workers = None

    def solve(self, runs: Sequence[Run]) -> Mapping[str, Result]:
        """The result of each run by its name, in their order; those that an interruption prevented are left out.

        A run that was interrupted after it had found a plan is there, marked as interrupted; it is not kept in the
        folder, as it is no result of its options. One that its time limit stopped is. Raises `RunsFailed` when all
        runs are done and some of them failed, and `SolverUnavailable` before any is begun.
        """
        names = [run.name for run in runs]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"runs of the same name: {', '.join(sorted(twice))}")
        for solver in dict.fromkeys(run.options.solver for run in runs) if self._scheduler is None else ():
            require_solver(solver)
        if self._workers is None:
            raise RuntimeError("a RunPool solves while it is entered")
        self._labels.update((run.name, run.label) for run in runs if run.label)
        found = dict(self._outcomes(self._workers, runs))
        results = {name: outcome for name in names if isinstance(outcome := found.get(name), Result)}
        failures = {name: outcome for name in names if isinstance(outcome := found.get(name), Failure)}
        if failures:
            raise RunsFailed(failures, results)
        return results

    def _outcomes(self, workers: Workers, runs: Sequence[Run]) -> Iterator[tuple[str, Outcome]]:
        """What each run came to, as they finish. A run whose worker died is tried once more, alone."""
        waiting, suspects = deque(runs), deque[Run]()
        pending: dict[Future[Outcome], Run] = {}
        tried: set[str] = set()
        while waiting or suspects or pending:
            if self._stopping():
                workers.stop()
                waiting.clear()
                suspects.clear()
            alone = bool(suspects) or any(run.name in tried for run in pending.values())
            queue = suspects if alone else waiting
            while queue and len(pending) < (1 if alone else workers.room()):
                run = queue.popleft()
                known = None if self._kept is None else self._kept.find(run)
                if known is not None:
                    self._tell(run.name, Progress(0.0, KNOWN, known.objective, known.bound))
                    yield run.name, known
                    continue
                if run.name not in tried:
                    self._tell(run.name, Progress(0.0, WAITING, None, None))
                try:
                    pending[workers.submit(run)] = run
                except BrokenProcessPool:  # a process died meanwhile, as the futures below will say if there are any
                    queue.appendleft(run)
                    if not pending:
                        workers.renew()
                    break
            done, _ = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
            at_work = {run.name for run in pending.values()}
            for name, progress in workers.told():
                if name in at_work:  # the last words of a run may come after its result
                    self._tell(name, progress)
            died = []
            for future in [future for future in pending if future in done]:
                run = pending.pop(future)
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    died.append(run)
                    continue
                except Exception as error:
                    logger.debug("no answer to %s", run.name, exc_info=True)
                    outcome = workers.failure(error)
                self._end(run, outcome)
                yield run.name, outcome
            if died:
                died += pending.values()  # a dead process takes the pool with it, and with it every run in flight
                pending.clear()
                workers.renew()
                for run in died:
                    if run.name in tried and len(died) == 1:
                        failure = Failure(DIED, KILLED_TWICE)
                        self._end(run, failure)
                        yield run.name, failure
                    else:
                        logger.warning("a process was killed while solving %s; it is tried once more", run.name)
                        tried.add(run.name)
                        suspects.append(run)

    def _end(self, run: Run, outcome: Outcome) -> None:
        """Keep a result that is one of its options, and tell how the run ended."""
        if isinstance(outcome, Result):
            if self._kept is not None and not outcome.interrupted:
                self._kept.keep(run, outcome)
            self._tell(run.name, Progress(outcome.seconds, FINISHED, outcome.objective, outcome.bound))
        elif outcome is not None:
            self._tell(run.name, Progress(0.0, FAILED, None, None))

    def _tell(self, name: str, progress: Progress) -> None:
        if self._progress is not None:
            self._progress(self._labels.get(name, name), progress)

    def _stopping(self) -> bool:
        return self._should_stop is not None and self._should_stop()
