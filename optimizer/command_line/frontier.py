"""The command `frontier`."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.command_line.arguments import (
    BeginWithOption,
    ChartsOption,
    FolderOption,
    GapOption,
    JobsOption,
    SchedulerOption,
    SeedOption,
    SetOption,
    SolverOption,
    ThreadsOption,
    TimeLimitOption,
    VariantOption,
    VerboseOption,
    WorkbookArgument,
)
from optimizer.command_line.runs_display import RunsDisplay
from optimizer.command_line.session import Session, open_session, tell_pairs
from optimizer.command_line.stopping import stoppable
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import RESULTS
from optimizer.frontier import ENDS, NoFrontier
from optimizer.frontier.run import (
    FinishedFrontier,
    PreparedFrontier,
    carry_out_frontier,
    exit_code_of_frontier,
    prepare_frontier,
)
from optimizer.outcome import size, where_to_look
from reports.frontier import finding_lines
from reports.frontier_points import Against


def frontier(
    context: typer.Context,
    workbook: WorkbookArgument,
    objective: Annotated[
        Against,
        typer.Option("--objective", metavar="WHAT", help="coverage, gini, dispersion or central-funds, against cost."),
    ],
    variant: VariantOption = None,
    points: Annotated[
        int, typer.Option("--points", metavar="NUMBER", help="Points to try, the two ends included; 7 unless said.")
    ] = 7,
    free_coverage: Annotated[
        bool,
        typer.Option("--free-coverage", help="Let plans leave more people uncovered than the cheapest one does."),
    ] = False,
    begin_with: BeginWithOption = None,
    replace: SetOption = None,
    gap: GapOption = None,
    time_limit: TimeLimitOption = None,
    threads: ThreadsOption = None,
    seed: SeedOption = None,
    solver: SolverOption = None,
    jobs: JobsOption = 1,
    scheduler: SchedulerOption = None,
    charts: ChartsOption = None,
    folder: FolderOption = RESULTS,
    verbose: VerboseOption = False,
) -> None:
    """Find the frontier between cost and coverage, evenness, dispersion or central money, and what each step costs.

    The report is FOLDER/WORKBOOK-VARIANT-frontier-WHAT.xlsx, and .html as one page with charts. Solves are kept in a
    folder beside it: an interrupted search goes on from there. The time limit and the gap are those of each solve.

    Exit code 0: every solve came within its gap. 5: some did not, and their points are proven less far.

    \b
    Examples:
      countyplan frontier my-plan.xlsx --objective gini
      countyplan frontier my-plan.xlsx --objective coverage --points 11 --jobs 2
      countyplan frontier my-plan.xlsx --objective central-funds --variant county --gap 0.02
    """
    with open_session(context, verbose) as session:
        prepared = prepare_frontier(
            workbook,
            objective,
            variant=variant,
            points=points,
            hold_coverage=not free_coverage,
            overrides=replace or (),
            folder=folder,
            charts=charts,
            begin_with=None if begin_with is None else Path(begin_with),
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        _tell_start(session, prepared)
        display = RunsDisplay(session.errors)
        try:
            with stoppable(display) as stopping:
                finished = carry_out_frontier(
                    prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
                )
        except NoFrontier as none:
            raise typer.Exit(_tell_none(session, prepared, none, stopping.requested)) from None
        _tell_end(session, prepared, finished)
        raise typer.Exit(exit_code_of_frontier(finished.found))


def _tell_start(session: Session, prepared: PreparedFrontier) -> None:
    output = session.output
    output.print(f"Workbook: {prepared.workbook.path}", soft_wrap=True)
    output.print(f"Variant: {prepared.instance.variant}", soft_wrap=True)
    for override in prepared.overrides:
        output.print(f"Set: {override}", soft_wrap=True)
    output.print(f"Size: {size(prepared.instance)}", soft_wrap=True)
    more = ", and as many more as the best end takes" if prepared.against == "gini" else ""
    limit = f"each until the gap is {prepared.options.gap:g} or {prepared.options.time_limit:g} s are over"
    output.print(f"Up to {prepared.points + ENDS} solves{more}; {limit}", soft_wrap=True)


def _tell_none(session: Session, prepared: PreparedFrontier, none: NoFrontier, stopped: bool) -> ExitCode:
    """Say why there is no frontier; the exit code of that."""
    session.errors.print(f"Error: {none}", soft_wrap=True)
    result = none.result
    if result is None:
        return ExitCode.INTERRUPTED if stopped else ExitCode.USAGE
    if result.plan is not None:
        return ExitCode.USAGE
    for hint in where_to_look(prepared.instance, result):
        session.errors.print(f"  {hint}", soft_wrap=True)
    return exit_code(result)


def _tell_end(session: Session, prepared: PreparedFrontier, finished: FinishedFrontier) -> None:
    output = session.output
    output.print()
    tell_pairs(output, finding_lines(finished.found))
    output.print()
    output.print(f"Report: {finished.report}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
    if finished.charts:
        output.print(f"Charts: {finished.charts[0].parent}", soft_wrap=True)
    output.print(f"Solves: {prepared.runs}", soft_wrap=True)
