"""Many solves: carried out on some cores, saved as they come, and taken up again where an earlier try stopped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from models.instance import Instance
from models.plan import Plan, Result
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solve import solve


@dataclass(frozen=True)
class Run:
    """One solve among many, under a name of its own; `start` and `kept` as in `solve`."""

    name: str
    instance: Instance
    options: SolveOptions
    start: Plan | None = None
    kept: float | None = None


class RunPool:
    """Carries out runs, while entered; the results are the same whatever the number of workers."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        jobs: int = 1,
        scheduler: str | None = None,
        progress: Callable[[str, Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        """`folder` keeps the results, so that the same runs are not solved again; `jobs` is the number of local
        processes, `scheduler` the address of a Dask cluster instead; `progress` is told the run's name."""
        self._progress = progress
        self._should_stop = should_stop

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def solve(self, runs: Sequence[Run]) -> Mapping[str, Result]:
        """The result of each run by its name, in their order; those that an interruption prevented are left out."""
        found = {}
        for run in runs:
            if self._should_stop is not None and self._should_stop():
                break
            found[run.name] = solve(
                run.instance, run.options, should_stop=self._should_stop, start=run.start, kept=run.kept
            )
        return found
