"""The command `rank`."""

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
from optimizer.command_line.assess import DepthChoice
from optimizer.command_line.runs_display import RunsDisplay
from optimizer.command_line.session import Session, open_session, tell_no_plan, tell_pairs
from optimizer.command_line.stopping import stoppable
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.files import RESULTS
from optimizer.no_plan import NoPlan
from optimizer.rank.run import FinishedRanking, PreparedRanking, carry_out_ranking, prepare_ranking
from reports.assessment_book import fact_text
from reports.ranking_tables import figures_of


def rank(
    context: typer.Context,
    workbook: WorkbookArgument,
    variant: VariantOption = None,
    replace: SetOption = None,
    within: Annotated[
        float,
        typer.Option("--within", metavar="SHARE", help="A plan counts that is worse than the best by this share."),
    ] = 0.01,
    plans: Annotated[
        int, typer.Option("--plans", metavar="NUMBER", help="Different plans that are looked for, the best included.")
    ] = 20,
    draws: Annotated[
        int,
        typer.Option("--draws", metavar="NUMBER", help="Random seed by which plans are made to differ."),
    ] = 0,
    depth: Annotated[
        DepthChoice | None,
        typer.Option(
            "--depth",
            help="How the worth of each pick is looked at: not at all; estimate, by what bounds say; swap, besides by "
            "exchanging years with one other county; quick, by searches near the best plan instead; full, by searches "
            "of its own. Without it quick, and estimate where the problem is large.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="COUNTY", help="Search for the worth of this county's pick; may be repeated."),
    ] = None,
    begin_with: BeginWithOption = None,
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
    """Tell how sure each pick is: what plans nearly as good as the best share, and what each pick is worth.

    The report is FOLDER/WORKBOOK-VARIANT-ranking.xlsx, and .html as one page with charts. Searches are kept in the
    folder WORKBOOK-VARIANT-runs beside it, which assess and rank share: an interrupted ranking goes on from there. The
    time limit and the gap are those of each search.

    \b
    Examples:
      countyplan rank my-plan.xlsx
      countyplan rank my-plan.xlsx --within 0.02 --plans 50 --jobs 2
      countyplan rank my-plan.xlsx --depth full --only birch
    """
    with open_session(context, verbose) as session:
        prepared = prepare_ranking(
            workbook,
            variant=variant,
            overrides=replace or (),
            within=within,
            plans=plans,
            draws=draws,
            depth=None if depth is None else depth.value,
            only=only or (),
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
            try:
                finished = carry_out_ranking(
                    prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
                )
            except NoPlan as none:
                raise typer.Exit(tell_no_plan(session, none, "to rank by")) from None
        _tell_end(session, finished)
        raise typer.Exit(ExitCode.INTERRUPTED if stopping.requested else exit_code(finished.ranking.best))


def _tell_start(session: Session, prepared: PreparedRanking) -> None:
    output = session.output
    output.print(f"Workbook: {prepared.run.workbook.path}", soft_wrap=True)
    output.print(f"Variant: {prepared.run.variant}", soft_wrap=True)
    sampling = prepared.sampling
    output.print(f"Plans: {sampling.plans} within {sampling.within:g} of the best (--draws {sampling.seed})")


def _tell_end(session: Session, finished: FinishedRanking) -> None:
    output = session.output
    facts = figures_of(finished.ranking)
    known = ((figure, fact_text(value, unit)) for figure, value, unit, _ in facts if value is not None)
    output.print()
    tell_pairs(output, known)
    output.print()
    output.print(f"Report: {finished.report}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
    if finished.charts:
        output.print(f"Charts: {finished.charts[0].parent}", soft_wrap=True)
