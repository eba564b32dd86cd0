"""How searches go whose number is not known in advance: on one line, as they do."""

import time
from collections.abc import Callable

from rich.console import Console

from optimizer.command_line.progress_display import LineDisplay
from optimizer.outcome import gap_text
from optimizer.progress import Progress
from optimizer.runs import ENDS

SHOWN = 2
"""Running searches that are named."""


class SearchesDisplay(LineDisplay):
    """Shows how many searches are over, and how far those are that are running; `show` is a `RunPool`'s progress."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._begun = clock()
        self._over = 0
        self._running: dict[str, Progress] = {}
        super().__init__(console, clock)

    def show(self, name: str, progress: Progress) -> None:
        """Take the latest progress of a search, and show all when its turn has come."""
        if progress.stage in ENDS:
            self._running.pop(name, None)
            self._over += 1
        else:
            self._running[name] = progress
        self._changed()

    def line(self) -> str:
        """`12 searches over; alone birch 0.9 %; 140 s`."""
        parts = [f"{self._over} searches over"]
        for name, progress in list(self._running.items())[:SHOWN]:
            parts.append(f"{name} {progress.stage if progress.gap is None else gap_text(progress.gap)}")
        return f"{'; '.join(parts)}; {self._clock() - self._begun:,.0f} s"
