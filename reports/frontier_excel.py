"""A frontier as an Excel workbook: what was found in words, a chart, then a sheet a table."""

from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from reports.background import Background, origin_rows
from reports.excel.book import (
    OPTIONS,
    has_sheets,
    headings_of,
    plain_headings,
    rows_of,
    write_findings,
    write_meanings,
)
from reports.excel.cells import DARK, Book, write_list
from reports.frontier import FRONTIER_TABLES, FrontierTable, finding_lines, points
from reports.frontier_points import Frontier
from reports.whole_file import whole_file

FINDINGS = "Findings"
COLUMNS = "Columns"
ORIGIN = "Origin"


def write_frontier(path: Path, found: Frontier, background: Background) -> None:
    """Write the report. An existing file is replaced only by a finished one; the folder is made if need be."""
    content = frontier_content(found, background)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content)


def frontier_content(found: Frontier, background: Background) -> bytes:
    """The report as the content of an .xlsx file."""
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    title = found.instance.title or "Frontier"
    workbook.set_properties({"title": title, "subject": f"Cost and {found.aim.figure}"})
    book = Book(workbook, title)
    below = write_findings(book, book.add_sheet(FINDINGS), title, finding_lines(found))
    _draw(book, found, below + 1)
    for table in FRONTIER_TABLES:
        _write_table(book, found, table)
    declared = [(table.title, table.columns(found)) for table in FRONTIER_TABLES]
    write_meanings(book, book.add_sheet(COLUMNS), found.instance, declared)
    write_list(book, book.add_sheet(ORIGIN), plain_headings("what", "value"), origin_rows(background))
    workbook.close()
    return content.getvalue()


def is_frontier_report(path: Path) -> bool:
    """Whether a file is a report that `write_frontier` has written, told by its sheets."""
    return has_sheets(path, (FINDINGS, points.title, ORIGIN))


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
    unit = found.aim.unit.name(found.instance)
    named = f"{found.aim.figure} ({unit})" if unit else found.aim.figure
    chart.set_y_axis({"name": named, "num_format": found.aim.unit.number_format or "General"})
    chart.set_title({"name": f"Cost and {found.aim.figure}"})
    chart.set_size({"width": 760, "height": 420})
    sheet = book.workbook.get_worksheet_by_name(FINDINGS)
    sheet.insert_chart(row, 0, chart, {"description": f"{found.aim.figure} against cost, {last} points"})


def _write_table(book: Book, found: Frontier, table: FrontierTable) -> None:
    headings = headings_of(found.instance, table.columns(found))
    write_list(book, book.add_sheet(table.title), headings, rows_of(table(found)))
