"""What a worker does with a run: the same in this process, in another and on another machine.

A PuLP problem cannot be sent to another process, so a worker gets the instance and builds the problem itself.
"""

import logging
import pickle
import time
import traceback
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from models.instance import Instance
from models.plan import Plan, Result
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from optimizer.solve import solve
from optimizer.solvers import SolverUnavailable, UnsuitableFigures
from optimizer.versions import versions

logger = logging.getLogger(__name__)

BETWEEN_TOLD = 0.5
"""Least seconds between two reports of progress in the same stage."""

BY_USER = (SolverUnavailable.__name__, UnsuitableFigures.__name__)


@dataclass(frozen=True)
class Run:
    """One solve among many, under a name of its own; `start` and `kept` as in `solve`. `label` is what people are told
    of it; blank: its name."""

    name: str
    instance: Instance
    options: SolveOptions
    start: Plan | None = None
    kept: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Failure:
    """Why a run came to nothing, in words that can be sent: an exception often cannot."""

    kind: str
    message: str
    traceback: str = ""

    @property
    def by_user(self) -> bool:
        """Whether it lies in what was asked for rather than in the program or the machine."""
        return self.kind in BY_USER


Outcome = Result | Failure | None
"""What a run came to; None where it was not begun, since all were asked to stop."""


def packed(run: Run) -> bytes:
    """A run as bytes to send, without what its instance has worked out for itself."""
    plain = replace(run, instance=replace(run.instance))
    return zlib.compress(pickle.dumps(plain, protocol=pickle.HIGHEST_PROTOCOL), level=1)


def carry_out_packed(
    content: bytes,
    versions_there: Mapping[str, str],
    should_stop: Callable[[], bool],
    progress: Callable[[str, Progress], None] | None = None,
) -> Outcome:
    """Carry out a run that came as bytes from a program of `versions_there`: other versions solve otherwise."""
    here = versions()
    other = [name for name, version in versions_there.items() if here.get(name) != version]
    if other:
        told = ", ".join(f"{name} {here.get(name, 'none')} instead of {versions_there[name]}" for name in other)
        return Failure("OtherVersions", f"the worker has {told}; give it the same versions")
    run: Run = pickle.loads(zlib.decompress(content))
    return carry_out(run, should_stop, progress)


def carry_out(
    run: Run, should_stop: Callable[[], bool], progress: Callable[[str, Progress], None] | None = None
) -> Outcome:
    """Solve a run, unless all have been asked to stop; what goes wrong is an outcome too."""
    if should_stop():
        return None
    try:
        return solve(
            run.instance,
            run.options,
            progress=None if progress is None else _thinned(run.name, progress),
            should_stop=should_stop,
            start=run.start,
            kept=run.kept,
        )
    except Exception as error:
        logger.debug("%s failed", run.name, exc_info=True)
        return Failure(type(error).__name__, " ".join(str(error).split()) or type(error).__name__, _trace(error))


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _thinned(name: str, progress: Callable[[str, Progress], None]) -> Callable[[Progress], None]:
    """Progress under the run's name, not more often than anyone could read."""
    stage: str | None = None
    told = 0.0

    def tell(latest: Progress) -> None:
        nonlocal stage, told
        now = time.monotonic()
        if latest.stage != stage or now - told >= BETWEEN_TOLD:
            stage, told = latest.stage, now
            progress(name, latest)

    return tell
