"""The command `compare`."""

from typing import Annotated

import typer
from rich.table import Table

from optimizer.command_line.arguments import (
    BoundariesOption,
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
from optimizer.command_line.session import Session, open_session, tell_unknown
from optimizer.command_line.stopping import stoppable
from optimizer.compare import FinishedComparison, PreparedComparison, carry_out_comparison, prepare_comparison
from optimizer.files import RESULTS
from optimizer.outcome import figure_text, gap_text
from reports.comparison.without_plan import without_plan
from reports.summary import AIMS


def compare(
    context: typer.Context,
    workbook: WorkbookArgument,
    variants: Annotated[
        str | None,
        typer.Option("--variants", metavar="CODES", help="Variants, separated by commas; without it, all of them."),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="CODE", help="Compare with this variant; without it, the workbook's default."),
    ] = None,
    replace: SetOption = None,
    gap: GapOption = None,
    time_limit: TimeLimitOption = None,
    threads: ThreadsOption = None,
    seed: SeedOption = None,
    solver: SolverOption = None,
    jobs: JobsOption = 1,
    scheduler: SchedulerOption = None,
    folder: FolderOption = RESULTS,
    boundaries: BoundariesOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Solve variants of a workbook and say what is proven about the difference between them.

    Writes FOLDER/WORKBOOK-comparison.xlsx, with everything side by side, the same as one page with charts and maps
    (.html), and a saved result of each variant. What each search came to is kept in FOLDER/WORKBOOK-runs as it comes:
    the same command goes on from there after a Ctrl-C, and does not solve again what has been solved. Every process
    uses as many threads as --threads says.

    The exit code is 0 when every variant was solved within its gap. Otherwise it is the first that fits: 130
    interrupted, 3 a variant without a least cost, 4 a variant that no plan satisfies, 6 one without a plan, 5 one that
    stopped early with a plan.

    \b
    Examples:
      countyplan compare my-plan.xlsx
      countyplan compare my-plan.xlsx --variants county,provincial --base county --jobs 2
      countyplan compare my-plan.xlsx --set Settings.discount_rate.value=0.08 --scheduler tcp://host:8786
    """
    with open_session(context, verbose) as session:
        codes = [code.strip() for code in (variants or "").split(",") if code.strip()]
        prepared = prepare_comparison(
            workbook,
            variants=codes,
            base=base,
            overrides=replace or (),
            folder=folder,
            gap=gap,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            solver=solver,
        )
        _tell_start(session, prepared)
        display = RunsDisplay(session.errors, len(prepared.runs))
        with stoppable(display) as stopping:
            finished = carry_out_comparison(
                prepared,
                jobs=jobs,
                scheduler=scheduler,
                progress=display.show,
                should_stop=stopping.should_stop,
                boundaries=boundaries,
            )
        _tell_end(session, finished)
        raise typer.Exit(finished.exit_code)


def _tell_start(session: Session, prepared: PreparedComparison) -> None:
    output = session.output
    output.print(f"Workbook: {prepared.workbook.path}", soft_wrap=True)
    codes = ", ".join(run.variant for run in prepared.runs)
    output.print(f"Comparing {codes}; against {prepared.base}", soft_wrap=True)
    for override in prepared.overrides:
        output.print(f"Set: {override}", soft_wrap=True)
    if session.verbose:
        for note in prepared.workbook.notes:
            output.print(f"Note: {note}", soft_wrap=True)
    else:
        tell_unknown(output, prepared.workbook.notes)


def _tell_end(session: Session, finished: FinishedComparison) -> None:
    output, tables = session.output, finished.comparison.tables
    grid = Table.grid(padding=(0, 3))
    grid.add_row("variant", "value", "proven bound", "gap", "seconds", "status")
    for compared in finished.comparison.variants:
        result = compared.result
        unit = AIMS[compared.instance.policy.objective].unit
        value = without_plan(compared) if result.objective is None else figure_text(result.objective, unit)
        bound = "none" if result.bound is None else figure_text(result.bound, unit)
        grid.add_row(
            compared.variant, value, bound, gap_text(result.gap), f"{result.seconds:,.1f}", result.status.value
        )  # fmt: skip
    output.print()
    output.print(grid)
    output.print()
    for words in tables["summary_sentences"]["words"]:
        output.print(words, soft_wrap=True)
    output.print()
    output.print(f"Comparison: {finished.file}", soft_wrap=True)
    output.print(f"Page: {finished.page}", soft_wrap=True)
    output.print(f"Saved results: {', '.join(str(path) for path in finished.saved.values())}", soft_wrap=True)
