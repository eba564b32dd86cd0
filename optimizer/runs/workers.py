"""What carries out runs must be able to do; `concurrent.futures` is the common ground."""

from collections.abc import Iterable
from concurrent.futures import Future
from typing import Protocol

from optimizer.progress import Progress
from optimizer.runs.work import Failure, Outcome, Run


class Workers(Protocol):
    """This process, some others, or a cluster."""

    def room(self) -> int:
        """How many runs may be with the workers at a time."""
        ...

    def submit(self, run: Run) -> Future[Outcome]:
        """Hand over a run."""
        ...

    def told(self) -> Iterable[tuple[str, Progress]]:
        """Names and progress of runs that have not been told yet."""
        ...

    def stop(self) -> None:
        """Ask all workers to stop at the next opportunity, with what they have."""
        ...

    def failure(self, error: BaseException) -> Failure:
        """What it means that a future ended with an exception."""
        ...

    def renew(self) -> None:
        """Take new workers in the place of those that died."""
        ...

    def close(self, *, at_once: bool) -> None:
        """Let go of all workers; `at_once` without waiting for what they are doing."""
        ...
