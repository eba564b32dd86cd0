"""Pages and charts of searches over many solves, from the command to the files."""

from itertools import pairwise
from pathlib import Path

import pytest

from optimizer.breakeven.outcome import comparison_of
from optimizer.pages import write_page_beside
from reports.breakeven_findings import Range
from reports.html import page_kind
from tests.optimizer.breakeven_case import finished, over_freight, terms
from tests.optimizer.commands import run
from tests.optimizer.runs import write_small

COMMANDS = {
    "breakeven": ("--to", "2", "--gap", "0"),
    "frontier": ("--objective", "central-funds", "--points", "3", "--gap", "0"),
    "rank": ("--plans", "2", "--depth", "none"),
    "assess": ("--plan", "decided", "--depth", "quick"),
}
"""Options with which each command ends soon."""

CHARTS = {"breakeven": "cheaper", "frontier": "frontier", "rank": "certainty", "assess": "costs"}
"""A chart of each."""


@pytest.mark.parametrize("command", COMMANDS)
def test_page_and_charts_lie_beside_the_report(command: str, tmp_path: Path) -> None:
    workbook, out = write_small(tmp_path), tmp_path / "out"
    told = run(command, workbook, *COMMANDS[command], "--threads", 1, "--charts", "svg", "-o", out)
    assert told.exit_code == 0, told.output
    (report,) = out.glob("*.xlsx")
    page, charts = report.with_suffix(".html"), out / f"{report.stem}-charts"
    assert page_kind(page) == {"rank": "ranking", "assess": "assessment"}.get(command, command)
    assert f"Page: {page}" in told.stdout
    assert f"Charts: {charts}" in told.stdout
    assert (charts / f"{CHARTS[command]}.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_such_form_of_charts(command: str, tmp_path: Path) -> None:
    told = run(command, write_small(tmp_path), *COMMANDS[command], "--charts", "gif", "-o", tmp_path / "out")
    assert told.exit_code == 2
    assert "--charts should be one of png, svg, found 'gif'" in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_page_replaces_one_of_its_kind_and_nothing_else(tmp_path: Path) -> None:
    mark = '<meta name="generator" content="countyplan">\n<meta name="countyplan-page" content="{}">'

    def write(path: Path) -> None:
        path.write_text(mark.format("frontier"), encoding="utf-8")

    report = tmp_path / "mine.xlsx"
    assert write_page_beside(report, "frontier", write) == tmp_path / "mine.html"
    assert write_page_beside(report, "frontier", write) == tmp_path / "mine.html"
    (tmp_path / "mine.html").write_text(mark.format("ranking"), encoding="utf-8")
    assert write_page_beside(report, "frontier", write) == tmp_path / "mine-2.html"
    assert page_kind(tmp_path / "mine.html") == "ranking"


def test_pieces_of_curves_are_what_is_known_between_solved_values() -> None:
    # County plants cost 60 at any freight; the provincial one 30 * 2 ** 0.6 and 1000 for each unit of freight.
    comparison = comparison_of(
        finished(over_freight("county"), over_freight("provincial"), terms(0.0, 0.03)), "nation", "", "Nation"
    )
    pieces = comparison.pieces
    assert (pieces[0].start, pieces[-1].end) == (0.0, 0.03)
    assert all(before.end == after.start for before, after in pairwise(pieces))
    for piece in pieces:
        for value, (county, provincial) in ((piece.start, piece.at_start), (piece.end, piece.at_end)):
            expected = 30 * 2**0.6 + 1000 * value
            assert county.upper == pytest.approx(60)
            assert provincial.upper == pytest.approx(expected)
            assert provincial.lower == pytest.approx(expected, rel=1e-6)


def test_pieces_end_at_the_steps_of_a_curve_of_which_only_more_is_worse() -> None:
    # Nothing is known to be straight over the exponent: a plan bounds the cost below its value, a bound above it.
    duel = finished(
        lambda exponent: over_freight("county", exponent)(0.001),
        lambda exponent: over_freight("provincial", exponent)(0.001),
        terms(0.3, 1.0),
    )
    comparison = comparison_of(duel, "nation", "", "Nation")
    assert comparison.shapes[1] == "rising"
    solved = {at.value: at.costs[1] for at in comparison.standings if at.solved[1]}
    for piece in comparison.pieces:
        below = max(value for value in solved if value <= piece.start)
        above = min(value for value in solved if value >= piece.end)
        known = Range(solved[below].lower, solved[above].upper)
        for found in (piece.at_start[1], piece.at_end[1]):
            assert (found.lower, found.upper) == pytest.approx((known.lower, known.upper))
