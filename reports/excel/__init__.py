"""The report as an Excel workbook: a page in words and figures, then a sheet a table."""

import gc
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from pandas import DataFrame
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from models.instance import Instance
from models.plan import Result
from reports.background import Background, origin_rows
from reports.columns import Table
from reports.excel.book import (
    MOST_ROWS,
    OPTIONS,
    has_sheets,
    headings_of,
    link_sheets,
    plain_headings,
    rows_of,
    write_meanings,
)
from reports.excel.cells import Book, Heading, is_missing, write_list
from reports.excel.charts import CHARTS, CHARTS_MEANING, write_charts
from reports.excel.checks import MEANING as CHECKS_MEANING
from reports.excel.checks import TITLE as CHECKS
from reports.excel.checks import write_checks
from reports.excel.county import LETTER, county_titles, write_county
from reports.excel.formula import BLANK, Term
from reports.excel.grid import COLUMNS as LETTERS
from reports.excel.links import LINKS
from reports.excel.plan import MEANINGS, PlanSheets, plan_sheets, sheet_titles
from reports.excel.summary import write_summary
from reports.excel.summary_links import summary_links
from reports.summary import provenance, summary
from reports.tables import TABLES, part_of
from reports.whole_file import whole_file

Entry = tuple[str, str, str, int | None, str, str]

LIVE_PART, LETTERS_PART = "the plan, to trace and change", "counties"
LIVE, FOLLOWS, IN_PART, AS_SOLVED = "change it here", "follows changes", "follows in part", "as solved"
"""How a sheet behaves when a number of the plan is changed."""

CONTENTS = "Which sheets there are, what each shows and in which units."
COLUMNS = "What every column of every sheet means."
ASSUMPTIONS = "Figures of the input workbook that are assumed, and the reasoning behind them."
SOURCES = "Where the other figures of the input workbook come from."


def write_excel(
    path: Path, instance: Instance, result: Result, background: Background, county_sheets: bool = False
) -> None:
    """Write the report, with a sheet for each county if asked for. An existing file is replaced only by a finished one.

    The workbook is made in memory, written beside its destination and moved into place.
    """
    content = excel_content(instance, result, background, county_sheets)
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content)


def excel_content(instance: Instance, result: Result, background: Background, county_sheets: bool = False) -> bytes:
    """The report as the content of an .xlsx file.

    Rubbish is collected when all is written: looking for it among a million cells takes a quarter of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _content(instance, result, background, county_sheets)
    finally:
        if collecting:
            gc.enable()


def _content(instance: Instance, result: Result, background: Background, county_sheets: bool) -> bytes:
    made = {
        table.name: table(instance, result)
        for table in TABLES
        if table.own_sheet and table.concerns(instance) and (result.plan is not None or not table.needs_plan)
    }
    tables = [table for table in TABLES if table.name in made and table not in (summary, provenance)]
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    workbook.set_properties({"title": instance.title, "subject": f"Variant {instance.variant}"})
    workbook.set_calc_mode("auto")
    book = Book(workbook, instance.title)
    letters = (
        county_titles(instance, sheet_names(instance, tables)) if county_sheets and result.plan is not None else {}
    )
    front = [summary.title, "Contents", *((CHECKS, CHARTS) if result.plan is not None else ())]
    titles = [*front, *(table.title for table in tables)]
    titles += sheet_titles(instance) if result.plan is not None else []
    titles += ["Assumptions", "Sources", provenance.title, "Columns", *letters.values()]
    sheets = {title: book.add_sheet(title) for title in titles}
    plan, verdict = None, None
    if result.plan is not None:
        plan = plan_sheets(book, instance, result.plan, sheets)
        verdict = write_checks(book, sheets[CHECKS], plan)
    links = {} if plan is None else summary_links(plan)
    write_summary(book, sheets[summary.title], instance, result, background, links, verdict)
    for table in tables:
        _write_table(book, sheets[table.title], instance, table, made[table.name], plan)
    if plan is not None:
        write_charts(book, sheets[CHARTS], plan, made)
    for county, title in letters.items():
        if plan is not None:
            write_county(book, sheets[title], plan, county)
    assumptions = [tuple(entry) for entry in background.assumptions]
    sources = [tuple(entry) for entry in background.sources]
    origin = provenance_rows(made[provenance.name], background)
    write_list(book, sheets["Assumptions"], plain_headings("sheet", "key", "note"), assumptions)
    write_list(book, sheets["Sources"], plain_headings("code", "title", "attribution"), sources)
    write_list(book, sheets[provenance.title], plain_headings("what", "value"), origin)
    declared = [(table.title, table.columns(instance)) for table in tables]
    meanings = write_meanings(book, sheets["Columns"], instance, declared)
    first, last = part_of(summary), part_of(provenance)
    entries: list[Entry] = [
        (summary.title, first, summary.meaning, None, "", IN_PART if plan else ""),
        ("Contents", first, CONTENTS, None, "", ""),
        *(
            ((CHECKS, first, CHECKS_MEANING, None, "", FOLLOWS), (CHARTS, first, CHARTS_MEANING, None, "", FOLLOWS))
            if plan
            else ()
        ),
        *(_entry(instance, table, made[table.name]) for table in tables),
        *((title, LIVE_PART, MEANINGS[title], None, "", LIVE) for title in (sheet_titles(instance) if plan else ())),
        ("Assumptions", last, ASSUMPTIONS, len(assumptions), "", ""),
        ("Sources", last, SOURCES, len(sources), "", ""),
        (provenance.title, last, provenance.meaning, len(origin), "", ""),
        ("Columns", last, COLUMNS, meanings, "", ""),
        *((title, LETTERS_PART, LETTER, None, "", FOLLOWS) for title in letters.values()),
    ]
    _write_contents(book, sheets["Contents"], entries)
    workbook.close()
    return content.getvalue()


def sheet_names(instance: Instance, tables: Sequence[Table]) -> list[str]:
    """Titles that a county's sheet cannot have."""
    known = [summary.title, "Contents", CHECKS, CHARTS, "Assumptions", "Sources", provenance.title, "Columns"]
    return [*known, *(table.title for table in tables), *sheet_titles(instance)]


def provenance_rows(known: DataFrame, background: Background) -> list[tuple[str, str]]:
    """What the run knows of its origin, and what its background adds."""
    rows = [(str(what), str(value)) for what, value in zip(known["what"], known["value"], strict=True)]
    return rows + origin_rows(background)


def _write_table(
    book: Book, sheet: Worksheet, instance: Instance, table: Table, frame: DataFrame, plan: PlanSheets | None
) -> None:
    columns = table.columns(instance)
    headings = headings_of(instance, columns)
    rows = rows_of(frame.head(MOST_ROWS))
    place = {column.name: number for number, column in enumerate(columns)}
    link = LINKS.get(table.name)

    def formulas(number: int) -> dict[int, str]:
        if plan is None or link is None:
            return {}
        row = dict(zip(place, rows[number - 1], strict=True))

        def here(name: str) -> Term:
            value = row[name]
            figure = float(value) if isinstance(value, (int, float)) else 0.0
            return Term(f"{LETTERS[place[name]]}{number + 1}", figure)

        return {
            place[name]: found.text
            for name, found in link(plan, row, here).items()
            if name in place and (not is_missing(row[name]) or BLANK.text in found.text)
        }

    write_list(
        book, sheet, headings, rows, key_columns=table.key_columns, total_last=table.total_last, formulas=formulas
    )


def _entry(instance: Instance, table: Table, frame: DataFrame) -> Entry:
    """Line of the contents for a table: title, part of the report, meaning, rows, units, whether it follows changes."""
    units = dict.fromkeys(column.unit.name(instance) for column in table.columns(instance))
    meaning = table.meaning
    if len(frame) > MOST_ROWS:
        meaning += f" Only the first {MOST_ROWS:,} of {len(frame):,} rows fit on the sheet."
    shown = ", ".join(unit for unit in units if unit)
    follows = IN_PART if table.name in LINKS else AS_SOLVED
    return table.title, part_of(table), meaning, min(len(frame), MOST_ROWS), shown, follows


def _write_contents(book: Book, sheet: Worksheet, entries: Sequence[Entry]) -> None:
    headings = [Heading("sheet"), Heading("part"), Heading("what it shows"), Heading("rows", "#,##0"), Heading("units")]
    headings.append(Heading("when the plan is changed"))
    write_list(book, sheet, headings, entries)
    link_sheets(book, sheet, [title for title, *_ in entries])


def is_report(path: Path) -> bool:
    """Whether a file is a report that `write_excel` has written, told by its sheets."""
    return has_sheets(path, ("Summary", "Contents", "Provenance"))
