"""The command `diff`."""

from typing import Annotated

import typer
from rich.table import Table

from optimizer.command_line.arguments import (
    FolderOption,
    GapOption,
    JobsOption,
    SchedulerOption,
    SeedOption,
    SolverOption,
    ThreadsOption,
    TimeLimitOption,
    VerboseOption,
)
from optimizer.command_line.runs_display import RunsDisplay
from optimizer.command_line.session import Session, open_session, tell_pairs
from optimizer.command_line.stopping import stoppable
from optimizer.diff import FinishedDiff, carry_out_diff, prepare_diff
from optimizer.files import RESULTS
from reports.diff.findings import finding_lines
from reports.diff.inputs import by_column_rows

SHOWN = 15
"""Sheets and columns whose differences are shown unless all are asked for."""


def diff(
    context: typer.Context,
    a: Annotated[
        str, typer.Argument(metavar="A", help="A workbook, WORKBOOK:VARIANT, or a saved result (.result.zip).")
    ],
    b: Annotated[
        str | None, typer.Argument(metavar="[B]", help="Another; may be left out with two --variants of one workbook.")
    ] = None,
    variants: Annotated[
        str | None,
        typer.Option(
            "--variants", metavar="CODES", help="A variant for both, or one for A and one for B: county,both."
        ),
    ] = None,
    solve: Annotated[
        bool, typer.Option("--solve", help="Solve what is no saved result, and compare the decisions too.")
    ] = False,
    gap: GapOption = None,
    time_limit: TimeLimitOption = None,
    threads: ThreadsOption = None,
    seed: SeedOption = None,
    solver: SolverOption = None,
    jobs: JobsOption = 1,
    scheduler: SchedulerOption = None,
    folder: FolderOption = RESULTS,
    verbose: VerboseOption = False,
) -> None:
    """Tell which inputs differ between two workbooks, variants or saved results, and which decisions moved with them.

    Workbooks are compared cell by cell, rows by their keys and columns by their names: their order makes no
    difference. Without a variant the whole workbooks are compared, with one only what holds in it, its overrides
    applied. Two saved results are compared in inputs and decisions. Writes FOLDER/A-B-diff.xlsx.

    The exit code is 0 whether or not anything differs. With --solve it is the first that fits: 130 interrupted, 3
    without a least cost, 4 no plan satisfies every rule, 6 no plan found, 5 stopped early with a plan.

    \b
    Examples:
      countyplan diff old.xlsx new.xlsx
      countyplan diff my-plan.xlsx --variants county,provincial
      countyplan diff old.xlsx:county new.xlsx:county --solve --jobs 2
      countyplan diff out/old-both.result.zip out/new-both.result.zip
    """
    with open_session(context, verbose) as session:
        codes = [code.strip() for code in (variants or "").split(",") if code.strip()]
        prepared = prepare_diff(
            a,
            b,
            variants=codes,
            solve=solve,
            folder=folder,
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        display = RunsDisplay(session.errors, len(prepared.runs))
        with stoppable(display) as stopping:
            finished = carry_out_diff(
                prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
            )
        _tell(session, finished)
        raise typer.Exit(finished.exit_code)


def _tell(session: Session, finished: FinishedDiff) -> None:
    output = session.output
    tell_pairs(output, finding_lines(finished.diff))
    lines = list(by_column_rows(finished.diff))
    if lines:
        shown = lines if session.verbose else lines[:SHOWN]
        grid = Table.grid(padding=(0, 3))
        grid.add_row("sheet", "column", "changed", "only in A", "only in B", "largest change")
        for line in shown:
            grid.add_row(*(_shown(value) for value in line.values()))
        output.print()
        output.print(grid)
        if len(lines) > len(shown):
            output.print(f"and {len(lines) - len(shown)} more; -v shows all", soft_wrap=True)
        output.print()
    output.print(f"Report: {finished.file}", soft_wrap=True)


def _shown(value: object) -> str:
    """A text, or a number of rows; blank where there is none."""
    return f"{value:,}" if isinstance(value, int) and value else str(value or "")
