"""The command `why`."""

from enum import Enum
from typing import Annotated

import typer
from rich.table import Table

from optimizer.command_line.arguments import (
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
)
from optimizer.command_line.runs_display import RunsDisplay
from optimizer.command_line.session import Session, open_session, tell_no_plan
from optimizer.command_line.stopping import stoppable
from optimizer.exit_codes import ExitCode
from optimizer.files import RESULTS
from optimizer.no_plan import NoPlan
from optimizer.why.asked import PreparedWhy, prepare_why
from optimizer.why.run import FinishedWhy, carry_out_why
from reports.why.lines import HEADINGS, answer_lines, choice_lines


class WhyDepth(Enum):
    """How choices are looked at."""

    SWAP = "swap"
    FULL = "full"


def why(
    context: typer.Context,
    given: Annotated[
        str,
        typer.Argument(
            metavar="WORKBOOK_OR_RESULT",
            help="An .xlsx file, the name of a shipped workbook, or a saved result to ask of.",
        ),
    ],
    county: Annotated[
        str, typer.Argument(metavar="COUNTY", help="The county: its code, its name, or its name in the local script.")
    ],
    year: Annotated[
        list[int] | None,
        typer.Option("--year", metavar="YEAR", help="Look at its joining in this year too; may be repeated."),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option("--plan", metavar="RESULT", help="A saved result to ask of, in place of solving."),
    ] = None,
    variant: VariantOption = None,
    replace: SetOption = None,
    depth: Annotated[
        WhyDepth | None,
        typer.Option(
            "--depth",
            help="full: a search of its own for each choice; swap: every year, at least by bounds and at most by "
            "exchanging years with another county. Without it full, and swap where the problem is large.",
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="FIGURE",
            help="What this figure would have to be for the county to join in the (first) year asked for, or the "
            "first year of all: a column of Counties, or SHEET.KEY.COLUMN; may be repeated. Many solves.",
        ),
    ] = None,
    figures: Annotated[
        bool, typer.Option("--figures", help="The same for every figure of the county's own rows. Very many solves.")
    ] = False,
    start: Annotated[
        float | None, typer.Option("--from", metavar="VALUE", help="Least value of the figure; a quarter of its own.")
    ] = None,
    end: Annotated[
        float | None, typer.Option("--to", metavar="VALUE", help="Greatest value of it; four times its own.")
    ] = None,
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
    """Tell why a county is picked when it is, or not: what another choice would cost, and which costs move.

    Looks at the county left out, joining first, last, a year earlier and a year later, and in each year asked for; in a
    large problem at every year. The report is FOLDER/WORKBOOK-VARIANT-why-COUNTY.xlsx, and the same as a page, .html.
    Searches and bounds are kept in the folder WORKBOOK-VARIANT-runs beside it, which rank and assess share. The time
    limit is that of each search, and of all exchanges of years together.

    \b
    Examples:
      countyplan why my-plan.xlsx birch
      countyplan why my-plan.xlsx "Birch County" --year 2028 --plan out/my-plan-both.result.zip
      countyplan why out/my-plan-both.result.zip birch
      countyplan why my-plan.xlsx birch --what-if population --what-if site_cost_index
    """
    with open_session(context, verbose) as session:
        prepared = prepare_why(
            given,
            county,
            years=year or (),
            plan=plan,
            variant=variant,
            overrides=replace or (),
            depth=None if depth is None else depth.value,
            what_if=what_if or (),
            all_figures=figures,
            start=start,
            end=end,
            folder=folder,
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        _tell_start(session, prepared)
        display = RunsDisplay(session.errors)
        with stoppable(display) as stopping:
            try:
                finished = carry_out_why(
                    prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
                )
            except NoPlan as none:
                raise typer.Exit(tell_no_plan(session, none, "to ask of")) from None
        _tell_end(session, finished)
        raise typer.Exit(ExitCode.INTERRUPTED if stopping.requested else finished.exit_code)


def _tell_start(session: Session, prepared: PreparedWhy) -> None:
    output, instance = session.output, prepared.instance
    place = instance.counties[prepared.county]
    local = f", {place.local_name}" if place.local_name else ""
    output.print(f"Problem: {instance.title}, variant {instance.variant}", soft_wrap=True)
    output.print(
        f"County: {place.name} [{place.code}]{local}, {instance.provinces[place.province].name}", soft_wrap=True
    )
    for figure in prepared.figures:
        output.print(f"Varied: {figure.address} from {figure.start:g} to {figure.end:g}", soft_wrap=True)


def _tell_end(session: Session, finished: FinishedWhy) -> None:
    output = session.output
    output.print()
    for line in answer_lines(finished.why):
        output.print(line, soft_wrap=True)
    grid = Table.grid(padding=(0, 2))
    rows = [HEADINGS, *choice_lines(finished.why)]
    used = [place for place in range(len(HEADINGS)) if any(row[place] for row in rows[1:])]
    for _ in used:
        grid.add_column()
    for row in rows:
        grid.add_row(*(row[place] for place in used))
    output.print()
    output.print(grid)
    output.print()
    output.print(f"Report: {finished.report}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
