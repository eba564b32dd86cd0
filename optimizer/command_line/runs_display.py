"""How many runs go: on one line, as they do."""

import time
from collections import Counter
from collections.abc import Callable

from rich.console import Console

from optimizer.command_line.progress_display import LineDisplay
from optimizer.outcome import gap_text
from optimizer.progress import Progress
from optimizer.runs import ENDS, FAILED, KNOWN, WAITING

SHOWN = 4
"""Running runs that are named."""


class RunsDisplay(LineDisplay):
    """Shows how many runs are over, and how far those are that are running; `show` is a `RunPool`'s progress.

    `total` is how many there will be, None where that is not known in advance.
    """

    def __init__(self, console: Console, total: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._begun = clock()
        self._running: dict[str, Progress] = {}
        self._ended: Counter[str] = Counter()
        super().__init__(console, clock)

    def show(self, name: str, progress: Progress) -> None:
        """Take the latest progress of a run, and show all when its turn has come."""
        if progress.stage in ENDS:
            self._running.pop(name, None)
            self._ended[progress.stage] += 1
        else:
            self._running[name] = progress
        if self._ended.total() == self._total:
            self._printed = None  # the last line is always told
        self._changed()

    def line(self) -> str:
        """`3 of 12 solved (1 of them earlier), 2 running: county 0.9 %, hybrid planning plants; 140 s`; without a total
        `3 solved` and so on."""
        known, failed = self._ended[KNOWN], self._ended[FAILED]
        solved = f"{self._ended.total() - failed}{'' if self._total is None else f' of {self._total}'} solved"
        parts = [solved + (f" ({known} of them earlier)" if known else "")]
        parts += [f"{failed} failed"] if failed else []
        if self._running:
            told = [_how_far(name, progress) for name, progress in list(self._running.items())]
            more = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
            parts.append(f"{len(told)} running: {', '.join(told[:SHOWN])}{more}")
        return f"{', '.join(parts)}; {self._clock() - self._begun:,.0f} s"


def _how_far(name: str, progress: Progress) -> str:
    if progress.gap is not None:
        return f"{name} {gap_text(progress.gap)}"
    return name if progress.stage == WAITING else f"{name} {progress.stage}"
