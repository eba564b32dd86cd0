"""The command `assess`."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from optimizer.assess.run import (
    FinishedAssessment,
    PreparedAssessment,
    carry_out_assessment,
    exit_code_of,
    prepare_assessment,
)
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
from optimizer.exit_codes import ExitCode
from optimizer.files import RESULTS
from reports.assessment import figures_of
from reports.assessment_book import fact_text
from reports.plurals import counted


class DepthChoice(Enum):
    """How choices are looked at one by one."""

    NONE = "none"
    ESTIMATE = "estimate"
    SWAP = "swap"
    QUICK = "quick"
    FULL = "full"


def assess(
    context: typer.Context,
    workbook: WorkbookArgument,
    plan: Annotated[
        str,
        typer.Option(
            "--plan",
            metavar="CHOICES",
            help="decided: those of the sheet Decided; or a .csv or .xlsx table; or a saved result.",
        ),
    ],
    variant: VariantOption = None,
    replace: SetOption = None,
    depth: Annotated[
        DepthChoice | None,
        typer.Option(
            "--depth",
            help="How each choice is looked at by itself: not at all; estimate, by what bounds say; swap, besides "
            "by exchanging years with one other county; quick, by searches near the known plans instead; full, each by "
            "a search of its own. Without it quick; of a large problem then all choices of each year, and estimates.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="COUNTY", help="Look at this county's choice by itself; may be repeated."),
    ] = None,
    begin_with: BeginWithOption = None,
    years_only: Annotated[
        bool, typer.Option("--years-only", help="Judge who joins when; leave aside what the choices say of plants.")
    ] = False,
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
    """Judge given choices: what they cost against the best plan, and which rules they break.

    The report is FOLDER/WORKBOOK-VARIANT-assessment.xlsx, and .html as one page with a chart. Searches are kept in the
    folder WORKBOOK-VARIANT-runs beside it, which assess and rank share: an interrupted assessment goes on from there.
    The time limit and the gap are those of each search.

    Choices that no plan can make together are left out, as few as can be found, and the others are judged; the exit
    code is then 4.

    \b
    Examples:
      countyplan assess my-plan.xlsx --plan decided
      countyplan assess my-plan.xlsx --plan my-choices.csv --depth full --jobs 2
    """
    with open_session(context, verbose) as session:
        prepared = prepare_assessment(
            workbook,
            plan,
            variant=variant,
            overrides=replace or (),
            depth=None if depth is None else depth.value,
            only=only or (),
            years_only=years_only,
            begin_with=None if begin_with is None else Path(begin_with),
            folder=folder,
            charts=charts,
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        _tell_start(session, prepared)
        display = RunsDisplay(session.errors)
        with stoppable(display) as stopping:
            finished = carry_out_assessment(
                prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
            )
        _tell_end(session, finished)
        raise typer.Exit(ExitCode.INTERRUPTED if stopping.requested else exit_code_of(finished.assessment))


def _tell_start(session: Session, prepared: PreparedAssessment) -> None:
    output = session.output
    output.print(f"Workbook: {prepared.run.workbook.path}", soft_wrap=True)
    output.print(f"Variant: {prepared.run.variant}", soft_wrap=True)
    output.print(
        f"Choices: {counted(len(prepared.given.years), 'county', 'counties')}, from {prepared.given.source}",
        soft_wrap=True,
    )
    for note in prepared.given.notes:
        output.print(f"Note: {note}", soft_wrap=True)


def _tell_end(session: Session, finished: FinishedAssessment) -> None:
    output = session.output
    output.print()
    tell_pairs(output, ((figure, fact_text(value, unit)) for figure, value, unit, _ in figures_of(finished.assessment)))
    for broken in finished.assessment.broken:
        output.print(f"Broken: {broken.words} ({broken.rule})", soft_wrap=True)
    for county, year in finished.assessment.dropped:
        name = finished.assessment.instance.counties[county].name
        output.print(f"Left out: {name} in {year}", soft_wrap=True)
    output.print()
    output.print(f"Report: {finished.report}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
    if finished.charts:
        output.print(f"Charts: {finished.charts[0].parent}", soft_wrap=True)
