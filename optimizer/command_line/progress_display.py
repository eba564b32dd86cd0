"""Live progress on a terminal, and a plain line now and then where there is none."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from optimizer.outcome import gap_text, money_text
from optimizer.progress import Progress

SECONDS_BETWEEN_LINES = 5.0
"""Least time between two plain lines."""

STOPPING = "Stopping; what has been found is kept. Ctrl-C once more ends at once, without a report."


class LineDisplay:
    """A line that changes, while entered, or plain lines when not on a terminal; `line` says what it is now.

    It may be asked for from the beginning, so that a display sets what it tells before it calls this.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._printed: float | None = None
        self._stopping = False
        self._live: Live | None = None
        if console.is_terminal and not console.is_dumb_terminal:
            self._live = Live(
                console=console, get_renderable=self._text, refresh_per_second=4, transient=True
            )  # fmt: skip

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start(refresh=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def line(self) -> str:
        """What is to be read now."""
        raise NotImplementedError

    def stopping(self) -> None:
        """Say, once, that a request to stop was heard."""
        if not self._stopping:
            self._stopping = True
            self._console.show_cursor(True)  # a second Ctrl-C leaves no time for it
            self._console.print(STOPPING, soft_wrap=True)

    def _changed(self) -> None:
        """Print the line where there is no terminal, and its turn has come."""
        now = self._clock()
        if self._live is None and (self._printed is None or now - self._printed >= SECONDS_BETWEEN_LINES):
            self._printed = now
            self._console.print(self.line(), soft_wrap=True)

    def _text(self) -> Text:
        return Text(self.line(), no_wrap=True, overflow="ellipsis")


class ProgressDisplay(LineDisplay):
    """Shows how one solve goes."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._latest = Progress(0.0, "starting", None, None)
        self._told = clock()
        super().__init__(console, clock)

    def show(self, progress: Progress) -> None:
        """Take the latest progress, and show it when its turn has come."""
        self._latest, self._told = progress, self._clock()
        self._changed()

    def line(self) -> str:
        """The latest progress; the seconds go on."""
        latest = self._latest
        seconds = latest.seconds + self._clock() - self._told
        return progress_line(Progress(seconds, latest.stage, latest.incumbent, latest.bound))


def progress_line(progress: Progress) -> str:
    """Seconds, stage, and the cost, bound and gap as far as they are known."""
    parts = [f"{progress.seconds:6.0f} s", progress.stage]
    if progress.incumbent is not None:
        parts.append(f"plan {money_text(progress.incumbent)}")
    if progress.bound is not None:
        parts.append(f"bound {money_text(progress.bound)}")
    if progress.gap is not None:
        parts.append(f"gap {gap_text(progress.gap)}")
    return "   ".join(parts)
