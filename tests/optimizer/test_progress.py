import io

import pytest
from rich.console import Console

from optimizer.command_line.progress_display import STOPPING, ProgressDisplay, progress_line
from optimizer.progress import Progress


@pytest.mark.parametrize(
    ("incumbent", "bound", "gap"),
    [(100.0, 80.0, 0.2), (-100.0, -110.0, 0.1), (100.0, 100.0, 0.0), (100.0, 100.1, 0.0), (0.0, 0.0, 0.0)],
)
def test_gap_is_a_share_of_the_cost(incumbent: float, bound: float, gap: float) -> None:
    assert Progress(1.0, "x", incumbent, bound).gap == pytest.approx(gap)


@pytest.mark.parametrize(("incumbent", "bound"), [(None, 1.0), (1.0, None), (None, None), (0.0, -1.0)])
def test_gap_may_be_unknown(incumbent: float | None, bound: float | None) -> None:
    assert Progress(1.0, "x", incumbent, bound).gap is None


def test_line_tells_what_is_known() -> None:
    assert progress_line(Progress(12.4, "searching", None, None)) == "    12 s   searching"
    line = progress_line(Progress(12.4, "searching", 2_000_000.0, 1_999_990.0))
    assert line == "    12 s   searching   plan 2,000,000   bound 1,999,990   gap below 0.01 %"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_without_a_terminal_a_line_every_five_seconds_at_most() -> None:
    told = io.StringIO()
    clock = Clock()
    with ProgressDisplay(Console(file=told), clock) as display:
        for second in range(12):
            clock.now = float(second)
            display.show(Progress(float(second), "searching", None, None))
    assert [line.split()[0] for line in told.getvalue().splitlines()] == ["0", "5", "10"]


def test_on_a_terminal_one_line_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    told = io.StringIO()
    console = Console(file=told, force_terminal=True, width=100, legacy_windows=False)
    with ProgressDisplay(console) as display:
        display.show(Progress(3.0, "searching", 4.0, 3.0))
        console.print("a remark")
    assert "gap 25.00 %" in told.getvalue()
    assert "a remark" in told.getvalue()
    assert "\x1b[2K" in told.getvalue()  # the line is taken away


def test_a_request_to_stop_is_told_once() -> None:
    told = io.StringIO()
    with ProgressDisplay(Console(file=told, width=200)) as display:
        display.stopping()
        display.stopping()
    assert told.getvalue().count(STOPPING) == 1
