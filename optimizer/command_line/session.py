"""What every command does alike: printing, logging, and telling a failure in words with its exit code."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from inputs.problems import InvalidWorkbook, Note
from inputs.workbook import UnknownVariant
from optimizer.county_names import UnknownCounty
from optimizer.exit_codes import ExitCode, exit_code
from optimizer.failure import keep_traceback
from optimizer.files import UnusablePath
from optimizer.no_plan import NoPlan
from optimizer.options import InvalidOption
from optimizer.runs import RunsFailed, SchedulerUnavailable
from optimizer.solvers import SolverUnavailable, UnsuitableFigures
from reports.plurals import counted
from reports.saved_result import UnreadableResult
from reports.summary import status_sentence

logger = logging.getLogger(__name__)

UNKNOWN_SHOWN = 5
"""Unknown sheets and columns that are listed without -v."""


@dataclass
class Session:
    """Where a command prints, how much, and where its log is once there is one."""

    output: Console
    errors: Console
    verbose: bool
    log: Path | None = None


def tell_unknown(console: Console, notes: Iterable[Note]) -> None:
    """Sheets and columns that were ignored: often a misspelt name, and so always told."""
    unknown = [note for note in notes if note.unknown]
    for note in unknown[:UNKNOWN_SHOWN]:
        console.print(f"Note: {note}", soft_wrap=True)
    if len(unknown) > UNKNOWN_SHOWN:
        console.print(f"Note: and {len(unknown) - UNKNOWN_SHOWN} more ignored; check lists them all", soft_wrap=True)


def tell_pairs(console: Console, pairs: Iterable[tuple[str, str]]) -> None:
    """Figures and their values, or headings and sentences, side by side."""
    grid = Table.grid(padding=(0, 2))
    for heading, text in pairs:
        grid.add_row(heading, text)
    console.print(grid)


def tell_no_plan(session: Session, none: NoPlan, wanted: str) -> ExitCode:
    """Tell that there is no plan for what is wanted ("to price"), and why; the exit code that this ends with."""
    said = "" if none.result is None else f" {status_sentence(none.result)}"
    session.errors.print(f"There is no plan {wanted}.{said}", soft_wrap=True)
    return ExitCode.INTERRUPTED if none.result is None else exit_code(none.result)


@contextmanager
def open_session(context: typer.Context, verbose: bool) -> Iterator[Session]:
    """Printing and logging for one command, and every failure told in words with its exit code."""
    verbose = verbose or bool(context.obj)
    session = Session(console(), console(stderr=True), verbose)
    handler = _LogToConsole(session.errors)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield session
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except (
        UnusablePath,
        UnknownCounty,
        UnknownVariant,
        SolverUnavailable,
        UnsuitableFigures,
        SchedulerUnavailable,
    ) as error:
        session.errors.print(f"Error: {error}", soft_wrap=True)
        raise typer.Exit(ExitCode.USAGE) from None
    except InvalidWorkbook as invalid:
        tell_unknown(session.errors, invalid.notes)
        session.errors.print(invalid, soft_wrap=True)
        session.errors.print(f"{counted(len(invalid.problems), 'problem', 'problems')} found", soft_wrap=True)
        raise typer.Exit(ExitCode.INVALID_WORKBOOK) from None
    except InvalidOption as error:
        option = f"--{error.name.replace('_', '-')}"
        session.errors.print(f"Error: {option} {str(error).removeprefix(error.name).strip()}", soft_wrap=True)
        raise typer.Exit(ExitCode.USAGE) from None
    except UnreadableResult as error:
        session.errors.print(f"Error: {error}", soft_wrap=True)
        raise typer.Exit(ExitCode.INVALID_WORKBOOK) from None
    except RunsFailed as failed:
        session.errors.print(f"Error: {failed}", soft_wrap=True)
        if not failed.by_user:
            logger.info("tracebacks of the runs:\n%s", failed.tracebacks)
        raise typer.Exit(ExitCode.USAGE if failed.by_user else ExitCode.INTERNAL_ERROR) from None
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


def console(*, stderr: bool = False) -> Console:
    """A console that shows text as it is."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


class _LogToConsole(logging.Handler):
    """Log records on the console, above the line of progress rather than through it."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        self._console.print(self.format(record), soft_wrap=True)
