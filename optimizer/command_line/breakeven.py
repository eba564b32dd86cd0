"""The command `breakeven`."""

from typing import Annotated

import typer

from optimizer.breakeven import (
    FinishedBreakeven,
    PreparedBreakeven,
    breakeven_options,
    carry_out_breakeven,
    exit_code_of,
    prepare_breakeven,
)
from optimizer.command_line.arguments import (
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
    VerboseOption,
    WorkbookArgument,
)
from optimizer.command_line.runs_display import RunsDisplay
from optimizer.command_line.session import Session, open_session, tell_pairs
from optimizer.command_line.stopping import stoppable
from optimizer.files import RESULTS
from reports.breakeven_excel import finding_lines


def breakeven(
    context: typer.Context,
    workbook: WorkbookArgument,
    vary: Annotated[
        str,
        typer.Option(
            "--vary",
            metavar="WHAT",
            help="freight, exponent (of scale), utilisation (times that of the workbook), or Sheet.key.column.",
        ),
    ] = "freight",
    start: Annotated[
        float | None, typer.Option("--from", metavar="VALUE", help="Least value looked at; see the manual's page.")
    ] = None,
    end: Annotated[float | None, typer.Option("--to", metavar="VALUE", help="Greatest value looked at.")] = None,
    variants: Annotated[
        str | None,
        typer.Option("--variants", metavar="A,B", help="Two variants; without it, the first two of one scale each."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="EXTENT", help="nation, good or province; may be repeated. Each planned alone."),
    ] = None,
    good: Annotated[
        list[str] | None,
        typer.Option("--good", metavar="CODE", help="Only this good, by good or on the map; may be repeated."),
    ] = None,
    with_map: Annotated[
        bool, typer.Option("--map", help="The cheaper variant of each good over freight and exponent.")
    ] = False,
    map_size: Annotated[
        int | None, typer.Option("--map-size", metavar="NUMBER", help="Values of each on the map; 5 unless said.")
    ] = None,
    tolerance: Annotated[
        float | None,
        typer.Option("--tolerance", metavar="SHARE", help="How exactly a crossing is found; 0.01 unless said."),
    ] = None,
    least_gap: Annotated[
        float | None,
        typer.Option("--least-gap", metavar="SHARE", help="The gap may be tightened down to this; 0.0005 unless said."),
    ] = None,
    coarse: Annotated[
        int | None,
        typer.Option("--coarse", metavar="NUMBER", help="Values solved first where curves are not concave; or 4."),
    ] = None,
    most_solves: Annotated[
        int | None, typer.Option("--most-solves", metavar="NUMBER", help="Most solves of a comparison; 40 unless said.")
    ] = None,
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
    """Find the value at which one variant overtakes another on cost, and prove it from both sides.

    The report is FOLDER/WORKBOOK-breakeven-WHAT.xlsx, and .html as one page with charts. Solves are kept in a folder
    beside it: an interrupted search goes on from there. The time limit and the gap are those of each solve; the gap is
    tightened where a sign asks for it and the time allows.

    Exit code 0: all is decided. 5: something is not proven at this gap, or the search ended early. Where plans of both
    variants are known at no value, 4: one is proven to have none at any value looked at. 6: that is not proven.

    \b
    Examples:
      countyplan breakeven my-plan.xlsx --vary freight --from 0 --to 0.5
      countyplan breakeven my-plan.xlsx --by good --variants county,provincial --jobs 2
      countyplan breakeven my-plan.xlsx --vary exponent --by good --good food
      countyplan breakeven my-plan.xlsx --map --good food
    """
    with open_session(context, verbose) as session:
        choice = breakeven_options(
            by=tuple(by or ()),
            goods=tuple(good or ()),
            with_map=with_map,
            map_size=map_size,
            tolerance=tolerance,
            least_gap=least_gap,
            coarse=coarse,
            most_solves=most_solves,
        )
        prepared = prepare_breakeven(
            workbook,
            vary,
            start=start,
            end=end,
            variants=[code.strip() for code in variants.split(",")] if variants is not None else (),
            choice=choice,
            overrides=replace or (),
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
            finished = carry_out_breakeven(
                prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
            )
        _tell_end(session, prepared, finished)
        raise typer.Exit(exit_code_of(finished.study))


def _tell_start(session: Session, prepared: PreparedBreakeven) -> None:
    output = session.output
    output.print(f"Workbook: {prepared.workbook.path}", soft_wrap=True)
    output.print(f"Variants: {' and '.join(prepared.variants)}", soft_wrap=True)
    output.print(f"Varied: {prepared.parameter.name} from {prepared.start:g} to {prepared.end:g}", soft_wrap=True)
    for override in prepared.overrides:
        output.print(f"Set: {override}", soft_wrap=True)


def _tell_end(session: Session, prepared: PreparedBreakeven, finished: FinishedBreakeven) -> None:
    output = session.output
    output.print()
    tell_pairs(output, finding_lines(finished.study))
    output.print()
    output.print(f"Report: {finished.report}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
    if finished.charts:
        output.print(f"Charts: {finished.charts[0].parent}", soft_wrap=True)
    output.print(f"Solves: {prepared.runs}", soft_wrap=True)
