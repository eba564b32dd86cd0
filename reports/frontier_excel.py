"""A frontier as an Excel workbook: what was found in words, a chart, then a sheet a table."""

import secrets
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from xlsxwriter import Workbook

from reports.background import Background
from reports.excel import OPTIONS
from reports.excel_cells import DARK, Book, Heading, Value, line_count, write_list
from reports.frontier import FRONTIER_TABLES, FrontierTable, finding_lines, points
from reports.frontier_points import Frontier

FINDINGS = "Findings"
ORIGIN = "Origin"

WIDTHS = (28, 110)


def write_frontier(path: Path, found: Frontier, background: Background) -> None:
    """Write the report. An existing file is replaced only by a finished one; the folder is made if need be."""
    content = frontier_content(found, background)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def frontier_content(found: Frontier, background: Background) -> bytes:
    """The report as the content of an .xlsx file."""
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    title = found.instance.title or "Frontier"
    workbook.set_properties({"title": title, "subject": f"Cost and {found.aim.figure}"})
    book = Book(workbook, title)
    _write_findings(book, found)
    for table in FRONTIER_TABLES:
        _write_table(book, found, table)
    meanings = [
        (table.title, column.heading(found.instance), column.meaning)
        for table in FRONTIER_TABLES
        for column in table.columns(found)
    ]
    write_list(book, book.add_sheet("Columns"), _plain("sheet", "column", "meaning"), meanings, key_columns=2)
    write_list(book, book.add_sheet(ORIGIN), _plain("what", "value"), list(_origin(background)))
    workbook.close()
    return content.getvalue()


def is_frontier_report(path: Path) -> bool:
    """Whether a file is a report that `write_frontier` has written, told by its sheets."""
    try:
        with ZipFile(path) as archive:
            names = archive.read("xl/workbook.xml").decode("utf-8")
    except (OSError, BadZipFile, KeyError, UnicodeDecodeError):
        return False
    return all(f'name="{sheet}"' in names for sheet in (FINDINGS, points.title, ORIGIN))


def _write_findings(book: Book, found: Frontier) -> None:
    sheet = book.add_sheet(FINDINGS)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    title = found.instance.title or "Frontier"
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=18, font_color=DARK))
    bold, wrapped = book.format(bold=True, text_wrap=True), book.format(text_wrap=True)
    row = 2
    for heading, text in finding_lines(found):
        sheet.write_string(row, 0, heading, bold)
        sheet.write_string(row, 1, text, wrapped)
        sheet.set_row(row, 15 * max(line_count(text, WIDTHS[1]), line_count(heading, WIDTHS[0])) + 3)
        row += 1
    _draw(book, found, row + 1)


def _draw(book: Book, found: Frontier, row: int) -> None:
    """The points as a chart: cost across, the measure up, the knee marked."""
    columns = [column.name for column in points.columns(found)]
    measure, cost = columns.index("measure"), columns.index("cost")
    last = len(found.points)
    chart = book.workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    chart.add_series(
        {
            "name": "Frontier",
            "categories": [points.title, 1, cost, last, cost],
            "values": [points.title, 1, measure, last, measure],
            "line": {"color": DARK},
            "marker": {"type": "circle", "fill": {"color": DARK}, "border": {"color": DARK}},
        }
    )
    if found.knee is not None:
        place = found.points.index(found.knee) + 1
        chart.add_series(
            {
                "name": "Knee",
                "categories": [points.title, place, cost, place, cost],
                "values": [points.title, place, measure, place, measure],
                "marker": {"type": "diamond", "size": 10, "fill": {"color": "#C55A11"}},
            }
        )
    chart.set_x_axis({"name": f"Cost ({found.instance.currency or 'money'})", "num_format": "#,##0"})
    chart.set_y_axis({"name": found.aim.figure})
    chart.set_title({"name": f"Cost and {found.aim.figure}"})
    chart.set_size({"width": 760, "height": 420})
    sheet = book.workbook.get_worksheet_by_name(FINDINGS)
    sheet.insert_chart(row, 0, chart, {"description": f"{found.aim.figure} against cost, {last} points"})


def _write_table(book: Book, found: Frontier, table: FrontierTable) -> None:
    headings = [Heading(column.heading(found.instance), column.unit.number_format) for column in table.columns(found)]
    rows: list[tuple[Value, ...]] = list(table(found).itertuples(index=False, name=None))
    write_list(book, book.add_sheet(table.title), headings, rows)


def _plain(*texts: str) -> list[Heading]:
    return [Heading(text) for text in texts]


def _origin(background: Background) -> Iterator[tuple[str, str]]:
    yield "workbook", background.workbook
    yield "sha256 of the workbook", background.sha256
    if background.command:
        yield "command", background.command
    for name, value in background.options.items():
        yield f"option {name}", value
    for name, value in background.versions.items():
        yield f"version of {name}", value
    for note in background.notes:
        yield "note", note
