"""A search for break-even as an Excel workbook: what was found in words, then a sheet a table."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from pandas import DataFrame
from xlsxwriter import Workbook

from reports.background import Background, origin_rows
from reports.breakeven import StudyTable, breakeven_map, breakeven_tables
from reports.breakeven_findings import Standing, Study, sentence
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
from reports.whole_file import whole_file

FINDINGS = "Findings"
MAPS = "Maps of goods"
COLUMNS = "Columns"
ORIGIN = "Origin"

PROVEN_COLOURS = ("#9DC3E6", "#F4B183")
OPEN_COLOURS = ("#DEEBF7", "#FBE5D6")
"""Of the first and the second variant on a map."""


def write_breakeven(path: Path, study: Study, background: Background) -> None:
    """Write the report. An existing file is replaced only by a finished one; the folder is made if need be."""
    content = breakeven_content(study, background)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content)


def breakeven_content(study: Study, background: Background) -> bytes:
    """The report as the content of an .xlsx file."""
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    title = study.instance.title or "Break-even"
    workbook.set_properties({"title": title, "subject": f"Break-even of {study.variants[0]} and {study.variants[1]}"})
    book = Book(workbook, title)
    write_findings(book, book.add_sheet(FINDINGS), title, finding_lines(study))
    if study.cells:
        _write_maps(book, study)
    tables = breakeven_tables(study)
    for table in tables:
        _write_table(book, study, table, table(study))
    write_meanings(book, book.add_sheet(COLUMNS), study.instance, [(table.title, table.columns) for table in tables])
    origin = origin_rows(background)
    origin += [("assumption", ": ".join(part for part in entry if part)) for entry in background.assumptions]
    write_list(book, book.add_sheet(ORIGIN), plain_headings("what", "value"), origin)
    workbook.close()
    return content.getvalue()


def is_breakeven_report(path: Path) -> bool:
    """Whether a file is a report that `write_breakeven` has written, told by its sheets."""
    return has_sheets(path, (FINDINGS, COLUMNS, ORIGIN))


def finding_lines(study: Study) -> Iterator[tuple[str, str]]:
    """Pairs of a heading and a sentence: what was asked, what was found, and how it is meant."""
    span = f"from {study.start:.6g} to {study.end:.6g}{f' {study.unit}' if study.unit else ''}"
    now = "" if study.now is None else f"; in the workbook {study.now:.6g}"
    yield "Varied", f"{study.parameter}: {study.meaning}, {span}{now}"
    one, other = study.names
    yield "Compared on cost", f"{one} ({study.variants[0]}) and {other} ({study.variants[1]})"
    for comparison in study.comparisons:
        yield comparison.name, sentence(study, comparison)
    for good in dict.fromkeys(cell.good for cell in study.cells):
        yield f"Map, {study.instance.goods[good].name}", _map_sentence(study, good)
    if study.interrupted:
        yield "Interrupted", "Not all was solved; the same command goes on from what was."
    for remark in study.remarks:
        yield "How it is meant", remark


def _map_sentence(study: Study, good: str) -> str:
    cells = [cell.standing for cell in study.cells if cell.good == good]
    told = list(_without_plans(study, cells))
    compared = [standing for standing in cells if standing.with_plans]
    if compared:
        parts = []
        for place, name in enumerate(study.names):
            own = [standing for standing in compared if standing.cheaper == place]
            parts.append(f"{name} in {len(own)}, {sum(one.proven for one in own)} of them proven")
        same = sum(standing.cheaper is None for standing in compared)
        parts += [f"both the same in {same}"] if same else []
        told.insert(0, f"Cheaper, of {len(compared)} cells: {'; '.join(parts)}.")
    return " ".join(told)


def _without_plans(study: Study, cells: Sequence[Standing]) -> Iterator[str]:
    """Which variant has no plan in how many cells: those cannot be compared on cost."""
    for place, name in enumerate(study.names):
        infeasible = sum(standing.infeasible[place] for standing in cells)
        unknown = sum(standing.costs[place].upper == float("inf") for standing in cells) - infeasible
        if infeasible:
            yield f"No plan of {name} can keep every rule in {_of(infeasible, cells)}."
        if unknown:
            yield f"No plan of {name} was found in the time in {_of(unknown, cells)}."


def _of(count: int, cells: Sequence[Standing]) -> str:
    return f"all {count} cells" if count == len(cells) else f"{count} of {len(cells)} cells"


def _cell_text(study: Study, standing: Standing) -> str:
    """What a cell of a map says: the cheaper variant, or why there is none."""
    if not standing.with_plans:
        without = [study.variants[place] for place in (0, 1) if standing.costs[place].upper == float("inf")]
        return f"{', '.join(without)}: no plan"
    name = "the same" if standing.cheaper is None else study.variants[standing.cheaper]
    return name if standing.proven else f"{name} ?"


def _write_maps(book: Book, study: Study) -> None:
    """Each good's map as a grid: freight across, exponents down; pale and with a question mark where not proven."""
    sheet = book.add_sheet(MAPS)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 60, 16)
    head = book.format(bold=True, bg_color=DARK, font_color="white", border=1)
    row = 0
    for good in dict.fromkeys(cell.good for cell in study.cells):
        own = [cell for cell in study.cells if cell.good == good]
        freights = sorted({cell.standing.value for cell in own})
        exponents = sorted({cell.exponent for cell in own})
        sheet.write_string(row, 0, study.instance.goods[good].name, book.format(bold=True, font_size=13))
        sheet.write_string(row + 1, 0, "exponent \\ freight", head)
        for place, freight in enumerate(freights, start=1):
            sheet.write_number(row + 1, place, freight, head)
        for down, exponent in enumerate(exponents, start=row + 2):
            sheet.write_number(down, 0, exponent, head)
            for cell in own:
                if cell.exponent == exponent:
                    standing = cell.standing
                    colours = PROVEN_COLOURS if standing.proven else OPEN_COLOURS
                    coloured = standing.with_plans and standing.cheaper is not None
                    told = {"bg_color": colours[standing.cheaper or 0]} if coloured else {}
                    style = book.format(border=1, align="center", text_wrap=True, **told)
                    place = freights.index(standing.value) + 1
                    sheet.write_string(down, place, _cell_text(study, standing), style)
        row += len(exponents) + 4
    sheet.write_string(row, 0, "A question mark: cheaper by the best plans, not proven at this gap.")


def _write_table(book: Book, study: Study, table: StudyTable, frame: DataFrame) -> None:
    headings = headings_of(study.instance, table.columns)
    key_columns = 2 if table is breakeven_map else 3
    write_list(book, book.add_sheet(table.title), headings, rows_of(frame), key_columns=key_columns)
