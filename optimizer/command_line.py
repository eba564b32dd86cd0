"""The command line: takes the arguments, calls the program, prints what it came to, sets the exit code."""

import io
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from inputs.problems import InvalidWorkbook, Note
from inputs.shipped import shipped_names
from inputs.template import write_template
from optimizer.command_line_progress import ProgressDisplay
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.failure import keep_traceback
from optimizer.files import RESULTS, UnusablePath, new_workbook
from optimizer.interruption import Interruption
from optimizer.options import InvalidOption
from optimizer.outcome import size, summary_lines, where_to_look
from optimizer.run import FinishedRun, PreparedRun, carry_out, prepare, read_case, versions
from optimizer.solvers import SolverUnavailable, UnsuitableFigures

logger = logging.getLogger(__name__)

UNKNOWN_SHOWN = 5
"""Unknown sheets and columns that are listed without -v."""

HELP = """Which counties get which factories, where, when, at which scale and with whose means.

A plan's data come from an Excel workbook; the best plan goes back into one.

\b
Start with a blank workbook, fill it in, check it, solve it:
  countyplan template my-plan.xlsx
  countyplan check my-plan.xlsx
  countyplan solve my-plan.xlsx
"""

EPILOG = "\n\n".join(
    (
        "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {code.meaning}" for code in ExitCode),
        f"\b\nShipped workbooks, which may be named in place of a file: {', '.join(shipped_names())}",
    )
)

app = typer.Typer(
    name="countyplan",
    help=HELP,
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

WorkbookArgument = Annotated[
    str, typer.Argument(metavar="WORKBOOK", help="An .xlsx file, or the name of a shipped workbook.")
]  # fmt: skip
VariantOption = Annotated[
    str | None,
    typer.Option("--variant", metavar="CODE", help="Variant of the workbook; without it, the workbook's default."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="SHEET.KEY.COLUMN=VALUE",
        help="Replace a value of the workbook for this run, after the variant's own overrides; may be repeated. "
        "Parts of a key are joined by /, and * stands for every row.",
    ),
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell more: every note, each step, the traceback of an internal error.")
]  # fmt: skip


@dataclass
class Session:
    """Where a command prints, how much, and where its log is once there is one."""

    output: Console
    errors: Console
    verbose: bool
    log: Path | None = None


def main() -> None:
    """The program `countyplan`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the console cannot show must not end the program
    app(prog_name="countyplan")


def _show_version(wanted: bool) -> None:
    if wanted:
        found = dict(versions())
        others = ", ".join(f"{name} {version}" for name, version in found.items() if name != "countyplan")
        typer.echo(f"countyplan {found['countyplan']} ({others})")
        raise typer.Exit


@app.callback()
def _countyplan(
    context: typer.Context,
    verbose: VerboseOption = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    context.obj = verbose


@app.command(short_help="Write a blank workbook to fill in.")
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Workbook to write; its name ends in .xlsx.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    verbose: VerboseOption = False,
) -> None:
    """Write a blank workbook to fill in: a sheet per table, drop-downs, bounds, and a legend of every column.

    \b
    Example:
      countyplan template my-plan.xlsx
    """
    with _session(context, verbose) as session:
        try:
            write_template(new_workbook(file), overwrite=force)
        except FileExistsError as error:
            raise UnusablePath(f"{error}; --force replaces it") from error
        except OSError as error:
            raise UnusablePath(f"{file} cannot be written: {error.strerror or error}") from error
        session.output.print(f"Wrote {file}. Fill in the sheets, then: countyplan check {file}", soft_wrap=True)


@app.command(short_help="Check a workbook and list every problem with its cell.")
def check(
    context: typer.Context,
    workbook: WorkbookArgument,
    variant: VariantOption = None,
    replace: SetOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Read and check a workbook, every variant of it, and list every problem with its cell.

    Remarks, such as defaults used and columns ignored, are listed too; they stop nothing.

    \b
    Examples:
      countyplan check my-plan.xlsx
      countyplan check my-plan.xlsx --variant county --set Settings.discount_rate.value=0.08
    """
    with _session(context, verbose) as session:
        case = read_case(workbook, variant, replace or ())
        for note in case.workbook.notes:
            session.output.print(f"Note: {note}", soft_wrap=True)
        variants = ", ".join(case.workbook.variants)
        session.output.print(f"Variants: {variants} (default: {case.workbook.default_variant})", soft_wrap=True)
        where = f"{case.workbook.path.name}, variant {case.instance.variant}"
        session.output.print(f"{where}: {size(case.instance)}: no problem", soft_wrap=True)


@app.command(short_help="Find the best plan and write the report.")
def solve(
    context: typer.Context,
    workbook: WorkbookArgument,
    variant: VariantOption = None,
    replace: SetOption = None,
    gap: Annotated[
        float | None,
        typer.Option(
            "--gap", metavar="SHARE", help="Stop when the plan is proven to be within this share of the best."
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option("--time-limit", metavar="SECONDS", help="Stop after this time, with the best so far."),
    ] = None,
    threads: Annotated[
        int | None, typer.Option("--threads", metavar="NUMBER", help="Threads that the solver may use.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="NUMBER", help="Random seed of the solver.")] = None,
    solver: Annotated[
        str | None, typer.Option("--solver", metavar="NAME", help="HiGHS, or another solver on this machine.")
    ] = None,
    write_lp: Annotated[
        bool, typer.Option("--write-lp", help="Write the problem as an LP file too, beside the report.")
    ] = False,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the results, made if need be.")
    ] = RESULTS,
    verbose: VerboseOption = False,
) -> None:
    """Find the plan of least cost or other objective, prove how good it is, and write the report as an Excel workbook.

    The report is FOLDER/WORKBOOK-VARIANT.xlsx, with the solver's log beside it; files of an earlier run are replaced,
    the workbook itself never is. Options that are left out are as in the workbook's sheet Settings.

    Ctrl-C stops the search and still reports the best plan so far; a second Ctrl-C ends at once.

    \b
    Examples:
      countyplan solve my-plan.xlsx
      countyplan solve my-plan.xlsx --variant county --gap 0.02 --time-limit 60
      countyplan solve my-plan.xlsx --set Resources.central_funds.2027=4000 -o out/less-money
    """
    with _session(context, verbose) as session:
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
        session.log = run.files.log
        _tell_start(session, run)
        with Interruption() as interruption, ProgressDisplay(session.errors) as display:

            def should_stop() -> bool:
                if interruption.requested:
                    display.stopping()
                return interruption.requested

            finished = carry_out(run, write_lp=write_lp, progress=display.show, should_stop=should_stop)
        _tell_end(session, run, finished)
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
        _tell_unknown(output, notes)
    options = run.options
    output.print(
        f"Solving with {options.solver}, until the gap is {options.gap:g} or {options.time_limit:g} s are over"
    )


def _tell_end(session: Session, run: PreparedRun, finished: FinishedRun) -> None:
    output = session.output
    table = Table.grid(padding=(0, 2))
    for figure, value in summary_lines(run.instance, finished.result):
        table.add_row(figure, value)
    output.print()
    output.print(table)
    hints = list(where_to_look(run.instance, finished.result))
    if hints:
        output.print(f"\nVariant {run.variant} of {run.workbook.path.name}; where to look:", soft_wrap=True)
        for hint in hints:
            output.print(f"  {hint}", soft_wrap=True)
    output.print()
    output.print(f"Report: {finished.report or 'none, since there is nothing to report'}", soft_wrap=True)
    if finished.lp is not None:
        output.print(f"LP file: {finished.lp}", soft_wrap=True)
    output.print(f"Solver's log: {finished.log}", soft_wrap=True)


def _tell_unknown(console: Console, notes: Iterable[Note]) -> None:
    """Sheets and columns that were ignored: often a misspelt name, and so always told."""
    unknown = [note for note in notes if note.unknown]
    for note in unknown[:UNKNOWN_SHOWN]:
        console.print(f"Note: {note}", soft_wrap=True)
    if len(unknown) > UNKNOWN_SHOWN:
        console.print(f"Note: and {len(unknown) - UNKNOWN_SHOWN} more ignored; check lists them all", soft_wrap=True)


@contextmanager
def _session(context: typer.Context, verbose: bool) -> Iterator[Session]:
    """Printing and logging for one command, and every failure told in words with its exit code."""
    verbose = verbose or bool(context.obj)
    session = Session(_console(), _console(stderr=True), verbose)
    handler = _LogToConsole(session.errors)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield session
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except InvalidWorkbook as invalid:
        _tell_unknown(session.errors, invalid.notes)
        session.errors.print(invalid, soft_wrap=True)
        count = len(invalid.problems)
        session.errors.print(f"{count} problem{'' if count == 1 else 's'} found", soft_wrap=True)
        raise typer.Exit(ExitCode.INVALID_WORKBOOK) from None
    except InvalidOption as error:
        option = f"--{error.name.replace('_', '-')}"
        session.errors.print(f"Error: {option} {str(error).removeprefix(error.name).strip()}", soft_wrap=True)
        raise typer.Exit(ExitCode.USAGE) from None
    except (UnusablePath, SolverUnavailable, UnsuitableFigures) as error:
        session.errors.print(f"Error: {error}", soft_wrap=True)
        raise typer.Exit(ExitCode.USAGE) from None
    except KeyboardInterrupt:
        session.errors.print("Interrupted")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except Exception as error:
        log = keep_traceback(error, session.log)
        logger.info("traceback", exc_info=True)
        where = f"; the traceback is in {log}" if log is not None else ""
        reason = " ".join(str(error).split())
        session.errors.print(f"Internal error: {type(error).__name__}: {reason[:200]}{where}", soft_wrap=True)
        raise typer.Exit(ExitCode.INTERNAL_ERROR) from None
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


class _LogToConsole(logging.Handler):
    """Log records on the console, above the line of progress rather than through it."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        self._console.print(self.format(record), soft_wrap=True)
