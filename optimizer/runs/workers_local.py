"""Processes on this machine.

What the parent and its workers share has no locks, or none that a worker can die with and leave the parent waiting: a
flag in shared memory, and a queue from which the parent only takes what is there. A worker ends with its parent, even
where that was killed, and takes along what it started itself.
"""

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from multiprocessing.sharedctypes import RawValue
from typing import Any

from optimizer.progress import Progress
from optimizer.runs.work import Failure, Outcome, Run, carry_out_packed, packed
from optimizer.versions import versions

GO_ON, STOP, END = 0, 1, 2
"""What the flag says: solve; stop with what there is; end at once."""

LOOK = 0.5
"""Seconds between two looks of a worker whether it is to end at once."""


class LocalWorkers:
    """Some processes of this machine, begun anew rather than copied, so that threads and solvers are their own."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._versions = dict(versions())
        self._open()

    def _open(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._flag: Any = RawValue("b", GO_ON)
        self._progress: Any = context.Queue()
        self._executor = ProcessPoolExecutor(
            self._jobs, mp_context=context, initializer=_begin, initargs=(self._flag, self._progress)
        )
        self._busy: list[Future[Outcome]] = []

    def room(self) -> int:
        """One run for each process."""
        return self._jobs

    def submit(self, run: Run) -> Future[Outcome]:
        """Send a run to the next free process. Raises `BrokenProcessPool` where one has died."""
        content = packed(run)
        with _ctrl_c_held_back():
            try:
                future = self._executor.submit(_work, content, self._versions)
            except OSError:
                # where the pool has just noticed that a process died, it closes what the next was about to be given,
                # and says so when it is asked again
                future = self._executor.submit(_work, content, self._versions)
        self._busy = [other for other in self._busy if not other.done()] + [future]
        return future

    def told(self) -> Iterator[tuple[str, Progress]]:
        """What the processes have told since it was asked last."""
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._progress.get_nowait()

    def stop(self) -> None:
        """Raise the flag."""
        self._flag.value = max(STOP, self._flag.value)

    def failure(self, error: BaseException) -> Failure:
        """What could not be sent or taken back."""
        return Failure(type(error).__name__, str(error) or type(error).__name__)

    def renew(self) -> None:
        """A new pool, since one that lost a process takes no more work."""
        stopping = self._flag.value
        self.close(at_once=True)
        self._open()
        self._flag.value = stopping

    def close(self, *, at_once: bool) -> None:
        """End the processes; those still at work are cut off, as nobody waits for their answer any more."""
        if at_once or not all(future.done() for future in self._busy):
            self._flag.value = END
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._progress.close()


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """While a process is begun, so that it is born deaf to a Ctrl-C that is meant for its parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_flag: Any = None
_progress: Any = None
"""What a worker process shares with its parent."""


def _begin(flag: Any, progress: Any) -> None:
    """Make a process a worker: deaf to Ctrl-C, in a group of its own, and ended with its parent."""
    global _flag, _progress
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    _flag, _progress = flag, progress
    progress.cancel_join_thread()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    while parent is not None and not wait([parent.sentinel], timeout=LOOK) and _flag.value != END:
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)  # with solvers that run as programs of their own
    os.kill(os.getpid(), signal.SIGTERM)


def _work(content: bytes, versions_there: dict[str, str]) -> Outcome:
    return carry_out_packed(content, versions_there, _asked_to_stop, _tell)


def _asked_to_stop() -> bool:
    return bool(_flag.value != GO_ON)


def _tell(name: str, progress: Progress) -> None:
    _progress.put((name, progress))
