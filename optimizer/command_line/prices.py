"""The command `prices`."""

from typing import Annotated

import typer

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
from optimizer.prices.run import FinishedPrices, carry_out_prices, exit_code_of, prepare_prices
from reports.price_words import sentence
from reports.prices import telling


def prices(
    context: typer.Context,
    given: Annotated[
        str,
        typer.Argument(
            metavar="WORKBOOK_OR_RESULT",
            help="An .xlsx file or the name of a shipped workbook, which is solved; or a saved result, whose plan is "
            "taken: a file that ends in .result.zip.",
        ),
    ],
    variant: VariantOption = None,
    replace: SetOption = None,
    resolve: Annotated[
        list[str] | None,
        typer.Option(
            "--resolve",
            metavar="LIMITS",
            help="Solve anew with this limit loosened, as well: central_funds/2028, or central_funds for every year; "
            "may be repeated, or several with commas. all; none. Without it, the largest prices of three kinds.",
        ),
    ] = None,
    step: Annotated[
        float,
        typer.Option("--step", metavar="SHARE", help="How far to loosen it, as a share of the limit; made round."),
    ] = 0.01,
    counties: Annotated[
        bool,
        typer.Option("--counties", help="Price quotas and donors of every county in a large problem too, for minutes."),
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
    """Tell what one more unit of each scarce thing would save.

    Three figures for each limit: with all choices of the plan kept, if plants could be built in parts, and solved anew
    with the limit a step looser, with the range that is proven. The report is FOLDER/WORKBOOK-VARIANT-prices.xlsx, and
    .html as a page. Searches are kept in the folder WORKBOOK-VARIANT-runs beside it, and interrupted prices go on from
    there. The time limit and the gap are those of each search. Only HiGHS gives prices.

    \b
    Examples:
      countyplan prices my-plan.xlsx
      countyplan prices my-plan.xlsx --resolve central_funds/2028,picks/2028 --gap 0.001
      countyplan prices out/my-plan-both.result.zip --resolve none
    """
    with open_session(context, verbose) as session:
        prepared = prepare_prices(
            given,
            variant=variant,
            overrides=replace or (),
            resolve=[name.strip() for names in resolve or () for name in names.split(",") if name.strip()],
            step=step,
            counties=counties or None,
            folder=folder,
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        session.output.print(f"Prices of: {prepared.given}", soft_wrap=True)
        session.output.print(f"Variant: {prepared.instance.variant}", soft_wrap=True)
        display = RunsDisplay(session.errors)
        with stoppable(display) as stopping:
            try:
                finished = carry_out_prices(
                    prepared, jobs=jobs, scheduler=scheduler, progress=display.show, should_stop=stopping.should_stop
                )
            except NoPlan as none:
                raise typer.Exit(tell_no_plan(session, none, "to price")) from None
        _tell_end(session, finished)
        raise typer.Exit(ExitCode.INTERRUPTED if stopping.requested else exit_code_of(finished.prices))


def _tell_end(session: Session, finished: FinishedPrices) -> None:
    output, found = session.output, finished.prices
    output.print()
    told = telling(found)
    for price in told:
        output.print(sentence(found, price), soft_wrap=True)
    if not told:
        output.print("More of no limit would save anything.")
    output.print()
    output.print(f"Report: {finished.report}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
