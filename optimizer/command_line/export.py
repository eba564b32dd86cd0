"""The command `export`."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.command_line.arguments import VerboseOption
from optimizer.command_line.saved import SavedArgument
from optimizer.command_line.session import open_session
from optimizer.export_saved import export_saved
from optimizer.files import find_saved_result
from reports.saved_result import load_result


def export(
    context: typer.Context,
    saved: SavedArgument,
    file: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .csv or .xlsx file; without it, NAME-iamc.csv beside RESULT."
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", metavar="NAME", help="What the run is called in the table; without it, its name."),
    ] = None,
    verbose: VerboseOption = False,
) -> None:
    """Write the main results of a saved result as one long table that other programs read.

    The columns are those of the Integrated Assessment Modeling Consortium: model, scenario, region, variable, unit,
    year, value. Regions are codes of counties and provinces, and Nation.

    \b
    Examples:
      countyplan export out/my-plan-both.result.zip
      countyplan export out/my-plan-both.result.zip -o results.xlsx --scenario "less money"
    """
    with open_session(context, verbose) as session:
        path = find_saved_result(saved)
        written = export_saved(load_result(path), path, file, scenario)
        session.output.print(f"Export: {written}", soft_wrap=True)
