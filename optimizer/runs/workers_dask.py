"""A Dask cluster, on this machine or on many: the same runs through the same interface.

`distributed` is an extra: it is imported only where a cluster is asked for.
"""

import asyncio
import contextlib
import logging
import secrets
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from typing import Any

from optimizer.progress import Progress
from optimizer.runs.work import Failure, Outcome, Run, carry_out_packed, packed
from optimizer.versions import versions

logger = logging.getLogger(__name__)

ANSWER = 10.0
"""Seconds within which a scheduler must answer."""

LOOK = 0.5
"""Seconds between two looks of a worker whether it is to stop."""

AHEAD = 2
"""Runs with the cluster for each of its threads, so that none waits for the next one."""


class SchedulerUnavailable(Exception):
    """There is no Dask cluster at the address, or nothing installed to speak to it; the message says what to do."""


class DaskWorkers:
    """The workers of a Dask cluster, however many there are at the time."""

    def __init__(self, address: str) -> None:
        """Connect to a scheduler. Raises `SchedulerUnavailable`."""
        self._address = address
        self._client = _connect(address)
        self._executor: Any = self._client.get_executor(pure=False)
        self._versions = dict(versions())
        self._name = f"countyplan-stop-{secrets.token_hex(8)}"
        self._stopping = False
        self._lonely = False

    def room(self) -> int:
        """Some runs for each thread of the cluster, which may grow and shrink."""
        with self._or_gone():
            threads: dict[str, int] = self._client.nthreads()
        if not threads and not self._lonely:
            logger.warning("the scheduler at %s has no workers; the runs wait for them", self._address)
        self._lonely = not threads
        return max(1, AHEAD * sum(threads.values()))

    def submit(self, run: Run) -> Future[Outcome]:
        """Send a run to the cluster."""
        with self._or_gone():
            future: Future[Outcome] = self._executor.submit(_work, packed(run), self._versions, self._name)
        return future

    def told(self) -> Iterable[tuple[str, Progress]]:
        """Nothing: of a run on a cluster only its beginning and end are told."""
        return ()

    def stop(self) -> None:
        """Set the event that the workers look at: running solves stop, those not begun never are."""
        if not self._stopping:
            self._stopping = True
            with self._or_gone():
                _event(self._name, self._client).set()

    def failure(self, error: BaseException) -> Failure:
        """A worker that died, several times as Dask tries again by itself. Raises `SchedulerUnavailable` where the
        scheduler went away."""
        if type(error).__name__ == "KilledWorker":
            return Failure("WorkerDied", "every worker that solved it died; is memory short there?")
        if isinstance(error, CancelledError):
            raise self._gone() from error
        return Failure(type(error).__name__, f"the worker could not take it on: {type(error).__name__}: {error}")

    def renew(self) -> None:
        """Nothing: a cluster renews itself."""

    def close(self, *, at_once: bool) -> None:
        """Leave the cluster; `at_once` asks what is still running to stop, and what is waiting is forgotten."""
        with contextlib.suppress(Exception):  # the scheduler may be gone
            if at_once:
                self.stop()
            elif self._stopping:
                _event(self._name, self._client).clear()
            self._executor.shutdown(wait=False)
            self._client.close()

    @contextlib.contextmanager
    def _or_gone(self) -> Iterator[None]:
        """What fails in here fails because the scheduler does not answer any more."""
        try:
            yield
        except Exception as error:
            raise self._gone() from error

    def _gone(self) -> SchedulerUnavailable:
        return SchedulerUnavailable(
            f"the Dask scheduler at '{self._address}' went away; what was kept until then is not lost"
        )


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        remedy = "python -m pip install 'countyplan[dask]', or solve here with --jobs"
        raise SchedulerUnavailable(f"a cluster needs the extra 'dask', which is not installed; {remedy}") from None
    try:
        asyncio.run(_knock(address))
        return Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # TypeError: tls without certificates
        logger.debug("no scheduler", exc_info=True)
        remedy = "begin one with: dask scheduler"
        raise SchedulerUnavailable(f"no Dask scheduler answers at '{address}'; {remedy}") from error


async def _knock(address: str) -> None:
    """Whether anybody is there: a client that finds nobody takes twenty seconds to be let go of."""
    from distributed import Security
    from distributed.comm import connect

    comm = await connect(address, timeout=ANSWER, **Security().get_connection_args("client"))
    await comm.close()


def _event(name: str, client: Any) -> Any:
    from distributed import Event

    return Event(name, client=client)


_one_at_a_time = threading.Lock()
"""HiGHS has one pool of threads for a whole process, so a worker with several threads solves one run at a time."""


def _work(content: bytes, versions_there: dict[str, str], name: str) -> Outcome:
    from distributed import get_client

    stop, over = threading.Event(), threading.Event()
    event = _event(name, get_client())

    def watch() -> None:
        while not over.wait(LOOK):
            try:
                asked = event.is_set()
            except Exception:
                logger.debug("the scheduler is gone", exc_info=True)
                asked = True
            if asked:
                stop.set()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        if event.is_set():
            return None
        with _one_at_a_time:
            return carry_out_packed(content, versions_there, stop.is_set)
    finally:
        over.set()
        watcher.join()
