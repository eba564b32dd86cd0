"""How a run of HiGHS is ended early."""

from collections.abc import Callable
from typing import Any


def stopped_run(highs: Any, source: Any, should_stop: Callable[[], bool]) -> bool:
    """Run HiGHS, and end it when asked to at one of its calls back (`source`, such as `highs.cbMipInterrupt`); whether
    it was ended so."""
    stopped = False

    def heed(event: Any) -> None:
        nonlocal stopped
        if should_stop():
            stopped = True
            event.interrupt()

    source.clear()
    source.subscribe(heed)
    highs.run()
    return stopped
