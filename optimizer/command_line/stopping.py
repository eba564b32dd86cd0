"""Ctrl-C while a command works: heard once, shown, and passed on to what should stop."""

from collections.abc import Iterator
from contextlib import contextmanager

from optimizer.command_line.progress_display import LineDisplay
from optimizer.interruption import Interruption


class Stopping:
    """Whether a command was asked to stop."""

    def __init__(self, interruption: Interruption, display: LineDisplay) -> None:
        self._interruption = interruption
        self._display = display

    @property
    def requested(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._interruption.requested

    def should_stop(self) -> bool:
        """The same, for those who do the work; says on the display, once, that the request was heard."""
        if self.requested:
            self._display.stopping()
        return self.requested


@contextmanager
def stoppable(display: LineDisplay) -> Iterator[Stopping]:
    """Show progress on `display`, and take Ctrl-C as a request to stop."""
    with Interruption() as interruption, display:
        yield Stopping(interruption, display)
