"""The command `report`."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.charts_of_saved import boundaries_of, charts_of_saved
from optimizer.command_line.arguments import BoundariesOption, ChartsOption, CountySheetsOption, VerboseOption
from optimizer.command_line.saved import SavedArgument
from optimizer.command_line.session import open_session
from optimizer.files import find_saved_result
from optimizer.report_formats import FORMATS, ReportChoices, report_of_saved
from reports.saved_result import load_result


def report(
    context: typer.Context,
    saved: SavedArgument,
    folder: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the report; without it, that of RESULT."),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="; ".join(f"{name}: {known.meaning}" for name, known in FORMATS.items()) + ".",
        ),
    ] = next(iter(FORMATS)),
    boundaries: BoundariesOption = None,
    charts: ChartsOption = None,
    county_sheets: CountySheetsOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Write the report of a saved result again, without solving.

    The report is named as the saved result is. An earlier report of that name is replaced; any other file is left as
    it is, and the report gets a further name. Charts go into a folder beside it.

    \b
    Examples:
      countyplan report out/my-plan-both.result.zip
      countyplan report out/my-plan-both.result.zip -o for-the-ministry
      countyplan report out/my-plan-both.result.zip --format html --boundaries areas.geojson
      countyplan report out/my-plan-both.result.zip --charts svg
    """
    with open_session(context, verbose) as session:
        path = find_saved_result(saved)
        saved_result = load_result(path)
        areas = None if boundaries is None else boundaries_of(boundaries, saved_result.instance)
        choices = ReportChoices(county_sheets=county_sheets, boundaries=areas, charts=charts)
        written = report_of_saved(saved_result, path, folder, kind, choices)
        session.output.print(f"Report: {written}", soft_wrap=True)
        if charts is not None:
            drawn = charts_of_saved(saved_result, path, folder, charts, areas)
            where = drawn[0].parent if drawn else "none, since there is no plan"
            session.output.print(f"Charts: {where}", soft_wrap=True)
