"""The command `report`."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.charts_of_saved import boundaries_of, charts_of_saved
from optimizer.command_line.arguments import BoundariesOption, ChartsOption, CountySheetsOption, VerboseOption
from optimizer.command_line.session import Session, open_session
from optimizer.compare_saved import reports_of_saved
from optimizer.files import find_saved_result
from optimizer.report_formats import FORMATS, ReportChoices, report_of_saved
from reports.saved_result import load_result


def report(
    context: typer.Context,
    saved: Annotated[
        list[Path],
        typer.Argument(
            metavar="RESULT...",
            help="A saved result, written by solve or compare: a file that ends in .result.zip. Several are compared.",
        ),
    ],
    folder: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the report; without it, that of RESULT."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="; ".join(f"{name}: {known.meaning}" for name, known in FORMATS.items())
            + f". Without it, {next(iter(FORMATS))}; of several results, all of them.",
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="CODE", help="Of several results, the variant to compare with; else the first."),
    ] = None,
    boundaries: BoundariesOption = None,
    charts: ChartsOption = None,
    county_sheets: CountySheetsOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Write the report of a saved result again, or the comparison of several, without solving.

    The report of one result is named as it is. That of several is WORKBOOK-comparison, in Excel and as a page; each of
    them keeps its own proven bound, so that differences are proven as when compare solves them. An earlier report of
    that name is replaced; any other file is left as it is, and the report gets a further name. Charts go into a folder
    beside it.

    \b
    Examples:
      countyplan report out/my-plan-both.result.zip
      countyplan report out/my-plan-both.result.zip -o for-the-ministry
      countyplan report out/my-plan-both.result.zip --format html --boundaries areas.geojson
      countyplan report out/my-plan-both.result.zip --charts svg
      countyplan report out/my-plan-county.result.zip out/my-plan-both.result.zip --base county
    """
    with open_session(context, verbose) as session:
        paths = [find_saved_result(path) for path in saved]
        if len(paths) > 1:
            _compared(session, paths, folder, kind, base, boundaries, charts, county_sheets)
            return
        if base is not None:
            raise typer.BadParameter("is for several results", param_hint="--base")
        path = paths[0]
        saved_result = load_result(path)
        areas = None if boundaries is None else boundaries_of(boundaries, saved_result.instance)
        choices = ReportChoices(county_sheets=county_sheets, boundaries=areas, charts=charts)
        written = report_of_saved(saved_result, path, folder, kind or next(iter(FORMATS)), choices)
        session.output.print(f"Report: {written}", soft_wrap=True)
        if charts is not None:
            drawn = charts_of_saved(saved_result, path, folder, charts, areas)
            where = drawn[0].parent if drawn else "none, since there is no plan"
            session.output.print(f"Charts: {where}", soft_wrap=True)


def _compared(
    session: Session,
    paths: list[Path],
    folder: Path | None,
    kind: str | None,
    base: str | None,
    boundaries: Path | None,
    charts: str | None,
    county_sheets: bool,
) -> None:
    areas = None if boundaries is None else boundaries_of(boundaries, load_result(paths[0]).instance)
    choices = ReportChoices(county_sheets=county_sheets, boundaries=areas, charts=charts)
    kinds = tuple(FORMATS) if kind is None else (kind,)
    comparison, written, drawn = reports_of_saved(paths, folder, kinds, base, choices)
    for words in comparison.tables["summary_sentences"]["words"]:
        session.output.print(words, soft_wrap=True)
    session.output.print()
    for file in written.values():
        session.output.print(f"Comparison: {file}", soft_wrap=True)
    if drawn:
        session.output.print(f"Charts: {drawn[0].parent}", soft_wrap=True)
