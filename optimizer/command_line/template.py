"""The command `template`."""

from pathlib import Path
from typing import Annotated

import typer

from inputs.template import write_template
from optimizer.command_line.arguments import VerboseOption
from optimizer.command_line.session import open_session
from optimizer.files import UnusablePath, new_workbook


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
    with open_session(context, verbose) as session:
        try:
            write_template(new_workbook(file), overwrite=force)
        except FileExistsError as error:
            raise UnusablePath(f"{error}; --force replaces it") from error
        except OSError as error:
            raise UnusablePath(f"{file} cannot be written: {error.strerror or error}") from error
        session.output.print(f"Wrote {file}. Fill in the sheets, then: countyplan check {file}", soft_wrap=True)
