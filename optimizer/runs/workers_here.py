"""This process as the only worker: a run is over when it has been submitted."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future

from optimizer.progress import Progress
from optimizer.runs.work import Failure, Outcome, Run, carry_out


class Here:
    """Solves in this process, one run after the other."""

    def __init__(self, progress: Callable[[str, Progress], None], should_stop: Callable[[], bool]) -> None:
        self._progress, self._should_stop = progress, should_stop

    def room(self) -> int:
        """One run at a time."""
        return 1

    def submit(self, run: Run) -> Future[Outcome]:
        """Solve it."""
        future: Future[Outcome] = Future()
        future.set_result(carry_out(run, self._should_stop, self._progress))
        return future

    def told(self) -> Iterable[tuple[str, Progress]]:
        """Nothing: progress is told at once."""
        return ()

    def stop(self) -> None:
        """Nothing: a run asks for itself."""

    def failure(self, error: BaseException) -> Failure:
        """Never asked for, since failures are outcomes."""
        return Failure(type(error).__name__, str(error))

    def renew(self) -> None:
        """Nothing to renew."""

    def close(self, *, at_once: bool) -> None:
        """Nothing to let go of."""
