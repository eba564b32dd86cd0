"""The line that tells how many searches are over, where their number is not known in advance."""

from io import StringIO

from rich.console import Console

from optimizer.command_line.searches_display import SearchesDisplay
from optimizer.progress import Progress
from optimizer.runs import FINISHED


def test_counts_searches_and_names_those_running() -> None:
    now = [100.0]
    display = SearchesDisplay(Console(file=StringIO()), clock=lambda: now[0])
    assert display.line() == "0 searches over; 0 s"
    display.show("best", Progress(1.0, "solving", 100.0, 98.0))
    display.show("given", Progress(1.0, "planning plants", None, None))
    display.show("alone birch", Progress(1.0, "solving", None, None))
    now[0] = 1240.0
    assert display.line() == "0 searches over; best 2.00 %; given planning plants; 1,140 s"
    display.show("best", Progress(2.0, FINISHED, 100.0, 99.0))
    assert display.line() == "1 searches over; given planning plants; alone birch solving; 1,140 s"
