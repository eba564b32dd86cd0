"""The command `solve`."""

from typing import Annotated

import typer

from optimizer.charts_of_saved import boundaries_of
from optimizer.command_line.arguments import (
    BoundariesOption,
    ChartsOption,
    CountySheetsOption,
    FolderOption,
    GapOption,
    SeedOption,
    SetOption,
    SolverOption,
    ThreadsOption,
    TimeLimitOption,
    VariantOption,
    VerboseOption,
    WorkbookArgument,
)
from optimizer.command_line.progress_display import ProgressDisplay
from optimizer.command_line.session import Session, open_session, tell_pairs, tell_unknown
from optimizer.command_line.stopping import stoppable
from optimizer.exit_codes import exit_code
from optimizer.files import RESULTS
from optimizer.outcome import size, summary_lines, where_to_look
from optimizer.prices import require_highs
from optimizer.prices.run import price_run
from optimizer.report_formats import ReportChoices
from optimizer.run import FinishedRun, PreparedRun, carry_out, prepare


def solve(
    context: typer.Context,
    workbook: WorkbookArgument,
    variant: VariantOption = None,
    replace: SetOption = None,
    gap: GapOption = None,
    time_limit: TimeLimitOption = None,
    threads: ThreadsOption = None,
    seed: SeedOption = None,
    solver: SolverOption = None,
    write_lp: Annotated[
        bool, typer.Option("--write-lp", help="Write the problem as an LP file too, beside the report.")
    ] = False,
    county_sheets: CountySheetsOption = False,
    boundaries: BoundariesOption = None,
    charts: ChartsOption = None,
    with_prices: Annotated[
        bool,
        typer.Option("--prices", help="Tell what one more of each scarce thing would save too, in a report beside it."),
    ] = False,
    folder: FolderOption = RESULTS,
    verbose: VerboseOption = False,
) -> None:
    """Find the plan of least cost or other objective, prove how good it is, and write the report.

    The report is FOLDER/WORKBOOK-VARIANT.xlsx, and .html as one page with charts and a map. Beside them are the saved
    result, .result.zip, from which verify, report and export work without solving again, and the solver's log. Files
    of an earlier run are replaced, the workbook itself never is; nor is a saved result with a plan by one without.
    Options that are left out are as in the workbook's sheet Settings.

    Ctrl-C stops the search and still reports the best plan so far; a second Ctrl-C ends at once.

    \b
    Examples:
      countyplan solve my-plan.xlsx
      countyplan solve my-plan.xlsx --variant county --gap 0.02 --time-limit 60
      countyplan solve my-plan.xlsx --set Resources.central_funds.2027=4000 -o out/less-money
    """
    with open_session(context, verbose) as session:
        run = prepare(
            workbook,
            variant=variant,
            overrides=replace or (),
            folder=folder,
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        if with_prices:
            require_highs(run.options)
        session.log = run.files.log
        choices = ReportChoices(
            county_sheets=county_sheets,
            boundaries=None if boundaries is None else boundaries_of(boundaries, run.instance),
            charts=charts,
        )
        _tell_start(session, run)
        display = ProgressDisplay(session.errors)
        with stoppable(display) as stopping:
            finished = carry_out(
                run,
                write_lp=write_lp,
                choices=choices,
                progress=display.show,
                should_stop=stopping.should_stop,
            )
            priced = None
            if with_prices and finished.result.plan is not None:
                priced = price_run(run, finished.result, should_stop=stopping.should_stop)
        _tell_end(session, run, finished)
        if priced is not None:
            for written in (priced.report, priced.page):
                session.output.print(f"Prices: {written}", soft_wrap=True)
        raise typer.Exit(exit_code(finished.result))


def _tell_start(session: Session, run: PreparedRun) -> None:
    output = session.output
    output.print(f"Workbook: {run.workbook.path}", soft_wrap=True)
    output.print(f"Variant: {run.variant} (there are {', '.join(run.workbook.variants)})", soft_wrap=True)
    for override in run.overrides:
        output.print(f"Set: {override}", soft_wrap=True)
    output.print(f"Size: {size(run.instance)}", soft_wrap=True)
    notes = run.workbook.notes
    if session.verbose:
        for note in notes:
            output.print(f"Note: {note}", soft_wrap=True)
    else:
        if notes:
            output.print(f"Notes: {len(notes)} (-v lists them)", soft_wrap=True)
        tell_unknown(output, notes)
    options = run.options
    output.print(
        f"Solving with {options.solver}, until the gap is {options.gap:g} or {options.time_limit:g} s are over"
    )


def _tell_end(session: Session, run: PreparedRun, finished: FinishedRun) -> None:
    output = session.output
    output.print()
    tell_pairs(output, summary_lines(run.instance, finished.result))
    origins = run.workbook.origins(run.variant, run.overrides)
    hints = list(where_to_look(run.instance, finished.result, origins))
    if hints:
        output.print(f"\nVariant {run.variant} of {run.workbook.path.name}; where to look:", soft_wrap=True)
        for hint in hints:
            output.print(f"  {hint}", soft_wrap=True)
    output.print()
    for written in finished.reports.values():
        output.print(f"Report: {written}", soft_wrap=True)
    if not finished.reports:
        output.print("Report: none, since there is nothing to report")
    if finished.charts:
        output.print(f"Charts: {finished.charts[0].parent}", soft_wrap=True)
    output.print(f"Saved result: {finished.saved}", soft_wrap=True)
    if finished.lp is not None:
        output.print(f"LP file: {finished.lp}", soft_wrap=True)
    output.print(f"Solver's log: {finished.log}", soft_wrap=True)
