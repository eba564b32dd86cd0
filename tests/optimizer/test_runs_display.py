import io

import pytest
from rich.console import Console

from optimizer.command_line.runs_display import RunsDisplay
from optimizer.progress import Progress
from optimizer.runs import FAILED, FINISHED, KNOWN, WAITING


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_line_tells_who_is_over_and_how_far_the_others_are() -> None:
    clock = Clock()
    display = RunsDisplay(Console(file=io.StringIO()), 12, clock)
    assert display.line() == "0 of 12 solved; 0 s"
    for name in ("a", "b"):
        display.show(name, Progress(1.0, FINISHED, 3.0, 3.0))
    display.show("c", Progress(0.0, KNOWN, 3.0, 3.0))
    display.show("county", Progress(5.0, "solving", 100.0, 99.1))
    display.show("hybrid", Progress(5.0, "planning plants", None, 3.0))
    clock.now = 140.0
    assert display.line() == (
        "3 of 12 solved (1 of them earlier), 2 running: county 0.90 %, hybrid planning plants; 140 s"
    )
    display.show("county", Progress(6.0, FAILED, None, None))
    display.show("hybrid", Progress(6.0, FINISHED, 4.0, 3.0))
    display.show("last", Progress(0.0, WAITING, None, None))
    assert display.line() == "4 of 12 solved (1 of them earlier), 1 failed, 1 running: last; 140 s"


def test_where_their_number_is_not_known_those_that_are_over_are_counted() -> None:
    clock = Clock()
    display = RunsDisplay(Console(file=io.StringIO()), clock=clock)
    assert display.line() == "0 solved; 0 s"
    display.show("best", Progress(1.0, "solving", 100.0, 98.0))
    display.show("given", Progress(1.0, "planning plants", None, None))
    display.show("alone birch", Progress(1.0, "solving", None, None))
    clock.now = 1140.0
    assert display.line() == ("0 solved, 3 running: best 2.00 %, given planning plants, alone birch solving; 1,140 s")
    display.show("best", Progress(2.0, FINISHED, 100.0, 99.0))
    display.show("best", Progress(0.0, KNOWN, 100.0, 99.0))
    assert display.line() == (
        "2 solved (1 of them earlier), 2 running: given planning plants, alone birch solving; 1,140 s"
    )


def test_many_that_run_are_counted() -> None:
    display = RunsDisplay(Console(file=io.StringIO()), 9, Clock())
    for name in "abcdef":
        display.show(name, Progress(0.0, WAITING, None, None))
    assert display.line() == "0 of 9 solved, 6 running: a, b, c, d and 2 more; 0 s"


def test_without_a_terminal_a_line_now_and_then_and_one_at_the_end() -> None:
    told, clock = io.StringIO(), Clock()
    with RunsDisplay(Console(file=told, width=200), 3, clock) as display:
        for second, name in enumerate("abc"):
            clock.now = float(second)
            display.show(name, Progress(1.0, FINISHED, 3.0, 3.0))
    assert told.getvalue().splitlines() == ["1 of 3 solved; 0 s", "3 of 3 solved; 2 s"]


def test_on_a_terminal_one_line_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    told = io.StringIO()
    with RunsDisplay(Console(file=told, force_terminal=True, width=100, legacy_windows=False), 2) as display:
        display.show("county", Progress(3.0, "solving", 4.0, 3.0))
    assert "0 of 2 solved, 1 running: county 25.00 %" in told.getvalue()
    assert "\x1b[2K" in told.getvalue()  # the line is taken away
