"""Charts of the Excel report: means against limits, cost by term, coverage, and how evenly people are served.

They are drawn by the spreadsheet from cells of the report, and follow them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pandas import DataFrame

from models.measures.shares import NEGLIGIBLE
from reports.equity import lorenz
from reports.excel.cells import DARK, Book
from reports.excel.grid import Line
from reports.excel.plan import PlanSheets

CHARTS = "Charts"
CHARTS_MEANING = "The centre's means against what it has, cost by term, coverage by year, and Lorenz curves."
COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999", "#332288", "#882255",
    "#44AA99",
)  # fmt: skip
"""Colours that can be told apart by those who see few; after Okabe and Ito (2008) and Tol (2021)."""
LIMIT_COLOUR = "#333333"
WIDTH, HEIGHT, ROWS = 760, 360, 19
"""Size of a chart in pixels, and rows of the sheet that it takes."""


def write_charts(book: Book, sheet: Any, sheets: PlanSheets, frames: Mapping[str, DataFrame]) -> None:
    """Draw the charts, two beside each other."""
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, "Charts", book.format(bold=True, font_size=18, font_color=DARK))
    charts = [*_means(book, sheets), _costs(book, sheets), _coverage(book, sheets)]
    if "lorenz" in frames and len(frames["lorenz"]):
        charts.append(_lorenz(book, sheets, frames["lorenz"]))
    for number, chart in enumerate(chart for chart in charts if chart is not None):
        sheet.insert_chart(2 + ROWS * (number // 2), 12 * (number % 2), chart)


def _means(book: Book, sheets: PlanSheets) -> list[Any]:
    """What the centre gives of each of its means, beside what it has."""
    nation, money = sheets.nation, sheets.instance.currency or "money"
    found = [
        _use(book, sheets, "Central money", money, nation.spent, nation.available),
        _use(book, sheets, "Central construction labour", "person-years", nation.labour_used, nation.labour),
    ]
    for code, material in sheets.instance.materials.items() if nation.materials else ():
        used, has = nation.materials_used[code], nation.materials[code]
        found.append(_use(book, sheets, f"Central {material.name}", "t", used, has))
    if any(nation.currency.known(year) for year in sheets.instance.years):
        found.append(_use(book, sheets, "Imports", "foreign currency", nation.currency_used, nation.currency))
    return found


def _use(book: Book, sheets: PlanSheets, title: str, unit: str, used: Line, has: Line) -> Any:
    chart = book.workbook.add_chart({"type": "column"})
    chart.add_series(_series(sheets, used, "used", COLOURS[0]))
    if all(has.known(year) for year in sheets.instance.years):
        limit = book.workbook.add_chart({"type": "line"})
        limit.add_series(_series(sheets, has, "there is", LIMIT_COLOUR, line=True))
        chart.combine(limit)
    return _framed(chart, f"{title}: used, and what there is", "plan year", unit)


def _costs(book: Book, sheets: PlanSheets) -> Any:
    used = {
        name: line
        for name, line in sheets.costs.terms.items()
        if any(abs(amount) > NEGLIGIBLE for amount in line.across().known())
    }
    if not used:
        return None
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for number, (name, line) in enumerate(used.items()):
        chart.add_series(_series(sheets, line, name.replace("_", " "), COLOURS[number % len(COLOURS)]))
    instance = sheets.instance
    unit = f"{instance.currency or 'money'} discounted to {instance.first_year}"
    return _framed(chart, "Cost of the plan by term; the last year stands for the tail too", "plan year", unit)


def _coverage(book: Book, sheets: PlanSheets) -> Any:
    if not sheets.nation.coverage:
        return None
    chart = book.workbook.add_chart({"type": "line"})
    for number, (code, line) in enumerate(sheets.nation.coverage.items()):
        name = sheets.instance.goods[code].name
        chart.add_series(_series(sheets, line, name, COLOURS[number % len(COLOURS)], line=True))
    chart = _framed(chart, "Demand met from home", "plan year", "share of demand")
    chart.set_y_axis({"name": "share of demand", "min": 0, "max": 1, "num_format": "0%", **GRID})
    return chart


def _lorenz(book: Book, sheets: PlanSheets, frame: DataFrame) -> Any:
    chart = book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    last = len(frame)
    for number, column in enumerate(lorenz.columns(sheets.instance)[1:], start=1):
        even = column.name == "even"
        colour = LIMIT_COLOUR if even else COLOURS[(number - 1) % len(COLOURS)]
        chart.add_series(
            {
                "name": column.title or column.name,
                "categories": [lorenz.title, 1, 0, last, 0],
                "values": [lorenz.title, 1, number, last, number],
                "line": {"color": colour, "width": 1.25 if even else 2, "dash_type": "dash" if even else "solid"},
            }
        )
    title = f"Lorenz curves of domestic supply in {sheets.instance.last_year}"
    chart = _framed(chart, title, "share of the people, least covered first", "share of supply")
    share = {"min": 0, "max": 1, "num_format": "0%", **GRID}
    chart.set_x_axis({"name": "share of the people, least covered first", **share})
    chart.set_y_axis({"name": "share of supply", **share})
    return chart


GRID: Mapping[str, Any] = {
    "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}},
    "name_font": {"bold": False, "color": "#404040"},
}


def _series(sheets: PlanSheets, row: Line, name: str, colour: str, *, line: bool = False) -> Any:
    first, last = _columns(sheets)
    title = sheets.nation.sheet.title
    found: dict[str, Any] = {
        "name": name,
        "categories": [title, 0, first, 0, last],
        "values": [title, row.row, first, row.row, last],
    }
    if line:
        return {**found, "line": {"color": colour, "width": 2.25}}
    return {**found, "fill": {"color": colour}, "gap": 60}


def _columns(sheets: PlanSheets) -> Sequence[int]:
    years = sheets.instance.years
    return sheets.nation.sheet.column(years[0]), sheets.nation.sheet.column(years[-1])


def _framed(chart: Any, title: str, across: str, up: str) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True, "color": DARK}, "overlay": False})
    chart.set_x_axis({"name": across, "name_font": GRID["name_font"], "num_format": "0"})
    chart.set_y_axis({"name": up, "num_format": "#,##0", **GRID})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart
